/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-payments.h"

G_BEGIN_DECLS

/* What a client owes: open invoices, credit on account, and the statement. */

/* As it is read, on whatever thread. */
typedef struct
{
  TbAccount *account;
  GPtrArray *payments;             /* of TbPayment: the statement's lines borrow them */
  TbStatementOfAccount *statement;
} TbAccountFacts;
TbAccountFacts *tb_account_facts_read (TbStore *store, const char *client, GError **error);
void            tb_account_facts_free (TbAccountFacts *self);

/* Puts both groups into a detail box, empty, with a button that records a payment (signal handler `record` with `data`). Gives the list of what is open,
 * whose rows for invoices have the data "tb-page" and "tb-item", as links of a page. */
GtkWidget *tb_account_card_add (GtkWidget *detail, GCallback record, gpointer data);
/* Fills them. Takes `facts`. `link` makes a row one that leads to an invoice (of that id). */
void       tb_account_card_show (GtkWidget *list, TbAccountFacts *facts, TbDay today, void (*link) (GtkWidget *row, guint32 invoice_id));

G_END_DECLS
