/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs-port-talk.h"
#include "tb-whmcs.h"

G_BEGIN_DECLS

/* The port over a talk; by theme. */
typedef struct
{
  TbWhmcsPort port;
  TbWhmcs *whmcs;
  GPtrArray *currencies; /* of TbWhmcsCurrency, once they were asked for */
  GPtrArray *methods;    /* of TbWhmcsPaymentMethod, likewise */
} TbTalkPort;

TbWhmcs *tb_talk_port_get_whmcs (TbWhmcsPort *port);
/* Ends a question; takes `failure`, NULL = it was answered. */
TbReply  tb_talk_port_end_read (TbWhmcsPort *port, GError *failure, GError **error);
/* … that a change needs an answer to first: when it is not answered, nothing was sent that changes anything. */
TbReply  tb_talk_port_end_question (TbWhmcsPort *port, GError *failure, GError **error);
/* What became of a change. */
TbReply  tb_talk_port_judge (TbWhmcsPort *port, TbWhmcsOutcome outcome);

/* Fill in their part of the port. */
void tb_talk_port_add_clients (TbWhmcsPort *port);  /* tb-whmcs-port-clients.c: clients, and what follows from balances */
void tb_talk_port_add_payments (TbWhmcsPort *port); /* tb-whmcs-port-payments.c */

G_END_DECLS
