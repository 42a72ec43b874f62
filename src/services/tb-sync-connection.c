/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-collected-file-store.h"
#include "tb-connection-store.h"
#include "tb-error.h"
#include "tb-secret.h"
#include "tb-setup-store.h"
#include "tb-sync-private.h"
#include "tb-sync-run-store.h"

#define DAY 86400

/* How far back a first collection goes when the connection does not say. */
#define FIRST_DAYS 31
/* When a day is old enough to be read a last time, in overlaps of its kind, and how long that may wait, so that it is done for several days at once. */
#define LATE_OVERLAPS 4
#define LATE_PATIENCE (7 * DAY)

/* ---- on the worker: what the books and the secrets know ---- */

typedef struct
{
  char *name;
  gboolean hold;
} Wish;

typedef struct
{
  TbConnection *connection;
  TbConnectionState *state;
  TbDbLock *lock;
  char *secret;
  GHashTable *files; /* that were collected */
  gint64 never_before;
  gint64 again;
} Found;

static void
wish_free (gpointer data)
{
  g_free (((Wish *) data)->name);
  g_free (data);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  if (found == NULL)
    return;
  g_clear_pointer (&found->connection, tb_connection_free);
  tb_connection_state_free (found->state);
  tb_db_lock_free (found->lock);
  tb_secret_free (found->secret);
  g_clear_pointer (&found->files, g_hash_table_unref);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static gboolean
hold (Found *found, TbStore *store, GError **error)
{
  g_autoptr (GError) failure = NULL;

  found->lock = tb_db_try_lock (tb_store_get_db (store), found->connection->id, &failure);
  if (found->lock != NULL)
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT, _("Its calls are being collected at this moment, by this program or another."));
  return FALSE;
}

static gboolean
find_secret (Found *found, GError **error)
{
  g_autoptr (GError) failure = NULL;

  found->secret = tb_secret_lookup (found->connection->name, NULL, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
find_day (Found *found, GError **error)
{
  const TbConnection *connection = found->connection;
  g_autoptr (TbZone) zone = tb_zone_new (connection->time_zone != NULL ? connection->time_zone : "UTC", error);

  if (zone == NULL)
    return FALSE;
  found->never_before = connection->since != TB_DAY_NONE ? tb_zone_to_utc (zone, connection->since, 0, FALSE) : 0;
  return TRUE;
}

/* The oldest day that was read for the last time before its late calls can have come. Days that were passed over while nothing was collected for
 * long lie before the cursor, so it is looked from there on. */
static gboolean
find_late_day (Found *found, TbStore *store, GError **error)
{
  gint64 late = LATE_OVERLAPS * tb_pbx_kind_get_overlap (found->connection->kind), now = tb_clock_now ();
  gint64 from = MIN (found->state->cursor, now) - late - 2 * LATE_PATIENCE, to = now - late - LATE_PATIENCE;
  g_autoptr (GArray) days = tb_sync_run_store_list_days (store, found->connection->name, (gint32) (from / DAY), (gint32) (to / DAY), error);

  for (guint i = 0; days != NULL && i < days->len && found->again == 0; i++)
    {
      const TbCollectedDay *day = &g_array_index (days, TbCollectedDay, i);

      if (day->last < (day->day + 1) * (gint64) DAY + late)
        found->again = day->day * (gint64) DAY;
    }
  return days != NULL;
}

static gpointer
find (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  const TbConnection *connection = setup != NULL ? tb_setup_find_connection (setup, wish->name) : NULL;
  g_autoptr (Found) found = NULL;

  if (setup == NULL)
    return NULL;
  if (connection == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), wish->name);
      return NULL;
    }
  found = g_new0 (Found, 1);
  found->connection = tb_connection_copy (connection);
  if (wish->hold && !hold (found, store, error))
    return NULL;
  found->state = tb_connection_store_get_state (store, wish->name, error);
  found->files = found->state != NULL ? tb_collected_file_store_load (store, wish->name, error) : NULL;
  return found->files != NULL && find_day (found, error) && find_late_day (found, store, error) && find_secret (found, error) ? g_steal_pointer (&found) : NULL;
}

/* ---- on the caller's main context: the PBX ---- */

void
tb_sync_connection_free (TbSyncConnection *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->pbx);
  tb_db_lock_free (self->lock);
  g_free (self);
}

static TbSyncConnection *
make_ready (Found *found, GError **error)
{
  TbPbx *pbx = tb_pbx_new (found->connection, found->secret, error);
  TbSyncConnection *self;

  if (pbx == NULL)
    return NULL;
  tb_pbx_set_known_files (pbx, found->files);
  self = g_new0 (TbSyncConnection, 1);
  self->pbx = pbx;
  self->lock = g_steal_pointer (&found->lock);
  self->cursor = found->state->cursor;
  self->never_before = found->never_before;
  self->again = found->again;
  self->since = found->never_before > 0 ? found->never_before : tb_clock_now () - FIRST_DAYS * DAY;
  return self;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (Found) found = tb_session_run_finish (TB_SESSION (source), result, &error);
  TbSyncConnection *self = found != NULL ? make_ready (found, &error) : NULL;

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify) tb_sync_connection_free);
  else
    g_task_return_error (task, error);
}

void
tb_sync_connection_async (TbSession *session, const char *name, gboolean hold, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (session, NULL, callback, data);
  Wish *wish = g_new (Wish, 1);

  *wish = (Wish){ g_strdup (name), hold };
  g_task_set_source_tag (task, tb_sync_connection_async);
  tb_session_run_async (session, NULL, FALSE, find, wish, wish_free, found_free, on_found, task);
}

TbSyncConnection *
tb_sync_connection_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
