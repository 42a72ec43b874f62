/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Of TbInvoice with totals, without lines; newest run first. `client` (key) may be NULL. */
GPtrArray *tb_invoice_store_list (TbStore *store, const char *client, GError **error);
/* Whole. `name` is a number ("INV-2026-00042") or an id in digits. Approved ones come from the frozen copy. */
TbInvoice *tb_invoice_store_get (TbStore *store, const char *name, GError **error);
TbInvoice *tb_invoice_store_get_by_id (TbStore *store, guint32 id, GError **error);
/* Its calls, in order of (service, start, uid). Of TbInvoiceCall. */
GPtrArray *tb_invoice_store_list_calls (TbStore *store, guint32 id, GError **error);

/* The draft of that client and run (year, month), or NULL without error. */
gboolean   tb_invoice_store_find_draft (TbStore *store, const char *client, int year, int month, guint32 *ret_id, GError **error);
/* Writes a new draft or replaces an old one with its lines; sets invoice->id. */
gboolean   tb_invoice_store_save_draft (TbStore *store, TbInvoice *invoice, GError **error);
gboolean   tb_invoice_store_delete_draft (TbStore *store, guint32 id, GError **error); /* frees its calls */
/* Marks the calls of a service with [from, to) that are rated and on no other invoice as on this one. */
gboolean   tb_invoice_store_take_calls (TbStore *store, guint32 invoice_id, guint32 service_id, gint64 from, gint64 to, GError **error);

/* Number, date and frozen copy in one transaction; seller and buyer as they are in `invoice`. */
gboolean   tb_invoice_store_approve (TbStore *store, TbInvoice *invoice, const char *series, gint64 now, TbDay today, GError **error);
/* A draft is deleted; an approved one keeps its number, is printed as void, and its calls are free again. */
gboolean   tb_invoice_store_void (TbStore *store, guint32 id, GError **error);

/* The last day up to which a service was billed on approved or draft invoices other than `except`; TB_DAY_NONE = never. */
gboolean   tb_invoice_store_billed_until (TbStore *store, guint32 service_id, guint32 except, TbDay *ret, GError **error);

/* ---- usage of one service, summed by group, for the lines of a draft ---- */
typedef struct
{
  char *description; /* of the rate's destination; "" = none */
  gboolean inbound;
  gboolean late;     /* the call began before `from` */
  gint64 calls, seconds, billed, free;
  TbAmount charge;
} TbUsageGroup;
void       tb_usage_group_free (TbUsageGroup *self);
/* Rated calls (rated, included, grace) of the service with start < to that are on no invoice but `except`. Ordered by
 * (late, inbound, description). */
GPtrArray *tb_usage_store_sum (TbStore *store, guint32 service_id, gint64 from, gint64 to, guint32 except, GError **error);
/* Calls of the service in [from, to) whose money is missing (no-rate, bad-number, blocked), and those not rated. */
gboolean   tb_usage_store_count_missing (TbStore *store, guint32 service_id, gint64 from, gint64 to, guint64 *ret_missing, guint64 *ret_unrated,
                                         GError **error);

G_END_DECLS
