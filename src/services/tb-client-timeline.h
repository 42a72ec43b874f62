/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-client-days.h"
#include "tb-invoice.h"
#include "tb-payment.h"
#include "tb-setup-change-store.h"

G_BEGIN_DECLS

/* What happened with a client: its documents, what was paid, who changed what of it, and its calls by day or month. */

typedef enum
{
  TB_CLIENT_EVENT_CALLS,
  TB_CLIENT_EVENT_INVOICE, /* or a credit note */
  TB_CLIENT_EVENT_PAYMENT,
  TB_CLIENT_EVENT_CHANGE,
  TB_CLIENT_N_EVENTS,
} TbClientEventKind;

/* One of them; of the four pointers the one of its kind is there. */
typedef struct
{
  TbClientEventKind kind;
  gint64 time; /* by which it is sorted; of calls, the end of their last day */
  TbDay day;
  TbClientDays *calls;
  TbInvoice *invoice;
  TbPayment *payment;
  TbSetupChange *change;
} TbClientEvent;
void tb_client_event_free (TbClientEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbClientEvent, tb_client_event_free)

#define TB_CLIENT_TIMELINE_CHANGES 1000 /* that are shown at most */

/* All but the calls: of TbClientEvent, the newest first. */
GPtrArray *tb_client_timeline_read (TbStore *store, const char *client, TbZone *zone, GError **error);
/* The calls of a month, a day each, or (`whole`) all in one; none when there were none. The newest first. */
GPtrArray *tb_client_timeline_read_calls (TbStore *store, const char *client, int year, int month, gboolean whole, TbZone *zone, GError **error);

G_END_DECLS
