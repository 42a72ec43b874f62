/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-sync.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-cdr-import.h"
#include "tb-clock.h"
#include "tb-connection-store.h"
#include "tb-error.h"
#include "tb-pbx.h"
#include "tb-secret.h"
#include "tb-setup-store.h"
#include "tb-text.h"

/* How far back a first collection goes when the connection does not say. */
#define FIRST_DAYS 31
/* How long a window is read again because records of it could not be read. */
#define HOLD_DAYS 7

void
tb_sync_result_free (TbSyncResult *self)
{
  if (self == NULL)
    return;
  g_free (self->connection);
  g_free (self);
}

/* ---- one collection, step by step on the main context; every touch of the books is an order to the worker ---- */

typedef struct
{
  TbSession *session;
  char *name;
  TbJob *job;
  TbPbx *pbx;
  TbPbxTalk *talk;       /* about the window that begins at `at` */
  gint64 at, end, first; /* begin of the window; when to stop; where it began */
  gint64 cursor;         /* as it was: what lies behind it is only read again, so no window may move it back */
  gint64 held;           /* begin of the first window with records that could not be read; 0 = there is none */
  TbSyncResult *result;
  char *file;            /* whose calls are being stored; NULL = they are of none */
  GError *unread;        /* a file that could not be read: what is told at the end, for it does not stop the others */
} Sync;

/* What the worker finds out before the network is asked. */
typedef struct
{
  TbConnection *connection;
  char *secret;
  GHashTable *files; /* that were collected */
  gint64 cursor;
  gint64 since;
  gint64 never_before; /* the day that was set; 0 = none was */
} Start;

static void
sync_free (gpointer data)
{
  Sync *self = data;

  g_clear_object (&self->session);
  g_clear_object (&self->job);
  g_clear_pointer (&self->talk, tb_pbx_talk_free);
  g_clear_object (&self->pbx);
  g_clear_pointer (&self->result, tb_sync_result_free);
  g_clear_error (&self->unread);
  g_free (self->file);
  g_free (self->name);
  g_free (self);
}

static void
start_free (gpointer data)
{
  Start *start = data;

  tb_connection_free (start->connection);
  tb_secret_free (start->secret);
  g_clear_pointer (&start->files, g_hash_table_unref);
  g_free (start);
}

static gint64
cursor_of (TbStore *store, const char *name)
{
  g_autoptr (GPtrArray) states = tb_connection_store_list_states (store, NULL);

  for (guint i = 0; states != NULL && i < states->len; i++)
    if (strcmp (((TbConnectionState *) states->pdata[i])->name, name) == 0)
      return ((TbConnectionState *) states->pdata[i])->cursor;
  return 0;
}

static gpointer
read_start (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const char *name = data;
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  const TbConnection *connection = setup != NULL ? tb_setup_find_connection (setup, name) : NULL;
  g_autoptr (TbZone) zone = NULL;
  g_autoptr (GError) failure = NULL;
  char *secret;
  Start *start;

  if (setup == NULL)
    return NULL;
  if (connection == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), name);
      return NULL;
    }
  zone = tb_zone_new (connection->time_zone != NULL ? connection->time_zone : "UTC", error);
  if (zone == NULL)
    return NULL;
  secret = tb_secret_lookup (name, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  start = g_new0 (Start, 1);
  start->connection = tb_connection_copy (connection);
  start->secret = secret;
  start->files = tb_connection_store_load_files (store, name, &failure);
  start->cursor = cursor_of (store, name);
  start->never_before = connection->since != TB_DAY_NONE ? tb_zone_to_utc (zone, connection->since, 0, FALSE) : 0;
  start->since = start->never_before > 0 ? start->never_before : tb_clock_now () - FIRST_DAYS * 86400;
  if (start->files != NULL)
    return start;
  g_propagate_error (error, g_steal_pointer (&failure));
  start_free (start);
  return NULL;
}

/* ---- orders to the worker ---- */

/* A page of calls to store, or without a page only the cursor to move. */
typedef struct
{
  char *name;
  TbPbxPage *page;
  gint64 cursor; /* 0 = more of the window follows */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  tb_pbx_page_free (order->page);
  g_free (order->name);
  g_free (order);
}

static gpointer
store_page (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Order *order = data;
  const TbCdrSource source = { order->page->source, order->cursor, order->page->file, order->page->version };

  return tb_cdr_import_from_reader (store, order->page->reader, order->name, &source, NULL, 0, NULL, error);
}

static gpointer
store_cursor (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Order *order = data;

  return tb_connection_store_set_cursor (store, order->name, order->cursor, error) ? order : NULL;
}

typedef struct
{
  char *name;
  char *failure; /* NULL = it went well */
} Note;

static void
note_free (gpointer data)
{
  g_free (((Note *) data)->name);
  g_free (((Note *) data)->failure);
  g_free (data);
}

static gpointer
write_note (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Note *note = data;

  return tb_connection_store_note_run (store, note->name, tb_clock_now (), note->failure, error) ? note : NULL;
}

/* ---- the end, good or bad, is noted in the books before the caller hears of it ---- */

static void
on_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sync *self = g_task_get_task_data (task);
  GError *failure = g_object_get_data (G_OBJECT (task), "failure");

  tb_session_run_finish (TB_SESSION (source), result, NULL);
  if (self->job != NULL)
    tb_job_finish (self->job, failure == NULL                                             ? TB_JOB_DONE
                              : g_error_matches (failure, TB_ERROR, TB_ERROR_CANCELLED) ? TB_JOB_CANCELLED
                                                                                          : TB_JOB_FAILED);
  if (failure != NULL)
    g_task_return_error (task, g_error_copy (failure));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->result), (GDestroyNotify) tb_sync_result_free);
}

static void
end (GTask *task, GError *failure)
{
  Sync *self = g_task_get_task_data (task);
  Note *note = g_new0 (Note, 1);

  note->name = g_strdup (self->name);
  note->failure = failure != NULL ? g_strdup (failure->message) : NULL;
  if (failure != NULL)
    {
      g_prefix_error (&failure, "%s: ", self->name);
      g_object_set_data_full (G_OBJECT (task), "failure", failure, (GDestroyNotify) g_error_free);
    }
  tb_session_run_async (self->session, NULL, TRUE, write_note, note, note_free, NULL, on_noted, task);
}

static void next_page (GTask *task);
static void next_window (GTask *task);

/* Where the window ends. */
static gint64
window_end (const Sync *self)
{
  return MIN (self->at + tb_pbx_get_max_window (self->pbx), self->end);
}

/* Where the next run goes on. A window with records that could not be read is read again for some days: they may be mended. */
static gint64
settled (const Sync *self)
{
  gint64 cursor = MAX (window_end (self), self->cursor);

  return self->held > 0 ? MIN (cursor, MAX (self->held, self->end - HOLD_DAYS * 86400)) : cursor;
}

static void
finish_window (GTask *task)
{
  Sync *self = g_task_get_task_data (task);

  self->at = window_end (self);
  self->result->windows++;
  g_clear_pointer (&self->talk, tb_pbx_talk_free);
  tb_job_report (self->job, self->end > self->first ? (double) (self->at - self->first) / (double) (self->end - self->first) : -1, NULL);
  next_window (task);
}

static void
add_counts (TbImportCounts *sum, const TbImportCounts *counts)
{
  sum->import_id = counts->import_id;
  sum->read += counts->read;
  sum->added += counts->added;
  sum->duplicate += counts->duplicate;
  sum->changed += counts->changed;
  sum->conflict += counts->conflict;
  sum->rejected += counts->rejected;
}

static void
on_page_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *self = g_task_get_task_data (task);
  GError *failure = NULL;
  g_autoptr (TbCdrImport) import = tb_session_run_finish (TB_SESSION (source), result, &failure);

  if (import == NULL && (self->file == NULL || !g_error_matches (failure, TB_ERROR, TB_ERROR_INVALID_INPUT)))
    return end (task, failure);
  if (import != NULL)
    add_counts (&self->result->counts, &import->counts);
  else if (self->unread == NULL)
    g_propagate_prefixed_error (&self->unread, failure, "%s: ", self->file);
  else
    g_error_free (failure);
  if (self->held == 0 && self->result->counts.rejected > 0)
    self->held = self->at;
  if (tb_pbx_talk_is_over (self->talk))
    finish_window (task);
  else
    next_page (task);
}

static void
on_cursor_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *failure = NULL;

  if (tb_session_run_finish (TB_SESSION (source), result, &failure) == NULL)
    end (task, failure);
  else
    finish_window (task);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *self = g_task_get_task_data (task);
  GError *failure = NULL;
  TbPbxPage *page = tb_pbx_talk_next_finish (self->talk, result, &failure);
  Order *order;

  if (failure != NULL)
    return end (task, failure);
  order = g_new0 (Order, 1);
  order->name = g_strdup (self->name);
  order->page = page;
  tb_set_str (&self->file, page != NULL ? page->file : NULL);
  order->cursor = tb_pbx_talk_is_over (self->talk) ? settled (self) : 0;
  if (page != NULL)
    tb_session_run_async (self->session, NULL, TRUE, store_page, order, order_free, (GDestroyNotify) tb_cdr_import_free, on_page_stored, task);
  else
    tb_session_run_async (self->session, NULL, TRUE, store_cursor, order, order_free, NULL, on_cursor_stored, task);
}

static void
next_page (GTask *task)
{
  Sync *self = g_task_get_task_data (task);
  GError *failure = NULL;

  if (tb_job_is_cancelled (self->job, &failure))
    return end (task, failure);
  tb_pbx_talk_next_async (self->talk, self->job != NULL ? tb_job_get_cancellable (self->job) : NULL, on_fetched, task);
}

static void
next_window (GTask *task)
{
  Sync *self = g_task_get_task_data (task);

  if (self->at >= self->end)
    return end (task, g_steal_pointer (&self->unread));
  self->talk = tb_pbx_talk_new (self->pbx, self->at, window_end (self));
  next_page (task);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *self = g_task_get_task_data (task);
  GError *failure = NULL;
  Start *start = tb_session_run_finish (TB_SESSION (source), result, &failure);

  if (start != NULL)
    self->pbx = tb_pbx_new (start->connection, start->secret, &failure);
  if (self->pbx != NULL)
    tb_pbx_set_known_files (self->pbx, start->files);
  else
    {
      g_clear_pointer (&start, start_free);
      end (task, failure);
      return;
    }
  /* Calls appear at a PBX after they ended: what lies behind the cursor is read again, and known calls are recognised. */
  self->end = tb_clock_now ();
  self->cursor = MIN (start->cursor, self->end); /* the clock of this computer was ahead */
  self->at = self->first = self->cursor > 0 ? MAX (self->cursor - tb_pbx_get_overlap (self->pbx), start->never_before) : start->since;
  start_free (start);
  next_window (task);
}

void
tb_sync_async (TbSession *session, const char *connection, TbJob *job, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (session, NULL, callback, data);
  Sync *self = g_new0 (Sync, 1);

  self->session = g_object_ref (session);
  self->name = g_strdup (connection);
  self->job = job != NULL ? g_object_ref (job) : NULL;
  self->result = g_new0 (TbSyncResult, 1);
  self->result->connection = g_strdup (connection);
  if (job != NULL)
    tb_session_add_job (session, job);
  g_task_set_source_tag (task, tb_sync_async);
  g_task_set_task_data (task, self, sync_free);
  tb_session_run_async (session, NULL, FALSE, read_start, g_strdup (connection), g_free, start_free, on_started, task);
}

TbSyncResult *
tb_sync_finish (TbSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- test ---- */

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *failure = NULL;
  char *text = tb_pbx_test_finish (TB_PBX (source), result, &failure);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, failure);
}

static void
on_test_started (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *failure = NULL;
  Start *start = tb_session_run_finish (TB_SESSION (source), result, &failure);
  g_autoptr (TbPbx) pbx = start != NULL ? tb_pbx_new (start->connection, start->secret, &failure) : NULL;

  g_clear_pointer (&start, start_free);
  if (pbx != NULL)
    {
      tb_pbx_test_async (pbx, g_task_get_cancellable (task), on_tested, task);
      return;
    }
  g_task_return_error (task, failure);
  g_object_unref (task);
}

void
tb_sync_test_async (TbSession *session, const char *connection, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (session, cancellable, callback, data);

  g_task_set_source_tag (task, tb_sync_test_async);
  tb_session_run_async (session, NULL, FALSE, read_start, g_strdup (connection), g_free, start_free, on_test_started, task);
}

char *
tb_sync_test_finish (TbSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
