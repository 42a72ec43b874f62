/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-id-list.h"
#include "tb-kept-rows.h"
#include "tb-widgets.h"
#include "workstation.h"

/* Lists that are filled while a person looks: what says the same stays, and what is long comes in slices. */

/* Fills the list with a row for each letter; returns those that had to be made. */
static char *
fill (GtkWidget *list, const char *letters)
{
  GString *made = g_string_new (NULL);
  guint n = 0;

  for (; letters[n] != '\0'; n++)
    {
      const char key[] = { letters[n], '\0' };

      if (tb_kept_rows_has (list, n, key))
        continue;
      g_string_append (made, key);
      tb_kept_rows_put (list, n, tb_widgets_add_row (list, key, NULL), key);
    }
  tb_kept_rows_end (list, n);
  return g_string_free (made, FALSE);
}

static char *
titles_of (GtkWidget *list)
{
  GString *titles = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    g_string_append (titles, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  return g_string_free (titles, FALSE);
}

static void
test_rows (void)
{
  static const struct { const char *why, *before, *after, *made; } rows[] = {
    { "nothing was there", "", "abc", "abc" },
    { "all as it was", "abc", "abc", "" },
    { "a new one on top", "abc", "xabc", "x" },
    { "a new one on top, and the last goes", "abc", "xab", "x" },
    { "one in the middle changed", "abc", "axc", "x" },
    { "one in the middle is gone", "abc", "ac", "" },
    { "all others", "abc", "xyz", "xyz" },
    { "one that moves up lets go of those it passes", "abc", "cab", "ab" },
    { "the same twice", "aa", "aab", "b" },
    { "nothing any more", "abc", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GtkWidget) list = g_object_ref_sink (gtk_list_box_new ());
      g_autofree char *first = fill (list, rows[i].before), *made = NULL, *titles = NULL;

      g_test_message ("%s", rows[i].why);
      made = fill (list, rows[i].after);
      titles = titles_of (list);
      g_assert_cmpstr (titles, ==, rows[i].after);
      g_assert_cmpstr (made, ==, rows[i].made);
    }
}

static void
test_same (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (gtk_label_new (NULL));

  g_assert_false (tb_kept_is_same (widget, "a"));
  g_assert_true (tb_kept_is_same (widget, "a"));
  g_assert_false (tb_kept_is_same (widget, "b"));
  g_assert_false (tb_kept_is_same (widget, NULL));
  g_assert_true (tb_kept_is_same (widget, NULL));
}

/* ---- long lists ---- */

static TbItem *
fetch (gint64 id, gpointer data)
{
  return tb_item_new (GSIZE_TO_POINTER (id), NULL);
}

static GArray *
ids_until (gint64 n)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 0; i < n; i++)
    g_array_append_val (ids, i);
  return ids;
}

#define WIDGETS 205 /* rows that GTK makes widgets for */

typedef struct
{
  guint n;       /* rows that are there */
  guint largest; /* rows with widgets that came at once */
} Seen;

/* What is told of by items-changed is what is there, at any time. */
static void
count_cb (GListModel *list, guint position, guint removed, guint added, Seen *seen)
{
  seen->n += added - removed;
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, seen->n);
  if (position < WIDGETS)
    seen->largest = MAX (seen->largest, MIN (added, WIDGETS - position));
}

static gboolean
is_grown (gpointer data)
{
  return tb_id_list_count_growing () == 0;
}

static void
test_slices (void)
{
  static const struct { const char *why; guint n, at_once; } rows[] = {
    { "none", 0, 0 }, { "some", 10, 10 }, { "just what is shown at once", 24, 24 }, { "one more", 25, 24 },
    { "as many as have widgets", 240, 24 }, { "many", 100000, 24 }, { "fewer again", 30, 24 },
  };
  g_autoptr (TbIdList) list = tb_id_list_new (fetch, NULL);
  Seen seen = { 0, 0 };
  guint position;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &seen);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].why);
      tb_id_list_replace (list, ids_until (rows[i].n));
      g_assert_cmpuint (seen.n, ==, rows[i].at_once);
      workstation_wait (is_grown, NULL);
      g_assert_cmpuint (seen.n, ==, rows[i].n);
    }
  g_assert_cmpuint (seen.largest, ==, 24);
  tb_id_list_replace (list, ids_until (1000));
  g_assert_false (tb_id_list_find (list, 1000, &position));
  g_assert_cmpuint (seen.n, ==, 24);
  g_assert_true (tb_id_list_find (list, 999, &position)); /* what is found is there */
  g_assert_cmpuint (position, ==, 999);
  g_assert_cmpuint (seen.n, ==, 1000);
  g_assert_cmpuint (tb_id_list_count_growing (), ==, 0);
  tb_id_list_replace (list, ids_until (1000));
  tb_id_list_replace (list, NULL); /* while it grew */
  g_assert_cmpuint (tb_id_list_count_growing (), ==, 0);
  g_assert_cmpuint (seen.n, ==, 0);
  tb_id_list_replace (list, ids_until (1000));
  g_clear_object (&list); /* while it grows */
  g_assert_cmpuint (tb_id_list_count_growing (), ==, 0);
}

int
main (int argc, char **argv)
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/kept-rows/rows", test_rows);
  g_test_add_func ("/kept-rows/same", test_same);
  g_test_add_func ("/kept-rows/slices", test_slices);
  return g_test_run ();
}
