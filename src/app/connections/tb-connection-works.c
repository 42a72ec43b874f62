/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-works.h"

#include <glib/gi18n.h>

#include "tb-error.h"
#include "tb-format.h"
#include "tb-pbx.h"
#include "tb-sync.h"

struct _TbConnectionWorks
{
  GObject parent_instance;

  GHashTable *works; /* name → TbConnectionWork */
};

G_DEFINE_FINAL_TYPE (TbConnectionWorks, tb_connection_works, G_TYPE_OBJECT)

static guint changed_signal;

static void
work_free (gpointer data)
{
  TbConnectionWork *work = data;

  if (work->testing != NULL)
    g_cancellable_cancel (work->testing);
  g_clear_object (&work->testing);
  g_clear_object (&work->job);
  g_free (work->said);
  g_free (work);
}

static TbConnectionWork *
get_work (TbConnectionWorks *self, const char *name)
{
  TbConnectionWork *work = g_hash_table_lookup (self->works, name);

  if (work == NULL)
    {
      work = g_new0 (TbConnectionWork, 1);
      g_hash_table_insert (self->works, g_strdup (name), work);
    }
  return work;
}

/* ---- one errand ---- */

typedef struct
{
  TbConnectionWorks *works;
  TbBooks *books;
  char *name;
} Errand;

/* The work is ready for it, and what was said before is gone. */
static Errand *
errand_new (TbConnectionWorks *self, TbBooks *books, const char *name, TbJob *job, GCancellable *testing)
{
  Errand *errand = g_new (Errand, 1);
  TbConnectionWork *work = get_work (self, name);

  *errand = (Errand){ g_object_ref (self), g_object_ref (books), g_strdup (name) };
  work->job = job;
  work->testing = testing;
  g_clear_pointer (&work->said, g_free);
  g_signal_emit (self, changed_signal, 0);
  return errand;
}

/* Takes `said`. */
static void
errand_end (Errand *errand, char *said, const GError *error)
{
  TbConnectionWork *work = get_work (errand->works, errand->name);

  g_clear_object (&work->job);
  g_clear_object (&work->testing);
  g_free (work->said);
  work->said = error == NULL ? said : g_strdup (g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) ? _ ("Cancelled.") : error->message);
  work->failed = error != NULL;
  g_signal_emit (errand->works, changed_signal, 0);
  g_object_unref (errand->works);
  g_object_unref (errand->books);
  g_free (errand->name);
  g_free (errand);
}

/* ---- testing ---- */

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  char *said = tb_sync_test_finish (TB_SESSION (source), result, &error);

  errand_end (data, said, error);
}

void
tb_connection_works_test (TbConnectionWorks *self, TbBooks *books, const char *name)
{
  GCancellable *testing = g_cancellable_new ();
  Errand *errand = errand_new (self, books, name, NULL, testing);

  tb_sync_test_async (tb_books_get_session (books), errand->name, testing, tested_cb, errand);
}

/* ---- collecting ---- */

static char *
describe_sync (const TbSyncResult *result)
{
  g_autofree char *added = tb_format_number ((gint64) result->run->counts.added);
  g_autofree char *read = tb_format_number ((gint64) result->run->counts.read);
  g_autofree char *rejected = tb_format_number ((gint64) result->run->counts.rejected);

  if (result->run->counts.rejected > 0)
    return g_strdup_printf (_ ("Collected: %s read, %s new, %s rejected (see the history)."), read, added, rejected);
  return g_strdup_printf (_ ("Collected: %s read, %s new."), read, added);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) results = tb_sync_many_finish (TB_SESSION (source), result);
  const TbSyncResult *only = results->pdata[0];

  errand_end (data, only->error == NULL ? describe_sync (only) : NULL, only->error);
}

void
tb_connection_works_sync (TbConnectionWorks *self, TbBooks *books, const char *name, gint64 from)
{
  g_autofree char *title = g_strdup_printf (_ ("Collect calls of %s"), name);
  TbJob *job = tb_job_new (title);
  Errand *errand = errand_new (self, books, name, job, NULL);

  tb_sync_many_async (tb_books_get_session (books), (const char *const[]){ errand->name, NULL }, from, job, synced_cb, errand);
}

void
tb_connection_works_sync_all (TbConnectionWorks *self, TbBooks *books)
{
  const TbSetup *setup = tb_books_get_setup (books);

  for (guint i = 0; i < setup->connections->len; i++)
    {
      const TbConnection *connection = setup->connections->pdata[i];

      if (tb_pbx_kind_is_network (connection->kind) && tb_connection_work_is_idle (get_work (self, connection->name)))
        tb_connection_works_sync (self, books, connection->name, 0);
    }
}

void
tb_connection_works_cancel (TbConnectionWorks *self, const char *name)
{
  const TbConnectionWork *work = get_work (self, name);

  if (work->job != NULL)
    tb_job_cancel (work->job);
  if (work->testing != NULL)
    g_cancellable_cancel (work->testing);
}

/* ---- class ---- */

static void
tb_connection_works_finalize (GObject *object)
{
  g_hash_table_unref (TB_CONNECTION_WORKS (object)->works);

  G_OBJECT_CLASS (tb_connection_works_parent_class)->finalize (object);
}

static void
tb_connection_works_class_init (TbConnectionWorksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_connection_works_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_connection_works_init (TbConnectionWorks *self)
{
  self->works = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, work_free);
}

TbConnectionWorks *
tb_connection_works_new (void)
{
  return g_object_new (TB_TYPE_CONNECTION_WORKS, NULL);
}

const TbConnectionWork *
tb_connection_works_get (TbConnectionWorks *self, const char *name)
{
  return get_work (self, name);
}

gboolean
tb_connection_work_is_idle (const TbConnectionWork *self)
{
  return self->job == NULL && self->testing == NULL;
}

void
tb_connection_works_stop (TbConnectionWorks *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->works);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((TbConnectionWork *) value)->testing != NULL)
      g_cancellable_cancel (((TbConnectionWork *) value)->testing);
}
