/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-writer.h"
#include "tb-clock.h"
#include "tb-set-aside-store.h"
#include "tb-test-company.h"
#include "test-books.h"

/* What becomes of records that could not be read. A story is steps: "bad 10 20 A" is a run that reads from 10 to 20 and cannot read the record A;
 * "bad 10 20" reads all; "broken 10 20 A" fails after it; "file A" is a file that is not of a run; "kept 10 20 A" a run with A in a file that was
 * collected; "dismiss" and "back" are of all. */

#define CONNECTION "pbx1"

static void
import (TbStore *store, const char *record, gboolean collected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallWriter) writer = tb_call_writer_begin (store, CONNECTION, "x", "csv", &error);
  TbImportCounts counts;

  g_assert_no_error (error);
  g_assert_true (tb_call_writer_reject (writer, 1, "no start", record, strlen (record), &error));
  if (collected)
    tb_call_writer_set_file (writer, record, "1");
  g_assert_true (tb_call_writer_finish (writer, &counts, &error));
}

static void
run (TbStore *store, char **words, TbSyncOutcome outcome, gboolean collected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbSyncRun) run = tb_sync_run_new (CONNECTION, tb_clock_now ());

  run->from = atoi (words[1]);
  run->to = run->from;
  g_assert_true (tb_sync_run_store_begin (store, run, &error));
  if (words[3] != NULL)
    import (store, words[3], collected);
  run->to = atoi (words[2]);
  run->ended = tb_clock_now ();
  run->outcome = outcome;
  run->counts.rejected = words[3] != NULL;
  g_assert_true (tb_sync_run_store_end (store, run, &error));
}

#define DISMISSED_AT 1000

static void
step (TbStore *store, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (words[0], "bad"))
    run (store, words, TB_SYNC_DONE, FALSE);
  else if (g_str_equal (words[0], "broken"))
    run (store, words, TB_SYNC_FAILED, FALSE);
  else if (g_str_equal (words[0], "kept"))
    run (store, words, TB_SYNC_DONE, TRUE);
  else if (g_str_equal (words[0], "file"))
    import (store, words[1], FALSE);
  else if (g_str_equal (words[0], "dismiss"))
    tb_set_aside_store_dismiss (store, TB_SET_ASIDE_RECORD, CONNECTION, 0, DISMISSED_AT, &error);
  else if (g_str_equal (words[0], "back"))
    tb_set_aside_store_take_back (store, TB_SET_ASIDE_RECORD, CONNECTION, 0, DISMISSED_AT, &error);
  else
    g_assert_not_reached ();
  g_assert_no_error (error);
}

/* Those that are open, each with how often it came, newest first: "B1 A3". */
static char *
list_open (TbStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = tb_quarantine_store_list (store, CONNECTION, 0, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  TbSetAsideCounts counts;

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      const TbQuarantined *record = records->pdata[i];

      g_string_append_printf (text, "%s%s%u", i > 0 ? " " : "", record->raw, record->times);
    }
  g_assert_true (tb_set_aside_store_count (store, CONNECTION, &counts, &error));
  g_assert_cmpuint (counts.records, ==, records->len);
  g_assert_cmpuint (counts.calls, ==, 0);
  return g_strdup (text->str);
}

static const struct
{
  const char *steps, *open;
  gint64 since;
  const char *why;
} stories[] = {
  { "bad 10 20 A", "A1", 10, "a record that could not be read" },
  { "bad 10 20 A; bad 15 30 B", "B1 A1", 10, "only a part of its time was read again, and perhaps not that of the record" },
  { "bad 10 20 A; bad 10 30 A", "A1", 10, "read again and still bad: once, and of the last time" },
  { "bad 10 20 A; bad 10 30", "", 0, "read again and mended" },
  { "bad 10 20 A; bad 5 20 B", "B1", 5, "mended, and another one is bad" },
  { "bad 10 20 A; bad 12 30 A", "A2", 10, "the same record twice is one" },
  { "bad 10 20 A; broken 10 30", "A1", 10, "a run that failed proves nothing" },
  { "broken 10 20 A; bad 10 30", "", 0, "one that failed had its record, too" },
  { "file A; bad 10 30", "A1", 0, "a file that a person imported is not read again" },
  { "kept 10 20 A; bad 10 30", "A1", 10, "nor is one that was collected" },
  { "bad 10 20 A; dismiss", "", 0, "a person has seen it" },
  { "bad 10 20 A; dismiss; bad 15 30 A", "", 0, "it comes again, and was seen" },
  { "bad 10 20 A; dismiss; bad 15 30 B", "B1", 15, "another one was not" },
  { "bad 10 20 A; dismiss; back", "A1", 10, "taken back" },
  { "bad 10 20 A; dismiss; bad 15 30 A; back", "A2", 10, "with those that came meanwhile" },
};

static void
test_stories (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *name = g_strdup_printf ("story-%u", i);
      g_autofree char *path = test_path (name);
      g_autoptr (TbStore) store = tb_test_books_new (path);
      g_auto (GStrv) steps = g_strsplit (stories[i].steps, "; ", -1);
      g_autofree char *open = NULL;
      gint64 since;

      g_test_message ("%s: %s", stories[i].steps, stories[i].why);
      for (guint s = 0; steps[s] != NULL; s++)
        {
          g_autofree char *now = g_strdup_printf ("2026-11-03T12:%02u:00Z", s);

          g_setenv ("TOLLBOOK_NOW", now, TRUE);
          step (store, steps[s]);
        }
      open = list_open (store);
      g_assert_cmpstr (open, ==, stories[i].open);
      g_assert_true (tb_quarantine_store_get_since (store, CONNECTION, &since, NULL));
      g_assert_cmpint (since, ==, stories[i].since);
    }
}

/* One of two, by its key; the other connection's are its own. */
static void
test_one (void)
{
  g_autofree char *path = test_path ("one");
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *rest = NULL;

  step (store, "file A");
  step (store, "file B");
  records = tb_quarantine_store_list (store, CONNECTION, 1, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_true (tb_set_aside_store_dismiss (store, TB_SET_ASIDE_RECORD, "pbx2", 0, 5, NULL));
  g_assert_true (tb_set_aside_store_dismiss (store, TB_SET_ASIDE_RECORD, CONNECTION, ((TbQuarantined *) records->pdata[0])->key, 5, NULL));
  rest = list_open (store);
  g_assert_cmpstr (rest, ==, "A1");
}

int
main (int argc, char *argv[])
{
  tb_clock_allow_override (TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/set-aside/stories", test_stories);
  g_test_add_func ("/set-aside/one", test_one);
  return test_run_in_folder ();
}
