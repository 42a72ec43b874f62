/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-view-store.h"
#include "tb-error.h"
#include "test-books.h"

static const struct
{
  const char *reason, *name, *filter;
  gboolean taken;
} rows[] = {
  { "a filter under a name", "Losses", "margin<0 start:last-month", TRUE },
  { "all calls, sorted", "Dear ones", "", TRUE },
  { "the same name takes other values", "Losses", "margin<0", TRUE },
  { "what nobody can read is not kept", "Wrong", "clientt:C1", FALSE },
  { "no name", "", "client:C1", FALSE },
};

static void
test_views (void)
{
  g_autofree char *path = test_path ("views");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = tb_store_create (path, &error);
  g_autoptr (GPtrArray) views = NULL, left = NULL;
  const TbCallView *first, *second;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TbCallView view = { 0, (char *) rows[i].name, (char *) rows[i].filter, TB_CALLS_BY_CHARGE, i % 2 };

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (tb_call_view_store_put (store, &view, &error), ==, rows[i].taken);
      if (!rows[i].taken)
        g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
      g_clear_error (&error);
    }
  views = tb_call_view_store_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (views->len, ==, 2);
  first = views->pdata[0];
  second = views->pdata[1];
  g_assert_cmpstr (first->name, ==, "Dear ones");
  g_assert_cmpint (first->order, ==, TB_CALLS_BY_CHARGE);
  g_assert_true (first->descending);
  g_assert_cmpstr (second->filter, ==, "margin<0");
  g_assert_false (second->descending);
  g_assert_true (tb_call_view_store_remove (store, second->id, &error));
  g_assert_true (tb_call_view_store_remove (store, second->id, &error));
  left = tb_call_view_store_list (store, &error);
  g_assert_cmpuint (left->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call-views/views", test_views);

  return test_run_in_folder ();
}
