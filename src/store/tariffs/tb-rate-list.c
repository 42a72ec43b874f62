/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-list.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "tb-error.h"
#include "tb-tariff.h"

#define ROWS_BETWEEN_REPORTS 4096

/* ---- steps and bands as text ---- */

static char *
steps_to_text (const TbRate *rate)
{
  g_autoptr (GString) text = NULL;

  if (rate->n_steps == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < rate->n_steps; i++)
    g_string_append_printf (text, "%s%d,%d,%d,%" G_GINT64_FORMAT, i == 0 ? "" : ";", rate->steps[i].after, rate->steps[i].per,
                            rate->steps[i].increment, rate->steps[i].rate);
  return g_strdup (text->str);
}

static void
steps_from_text (TbRate *rate, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  rate->n_steps = g_strv_length (parts);
  rate->steps = g_new0 (TbRateStep, rate->n_steps);
  for (guint i = 0; i < rate->n_steps; i++)
    if (sscanf (parts[i], "%d,%d,%d,%" G_GINT64_FORMAT, &rate->steps[i].after, &rate->steps[i].per, &rate->steps[i].increment,
                &rate->steps[i].rate)
        != 4)
      g_critical ("rate %u has steps that cannot be read", rate->id);
}

static char *
band_to_text (const TbRateBand *band)
{
  if (band->days == 0 && band->month == 0 && band->day == 0 && band->from == 0 && band->to == 0)
    return NULL;
  return g_strdup_printf ("%u,%u,%u,%d,%d", band->days, band->month, band->day, band->from, band->to);
}

static void
band_from_text (TbRateBand *band, const char *text)
{
  unsigned days, month, day;

  if (sscanf (text, "%u,%u,%u,%d,%d", &days, &month, &day, &band->from, &band->to) != 5)
    {
      g_critical ("a rate's band cannot be read");
      return;
    }
  band->days = (guint8) days;
  band->month = (guint8) month;
  band->day = (guint8) day;
}

/* ---- read ---- */

void
tb_rate_read_terms (TbStatement *row, TbRate *rate)
{
  const char *text;

  rate->id = (guint32) tb_statement_int (row, 0);
  rate->rate = tb_statement_int (row, 3);
  rate->initial = (gint32) tb_statement_int (row, 4);
  rate->next = (gint32) tb_statement_int (row, 5);
  rate->increment_style = (TbIncrementStyle) tb_statement_int (row, 6);
  if (*(text = tb_statement_text (row, 7)) != '\0')
    steps_from_text (rate, text);
  rate->connect_fee = tb_statement_int_or (row, 8, TB_DECIMAL_NONE);
  rate->minimum = (gint32) tb_statement_int_or (row, 9, -1);
  rate->grace = (gint32) tb_statement_int_or (row, 10, -1);
  rate->included_seconds = (gint32) tb_statement_int (row, 11);
  rate->min_charge = tb_statement_int_or (row, 12, TB_DECIMAL_NONE);
  rate->max_charge = tb_statement_int_or (row, 13, TB_DECIMAL_NONE);
  rate->effective_from = tb_statement_int_or (row, 14, TB_TIME_NONE);
  rate->effective_to = tb_statement_int_or (row, 15, TB_TIME_NONE);
  rate->enabled = tb_statement_int (row, 16) != 0;
  if (*(text = tb_statement_text (row, 17)) != '\0')
    band_from_text (&rate->band, text);
  rate->priority = (gint32) tb_statement_int (row, 18);
}

TbRate *
tb_rate_from_row (TbStatement *row)
{
  TbRate *rate = tb_rate_new_for (tb_statement_text (row, 1));

  rate->description = tb_statement_dup_text (row, 2);
  tb_rate_read_terms (row, rate);
  rate->short_description = tb_statement_dup_text (row, 19);
  rate->rate2 = tb_statement_int_or (row, 20, TB_DECIMAL_NONE);
  rate->premium_rate = tb_statement_int_or (row, 21, TB_DECIMAL_NONE);
  rate->old_rate = tb_statement_int_or (row, 22, TB_DECIMAL_NONE);
  rate->changed = tb_statement_dup_text (row, 23);
  rate->line = (guint32) tb_statement_int (row, 24);
  return rate;
}

gboolean
tb_rate_list_find (TbStore *store, TbRateListKind kind, const char *name, gboolean make, gint64 *ret_id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               make ? "INSERT INTO rate_list (kind, name) VALUES ($1, $2) ON CONFLICT (kind, name) DO UPDATE "
                                                      "SET name = excluded.name RETURNING id"
                                                    : "SELECT id FROM rate_list WHERE kind = $1 AND name = $2",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, kind);
  tb_statement_bind_text (row, 2, name);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret_id = has_row ? tb_statement_int (row, 0) : 0;
  return !has_row || tb_statement_step (row, NULL, error);
}

GPtrArray *
tb_rate_list_load (TbStore *store, gint64 list, GError **error)
{
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT " TB_RATE_COLUMNS " FROM rate r WHERE r.list = $1 AND r.until IS NULL ORDER BY r.prefix, r.id", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, list);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&rates);
      g_ptr_array_add (rates, tb_rate_from_row (row));
    }
  return NULL;
}

/* ---- write ---- */

typedef struct
{
  TbStatement *insert, *close;
  gint64 list;
  guint32 version;
} RateWriter;

static void
rate_writer_clear (RateWriter *self)
{
  tb_statement_free (self->insert);
  tb_statement_free (self->close);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RateWriter, rate_writer_clear)

static gboolean
next_version (TbStore *store, gint64 list, guint32 *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT COALESCE(MAX(since), 0), COALESCE(MAX(until), 0) FROM rate WHERE list = $1", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, list);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = (guint32) MAX (tb_statement_int (row, 0), tb_statement_int (row, 1)) + 1;
  return TRUE;
}

static gboolean
rate_writer_init (RateWriter *self, TbStore *store, gint64 list, guint32 version, GError **error)
{
  TbDb *db = tb_store_get_db (store);

  self->list = list;
  self->version = version;
  if (version == 0 && !next_version (store, list, &self->version, error))
    return FALSE;
  self->insert = tb_db_prepare (
      db,
      "INSERT INTO rate (list, since, prefix, description, short_description, rate, initial, next, style, steps, connect_fee, minimum, grace, "
      "included_seconds, min_charge, max_charge, effective_from, effective_to, enabled, band, priority, rate2, premium_rate, old_rate, "
      "changed, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, "
      "$25, $26)",
      error);
  self->close = self->insert == NULL ? NULL : tb_db_prepare (db, "UPDATE rate SET until = $1 WHERE id = $2", error);
  return self->close != NULL;
}

static gboolean
insert_rate (RateWriter *self, const TbRate *rate, GError **error)
{
  g_autofree char *steps = steps_to_text (rate);
  g_autofree char *band = band_to_text (&rate->band);
  TbStatement *row = self->insert;

  tb_statement_bind_int (row, 1, self->list);
  tb_statement_bind_int (row, 2, self->version);
  tb_statement_bind_text (row, 3, rate->prefix);
  tb_statement_bind_text (row, 4, rate->description);
  tb_statement_bind_text (row, 5, rate->short_description);
  tb_statement_bind_int (row, 6, rate->rate);
  tb_statement_bind_int_or_null (row, 7, rate->initial, 0);
  tb_statement_bind_int_or_null (row, 8, rate->next, 0);
  tb_statement_bind_int_or_null (row, 9, rate->increment_style, 0);
  tb_statement_bind_text (row, 10, steps);
  tb_statement_bind_int_or_null (row, 11, rate->connect_fee, TB_DECIMAL_NONE);
  tb_statement_bind_int_or_null (row, 12, rate->minimum, -1);
  tb_statement_bind_int_or_null (row, 13, rate->grace, -1);
  tb_statement_bind_int_or_null (row, 14, rate->included_seconds, 0);
  tb_statement_bind_int_or_null (row, 15, rate->min_charge, TB_DECIMAL_NONE);
  tb_statement_bind_int_or_null (row, 16, rate->max_charge, TB_DECIMAL_NONE);
  tb_statement_bind_int_or_null (row, 17, rate->effective_from, TB_TIME_NONE);
  tb_statement_bind_int_or_null (row, 18, rate->effective_to, TB_TIME_NONE);
  tb_statement_bind_int (row, 19, rate->enabled);
  tb_statement_bind_text (row, 20, band);
  tb_statement_bind_int (row, 21, rate->priority);
  tb_statement_bind_int_or_null (row, 22, rate->rate2, TB_DECIMAL_NONE);
  tb_statement_bind_int_or_null (row, 23, rate->premium_rate, TB_DECIMAL_NONE);
  tb_statement_bind_int_or_null (row, 24, rate->old_rate, TB_DECIMAL_NONE);
  tb_statement_bind_text (row, 25, rate->changed);
  tb_statement_bind_int_or_null (row, 26, rate->line, 0);
  return tb_statement_run (row, error);
}

static gboolean
close_rate (RateWriter *self, const TbRate *rate, GError **error)
{
  tb_statement_bind_int (self->close, 1, self->version);
  tb_statement_bind_int (self->close, 2, rate->id);
  return tb_statement_run (self->close, error);
}

gboolean
tb_rate_list_save (TbStore *store, gint64 list, GPtrArray *before, GPtrArray *rates, guint32 version, TbJob *job, GError **error)
{
  g_autoptr (GArray) changes = tb_tariff_diff (before, rates, NULL);
  g_auto (RateWriter) writer = { NULL };

  if (changes->len == 0)
    return TRUE;
  if (!rate_writer_init (&writer, store, list, version, error))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const TbTariffChange *change = &g_array_index (changes, TbTariffChange, i);

      if (i % ROWS_BETWEEN_REPORTS == 0)
        {
          if (tb_job_is_cancelled (job, error))
            return FALSE;
          tb_job_report (job, (double) i / changes->len, NULL);
        }
      if ((change->before != NULL && !close_rate (&writer, change->before, error))
          || (change->after != NULL && !insert_rate (&writer, change->after, error)))
        return FALSE;
    }
  return TRUE;
}

TbRateListDifference
tb_rate_list_compare (GPtrArray *before, GPtrArray *rates)
{
  TbRateListDifference difference = { 0 };
  g_autoptr (GArray) changes = tb_tariff_diff (before, rates, &difference.unchanged);

  for (guint i = 0; i < changes->len; i++)
    switch (g_array_index (changes, TbTariffChange, i).kind)
      {
      case TB_TARIFF_ADDED:
        difference.added++;
        break;
      case TB_TARIFF_REMOVED:
        difference.removed++;
        break;
      default:
        difference.changed++;
        break;
      }
  return difference;
}
