/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-text.h"
#include "tb-triage-fields.h"

/* ---- list ---- */

static gboolean
list_repairs (TbRun *run, GError **error)
{
  gint64 from, to;
  g_autoptr (TbTriage) triage = NULL;

  if (!tb_run_get_span (run, TRUE, &from, &to, error))
    return FALSE;
  triage = tb_triage_new (run->store, from, to, run->job, error);
  if (triage == NULL)
    return FALSE;
  tb_triage_fields_say (run->out, triage, run->zone);
  return TRUE;
}

/* ---- one repair ---- */

static gboolean
run_repair (TbRun *run, const TbRepair *repair, GError **error)
{
  gboolean dry_run = tb_run_has (run, "dry-run");
  gint64 from = 0, to = 0;
  g_autofree char *does = tb_repair_describe (repair), *undo = tb_repair_describe_undo (repair);
  g_autoptr (TbRepairResult) result = NULL;

  if (!tb_run_get_span (run, FALSE, &from, &to, error))
    return FALSE;
  result = dry_run ? tb_repair_preview (run->store, repair, from, to, run->job, error)
                   : tb_repair_apply (run->store, repair, from, to, run->job, error);
  if (result == NULL)
    return FALSE;
  tb_output_text (run->out, "repair", _("Repair"), does);
  tb_output_bool (run->out, "dry_run", _("Dry run"), dry_run);
  tb_output_int (run->out, "calls", _("Calls mended"), (gint64) result->calls);
  tb_output_int (run->out, "priced", _("With a price now"), (gint64) result->priced);
  tb_output_moneys (run->out, "charges", _("Charges"), result->money);
  tb_output_int (run->out, "remaining", _("Still without a price"), (gint64) result->remaining);
  tb_output_int (run->out, "others", _("Other calls that would change if rated again"), (gint64) result->others);
  tb_output_strv (run->out, "changes", _("Changes"), result->changes);
  tb_output_text (run->out, "undo", _("Undo"), undo);
  return TRUE;
}

static char *
dup_option (TbRun *run, const char *option)
{
  return g_strdup (tb_run_get (run, option));
}

/* "00,011"; an empty text is an empty list. */
static char **
split_option (TbRun *run, const char *option)
{
  const char *text = tb_run_get (run, option);

  return text != NULL && *text != '\0' ? g_strsplit (text, ",", -1) : NULL;
}

static gboolean
get_price (TbRun *run, TbDecimal *ret, GError **error)
{
  const char *text = tb_run_get (run, "price");

  if (text == NULL)
    return tb_run_misuse (error, _("“%s” needs --price."), run->command->name);
  return tb_decimal_parse (text, -1, TB_RATE_SCALE, ret, NULL) && *ret >= 0
         ? TRUE
         : tb_run_misuse (error, _("--price: “%s” is not a price like 0.0125."), text);
}

static gboolean
add_rate (TbRun *run, GError **error)
{
  g_autoptr (TbRepair) repair = tb_repair_new (TB_REPAIR_RATE);
  const char *increment = tb_run_get (run, "increment");

  repair->tariff = dup_option (run, "tariff");
  repair->package = dup_option (run, "package");
  repair->client = dup_option (run, "client");
  repair->rate = tb_rate_new ();
  tb_set_str (&repair->rate->prefix, run->arguments[0]);
  tb_set_str (&repair->rate->description, tb_run_get (run, "description"));
  if ((repair->tariff != NULL) + (repair->package != NULL) + (repair->client != NULL) != 1)
    return tb_run_misuse (error, _("“%s” needs one of --tariff, --package and --client."), run->command->name);
  if (!get_price (run, &repair->rate->rate, error) || !tb_run_get_time (run, "since", &repair->rate->effective_from, error))
    return FALSE;
  if (increment != NULL && !tb_rate_parse_increment (increment, &repair->rate->initial, &repair->rate->next, NULL))
    return tb_run_misuse (error, _("--increment: “%s” is not an increment like 60/60."), increment);
  return run_repair (run, repair, error);
}

static gboolean
assign (TbRun *run, GError **error)
{
  g_autoptr (TbRepair) repair = tb_repair_new (TB_REPAIR_ASSIGN);
  const TbSetup *setup = tb_run_get_setup (run, error);
  const TbService *service;

  if (setup == NULL)
    return FALSE;
  repair->service = g_strdup (run->arguments[0]);
  service = tb_setup_find_service (setup, repair->service);
  repair->client = dup_option (run, "client");
  repair->package = dup_option (run, "package");
  repair->connection = tb_run_has (run, "connection") || service == NULL ? dup_option (run, "connection") : g_strdup (service->connection);
  repair->tenant = tb_run_has (run, "tenant") || service == NULL ? dup_option (run, "tenant") : g_strdup (service->tenant);
  repair->extensions = split_option (run, "extensions");
  repair->dids = split_option (run, "dids");
  if (!tb_run_get_day (run, "starts", &repair->starts, error))
    return FALSE;
  return run_repair (run, repair, error);
}

static gboolean
get_switch (TbRun *run, const char *option, gboolean *ret, GError **error)
{
  const char *text = tb_run_get (run, option);

  if (text == NULL)
    return TRUE;
  if (!g_str_equal (text, "yes") && !g_str_equal (text, "no"))
    return tb_run_misuse (error, _("--%s: “%s” is neither yes nor no."), option, text);
  *ret = g_str_equal (text, "yes");
  return TRUE;
}

/* What is not said stays as it is. */
static gboolean
number_plan (TbRun *run, GError **error)
{
  static const struct { const char *option; gsize field; } texts[] = {
    { "country-code", G_STRUCT_OFFSET (TbNumberPlan, country_code) },
    { "trunk-prefix", G_STRUCT_OFFSET (TbNumberPlan, trunk_prefix) },
    { "area-code", G_STRUCT_OFFSET (TbNumberPlan, area_code) },
  };
  g_autoptr (TbRepair) repair = tb_repair_new (TB_REPAIR_NUMBER_PLAN);
  const TbSetup *setup = tb_run_get_setup (run, error);
  const TbPackage *package = setup != NULL ? tb_setup_find_package (setup, run->arguments[0]) : NULL;

  if (setup == NULL)
    return FALSE;
  repair->package = g_strdup (run->arguments[0]);
  if (package != NULL)
    tb_number_plan_copy (&package->number_plan, &repair->plan);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (tb_run_has (run, texts[i].option))
      tb_set_str (G_STRUCT_MEMBER_P (&repair->plan, texts[i].field), tb_run_get (run, texts[i].option));
  if (tb_run_has (run, "exit-codes"))
    {
      g_strfreev (repair->plan.exit_codes);
      repair->plan.exit_codes = split_option (run, "exit-codes");
    }
  return get_switch (run, "nanp", &repair->plan.nanp, error) && run_repair (run, repair, error);
}

static gboolean
filter (TbRun *run, GError **error)
{
  g_autoptr (TbRepair) repair = tb_repair_new (TB_REPAIR_FILTER);
  const char *action = tb_run_get (run, "action");

  if (action != NULL && !g_str_equal (action, "exclude") && !g_str_equal (action, "suppress"))
    return tb_run_misuse (error, _("--action: “%s” is neither exclude nor suppress."), action);
  repair->action = action != NULL && g_str_equal (action, "suppress") ? TB_FILTER_SUPPRESS : TB_FILTER_EXCLUDE;
  repair->pattern = g_strdup (run->arguments[0]);
  repair->package = dup_option (run, "package");
  repair->connection = dup_option (run, "connection");
  return run_repair (run, repair, error);
}

#define TB_OPTIONS_SCOPE TB_OPTION_FROM, TB_OPTION_TO, TB_OPTION_PERIOD

static const TbOption list_options[] = { TB_OPTIONS_SCOPE, { NULL } };
static const TbOption rate_options[] = {
  { "price", 0, N_("AMOUNT"), N_("price a minute, in the tariff's currency") },
  { "tariff", 0, N_("NAME"), N_("into this tariff, as a new version") },
  { "package", 0, N_("NAME"), N_("among the package's own rates") },
  { "client", 0, N_("ID"), N_("among the client's own rates") },
  { "increment", 0, N_("N/M"), N_("seconds sold at first and then") },
  { "description", 0, N_("TEXT"), N_("the destination's name") },
  { "since", 0, N_("TIME"), N_("from when on it holds; always, when left out") },
  TB_OPTIONS_SCOPE,
  TB_OPTION_DRY_RUN,
  { NULL },
};
static const TbOption assign_options[] = {
  { "client", 0, N_("ID"), N_("make the service, for this client") },
  { "package", 0, N_("NAME"), N_("with this package") },
  { "connection", 0, N_("NAME"), N_("of this PBX") },
  { "tenant", 0, N_("NAME"), N_("and this tenant of it") },
  { "extensions", 0, N_("LIST"), N_("extensions that it gets, with commas between") },
  { "dids", 0, N_("LIST"), N_("numbers that it gets") },
  { "starts", 0, N_("DATE"), N_("the day on which it begins") },
  TB_OPTIONS_SCOPE,
  TB_OPTION_DRY_RUN,
  { NULL },
};
static const TbOption plan_options[] = {
  { "country-code", 0, N_("DIGITS"), N_("of the country where it is dialled") },
  { "exit-codes", 0, N_("LIST"), N_("what is dialled before a country code") },
  { "trunk-prefix", 0, N_("DIGITS"), N_("what is dialled before a national number") },
  { "area-code", 0, N_("DIGITS"), N_("of numbers that are dialled without one") },
  { "nanp", 0, N_("yes|no"), N_("ten digits get a 1") },
  TB_OPTIONS_SCOPE,
  TB_OPTION_DRY_RUN,
  { NULL },
};
static const TbOption filter_options[] = {
  { "action", 0, N_("ACTION"), N_("exclude: shown, not billed; suppress: hidden") },
  { "package", 0, N_("NAME"), N_("only for this package") },
  { "connection", 0, N_("NAME"), N_("only for calls of this connection") },
  TB_OPTIONS_SCOPE,
  TB_OPTION_DRY_RUN,
  { NULL },
};

const TbCommand tb_commands_repair[] = {
  { "repair list", NULL, 0, 0, TB_BOOKS_OPEN, list_options, list_repairs,
    N_("groups calls without a price by cause, with the commands that mend them") },
  { "repair add-rate", N_("PREFIX"), 1, 1, TB_BOOKS_OPEN, rate_options, add_rate, N_("adds a rate and rates the calls that lacked one") },
  { "repair assign", N_("SERVICE"), 1, 1, TB_BOOKS_OPEN, assign_options, assign,
    N_("gives extensions or numbers to a service, or makes one, and rates its calls") },
  { "repair number-plan", N_("PACKAGE"), 1, 1, TB_BOOKS_OPEN, plan_options, number_plan,
    N_("changes how a package's numbers are read, and rates calls that lacked a price") },
  { "repair filter", N_("PATTERN"), 1, 1, TB_BOOKS_OPEN, filter_options, filter, N_("never bills calls to a pattern") },
  { NULL },
};
