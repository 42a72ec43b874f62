/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-command.h"
#include "tb-error.h"
#include "tb-setup-store.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs.h"
#include "tb-whmcs-pull.h"
#include "tb-whmcs-review.h"
#include "tb-whmcs-services.h"
#include "tb-whmcs-test.h"

/* ---- helpers ---- */

static gboolean
get_id (const char *text, gint64 *ret, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return tb_run_misuse (error, _("“%s” is not an id of WHMCS."), text);
  *ret = (gint64) value;
  return TRUE;
}

static void
say_strv (TbOutput *out, const char *key, const char *title, char **texts)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    g_ptr_array_add (list, texts[i]);
  tb_output_strv (out, key, title, list);
}

static void
say_figure (TbOutput *out, const char *key, const char *title, gint64 id)
{
  g_autofree char *text = id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;

  tb_output_figure (out, key, title, text, TRUE);
}

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

/* ---- differences ---- */

static void
say_difference (TbOutput *out, const TbWhmcsReview *review, const TbReviewDifference *row)
{
  const TbClientDifference *difference = row->difference;
  const TbRemoteRead *read = tb_remote_reads_get (review->reads, row->theirs->id);

  tb_output_row (out);
  tb_output_text (out, "client", _("Client"), row->ours->key);
  tb_output_text (out, "name", _("Name"), row->ours->name);
  tb_output_int (out, "whmcs_id", _("WHMCS id"), row->theirs->id);
  tb_output_text (out, "field", _("Field"), tb_client_field_to_string (difference->field));
  tb_output_text (out, "ours", _("Here"), difference->ours);
  tb_output_text (out, "theirs", _("At WHMCS"), difference->theirs);
  tb_output_text (out, "newer", _("Newer"), tb_newer_to_string (difference->newer));
  tb_output_text (out, "state", _("State"), row->chosen ? "ours" : "waiting");
  tb_output_time (out, "read", _("Read"), read != NULL ? read->detailed_at : TB_TIME_NONE);
  tb_output_end (out);
}

static gboolean
differences (TbRun *run, GError **error)
{
  const char *client = tb_run_get (run, "client");
  g_autoptr (TbWhmcsReview) review = tb_run_check_client (run, client, error) ? tb_whmcs_review_new (run->store, error) : NULL;

  if (review == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < review->differences->len; i++)
    {
      const TbReviewDifference *row = review->differences->pdata[i];

      if (client == NULL || g_strcmp0 (row->ours->key, client) == 0)
        say_difference (run->out, review, row);
    }
  return TRUE;
}

/* ---- decisions ---- */

/* CLIENT [FIELD…], or --all. */
static gboolean
accept (TbRun *run, gboolean (*func) (TbStore *store, const char *client, guint fields, GPtrArray *changes, GError **error), GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  const char *client = run->arguments[0];
  guint fields = 0;

  if ((client == NULL) != tb_run_has (run, "all"))
    return tb_run_misuse (error, _("Name a client, or say --all."));
  for (char **name = client != NULL ? run->arguments + 1 : run->arguments; *name != NULL; name++)
    {
      g_autoptr (GError) wrong = NULL;
      TbClientField field;

      if (!tb_client_field_parse (*name, &field, &wrong))
        return tb_run_misuse (error, "%s", wrong->message);
      fields |= 1u << field;
    }
  if (!func (run->store, client, fields, changes, error))
    return FALSE;
  say_changes (run, changes);
  return TRUE;
}

static gboolean
accept_theirs (TbRun *run, GError **error)
{
  return accept (run, tb_whmcs_accept_theirs, error);
}

static gboolean
accept_ours (TbRun *run, GError **error)
{
  return accept (run, tb_whmcs_accept_ours, error);
}

static gboolean
link_client (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  gint64 id;

  if (!get_id (run->arguments[1], &id, error) || !tb_whmcs_link_client (run->store, run->arguments[0], id, changes, error))
    return FALSE;
  say_changes (run, changes);
  return TRUE;
}

/* All that are named, or none. */
static gboolean
for_each_id (TbRun *run, gboolean (*func) (TbRun *run, gint64 id, GPtrArray *changes, GError **error), GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  gboolean ok = TRUE;

  if (!tb_store_begin (run->store, error))
    return FALSE;
  for (char **text = run->arguments; ok && *text != NULL; text++)
    {
      gint64 id;

      ok = get_id (*text, &id, error) && func (run, id, changes, error);
    }
  if (!tb_store_leave (run->store, TRUE, ok, error))
    return FALSE;
  say_changes (run, changes);
  return TRUE;
}

static gboolean
create_one (TbRun *run, gint64 id, GPtrArray *changes, GError **error)
{
  return tb_whmcs_create_client (run->store, id, NULL, changes, error);
}

static gboolean
create (TbRun *run, GError **error)
{
  return for_each_id (run, create_one, error);
}

static gboolean
ignore_one (TbRun *run, gint64 id, GPtrArray *changes, GError **error)
{
  return tb_run_has (run, "service") ? tb_whmcs_ignore_service (run->store, id, !tb_run_has (run, "undo"), error)
                                     : tb_whmcs_ignore_client (run->store, id, !tb_run_has (run, "undo"), changes, error);
}

static gboolean
ignore (TbRun *run, GError **error)
{
  return for_each_id (run, ignore_one, error);
}

static gboolean
assign_one (TbRun *run, gint64 id, GPtrArray *changes, GError **error)
{
  return tb_whmcs_assign_service (run->store, id, tb_run_get (run, "package"), tb_run_get (run, "connection"), changes, error);
}

static gboolean
assign (TbRun *run, GError **error)
{
  if (tb_run_get (run, "package") == NULL)
    return tb_run_misuse (error, _("“%s” needs --package."), run->command->name);
  return for_each_id (run, assign_one, error);
}

/* ---- lists ---- */

static void
say_client (TbOutput *out, const TbWhmcsReview *review, const TbClientMatch *match)
{
  const TbMirrorClient *theirs = match->theirs;
  const TbRemoteRead *read = tb_remote_reads_get (review->reads, theirs->id);
  g_autofree char *name = tb_mirror_client_dup_name (theirs), *credit = tb_decimal_format (theirs->credit, TB_AMOUNT_SCALE, 2);
  g_autoptr (GPtrArray) alike = g_ptr_array_new ();
  gboolean detailed = read != NULL && read->detailed_at != 0;

  for (guint i = 0; i < match->alike->len; i++)
    g_ptr_array_add (alike, ((TbClient *) match->alike->pdata[i])->key);
  tb_output_row (out);
  tb_output_int (out, "whmcs_id", _("WHMCS id"), theirs->id);
  tb_output_text (out, "name", _("Name"), name);
  tb_output_text (out, "email", _("Mail"), theirs->email);
  tb_output_text (out, "status", _("Status"), theirs->status);
  tb_output_text (out, "currency", _("Currency"), theirs->currency);
  tb_output_text (out, "country", _("Country"), theirs->country);
  tb_output_figure (out, "credit", _("Credit"), detailed ? credit : NULL, FALSE);
  tb_output_text (out, "state", _("State"), tb_whmcs_review_get_state (review, match));
  tb_output_text (out, "client", _("Client"), match->ours != NULL ? match->ours->key : NULL);
  tb_output_strv (out, "alike", _("May be"), alike);
  tb_output_time (out, "read", _("Read"), read != NULL ? read->read_at : TB_TIME_NONE);
  tb_output_end (out);
}

static gboolean
clients (TbRun *run, GError **error)
{
  const char *state = tb_run_get (run, "state");
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (run->store, error);

  if (review == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < review->matches->len; i++)
    if (state == NULL || g_strcmp0 (state, tb_whmcs_review_get_state (review, review->matches->pdata[i])) == 0)
      say_client (run->out, review, review->matches->pdata[i]);
  return TRUE;
}

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

static void
say_service (TbOutput *out, const TbTheirService *item)
{
  const TbMirrorService *theirs = item->theirs;

  tb_output_row (out);
  tb_output_int (out, "whmcs_id", _("WHMCS id"), theirs->id);
  say_figure (out, "whmcs_client", _("Client there"), theirs->client);
  tb_output_text (out, "client", _("Client"), item->client != NULL ? item->client->key : NULL);
  tb_output_text (out, "product", _("Product"), item->product != NULL ? item->product->name : theirs->name);
  tb_output_text (out, "module", _("Module"), item->product != NULL ? item->product->module : NULL);
  tb_output_text (out, "status", _("Status"), theirs->status);
  tb_output_text (out, "domain", _("Domain"), theirs->domain);
  tb_output_text (out, "tenant", _("Tenant"), item->voip != NULL ? item->voip->tenant : NULL);
  say_strv (out, "dids", _("Numbers"), item->voip != NULL ? item->voip->dids : NULL);
  say_strv (out, "extensions", _("Extensions"), item->voip != NULL ? item->voip->extensions : NULL);
  tb_output_text (out, "connection", _("Connection"), item->connection);
  tb_output_day (out, "next_due", _("Next due"), theirs->next_due);
  tb_output_text (out, "state", _("State"), tb_their_service_state_to_string (item->state));
  tb_output_text (out, "service", _("Service"), item->service != NULL ? item->service->key : NULL);
  tb_output_end (out);
}

static gboolean
services (TbRun *run, GError **error)
{
  g_autoptr (TbTheirServices) all = tb_their_services_new (run->store, error);

  if (all == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < all->items->len; i++)
    if (tb_run_has (run, "all") || ((TbTheirService *) all->items->pdata[i])->state != TB_THEIR_SERVICE_OTHER)
      say_service (run->out, all->items->pdata[i]);
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
static const TbOption differences_options[] = { TB_OPTION_CLIENT, { NULL } };
static const TbOption accept_options[] = { { "all", 0, NULL, N_("of all clients") }, { NULL } };
static const TbOption ignore_options[] = {
  { "service", 0, NULL, N_("the ids are of services, not of clients") },
  { "undo", 0, NULL, N_("do not ignore them any more") },
  { NULL },
};
static const TbOption clients_options[]
    = { { "state", 0, N_("STATE"), N_("only those that are linked, sure, maybe, new, closed or ignored") }, { NULL } };
static const TbOption services_options[] = { { "all", 0, NULL, N_("also those that are on no PBX") }, { NULL } };
static const TbOption assign_options[] = {
  { "package", 0, N_("NAME"), N_("what the new services are sold by") },
  { "connection", 0, N_("NAME"), N_("where their tenants are; else as far as it is known") },
  { NULL },
};
static const TbOption rate_options[] = { { "from", 0, N_("DAY"), N_("from when on; else today") }, { NULL } };

const TbCommand tb_commands_whmcs_pull[] = {
  { "whmcs test", NULL, 0, 0, TB_BOOKS_OPEN, test_options, test, N_("asks whether WHMCS answers, and what these credentials may do") },
  { "whmcs pull", NULL, 0, 0, TB_BOOKS_OPEN, pull_options, pull,
    N_("reads clients, products, services, currencies, invoices and payments of WHMCS") },
  { "whmcs differences", NULL, 0, 0, TB_BOOKS_OPEN, differences_options, differences,
    N_("lists what WHMCS and these books say differently of a client") },
  { "whmcs accept theirs", N_("[CLIENT [FIELD…]]"), 0, G_MAXUINT, TB_BOOKS_OPEN, accept_options, accept_theirs,
    N_("takes over what WHMCS says of a client") },
  { "whmcs accept ours", N_("[CLIENT [FIELD…]]"), 0, G_MAXUINT, TB_BOOKS_OPEN, accept_options, accept_ours,
    N_("lets stand what these books say of a client") },
  { "whmcs accept rates", N_("CURRENCY…"), 1, G_MAXUINT, TB_BOOKS_OPEN, rate_options, accept_rates,
    N_("takes over exchange rates of WHMCS") },
  { "whmcs link", N_("CLIENT WHMCS_ID"), 2, 2, TB_BOOKS_OPEN, NULL, link_client,
    N_("says which client of WHMCS a client here is; 0 = none") },
  { "whmcs create", N_("WHMCS_ID…"), 1, G_MAXUINT, TB_BOOKS_OPEN, NULL, create, N_("makes clients here of clients of WHMCS") },
  { "whmcs ignore", N_("WHMCS_ID…"), 1, G_MAXUINT, TB_BOOKS_OPEN, ignore_options, ignore,
    N_("says that clients of WHMCS are no business of these books") },
  { "whmcs assign", N_("WHMCS_ID…"), 1, G_MAXUINT, TB_BOOKS_OPEN, assign_options, assign,
    N_("makes services here of services of WHMCS") },
  { "whmcs clients", NULL, 0, 0, TB_BOOKS_OPEN, clients_options, clients, N_("lists clients of WHMCS and who they are here") },
  { "whmcs products", NULL, 0, 0, TB_BOOKS_OPEN, NULL, products, N_("lists products of WHMCS") },
  { "whmcs services", NULL, 0, 0, TB_BOOKS_OPEN, services_options, services,
    N_("lists services of WHMCS that are on a PBX, and what they are here") },
  { "whmcs currencies", NULL, 0, 0, TB_BOOKS_OPEN, NULL, currencies, N_("lists currencies of WHMCS with its rates and those here") },
  { NULL },
};
