/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-correction-store.h"

G_BEGIN_DECLS

/* Corrections that wait for a bill (of tb_correction_store_list_waiting), each put on its client's. */

/* Those that belong on that client's bill in that currency; borrowed. */
GPtrArray *tb_billing_find_corrections (GPtrArray *waiting, guint32 client_id, TbCurrency currency);
/* Adds their lines; a bill without any other gets its period from them. */
gboolean   tb_billing_add_corrections (TbStore *store, TbInvoice *invoice, GPtrArray *corrections, GError **error);
/* A bill that gives back more than it asks for is a credit note, which must name an invoice. */
void       tb_billing_name_kind (TbInvoice *invoice, GPtrArray *corrections);
gboolean   tb_billing_take_corrections (TbStore *store, const TbInvoice *invoice, GPtrArray *corrections, GError **error);
/* All of them are on that draft. */
gboolean   tb_billing_has_taken (GPtrArray *corrections, guint32 draft);

G_END_DECLS
