/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-clock.h"
#include "tb-error.h"
#include "tb-rate-list.h"
#include "tb-text.h"

#define HEAD_COLUMNS "id, name, currency, time_zone, band, rounding, decimals, version, n_rates, list"
#define COLUMN_LIST 9

/* ---- read ---- */

static TbTariff *
head_from_row (TbStatement *row)
{
  TbTariff *tariff = tb_tariff_new ();

  g_clear_pointer (&tariff->rates, g_ptr_array_unref);
  tariff->id = (guint32) tb_statement_int (row, 0);
  tb_set_str (&tariff->name, tb_statement_text (row, 1));
  tariff->currency = (TbCurrency) tb_statement_int (row, 2);
  tb_set_str (&tariff->time_zone, tb_statement_text (row, 3));
  tariff->band = (TbBandRule) tb_statement_int (row, 4);
  tariff->rounding = (TbRounding){ (TbRoundingMode) tb_statement_int (row, 5), (guint8) tb_statement_int (row, 6) };
  tariff->version = (guint32) tb_statement_int (row, 7);
  tariff->n_rates = (guint) tb_statement_int (row, 8);
  return tariff;
}

GPtrArray *
tb_tariff_store_list (TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) tariffs = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_tariff_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT " HEAD_COLUMNS " FROM tariff ORDER BY name", error);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&tariffs);
      g_ptr_array_add (tariffs, head_from_row (row));
    }
  return NULL;
}

/* *ret = NULL when there is none. */
static gboolean
find_head (TbStore *store, const char *name, TbTariff **ret, gint64 *ret_list, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT " HEAD_COLUMNS " FROM tariff WHERE name = $1", error);
  gboolean has_row;

  *ret = NULL;
  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, name);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *ret = head_from_row (row);
      *ret_list = tb_statement_int (row, COLUMN_LIST);
    }
  return TRUE;
}

static TbTariff *
load_head (TbStore *store, const char *name, gint64 *ret_list, GError **error)
{
  TbTariff *tariff;

  if (!find_head (store, name, &tariff, ret_list, error))
    return NULL;
  if (tariff == NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no tariff “%s”."), name);
  return tariff;
}

TbTariff *
tb_tariff_store_load_head (TbStore *store, const char *name, GError **error)
{
  gint64 list;

  return load_head (store, name, &list, error);
}

TbTariff *
tb_tariff_store_load (TbStore *store, const char *name, GError **error)
{
  gint64 list = 0;
  g_autoptr (TbTariff) tariff = load_head (store, name, &list, error);

  if (tariff == NULL)
    return NULL;
  tariff->rates = tb_rate_list_load (store, list, error);
  return tariff->rates == NULL ? NULL : g_steal_pointer (&tariff);
}

/* Who a list belongs to, for people. */
static char *
describe_owner (TbRateListKind kind, const char *name)
{
  switch (kind)
    {
    case TB_RATE_LIST_CUSTOM:
      return g_strdup_printf (_("custom rates of package %s"), name);
    case TB_RATE_LIST_FLAT:
      return g_strdup_printf (_("flat rate of package %s"), name);
    case TB_RATE_LIST_INBOUND:
      return g_strdup_printf (_("inbound rate of package %s"), name);
    case TB_RATE_LIST_CLIENT:
      return g_strdup_printf (_("own rates of client %s"), name);
    default:
      return g_strdup (name);
    }
}

TbRate *
tb_rate_store_get (TbStore *store, guint32 rate_id, char **ret_owner, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT " TB_RATE_COLUMNS ", l.kind, l.name FROM rate r JOIN rate_list l ON l.id = r.list WHERE r.id = $1", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, rate_id);
  if (!tb_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no rate %u."), rate_id);
      return NULL;
    }
  if (ret_owner != NULL)
    *ret_owner = describe_owner ((TbRateListKind) tb_statement_int (row, TB_RATE_N_COLUMNS), tb_statement_text (row, TB_RATE_N_COLUMNS + 1));
  return tb_rate_from_row (row);
}

/* A search is taken as it is: no wildcard in it means anything. */
static char *
escape_like (const char *text)
{
  GString *pattern = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    {
      if (strchr ("%_!", *at) != NULL)
        g_string_append_c (pattern, '!');
      g_string_append_c (pattern, *at);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

GArray *
tb_rate_store_list_ids (TbStore *store, const char *tariff, const char *search, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *start = escape_like (search != NULL ? search : "");
  g_autofree char *part = g_strconcat ("%", start, NULL);
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT r.id FROM rate r JOIN tariff t ON t.list = r.list WHERE t.name = $1 AND r.until IS NULL "
                       "AND (r.prefix LIKE $2 ESCAPE '!' OR LOWER(r.description) LIKE LOWER($3) ESCAPE '!') ORDER BY r.prefix, r.id",
                       error);
  gboolean has_row;

  if (search != NULL && *search == '\0')
    search = NULL;
  if (search == NULL)
    {
      g_clear_pointer (&row, tb_statement_free);
      row = tb_db_prepare (tb_store_get_db (store),
                           "SELECT r.id FROM rate r JOIN tariff t ON t.list = r.list WHERE t.name = $1 AND r.until IS NULL ORDER BY r.prefix, r.id",
                           error);
    }
  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, tariff);
  if (search != NULL)
    {
      tb_statement_bind_text (row, 2, start);
      tb_statement_bind_text (row, 3, part);
    }
  while (tb_statement_step (row, &has_row, error))
    {
      guint32 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = (guint32) tb_statement_int (row, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

/* ---- write ---- */

static gboolean
save_head (TbStore *store, const TbTariff *tariff, gint64 list, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "INSERT INTO tariff (name, currency, time_zone, band, rounding, decimals, list, version, n_rates) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
      "ON CONFLICT (name) DO UPDATE SET currency = excluded.currency, time_zone = excluded.time_zone, band = excluded.band, "
      "rounding = excluded.rounding, decimals = excluded.decimals, version = excluded.version, n_rates = excluded.n_rates",
      error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, tariff->name);
  tb_statement_bind_int (row, 2, tariff->currency);
  tb_statement_bind_text (row, 3, tariff->time_zone);
  tb_statement_bind_int (row, 4, tariff->band);
  tb_statement_bind_int (row, 5, tariff->rounding.mode);
  tb_statement_bind_int (row, 6, tariff->rounding.decimals);
  tb_statement_bind_int (row, 7, list);
  tb_statement_bind_int (row, 8, tariff->version);
  tb_statement_bind_int (row, 9, tariff->n_rates);
  return tb_statement_run (row, error);
}

static gboolean
add_version (TbStore *store, const TbTariff *tariff, const char *source, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO tariff_version (tariff, version, time, source, n_rates, author) SELECT id, $1, $2, $3, $4, $5 FROM tariff "
                       "WHERE name = $6", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, tariff->version);
  tb_statement_bind_int (row, 2, tb_clock_now ());
  tb_statement_bind_text (row, 3, source);
  tb_statement_bind_int (row, 4, tariff->n_rates);
  tb_statement_bind_text (row, 5, g_get_user_name ());
  tb_statement_bind_text (row, 6, tariff->name);
  return tb_statement_run (row, error);
}

/* Version and number of rates of `tariff` as they will be; its rates, when it has any, go to the list. */
static gboolean
save_rates (TbStore *store, TbTariff *tariff, const TbTariff *head, gint64 list, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) before = NULL;
  TbRateListDifference difference;

  tariff->version = head != NULL ? head->version : 1;
  if (tariff->rates == NULL)
    {
      tariff->n_rates = head != NULL ? head->n_rates : 0;
      return TRUE;
    }
  before = tb_rate_list_load (store, list, error);
  if (before == NULL)
    return FALSE;
  difference = tb_rate_list_compare (before, tariff->rates);
  tariff->n_rates = tariff->rates->len;
  if (head != NULL && difference.added + difference.changed + difference.removed > 0)
    tariff->version++;
  return tb_rate_list_save (store, list, before, tariff->rates, tariff->version, job, error);
}

static gboolean
save_tariff (TbStore *store, TbTariff *tariff, const char *source, TbJob *job, GError **error)
{
  g_autoptr (TbTariff) head = NULL;
  gint64 list = 0;

  return find_head (store, tariff->name, &head, &list, error)
         && (head != NULL || tb_rate_list_find (store, TB_RATE_LIST_TARIFF, tariff->name, TRUE, &list, error))
         && save_rates (store, tariff, head, list, job, error) && save_head (store, tariff, list, error)
         && ((head != NULL && head->version == tariff->version) || add_version (store, tariff, source, error));
}

gboolean
tb_tariff_store_save (TbStore *store, TbTariff *tariff, const char *source, TbJob *job, GError **error)
{
  gboolean own = !tb_db_in_transaction (tb_store_get_db (store));
  gboolean ok;

  if (own && !tb_store_begin (store, error))
    return FALSE;
  ok = save_tariff (store, tariff, source, job, error);
  if (!own)
    return ok;
  if (ok)
    return tb_store_commit (store, error);
  tb_store_rollback (store);
  return FALSE;
}
