/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-version.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-rate-list.h"
#include "tb-tariff-store.h"

void
tb_tariff_version_free (TbTariffVersion *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self->author);
  g_array_unref (self->starts);
  g_free (self);
}

/* ---- heads ---- */

static TbTariffVersion *
version_from_row (TbStatement *row)
{
  TbTariffVersion *self = g_new0 (TbTariffVersion, 1);

  self->version = (guint32) tb_statement_int (row, 0);
  self->time = tb_statement_int (row, 1);
  self->source = tb_statement_dup_text (row, 2);
  self->author = tb_statement_dup_text (row, 3);
  self->restores = (guint32) tb_statement_int (row, 4);
  self->n_rates = (guint) tb_statement_int (row, 5);
  self->starts = g_array_new (FALSE, FALSE, sizeof (TbTariffStart));
  return self;
}

static GPtrArray *
load_heads (TbStore *store, const char *tariff, GError **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_tariff_version_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT v.version, v.time, v.source, v.author, v.restores, v.n_rates FROM tariff_version v "
                                               "JOIN tariff t ON t.id = v.tariff WHERE t.name = $1 ORDER BY v.version DESC",
                                               error);
  gboolean has_row = TRUE;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, tariff);
  while (has_row)
    {
      if (!tb_statement_step (row, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (versions, version_from_row (row));
    }
  if (versions->len > 0)
    return g_steal_pointer (&versions);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no tariff “%s”."), tariff);
  return NULL;
}

/* ---- what each changed ---- */

/* A rate with the versions in which it is in force: from `since` to before `until`, 0 = still. */
typedef struct
{
  TbRate *rate;
  guint32 since, until;
} Lived;

static void
lived_clear (gpointer data)
{
  tb_rate_free (((Lived *) data)->rate);
}

static gboolean
lives_in (const Lived *lived, guint32 version)
{
  return lived->since <= version && (lived->until == 0 || lived->until > version);
}

/* Changes are compared within one prefix only, so the rows of one prefix are enough to tell them. */
static void
count_version (GArray *prefix, TbTariffVersion *version)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new (), after = g_ptr_array_new ();
  g_autoptr (GArray) changes = NULL, starts = NULL;

  for (guint i = 0; i < prefix->len; i++)
    {
      const Lived *lived = &g_array_index (prefix, Lived, i);

      if (lives_in (lived, version->version - 1))
        g_ptr_array_add (before, lived->rate);
      if (lives_in (lived, version->version))
        g_ptr_array_add (after, lived->rate);
    }
  changes = tb_tariff_compare_succession (before, after, NULL);
  for (guint i = 0; i < changes->len; i++)
    version->counts[g_array_index (changes, TbTariffChange, i).kind]++;
  starts = tb_tariff_group_starts (changes, version->time);
  g_array_append_vals (version->starts, starts->data, starts->len);
}

static gboolean
touches (GArray *prefix, guint32 version)
{
  for (guint i = 0; i < prefix->len; i++)
    if (g_array_index (prefix, Lived, i).since == version || g_array_index (prefix, Lived, i).until == version)
      return TRUE;
  return FALSE;
}

static void
count_prefix (GArray *prefix, GPtrArray *versions)
{
  for (guint i = 0; i < versions->len; i++)
    if (touches (prefix, ((TbTariffVersion *) versions->pdata[i])->version))
      count_version (prefix, versions->pdata[i]);
  g_array_set_size (prefix, 0);
}

static gboolean
count_changes (TbStore *store, const char *tariff, GPtrArray *versions, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT " TB_RATE_COLUMNS ", r.since, r.until FROM rate r JOIN tariff t ON t.list = r.list "
                                               "WHERE t.name = $1 ORDER BY r.prefix",
                                               error);
  g_autoptr (GArray) prefix = g_array_new (FALSE, FALSE, sizeof (Lived));
  gboolean has_row = TRUE;

  g_array_set_clear_func (prefix, lived_clear);
  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, tariff);
  while (has_row)
    {
      if (!tb_statement_step (row, &has_row, error))
        return FALSE;
      if (prefix->len > 0 && (!has_row || strcmp (g_array_index (prefix, Lived, 0).rate->prefix, tb_statement_text (row, 1)) != 0))
        count_prefix (prefix, versions);
      if (has_row)
        {
          Lived lived = { tb_rate_from_row (row), (guint32) tb_statement_int (row, TB_RATE_N_COLUMNS),
                          (guint32) tb_statement_int (row, TB_RATE_N_COLUMNS + 1) };

          g_array_append_val (prefix, lived);
        }
    }
  return TRUE;
}

GPtrArray *
tb_tariff_version_list (TbStore *store, const char *tariff, GError **error)
{
  g_autoptr (GPtrArray) versions = load_heads (store, tariff, error);

  if (versions == NULL || !count_changes (store, tariff, versions, error))
    return NULL;
  for (guint i = 0; i < versions->len; i++)
    tb_tariff_merge_starts (((TbTariffVersion *) versions->pdata[i])->starts);
  return g_steal_pointer (&versions);
}

/* ---- one of them ---- */

static GPtrArray *
load_rates (TbStore *store, const char *tariff, guint32 version, GError **error)
{
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT " TB_RATE_COLUMNS " FROM rate r JOIN tariff t ON t.list = r.list WHERE t.name = $1 "
                                               "AND r.since <= $2 AND (r.until IS NULL OR r.until > $2) ORDER BY r.prefix, r.id",
                                               error);
  gboolean has_row = TRUE;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, tariff);
  tb_statement_bind_int (row, 2, version);
  while (has_row)
    {
      if (!tb_statement_step (row, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (rates, tb_rate_from_row (row));
    }
  return g_steal_pointer (&rates);
}

TbTariff *
tb_tariff_version_load (TbStore *store, const char *tariff, guint32 version, GError **error)
{
  g_autoptr (TbTariff) self = tb_tariff_store_load_head (store, tariff, error);

  if (self == NULL)
    return NULL;
  if (version == 0 || version > self->version)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("Tariff “%s” has no version %u; its versions are 1 to %u."), tariff, version, self->version);
      return NULL;
    }
  self->rates = load_rates (store, tariff, version, error);
  if (self->rates == NULL)
    return NULL;
  self->version = version;
  self->n_rates = self->rates->len;
  return g_steal_pointer (&self);
}

gboolean
tb_tariff_version_note_restored (TbStore *store, const char *tariff, guint32 restored, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "UPDATE tariff_version SET restores = $1 WHERE EXISTS (SELECT 1 FROM tariff t "
                                               "WHERE t.id = tariff_version.tariff AND t.version = tariff_version.version AND t.name = $2)",
                                               error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, restored);
  tb_statement_bind_text (row, 2, tariff);
  return tb_statement_run (row, error);
}

/* ---- what they hold in store ---- */

static void
note_pending (GHashTable *pending, const char *tariff, GPtrArray *rates, gint64 now)
{
  g_autoptr (GArray) changes = tb_tariff_list_pending (rates, now);
  g_autoptr (GArray) starts = tb_tariff_group_starts (changes, now);

  if (starts->len > 0)
    g_hash_table_insert (pending, g_strdup (tariff), g_steal_pointer (&starts));
  g_ptr_array_set_size (rates, 0);
}

GHashTable *
tb_tariff_version_list_pending (TbStore *store, gint64 now, GError **error)
{
  g_autoptr (GHashTable) pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  g_autofree char *tariff = NULL;
  /* All rows of the prefixes that have one with such a date. */
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "SELECT " TB_RATE_COLUMNS ", t.name FROM (SELECT DISTINCT list, prefix FROM rate WHERE until IS NULL AND (effective_from > $1 OR effective_to > $1)) d "
      "JOIN rate r ON r.list = d.list AND r.prefix = d.prefix JOIN tariff t ON t.list = r.list WHERE r.until IS NULL ORDER BY t.name",
      error);
  gboolean has_row = TRUE;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, now);
  while (has_row)
    {
      if (!tb_statement_step (row, &has_row, error))
        return NULL;
      if (tariff != NULL && (!has_row || strcmp (tariff, tb_statement_text (row, TB_RATE_N_COLUMNS)) != 0))
        {
          note_pending (pending, tariff, rates, now);
          g_clear_pointer (&tariff, g_free);
        }
      if (!has_row)
        break;
      if (tariff == NULL)
        tariff = tb_statement_dup_text (row, TB_RATE_N_COLUMNS);
      g_ptr_array_add (rates, tb_rate_from_row (row));
    }
  return g_steal_pointer (&pending);
}
