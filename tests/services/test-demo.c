/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "tb-call-store.h"
#include "tb-demo.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-setup-store.h"
#include "test-books.h"

static TbStore *
fill (const char *name)
{
  g_autofree char *path = test_path (name);
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  g_assert_no_error (error);
  tb_demo_fill (store, NULL, &error);
  g_assert_no_error (error);
  return store;
}

typedef void (*CallFunc) (const TbTenant *tenant, const TbCall *call, const TbRatedCall *rated, gpointer data);

static void
each_call (TbStore *store, CallFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < tenants->len; i++)
    {
      const TbTenant *tenant = tenants->pdata[i];
      g_autoptr (TbCallCursor) cursor = tb_call_cursor_new (store, tenant->id, 0, G_MAXINT64, &error);
      const TbCall *call;
      const TbRatedCall *rated;
      guint32 invoice;

      g_assert_no_error (error);
      while (tb_call_cursor_next (cursor, &call, &rated, &invoice, &error))
        func (tenant, call, rated, data);
      g_assert_no_error (error);
    }
}

/* ---- the company ---- */

static void
test_company (void)
{
  g_autoptr (TbStore) store = fill ("company.tollbook");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, &error);
  g_autoptr (GHashTable) currencies = g_hash_table_new (NULL, NULL);
  g_autofree char *demo = tb_store_get_setting (store, "demo");
  gboolean prepaid = FALSE, unlimited = FALSE, metered = FALSE, fee = FALSE;

  g_assert_no_error (error);
  g_assert_cmpstr (demo, ==, "1");
  g_assert_cmpuint (setup->connections->len, ==, 2);
  g_assert_cmpuint (setup->tariffs->len, ==, 3);
  g_assert_cmpuint (setup->clients->len, ==, 25);
  for (guint i = 0; i < setup->tariffs->len; i++)
    {
      const TbTariff *tariff = setup->tariffs->pdata[i];

      g_hash_table_add (currencies, GUINT_TO_POINTER (tariff->currency));
      g_assert_cmpuint (tariff->n_rates, >, 200);
    }
  g_assert_cmpuint (g_hash_table_size (currencies), ==, 2);
  for (guint i = 0; i < setup->packages->len; i++)
    {
      const TbPackage *package = setup->packages->pdata[i];

      prepaid |= package->mode == TB_PACKAGE_PREPAID;
      metered |= package->mode == TB_PACKAGE_POSTPAID && package->fee == 0;
      fee |= package->fee > 0 && package->included->len > 0;
      unlimited |= package->included->len > 0 && ((TbAllowance *) package->included->pdata[0])->seconds == TB_SECONDS_UNLIMITED;
    }
  g_assert_true (prepaid && metered && fee && unlimited);
}

/* ---- the month ---- */

typedef struct
{
  guint calls, by_status[TB_CALL_N_STATUS], by_weekday[8], at_night, abroad;
  gint64 seconds;
  TbZone *zone;
} Month;

static void
count_call (const TbTenant *tenant, const TbCall *call, const TbRatedCall *rated, gpointer data)
{
  Month *self = data;
  TbDay day = tb_zone_day_at (self->zone, call->start);
  int month, hour = tb_zone_second_of_day_at (self->zone, call->start) / 3600;

  tb_day_to_ymd (day, NULL, &month, NULL);
  g_assert_cmpint (month, ==, 10);
  g_assert_cmpint (call->seconds, <, 3600);
  self->calls++;
  self->by_status[rated->status]++;
  self->by_weekday[tb_day_weekday (day)]++;
  self->at_night += hour < 7 || hour >= 21;
  self->abroad += call->direction == TB_DIRECTION_OUTBOUND && (g_str_has_prefix (call->callee, "011") || g_str_has_prefix (call->callee, "+4"));
  self->seconds += call->seconds;
}

/* What every reader of the demo finds: something of each kind, in proportions that a company has. */
static void
test_month (void)
{
  static const struct { TbCallStatus status; guint min, max; } rows[] = {
    { TB_CALL_UNRATED, 0, 0 },         { TB_CALL_RATED, 1000, 6000 },   { TB_CALL_INCLUDED, 500, 4000 },  { TB_CALL_GRACE, 1, 100 },
    { TB_CALL_UNANSWERED, 500, 3000 }, { TB_CALL_INBOUND_FREE, 500, 4000 }, { TB_CALL_INTERNAL, 100, 2000 }, { TB_CALL_EXCLUDED, 20, 400 },
    { TB_CALL_SUPPRESSED, 20, 400 },   { TB_CALL_NO_SERVICE, 20, 300 }, { TB_CALL_AMBIGUOUS, 5, 200 },    { TB_CALL_BAD_NUMBER, 1, 50 },
    { TB_CALL_BLOCKED, 1, 50 },        { TB_CALL_NO_RATE, 1, 50 },
  };
  g_autoptr (TbStore) store = fill ("month.tollbook");
  g_autoptr (TbZone) zone = tb_zone_new ("America/Toronto", NULL);
  Month month = { .zone = zone };

  each_call (store, count_call, &month);
  g_assert_cmpuint (month.calls, >, 5000);
  g_assert_cmpuint (month.calls, <, 15000);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint n = month.by_status[rows[i].status];

      g_test_message ("%s: %u", tb_call_status_to_string (rows[i].status), n);
      if (n < rows[i].min || n > rows[i].max)
        g_error ("%u calls are %s", n, tb_call_status_to_string (rows[i].status));
    }
  g_assert_cmpuint (month.by_weekday[7] * 3, <, month.by_weekday[3]);
  g_assert_cmpuint (month.at_night * 10, <, month.calls);
  g_assert_cmpuint (month.abroad * 100, >, month.calls);
  g_assert_cmpint (month.seconds / month.calls, >, 60);
  g_assert_cmpint (month.seconds / month.calls, <, 400);
}

/* Only numbers that nobody has. */
static void
check_number (const TbTenant *tenant, const TbCall *call, const TbRatedCall *rated, gpointer data)
{
  static const char *const fictional[] = { "5550", "55501", "79460", "4960", "7700900", "23125", "66969", "3920", "9900", "639980", "46500400", "491570" };
  const char *numbers[] = { call->caller, call->callee, call->did };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gboolean found = strlen (numbers[i]) < 7 || !(g_ascii_isdigit (*numbers[i]) || *numbers[i] == '+');

      for (guint k = 0; k < G_N_ELEMENTS (fictional) && !found; k++)
        found = strstr (numbers[i], fictional[k]) != NULL;
      if (!found)
        g_error ("%s may be somebody's number", numbers[i]);
    }
}

static void
test_numbers (void)
{
  g_autoptr (TbStore) store = fill ("numbers.tollbook");

  each_call (store, check_number, NULL);
}

/* ---- invoices ---- */

static void
test_invoices (void)
{
  g_autoptr (TbStore) store = fill ("invoices.tollbook");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) invoices = tb_invoice_store_list (store, NULL, &error);
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_no_error (error);
  /* Three clients are held back: two who list the same telephone, and the one who calls ships. */
  g_assert_cmpuint (invoices->len, ==, 22);
  for (guint i = 0; i < invoices->len; i++)
    {
      const TbInvoice *invoice = invoices->pdata[i];
      g_autofree char *total = tb_money_to_string ((TbMoney){ invoice->total, invoice->currency });

      g_test_message ("%s %s %s", invoice->client, total, tb_currency_to_string (invoice->currency));
      g_assert_cmpint (invoice->state, ==, TB_INVOICE_DRAFT);
      g_assert_cmpint (invoice->total, >, 0);
      g_assert_cmpint (invoice->total, <, 2000 * TB_AMOUNT_ONE);
    }
  g_assert_true (tb_store_check (store, &findings, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* ---- the same each time ---- */

static void
append_call (const TbTenant *tenant, const TbCall *call, const TbRatedCall *rated, gpointer data)
{
  g_string_append_printf (data, "%s %s %s %s %" G_GINT64_FORMAT " %d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", tenant->name, call->uid, call->caller, call->callee,
                          call->start, call->seconds, rated->status, rated->charge, rated->cost);
}

static void
test_same (void)
{
  g_autoptr (TbStore) one = fill ("one.tollbook");
  g_autoptr (TbStore) two = fill ("two.tollbook");
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);

  each_call (one, append_call, first);
  each_call (two, append_call, second);
  g_assert_true (g_string_equal (first, second));
}

/* Books that somebody uses are never filled with invented calls. */
static void
test_not_empty (void)
{
  g_autoptr (TbStore) store = fill ("again.tollbook");
  g_autoptr (GError) error = NULL;

  g_assert_false (tb_demo_fill (store, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/company", test_company);
  g_test_add_func ("/demo/month", test_month);
  g_test_add_func ("/demo/numbers", test_numbers);
  g_test_add_func ("/demo/invoices", test_invoices);
  g_test_add_func ("/demo/same", test_same);
  g_test_add_func ("/demo/not-empty", test_not_empty);
  return test_run_in_folder ();
}
