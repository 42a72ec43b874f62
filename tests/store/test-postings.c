/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-posting-store.h"
#include "tb-test-company.h"
#include "test-books.h"

#define NOW G_GINT64_CONSTANT (1793500000)

static TbStore *
books_new (void)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("books-%u", n++);
  g_autofree char *path = test_path (name);
  TbStore *store = tb_test_books_new (path);

  /* two approved invoices of C1 and C2; what they are made of is no matter here */
  tb_test_exec (store, "INSERT INTO invoice (id, number, state, client, currency, period_start, period_end, year, month, due_days, net, tax, total, frozen) "
                       "SELECT id, 'INV-' || id, 1, id, currency, 0, 30, 2026, 10, 14, 0, 0, 0, '' FROM client WHERE key IN ('C1', 'C2')");
  return store;
}

static GPtrArray *
one (TbPostingKind kind, guint32 client, guint32 document, const char *part)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_posting_free);
  TbPosting *posting = tb_posting_new (kind);

  posting->client_id = client;
  posting->client = g_strdup ("C1");
  posting->document = document;
  g_free (posting->part);
  posting->part = g_strdup (part);
  posting->marker = g_strdup_printf ("TB-%d-%u-%u-%s", kind, client, document, part);
  g_ptr_array_add (list, posting);
  return list;
}

static guint32
add (TbStore *store, TbPostingKind kind, guint32 client, guint32 document, const char *part)
{
  g_autoptr (GPtrArray) list = one (kind, client, document, part);
  g_autoptr (GError) error = NULL;

  tb_posting_store_add (store, list, NOW, &error);
  g_assert_no_error (error);
  return ((TbPosting *) list->pdata[0])->id;
}

/* What a posting is made of comes back as it was, and its story grows by a line each move. */
static void
test_round_trip (void)
{
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (TbPosting) posting = tb_posting_store_get (store, add (store, TB_POSTING_INVOICE, 1, 1, "S1"), NULL), again = NULL;
  g_autoptr (GPtrArray) moves = NULL;
  g_autoptr (GError) error = NULL;
  guint64 counts[TB_POSTING_PARKED + 1];

  g_assert_cmpstr (posting->number, ==, "INV-1");
  posting->place = (TbPostingPlace){ TB_POSTING_UNKNOWN, TB_STEP_FILL, 11, 12, 13, 14, 15, 16, TRUE };
  posting->remote_id = 17;
  posting->above = 18;
  posting->message = g_strdup ("No answer.");
  g_assert_true (tb_posting_store_move (store, posting, "Lost.", NOW + 1, &error));
  again = tb_posting_store_get (store, posting->id, NULL);
  g_assert_cmpmem (&again->place, sizeof again->place, &posting->place, sizeof posting->place);
  g_assert_cmpint (again->remote_id, ==, 17);
  g_assert_cmpint (again->above, ==, 18);
  g_assert_cmpstr (again->message, ==, "No answer.");
  g_assert_cmpint (again->created, ==, NOW);
  g_assert_cmpint (again->changed, ==, NOW + 1);
  g_assert_cmpuint (again->version, ==, 1);
  moves = tb_posting_store_list_moves (store, posting->id, NULL);
  g_assert_cmpuint (moves->len, ==, 2);
  g_assert_cmpstr (((TbPostingMove *) moves->pdata[1])->text, ==, "Lost.");
  g_assert_cmpint (((TbPostingMove *) moves->pdata[1])->state, ==, TB_POSTING_UNKNOWN);
  g_assert_true (tb_posting_store_count (store, counts, NULL));
  g_assert_cmpuint (counts[TB_POSTING_UNKNOWN], ==, 1);
  g_assert_cmpuint (counts[TB_POSTING_READY], ==, 0);
}

/* One thing, once, whoever plans it and however. */
static void
test_once (void)
{
  static const struct
  {
    const char *reason;
    TbPostingKind kind;
    guint32 document;
    const char *part;
    gboolean good;
  } rows[] = {
    { "the same", TB_POSTING_INVOICE, 1, "", FALSE },
    { "a part of what went whole", TB_POSTING_INVOICE, 1, "S1", FALSE },
    { "another invoice", TB_POSTING_INVOICE, 2, "", TRUE },
    { "its cancellation", TB_POSTING_CANCEL, 1, "", TRUE },
    { "and again", TB_POSTING_CANCEL, 1, "", FALSE },
    { "a credit for it", TB_POSTING_CREDIT, 1, "use", TRUE },
    { "the same credit", TB_POSTING_CREDIT, 1, "use", FALSE },
    { "another credit", TB_POSTING_CREDIT, 1, "void", TRUE },
    { "a client", TB_POSTING_CLIENT_NEW, 0, "", TRUE },
    { "the client again, whose marker is the same", TB_POSTING_CLIENT_NEW, 0, "", FALSE },
  };
  g_autoptr (TbStore) store = books_new ();

  add (store, TB_POSTING_INVOICE, 1, 1, "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) list = one (rows[i].kind, rows[i].document == 2 ? 2 : 1, rows[i].document, rows[i].part);
      gint64 before = tb_test_query_int (store, "SELECT count(*) FROM posting");

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (tb_posting_store_add (store, list, NOW, NULL), ==, rows[i].good);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting"), ==, before + rows[i].good);
    }
}

/* Whoever moves a posting has seen its last move. */
static void
test_versions (void)
{
  g_autoptr (TbStore) store = books_new ();
  guint32 id = add (store, TB_POSTING_INVOICE, 1, 1, "");
  g_autoptr (TbPosting) mine = tb_posting_store_get (store, id, NULL), theirs = tb_posting_store_get (store, id, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (tb_posting_store_move (store, mine, "Mine.", NOW, NULL));
  g_assert_false (tb_posting_store_move (store, theirs, "Theirs.", NOW, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting_event"), ==, 2);
  g_assert_true (tb_posting_store_move (store, mine, "Mine.", NOW, NULL));
}

static void
test_filters (void)
{
  static const struct
  {
    TbPostingFilter filter;
    guint n;
  } rows[] = {
    { { -1, FALSE, NULL, 0 }, 3 }, { { TB_POSTING_DONE, FALSE, NULL, 0 }, 1 }, { { -1, TRUE, NULL, 0 }, 2 },
    { { -1, FALSE, "C1", 0 }, 2 }, { { -1, TRUE, "C1", 0 }, 1 },               { { TB_POSTING_PARKED, FALSE, NULL, 0 }, 0 },
  };
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (TbPosting) posting = tb_posting_store_get (store, add (store, TB_POSTING_INVOICE, 1, 1, ""), NULL), none = NULL;

  add (store, TB_POSTING_INVOICE, 2, 2, "");
  add (store, TB_POSTING_CLIENT_NEW, 1, 0, "");
  posting->place.state = TB_POSTING_DONE;
  g_assert_true (tb_posting_store_move (store, posting, "Done.", NOW, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = tb_posting_store_list (store, &rows[i].filter, NULL);

      g_assert_cmpuint (found->len, ==, rows[i].n);
    }
  g_assert_true (tb_posting_store_find (store, TB_POSTING_INVOICE, 2, "", &none, NULL));
  g_assert_cmpstr (none->client, ==, "C2");
  g_clear_pointer (&none, tb_posting_free);
  g_assert_true (tb_posting_store_find (store, TB_POSTING_CANCEL, 2, "", &none, NULL));
  g_assert_null (none);
}

static void
test_lease (void)
{
  static const struct
  {
    const char *reason, *holder, *host;
    gboolean alone;
    gint64 at;
    gboolean good;
  } rows[] = {
    { "nobody has it", "a", "office", FALSE, 0, TRUE },
    { "prolonged", "a", "office", FALSE, 10, TRUE },
    { "another workstation", "b", "home", TRUE, 20, FALSE },
    { "another program on the same one", "c", "office", FALSE, 20, FALSE },
    { "which knows that the first is gone", "c", "office", TRUE, 20, TRUE },
    { "the first one is back", "a", "office", FALSE, 21, FALSE },
    { "over", "b", "home", FALSE, 320, TRUE },
  };
  g_autoptr (TbStore) store = books_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (tb_posting_store_take_lease (store, rows[i].holder, rows[i].host, rows[i].alone, NOW + rows[i].at, NOW + rows[i].at + 300, &error), ==,
                       rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
    }
  g_assert_true (tb_posting_store_drop_lease (store, "a", NULL)); /* not its own: nothing happens */
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting_lease"), ==, 1);
  g_assert_true (tb_posting_store_drop_lease (store, "b", NULL));
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting_lease"), ==, 0);
}

static void
test_site (void)
{
  g_autoptr (TbStore) store = books_new (), other = books_new ();
  g_autofree char *first = tb_posting_store_dup_site (store, NULL), *second = tb_posting_store_dup_site (store, NULL),
                  *third = tb_posting_store_dup_site (other, NULL);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
}

static void
test_client_id (void)
{
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (GError) error = NULL;

  tb_test_exec (store, "UPDATE client SET whmcs_id = 0");
  g_assert_true (tb_posting_store_set_client (store, 1, 17, NULL));
  g_assert_true (tb_posting_store_set_client (store, 1, 17, NULL));
  g_assert_false (tb_posting_store_set_client (store, 2, 17, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_assert_false (tb_posting_store_set_client (store, 1, 18, NULL));
  g_assert_cmpint (tb_test_query_int (store, "SELECT whmcs_id FROM client WHERE id = 1"), ==, 17);
}

/* ---- laws ---- */

static const struct
{
  const char *reason, *sql, *finding;
} laws[] = {
  { "done without an invoice at WHMCS", "UPDATE posting SET state = 3", "do not say what they are" },
  { "the same for two", "UPDATE posting SET state = 3, remote_id = 7", "stand for several" },
  { "whole and in parts", "UPDATE posting SET document = 1, client = 1, part = 'S1' WHERE id = 2", "whole and in parts" },
  { "of another client", "UPDATE posting SET client = 2 WHERE id = 1", "no approved document" },
  { "of a draft", "UPDATE invoice SET state = 0, number = NULL WHERE id = 1", "no approved document" },
  { "of nothing", "UPDATE posting SET document = NULL WHERE id = 1", "no approved document" },
  { "a state that does not exist", "UPDATE posting SET state = 6 WHERE id = 1", "does not exist" },
  { "a story with a gap", "DELETE FROM posting_event WHERE posting = 1", "part of their story" },
};

static gboolean
is_found (TbStore *store, const char *text)
{
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_true (tb_store_check (store, &findings, NULL, NULL));
  for (guint i = 0; i < findings->len; i++)
    if (strstr (findings->pdata[i], text) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_laws (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
    {
      g_autoptr (TbStore) store = books_new ();

      g_test_message ("%s", laws[i].reason);
      add (store, TB_POSTING_INVOICE, 1, 1, "");
      add (store, TB_POSTING_INVOICE, 2, 2, "");
      g_assert_false (is_found (store, laws[i].finding));
      tb_test_exec (store, laws[i].sql);
      g_assert_true (is_found (store, laws[i].finding));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/postings/round-trip", test_round_trip);
  g_test_add_func ("/postings/once", test_once);
  g_test_add_func ("/postings/versions", test_versions);
  g_test_add_func ("/postings/filters", test_filters);
  g_test_add_func ("/postings/lease", test_lease);
  g_test_add_func ("/postings/site", test_site);
  g_test_add_func ("/postings/client-id", test_client_id);
  g_test_add_func ("/postings/laws", test_laws);
  return test_run_in_folder ();
}
