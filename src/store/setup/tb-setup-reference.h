/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* What hangs on a record of the set-up: whether it can go, and what has to follow when it gets another name. Nouns are the lists of the
 * set-up file: "taxes" "providers" "packages" "clients" "services". */

typedef enum
{
  TB_SETUP_USE_CLIENTS,
  TB_SETUP_USE_CONNECTIONS,
  TB_SETUP_USE_SERVICES,
  TB_SETUP_USE_CALLS,    /* that were rated with it; the count says nothing */
  TB_SETUP_USE_INVOICES,
  TB_SETUP_USE_PAYMENTS, /* and entries of a balance */
  TB_SETUP_USE_POSTINGS,
  TB_SETUP_N_USES,
} TbSetupUse;

/* How often it is used by each; all 0 = it can go. */
gboolean tb_setup_reference_count (TbStore *store, const char *noun, const char *name, guint64 ret_uses[TB_SETUP_N_USES], GError **error);
/* The record and whoever names it, in a transaction that the caller began. There must be none of the new name. */
gboolean tb_setup_reference_rename (TbStore *store, const char *noun, const char *name, const char *new_name, GError **error);
/* The record and what is nothing without it; likewise. Whoever calls it has seen that nothing uses it. */
gboolean tb_setup_reference_remove (TbStore *store, const char *noun, const char *name, GError **error);
/* All exchange rates of a currency. */
gboolean tb_setup_reference_remove_currency (TbStore *store, TbCurrency currency, GError **error);

G_END_DECLS
