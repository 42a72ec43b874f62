/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-balance.h"
#include "tb-invoice.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* The ledger of balances: entries are added and never changed. */

/* Sets entry->id. A reference that the client has already for an entry of that kind is TB_ERROR_CONFLICT, which says when it was booked. */
gboolean   tb_balance_store_add (TbStore *store, TbBalanceEntry *entry, GError **error);
/* Of TbBalanceEntry, by time; those of one client (key), in that currency. */
GPtrArray *tb_balance_store_list (TbStore *store, const char *client, TbCurrency currency, GError **error);

typedef struct
{
  guint32 client_id;
  TbMoney amount;
} TbBalanceSum;
/* Of TbBalanceSum: the entries of each client in each currency, by client. */
GArray *tb_balance_store_sum (TbStore *store, GError **error);

/* The entry for what of an approved invoice is paid from the balance; `time` is the end of its use. */
gboolean tb_balance_store_settle (TbStore *store, const TbInvoice *invoice, gint64 time, GError **error);
/* The entry that takes that back, for an invoice that is voided. */
gboolean tb_balance_store_take_back (TbStore *store, const TbInvoice *invoice, GError **error);

G_END_DECLS
