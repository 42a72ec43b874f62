/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-electronic-invoice.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Writes an approved invoice or credit note as UBL 2.1, its calls inside as CSV, masked as on paper. `name` is a number or an id in digits. Says in
 * *ret_peppol (may be NULL) whether it became one for Peppol. What it lacks is TB_ERROR_INVALID_INPUT with every place in one message; the file
 * is whole or not there. */
gboolean tb_electronic_export_ubl (TbStore *store, const char *name, TbElectronicProfile profile, const char *path, gboolean *ret_peppol,
                                   GError **error);

G_END_DECLS
