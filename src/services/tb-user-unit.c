/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-user-unit.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-text.h"

/* Of systemd: a unit's name with its ending. */
#define NAME_MAX_LENGTH 255

void
tb_user_unit_state_free (TbUserUnitState *self)
{
  if (self == NULL)
    return;
  g_free (self->failed);
  g_free (self);
}

/* ---- names ---- */

/* As systemd-escape(1) does it: what is no letter, digit, colon, underscore or dot becomes \xNN, a slash becomes a dash, and a dot may not come first. */
static char *
escape (const char *text)
{
  GString *name = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c == '/')
      g_string_append_c (name, '-');
    else if (g_ascii_isalnum (*c) || *c == ':' || *c == '_' || (*c == '.' && c > text))
      g_string_append_c (name, *c);
    else
      g_string_append_printf (name, "\\x%02x", (guchar) *c);
  return g_string_free (name, FALSE);
}

char *
tb_user_unit_for_sync (const char *path, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *instance = escape (whole + strspn (whole, "/"));
  g_autofree char *unit = g_strdup_printf ("tollbook-sync@%s.timer", instance);

  /* The service that the timer starts has the longer name. */
  if (strlen (unit) + strlen ("service") - strlen ("timer") <= NAME_MAX_LENGTH)
    return g_steal_pointer (&unit);
  g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("The path “%s” is too long for the name of a systemd unit. Keep the books in a folder nearer to the top."), whole);
  return NULL;
}

/* The connection's name for people, and which books' connection it is. */
static char *
receiver_instance (const char *path, const char *connection)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *key = g_strdup_printf ("%s\n%s", whole, connection);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = escape (connection);

  if (strlen (name) > NAME_MAX_LENGTH / 2)
    name[0] = '\0';
  return g_strdup_printf ("%s%s%.12s", name, *name != '\0' ? "." : "", digest);
}

char *
tb_user_unit_for_receiver (const char *path, const char *connection)
{
  g_autofree char *instance = receiver_instance (path, connection);

  return g_strdup_printf ("tollbook-receive@%s.service", instance);
}

/* As systemd.exec(5) reads an EnvironmentFile. */
static char *
quote (const char *value)
{
  GString *text = g_string_new ("\"");

  for (const char *c = value; *c != '\0'; c++)
    {
      if (strchr ("\"\\$`", *c) != NULL)
        g_string_append_c (text, '\\');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

gboolean
tb_user_unit_prepare_receiver (const char *path, const char *connection, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL), *instance = receiver_instance (path, connection);
  g_autofree char *file = g_strdup_printf ("%s.conf", instance);
  g_autofree char *name = g_build_filename (g_get_user_config_dir (), "tollbook", "receive", file, NULL), *folder = g_path_get_dirname (name);
  g_autofree char *books = quote (whole), *quoted = quote (connection);
  g_autofree char *text = g_strdup_printf ("TOLLBOOK_BOOKS=%s\nTOLLBOOK_CONNECTION=%s\n", books, quoted);
  g_autoptr (GError) failure = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_file_set_contents_full (name, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("%s cannot be written: %s."), name, failure != NULL ? failure->message : g_strerror (errno));
  return FALSE;
}

/* ---- systemctl ---- */

/* In a sandbox the systemd outside is out of reach, and must be. */
static GSubprocess *
run (const char *const *arguments, GError **error)
{
  GSubprocess *process = NULL;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    g_set_error_literal (error, TB_ERROR, TB_ERROR_UNSUPPORTED,
                         _("Tollbook runs in a sandbox, which cannot start anything when it is closed. Let “tollbookctl sync --due” run every minute outside of it."));
  else if ((process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL)) == NULL)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_UNSUPPORTED,
                         _("This computer has no systemd. Let “tollbookctl sync --due” run every minute in another way, by cron for example."));
  return process;
}

static void
set_refusal (const char *said, GError **error)
{
  g_autofree char *text = tb_text_for_message (said, -1, 300);

  if (strstr (said, "Failed to connect to bus") != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("There is no session of systemd for this user: %s"), text);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_FAILED, _("systemd refused: %s"), text);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *out = NULL, *err = NULL;
  GError *error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &out, &err, &error))
    tb_error_convert (&error, TB_ERROR_FAILED);
  else if (!g_subprocess_get_successful (G_SUBPROCESS (source)))
    set_refusal (g_strstrip (err), &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&out), g_free);
}

static void
run_async (const char *const *arguments, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  GError *error = NULL;
  g_autoptr (GSubprocess) process = run (arguments, &error);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE); /* its error would not be of our domain */
  if (process == NULL)
    g_task_return_error (task, error);
  else
    g_subprocess_communicate_utf8_async (process, NULL, cancellable, ended_cb, g_object_ref (task));
}

/* ---- asking ---- */

void
tb_user_unit_query_async (const char *unit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  const char *arguments[] = { "systemctl", "--user", "--no-pager", "--timestamp=unix", "show", "--property=LoadState,UnitFileState,ActiveState,Result,NextElapseUSecRealtime",
                              "--", unit, NULL };

  run_async (arguments, tb_user_unit_query_async, cancellable, callback, data);
}

static TbUserUnitState *
parse_state (const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (TbUserUnitState) state = g_new0 (TbUserUnitState, 1);
  gboolean loaded = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *value = strchr (lines[i], '=');

      if (value++ == NULL)
        continue;
      if (g_str_has_prefix (lines[i], "LoadState="))
        loaded = g_str_equal (value, "loaded");
      else if (g_str_has_prefix (lines[i], "UnitFileState="))
        state->enabled = g_str_equal (value, "enabled");
      else if (g_str_has_prefix (lines[i], "ActiveState="))
        state->active = g_str_equal (value, "active") || g_str_equal (value, "activating");
      else if (g_str_has_prefix (lines[i], "Result=") && !g_str_equal (value, "success") && *value != '\0')
        state->failed = g_strdup (value);
      else if (g_str_has_prefix (lines[i], "NextElapseUSecRealtime=@"))
        state->next = g_ascii_strtoll (value + 1, NULL, 10);
    }
  if (loaded)
    return g_steal_pointer (&state);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_UNSUPPORTED,
                       _("systemd does not know the units of Tollbook: they come with the installed program, and this one is not installed."));
  return NULL;
}

TbUserUnitState *
tb_user_unit_query_finish (GAsyncResult *result, GError **error)
{
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), error);

  return text != NULL ? parse_state (text, error) : NULL;
}

/* ---- switching ---- */

void
tb_user_unit_switch_async (const char *unit, gboolean on, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  const char *arguments[] = { "systemctl", "--user", "--no-pager", on ? "enable" : "disable", "--now", "--", unit, NULL };

  run_async (arguments, tb_user_unit_switch_async, cancellable, callback, data);
}

gboolean
tb_user_unit_switch_finish (GAsyncResult *result, GError **error)
{
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), error);

  return text != NULL;
}
