/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-billing-period.h"
#include "tb-comparison-fields.h"
#include "tb-error.h"
#include "tb-tariff-store.h"
#include "tb-tariff-version.h"

/* ---- changes ---- */

static const char *const kinds[TB_TARIFF_N_CHANGE_KINDS] = {
  [TB_TARIFF_ADDED] = N_("added"),     [TB_TARIFF_REMOVED] = N_("removed"), [TB_TARIFF_DEARER] = N_("dearer"),
  [TB_TARIFF_CHEAPER] = N_("cheaper"), [TB_TARIFF_CHANGED] = N_("changed"),
};

const char *
tb_tariff_fields_change_key (TbTariffChangeKind kind)
{
  return kinds[kind];
}

void
tb_tariff_fields_say_counts (TbOutput *out, const guint counts[TB_TARIFF_N_CHANGE_KINDS])
{
  tb_output_int (out, "added", _("Added"), counts[TB_TARIFF_ADDED]);
  tb_output_int (out, "changed", _("Changed"), counts[TB_TARIFF_DEARER] + counts[TB_TARIFF_CHEAPER] + counts[TB_TARIFF_CHANGED]);
  tb_output_int (out, "dearer", _("… dearer"), counts[TB_TARIFF_DEARER]);
  tb_output_int (out, "cheaper", _("… cheaper"), counts[TB_TARIFF_CHEAPER]);
  tb_output_int (out, "other", _("… otherwise"), counts[TB_TARIFF_CHANGED]);
  tb_output_int (out, "removed", _("Removed"), counts[TB_TARIFF_REMOVED]);
}

static void
say_line (TbOutput *out, const char *key, const char *title, const TbRate *rate)
{
  if (rate != NULL && rate->line > 0)
    tb_output_int (out, key, title, rate->line);
  else
    tb_output_text (out, key, title, NULL);
}

static void
say_change (TbOutput *out, const TbTariffChange *change)
{
  const TbRate *rate = change->after != NULL ? change->after : change->before;
  const TbRate *before = change->kind != TB_TARIFF_ADDED ? change->before : NULL;
  const TbRate *after = change->kind != TB_TARIFF_REMOVED ? change->after : NULL;
  TbDecimal percent = TB_DECIMAL_NONE;

  tb_tariff_change_get_percent (change, &percent);
  tb_output_row (out);
  say_line (out, "line", _("Line"), after);
  tb_output_text (out, "change", _("Change"), tb_tariff_fields_change_key (change->kind));
  tb_output_text (out, "prefix", _("Prefix"), rate->prefix);
  tb_output_text (out, "description", _("Description"), rate->description);
  tb_output_decimal (out, "before", _("Before"), before != NULL ? before->rate : TB_DECIMAL_NONE);
  tb_output_decimal (out, "after", _("After"), after != NULL ? after->rate : TB_DECIMAL_NONE);
  tb_output_decimal (out, "percent", _("%"), percent);
  tb_output_time (out, "from", _("From"), change->from);
  tb_output_end (out);
}

void
tb_tariff_fields_say_changes (TbOutput *out, GArray *changes)
{
  tb_output_list (out, "changes", _("Changes"));
  for (guint i = 0; i < changes->len; i++)
    say_change (out, &g_array_index (changes, TbTariffChange, i));
  tb_output_end (out);
}

/* ---- what begins later ---- */

/* A day alone when it begins there, which is nearly always. */
static char *
format_start (gint64 time, TbZone *zone)
{
  return tb_zone_second_of_day_at (zone, time) == 0 ? tb_day_format (tb_zone_day_at (zone, time)) : tb_time_format (time, zone);
}

static char *
starts_to_text (GArray *starts, TbZone *zone)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < starts->len; i++)
    {
      const TbTariffStart *start = &g_array_index (starts, TbTariffStart, i);
      g_autofree char *from = format_start (start->from, zone);
      const char *separator = ": ";

      g_string_append_printf (text, _("%sfrom %s"), text->len > 0 ? "; " : "", from);
      for (guint kind = 0; kind < TB_TARIFF_N_CHANGE_KINDS; kind++)
        if (start->counts[kind] > 0)
          {
            g_string_append_printf (text, "%s%u %s", separator, start->counts[kind], _(kinds[kind]));
            separator = ", ";
          }
    }
  return g_string_free (text, FALSE);
}

void
tb_tariff_fields_say_starts (TbOutput *out, gboolean json, const char *key, const char *title, GArray *starts, TbZone *zone)
{
  g_autofree char *text = starts_to_text (starts, zone);

  if (!json)
    {
      tb_output_text (out, key, title, text);
      return;
    }
  tb_output_list (out, key, title);
  for (guint i = 0; i < starts->len; i++)
    {
      const TbTariffStart *start = &g_array_index (starts, TbTariffStart, i);

      tb_output_row (out);
      tb_output_time (out, "from", _("From"), start->from);
      tb_tariff_fields_say_counts (out, start->counts);
      tb_output_end (out);
    }
  tb_output_end (out);
}

/* ---- effect ---- */

gboolean
tb_tariff_fields_foretell (TbRun *run, const TbTariffRevision *revision, TbTariffEffect **ret, GError **error)
{
  const char *text = tb_run_get (run, "effect");
  int year, month;

  *ret = NULL;
  if (text == NULL)
    return TRUE;
  if (!tb_month_parse (text, &year, &month, NULL))
    return tb_run_misuse (error, _("--effect: “%s” is not a month like 2026-10."), text);
  *ret = tb_tariff_effect_new (run->store, revision, year, month, run->job, error);
  return *ret != NULL;
}

void
tb_tariff_fields_say_effect (TbOutput *out, const TbTariffEffect *effect)
{
  g_autofree char *month = effect != NULL ? g_strdup_printf ("%04d-%02d", effect->year, effect->month) : NULL;

  if (effect == NULL)
    return;
  tb_output_object (out, "effect", _("What the month would have cost"));
  tb_output_text (out, "period", _("Month"), month);
  tb_output_time (out, "as_of", _("At the rates of"), effect->as_of);
  tb_output_bool (out, "used", _("Packages are on the tariff"), effect->comparison != NULL);
  if (effect->comparison != NULL)
    tb_comparison_fields_say (out, effect->comparison);
  tb_output_bool (out, "bought", _("A provider charges by it"), effect->bought != NULL);
  tb_comparison_fields_say_costs (out, effect->bought);
  tb_output_end (out);
}

/* ---- tariffs as they are named ---- */

/* A tariff may itself be called "a@1", so the whole is tried first. */
TbTariff *
tb_tariff_fields_load (TbRun *run, const char *text, GError **error)
{
  const char *at = strrchr (text, '@');
  g_autofree char *name = at != NULL ? g_strndup (text, (gsize) (at - text)) : NULL;
  g_autoptr (GError) failure = NULL;
  TbTariff *tariff = tb_tariff_store_load (run->store, text, &failure);
  guint64 version;

  if (tariff != NULL)
    return tariff;
  if (at != NULL && g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND)
      && g_ascii_string_to_unsigned (at + 1, 10, 0, G_MAXUINT32, &version, NULL))
    return tb_tariff_version_load (run->store, name, (guint32) version, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

TbZone *
tb_tariff_fields_new_zone (const TbTariff *tariff, GError **error)
{
  return tb_zone_new (tariff->time_zone != NULL ? tariff->time_zone : "UTC", error);
}
