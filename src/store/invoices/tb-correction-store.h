/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-correction.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Corrections are read in order of the invoice they correct, then of their making. GPtrArray of TbCorrection. */
GPtrArray *tb_correction_store_list (TbStore *store, const char *client, GError **error); /* key; NULL = all */
GPtrArray *tb_correction_store_list_taken (TbStore *store, guint32 document, GError **error);
/* Those that wait for a line: of invoices of earlier runs than (year, month), on no document or on a draft of that run. */
GPtrArray *tb_correction_store_list_waiting (TbStore *store, int year, int month, GError **error);

/* Those of one call, with what they made of it alone in their lists. */
GPtrArray *tb_correction_store_list_of_call (TbStore *store, gint64 call, GError **error);
/* What corrections have made of invoiced calls: gint64 id → TbCorrectedCall, the sum of all of them. *ret NULL = there are none. */
gboolean   tb_correction_store_load_calls (TbStore *store, GHashTable **ret, GError **error);

/* Writes a new one with its calls; sets its id. */
gboolean   tb_correction_store_add (TbStore *store, TbCorrection *correction, GError **error);
gboolean   tb_correction_store_take (TbStore *store, const TbCorrection *correction, guint32 document, GError **error);
/* The document is no more: corrections on a bill wait for the next one; those that a credit note was made of have never been, so that rating
 * again finds their differences anew. */
gboolean   tb_correction_store_release (TbStore *store, guint32 document, GError **error);
/* The corrected invoice is voided and its calls are free again. TB_ERROR_CONFLICT names the document that has a correction of it. */
gboolean   tb_correction_store_forget (TbStore *store, guint32 invoice, GError **error);

/* The lines of a document for these corrections, one for each corrected invoice. GPtrArray of TbInvoiceLine. */
GPtrArray *tb_correction_store_make_lines (TbStore *store, GPtrArray *corrections, GError **error);
/* The corrections that a document has taken make its lines; else TB_ERROR_CONFLICT. */
gboolean   tb_correction_store_verify (TbStore *store, const TbInvoice *document, GError **error);

G_END_DECLS
