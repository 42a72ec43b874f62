/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "tb-billing-period.h"
#include "tb-command.h"
#include "tb-error.h"
#include "tb-setup-store.h"

/* ---- complaints ---- */

void
tb_run_complain (const char *message)
{
  g_autofree char *line = g_strdup (message);

  /* What comes from outside must not steer a terminal. */
  for (char *c = line; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_printerr ("tollbookctl: %s\n", g_strchomp (line));
}

void
tb_run_fail (TbRun *self, GError *error)
{
  tb_run_complain (error->message);
  g_error_free (error);
  self->failures++;
}

gboolean
tb_run_misuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args);
  va_end (args);
  return FALSE;
}

/* ---- books ---- */

static gboolean
take_zone (TbRun *self, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (self, error);
  const char *name = setup != NULL && setup->company != NULL ? setup->company->time_zone : NULL;

  if (setup == NULL)
    return FALSE;
  self->zone = tb_zone_new (name != NULL ? name : "UTC", error);
  if (self->zone != NULL)
    tb_output_set_zone (self->out, self->zone);
  return self->zone != NULL;
}

gboolean
tb_run_open (TbRun *self, gboolean create, GError **error)
{
  if (!create && !g_file_test (self->books, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There are no books at “%s”; “tollbookctl init” makes new ones."), self->books);
      return FALSE;
    }
  self->session = tb_session_new (self->books, create, error);
  if (self->session == NULL)
    return FALSE;
  self->store = tb_session_get_store (self->session);
  tb_db_set_cancellable (tb_store_get_db (self->store), tb_job_get_cancellable (self->job));
  return take_zone (self, error);
}

const TbSetup *
tb_run_get_setup (TbRun *self, GError **error)
{
  if (self->setup == NULL)
    self->setup = tb_setup_store_load (self->store, TB_SETUP_HEADS, error);
  return self->setup;
}

gboolean
tb_run_check_client (TbRun *self, const char *key, GError **error)
{
  const TbSetup *setup = key != NULL ? tb_run_get_setup (self, error) : NULL;

  if (key == NULL)
    return TRUE;
  if (setup == NULL)
    return FALSE;
  if (tb_setup_find_client (setup, key) != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no client “%s”."), key);
  return FALSE;
}

/* ---- options ---- */

gboolean
tb_run_has (TbRun *self, const char *option)
{
  return g_hash_table_contains (self->options, option);
}

const char *
tb_run_get (TbRun *self, const char *option)
{
  return g_hash_table_lookup (self->options, option);
}

gboolean
tb_run_get_day (TbRun *self, const char *option, TbDay *ret, GError **error)
{
  const char *text = tb_run_get (self, option);

  if (text == NULL || tb_day_parse (text, ret, NULL))
    return TRUE;
  return tb_run_misuse (error, _("--%s: “%s” is not a day like 2026-10-01."), option, text);
}

gboolean
tb_run_get_time (TbRun *self, const char *option, gint64 *ret, GError **error)
{
  const char *text = tb_run_get (self, option);
  TbDay day;

  if (text == NULL)
    return TRUE;
  if (tb_day_parse (text, &day, NULL))
    {
      *ret = tb_zone_to_utc (self->zone, day, 0, FALSE);
      return TRUE;
    }
  if (tb_time_parse (text, -1, self->zone, ret, NULL))
    return TRUE;
  return tb_run_misuse (error, _("--%s: “%s” is neither a day like 2026-10-01 nor a time like 2026-10-01T09:00:00-04:00."), option, text);
}

gboolean
tb_run_get_uint (TbRun *self, const char *option, guint *ret, GError **error)
{
  const char *text = tb_run_get (self, option);
  guint64 value;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &value, NULL))
    return tb_run_misuse (error, _("--%s: “%s” is not a whole number."), option, text);
  *ret = (guint) value;
  return TRUE;
}

gboolean
tb_run_get_month (TbRun *self, int *ret_year, int *ret_month, GError **error)
{
  const char *text = tb_run_get (self, "period");

  if (text == NULL)
    return tb_run_misuse (error, _("“%s” needs --period YYYY-MM."), self->command->name);
  if (tb_month_parse (text, ret_year, ret_month, NULL))
    return TRUE;
  return tb_run_misuse (error, _("--period: “%s” is not a month like 2026-10."), text);
}

gboolean
tb_run_get_span (TbRun *self, gboolean needed, gint64 *ret_from, gint64 *ret_to, GError **error)
{
  int year, month;
  TbDay first;
  gint64 from = 0, to = 0;

  if (needed || tb_run_has (self, "period"))
    {
      if (!tb_run_get_month (self, &year, &month, error))
        return FALSE;
      first = tb_day_from_ymd (year, month, 1);
      from = tb_zone_to_utc (self->zone, first, 0, FALSE);
      to = tb_zone_to_utc (self->zone, tb_day_add_months (first, 1, 1), 0, FALSE);
    }
  if (!tb_run_get_time (self, "from", &from, error) || !tb_run_get_time (self, "to", &to, error))
    return FALSE;
  if (to != 0 && to < from)
    return tb_run_misuse (error, _("--from lies after --to."));
  *ret_from = from;
  *ret_to = to;
  return TRUE;
}

/* ---- results that are files ---- */

gboolean
tb_run_give_text (TbRun *self, char *text, GError **error)
{
  g_autofree char *owned = text;
  const char *path = tb_run_get (self, "output");

  if (path == NULL)
    {
      tb_output_verbatim (self->out, g_steal_pointer (&owned));
      return TRUE;
    }
  if (!g_file_set_contents (path, owned, -1, error))
    {
      tb_error_convert (error, TB_ERROR_STORAGE);
      return FALSE;
    }
  tb_output_text (self->out, "file", _("File"), path);
  return TRUE;
}

/* ---- the thread that works, and the one that watches ---- */

typedef struct
{
  TbRun *run;
  GMainLoop *loop;
  GError *failure;
  gboolean ok, tty;
  gint64 shown; /* monotonic time of the last progress line; 0 = none yet */
} Watch;

#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 10)

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (((Watch *) data)->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
work (gpointer data)
{
  Watch *watch = data;
  TbRun *run = watch->run;

  watch->ok = (run->command->books == TB_BOOKS_NONE || tb_run_open (run, FALSE, &watch->failure)) && run->command->run (run, &watch->failure);
  g_idle_add (quit_cb, watch);
  return NULL;
}

/* The first signal asks the work to stop; the second one, its handler gone, ends the process. */
static gboolean
signal_cb (gpointer data)
{
  tb_job_cancel (((Watch *) data)->run->job);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (TbJob *job, GParamSpec *property, gpointer data)
{
  Watch *watch = data;
  gint64 now = g_get_monotonic_time ();
  double fraction = tb_job_get_fraction (job);
  g_autofree char *message = tb_job_dup_message (job);
  g_autofree char *percent = fraction >= 0 ? g_strdup_printf (" %d %%", (int) (fraction * 100)) : NULL;

  if (watch->shown != 0 && now - watch->shown < PROGRESS_INTERVAL)
    return;
  watch->shown = now;
  g_printerr ("\r%s:%s %s\033[K", tb_job_get_title (job), percent != NULL ? percent : " …", message != NULL ? message : "");
}

static void
watch_work (Watch *watch)
{
  g_autoptr (GThread) thread = NULL;
  guint signals[] = { g_unix_signal_add (SIGINT, signal_cb, watch), g_unix_signal_add (SIGTERM, signal_cb, watch),
                      g_unix_signal_add (SIGHUP, signal_cb, watch) };

  watch->loop = g_main_loop_new (NULL, FALSE);
  watch->tty = isatty (STDERR_FILENO) == 1;
  if (watch->tty)
    g_signal_connect (watch->run->job, "notify::fraction", G_CALLBACK (progress_cb), watch);
  thread = g_thread_new ("tollbookctl-work", work, watch);
  g_main_loop_run (watch->loop);
  g_thread_join (g_steal_pointer (&thread));
  g_signal_handlers_disconnect_by_data (watch->run->job, watch);
  if (watch->shown != 0)
    g_printerr ("\r\033[K");
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    if (g_main_context_find_source_by_id (NULL, signals[i]) != NULL)
      g_source_remove (signals[i]);
  g_main_loop_unref (watch->loop);
}

static int
tell (TbRun *self, Watch *watch)
{
  g_autoptr (GError) error = g_steal_pointer (&watch->failure);

  if (watch->ok && !tb_output_print (self->out, self->json, stdout, &error))
    watch->ok = FALSE;
  if (watch->ok)
    return self->failures == 0 ? 0 : 1;
  if (error != NULL && error->domain == G_OPTION_ERROR)
    {
      g_autofree char *message = g_strdup_printf (_("%s (see “tollbookctl %s --help”)"), error->message, self->command->name);

      tb_run_complain (message);
      return 2;
    }
  if (error != NULL)
    tb_run_complain (error->message);
  return 1;
}

int
tb_run_main (TbRun *self)
{
  Watch watch = { self };
  int code;

  self->job = tb_job_new (self->command->name);
  self->out = tb_output_new ();
  watch_work (&watch);
  code = tell (self, &watch);

  g_clear_pointer (&self->setup, tb_setup_free);
  if (self->session != NULL)
    tb_session_close (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, tb_zone_unref);
  tb_output_free (self->out);
  g_object_unref (self->job);
  return code;
}
