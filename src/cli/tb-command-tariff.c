/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-deck.h"
#include "tb-tariff-store.h"

/* ---- export ---- */

static void
say_increment (TbOutput *out, const TbRate *rate)
{
  g_autofree char *text = rate->initial > 0 ? g_strdup_printf ("%d/%d", rate->initial, rate->next) : NULL;

  tb_output_text (out, "increment", _("Increment"), text);
}

/* For programs; people and spreadsheets get the deck. */
static void
say_rates (TbOutput *out, const TbTariff *tariff)
{
  tb_output_be_list (out);
  for (guint i = 0; i < tariff->rates->len; i++)
    {
      const TbRate *rate = tariff->rates->pdata[i];

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

static gboolean
export_tariff (TbRun *run, GError **error)
{
  g_autoptr (TbTariff) tariff = tb_tariff_store_load (run->store, run->arguments[0], error);
  g_autoptr (TbZone) zone = tariff != NULL ? tb_zone_new (tariff->time_zone != NULL ? tariff->time_zone : "UTC", error) : NULL;

  if (zone == NULL)
    return FALSE;
  tb_output_set_zone (run->out, zone);
  if (!run->json || tb_run_has (run, "output"))
    return tb_run_give_text (run, tb_deck_write (tariff->rates, zone), error);
  say_rates (run->out, tariff);
  return TRUE;
}

/* ---- diff and list ---- */

static const struct
{
  const char *key, *title;
} change_kinds[] = {
  [TB_TARIFF_ADDED] = { "added", N_("added") },       [TB_TARIFF_REMOVED] = { "removed", N_("removed") },
  [TB_TARIFF_DEARER] = { "dearer", N_("dearer") },    [TB_TARIFF_CHEAPER] = { "cheaper", N_("cheaper") },
  [TB_TARIFF_CHANGED] = { "changed", N_("changed") },
};

static void
say_change (TbOutput *out, const TbTariffChange *change)
{
  const TbRate *rate = change->after != NULL ? change->after : change->before;

  tb_output_row (out);
  tb_output_text (out, "change", _("Change"), change_kinds[change->kind].key);
  tb_output_text (out, "prefix", _("Prefix"), rate->prefix);
  tb_output_text (out, "description", _("Description"), rate->description);
  tb_output_decimal (out, "before", _("Before"), change->before != NULL ? change->before->rate : TB_DECIMAL_NONE);
  tb_output_decimal (out, "after", _("After"), change->after != NULL ? change->after->rate : TB_DECIMAL_NONE);
  tb_output_end (out);
}

static gboolean
diff_tariffs (TbRun *run, GError **error)
{
  g_autoptr (TbTariff) before = tb_tariff_store_load (run->store, run->arguments[0], error);
  g_autoptr (TbTariff) after = before != NULL ? tb_tariff_store_load (run->store, run->arguments[1], error) : NULL;
  guint counts[G_N_ELEMENTS (change_kinds)] = { 0 }, unchanged;
  g_autoptr (GArray) changes = NULL;

  if (after == NULL)
    return FALSE;
  changes = tb_tariff_diff (before->rates, after->rates, &unchanged);
  for (guint i = 0; i < changes->len; i++)
    counts[g_array_index (changes, TbTariffChange, i).kind]++;
  for (guint i = 0; i < G_N_ELEMENTS (change_kinds); i++)
    tb_output_int (run->out, change_kinds[i].key, _(change_kinds[i].title), counts[i]);
  tb_output_int (run->out, "unchanged", _("unchanged"), unchanged);
  tb_output_list (run->out, "changes", _("Changes"));
  for (guint i = 0; i < changes->len; i++)
    say_change (run->out, &g_array_index (changes, TbTariffChange, i));
  tb_output_end (run->out);
  return TRUE;
}

static gboolean
list_tariffs (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) tariffs = tb_tariff_store_list (run->store, error);

  if (tariffs == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < tariffs->len; i++)
    {
      const TbTariff *tariff = tariffs->pdata[i];

      tb_output_row (run->out);
      tb_output_text (run->out, "name", _("Tariff"), tariff->name);
      tb_output_text (run->out, "currency", _("Currency"), tb_currency_to_string (tariff->currency));
      tb_output_text (run->out, "time_zone", _("Time zone"), tariff->time_zone);
      tb_output_int (run->out, "rates", _("Rates"), tariff->n_rates);
      tb_output_int (run->out, "version", _("Version"), tariff->version);
      tb_output_end (run->out);
    }
  return TRUE;
}

static const TbOption export_options[] = { TB_OPTION_OUTPUT, { NULL } };

const TbCommand tb_commands_tariff[] = {
  { "tariff export", N_("NAME"), 1, 1, TB_BOOKS_OPEN, export_options, export_tariff, N_("writes a tariff as a deck that reads back without loss") },
  { "tariff diff", N_("A B"), 2, 2, TB_BOOKS_OPEN, NULL, diff_tariffs, N_("tells what is dearer, cheaper, new and gone in B") },
  { "tariff list", NULL, 0, 0, TB_BOOKS_OPEN, NULL, list_tariffs, N_("lists the tariffs") },
  { NULL },
};
