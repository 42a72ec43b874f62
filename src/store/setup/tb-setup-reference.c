/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-reference.h"

#include <string.h>

/* Terms of ratings keep the id of the package, so that a call can be explained for as long as it is there. */
static const struct { const char *noun; TbSetupUse use; const char *sql; } use_table[] = {
  { "taxes", TB_SETUP_USE_CLIENTS, "SELECT COUNT(*) FROM client WHERE tax = $1" },
  { "providers", TB_SETUP_USE_CONNECTIONS, "SELECT COUNT(*) FROM connection WHERE provider = $1" },
  { "packages", TB_SETUP_USE_SERVICES, "SELECT COUNT(*) FROM service WHERE package = $1" },
  { "packages", TB_SETUP_USE_CALLS, "SELECT COUNT(*) FROM terms t, package p WHERE p.name = $1 AND t.package = p.id" },
  { "clients", TB_SETUP_USE_SERVICES, "SELECT COUNT(*) FROM service WHERE client = $1" },
  { "clients", TB_SETUP_USE_CALLS, "SELECT COUNT(*) FROM served s, client c WHERE c.key = $1 AND s.client = c.id" },
  { "clients", TB_SETUP_USE_INVOICES, "SELECT COUNT(*) FROM invoice i, client c WHERE c.key = $1 AND i.client = c.id" },
  { "clients", TB_SETUP_USE_PAYMENTS,
    "SELECT (SELECT COUNT(*) FROM payment p WHERE p.client = c.id) + (SELECT COUNT(*) FROM balance_entry b WHERE b.client = c.id) "
    "FROM client c WHERE c.key = $1" },
  { "clients", TB_SETUP_USE_POSTINGS, "SELECT COUNT(*) FROM posting p, client c WHERE c.key = $1 AND p.client = c.id" },
  { "services", TB_SETUP_USE_CALLS, "SELECT COUNT(*) FROM served v, service s WHERE s.key = $1 AND v.service = s.id" },
  { "services", TB_SETUP_USE_INVOICES, "SELECT COUNT(*) FROM invoice_line l, service s WHERE s.key = $1 AND l.service = s.id" },
};

/* $1 is the new name. Lists of rates are kept under the name of whose they are: 1 to 3 a package's, 4 a client's. */
static const struct { const char *noun, *sql; } rename_table[] = {
  { "taxes", "UPDATE tax SET name = $1 WHERE name = $2" },
  { "taxes", "UPDATE client SET tax = $1 WHERE tax = $2" },
  { "taxes", "UPDATE setup_change SET name = $1 WHERE noun = 'taxes' AND name = $2" },
  { "providers", "UPDATE provider SET name = $1 WHERE name = $2" },
  { "providers", "UPDATE connection SET provider = $1 WHERE provider = $2" },
  { "providers", "UPDATE setup_change SET name = $1 WHERE noun = 'providers' AND name = $2" },
  { "packages", "UPDATE package SET name = $1 WHERE name = $2" },
  { "packages", "UPDATE service SET package = $1 WHERE package = $2" },
  { "packages", "UPDATE setup_change SET name = $1 WHERE noun = 'packages' AND name = $2" },
  { "packages", "UPDATE rate_list SET name = $1 WHERE kind IN (1, 2, 3) AND name = $2" },
  { "clients", "UPDATE client SET key = $1 WHERE key = $2" },
  { "clients", "UPDATE service SET client = $1 WHERE client = $2" },
  { "clients", "UPDATE rate_list SET name = $1 WHERE kind = 4 AND name = $2" },
  { "clients", "UPDATE setup_change SET client = $1 WHERE client = $2" },
  { "clients", "UPDATE setup_change SET name = $1 WHERE noun = 'clients' AND name = $2" },
  { "services", "UPDATE service SET key = $1 WHERE key = $2" },
  { "services", "UPDATE setup_change SET name = $1 WHERE noun = 'services' AND name = $2" },
};

/* What refers to others goes before them. */
static const struct { const char *noun, *sql; } removal_table[] = {
  { "taxes", "DELETE FROM tax WHERE name = $1" },
  { "providers", "DELETE FROM provider WHERE name = $1" },
  { "packages", "DELETE FROM allowance WHERE package = (SELECT id FROM package WHERE name = $1)" },
  { "packages", "DELETE FROM tier WHERE package = (SELECT id FROM package WHERE name = $1)" },
  { "packages", "DELETE FROM filter WHERE package = (SELECT id FROM package WHERE name = $1)" },
  { "packages", "DELETE FROM rate WHERE list IN (SELECT id FROM rate_list WHERE kind IN (1, 2, 3) AND name = $1)" },
  { "packages", "DELETE FROM rate_list WHERE kind IN (1, 2, 3) AND name = $1" },
  { "packages", "DELETE FROM package WHERE name = $1" },
  { "clients", "DELETE FROM rate WHERE list IN (SELECT id FROM rate_list WHERE kind = 4 AND name = $1)" },
  { "clients", "DELETE FROM rate_list WHERE kind = 4 AND name = $1" },
  { "clients", "DELETE FROM margin_limit WHERE client = (SELECT id FROM client WHERE key = $1)" },
  { "clients", "DELETE FROM balance_alert WHERE client = (SELECT id FROM client WHERE key = $1)" },
  { "clients", "DELETE FROM whmcs_agreed WHERE client = (SELECT id FROM client WHERE key = $1)" },
  { "clients", "DELETE FROM whmcs_choice WHERE client = (SELECT id FROM client WHERE key = $1)" },
  { "clients", "DELETE FROM client WHERE key = $1" },
  { "services", "DELETE FROM whmcs_service_link WHERE service = (SELECT id FROM service WHERE key = $1)" },
  { "services", "DELETE FROM service WHERE key = $1" },
};

static gboolean
count_one (TbStore *store, const char *sql, const char *name, guint64 *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, name);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = has_row ? (guint64) tb_statement_int (row, 0) : 0;
  return TRUE;
}

gboolean
tb_setup_reference_count (TbStore *store, const char *noun, const char *name, guint64 ret_uses[TB_SETUP_N_USES], GError **error)
{
  guint64 uses[TB_SETUP_N_USES] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (use_table); i++)
    if (g_str_equal (use_table[i].noun, noun) && !count_one (store, use_table[i].sql, name, &uses[use_table[i].use], error))
      return FALSE;
  memcpy (ret_uses, uses, sizeof uses);
  return TRUE;
}

/* `second` NULL = the statement has one name only. */
static gboolean
run (TbStore *store, const char *sql, const char *first, const char *second, GError **error)
{
  g_autoptr (TbStatement) change = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (change == NULL)
    return FALSE;
  tb_statement_bind_text (change, 1, first);
  if (second != NULL)
    tb_statement_bind_text (change, 2, second);
  return tb_statement_run (change, error);
}

gboolean
tb_setup_reference_rename (TbStore *store, const char *noun, const char *name, const char *new_name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rename_table); i++)
    if (g_str_equal (rename_table[i].noun, noun) && !run (store, rename_table[i].sql, new_name, name, error))
      return FALSE;
  return TRUE;
}

gboolean
tb_setup_reference_remove (TbStore *store, const char *noun, const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (removal_table); i++)
    if (g_str_equal (removal_table[i].noun, noun) && !run (store, removal_table[i].sql, name, NULL, error))
      return FALSE;
  return TRUE;
}

gboolean
tb_setup_reference_remove_currency (TbStore *store, TbCurrency currency, GError **error)
{
  g_autoptr (TbStatement) change = tb_db_prepare (tb_store_get_db (store), "DELETE FROM exchange_rate WHERE currency = $1", error);

  if (change == NULL)
    return FALSE;
  tb_statement_bind_int (change, 1, currency);
  return tb_statement_run (change, error);
}
