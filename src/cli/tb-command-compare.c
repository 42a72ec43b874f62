/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-comparison-fields.h"
#include "tb-tariff-import.h"

static gboolean
read_increment (TbRun *run, TbWhatIf *what_if, GError **error)
{
  const char *text = tb_run_get (run, "increment");
  g_autoptr (GError) failure = NULL;

  if (text == NULL || tb_rate_parse_increment (text, &what_if->initial, &what_if->next, &failure))
    return TRUE;
  return tb_run_misuse (error, "--increment: %s", failure->message);
}

static gboolean
read_style (TbRun *run, TbWhatIf *what_if, GError **error)
{
  const char *text = tb_run_get (run, "style");

  if (text == NULL)
    return TRUE;
  what_if->increment_style = g_str_equal (text, "first-then") ? TB_INCREMENT_FIRST_THEN : g_str_equal (text, "multiple") ? TB_INCREMENT_MULTIPLE : -1;
  return what_if->increment_style >= 0 ? TRUE : tb_run_misuse (error, _("--style: “%s” is neither first-then nor multiple."), text);
}

/* The tariff as it would be after the deck was imported into it. */
static gboolean
read_deck (TbRun *run, TbTariffImport **ret, GError **error)
{
  TbDeckOptions options = tb_deck_options_default ();
  const char *path = tb_run_get (run, "deck"), *name = tb_run_get (run, "name");

  *ret = NULL;
  if (path == NULL)
    return TRUE;
  if (name == NULL)
    return tb_run_misuse (error, _("--deck needs --name, the tariff that it is for."));
  options.columns = tb_run_get (run, "map");
  if (!tb_run_get_day (run, "effective", &options.effective, error))
    return FALSE;
  *ret = tb_tariff_import_prepare (run->store, path, name, tb_run_get (run, "currency"), &options, run->job, error);
  return *ret != NULL;
}

static gboolean
compare (TbRun *run, GError **error)
{
  TbRatingScope scope = { .client = tb_run_get (run, "client"), .tariff = tb_run_get (run, "on-tariff") };
  TbWhatIf what_if = TB_WHAT_IF_NOTHING;
  g_autoptr (TbTariffImport) import = NULL;
  g_autoptr (TbRatingComparison) comparison = NULL;

  what_if.package = tb_run_get (run, "package");
  what_if.tariff = tb_run_get (run, "tariff");
  if (!tb_run_get_span (run, FALSE, &scope.from, &scope.to, error) || !read_increment (run, &what_if, error) || !read_style (run, &what_if, error)
      || !read_deck (run, &import, error))
    return FALSE;
  what_if.deck = import != NULL ? import->revision->after : NULL;
  comparison = tb_rating_compare (run->store, &scope, &what_if, run->job, error);
  if (comparison == NULL)
    return FALSE;
  tb_comparison_fields_say (run->out, comparison);
  return TRUE;
}

static const TbOption compare_options[] = {
  TB_OPTION_FROM,
  TB_OPTION_TO,
  TB_OPTION_PERIOD,
  TB_OPTION_CLIENT,
  { "on-tariff", 0, N_("NAME"), N_("only calls of packages on this tariff") },
  { "package", 0, N_("NAME"), N_("if those clients were on this package") },
  { "tariff", 0, N_("NAME"), N_("if their packages used this tariff") },
  { "increment", 0, N_("N/M"), N_("if their packages sold N seconds first and then M at a time") },
  { "style", 0, N_("STYLE"), N_("if increments were counted “first-then” or as a “multiple”") },
  { "deck", 0, N_("FILE"), N_("if this rate deck were imported") },
  { "name", 0, N_("NAME"), N_("the tariff that the deck is for") },
  { "currency", 0, N_("CODE"), N_("the deck's currency, when the tariff is new") },
  { "map", 0, N_("FIELD=COLUMN,…"), N_("columns of the deck") },
  { "effective", 0, N_("DATE"), N_("from when rates of the deck without a date hold") },
  { NULL },
};

const TbCommand tb_commands_compare[] = {
  { "compare", NULL, 0, 0, TB_BOOKS_OPEN, compare_options, compare, N_("tells what calls would cost otherwise, without changing anything") },
  { NULL },
};
