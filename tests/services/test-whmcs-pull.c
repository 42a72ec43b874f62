/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-fake-whmcs.h"
#include "tb-remote-review-store.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-whmcs-payments.h"
#include "tb-whmcs-pull.h"
#include "tb-whmcs-review.h"
#include "tb-whmcs-services.h"
#include "test-books.h"

#define URL "https://billing.example.com/"
#define MANY 5000

static TbStore *
books_new (void)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("pull-%u", n++);
  g_autofree char *path = test_path (name);

  return tb_test_books_new (path);
}

static TbPullResult *
pull (TbStore *store, TbFakeWhmcs *fake, gboolean whole)
{
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GError) error = NULL;
  TbPullResult *result = tb_whmcs_pull (store, talk, URL, whole, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static TbClient *
find_client (const TbSetup *setup, gint64 whmcs_id)
{
  for (guint i = 0; i < setup->clients->len; i++)
    if (((TbClient *) setup->clients->pdata[i])->whmcs_id == whmcs_id)
      return setup->clients->pdata[i];
  return NULL;
}

/* ---- every shape in which WHMCS was seen to answer ---- */

static const struct
{
  const char *name;
  guint version, quirks;
} shapes[] = {
  { "8, as documented", 8, 0 },
  { "9, as documented", 9, 0 },
  { "ids are texts", 8, TB_FAKE_QUIRK_TEXT_IDS },
  { "money is numbers", 9, TB_FAKE_QUIRK_NUMBER_MONEY },
  { "lists are objects", 8, TB_FAKE_QUIRK_OBJECT_LISTS },
  { "a list of one is that one", 9, TB_FAKE_QUIRK_LONE_ROWS },
  { "lists without the singular", 8, TB_FAKE_QUIRK_FLAT_LISTS },
  { "empty lists are texts", 9, TB_FAKE_QUIRK_EMPTY_TEXTS },
  { "entities in texts", 8, TB_FAKE_QUIRK_ENTITIES },
  { "status in place of result", 9, TB_FAKE_QUIRK_STATUS },
  { "details at the top level", 8, TB_FAKE_QUIRK_TOP_LEVEL },
  { "seven rows a page at most", 9, TB_FAKE_QUIRK_SMALL_PAGES },
  { "in any order", 8, TB_FAKE_QUIRK_ANY_ORDER | TB_FAKE_QUIRK_SMALL_PAGES },
  { "everything at once", 9, TB_FAKE_QUIRKS },
};

static void
test_shapes (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (shapes[i].version, shapes[i].quirks);
  gint64 acme = tb_fake_whmcs_add_client (fake, "Ben & Jerry's “Voice” <Ltd>", "ben@example.com", "CAD", 0);
  gint64 closed = tb_fake_whmcs_add_client (fake, "Closed", "closed@example.com", "CAD", 0);
  gint64 product = tb_fake_whmcs_add_product (fake, "Hosted PBX", "fusionpbx");
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (TbPullResult) first = NULL, again = NULL;
  g_autoptr (TbSetup) setup = NULL;
  g_autoptr (TbTheirServices) services = NULL;

  tb_fake_whmcs_add_service (fake, acme, product, "ben.example.com | 15192229000", "2112 | 2113");
  for (guint n = 0; n < 9; n++)
    tb_fake_whmcs_add_client (fake, "Same name", NULL, "CAD", 0);
  tb_fake_whmcs_close_client (fake, closed);
  first = pull (store, fake, FALSE);
  g_assert_cmpuint (first->created->len, ==, 10);
  g_assert_cmpuint (first->troubles->len, ==, 0);
  g_assert_cmpuint (first->differences, ==, 0);
  setup = tb_setup_store_load (store, TB_SETUP_HEADS, NULL);
  g_assert_cmpstr (find_client (setup, acme)->name, ==, "Ben & Jerry's “Voice” <Ltd>");
  g_assert_null (find_client (setup, closed));
  services = tb_their_services_new (store, NULL);
  g_assert_cmpuint (services->items->len, ==, 1);
  g_assert_cmpint (((TbTheirService *) services->items->pdata[0])->state, ==, TB_THEIR_SERVICE_PROPOSED);
  g_assert_cmpstr (((TbTheirService *) services->items->pdata[0])->voip->dids[0], ==, "15192229000");
  again = pull (store, fake, TRUE);
  g_assert_cmpuint (again->created->len + again->linked->len + again->differences + again->unsure, ==, 0);
  g_assert_cmpuint (again->clients.changed + again->services.changed + again->products.changed + again->currencies.changed, ==, 0);
  tb_test_assert_sound (store);
}

/* ---- many ---- */

typedef struct
{
  TbJob *job;
  guint left; /* details until somebody cancels */
} Impatience;

static void
lose_patience (TbFakeWhmcs *fake, const char *action, gpointer data)
{
  Impatience *self = data;

  if (strcmp (action, "GetClientsDetails") == 0 && self->left > 0 && --self->left == 0)
    tb_job_cancel (self->job);
}

/* Cancelled on the way, it keeps what it read, and the next one reads the rest alone. */
static void
test_many (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (TbJob) job = tb_job_new ("pull");
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPullResult) result = NULL;
  g_autoptr (GPtrArray) known = NULL;
  Impatience impatience = { job, 1234 };

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *company = g_strdup_printf ("Company %u", i), *email = g_strdup_printf ("c%u@example.com", i);

      tb_fake_whmcs_add_client (fake, company, email, "CAD", 0);
    }
  tb_fake_whmcs_set_meanwhile (fake, lose_patience, &impatience);
  g_assert_null (tb_whmcs_pull (store, talk, URL, FALSE, job, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  known = tb_remote_store_list (store, &tb_mirror_client_noun, 0, NULL);
  g_assert_cmpuint (known->len, ==, MANY);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM whmcs_client WHERE detailed_at IS NOT NULL"), >=, 1200);
  result = pull (store, fake, FALSE);
  g_assert_true (result->continued);
  g_assert_cmpuint (result->created->len, ==, MANY);
  g_assert_cmpuint (tb_fake_whmcs_count (fake, "GetClientsDetails"), <=, MANY + 1);
  tb_test_assert_sound (store);
}

/* ---- nobody is overwritten ---- */

static void
test_another_whmcs (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (TbPullResult) first = NULL, other = NULL;

  tb_fake_whmcs_add_client (fake, "Acme", "a@example.com", "CAD", 0);
  first = pull (store, fake, FALSE);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM whmcs_agreed"), >, 0);
  /* what was agreed with one is nothing to the other, though the clients stay */
  tb_fake_whmcs_add_client (fake, "Beta", "b@example.com", "CAD", 0);
  other = tb_whmcs_pull (store, talk, "https://other.example.com/", FALSE, NULL, NULL);
  g_assert_cmpuint (other->clients.added, ==, 2);
  g_assert_cmpuint (other->created->len, ==, 1);
  tb_test_assert_sound (store);
}

/* A client there changes while it is read: the pull ends with one of the two, and the next one has the new. */
static void
add_one (TbFakeWhmcs *fake, const char *action, gpointer data)
{
  guint *left = data;
  g_autofree char *email = g_strdup_printf ("late%u@example.com", *left);

  if (strcmp (action, "GetClients") == 0 && *left > 0 && (*left)-- % 2 == 0)
    tb_fake_whmcs_add_client (fake, "Late", email, "CAD", 0);
}

static void
test_while_reading (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (9, TB_FAKE_QUIRK_SMALL_PAGES);
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (TbPullResult) first = NULL, second = NULL;
  guint left = 6;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *email = g_strdup_printf ("c%u@example.com", i);

      tb_fake_whmcs_add_client (fake, "Company", email, "CAD", 0);
    }
  tb_fake_whmcs_set_meanwhile (fake, add_one, &left);
  first = pull (store, fake, FALSE);
  tb_fake_whmcs_set_meanwhile (fake, NULL, NULL);
  second = pull (store, fake, FALSE);
  g_assert_cmpuint (first->created->len + second->created->len, ==, 43);
  g_assert_cmpuint (second->clients.gone, ==, 0);
  tb_test_assert_sound (store);
}

/* Credit that came, changed and was used up; of whoever has none nothing is asked. */
static void
test_credit (void)
{
  static const struct
  {
    const char *reason;
    gint64 more; /* in units */
    guint asked; /* how often by then */
    guint entries;
  } rows[] = { { "none", 0, 0, 0 }, { "some", 10, 1, 1 }, { "as before", 0, 1, 1 }, { "more", 5, 2, 2 }, { "used up", -15, 3, 3 }, { "still none", 0, 3, 3 } };
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  gint64 client = tb_fake_whmcs_add_client (fake, "Acme", "a@example.com", "CAD", 0), credit = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbPullResult) result = NULL;
      g_autoptr (TbMirrorClient) theirs = NULL;
      g_autoptr (GPtrArray) entries = NULL;

      g_test_message ("%s", rows[i].reason);
      credit += rows[i].more * TB_AMOUNT_ONE;
      if (rows[i].more != 0)
        g_assert_cmpint (tb_whmcs_add_credit (talk, client, rows[i].more * TB_AMOUNT_ONE, "by hand", NULL, NULL), ==, TB_WHMCS_DONE);
      result = pull (store, fake, FALSE);
      theirs = tb_remote_store_get (store, &tb_mirror_client_noun, client, NULL);
      g_assert_cmpint (theirs->credit, ==, credit);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, "GetCredits"), ==, rows[i].asked);
      entries = tb_remote_store_list (store, &tb_mirror_credit_noun, client, NULL);
      g_assert_cmpuint (entries->len, ==, rows[i].entries);
    }
}

/* ---- refusals ---- */

static void
test_forbidden (void)
{
  static const struct
  {
    const char *action;
    gboolean goes_on;
  } rows[] = { { "GetCurrencies", TRUE }, { "GetPaymentMethods", TRUE }, { "GetProducts", TRUE },      { "GetClientsProducts", TRUE },
               { "GetInvoices", TRUE },   { "GetClients", FALSE },       { "GetClientsDetails", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
      g_autoptr (TbStore) store = books_new ();
      g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPullResult) result = NULL;

      tb_fake_whmcs_add_client (fake, "Acme", "a@example.com", "CAD", 0);
      tb_fake_whmcs_forbid (fake, rows[i].action);
      result = tb_whmcs_pull (store, talk, URL, FALSE, NULL, &error);
      g_test_message ("%s: %s", rows[i].action, error != NULL ? error->message : (char *) result->troubles->pdata[0]);
      if (rows[i].goes_on)
        g_assert_cmpuint (result->troubles->len, ==, 1);
      else
        g_assert_error (error, TB_ERROR, TB_ERROR_AUTH);
      g_assert_nonnull (strstr (error != NULL ? error->message : result->troubles->pdata[0], rows[i].action));
    }
}

/* The address is banned after three: after the first nothing more is sent, and nothing is forgotten. */
static void
test_refused (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPullResult) first = NULL;
  guint before;

  tb_fake_whmcs_add_client (fake, "Acme", "a@example.com", "CAD", 0);
  first = pull (store, fake, FALSE);
  before = tb_fake_whmcs_count (fake, NULL);
  tb_fake_whmcs_refuse (fake, 403, "Invalid IP 203.0.113.9");
  g_assert_null (tb_whmcs_pull (store, talk, URL, FALSE, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "203.0.113.9"));
  g_assert_cmpuint (tb_fake_whmcs_count (fake, NULL), ==, before + 1);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM whmcs_client WHERE gone_at IS NULL"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/whmcs-pull/shapes/%s", shapes[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_shapes);
    }
  g_test_add_func ("/whmcs-pull/many", test_many);
  g_test_add_func ("/whmcs-pull/another", test_another_whmcs);
  g_test_add_func ("/whmcs-pull/while-reading", test_while_reading);
  g_test_add_func ("/whmcs-pull/credit", test_credit);
  g_test_add_func ("/whmcs-pull/forbidden", test_forbidden);
  g_test_add_func ("/whmcs-pull/refused", test_refused);
  return test_run_in_folder ();
}
