/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-balances.h"
#include "tb-billing-run.h"
#include "tb-clock.h"
#include "tb-fake-whmcs.h"
#include "tb-invoice-store.h"
#include "tb-posting-store.h"
#include "tb-rating-run.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "tb-whmcs-clients.h"
#include "tb-whmcs-ledger.h"
#include "tb-whmcs-payments.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-products.h"
#include "tb-whmcs-pull.h"
#include "test-books.h"

/* A client who pays in advance at WHMCS, from the first top-up to an invoice: C1 of the test company buys "Metered" at 0.035 CAD a minute and
 * 13 % HST, so that an hour costs 2.37 (2.10 and 0.27). Whatever happens, what is left there is what is left here once a push is over. */

#define URL "https://billing.example.com/"
#define OCTOBER G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */
enum { HAS_VOIP = 5, MANUAL = 6, SUSPENDED = 7, THRESHOLD = 8 };

typedef struct
{
  TbFakeWhmcs *fake;
  TbWhmcs *talk;
  TbStore *store;
  gint64 client, service;
  guint calls;
} World;

/* ---- the time ---- */

/* What is waited for passes at once. */
static gint64 ahead;

static gint64
now (TbPushClock *clock)
{
  return tb_clock_now () + ahead;
}

static gboolean
wait_until (TbPushClock *clock, gint64 until, GCancellable *cancellable, GError **error)
{
  ahead += MAX (until - now (clock), 0);
  return TRUE;
}

/* ---- the world ---- */

static void
set_field (World *world, gint64 field, const char *value)
{
  g_autoptr (TbWhmcsClient) changes = tb_whmcs_client_new ();

  tb_whmcs_custom_fields_add (changes->custom_fields, field, "", value);
  g_assert_cmpint (tb_whmcs_change_client (world->talk, world->client, changes, NULL), ==, TB_WHMCS_DONE);
}

static TbStore *
new_books (gint64 whmcs_id)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("prepaid-%u", n++), *path = test_path (name);
  TbStore *store = tb_test_books_new (path);
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  TbClient *client = tb_setup_find_client (setup, "C1");

  tb_setup_find_package (setup, "Metered")->mode = TB_PACKAGE_PREPAID;
  client->low_balance = 5 * TB_DECIMAL_ONE;
  client->whmcs_id = whmcs_id;
  setup->whmcs = tb_whmcs_settings_new ();
  tb_set_str (&setup->whmcs->url, URL);
  tb_set_str (&setup->whmcs->identifier, "id");
  tb_set_str (&setup->whmcs->prepaid, "credit");
  setup->whmcs->has_voip_field = HAS_VOIP;
  setup->whmcs->manual_suspend_field = MANUAL;
  setup->whmcs->suspended_field = SUSPENDED;
  setup->whmcs->low_balance_field = THRESHOLD;
  tb_test_apply (store, setup);
  return store;
}

static void
world_open (World *world, gboolean has_voip)
{
  world->fake = tb_fake_whmcs_new (8, 0);
  world->talk = tb_fake_whmcs_talk_new (world->fake);
  world->client = tb_fake_whmcs_add_client (world->fake, "Acme", "acme@example.com", "CAD", 0);
  world->service = tb_fake_whmcs_add_service (world->fake, world->client, tb_fake_whmcs_add_product (world->fake, "Hosted PBX", "fusionpbx"),
                                              "acme | 15192229000", "2112");
  world->store = new_books (world->client);
  world->calls = 0;
  if (has_voip)
    set_field (world, HAS_VOIP, "on");
}

static void
world_close (World *world)
{
  tb_test_assert_sound (world->store);
  tb_store_close (world->store);
  tb_whmcs_free (world->talk);
  tb_fake_whmcs_free (world->fake);
}

/* ---- steps ---- */

/* Somebody pays, there. */
static void
top_up (World *world, const char *amount)
{
  TbAmount value;

  g_assert_true (tb_decimal_parse (amount, -1, TB_AMOUNT_SCALE, &value, NULL));
  g_assert_cmpint (tb_whmcs_add_credit (world->talk, world->client, value, "Add Funds", NULL, NULL), ==, TB_WHMCS_DONE);
}

static guint
pull (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPullResult) result = NULL;

  result = tb_whmcs_pull (world->store, world->talk, URL, FALSE, NULL, &error);
  g_assert_no_error (error);
  return result->booked;
}

/* Hours to a number in Winnipeg, rated. */
static void
talk_for (World *world, guint hours)
{
  for (guint i = 0; i < hours; i++)
    {
      g_autofree char *uid = g_strdup_printf ("call-%u", world->calls);
      TbCall call = tb_test_call (uid, "acme", OCTOBER + world->calls++ * 3600, "12045550100", 3600);
      TbRatingCounts counts;

      tb_test_import (world->store, &call, 1);
      g_assert_true (tb_rating_run (world->store, 0, 0, FALSE, &counts, NULL, NULL));
      tb_rating_counts_clear (&counts);
    }
}

static TbPushResult *
try_push (World *world)
{
  TbPushClock clock = { now, wait_until };
  TbWhmcsPort *port = tb_whmcs_port_new (world->talk);
  const TbPushTerms terms = { .store = world->store, .port = port, .clock = &clock, .client = "C1", .holder = "test", .host = "here" };
  g_autoptr (GError) error = NULL;
  TbPushResult *result = NULL;

  ahead += 10; /* pulls that follow at once are dated one after the other */
  result = tb_whmcs_push (&terms, NULL, &error);
  g_assert_no_error (error);
  tb_whmcs_port_free (port);
  return result;
}

static guint
push (World *world)
{
  g_autoptr (TbPushResult) result = try_push (world);

  g_assert_cmpuint (result->troubles->len, ==, 0);
  return result->done;
}

/* What is left here, to the cent, is what is left there. */
static void
assert_left (World *world, const char *expected)
{
  g_autoptr (TbClientBalance) balance = tb_balances_get (world->store, "C1", NULL);
  g_autoptr (TbWhmcsClient) client = tb_whmcs_get_client (world->talk, world->client, NULL);
  TbMoney here = { balance->balance, balance->currency }, there = { client->credit, TB_CURRENCY_NONE };
  g_autofree char *text = NULL;

  g_assert_true (tb_money_round (here, TB_ROUND_HALF_UP, &here, NULL));
  text = tb_money_to_string (here);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (there.amount, ==, here.amount);
}

static void
assert_service (World *world, const char *status, const char *field)
{
  g_autoptr (TbWhmcsService) service = tb_whmcs_get_service (world->talk, world->service, NULL);
  g_autoptr (TbWhmcsClient) client = tb_whmcs_get_client (world->talk, world->client, NULL);

  g_assert_cmpstr (service->status, ==, status);
  g_assert_cmpstr (tb_whmcs_custom_fields_get (client->custom_fields, SUSPENDED), ==, field);
}

/* ---- tests ---- */

static void
test_draws (void)
{
  World world;

  world_open (&world, FALSE);
  top_up (&world, "50");
  g_assert_cmpuint (pull (&world), ==, 1);
  g_assert_cmpuint (pull (&world), ==, 0); /* once */
  assert_left (&world, "50.00");
  talk_for (&world, 3); /* 6.30 and 0.82 */
  g_assert_cmpuint (push (&world), ==, 2); /* and the threshold */
  assert_left (&world, "42.88");
  g_assert_cmpuint (push (&world), ==, 0);
  pull (&world); /* what was drawn is no news */
  assert_left (&world, "42.88");

  talk_for (&world, 1);
  tb_fake_whmcs_fail_next (world.fake, "AddCredit", TB_FAKE_FAULT_LOST, 1); /* done, and nobody knows */
  g_assert_cmpuint (push (&world), ==, 1);
  assert_left (&world, "40.51");
  pull (&world);
  assert_left (&world, "40.51");
  world_close (&world);
}

/* Refused, it is not planned anew with every push; retried by a person, it is drawn once. */
static void
test_refused_draw (void)
{
  g_autoptr (TbPosting) again = NULL;
  World world;

  world_open (&world, FALSE);
  top_up (&world, "50");
  pull (&world);
  push (&world); /* the threshold */
  talk_for (&world, 3);
  tb_fake_whmcs_forbid (world.fake, "AddCredit");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TbPushResult) result = try_push (&world);

      g_assert_cmpuint (result->troubles->len, ==, 1);
      g_assert_cmpint (tb_test_query_int (world.store, "SELECT count(*) FROM posting WHERE kind = 4"), ==, 1);
    }
  talk_for (&world, 1); /* another amount is another try */
  tb_push_result_free (try_push (&world));
  g_assert_cmpint (tb_test_query_int (world.store, "SELECT count(*) FROM posting WHERE kind = 4"), ==, 2);
  tb_fake_whmcs_forbid (world.fake, NULL);
  again = tb_whmcs_ledger_retry (world.store, (guint32) tb_test_query_int (world.store, "SELECT max(id) FROM posting WHERE kind = 4"), now (NULL), NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (push (&world), ==, 1);
  assert_left (&world, "40.51");
  world_close (&world);
}

/* The invoice takes the use over: it is drawn once, by the invoice. */
static void
test_invoice (void)
{
  g_autoptr (TbBillingRun) run = NULL;
  g_autoptr (GPtrArray) invoices = NULL;
  g_autoptr (TbInvoice) approved = NULL;
  g_autofree char *name = NULL;
  World world;

  world_open (&world, FALSE);
  top_up (&world, "50");
  pull (&world);
  talk_for (&world, 3);
  push (&world);
  run = tb_billing_run (world.store, 2026, 10, "C1", TB_BILLING_INCOMPLETE, NULL, NULL);
  g_assert_nonnull (run);
  invoices = tb_invoice_store_list (world.store, "C1", NULL);
  g_assert_cmpuint (invoices->len, ==, 1);
  name = g_strdup_printf ("%u", ((TbInvoice *) invoices->pdata[0])->id);
  approved = tb_billing_approve (world.store, name, NULL);
  g_assert_nonnull (approved);
  g_assert_cmpuint (push (&world), ==, 3); /* the invoice, its use, and the draw given back */
  assert_left (&world, "42.88");
  g_assert_cmpuint (push (&world), ==, 0);
  pull (&world);
  assert_left (&world, "42.88");
  world_close (&world);
}

static void
test_suspension (void)
{
  World world;

  world_open (&world, TRUE);
  top_up (&world, "10");
  pull (&world);
  talk_for (&world, 3); /* 7.12: low */
  push (&world);
  assert_left (&world, "2.88");
  assert_service (&world, "Active", NULL);
  g_assert_cmpuint (tb_fake_whmcs_count_mails (world.fake), ==, 1);
  push (&world);
  g_assert_cmpuint (tb_fake_whmcs_count_mails (world.fake), ==, 1); /* once a crossing */

  talk_for (&world, 2); /* below nothing */
  tb_fake_whmcs_fail_next (world.fake, "ModuleSuspend", TB_FAKE_FAULT_LOST, 1);
  push (&world);
  assert_service (&world, "Suspended", "on");
  g_assert_cmpuint (tb_fake_whmcs_count_mails (world.fake), ==, 2);
  g_assert_cmpuint (push (&world), ==, 0);
  pull (&world);
  g_assert_cmpuint (push (&world), ==, 0);

  top_up (&world, "40");
  pull (&world);
  push (&world);
  assert_service (&world, "Active", "");
  assert_left (&world, "38.13");
  g_assert_cmpuint (push (&world), ==, 0);
  pull (&world);
  g_assert_cmpuint (push (&world), ==, 0);
  g_assert_cmpuint (tb_fake_whmcs_count_mails (world.fake), ==, 2);

  talk_for (&world, 15); /* low again, which is another crossing */
  push (&world);
  g_assert_cmpuint (tb_fake_whmcs_count_mails (world.fake), ==, 3);
  world_close (&world);
}

/* What WHMCS refuses is told with every push and asked for once, until a person retries it. */
static void
test_refused_suspension (void)
{
  g_autoptr (TbPosting) again = NULL;
  World world;

  world_open (&world, TRUE);
  top_up (&world, "1");
  pull (&world);
  push (&world);
  talk_for (&world, 1);
  tb_fake_whmcs_forbid (world.fake, "ModuleSuspend");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TbPushResult) result = try_push (&world);

      g_assert_cmpuint (result->troubles->len, ==, 1);
      g_assert_nonnull (strstr (result->troubles->pdata[0], "ModuleSuspend"));
      g_assert_cmpint (tb_test_query_int (world.store, "SELECT count(*) FROM posting WHERE kind = 5"), ==, 1);
      pull (&world);
    }
  tb_fake_whmcs_forbid (world.fake, NULL);
  again = tb_whmcs_ledger_retry (world.store, (guint32) tb_test_query_int (world.store, "SELECT id FROM posting WHERE kind = 5"), now (NULL), NULL);
  g_assert_nonnull (again);
  push (&world);
  push (&world);
  assert_service (&world, "Suspended", "on");
  world_close (&world);
}

/* A suspended service that nobody suspended from here, and a client of whom staff said to leave alone. */
static void
test_left_alone (void)
{
  World world;

  world_open (&world, TRUE);
  g_assert_cmpint (tb_whmcs_suspend (world.talk, world.service, "staff", NULL), ==, TB_WHMCS_DONE);
  top_up (&world, "50");
  pull (&world);
  push (&world);
  assert_service (&world, "Suspended", NULL);
  g_assert_cmpint (tb_whmcs_unsuspend (world.talk, world.service, NULL), ==, TB_WHMCS_DONE);
  set_field (&world, MANUAL, "on");
  pull (&world);
  talk_for (&world, 25);
  push (&world);
  assert_service (&world, "Active", NULL);
  world_close (&world);

  world_open (&world, FALSE); /* without the field "Has VoIP Service" */
  pull (&world);
  talk_for (&world, 1);
  push (&world);
  assert_service (&world, "Active", NULL);
  g_assert_cmpuint (tb_fake_whmcs_count_mails (world.fake), ==, 0);
  world_close (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/whmcs-prepaid/draws", test_draws);
  g_test_add_func ("/whmcs-prepaid/refused-draw", test_refused_draw);
  g_test_add_func ("/whmcs-prepaid/invoice", test_invoice);
  g_test_add_func ("/whmcs-prepaid/suspension", test_suspension);
  g_test_add_func ("/whmcs-prepaid/refused-suspension", test_refused_suspension);
  g_test_add_func ("/whmcs-prepaid/left-alone", test_left_alone);
  return test_run_in_folder ();
}
