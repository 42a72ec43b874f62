/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-sync.h"

#include <glib/gi18n-lib.h>

#include "tb-cdr-import.h"
#include "tb-clock.h"
#include "tb-collected-file-store.h"
#include "tb-connection-store.h"
#include "tb-error.h"
#include "tb-schedule.h"
#include "tb-sync-private.h"
#include "tb-text.h"

/* A page that takes longer keeps no other connection waiting for its place. */
#define SLOW_SECONDS 20
/* How long a window is read again because records of it could not be read. */
#define HOLD_DAYS 7
/* Two clocks that are not further apart than this differ by what an answer takes to come. */
#define CLOCK_SLACK 600

void
tb_sync_result_free (TbSyncResult *self)
{
  if (self == NULL)
    return;
  tb_sync_run_free (self->run);
  g_clear_error (&self->error);
  g_free (self);
}

/* ---- one collection, step by step on the main context; every touch of the books is an order to the worker ---- */

typedef struct
{
  TbSession *session;
  TbSyncTerms terms;
  TbSyncGate *gate;
  TbSyncConnection *connection;
  TbPbxTalk *talk;  /* about the window that begins at run->to */
  gint64 end;       /* when to stop */
  gint64 held;      /* begin of the first window with records that could not be read; 0 = there is none */
  TbSyncRun *run;
  GSource *slow;    /* set while it is in the gate */
  GError *failure;
  char *file;       /* whose calls are being stored; NULL = they are of none */
  GError *unread;   /* a file that could not be read: what is told at the end, for it does not stop the others */
} Sync;

static void
sync_free (gpointer data)
{
  Sync *self = data;

  g_clear_pointer (&self->talk, tb_pbx_talk_free);
  g_clear_pointer (&self->connection, tb_sync_connection_free);
  g_clear_pointer (&self->run, tb_sync_run_free);
  g_clear_error (&self->failure);
  g_clear_error (&self->unread);
  g_free (self->file);
  g_clear_object (&self->terms.cancellable);
  g_clear_pointer (&self->gate, tb_sync_gate_unref);
  g_clear_object (&self->session);
  g_free (self);
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

/* What was read is let go of here, for a large page takes longer to free than a window may stand still. */
static gpointer
store_page (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Order *order = data;
  const TbCdrSource source = { order->page->source, order->cursor, order->page->file, order->page->version };
  gpointer import = tb_cdr_import_from_reader (store, order->page->reader, order->name, &source, NULL, 0, NULL, error);

  g_clear_pointer (&order->page->reader, tb_call_reader_free);
  return import;
}

static gpointer
store_cursor (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Order *order = data;

  return tb_connection_store_set_cursor (store, order->name, order->cursor, error) ? order : NULL;
}

/* The copy that goes to the worker comes back with its id. */
static gpointer
store_begin (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbSyncRun *run = data;

  return tb_sync_run_store_begin (store, run, error) ? tb_sync_run_copy (run) : NULL;
}

/* The end of a run, and the files that were there. */
typedef struct
{
  TbSyncRun *run;
  GHashTable *listed; /* NULL = nobody has looked */
} Ending;

static void
ending_free (gpointer data)
{
  Ending *ending = data;

  tb_sync_run_free (ending->run);
  g_clear_pointer (&ending->listed, g_hash_table_unref);
  g_free (ending);
}

static gpointer
store_end (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Ending *ending = data;

  if (!tb_sync_run_store_end (store, ending->run, error))
    return NULL;
  if (ending->listed != NULL
      && !tb_collected_file_store_note_listing (store, ending->run->connection, ending->listed, ending->run->ended, error))
    return NULL;
  return ending;
}

/* ---- the end, good or bad, is noted in the books before the caller hears of it ---- */

static void
give_result (GTask *task)
{
  Sync *self = g_task_get_task_data (task);
  TbSyncResult *result = g_new0 (TbSyncResult, 1);

  g_clear_pointer (&self->connection, tb_sync_connection_free); /* whoever hears of it may begin at once */
  result->run = g_steal_pointer (&self->run);
  result->error = g_steal_pointer (&self->failure);
  g_task_return_pointer (task, result, (GDestroyNotify) tb_sync_result_free);
  g_object_unref (task);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  Sync *self = g_task_get_task_data (data);
  GError *error = NULL;

  tb_session_run_finish (TB_SESSION (source), result, &error);
  if (error != NULL && self->failure == NULL)
    g_propagate_prefixed_error (&self->failure, error, "%s: ", self->run->connection);
  else
    g_clear_error (&error);
  give_result (data);
}

/* Takes `failure`. */
static void
set_failure (Sync *self, GError *failure)
{
  self->run->outcome = failure == NULL                                             ? TB_SYNC_DONE
                       : g_error_matches (failure, TB_ERROR, TB_ERROR_CANCELLED) ? TB_SYNC_CANCELLED
                                                                                   : TB_SYNC_FAILED;
  self->run->error = self->run->outcome == TB_SYNC_FAILED ? g_strdup (failure->message) : NULL;
  if (failure != NULL)
    g_propagate_prefixed_error (&self->failure, failure, "%s: ", self->run->connection);
}

/* Nothing is lost by it at once, but days and prices are those of another time: what is dated ahead is collected when that time has come, and what is
 * dated far back lies before what is read. */
static char *
find_oddity (const Sync *self)
{
  gint64 lead = self->connection != NULL ? tb_pbx_get_clock_lead (self->connection->pbx) : 0;
  g_autofree char *span = tb_schedule_format ((ABS (lead) + 30) / 60 * 60); /* the answer was on its way for some of the seconds */

  if (lead > CLOCK_SLACK)
    return g_strdup_printf (_("Its clock is %s ahead of the one of this computer; so its calls are dated wrongly."), span);
  if (lead < -CLOCK_SLACK)
    return g_strdup_printf (_("Its clock is %s behind the one of this computer; so its calls are dated wrongly."), span);
  if (self->run->counts.future == 0)
    return NULL;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u call begins later than it is now. Are its clock and the connection’s time zone right?",
                                       "%u calls begin later than it is now. Are its clock and the connection’s time zone right?", self->run->counts.future),
                          (guint) MIN (self->run->counts.future, G_MAXUINT));
}

static void
leave_gate (Sync *self)
{
  if (self->slow == NULL)
    return;
  g_source_destroy (self->slow);
  g_clear_pointer (&self->slow, g_source_unref);
  tb_sync_gate_leave (self->gate);
}

static void
end (GTask *task, GError *failure)
{
  Sync *self = g_task_get_task_data (task);
  GHashTable *listed = self->connection != NULL ? tb_pbx_get_listed_files (self->connection->pbx) : NULL;
  Ending *ending;

  leave_gate (self);
  set_failure (self, failure);
  self->run->warning = find_oddity (self);
  self->run->ended = tb_clock_now ();
  ending = g_new (Ending, 1);
  *ending = (Ending){ tb_sync_run_copy (self->run), listed != NULL ? g_hash_table_ref (listed) : NULL };
  tb_session_run_async (self->session, NULL, tb_sync_gate_end (self->gate), store_end, ending, ending_free, NULL, on_ended, task);
}

/* ---- windows and their pages ---- */

static void next_page (GTask *task);
static void next_window (GTask *task);

/* Where the window ends. */
static gint64
window_end (const Sync *self)
{
  return MIN (self->run->to + tb_pbx_get_max_window (self->connection->pbx), self->end);
}

/* Where the next run goes on: what lies behind the cursor is only read again, so no window may move it back. A window with records that could not
 * be read is read again for some days: they may be mended. */
static gint64
settled (const Sync *self)
{
  gint64 cursor = MAX (window_end (self), self->connection->cursor);

  return self->held > 0 ? MIN (cursor, MAX (self->held, self->end - HOLD_DAYS * 86400)) : cursor;
}

static void
finish_window (GTask *task)
{
  Sync *self = g_task_get_task_data (task);
  TbSyncRun *run = self->run;

  run->to = window_end (self);
  run->windows++;
  g_clear_pointer (&self->talk, tb_pbx_talk_free);
  if (self->terms.progress != NULL)
    self->terms.progress ((double) (run->to - run->from) / (double) (self->end - run->from), self->terms.progress_data);
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
  sum->future += counts->future;
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
    add_counts (&self->run->counts, &import->counts);
  else if (self->unread == NULL)
    g_propagate_prefixed_error (&self->unread, failure, "%s: ", self->file);
  else
    g_error_free (failure);
  if (self->held == 0 && self->run->counts.rejected > 0)
    self->held = self->run->to;
  leave_gate (self);
  if (tb_pbx_talk_is_over (self->talk))
    finish_window (task);
  else
    next_page (task);
}

static void
on_cursor_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *self = g_task_get_task_data (task);
  GError *failure = NULL;

  if (tb_session_run_finish (TB_SESSION (source), result, &failure) == NULL)
    return end (task, failure);
  leave_gate (self);
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
  self->run->pages += page != NULL;
  order = g_new0 (Order, 1);
  order->name = g_strdup (self->run->connection);
  order->page = page;
  tb_set_str (&self->file, page != NULL ? page->file : NULL);
  order->cursor = tb_pbx_talk_is_over (self->talk) ? settled (self) : 0;
  if (page != NULL)
    tb_session_run_async (self->session, NULL, tb_sync_gate_is_time (self->gate), store_page, order, order_free, (GDestroyNotify) tb_cdr_import_free,
                          on_page_stored, task);
  else
    tb_session_run_async (self->session, NULL, FALSE, store_cursor, order, order_free, NULL, on_cursor_stored, task);
}

static gboolean
on_slow (gpointer data)
{
  leave_gate (data);
  return G_SOURCE_REMOVE;
}

/* Inside the gate until what is fetched is stored: so no more pages are in memory than it has places. */
static void
fetch (gpointer data)
{
  GTask *task = data;
  Sync *self = g_task_get_task_data (task);
  GError *failure = NULL;

  self->slow = g_timeout_source_new_seconds (SLOW_SECONDS);
  g_source_set_callback (self->slow, on_slow, self, NULL);
  g_source_attach (self->slow, g_task_get_context (task));
  if (tb_error_if_cancelled (self->terms.cancellable, &failure))
    end (task, failure);
  else
    tb_pbx_talk_next_async (self->talk, self->terms.cancellable, on_fetched, task);
}

static void
next_page (GTask *task)
{
  Sync *self = g_task_get_task_data (task);

  tb_sync_gate_enter (self->gate, fetch, task);
}

static void
next_window (GTask *task)
{
  Sync *self = g_task_get_task_data (task);

  if (self->run->to >= self->end)
    return end (task, g_steal_pointer (&self->unread));
  self->talk = tb_pbx_talk_new (self->connection->pbx, self->run->to, window_end (self));
  next_page (task);
}

/* ---- the beginning ---- */

static void
on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *self = g_task_get_task_data (task);
  GError *failure = NULL;
  TbSyncRun *run = tb_session_run_finish (TB_SESSION (source), result, &failure);

  if (run == NULL)
    return end (task, failure);
  tb_sync_run_free (self->run);
  self->run = run;
  next_window (task);
}

/* Calls appear at a PBX after they ended: what lies behind the cursor is read again, and known calls are recognised; but not what lies
 * before the day that was set. A cursor in the future is of a time when the clock of this computer was ahead. */
static void
set_span (Sync *self)
{
  TbSyncConnection *connection = self->connection;
  gint64 from;

  self->end = self->run->began;
  connection->cursor = MIN (connection->cursor, self->end);
  from = connection->cursor > 0 ? MAX (connection->cursor - tb_pbx_get_overlap (connection->pbx), connection->never_before) : connection->since;
  if (connection->again > 0)
    from = MIN (from, MAX (connection->again, connection->never_before));
  if (self->terms.from > 0 && (connection->cursor == 0 || self->terms.from < from))
    from = self->terms.from;
  self->run->from = self->run->to = CLAMP (from, 0, self->end);
}

static void
on_connection (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *self = g_task_get_task_data (task);
  GError *failure = NULL;

  self->connection = tb_sync_connection_finish (result, &failure);
  if (g_error_matches (failure, TB_ERROR, TB_ERROR_CONFLICT) || g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND))
    {
      set_failure (self, failure);
      if (tb_sync_gate_end (self->gate)) /* for the others */
        g_signal_emit_by_name (self->session, "changed");
      return give_result (task);
    }
  if (self->connection == NULL)
    return end (task, failure);
  set_span (self);
  tb_session_run_async (self->session, NULL, tb_sync_gate_is_time (self->gate), store_begin, tb_sync_run_copy (self->run),
                        (GDestroyNotify) tb_sync_run_free, (GDestroyNotify) tb_sync_run_free, on_begun, task);
}

void
tb_sync_one_async (TbSession *session, const char *connection, const TbSyncTerms *terms, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (session, NULL, callback, data);
  Sync *self = g_new0 (Sync, 1);

  self->session = g_object_ref (session);
  self->terms = *terms;
  self->gate = tb_sync_gate_of (session);
  tb_sync_gate_begin (self->gate);
  if (self->terms.cancellable != NULL)
    g_object_ref (self->terms.cancellable);
  self->run = tb_sync_run_new (connection, tb_clock_now ());
  g_task_set_source_tag (task, tb_sync_one_async);
  g_task_set_task_data (task, self, sync_free);
  tb_sync_connection_async (session, connection, TRUE, on_connection, task);
}

TbSyncResult *
tb_sync_one_finish (TbSession *session, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
