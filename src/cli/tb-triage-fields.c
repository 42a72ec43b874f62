/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-triage-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
tb_triage_money_to_text (GArray *moneys)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < moneys->len; i++)
    {
      const TbMoney *money = &g_array_index (moneys, TbMoney, i);
      g_autofree char *amount = tb_money_to_string (*money);

      g_string_append_printf (text, "%s%s %s", i > 0 ? " + " : "", amount, tb_currency_to_string (money->currency));
    }
  return g_string_free (text, FALSE);
}

/* ---- commands ---- */

/* Quoted only where a shell would read it otherwise. */
static void
append_word (GString *command, const char *option, const char *value)
{
  g_autofree char *quoted = NULL;

  if (value == NULL || *value == '\0')
    return;
  if (value[strspn (value, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,/:_+-")] != '\0')
    quoted = g_shell_quote (value);
  g_string_append_printf (command, " %s%s%s", option, *option != '\0' ? " " : "", quoted != NULL ? quoted : value);
}

static void
append_list (GString *command, const char *option, char **values)
{
  g_autofree char *joined = values != NULL ? g_strjoinv (",", values) : NULL;

  append_word (command, option, joined);
}

/* As short as it can be said. */
static char *
day_or_time (gint64 time, TbZone *zone)
{
  return tb_zone_second_of_day_at (zone, time) == 0 ? tb_day_format (tb_zone_day_at (zone, time)) : tb_time_format (time, zone);
}

static void
append_rate (GString *command, const TbRepair *repair, TbZone *zone)
{
  const TbRate *rate = repair->rate;
  g_autofree char *price = rate->rate != TB_DECIMAL_NONE ? tb_decimal_format (rate->rate, TB_RATE_SCALE, 0) : g_strdup ("PRICE");
  g_autofree char *increment = rate->initial > 0 ? g_strdup_printf ("%d/%d", rate->initial, rate->next) : NULL;
  g_autofree char *from = rate->effective_from != TB_TIME_NONE ? day_or_time (rate->effective_from, zone) : NULL;

  g_string_append (command, "add-rate");
  append_word (command, "", rate->prefix);
  append_word (command, "--tariff", repair->tariff);
  append_word (command, "--package", repair->package);
  append_word (command, "--client", repair->client);
  append_word (command, "--price", price);
  append_word (command, "--increment", increment);
  append_word (command, "--description", rate->description);
  append_word (command, "--since", from);
}

static void
append_plan (GString *command, const TbRepair *repair)
{
  const TbNumberPlan *plan = &repair->plan;

  g_string_append (command, "number-plan");
  append_word (command, "", repair->package);
  append_word (command, "--country-code", plan->country_code);
  append_list (command, "--exit-codes", plan->exit_codes);
  append_word (command, "--trunk-prefix", plan->trunk_prefix);
  append_word (command, "--area-code", plan->area_code);
  append_word (command, "--nanp", plan->nanp ? "yes" : "no");
}

static void
append_assign (GString *command, const TbRepair *repair)
{
  g_autofree char *starts = repair->starts != TB_DAY_NONE ? tb_day_format (repair->starts) : NULL;

  g_string_append (command, "assign");
  append_word (command, "", repair->service != NULL ? repair->service : "SERVICE");
  if (tb_repair_makes_service (repair))
    {
      append_word (command, "--client", repair->client != NULL ? repair->client : "CLIENT");
      append_word (command, "--package", repair->package != NULL ? repair->package : "PACKAGE");
    }
  append_word (command, "--connection", repair->connection);
  append_word (command, "--tenant", repair->tenant);
  append_list (command, "--extensions", repair->extensions);
  append_list (command, "--dids", repair->dids);
  append_word (command, "--starts", starts);
}

static void
append_filter (GString *command, const TbRepair *repair)
{
  g_string_append (command, "filter");
  append_word (command, "", repair->pattern);
  append_word (command, "--action", repair->action == TB_FILTER_EXCLUDE ? "exclude" : "suppress");
  append_word (command, "--package", repair->package);
  append_word (command, "--connection", repair->connection);
}

char *
tb_repair_to_command (const TbRepair *repair, TbZone *zone)
{
  GString *command = g_string_new (repair->kind == TB_REPAIR_RATE_CALLS ? "rate" : "repair ");

  switch (repair->kind)
    {
    case TB_REPAIR_RATE:
      append_rate (command, repair, zone);
      break;
    case TB_REPAIR_NUMBER_PLAN:
      append_plan (command, repair);
      break;
    case TB_REPAIR_ASSIGN:
      append_assign (command, repair);
      break;
    case TB_REPAIR_FILTER:
      append_filter (command, repair);
      break;
    case TB_REPAIR_RATE_CALLS:
    default:
      break;
    }
  return g_string_free (command, FALSE);
}

/* ---- fields ---- */

static void
say_group (TbOutput *out, guint number, const TbTriageGroup *group)
{
  g_autofree char *estimate = group->money->len > 0 ? tb_triage_money_to_text (group->money) : NULL;

  tb_output_row (out);
  tb_output_int (out, "group", _("Group"), number);
  tb_output_text (out, "cause", _("Cause"), tb_triage_cause_to_string (group->cause));
  tb_output_text (out, "prefix", _("Number begins"), *group->prefix != '\0' ? group->prefix : NULL);
  tb_output_text (out, "destination", _("Destination"), group->destination);
  tb_output_text (out, "connection", _("Connection"), group->connection);
  tb_output_text (out, "tenant", _("Tenant"), group->tenant);
  tb_output_text (out, "client", _("Client"), group->client);
  tb_output_text (out, "package", _("Package"), group->package);
  tb_output_text (out, "extension", _("Extension"), *group->extension != '\0' ? group->extension : NULL);
  tb_output_int (out, "calls", _("Calls"), (gint64) group->calls);
  tb_output_int (out, "seconds", _("Seconds"), group->seconds);
  tb_output_time (out, "first", _("First"), group->first);
  tb_output_text (out, "estimate", _("Missing, about"), estimate);
  tb_output_int (out, "estimated", _("of calls"), (gint64) group->estimated);
  tb_output_text (out, "basis", _("Estimated"), group->basis);
  tb_output_text (out, "reason", _("Number"), *group->reason != '\0' ? group->reason : NULL);
  tb_output_text (out, "dialled", _("Dialled"), group->dialled);
  tb_output_text (out, "example", _("For example"), group->uid);
  tb_output_end (out);
}

static void
say_repairs (TbOutput *out, guint number, const TbTriageGroup *group, TbZone *zone)
{
  for (guint i = 0; i < group->repairs->len; i++)
    {
      const TbRepair *repair = group->repairs->pdata[i];
      g_autofree char *does = tb_repair_describe (repair);
      g_autofree char *command = tb_repair_to_command (repair, zone);

      tb_output_row (out);
      tb_output_int (out, "group", _("Group"), number);
      tb_output_text (out, "kind", _("Kind"), tb_repair_kind_to_string (repair->kind));
      tb_output_bool (out, "ready", _("Ready"), tb_repair_is_ready (repair));
      tb_output_text (out, "does", _("Does"), does);
      tb_output_text (out, "command", _("Command"), command);
      tb_output_end (out);
    }
}

void
tb_triage_fields_say_causes (TbOutput *out, guint causes)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if ((causes & 1u << i) != 0)
      g_ptr_array_add (words, (gpointer) tb_triage_cause_to_string ((TbCallStatus) i));
  tb_output_strv (out, "causes", _("Causes"), words);
}

void
tb_triage_fields_say (TbOutput *out, const TbTriage *triage, TbZone *zone)
{
  tb_output_int (out, "calls", _("Calls without a price"), (gint64) triage->calls);
  tb_output_list (out, "causes", _("Causes"));
  for (guint i = 0; i < triage->groups->len; i++)
    say_group (out, i + 1, triage->groups->pdata[i]);
  tb_output_end (out);
  tb_output_list (out, "repairs", _("Repairs"));
  for (guint i = 0; i < triage->groups->len; i++)
    say_repairs (out, i + 1, triage->groups->pdata[i], zone);
  tb_output_end (out);
}
