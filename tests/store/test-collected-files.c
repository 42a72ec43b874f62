/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-writer.h"
#include "tb-collected-file-store.h"
#include "tb-set-aside-store.h"
#include "tb-test-company.h"
#include "test-books.h"

/* Which collected files are known, day by day. */

#define CONNECTION "pbx1"
#define DAY G_GINT64_CONSTANT (86400)

typedef struct
{
  const char *why;
  gint64 day;
  const char *collected; /* file whose one call is stored; a capital letter: it also has a record that cannot be read; NULL = none is */
  const char *listed;    /* what is there, a letter each; NULL = nobody looks */
  const char *known;     /* afterwards */
  gint64 calls;
} Step;

static void
collect (TbStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallWriter) writer = tb_call_writer_begin (store, CONNECTION, name, "csv", &error);
  TbCall call = tb_test_call (name, "acme", G_GINT64_CONSTANT (1791374400), "1204", 60);
  TbImportCounts counts;

  g_assert_no_error (error);
  g_assert_true (tb_call_writer_add (writer, &call, &error));
  if (g_ascii_isupper (*name))
    g_assert_true (tb_call_writer_reject (writer, 2, "no start", name, 1, &error));
  tb_call_writer_set_file (writer, name, "1");
  g_assert_true (tb_call_writer_finish (writer, &counts, &error));
}

static GHashTable *
set_of (const char *letters)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (; *letters != '\0'; letters++)
    g_hash_table_add (set, g_strndup (letters, 1));
  return set;
}

static char *
known (TbStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) files = tb_collected_file_store_load (store, CONNECTION, &error);
  g_autoptr (GList) names = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  names = g_list_sort (g_hash_table_get_keys (files), (GCompareFunc) strcmp);
  for (GList *name = names; name != NULL; name = name->next)
    g_string_append (text, name->data);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_story (const Step *steps, guint n)
{
  g_autofree char *path = test_path ("files");
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (GError) error = NULL;

  tb_test_apply (store, setup);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *now_known = NULL;

      g_test_message ("%s", steps[i].why);
      if (steps[i].collected != NULL)
        collect (store, steps[i].collected);
      if (steps[i].listed != NULL)
        {
          g_autoptr (GHashTable) listed = set_of (steps[i].listed);

          g_assert_true (tb_collected_file_store_note_listing (store, CONNECTION, listed, 2000000000 + steps[i].day * DAY, &error));
          g_assert_no_error (error);
        }
      now_known = known (store);
      g_assert_cmpstr (now_known, ==, steps[i].known);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr"), ==, steps[i].calls);
    }
  tb_test_assert_sound (store);
  g_clear_pointer (&store, tb_store_close);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_stories (void)
{
  static const Step rotated[] = {
    { "two files", 0, "a", NULL, "a", 1 },
    { "…", 0, "b", "ab", "ab", 2 },
    { "one is taken away, and known on", 1, NULL, "b", "ab", 2 },
    { "until the memory ends", 35, NULL, "b", "ab", 2 },
    { "then it is forgotten", 36, NULL, "b", "b", 2 },
    { "what is there is known however old it is", 4000, NULL, "b", "b", 2 },
    { "came the other back: read again, it brings no call twice", 4001, "a", "ab", "ab", 2 },
  };
  static const Step returned[] = {
    { "a file", 0, "a", "a", "a", 1 },
    { "it is gone", 10, "b", "b", "ab", 2 },
    { "and back before the memory ends", 40, NULL, "ab", "ab", 2 },
    { "gone again: counted from then on", 41, NULL, "b", "ab", 2 },
    { "…", 75, NULL, "b", "ab", 2 },
    { "…", 76, NULL, "b", "b", 2 },
  };
  static const Step unmounted[] = {
    { "files", 0, "a", NULL, "a", 1 },
    { "…", 0, "b", "ab", "ab", 2 },
    { "a disk that is not mounted has none: that says nothing", 1, NULL, "", "ab", 2 },
    { "however long", 400, NULL, "", "ab", 2 },
    { "it is back", 401, NULL, "ab", "ab", 2 },
    { "nobody looked for years", 2000, NULL, NULL, "ab", 2 },
    { "one went away meanwhile: known on from this look", 2000, NULL, "a", "ab", 2 },
  };
  static const Step renewed[] = {
    { "a file", 0, "a", "a", "a", 1 },
    { "it is gone", 1, "b", "b", "ab", 2 },
    { "it was written anew, and is not there any more when it is looked for: gone from this look", 30, "a", "b", "ab", 2 },
    { "…", 36, NULL, "b", "ab", 2 },
    { "…", 65, NULL, "b", "b", 2 },
  };
  static const Step clocks[] = {
    { "a file", 0, "a", "a", "a", 1 },
    { "gone, seen with a clock that is years ahead", 3000, "b", "b", "ab", 2 },
    { "the clock is right again: gone from now on", 2, NULL, "b", "ab", 2 },
    { "…", 36, NULL, "b", "ab", 2 },
    { "…", 37, NULL, "b", "b", 2 },
  };
  static const Step open[] = {
    { "a file with a record that nobody has looked at yet", 0, "A", NULL, "A", 1 },
    { "another", 0, "b", "Ab", "Ab", 2 },
    { "gone, and known as long as its record waits", 1, NULL, "b", "Ab", 2 },
    { "…", 400, NULL, "b", "Ab", 2 },
  };

  check_story (rotated, G_N_ELEMENTS (rotated));
  check_story (returned, G_N_ELEMENTS (returned));
  check_story (unmounted, G_N_ELEMENTS (unmounted));
  check_story (renewed, G_N_ELEMENTS (renewed));
  check_story (clocks, G_N_ELEMENTS (clocks));
  check_story (open, G_N_ELEMENTS (open));
}

/* What another connection has is not looked at. */
static void
test_others (void)
{
  g_autofree char *path = test_path ("others");
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (GHashTable) listed = set_of ("x");
  g_autofree char *still = NULL;
  g_autoptr (GError) error = NULL;

  tb_test_apply (store, setup);
  collect (store, "a");
  for (gint64 day = 0; day <= 100; day += 50)
    g_assert_true (tb_collected_file_store_note_listing (store, "pbx2", listed, 2000000000 + day * DAY, &error));
  still = known (store);
  g_assert_cmpstr (still, ==, "a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/collected-files/stories", test_stories);
  g_test_add_func ("/collected-files/others", test_others);
  return test_run_in_folder ();
}
