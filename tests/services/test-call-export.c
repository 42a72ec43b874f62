/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "tb-call-export.h"
#include "tb-error.h"
#include "tb-rating-run.h"
#include "tb-sheet.h"
#include "tb-test-company.h"
#include "test-books.h"

#define OCTOBER G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */

/* Three calls: one with a price, one whose number begins as a formula does, one of nobody. */
static TbStore *
new_books (const char *name)
{
  g_autofree char *path = test_path (name);
  TbStore *store = tb_test_books_new (path);
  TbRatingCounts counts = { 0 };
  TbCall calls[] = {
    tb_test_call ("first", "acme", OCTOBER + 14 * 3600, "12045550142", 61),
    tb_test_call ("second", "acme", OCTOBER + 15 * 3600, "=1+1", 5),
    tb_test_call ("third", "unknown", OCTOBER + 16 * 3600, "442079460018", 90),
  };

  tb_test_import (store, calls, G_N_ELEMENTS (calls));
  g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, NULL));
  tb_rating_counts_clear (&counts);
  return store;
}

static char *
export (TbStore *store, const char *filter, const char *const *columns, const char *name, guint64 n)
{
  g_autofree char *path = test_path (name);
  g_autoptr (TbCallWhere) where = tb_call_where_parse (filter, NULL);
  const TbCallExport what = { where, TB_CALLS_BY_START, FALSE, columns };
  g_autoptr (GError) error = NULL;
  char *content;
  gsize len;
  guint64 got = 0;

  tb_call_export_run (store, &what, path, NULL, &got, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (got, ==, n);
  g_assert_true (g_file_get_contents (path, &content, &len, NULL));
  return content;
}

/* ---- CSV ---- */

static const struct
{
  const char *reason, *filter, *columns, *wanted;
  guint n;
} table[] = {
  { "as shown, in order, times of the company's zone", "", "start to", "Start,To\n2026-10-02 09:00:00,12045550142\n2026-10-02 10:00:00,'=1+1\n2026-10-02 11:00:00,442079460018\n", 3 },
  { "only what the filter lets through", "client:C1 to:1204*", "client seconds charge", "Client,Client’s name,Seconds,Charge,Currency\nC1,Client C1 Ltd,61,0.0385,CAD\n", 1 },
  { "what is not known is empty", "tenant:unknown", "client charge margin status", "Client,Client’s name,Charge,Currency,Margin,Margin currency,Status\n\"\",,,,,,No service\n", 1 },
  { "nothing but titles", "to:0", "start", "Start\n", 0 },
};

static void
test_csv (void)
{
  g_autoptr (TbStore) store = new_books ("csv");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) columns = g_strsplit (table[i].columns, " ", -1);
      g_autofree char *content = export (store, table[i].filter, (const char *const *) columns, "calls.csv", table[i].n);

      g_test_message ("%s", table[i].reason);
      g_assert_cmpstr (content, ==, table[i].wanted);
    }
}

/* ---- XLSX ---- */

/* One file of a ZIP (APPNOTE 4.3.7), unpacked. */
static char *
unzip (const char *path, const char *wanted)
{
  g_autofree char *zip = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (path, &zip, &len, NULL));
  for (gsize at = 0; at + 30 < len; at++)
    {
      guint16 name_len, extra_len;
      g_autoptr (GInputStream) memory = NULL;
      g_autoptr (GConverter) inflate = NULL;
      g_autoptr (GInputStream) plain = NULL;
      char *text;
      gsize got;

      if (memcmp (zip + at, "PK\3\4", 4) != 0)
        continue;
      memcpy (&name_len, zip + at + 26, 2);
      memcpy (&extra_len, zip + at + 28, 2);
      if (name_len != strlen (wanted) || memcmp (zip + at + 30, wanted, name_len) != 0)
        continue;
      at += 30u + name_len + extra_len;
      memory = g_memory_input_stream_new_from_data (zip + at, (gssize) (len - at), NULL);
      inflate = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
      plain = g_converter_input_stream_new (memory, inflate);
      text = g_malloc0 (1 << 20);
      g_input_stream_read_all (plain, text, (1 << 20) - 1, &got, NULL, NULL);
      return text;
    }
  return NULL;
}

static void
test_xlsx (void)
{
  static const char *const columns[] = { "start", "to", "seconds", NULL };
  g_autoptr (TbStore) store = new_books ("xlsx");
  g_autofree char *content = export (store, "", columns, "calls.xlsx", 3);
  g_autofree char *path = test_path ("calls.xlsx");
  g_autofree char *sheet = unzip (path, "xl/worksheets/sheet1.xml");

  g_assert_nonnull (sheet);
  g_assert_nonnull (strstr (sheet, "<t>Start</t>"));
  g_assert_nonnull (strstr (sheet, "<t>=1+1</t>")); /* a text, and not "<f>" */
  g_assert_null (strstr (sheet, "<f>"));
  g_assert_nonnull (strstr (sheet, "<v>61</v>"));
  g_assert_nonnull (strstr (sheet, "<v>46297.375</v>")); /* 2026-10-02 09:00 in days since 1899-12-30 */
}

/* ---- what goes wrong ---- */

static void
test_failures (void)
{
  static const char *const columns[] = { "start", NULL }, *const unknown[] = { "start", "colour", NULL };
  g_autoptr (TbStore) store = new_books ("failures");
  g_autofree char *path = test_path ("never.csv"), *part = test_path ("never.csv.part"), *nowhere = test_path ("no/such/folder.xlsx");
  g_autoptr (TbJob) job = tb_job_new ("export");
  TbCallExport what = { NULL, TB_CALLS_BY_START, TRUE, unknown };
  g_autoptr (GError) error = NULL;
  guint64 n;

  g_assert_false (tb_call_export_run (store, &what, path, NULL, &n, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  what.columns = columns;
  g_assert_false (tb_call_export_run (store, &what, nowhere, NULL, &n, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_STORAGE);
  g_clear_error (&error);
  tb_job_cancel (job);
  g_assert_false (tb_call_export_run (store, &what, path, job, &n, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call-export/csv", test_csv);
  g_test_add_func ("/call-export/xlsx", test_xlsx);
  g_test_add_func ("/call-export/failures", test_failures);

  return test_run_in_folder ();
}
