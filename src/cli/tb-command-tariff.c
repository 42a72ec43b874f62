/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-command.h"
#include "tb-deck.h"
#include "tb-tariff-fields.h"
#include "tb-tariff-store.h"
#include "tb-tariff-version.h"

/* ---- export ---- */

static void
say_increment (TbOutput *out, const TbRate *rate)
{
  g_autofree char *text = rate->initial > 0 ? g_strdup_printf ("%d/%d", rate->initial, rate->next) : NULL;

  tb_output_text (out, "increment", _("Increment"), text);
}

/* For programs; people and spreadsheets get the deck. */
static void
say_rates (TbOutput *out, GPtrArray *rates)
{
  tb_output_be_list (out);
  for (guint i = 0; i < rates->len; i++)
    {
      const TbRate *rate = rates->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "prefix", _("Prefix"), rate->prefix);
      tb_output_text (out, "description", _("Description"), rate->description);
      tb_output_decimal (out, "rate", _("Rate"), rate->rate);
      say_increment (out, rate);
      tb_output_decimal (out, "connect_fee", _("Connection fee"), rate->connect_fee);
      tb_output_time (out, "effective_from", _("From"), rate->effective_from);
      tb_output_time (out, "effective_to", _("Until"), rate->effective_to);
      tb_output_bool (out, "enabled", _("Enabled"), rate->enabled);
      tb_output_int (out, "priority", _("Priority"), rate->priority);
      tb_output_end (out);
    }
}

/* --version N is the same as NAME@N. */
static TbTariff *
load_exported (TbRun *run, GError **error)
{
  guint version = 0;

  if (!tb_run_get_uint (run, "version", &version, error))
    return NULL;
  return tb_run_has (run, "version") ? tb_tariff_version_load (run->store, run->arguments[0], version, error)
                                     : tb_tariff_fields_load (run, run->arguments[0], error);
}

/* All rates, or with --at those that price a call which starts then; borrowed from the tariff. A day begins in the tariff's zone. */
static GPtrArray *
list_exported (TbRun *run, const TbTariff *tariff, TbZone *zone, GError **error)
{
  gint64 at = 0;
  TbDay day;

  if (!tb_run_has (run, "at"))
    return g_ptr_array_ref (tariff->rates);
  if (tb_day_parse (tb_run_get (run, "at"), &day, NULL))
    at = tb_zone_to_utc (zone, day, 0, FALSE);
  else if (!tb_run_get_time (run, "at", &at, error))
    return NULL;
  return tb_tariff_list_at (tariff->rates, at);
}

static gboolean
export_tariff (TbRun *run, GError **error)
{
  g_autoptr (TbTariff) tariff = load_exported (run, error);
  g_autoptr (TbZone) zone = tariff != NULL ? tb_tariff_fields_new_zone (tariff, error) : NULL;
  g_autoptr (GPtrArray) rates = zone != NULL ? list_exported (run, tariff, zone, error) : NULL;

  if (rates == NULL)
    return FALSE;
  tb_output_set_zone (run->out, zone);
  if (!run->json || tb_run_has (run, "output"))
    return tb_run_give_text (run, tb_deck_write (rates, zone), error);
  say_rates (run->out, rates);
  return TRUE;
}

/* ---- diff and list ---- */

static gboolean
diff_tariffs (TbRun *run, GError **error)
{
  g_autoptr (TbTariff) before = tb_tariff_fields_load (run, run->arguments[0], error);
  g_autoptr (TbTariff) after = before != NULL ? tb_tariff_fields_load (run, run->arguments[1], error) : NULL;
  guint counts[TB_TARIFF_N_CHANGE_KINDS] = { 0 };
  g_autoptr (GArray) unchanged = g_array_new (FALSE, FALSE, sizeof (TbTariffChange));
  g_autoptr (GArray) changes = NULL;
  g_autoptr (TbZone) zone = NULL;

  if (after == NULL || (zone = tb_tariff_fields_new_zone (after, error)) == NULL)
    return FALSE;
  tb_output_set_zone (run->out, zone);
  changes = before->id == after->id ? tb_tariff_compare_succession (before->rates, after->rates, unchanged)
                                    : tb_tariff_diff_full (before->rates, after->rates, unchanged);
  for (guint i = 0; i < changes->len; i++)
    counts[g_array_index (changes, TbTariffChange, i).kind]++;
  for (guint i = 0; i < TB_TARIFF_N_CHANGE_KINDS; i++)
    tb_output_int (run->out, tb_tariff_fields_change_key (i), _(tb_tariff_fields_change_key (i)), counts[i]);
  tb_output_int (run->out, "unchanged", _("unchanged"), unchanged->len);
  tb_tariff_fields_say_changes (run->out, changes);
  return TRUE;
}

static gboolean
say_tariff (TbRun *run, const TbTariff *tariff, GHashTable *pending, GError **error)
{
  g_autoptr (TbZone) zone = tb_tariff_fields_new_zone (tariff, error);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (TbTariffStart));
  GArray *starts = g_hash_table_lookup (pending, tariff->name);

  if (zone == NULL)
    return FALSE;
  tb_output_row (run->out);
  tb_output_text (run->out, "name", _("Tariff"), tariff->name);
  tb_output_text (run->out, "currency", _("Currency"), tb_currency_to_string (tariff->currency));
  tb_output_text (run->out, "time_zone", _("Time zone"), tariff->time_zone);
  tb_output_int (run->out, "rates", _("Rates"), tariff->n_rates);
  tb_output_int (run->out, "version", _("Version"), tariff->version);
  tb_tariff_fields_say_starts (run->out, run->json, "pending", _("Later"), starts != NULL ? starts : none, zone);
  tb_output_end (run->out);
  return TRUE;
}

static gboolean
list_tariffs (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) tariffs = tb_tariff_store_list (run->store, error);
  g_autoptr (GHashTable) pending = tariffs != NULL ? tb_tariff_version_list_pending (run->store, tb_clock_now (), error) : NULL;

  if (pending == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < tariffs->len; i++)
    if (!say_tariff (run, tariffs->pdata[i], pending, error))
      return FALSE;
  return TRUE;
}

static const TbOption export_options[] = {
  { "version", 0, N_("NUMBER"), N_("the rates of that version, instead of the present one") },
  { "at", 0, N_("DATE"), N_("only the rates that price a call which starts then") },
  TB_OPTION_OUTPUT,
  { NULL },
};

const TbCommand tb_commands_tariff[] = {
  { "tariff export", N_("NAME"), 1, 1, TB_BOOKS_OPEN, export_options, export_tariff, N_("writes a tariff as a deck that reads back without loss") },
  { "tariff diff", N_("A B"), 2, 2, TB_BOOKS_OPEN, NULL, diff_tariffs, N_("tells what is dearer, cheaper, new and gone in B; either may be NAME@VERSION") },
  { "tariff list", NULL, 0, 0, TB_BOOKS_OPEN, NULL, list_tariffs, N_("lists the tariffs, with what begins later") },
  { NULL },
};
