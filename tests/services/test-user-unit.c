/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "tb-error.h"
#include "tb-user-unit.h"
#include "test-books.h"

/* The systemctl of these tests is a script that notes how it was called, says what it is told, and ends as it is told. */

static char *noted;

static void
make_systemctl (const char *says, const char *complains, int code)
{
  g_autofree char *path = test_path ("systemctl");
  g_autofree char *said = test_path ("said");
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nfor word; do printf '<%%s>' \"$word\"; done >'%s'\ncat '%s'\necho '%s' >&2\nexit %d\n", noted, said, complains, code);

  g_assert_true (g_file_set_contents (said, says, -1, NULL));
  g_assert_true (g_file_set_contents (path, script, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* ---- names ---- */

static const struct
{
  const char *path, *unit;
} paths[] = {
  /* As systemd-escape --path has them. */
  { "/home/ann/.local/share/tollbook/books.tollbook", "tollbook-sync@home-ann-.local-share-tollbook-books.tollbook.timer" },
  { "/home/ann/Books of Ünal.tollbook", "tollbook-sync@home-ann-Books\\x20of\\x20\\xc3\\x9cnal.tollbook.timer" },
  { "/srv/a-b/c_d:e.tollbook", "tollbook-sync@srv-a\\x2db-c_d:e.tollbook.timer" },
  { "/.x/y", "tollbook-sync@\\x2ex-y.timer" },
  { "/a$b/c%d\"e", "tollbook-sync@a\\x24b-c\\x25d\\x22e.timer" },
  { "//a/../b/", "tollbook-sync@b.timer" },
};

static void
test_names (void)
{
  g_autofree char *deep = g_strnfill (250, 'a');
  g_autofree char *too_long = g_strconcat ("/", deep, NULL);
  g_autofree char *one = tb_user_unit_for_receiver ("/a/b", "pbx 1"), *other = tb_user_unit_for_receiver ("/a/c", "pbx 1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *unit = tb_user_unit_for_sync (paths[i].path, NULL);

      g_assert_cmpstr (unit, ==, paths[i].unit);
    }
  g_assert_null (tb_user_unit_for_sync (too_long, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED);
  g_assert_true (g_str_has_prefix (one, "tollbook-receive@pbx\\x201."));
  g_assert_true (g_str_has_suffix (one, ".service"));
  g_assert_cmpstr (one, !=, other); /* the same name in other books is another connection */
}

/* What the service reads, by a shell, which has the same rules for what stands in double quotes. */
static void
test_receiver (void)
{
  g_autofree char *unit = tb_user_unit_for_receiver ("/srv/It's $HOME \"x\"", "a\\b `c`");
  g_autofree char *instance = g_strndup (strchr (unit, '@') + 1, strlen (strchr (unit, '@') + 1) - strlen (".service"));
  g_autofree char *name = g_strdup_printf ("%s/tollbook/receive/%s.conf", g_get_user_config_dir (), instance);
  g_autofree char *out = NULL;
  const char *shell[] = { "/bin/sh", "-c", ". \"$0\"; printf '%s|%s' \"$TOLLBOOK_BOOKS\" \"$TOLLBOOK_CONNECTION\"", name, NULL };

  g_assert_true (tb_user_unit_prepare_receiver ("/srv/It's $HOME \"x\"", "a\\b `c`", NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) shell, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, NULL, NULL));
  g_assert_cmpstr (out, ==, "/srv/It's $HOME \"x\"|a\\b `c`");
  for (guint depth = 0; depth < 3; depth++) /* the file, and the two folders made for it */
    {
      char *folder = g_path_get_dirname (name);

      g_assert_cmpint (g_remove (name), ==, 0);
      g_free (name);
      name = folder;
    }
}

/* ---- what systemd says ---- */

static const struct
{
  const char *says, *complains;
  int code;
  gboolean enabled, active;
  gint64 next;
  const char *failed, *error, *why;
} answers[] = {
  { "Result=success\nNextElapseUSecRealtime=@1795582800\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\n", "", 0, TRUE, TRUE, 1795582800, NULL, NULL, "on" },
  { "Result=success\nNextElapseUSecRealtime=\nLoadState=loaded\nActiveState=inactive\nUnitFileState=disabled\n", "", 0, FALSE, FALSE, 0, NULL, NULL, "off" },
  { "Result=exit-code\nLoadState=loaded\nActiveState=failed\nUnitFileState=enabled\n", "", 0, TRUE, FALSE, 0, "exit-code", NULL, "it ended badly" },
  { "Result=success\nLoadState=not-found\nActiveState=inactive\nUnitFileState=\n", "", 0, FALSE, FALSE, 0, NULL, "not installed", "no such unit" },
  { "", "Failed to connect to bus: No medium found", 1, FALSE, FALSE, 0, NULL, "no session of systemd", "as in a container" },
  { "", "Access denied", 1, FALSE, FALSE, 0, NULL, "systemd refused: Access denied", "another refusal" },
};

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (TbUserUnitState) state = NULL;

      g_test_message ("%s", answers[i].why);
      make_systemctl (answers[i].says, answers[i].complains, answers[i].code);
      tb_user_unit_query_async ("x.timer", NULL, done_cb, &result);
      state = tb_user_unit_query_finish (wait_for (&result), &error);
      if (answers[i].error != NULL)
        {
          g_assert_null (state);
          g_assert_nonnull (strstr (error->message, answers[i].error));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (state->enabled, ==, answers[i].enabled);
      g_assert_cmpint (state->active, ==, answers[i].active);
      g_assert_cmpint (state->next, ==, answers[i].next);
      g_assert_cmpstr (state->failed, ==, answers[i].failed);
    }
}

static void
test_switch (void)
{
  for (guint on = 0; on < 2; on++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *called = NULL;
      g_autoptr (GError) error = NULL;

      make_systemctl ("", "Created symlink", 0);
      tb_user_unit_switch_async ("a\\x20$b.timer", on, NULL, done_cb, &result);
      g_assert_true (tb_user_unit_switch_finish (wait_for (&result), &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (noted, &called, NULL, NULL));
      g_assert_cmpstr (called, ==, on ? "<--user><--no-pager><enable><--now><--><a\\x20$b.timer>" : "<--user><--no-pager><disable><--now><--><a\\x20$b.timer>");
    }
}

static void
test_no_systemd (void)
{
  g_autofree char *empty = test_path ("nothing-here"), *path = g_strdup (g_getenv ("PATH"));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("PATH", empty, TRUE);
  tb_user_unit_query_async ("x.timer", NULL, done_cb, &result);
  g_assert_null (tb_user_unit_query_finish (wait_for (&result), &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "cron"));
  g_setenv ("PATH", path, TRUE);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = test_path (""), *path = g_strconcat (folder, ":", g_getenv ("PATH"), NULL);
  int result;

  g_setenv ("PATH", path, TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  noted = test_path ("noted");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/user-unit/names", test_names);
  g_test_add_func ("/user-unit/receiver", test_receiver);
  g_test_add_func ("/user-unit/answers", test_answers);
  g_test_add_func ("/user-unit/switch", test_switch);
  g_test_add_func ("/user-unit/no-systemd", test_no_systemd);
  result = test_run_in_folder ();
  g_free (noted);
  return result;
}
