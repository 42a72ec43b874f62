/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-store.h"
#include "tb-error.h"
#include "tb-test-company.h"
#include "test-books.h"

#define NOON G_GINT64_CONSTANT (1791374400) /* 2026-10-07T12:00:00Z */

#define TEXT_50 "12345678901234567890123456789012345678901234567890"
#define TEXT_255 TEXT_50 TEXT_50 TEXT_50 TEXT_50 TEXT_50 "12345"

static TbStore *
new_books (const char *name)
{
  g_autofree char *path = test_path (name);

  return tb_test_books_new (path);
}

/* ---- what goes in comes out ---- */

static void
assert_same (const TbCall *a, const TbCall *b)
{
  g_assert_cmpstr (a->uid, ==, b->uid);
  g_assert_cmpstr (a->tenant, ==, b->tenant);
  g_assert_cmpstr (a->extension, ==, b->extension);
  g_assert_cmpstr (a->caller, ==, b->caller);
  g_assert_cmpstr (a->caller_name, ==, b->caller_name);
  g_assert_cmpstr (a->callee, ==, b->callee);
  g_assert_cmpstr (a->did, ==, b->did);
  g_assert_cmpstr (a->account_code, ==, b->account_code);
  g_assert_cmpstr (a->cause, ==, b->cause);
  g_assert_cmpint (a->direction, ==, b->direction);
  g_assert_cmpint (a->start, ==, b->start);
  g_assert_cmpint (a->ring, ==, b->ring);
  g_assert_cmpint (a->duration, ==, b->duration);
  g_assert_cmpint (a->seconds, ==, b->seconds);
}

#define CALL(...) { .uid = "u", .tenant = "acme", .extension = "", .caller = "1", .caller_name = "", .callee = "2", .did = "", .account_code = "", \
                    .cause = "", .start = NOON, .ring = -1, __VA_ARGS__ }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
static const TbCall rows[] = {
  CALL (.uid = "plain"),
  CALL (.uid = "555b0d22-a346-5ab8-9ece-7a6006f2d5fa"),                 /* a UUID: 16 bytes */
  CALL (.uid = "555B0D22-A346-5AB8-9ECE-7A6006F2D5FA"),                 /* in capitals it is another text, and stays so */
  CALL (.uid = "555b0d22-a346-5ab8-9ece-7a6006f2d5fg"),                 /* looks like one */
  CALL (.uid = "555b0d22a3465ab89ece7a6006f2d5fa"),                     /* without hyphens */
  CALL (.uid = "fifteen-letters"),                                      /* with its tag 16 bytes, yet no UUID */
  CALL (.uid = "sixteen-letters!"),
  CALL (.uid = "1770127331.42"),                                        /* Asterisk */
  CALL (.uid = "AB99C4F9-677A-5b30-a52e-c26a57fe01e6@192.0.2.17:5060;1"), /* SIP Call-ID of 52 characters */
  CALL (.uid = "1234567890123456789012345678901234567890123456789012345678901234"), /* 64 characters */
  CALL (.uid = TEXT_255),
  CALL (.uid = "ключ-☎"),
  CALL (.uid = "t"),
  CALL (.uid = "T"),
  CALL (.uid = "caller-zeros", .caller = "0044", .callee = "000"),      /* leading zeros */
  CALL (.uid = "caller-plus", .caller = "+442079460018", .callee = "+"),
  CALL (.uid = "one-digit", .caller = "0", .callee = "9"),
  CALL (.uid = "feature", .callee = "*97", .caller = "#31#12045550142"),
  CALL (.uid = "letters", .caller = "anonymous", .callee = "sip:alice@example.com"),
  CALL (.uid = "seventeen", .callee = "12345678901234567", .caller = "+12345678901234567"),
  CALL (.uid = "eighteen", .callee = "123456789012345678", .caller = "000000000000000000"), /* one digit too many for an integer */
  CALL (.uid = "long-number", .callee = TEXT_255, .caller = "1 204 555-0142"),
  CALL (.uid = "no-caller", .caller = ""),
  CALL (.uid = "no-callee", .callee = ""),
  CALL (.uid = "did", .did = "12045550101"),
  CALL (.uid = "did-word", .did = "main-line"),
  CALL (.uid = "names", .caller_name = "Zoë \"Mia\" Ng, Ltd", .extension = "1001", .account_code = "acme-01", .cause = "NORMAL_CLEARING"),
  CALL (.uid = "long-words", .extension = TEXT_255, .caller_name = TEXT_255, .account_code = TEXT_255, .cause = TEXT_255),
  CALL (.uid = "no-tenant", .tenant = ""),
  CALL (.uid = "long-tenant", .tenant = TEXT_255),
  CALL (.uid = "Tenant", .tenant = "ACME"),                             /* tenants differ by case as the PBX wrote them */
  CALL (.uid = "outbound", .direction = TB_DIRECTION_OUTBOUND),
  CALL (.uid = "inbound", .direction = TB_DIRECTION_INBOUND),
  CALL (.uid = "local", .direction = TB_DIRECTION_LOCAL),
  CALL (.uid = "answered", .ring = 7, .seconds = 60, .duration = 67),
  CALL (.uid = "at-once", .ring = 0, .seconds = 1, .duration = 1),      /* 0 seconds of ringing are not "not answered" */
  CALL (.uid = "tail", .ring = 7, .seconds = 60, .duration = 75),       /* 8 seconds after the talk */
  CALL (.uid = "short", .ring = 7, .seconds = 60, .duration = 60),      /* a PBX whose duration leaves out the ringing */
  CALL (.uid = "unanswered", .duration = 30),
  CALL (.uid = "longest", .ring = 0, .seconds = TB_CALL_MAX_SECONDS, .duration = TB_CALL_MAX_SECONDS),
  CALL (.uid = "first", .start = 0),                                    /* 1970-01-01 */
  CALL (.uid = "last", .start = G_MAXUINT32),                           /* 2106-02-07 */
};
#pragma GCC diagnostic pop

static void
test_survive (void)
{
  g_autoptr (TbStore) store = new_books ("survive");
  TbImportCounts counts = tb_test_import (store, rows, G_N_ELEMENTS (rows));

  g_assert_cmpuint (counts.added, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbCallRow) row = tb_call_store_find (store, rows[i].uid, &error);

      g_test_message ("%s", rows[i].uid);
      g_assert_no_error (error);
      assert_same (&row->call, &rows[i]);
      g_assert_cmpstr (row->connection, ==, "pbx1");
      g_assert_cmpint (row->rated.status, ==, TB_CALL_UNRATED);
    }
  counts = tb_test_import (store, rows, G_N_ELEMENTS (rows)); /* read back as the same, every one */
  g_assert_cmpuint (counts.duplicate, ==, G_N_ELEMENTS (rows));
  tb_test_assert_sound (store);
}

static int
compare_uids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Through the cursor they come in order of (start, uid), whatever their order of arrival. */
static void
test_cursor (void)
{
  g_autoptr (TbStore) store = new_books ("cursor");
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (TbCallCursor) cursor = NULL;
  g_autoptr (GError) error = NULL;
  const TbCall *call;
  guint n = 0;

  for (guint i = G_N_ELEMENTS (rows); i > 0; i--) /* one import each */
    tb_test_import (store, &rows[i - 1], 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].tenant, "acme") && rows[i].start == NOON)
      g_ptr_array_add (expected, (char *) rows[i].uid);
  g_ptr_array_sort (expected, compare_uids);
  cursor = tb_call_cursor_new (store, (guint32) tb_test_query_int (store, "SELECT id FROM tenant WHERE name = 'acme'"), NOON, NOON + 1, &error);
  g_assert_no_error (error);
  while (tb_call_cursor_next (cursor, &call, NULL, NULL, &error))
    g_assert_cmpstr (call->uid, ==, expected->pdata[n++]);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, expected->len);
}

/* ---- the same call again ---- */

typedef struct
{
  const char *name;
  guint split; /* so many of the records come in a first import, the rest in a second one */
  TbCall calls[4];
  guint n;
  TbImportCounts sum;
  const char *left; /* callees that the books hold in the end, by uid */
} Again;

#define AGAIN(u, t, second, to) { .uid = u, .tenant = t, .extension = "", .caller = "1", .caller_name = "", .callee = to, .did = "", .account_code = "", \
                                  .cause = "", .start = NOON + second, .ring = 0, .seconds = 60, .duration = 60 }

static void
test_again (void)
{
  static const Again table[] = {
    { "same record in one file", 2, { AGAIN ("a", "acme", 0, "1"), AGAIN ("a", "acme", 0, "1") }, 2, { .added = 1, .duplicate = 1 }, "1" },
    { "same record in two files", 1, { AGAIN ("a", "acme", 0, "1"), AGAIN ("a", "acme", 0, "1") }, 2, { .added = 1, .duplicate = 1 }, "1" },
    { "the later record holds, one file", 2, { AGAIN ("a", "acme", 0, "1"), AGAIN ("a", "acme", 0, "2") }, 2, { .added = 1, .changed = 1 }, "2" },
    { "the later record holds, two files", 1, { AGAIN ("a", "acme", 0, "1"), AGAIN ("a", "acme", 0, "2") }, 2, { .added = 1, .changed = 1 }, "2" },
    { "there and back", 4, { AGAIN ("a", "acme", 0, "1"), AGAIN ("a", "acme", 0, "2"), AGAIN ("a", "acme", 0, "1"), AGAIN ("a", "acme", 0, "1") }, 4,
      { .added = 1, .changed = 2, .duplicate = 1 }, "1" },
    { "moved to another second", 1, { AGAIN ("a", "acme", 0, "1"), AGAIN ("a", "acme", 90, "1") }, 2, { .added = 1, .changed = 1 }, "1" },
    { "moved to another tenant", 1, { AGAIN ("a", "acme", 0, "1"), AGAIN ("a", "beta", 0, "1") }, 2, { .added = 1, .changed = 1 }, "1" },
    { "moved into a second that is taken", 2,
      { AGAIN ("a", "acme", 0, "1"), AGAIN ("b", "acme", 90, "2"), AGAIN ("a", "acme", 90, "3"), AGAIN ("c", "acme", 90, "4") }, 4,
      { .added = 3, .changed = 1 }, "3 2 4" },
    { "two change places", 2,
      { AGAIN ("a", "acme", 0, "1"), AGAIN ("b", "acme", 90, "2"), AGAIN ("a", "acme", 90, "1"), AGAIN ("b", "acme", 0, "2") }, 4,
      { .added = 2, .changed = 2 }, "1 2" },
    { "another id in the same second is another call", 1, { AGAIN ("a", "acme", 0, "1"), AGAIN ("b", "acme", 0, "1") }, 2, { .added = 2 }, "1 1" },
    { "without an id: the same file again adds nothing", 2,
      { AGAIN ("", "acme", 0, "1"), AGAIN ("", "acme", 0, "1"), AGAIN ("", "acme", 0, "1"), AGAIN ("", "acme", 0, "1") }, 4,
      { .added = 2, .duplicate = 2 }, "1 1" },
    { "without an id: other content is another call", 1, { AGAIN ("", "acme", 0, "1"), AGAIN ("", "acme", 0, "2") }, 2, { .added = 2 }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *name = g_strdup_printf ("again-%u", i);
      g_autoptr (TbStore) store = new_books (name);
      TbImportCounts first = tb_test_import (store, table[i].calls, table[i].split);
      TbImportCounts second = tb_test_import (store, table[i].calls + table[i].split, table[i].n - table[i].split);
      g_autoptr (GString) left = g_string_new (NULL);
      g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT callee FROM cdr ORDER BY uid", NULL);
      gboolean has_row;

      g_test_message ("%s", table[i].name);
      g_assert_cmpuint (first.added + second.added, ==, table[i].sum.added);
      g_assert_cmpuint (first.duplicate + second.duplicate, ==, table[i].sum.duplicate);
      g_assert_cmpuint (first.changed + second.changed, ==, table[i].sum.changed);
      while (tb_statement_step (row, &has_row, NULL) && has_row)
        g_string_append_printf (left, "%s%d", left->len > 0 ? " " : "", (int) tb_statement_int (row, 0) - 10);
      if (table[i].left != NULL)
        g_assert_cmpstr (left->str, ==, table[i].left);
      tb_test_assert_sound (store);
    }
}

/* The same id on two connections is two calls. */
static void
test_connections (void)
{
  g_autoptr (TbStore) store = new_books ("connections");
  g_autoptr (TbCallWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  TbCall call = tb_test_call ("a", "acme", NOON, "1204", 60);
  TbImportCounts counts;

  tb_test_exec (store, "INSERT INTO connection (name) VALUES ('pbx2')");
  tb_test_import (store, &call, 1);
  writer = tb_call_writer_begin (store, "pbx2", "x", "csv", &error);
  g_assert_true (tb_call_writer_add (writer, &call, &error));
  g_assert_true (tb_call_writer_finish (writer, &counts, &error));
  g_assert_cmpuint (counts.added, ==, 1);
  tb_call_writer_free (g_steal_pointer (&writer));

  g_assert_null (tb_call_writer_begin (store, "pbx3", "x", "csv", &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "pbx3"));
  tb_test_assert_sound (store);
}

/* Many imports of many sizes: the runs of seen calls are merged and none is forgotten. */
static void
test_seen (void)
{
  g_autoptr (TbStore) store = new_books ("seen");
  guint sizes[40], total = 0;

  for (guint round = 0; round < 2; round++)
    {
      guint first = 0;

      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (TbCall));
          g_autoptr (GStringChunk) texts = g_string_chunk_new (4096);
          TbImportCounts counts;

          sizes[i] = i % 7 == 0 ? 300 : 1 + i % 5 * 11;
          for (guint n = 0; n < sizes[i]; n++)
            {
              g_autofree char *uid = g_strdup_printf ("%u-%u", i, n);
              TbCall call = tb_test_call (g_string_chunk_insert (texts, uid), "acme", NOON + (first + n) % 500, "1204", 60);

              g_array_append_val (calls, call);
            }
          first += sizes[i];
          counts = tb_test_import (store, (const TbCall *) (gpointer) calls->data, calls->len);
          g_assert_cmpuint (counts.added, ==, round == 0 ? sizes[i] : 0);
          g_assert_cmpuint (counts.duplicate, ==, round == 0 ? 0 : sizes[i]);
          g_assert_cmpint (tb_test_query_int (store, "SELECT count(DISTINCT run) FROM seen"), <=, 12);
        }
      total = first;
    }
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr"), ==, total);
  tb_test_assert_sound (store);
}

/* What one program keeps in mind of the books is no longer true when another has added calls, or when a transaction was rolled back: pages of ten calls
 * by two programs in turns, each page twice, each third page begun and let go of. */
static void
test_kept (void)
{
  g_autofree char *path = test_path ("kept");
  g_autoptr (TbStore) one = tb_test_books_new (path);
  g_autoptr (TbStore) other = tb_store_open (path, TB_DB_READ_WRITE, NULL);
  TbStore *const stores[] = { one, other };

  for (guint page = 0; page < 60; page++)
    {
      g_autoptr (GError) error = NULL;
      char uids[10][16];
      TbCall calls[10];

      for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
        {
          g_snprintf (uids[i], sizeof uids[i], "call-%u", page * 10 + i);
          calls[i] = rows[0];
          calls[i].uid = uids[i];
          calls[i].start += page * 60;
        }
      if (page % 3 == 0)
        {
          TbCallWriter *writer = tb_call_writer_begin (stores[page % 2], "pbx1", "let go of", "csv", &error);

          g_assert_no_error (error);
          for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
            g_assert_true (tb_call_writer_add (writer, &calls[i], NULL));
          tb_call_writer_free (writer);
        }
      g_assert_cmpuint (tb_test_import (stores[page % 2], calls, G_N_ELEMENTS (calls)).added, ==, G_N_ELEMENTS (calls));
      g_assert_cmpuint (tb_test_import (stores[(page / 2) % 2], calls, G_N_ELEMENTS (calls)).duplicate, ==, G_N_ELEMENTS (calls));
    }
  g_assert_cmpint (tb_test_query_int (one, "SELECT count(*) FROM cdr"), ==, 600);
  tb_test_assert_sound (one);
}

/* ---- limits ---- */

/* 32,768 calls of one tenant fit into a second. One more is refused, and of that import nothing stays. */
static void
test_full_second (void)
{
  g_autoptr (TbStore) store = new_books ("second");
  g_autoptr (TbCallWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  TbImportCounts counts;

  for (guint round = 0; round < 2; round++)
    {
      writer = tb_call_writer_begin (store, "pbx1", "x", "csv", &error);
      for (guint i = 0; i < (round == 0 ? 32768 : 1); i++)
        {
          g_autofree char *uid = g_strdup_printf ("%u-%u", round, i);
          TbCall call = tb_test_call (uid, "acme", NOON, "1204", 60);

          g_assert_true (tb_call_writer_add (writer, &call, &error));
        }
      g_assert_true (tb_call_writer_finish (writer, &counts, &error) == (round == 0));
      tb_call_writer_free (g_steal_pointer (&writer));
    }
  g_assert_error (error, TB_ERROR, TB_ERROR_OVERFLOW);
  g_assert_nonnull (strstr (error->message, "same second"));
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr"), ==, 32768);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM import"), ==, 1);

  /* 40,000 in one import */
  g_clear_error (&error);
  writer = tb_call_writer_begin (store, "pbx1", "x", "csv", &error);
  for (guint i = 0; i < 40000; i++)
    {
      g_autofree char *uid = g_strdup_printf ("x-%u", i);
      TbCall call = tb_test_call (uid, "acme", NOON + 10, "1204", 60);

      g_assert_true (tb_call_writer_add (writer, &call, &error));
    }
  g_assert_false (tb_call_writer_finish (writer, &counts, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_OVERFLOW);
  tb_call_writer_free (g_steal_pointer (&writer));
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr"), ==, 32768);
  tb_test_assert_sound (store);
}

/* The last tenant that fits works like any other; the next one is refused by name. */
static void
test_full_tenants (void)
{
  g_autoptr (TbStore) store = new_books ("tenants");
  g_autoptr (TbCallWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallCursor) cursor = NULL;
  g_autoptr (GArray) ids = NULL;
  TbCall last = tb_test_call ("a", "last", NOON, "1204", 60), over = tb_test_call ("b", "one-too-many", NOON, "1204", 60);
  TbCall again = tb_test_call ("a", "last", NOON + 1, "1204", 60);
  TbCallFilter filter = { 0 };
  guint64 statuses[TB_CALL_N_STATUS];
  const TbCall *call;

  tb_test_exec (store, "INSERT INTO tenant (id, connection, name) VALUES (65533, 1, 'last but one')");
  tb_test_import (store, &last, 1);
  g_assert_cmpint (tb_test_import (store, &again, 1).changed, ==, 1);
  g_assert_cmpint (tb_test_query_int (store, "SELECT id FROM tenant WHERE name = 'last'"), ==, 65534);

  cursor = tb_call_cursor_new (store, 65534, 0, 0, &error);
  g_assert_true (tb_call_cursor_next (cursor, &call, NULL, NULL, &error));
  g_assert_cmpstr (call->uid, ==, "a");
  ids = tb_call_store_list_ids (store, &filter, TB_CALLS_BY_START, FALSE, NULL, &error);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_true (tb_call_store_count_statuses (store, 0, 0, NULL, statuses, &error));
  g_assert_cmpuint (statuses[TB_CALL_UNRATED], ==, 1);
  tb_call_cursor_free (g_steal_pointer (&cursor));

  writer = tb_call_writer_begin (store, "pbx1", "x", "csv", &error);
  g_assert_false (tb_call_writer_add (writer, &over, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_OVERFLOW);
  g_assert_nonnull (strstr (error->message, "one-too-many"));
}

/* An import that is not finished leaves nothing behind. */
static void
test_dropped (void)
{
  g_autoptr (TbStore) store = new_books ("dropped");
  g_autoptr (GError) error = NULL;
  TbCallWriter *writer = tb_call_writer_begin (store, "pbx1", "x", "csv", &error);
  TbCall call = tb_test_call ("a", "new-tenant", NOON, "a-word", 60);

  g_assert_true (tb_call_writer_add (writer, &call, &error));
  g_assert_true (tb_call_writer_reject (writer, 2, "bad", "x\0y", 3, &error));
  tb_call_writer_set_cursor (writer, NOON);
  tb_call_writer_free (writer);
  g_assert_cmpint (tb_test_query_int (store, "SELECT (SELECT count(*) FROM cdr) + (SELECT count(*) FROM import) + (SELECT count(*) FROM tenant) "
                                             "+ (SELECT count(*) FROM word) + (SELECT count(*) FROM reject) + (SELECT count(*) FROM connection_state) "
                                             "+ (SELECT count(*) FROM seen)"),
                   ==, 0);
}

static void
test_rejects (void)
{
  g_autoptr (TbStore) store = new_books ("rejects");
  g_autoptr (GError) error = NULL;
  TbCallWriter *writer = tb_call_writer_begin (store, "pbx1", "calls.csv", "csv", &error);
  g_autoptr (GPtrArray) rejects = NULL, imports = NULL;
  TbImportCounts counts;

  g_assert_true (tb_call_writer_reject (writer, 9, "later", "nine", 4, &error));
  g_assert_true (tb_call_writer_reject (writer, 2, "bad start “x”", "x;y", 3, &error));
  tb_call_writer_set_cursor (writer, NOON);
  g_assert_true (tb_call_writer_finish (writer, &counts, &error));
  tb_call_writer_free (writer);
  g_assert_cmpuint (counts.read, ==, 2);
  g_assert_cmpuint (counts.rejected, ==, 2);

  imports = tb_import_store_list (store, "pbx1", 0, &error);
  g_assert_cmpuint (imports->len, ==, 1);
  g_assert_cmpstr (((TbImport *) imports->pdata[0])->source, ==, "calls.csv");
  g_assert_cmpuint (((TbImport *) imports->pdata[0])->rejected, ==, 2);
  rejects = tb_import_store_list_rejects (store, counts.import_id, 0, &error);
  g_assert_cmpuint (rejects->len, ==, 2);
  g_assert_cmpuint (((TbReject *) rejects->pdata[0])->line, ==, 2); /* in order of line */
  g_assert_cmpstr (((TbReject *) rejects->pdata[0])->reason, ==, "bad start “x”");
  g_assert_cmpstr (((TbReject *) rejects->pdata[0])->raw, ==, "x;y");
  g_assert_cmpint (tb_test_query_int (store, "SELECT cursor FROM connection_state"), ==, NOON);
  tb_test_assert_sound (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calls/survive", test_survive);
  g_test_add_func ("/calls/cursor", test_cursor);
  g_test_add_func ("/calls/again", test_again);
  g_test_add_func ("/calls/connections", test_connections);
  g_test_add_func ("/calls/seen", test_seen);
  g_test_add_func ("/calls/kept", test_kept);
  g_test_add_func ("/calls/full-second", test_full_second);
  g_test_add_func ("/calls/full-tenants", test_full_tenants);
  g_test_add_func ("/calls/dropped", test_dropped);
  g_test_add_func ("/calls/rejects", test_rejects);
  return test_run_in_folder ();
}
