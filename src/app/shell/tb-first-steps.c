/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-first-steps.h"

#include <inttypes.h>

#include <glib/gi18n.h>

#include "tb-billing-run.h"
#include "tb-cdr-import.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-rating-run.h"
#include "tb-setup-store.h"
#include "tb-tariff-import.h"

/* The one connection that the first steps make; later ones are made by a set-up file. */
#define FIRST_CONNECTION "pbx1"

void
tb_first_order_free (gpointer data)
{
  TbFirstOrder *order = data;
  char *texts[] = { order->company, order->currency, order->country, order->zone, order->email, order->tax, order->tax_percent,
                    order->deck, order->tariff, order->tariff_currency, order->client, order->package, order->markup, order->fee,
                    order->tenant, order->calls };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (order);
}

static char *
dup_given (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

static gboolean
need (const char *text, const char *what, char **ret, GError **error)
{
  *ret = dup_given (text);
  if (*ret != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _ ("%s is missing"), what);
  return FALSE;
}

static gboolean
parse_currency (const char *text, TbCurrency *ret, GError **error)
{
  g_autofree char *upper = g_ascii_strup (text != NULL ? text : "", -1);

  return tb_currency_parse (g_strstrip (upper), ret, error);
}

static gboolean
parse_decimal (const char *text, const char *what, TbDecimal *ret, GError **error)
{
  g_autofree char *given = dup_given (text);

  *ret = 0;
  if (given == NULL || tb_decimal_parse (given, -1, TB_RATE_SCALE, ret, error))
    return TRUE;
  g_prefix_error (error, "%s: ", what);
  return FALSE;
}

static gboolean
apply (TbStore *store, TbSetup *setup, TbJob *job, GError **error)
{
  return tb_setup_store_apply (store, setup, FALSE, NULL, job, error);
}

static gboolean
add_tax (TbSetup *setup, TbFirstOrder *order, GError **error)
{
  g_autoptr (TbTax) tax = tb_tax_new ();

  tax->name = dup_given (order->tax);
  if (tax->name == NULL)
    return TRUE;
  if (!parse_decimal (order->tax_percent, _ ("Tax percent"), &tax->percent, error))
    return FALSE;
  g_free (tax->category);
  tax->category = g_strdup ("S");
  g_ptr_array_add (setup->taxes, g_steal_pointer (&tax));
  return TRUE;
}

gpointer
tb_first_steps_company (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbFirstOrder *order = data;
  g_autoptr (TbSetup) setup = tb_setup_new ();
  g_autoptr (TbCompany) company = tb_company_new ();
  g_autoptr (TbZone) zone = NULL;

  g_clear_pointer (&company->name, g_free);
  if (!need (order->company, _ ("The company’s name"), &company->name, error)
      || !parse_currency (order->currency, &company->currency, error))
    return NULL;
  g_free (company->country);
  company->country = dup_given (order->country);
  g_free (company->time_zone);
  company->time_zone = dup_given (order->zone);
  g_free (company->email);
  company->email = dup_given (order->email);
  zone = company->time_zone != NULL ? tb_zone_new (company->time_zone, error) : tb_zone_new_utc ();
  if (zone == NULL || !add_tax (setup, order, error))
    return NULL;

  setup->company = g_steal_pointer (&company);
  return apply (store, setup, job, error) ? g_strdup (_ ("Books made")) : NULL;
}

gpointer
tb_first_steps_tariff (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbFirstOrder *order = data;
  TbDeckOptions options = tb_deck_options_default ();
  g_autofree char *name = NULL;
  g_autofree char *deck = NULL;
  g_autofree char *currency = g_ascii_strup (order->tariff_currency, -1);
  g_autoptr (TbTariffImport) import = NULL;

  if (!need (order->deck, _ ("The rate deck"), &deck, error) || !need (order->tariff, _ ("The tariff’s name"), &name, error))
    return NULL;
  import = tb_tariff_import_run (store, deck, name, *currency != '\0' ? currency : NULL, &options, job, error);
  if (import == NULL)
    return NULL;
  return g_strdup_printf (_ ("%u rates taken, %u lines refused"), import->deck->accepted, import->deck->rejected);
}

static gboolean
fill_package (TbPackage *package, TbFirstOrder *order, GError **error)
{
  g_clear_pointer (&package->name, g_free);
  return need (order->package, _ ("The package’s name"), &package->name, error)
         && need (order->tariff, _ ("The tariff’s name"), &package->tariff, error)
         && parse_decimal (order->markup, _ ("Markup"), &package->markup, error)
         && parse_decimal (order->fee, _ ("Monthly fee"), &package->fee, error);
}

gpointer
tb_first_steps_client (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbFirstOrder *order = data;
  g_autoptr (TbSetup) setup = tb_setup_new ();
  TbPackage *package = tb_package_new ();
  TbClient *client = tb_client_new ();
  TbConnection *connection = tb_connection_new ();
  TbService *service = tb_service_new ();

  g_ptr_array_add (setup->packages, package);
  g_ptr_array_add (setup->clients, client);
  g_ptr_array_add (setup->connections, connection);
  g_ptr_array_add (setup->services, service);

  if (!fill_package (package, order, error) || !need (order->client, _ ("The client’s name"), &client->name, error))
    return NULL;
  client->key = g_strdup ("C1");
  client->tax = dup_given (order->tax);
  connection->name = g_strdup (FIRST_CONNECTION);
  g_free (connection->kind);
  connection->kind = g_strdup ("csv");
  /* Times without an offset are those of the place, as a clerk expects; a new connection would take them as UTC. */
  if (*g_strstrip (order->zone) != '\0')
    {
      g_free (connection->time_zone);
      connection->time_zone = g_strdup (order->zone);
    }
  service->key = g_strdup ("S1");
  service->client = g_strdup ("C1");
  service->package = g_strdup (package->name);
  service->connection = g_strdup (FIRST_CONNECTION);
  service->tenant = dup_given (order->tenant);
  return apply (store, setup, job, error) ? g_strdup (_ ("Client and package made")) : NULL;
}

gpointer
tb_first_steps_calls (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbFirstOrder *order = data;
  g_autofree char *path = NULL;
  g_autoptr (TbCdrImport) import = NULL;
  TbRatingCounts counts = { 0 };
  char *text;

  if (!need (order->calls, _ ("The file of calls"), &path, error))
    return NULL;
  import = tb_cdr_import_run (store, path, FIRST_CONNECTION, NULL, NULL, NULL, job, error);
  if (import == NULL || !tb_rating_run (store, 0, 0, FALSE, &counts, job, error))
    return NULL;

  text = g_strdup_printf (_ ("%" PRIu64 " calls read, %" PRIu64 " refused, %" PRIu64 " with a price"),
                          import->counts.added, import->counts.rejected,
                          counts.statuses[TB_CALL_RATED] + counts.statuses[TB_CALL_INCLUDED]);
  tb_rating_counts_clear (&counts);
  return text;
}

gpointer
tb_first_steps_invoice (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbFirstOrder *order = data;
  g_autoptr (TbBillingRun) run = tb_billing_run (store, order->year, order->month, NULL, TB_BILLING_INCOMPLETE, job, error);

  if (run == NULL)
    return NULL;
  return g_strdup_printf (g_dngettext (NULL, "%u draft made", "%u drafts made", run->created), run->created);
}
