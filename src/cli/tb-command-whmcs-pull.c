/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-command.h"
#include "tb-error.h"
#include "tb-setup-store.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs.h"
#include "tb-whmcs-pull.h"
#include "tb-whmcs-test.h"

/* ---- helpers ---- */

static void
say_changes (TbRun *run, GPtrArray *changes)
{
  tb_output_strv (run->out, "changes", _("Changes"), changes);
}

/* ---- test ---- */

static void
say_action (TbOutput *out, const TbActionTest *test)
{
  tb_output_row (out);
  tb_output_text (out, "action", _("Action"), test->action);
  tb_output_text (out, "use", _("For"), test->use);
  tb_output_text (out, "answer", _("Answer"), tb_action_answer_to_string (test->answer));
  tb_output_text (out, "message", _("Message"), test->message);
  tb_output_end (out);
}

static gboolean
test (TbRun *run, GError **error)
{
  g_autoptr (TbWhmcs) whmcs = tb_whmcs_open (run->store, tb_job_get_cancellable (run->job), error);
  g_autoptr (TbWhmcsTest) result = NULL;

  if (whmcs == NULL)
    return FALSE;
  tb_whmcs_set_job (whmcs, run->job, 0, 1);
  result = tb_whmcs_test (whmcs, tb_run_has (run, "write"), error);
  if (result == NULL)
    return FALSE;
  tb_output_text (run->out, "host", _("Host"), tb_whmcs_get_host (whmcs));
  tb_output_text (run->out, "version", _("WHMCS"), result->version);
  tb_output_text (run->out, "admin", _("Administrator"), result->admin);
  tb_output_list (run->out, "actions", _("Actions"));
  for (guint i = 0; i < result->actions->len; i++)
    say_action (run->out, result->actions->pdata[i]);
  tb_output_end (run->out);
  if (result->n_missing > 0)
    tb_run_fail (run, g_error_new (TB_ERROR, TB_ERROR_AUTH,
                                   ngettext ("WHMCS answers, but %u action that is needed is not to be had.",
                                             "WHMCS answers, but %u actions that are needed are not to be had.", result->n_missing),
                                   result->n_missing));
  return TRUE;
}

/* ---- pull ---- */

static void
say_counts (TbOutput *out, const char *what, const TbRemoteCounts *counts)
{
  tb_output_row (out);
  tb_output_text (out, "what", _("What"), what);
  tb_output_int (out, "added", _("New"), counts->added);
  tb_output_int (out, "changed", _("Changed"), counts->changed);
  tb_output_int (out, "same", _("Unchanged"), counts->same);
  tb_output_int (out, "gone", _("Gone"), counts->gone);
  tb_output_end (out);
}

static void
say_read (TbOutput *out, const TbPullResult *result)
{
  const struct
  {
    const char *what;
    const TbRemoteCounts *counts;
  } rows[] = { { "currencies", &result->currencies }, { "payment-methods", &result->methods }, { "products", &result->products },
               { "clients", &result->clients },       { "services", &result->services },       { "invoices", &result->invoices },
               { "payments", &result->payments },     { "credits", &result->credits } };

  tb_output_list (out, "read", _("Read"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    say_counts (out, rows[i].what, rows[i].counts);
  tb_output_end (out);
}

static void
fail_all (TbRun *run, GPtrArray *troubles)
{
  for (guint i = 0; i < troubles->len; i++)
    tb_run_fail (run, g_error_new_literal (TB_ERROR, TB_ERROR_FAILED, troubles->pdata[i]));
}

static gboolean
pull (TbRun *run, GError **error)
{
  g_autoptr (TbPullResult) result = tb_run_has (run, "dry-run") ? tb_whmcs_pull_try (run->store, tb_run_has (run, "full"), run->job, error)
                                                                : tb_whmcs_pull_books (run->store, tb_run_has (run, "full"), run->job, error);

  if (result == NULL)
    return FALSE;
  tb_output_text (run->out, "version", _("WHMCS"), result->version);
  tb_output_bool (run->out, "full", _("Everything"), result->whole);
  tb_output_bool (run->out, "continued", _("Gone on with"), result->continued);
  say_read (run->out, result);
  tb_output_int (run->out, "details", _("Clients read in detail"), result->details);
  tb_output_int (run->out, "credits_booked", _("Of credit, booked into balances here"), result->booked);
  tb_output_int (run->out, "invoices_settled", _("Of our invoices, something else became of"), result->settled);
  tb_output_int (run->out, "differences", _("Differences to be decided"), result->differences);
  tb_output_int (run->out, "unsure", _("Clients that may be one here"), result->unsure);
  tb_output_strv (run->out, "created", _("New clients here"), result->created);
  tb_output_strv (run->out, "linked", _("Found to be clients here"), result->linked);
  tb_output_strv (run->out, "lost", _("Clients here that WHMCS does not have"), result->lost);
  tb_output_strv (run->out, "notes", _("To look at"), result->notes);
  fail_all (run, result->troubles);
  return TRUE;
}

/* ---- products ---- */

static gboolean
products (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) list = tb_remote_store_list (run->store, &tb_mirror_product_noun, 0, error);

  if (list == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < list->len; i++)
    {
      const TbMirrorProduct *product = list->pdata[i];
      g_autoptr (GPtrArray) prices = g_ptr_array_new_with_free_func (g_free);

      for (guint j = 0; j < product->prices->len; j++)
        {
          const TbMirrorPair *price = product->prices->pdata[j];

          g_ptr_array_add (prices, g_strdup_printf ("%s %s", price->name, price->value));
        }
      tb_output_row (run->out);
      tb_output_int (run->out, "whmcs_id", _("WHMCS id"), product->id);
      tb_output_text (run->out, "name", _("Name"), product->name);
      tb_output_text (run->out, "module", _("Module"), product->module);
      tb_output_text (run->out, "type", _("Type"), product->type);
      tb_output_text (run->out, "pay_type", _("Paid"), product->pay_type);
      tb_output_strv (run->out, "prices", _("Prices"), prices);
      tb_output_end (run->out);
    }
  return TRUE;
}

/* ---- currencies ---- */

static TbDay
get_today (TbRun *run)
{
  return tb_zone_day_at (run->zone, tb_clock_now ());
}

static void
say_currency (TbRun *run, const TbSetup *setup, GPtrArray *list, const TbMirrorCurrency *currency)
{
  TbDecimal ours = TB_DECIMAL_NONE, theirs = TB_DECIMAL_NONE;
  TbCurrency base = tb_setup_get_currency (setup);

  if (currency->currency != TB_CURRENCY_NONE)
    {
      tb_setup_get_exchange_rate (setup, currency->currency, get_today (run), &ours, NULL);
      tb_mirror_get_exchange_rate (list, base, currency->currency, &theirs, NULL);
    }
  tb_output_row (run->out);
  tb_output_int (run->out, "whmcs_id", _("WHMCS id"), currency->id);
  tb_output_text (run->out, "currency", _("Currency"), currency->code);
  tb_output_decimal (run->out, "ours", _("Rate here"), ours);
  tb_output_decimal (run->out, "theirs", _("Rate at WHMCS"), theirs);
  tb_output_end (run->out);
}

static gboolean
currencies (TbRun *run, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  g_autoptr (GPtrArray) list = setup != NULL ? tb_remote_store_list (run->store, &tb_mirror_currency_noun, 0, error) : NULL;

  if (list == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < list->len; i++)
    say_currency (run, setup, list, list->pdata[i]);
  return TRUE;
}

static gboolean
accept_rates (TbRun *run, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  g_autoptr (GPtrArray) list = setup != NULL ? tb_remote_store_list (run->store, &tb_mirror_currency_noun, 0, error) : NULL, changes = NULL;
  g_autoptr (TbSetup) part = tb_setup_new ();
  TbExchangeRate rate = { .from = get_today (run) };

  if (list == NULL || !tb_run_get_day (run, "from", &rate.from, error))
    return FALSE;
  for (char **code = run->arguments; *code != NULL; code++)
    {
      if (!tb_currency_parse (*code, &rate.currency, error)
          || !tb_mirror_get_exchange_rate (list, tb_setup_get_currency (setup), rate.currency, &rate.rate, error))
        return FALSE;
      g_array_append_val (part->exchange_rates, rate);
    }
  if (!tb_setup_store_apply (run->store, part, FALSE, &changes, run->job, error))
    return FALSE;
  say_changes (run, changes);
  return TRUE;
}

static const TbOption test_options[] = { { "write", 0, NULL, N_("also try what changes something, with ids that nobody has") }, { NULL } };
static const TbOption pull_options[] = { { "full", 0, NULL, N_("read everything, not only what changed") }, TB_OPTION_DRY_RUN, { NULL } };
static const TbOption rate_options[] = { { "from", 0, N_("DAY"), N_("from when on; else today") }, { NULL } };

const TbCommand tb_commands_whmcs_pull[] = {
  { "whmcs test", NULL, 0, 0, TB_BOOKS_OPEN, test_options, test, N_("asks whether WHMCS answers, and what these credentials may do") },
  { "whmcs pull", NULL, 0, 0, TB_BOOKS_OPEN, pull_options, pull,
    N_("reads clients, products, services, currencies, invoices and payments of WHMCS") },
  { "whmcs accept rates", N_("CURRENCY…"), 1, G_MAXUINT, TB_BOOKS_OPEN, rate_options, accept_rates,
    N_("takes over exchange rates of WHMCS") },
  { "whmcs products", NULL, 0, 0, TB_BOOKS_OPEN, NULL, products, N_("lists products of WHMCS") },
  { "whmcs currencies", NULL, 0, 0, TB_BOOKS_OPEN, NULL, currencies, N_("lists currencies of WHMCS with its rates and those here") },
  { NULL },
};
