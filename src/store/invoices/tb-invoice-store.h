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

/* The draft bill of that client and run (year, month), or NULL without error. */
gboolean   tb_invoice_store_find_draft (TbStore *store, const char *client, int year, int month, guint32 *ret_id, GError **error);
/* Writes a new draft or replaces an old one with its lines; sets invoice->id. */
gboolean   tb_invoice_store_save_draft (TbStore *store, TbInvoice *invoice, GError **error);
gboolean   tb_invoice_store_delete_draft (TbStore *store, guint32 id, GError **error); /* frees its calls */
/* The calls that lie on it make its lines, group by group; else TB_ERROR_CONFLICT. */
gboolean   tb_invoice_store_verify_calls (TbStore *store, const TbInvoice *invoice, GError **error);
/* Number, date and frozen copy in one transaction; seller and buyer as they are in `invoice`. */
gboolean   tb_invoice_store_approve (TbStore *store, TbInvoice *invoice, const char *series, gint64 now, TbDay today, GError **error);
/* A draft is deleted; an approved one keeps its number, is printed as void, and its calls are free again. */
gboolean   tb_invoice_store_void (TbStore *store, guint32 id, GError **error);

/* What the invoice's credit notes come to, drafts of them too: >= 0. */
gboolean   tb_invoice_store_sum_notes (TbStore *store, guint32 id, TbAmount *ret, GError **error);
gboolean   tb_invoice_store_has_approved (TbStore *store, gboolean *ret, GError **error);
/* Whether the service's period that begins at `from` is on an approved invoice. */
gboolean   tb_invoice_store_is_approved (TbStore *store, guint32 service_id, gint64 from, gboolean *ret, GError **error);
/* Whether usage of the service from before `from` was billed, on any draft or approved invoice. */
gboolean   tb_invoice_store_was_billed (TbStore *store, guint32 service_id, gint64 from, gboolean *ret, GError **error);

/* ---- usage of services, summed by group, for the lines of drafts ---- */
typedef struct
{
  char *description; /* of the rate's destination; "" = none */
  gboolean inbound;
  gboolean included; /* calls that cost nothing because included minutes covered them */
  gboolean late;     /* the call began before the window */
  gint64 calls, billed, free;
  TbAmount charge;
} TbUsageGroup;
void tb_usage_group_free (TbUsageGroup *self);
/* The sum of its charges as an invoice's line says it: rounded half-up to the currency's minor units. */
gboolean tb_usage_group_amount (const TbUsageGroup *self, TbCurrency currency, TbAmount *ret, GError **error);

/* Where the calls lie that were summed: rows of one tenant between two ids, both inside. */
typedef struct
{
  guint32 tenant_id;
  gint64 first, last;
} TbUsageRange;

/* One service's window [from, to) and what was found in it. */
typedef struct
{
  guint32 service_id;
  gint64 from, to;
  TbCurrency currency; /* of the client; NONE = any */
  gboolean take_late; /* earlier periods were billed, so calls that turned up since are taken too, as late */
  GPtrArray *groups; /* of TbUsageGroup, ordered by (late, included, inbound, description) */
  GHashTable *by_key; /* how adding up finds them; borrowed, and of one adder only */
  GArray *ranges;    /* of TbUsageRange */
  guint64 missing;   /* calls of the window whose money is missing: no-rate, bad-number */
  guint64 foreign;   /* calls that were rated in another currency, so not taken: they must be rated again */
  guint64 older;     /* earlier calls on no invoice that were not taken, because their period was never billed */
} TbServiceUsage;
TbServiceUsage *tb_service_usage_new (guint32 service_id, gint64 from, gint64 to, TbCurrency currency);
void            tb_service_usage_free (TbServiceUsage *self);

/* Fills all usages (of TbServiceUsage) in one pass: calls that are rated, included or in grace, began before `to`, and are on no invoice
 * but a draft of that run. */
gboolean tb_usage_store_sum (TbStore *store, GPtrArray *usages, int year, int month, TbJob *job, GError **error);
/* Puts a usage's calls on the invoice, taking them off other drafts of its run. */
gboolean tb_usage_store_take (TbStore *store, const TbInvoice *invoice, const TbServiceUsage *usage, GError **error);
/* The same sums over what lies on the invoice: of TbServiceUsage (`to` is left open), in order of taking. */
GPtrArray *tb_usage_store_list_taken (TbStore *store, guint32 invoice_id, GError **error);
/* Takes its calls off a draft or a voided invoice. */
gboolean tb_usage_store_free (TbStore *store, guint32 invoice_id, GError **error);

G_END_DECLS
