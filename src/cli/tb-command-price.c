/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "tb-balances.h"
#include "tb-call-fields.h"
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-explanation-fields.h"
#include "tb-price-input.h"
#include "tb-rating-reach.h"
#include "tb-setup-store.h"

/* What prices are asked of: a client's service, or a package that nobody need have bought. */
typedef struct
{
  TbRun *run;
  TbSetup *setup; /* with rates */
  TbRating *rating;
  TbRatingState *state;
  const TbPackage *package;
  const TbService *service;
} Pricing;

/* ---- whose price ---- */

static gboolean not_found (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
not_found (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (TB_ERROR, TB_ERROR_NOT_FOUND, format, args));
  va_end (args);
  return FALSE;
}

/* The client's services, less those of other packages when one is named, must all be of one package: prices are never a guess. */
static gboolean
find_only_service (Pricing *self, const char *client, const char *package, GError **error)
{
  for (guint i = 0; i < self->setup->services->len; i++)
    {
      const TbService *service = self->setup->services->pdata[i];

      if (strcmp (service->client, client) != 0 || (package != NULL && strcmp (service->package, package) != 0))
        continue;
      if (self->service != NULL && strcmp (self->service->package, service->package) != 0)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("Client “%s” has services with different packages (%s, %s): say which by --service."),
                       client, self->service->key, service->key);
          return FALSE;
        }
      if (self->service == NULL)
        self->service = service;
    }
  return self->service != NULL
         || not_found (error, package != NULL ? _("Client “%s” has no service with that package.") : _("Client “%s” has no service."),
                       client);
}

static gboolean
find_service (Pricing *self, const char *key, const char *client, GError **error)
{
  self->service = tb_setup_find_service (self->setup, key);
  if (self->service == NULL)
    return not_found (error, _("There is no service “%s”."), key);
  return client == NULL || strcmp (self->service->client, client) == 0 || not_found (error, _("Service “%s” is another client's."), key);
}

static gboolean
choose (Pricing *self, GError **error)
{
  const char *package = tb_run_get (self->run, "package"), *client = tb_run_get (self->run, "client"), *service = tb_run_get (self->run, "service");

  if (package == NULL && client == NULL && service == NULL)
    return tb_run_misuse (error, _("“price” needs --package or --client."));
  if (package != NULL && (self->package = tb_setup_find_package (self->setup, package)) == NULL)
    return not_found (error, _("There is no package “%s”."), package);
  if (!tb_run_check_client (self->run, client, error))
    return FALSE;
  if (service != NULL)
    return find_service (self, service, client, error);
  return client == NULL || find_only_service (self, client, package, error);
}

/* ---- one price ---- */

static gboolean
price_one (Pricing *self, const TbPriceInput *input, TbRatedCall *ret, GError **error)
{
  const TbService *service = self->service;

  if (input->service != NULL && (service = tb_setup_find_service (self->setup, input->service)) == NULL)
    return not_found (error, _("There is no service “%s”."), input->service);
  return tb_rating_price (self->rating, self->state, self->package, service, &input->call, ret, error);
}

static const TbService *
service_of (const Pricing *self, const TbPriceInput *input)
{
  return input->service != NULL ? tb_setup_find_service (self->setup, input->service) : self->service;
}

static void
say_row (Pricing *self, const TbPriceInput *input, const TbCallRow *row)
{
  if (input->uid != NULL)
    tb_output_text (self->run->out, "uid", _("Call"), input->uid);
  tb_output_text (self->run->out, "package", _("Package"), row->package);
  tb_call_fields_say (self->run->out, row, self->run->zone, TRUE);
}

static gboolean
say_price (Pricing *self, const TbPriceInput *input, const TbRatedCall *rated, GError **error)
{
  g_autoptr (TbCallRow) row
      = tb_explain_price_row (self->run->store, self->rating, self->package, service_of (self, input), &input->call, rated, error);

  if (row == NULL)
    return FALSE;
  say_row (self, input, row);
  return TRUE;
}

static TbCallExplanation *
explain_price (Pricing *self, TbRatingState *state, const TbPriceInput *input, const TbRatedCall *rated, GError **error)
{
  return tb_explain_price (self->run->store, self->setup, self->rating, state, self->package, service_of (self, input), &input->call, rated, error);
}

static void
say_explained (Pricing *self, const TbPriceInput *input, const TbCallExplanation *explained)
{
  say_row (self, input, explained->row);
  tb_explanation_fields_say (self->run->out, explained, self->run->json);
}

/* ---- many, sharing pools: taken in order of (start, uid) as stored calls are, told in the order given ---- */

static int
compare_inputs (gconstpointer a, gconstpointer b)
{
  const TbPriceInput *x = *(const TbPriceInput *const *) a, *y = *(const TbPriceInput *const *) b;
  int order = x->call.start < y->call.start ? -1 : x->call.start > y->call.start;

  if (order == 0)
    order = g_strcmp0 (x->uid, y->uid);
  return order != 0 ? order : (x->position > y->position) - (x->position < y->position);
}

static gboolean
price_all (Pricing *self, GPtrArray *ordered, TbRatedCall *rated, GError **error)
{
  for (guint i = 0; i < ordered->len; i++)
    {
      const TbPriceInput *input = ordered->pdata[i];

      if (!price_one (self, input, &rated[input->position], error))
        {
          g_prefix_error (error, "[%u]: ", input->position);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
say_many (Pricing *self, GPtrArray *inputs, const TbRatedCall *rated, GError **error)
{
  tb_output_be_list (self->run->out);
  for (guint i = 0; i < inputs->len; i++)
    {
      tb_output_row (self->run->out);
      if (!say_price (self, inputs->pdata[i], &rated[i], error))
        return FALSE;
      tb_output_end (self->run->out);
    }
  return TRUE;
}

/* Explained in order of time, so that the pools are what they were at each call; told in the order given. */
static gboolean
explain_many (Pricing *self, GPtrArray *inputs, GPtrArray *ordered, const TbRatedCall *rated, GError **error)
{
  g_autoptr (GPtrArray) explained = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_call_explanation_free);
  g_autoptr (TbRatingState) state = tb_rating_state_new (self->rating);

  g_ptr_array_set_size (explained, (gint) inputs->len);
  for (guint i = 0; i < ordered->len; i++)
    {
      const TbPriceInput *input = ordered->pdata[i];

      explained->pdata[input->position] = explain_price (self, state, input, &rated[input->position], error);
      if (explained->pdata[input->position] == NULL)
        return FALSE;
    }
  tb_output_be_list (self->run->out);
  for (guint i = 0; i < inputs->len; i++)
    {
      tb_output_row (self->run->out);
      say_explained (self, inputs->pdata[i], explained->pdata[i]);
      tb_output_end (self->run->out);
    }
  return TRUE;
}

/* Twice, because a volume tier may depend on all of them. */
static gboolean
price_many (Pricing *self, GPtrArray *inputs, GError **error)
{
  g_autofree TbRatedCall *rated = g_new0 (TbRatedCall, inputs->len + 1);
  g_autoptr (GPtrArray) ordered = g_ptr_array_copy (inputs, NULL, NULL);

  g_ptr_array_set_free_func (ordered, NULL);
  g_ptr_array_sort (ordered, compare_inputs);
  if (!price_all (self, ordered, rated, error))
    return FALSE;
  tb_rating_state_set_measured (self->state);
  if (!price_all (self, ordered, rated, error))
    return FALSE;
  return tb_run_has (self->run, "explain") ? explain_many (self, inputs, ordered, rated, error) : say_many (self, inputs, rated, error);
}

/* ---- the command ---- */

static gboolean
price_input (Pricing *self, gint64 at, GError **error)
{
  TbRun *run = self->run;
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GPtrArray) inputs = tb_price_input_read (stream, at, run->zone, tb_job_get_cancellable (run->job), error);

  return inputs != NULL && price_many (self, inputs, error);
}

/* For who pays in advance: how long the call may last with what is left. */
static gboolean
say_reach (Pricing *self, const TbPriceInput *input, GError **error)
{
  const TbPackage *package = self->service != NULL ? tb_setup_find_package (self->setup, self->service->package) : NULL;
  g_autoptr (TbClientBalance) balance = NULL;
  TbRatingPurse purse;
  gboolean known;
  gint64 seconds;

  if (package == NULL || package->mode != TB_PACKAGE_PREPAID)
    return TRUE;
  balance = tb_balances_get (self->run->store, self->service->client, error);
  if (balance == NULL)
    return FALSE;
  purse = (TbRatingPurse){ { balance->entries, balance->currency }, balance->charges, balance->tax_percent };
  if (!tb_rating_max_seconds (self->rating, self->package, self->service, &input->call, &purse, &seconds, &known, error))
    return FALSE;
  tb_output_money (self->run->out, "balance", _("Balance"), (TbMoney){ balance->balance, balance->currency });
  if (known && seconds != TB_RATING_NO_END)
    tb_output_int (self->run->out, "max_seconds", _("At most, seconds"), seconds);
  else
    tb_output_text (self->run->out, "max_seconds", _("At most, seconds"), NULL);
  return TRUE;
}

static gboolean
price_arguments (Pricing *self, gint64 at, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (TbPriceInput) input = tb_price_input_new (self->run->arguments[0], self->run->arguments[1], at, &wrong);
  g_autoptr (TbCallExplanation) explained = NULL;
  TbRatedCall rated;

  if (input == NULL)
    return tb_run_misuse (error, "%s", wrong->message);
  if (!price_one (self, input, &rated, error))
    return FALSE;
  if (!self->run->json && !tb_run_has (self->run, "explain"))
    return say_price (self, input, &rated, error) && say_reach (self, input, error);
  explained = explain_price (self, NULL, input, &rated, error);
  if (explained == NULL)
    return FALSE;
  say_explained (self, input, explained);
  return say_reach (self, input, error);
}

static gboolean
run_pricing (Pricing *self, gint64 at, gboolean many, GError **error)
{
  gboolean ok;

  if (!choose (self, error))
    return FALSE;
  self->rating = tb_rating_new (self->setup, error);
  if (self->rating == NULL)
    return FALSE;
  self->state = tb_rating_state_new (self->rating);
  ok = many ? price_input (self, at, error) : price_arguments (self, at, error);
  tb_rating_state_free (self->state);
  tb_rating_free (self->rating);
  return ok;
}

static gboolean
price (TbRun *run, GError **error)
{
  gboolean many = strcmp (run->arguments[0], "-") == 0;
  g_autoptr (TbSetup) setup = NULL;
  gint64 at = tb_clock_now ();

  if (!many && run->arguments[1] == NULL)
    return tb_run_misuse (error, _("“price” needs a number and seconds, or - for an array of calls on standard input."));
  if (many && run->arguments[1] != NULL)
    return tb_run_misuse (error, _("“price -” takes seconds from standard input."));
  if (!tb_run_get_time (run, "at", &at, error))
    return FALSE;
  setup = tb_setup_store_load (run->store, TB_SETUP_WITH_RATES, error);
  return setup != NULL && run_pricing (&(Pricing){ run, setup }, at, many, error);
}

static const TbOption price_options[] = {
  { "package", 0, N_("NAME"), N_("what the package charges, in its tariff's currency") },
  { "client", 0, N_("ID"), N_("what the client pays") },
  { "service", 0, N_("ID"), N_("what the client pays with this service") },
  { "explain", 0, NULL, N_("also tell why; always told of one price with --json") },
  { "at", 0, N_("TIME"), N_("when the call begins; else now") },
  { NULL },
};

const TbCommand tb_commands_price[] = {
  { "price", N_("NUMBER SECONDS | -"), 1, 2, TB_BOOKS_OPEN, price_options, price, N_("prices a call without storing anything") },
  { NULL },
};
