/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-balance.h"
#include "tb-store.h"

G_BEGIN_DECLS

/**
 * What is rated and on no approved invoice, by service and currency: what the balance of a client who pays in advance is less by.
 *
 * It is always the sum of the ratings as they stand, whatever came late, was rated again or changed. So that ten million ratings need not be
 * added up for it, sums are kept by bucket (one tenant's 65536 seconds). Whoever changes ratings marks their buckets as stale in the same
 * transaction; a rating run, an approval and a void count those again at their end; and whoever reads looks at the ratings themselves where a bucket is stale. So
 * nothing can be lost or counted twice, at whatever moment a program ends and however many work at once.
 */

/* id >> 31 = tenant << 16 | start >> 16. */
#define TB_UNBILLED_SHIFT 31
static inline gint64
tb_unbilled_bucket (gint64 rated_id)
{
  return rated_id >> TB_UNBILLED_SHIFT;
}

/* In the transaction that changes ratings with ids from `first` to `last` (of one tenant), or puts them on an approved invoice or takes them off. */
gboolean tb_unbilled_store_mark (TbStore *store, gint64 first, gint64 last, GError **error);
/* The same for a set of buckets (GSIZE_TO_POINTER). */
gboolean tb_unbilled_store_mark_buckets (TbStore *store, GHashTable *buckets, GError **error);
/* The same for all ratings on an invoice. */
gboolean tb_unbilled_store_mark_invoice (TbStore *store, guint32 invoice_id, GError **error);
/* Counts what is stale; leaves it when no service pays in advance, because then nobody asks. Commits as it goes, unless a transaction is open. */
gboolean tb_unbilled_store_settle (TbStore *store, TbJob *job, GError **error);

typedef struct
{
  guint32 service_id;
  TbMoney charge;
} TbUnbilledSum;
/* Of TbUnbilledSum, of services that pay in advance only, by service. */
GArray *tb_unbilled_store_sum (TbStore *store, GError **error);

/* Of TbBalanceUse: the charged calls in `currency` of that client's (key) services that pay in advance, by start. */
GArray *tb_unbilled_store_list_calls (TbStore *store, const char *client, TbCurrency currency, GError **error);

G_END_DECLS
