/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-clock.h"
#include "tb-command.h"
#include "tb-tariff-fields.h"
#include "tb-tariff-import.h"

/* ---- options ---- */

static const char *
name_of_separator (char separator)
{
  static const char *const names[] = { ",", ";", "|" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i][0] == separator)
      return names[i];
  return separator == '\t' ? "TAB" : NULL;
}

static const char *const date_orders[] = { [TB_DATES_UNKNOWN] = NULL, [TB_DATES_YMD] = "ymd", [TB_DATES_DMY] = "dmy", [TB_DATES_MDY] = "mdy" };

static const char *const problem_kinds[] = {
  [TB_DECK_REJECTED] = "rejected",
  [TB_DECK_NEEDS_CONFIRMATION] = "needs-confirmation",
  [TB_DECK_BLOCKED] = "blocked",
  [TB_DECK_SKIPPED] = "skipped",
};

/* The index of `text` in `names`; -1 = not there. */
static int
find_name (const char *text, const char *const *names, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (names[i], text) == 0)
      return (int) i;
  return -1;
}

static gboolean
read_separator (TbRun *run, TbDeckOptions *ret, GError **error)
{
  const char *text = tb_run_get (run, "separator");

  if (text == NULL)
    return TRUE;
  ret->separator = g_ascii_strcasecmp (text, "tab") == 0 ? '\t' : text[0];
  return (ret->separator == '\t' || strlen (text) == 1) ? TRUE : tb_run_misuse (error, _("--separator: “%s” is not one character or “tab”."), text);
}

static gboolean
read_dates (TbRun *run, TbDeckOptions *ret, GError **error)
{
  const char *text = tb_run_get (run, "dates");
  int order = text != NULL ? find_name (text, date_orders, G_N_ELEMENTS (date_orders)) : TB_DATES_UNKNOWN;

  if (order < 0)
    return tb_run_misuse (error, _("--dates: “%s” is none of ymd, dmy, mdy."), text);
  ret->dates = (TbDateOrder) order;
  return TRUE;
}

static gboolean
read_decimal (TbRun *run, TbDeckOptions *ret, GError **error)
{
  static const char *const signs[] = { "point", "comma" };
  const char *text = tb_run_get (run, "decimal");
  int sign = text != NULL ? find_name (text, signs, G_N_ELEMENTS (signs)) : -1;

  if (text != NULL && sign < 0)
    return tb_run_misuse (error, _("--decimal: “%s” is neither point nor comma."), text);
  ret->decimal_comma = sign;
  return TRUE;
}

static gboolean
deck_options (TbRun *run, TbDeckOptions *ret, GError **error)
{
  TbDeckOptions options = tb_deck_options_default ();

  options.columns = tb_run_get (run, "map");
  options.last_wins = tb_run_has (run, "last-wins");
  if (!tb_run_get_day (run, "effective", &options.effective, error) || !read_separator (run, &options, error)
      || !read_dates (run, &options, error) || !read_decimal (run, &options, error))
    return FALSE;
  *ret = options;
  return TRUE;
}

/* ---- the report ---- */

/* What was found out about the file, so that nothing is decided in silence. */
static void
say_deck (TbOutput *out, const TbDeck *deck)
{
  tb_output_text (out, "layout", _("Layout"), deck->layout);
  tb_output_text (out, "encoding", _("Encoding"), tb_encoding_get_name (deck->encoding));
  tb_output_text (out, "separator", _("Separator"), name_of_separator (deck->separator));
  tb_output_text (out, "decimal", _("Decimal sign"), deck->decimal_comma ? "," : ".");
  tb_output_text (out, "dates", _("Dates"), date_orders[deck->dates]);
  tb_output_int (out, "header_line", _("Header in line"), (gint64) deck->header_line);
  tb_output_int (out, "data_starts_at_line", _("Data from line"), (gint64) deck->data_line);
  tb_output_text (out, "columns", _("Columns"), deck->columns);
}

static void
say_problems (TbOutput *out, const TbDeck *deck)
{
  tb_output_list (out, "rejects", _("Rows to look at"));
  for (guint i = 0; i < deck->problems->len; i++)
    {
      const TbDeckProblem *problem = deck->problems->pdata[i];

      tb_output_row (out);
      tb_output_int (out, "line", _("Line"), (gint64) problem->line);
      tb_output_text (out, "kind", _("Kind"), problem_kinds[problem->kind]);
      tb_output_bool (out, "duplicate", _("Duplicate"), problem->duplicate);
      tb_output_text (out, "reason", _("Reason"), problem->reason);
      tb_output_text (out, "raw", _("Row"), problem->raw);
      tb_output_end (out);
    }
  tb_output_end (out);
}

static gboolean
say_import (TbRun *run, const TbTariffImport *import, const TbTariffEffect *effect, GError **error)
{
  TbOutput *out = run->out;
  const TbDeck *deck = import->deck;
  const TbTariffRevision *revision = import->revision;
  g_autoptr (TbZone) zone = tb_tariff_fields_new_zone (revision->after, error);
  g_autoptr (GArray) starts = tb_tariff_group_starts (revision->changes, tb_clock_now ());

  if (zone == NULL)
    return FALSE;
  tb_output_set_zone (out, zone);
  tb_output_text (out, "tariff", _("Tariff"), revision->after->name);
  tb_output_text (out, "currency", _("Currency"), tb_currency_to_string (revision->after->currency));
  tb_output_bool (out, "dry_run", _("Dry run"), tb_run_has (run, "dry-run"));
  tb_output_int (out, "accepted", _("Rates in the file"), deck->accepted);
  tb_tariff_fields_say_counts (out, revision->counts);
  tb_output_int (out, "unchanged", _("Unchanged"), revision->unchanged->len);
  tb_tariff_fields_say_starts (out, run->json, "later", _("Later"), starts, zone);
  tb_output_int (out, "duplicates", _("Duplicates"), deck->duplicates);
  tb_output_int (out, "rejected", _("Rejected"), deck->rejected);
  tb_output_int (out, "needs_confirmation", _("To be confirmed"), deck->needs_confirmation);
  tb_output_int (out, "blocked", _("Blocked"), deck->blocked);
  tb_output_int (out, "skipped", _("Skipped"), deck->skipped);
  say_deck (out, deck);
  if (run->json || tb_run_has (run, "dry-run"))
    tb_tariff_fields_say_changes (out, revision->changes);
  say_problems (out, deck);
  tb_tariff_fields_say_effect (out, effect);
  return TRUE;
}

static gboolean
import_tariff (TbRun *run, GError **error)
{
  const char *name = tb_run_get (run, "name");
  g_autoptr (TbTariffImport) import = NULL;
  g_autoptr (TbTariffEffect) effect = NULL;
  TbDeckOptions options;

  if (name == NULL || *name == '\0')
    return tb_run_misuse (error, _("“%s” needs --name."), run->command->name);
  if (!deck_options (run, &options, error))
    return FALSE;
  import = tb_tariff_import_prepare (run->store, run->arguments[0], name, tb_run_get (run, "currency"), &options, run->job, error);
  return import != NULL && tb_tariff_fields_foretell (run, import->revision, &effect, error)
         && (tb_run_has (run, "dry-run") || tb_tariff_revision_apply (import->revision, run->store, run->job, error))
         && say_import (run, import, effect, error);
}

static const TbOption import_options[] = {
  { "name", 0, N_("NAME"), N_("the tariff's name; it is made when it is not there (needed)") },
  { "currency", 0, N_("CODE"), N_("of a new tariff, where the deck does not say it; else the company's") },
  { "map", 0, N_("FIELD=COLUMN,…"), N_("which column is what, by title or number; else by the titles") },
  { "effective", 0, N_("DATE"), N_("of rows without a date of their own") },
  { "separator", 0, N_("CHARACTER"), N_("between columns; else by the look of the file") },
  { "decimal", 0, "point|comma", N_("the decimal sign; else by the look of the column") },
  { "dates", 0, "ymd|dmy|mdy", N_("the order of dates; else by the look of the column") },
  { "last-wins", 0, NULL, N_("of two rows for one prefix take the later, instead of refusing it") },
  TB_OPTION_EFFECT,
  TB_OPTION_DRY_RUN,
  { NULL },
};

const TbCommand tb_commands_tariff_import[] = {
  { "tariff import", N_("FILE"), 1, 1, TB_BOOKS_OPEN, import_options, import_tariff, N_("reads a rate deck into a tariff") },
  { NULL },
};
