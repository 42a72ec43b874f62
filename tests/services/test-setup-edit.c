/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-setup-change-store.h"
#include "tb-setup-edit.h"
#include "tb-setup-file.h"
#include "tb-setup-store.h"
#include "test-books.h"

/* Two of each, of which the first is used and the second is not. */
static const char books_json[]
    = "{\"tollbook\": 1,"
      " \"company\": {\"name\": \"Example Voice\", \"country\": \"CA\", \"time_zone\": \"America/Toronto\", \"currency\": \"CAD\"},"
      " \"currencies\": [{\"code\": \"USD\", \"rates\": [{\"from\": \"2026-10-01\", \"rate\": \"1.3725\"}, {\"from\": \"2026-11-01\", \"rate\": \"1.38\"}]},"
      "                  {\"code\": \"EUR\", \"rates\": [{\"rate\": \"1.5\"}]}],"
      " \"taxes\": [{\"name\": \"HST\", \"percent\": \"13\", \"category\": \"S\"}, {\"name\": \"None\", \"percent\": \"0\"}],"
      " \"providers\": [{\"name\": \"Telnyx\", \"tariff\": \"world\"}, {\"name\": \"Spare\"}],"
      " \"connections\": [{\"name\": \"pbx1\", \"kind\": \"csv\", \"provider\": \"Telnyx\"}],"
      " \"tariffs\": [{\"name\": \"world\", \"currency\": \"USD\", \"rates\": [{\"prefix\": \"1\", \"rate\": \"0.01\"}]}],"
      " \"packages\": [{\"name\": \"Business\", \"tariff\": \"world\", \"fee\": \"29.95\", \"included\": [{\"name\": \"national\", \"minutes\": 100}],"
      "                 \"custom_rates\": [{\"prefix\": \"48\", \"rate\": \"0.05\"}], \"flat_rate\": {\"rate\": \"0.02\"}}, {\"name\": \"Spare\"}],"
      " \"filters\": [{\"match\": \"destination\", \"pattern\": \"911\", \"action\": \"exclude\"}],"
      " \"clients\": [{\"id\": \"C1\", \"name\": \"Acme\", \"email\": \"a@example.com\", \"tax\": \"HST\", \"custom_rates\": [{\"prefix\": \"44\", \"rate\": \"0.1\"}]},"
      "               {\"id\": \"C2\", \"name\": \"Zeta\"}],"
      " \"services\": [{\"id\": \"S1\", \"client\": \"C1\", \"package\": \"Business\", \"connection\": \"pbx1\", \"dids\": [\"15551\"]}]}";

static TbStore *
new_books (void)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("edit-%u", n++);
  g_autofree char *path = test_path (name);
  g_autofree char *file = test_path ("setup.json");
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (file, books_json, -1, NULL));
  tb_setup_file_apply (store, file, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static char *
export (TbStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, &error);

  g_assert_no_error (error);
  return tb_setup_file_write (setup);
}

/* ---- what can be changed, and back again ---- */

static const struct
{
  const char *reason, *noun, *name, *record, *base, *holds; /* words that the exported set-up has afterwards; NULL: has not the name */
} rows[] = {
  { "a new client", "clients", NULL, "{\"id\": \"C3\", \"name\": \"New\"}", NULL, "\"C3\"" },
  { "a client's name", "clients", "C2", "{\"id\": \"C2\", \"name\": \"Other\"}", NULL, "\"Other\"" },
  { "a key that is left out is gone", "clients", "C1", "{\"id\": \"C1\", \"name\": \"Acme only\"}", NULL, "\"Acme only\"" },
  { "one rate more", "clients", "C1",
    "{\"id\": \"C1\", \"name\": \"Acme\", \"email\": \"a@example.com\", \"tax\": \"HST\", \"custom_rates\": [{\"prefix\": \"44\", \"rate\": \"0.1\"}, "
    "{\"prefix\": \"449\", \"rate\": \"0.2\"}]}",
    NULL, "\"449\"" },
  { "another id: the services follow", "clients", "C1", "{\"id\": \"K1\", \"name\": \"Acme\"}", "{\"id\": \"C1\", \"name\": \"Acme\"}", "\"client\" : \"K1\"" },
  { "a client that nothing hangs on", "clients", "C2", NULL, NULL, NULL },
  { "a service", "services", NULL, "{\"id\": \"S2\", \"client\": \"C2\", \"package\": \"Spare\", \"starts\": \"2026-10-01\"}", NULL, "\"S2\"" },
  { "a service goes", "services", "S1", NULL, NULL, NULL },
  { "a package's pools and rates", "packages", "Business",
    "{\"name\": \"Business\", \"tariff\": \"world\", \"included\": [{\"name\": \"all\", \"minutes\": \"unlimited\"}], \"tiers\": {\"steps\": [{\"from\": 0, "
    "\"rate\": \"0.01\"}]}, \"inbound\": {\"bill\": true, \"rate\": \"0.003\"}, \"number_plan\": {\"country\": \"CA\", \"nanp\": true}}",
    NULL, "\"unlimited\"" },
  { "another name: services and its own rates follow", "packages", "Business", "{\"name\": \"Trade\", \"tariff\": \"world\"}",
    "{\"name\": \"Business\", \"tariff\": \"world\"}", "\"package\" : \"Trade\"" },
  { "a package that nobody has", "packages", "Spare", NULL, NULL, NULL },
  { "a provider's tariff", "providers", "Spare", "{\"name\": \"Spare\", \"tariff\": \"world\"}", NULL, "\"Spare\"" },
  { "another name: the connection follows", "providers", "Telnyx", "{\"name\": \"Carrier\", \"tariff\": \"world\"}", NULL, "\"provider\" : \"Carrier\"" },
  { "a provider goes", "providers", "Spare", NULL, NULL, "\"Telnyx\"" },
  { "a tax", "taxes", "HST", "{\"name\": \"HST\", \"percent\": \"15\"}", NULL, "\"15\"" },
  { "a tax's name: clients follow", "taxes", "HST", "{\"name\": \"Harmonised\", \"percent\": \"13\"}", NULL, "\"tax\" : \"Harmonised\"" },
  { "a tax goes", "taxes", "None", NULL, NULL, NULL },
  { "exchange rates, fewer of them", "currencies", "USD", "{\"code\": \"USD\", \"rates\": [{\"from\": \"2026-12-01\", \"rate\": \"1.4\"}]}", NULL, "\"1.4\"" },
  { "a new currency", "currencies", NULL, "{\"code\": \"GBP\", \"rates\": [{\"rate\": \"1.7\"}]}", NULL, "\"GBP\"" },
  { "a currency that nothing is sold in", "currencies", "EUR", NULL, NULL, NULL },
  { "filters, all of them", "filters", NULL, "[{\"match\": \"source\", \"pattern\": \"100\", \"action\": \"suppress\"}]", NULL, "\"suppress\"" },
  { "no filters", "filters", NULL, "[]", NULL, "\"Spare\"" },
  { "the company", "company", NULL, "{\"name\": \"Example Voice Ltd\", \"currency\": \"CAD\", \"due_days\": 30}", NULL, "Voice Ltd" },
};

static TbSetupEdit *
run (TbStore *store, const TbSetupEdit *edit)
{
  g_autoptr (GError) error = NULL;
  TbSetupEdit *inverse = tb_setup_edit_run (store, edit, NULL, &error);

  g_assert_no_error (error);
  return inverse;
}

/* Each change, its inverse, and the inverse of that. */
static void
test_changes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbStore) store = new_books ();
      g_autoptr (TbSetupEdit) edit = tb_setup_edit_new (rows[i].noun, rows[i].name, rows[i].record, rows[i].base);
      g_autofree char *before = export (store);
      g_autoptr (TbSetupEdit) inverse = NULL, again = NULL, last = NULL;
      g_autofree char *after = NULL, *back = NULL, *redone = NULL;
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", rows[i].name);

      g_test_message ("%s", rows[i].reason);
      inverse = run (store, edit);
      after = export (store);
      g_assert_cmpstr (before, !=, after);
      if (rows[i].holds != NULL)
        g_assert_nonnull (strstr (after, rows[i].holds));
      else if (strcmp (rows[i].name, "Spare") != 0)
        g_assert_null (strstr (after, quoted));
      again = run (store, inverse);
      back = export (store);
      g_assert_cmpstr (before, ==, back);
      last = run (store, again);
      redone = export (store);
      g_assert_cmpstr (after, ==, redone);
    }
}

/* ---- what cannot ---- */

static const struct
{
  const char *reason, *noun, *name, *record, *path, *says;
  TbError code;
} refused[] = {
  { "a name is missing", "clients", NULL, "{\"id\": \"C3\"}", "name", "missing", TB_ERROR_INVALID_INPUT },
  { "no address", "clients", "C1", "{\"id\": \"C1\", \"name\": \"A\", \"email\": \"nobody\"}", "email", "e-mail", TB_ERROR_INVALID_INPUT },
  { "an id that is taken", "clients", NULL, "{\"id\": \"C1\", \"name\": \"A\"}", "id", "there already", TB_ERROR_CONFLICT },
  { "another's id", "clients", "C2", "{\"id\": \"C1\", \"name\": \"A\"}", "id", "there already", TB_ERROR_CONFLICT },
  { "no such tax", "clients", "C2", "{\"id\": \"C2\", \"name\": \"A\", \"tax\": \"GST\"}", "tax", "GST", TB_ERROR_INVALID_INPUT },
  { "deep inside", "packages", "Business", "{\"name\": \"Business\", \"included\": [{\"name\": \"a\", \"minutes\": 1}, {\"name\": \"b\", \"minutes\": -1}]}",
    "included[1].minutes", "between", TB_ERROR_INVALID_INPUT },
  { "a pattern that cannot be read", "filters", NULL, "[{\"pattern\": \"[\"}]", "[0].pattern", "[", TB_ERROR_INVALID_INPUT },
  { "a rate of nothing", "currencies", "USD", "{\"code\": \"USD\", \"rates\": [{\"rate\": \"0\"}]}", "rates[0].rate", "between", TB_ERROR_INVALID_INPUT },
  { "a currency without rates", "currencies", NULL, "{\"code\": \"GBP\"}", "rates", "needs", TB_ERROR_INVALID_INPUT },
  { "a key that is none", "taxes", "HST", "{\"name\": \"HST\", \"percents\": \"1\"}", "percents", "no such key", TB_ERROR_INVALID_INPUT },
  { "a zone that is none", "company", NULL, "{\"name\": \"A\", \"time_zone\": \"Mars\"}", "time_zone", "Mars", TB_ERROR_INVALID_INPUT },
  { "a client with a service", "clients", "C1", NULL, NULL, "service", TB_ERROR_CONFLICT },
  { "a package that is sold", "packages", "Business", NULL, NULL, "service", TB_ERROR_CONFLICT },
  { "a provider with a connection", "providers", "Telnyx", NULL, NULL, "connection", TB_ERROR_CONFLICT },
  { "a tax that a client has", "taxes", "HST", NULL, NULL, "client", TB_ERROR_CONFLICT },
  { "a currency of a tariff", "currencies", "USD", NULL, NULL, "tariff", TB_ERROR_CONFLICT },
  { "what is not there", "clients", "C9", NULL, NULL, "C9", TB_ERROR_NOT_FOUND },
  { "the company itself", "company", NULL, NULL, NULL, "not removed", TB_ERROR_UNSUPPORTED },
};

static void
test_refused (void)
{
  g_autoptr (TbStore) store = new_books ();
  g_autofree char *before = export (store);
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (TbSetupEdit) edit = tb_setup_edit_new (refused[i].noun, refused[i].name, refused[i].record, NULL);
      g_autoptr (TbSetupEdit) inverse = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;
      const char *reason;

      g_test_message ("%s", refused[i].reason);
      inverse = tb_setup_edit_run (store, edit, NULL, &error);
      g_assert_null (inverse);
      g_assert_error (error, TB_ERROR, (int) refused[i].code);
      g_assert_nonnull (strstr (error->message, refused[i].says));
      g_assert_cmpint (tb_setup_record_split_message (refused[i].noun, error->message, &path, &reason), ==, refused[i].path != NULL);
      g_assert_cmpstr (path, ==, refused[i].path);
    }
  after = export (store);
  g_assert_cmpstr (before, ==, after);
}

/* ---- two people at once ---- */

static const struct
{
  const char *reason, *mine, *theirs, *holds; /* holds NULL = refused */
} meetings[] = {
  { "different keys are both kept", "{\"id\": \"C2\", \"name\": \"Mine\"}", "{\"id\": \"C2\", \"name\": \"Zeta\", \"email\": \"z@example.com\"}", "z@example.com" },
  { "the same said twice", "{\"id\": \"C2\", \"name\": \"Both\"}", "{\"id\": \"C2\", \"name\": \"Both\"}", "Both" },
  { "one key, two values", "{\"id\": \"C2\", \"name\": \"Mine\"}", "{\"id\": \"C2\", \"name\": \"Theirs\"}", NULL },
};

static void
test_meetings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (meetings); i++)
    {
      g_autoptr (TbStore) store = new_books ();
      g_autoptr (TbSetupEdit) theirs = tb_setup_edit_new ("clients", "C2", meetings[i].theirs, "{\"id\": \"C2\", \"name\": \"Zeta\"}");
      g_autoptr (TbSetupEdit) mine = tb_setup_edit_new ("clients", "C2", meetings[i].mine, "{\"id\": \"C2\", \"name\": \"Zeta\"}");
      g_autoptr (TbSetupEdit) inverse = run (store, theirs), other = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_test_message ("%s", meetings[i].reason);
      other = tb_setup_edit_run (store, mine, NULL, &error);
      after = export (store);
      g_assert_cmpint (other != NULL, ==, meetings[i].holds != NULL);
      if (meetings[i].holds != NULL)
        g_assert_nonnull (strstr (after, meetings[i].holds));
      else
        g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
    }
}

/* ---- what is written down ---- */

static void
test_written_down (void)
{
  g_autoptr (TbStore) store = new_books ();
  g_autoptr (TbSetupEdit) before = tb_setup_edit_new ("clients", "C1", "{\"id\": \"C1\", \"name\": \"Acme\"}", NULL);
  g_autoptr (TbSetupEdit) us = tb_setup_edit_new ("company", NULL, "{\"name\": \"We\"}", NULL);
  g_autoptr (TbSetupEdit) name = tb_setup_edit_new ("clients", "C1", "{\"id\": \"K1\", \"name\": \"Acme\"}", NULL);
  g_autoptr (TbSetupEdit) service = tb_setup_edit_new ("services", "S1", NULL, NULL);
  g_autoptr (TbSetupEdit) tax = tb_setup_edit_new ("taxes", NULL, "{\"name\": \"VAT\", \"percent\": \"19\"}", NULL);
  g_autoptr (TbSetupEdit) zeroth = run (store, us), early = run (store, before), first = run (store, name), second = run (store, service), third = run (store, tax);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = tb_setup_change_store_list (store, NULL, 10, &error);
  g_autoptr (GPtrArray) own = tb_setup_change_store_list (store, "K1", 10, &error);
  g_autoptr (GPtrArray) of = tb_setup_change_store_list_of (store, "clients", "K1", 10, &error);
  g_autoptr (GPtrArray) nobody = tb_setup_change_store_list_of (store, "clients", "C1", 10, &error);
  g_autoptr (GPtrArray) company = tb_setup_change_store_list_of (store, "company", NULL, 10, &error);
  const TbSetupChange *change;

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 5);
  g_assert_cmpuint (own->len, ==, 3);
  g_assert_cmpuint (of->len, ==, 2);
  g_assert_cmpuint (nobody->len, ==, 0);
  g_assert_cmpuint (company->len, ==, 1);
  change = all->pdata[0];
  g_assert_cmpstr (change->noun, ==, "taxes");
  g_assert_cmpstr (change->name, ==, "VAT");
  g_assert_null (change->old_record);
  g_assert_nonnull (strstr (change->new_record, "19"));
  g_assert_cmpstr (change->who, ==, g_get_user_name ());
  g_assert_cmpint (change->time, >, 0);
  change = own->pdata[0];
  g_assert_cmpstr (change->name, ==, "S1");
  g_assert_null (change->new_record);
  change = own->pdata[1];
  g_assert_nonnull (strstr (change->old_record, "C1"));
}

/* ---- what the tables say ---- */

static const struct { const char *path, *key; } keys[] = {
  { "clients", "custom_rates" }, { "clients.custom_rates", "when" }, { "packages.custom_rates.when", "month" }, { "packages.flat_rate.steps", "per" },
  { "packages.inbound", "bill" }, { "packages.inbound", "rate" }, { "packages.tiers", "by" }, { "packages.tiers.steps", "from" },
  { "packages.number_plan", "nanp" }, { "packages.rounding", "decimals" }, { "packages.included", "carry_over" }, { "currencies.rates", "rate" },
  { "filters", "pattern" }, { "company", "iban" },
};

static void
test_tables (void)
{
  g_autofree char *rate = tb_setup_record_write_new ("packages.custom_rates");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_auto (GStrv) list = tb_setup_record_list_keys (keys[i].path);

      g_test_message ("%s.%s", keys[i].path, keys[i].key);
      g_assert_nonnull (list);
      g_assert_true (g_strv_contains ((const char *const *) list, keys[i].key));
    }
  g_assert_null (tb_setup_record_list_keys ("clients.name"));
  g_assert_null (tb_setup_record_list_keys ("clients.nothing"));
  g_assert_true (g_strv_contains (tb_setup_record_get_words ("packages.mode"), "prepaid"));
  g_assert_null (tb_setup_record_get_words ("packages.name"));
  g_assert_nonnull (strstr (rate, "\"enabled\":true"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup-edit/changes", test_changes);
  g_test_add_func ("/setup-edit/refused", test_refused);
  g_test_add_func ("/setup-edit/meetings", test_meetings);
  g_test_add_func ("/setup-edit/written-down", test_written_down);
  g_test_add_func ("/setup-edit/tables", test_tables);
  return test_run_in_folder ();
}
