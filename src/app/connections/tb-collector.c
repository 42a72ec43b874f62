/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-collector.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-connection-store.h"
#include "tb-looks.h"
#include "tb-sync.h"

/* Under this name the books know it. */
#define SHARED "tb-collector"

struct _TbCollector
{
  GObject parent_instance;

  TbBooks *books;
  GCancellable *cancellable;
  TbJob *job;        /* that collects now; NULL = none */
  GHashTable *told;  /* names of connections whose failure was told, until they are well again */
  guint timer;
  guint holders; /* windows that share it */
};

G_DEFINE_FINAL_TYPE (TbCollector, tb_collector, G_TYPE_OBJECT)

/* ---- what is found ---- */

typedef struct
{
  GStrv due;
  GPtrArray *states; /* of TbConnectionState */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_strfreev (look->due);
  g_clear_pointer (&look->states, g_ptr_array_unref);
  g_free (look);
}

static gpointer
look_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  g_auto (GStrv) due = tb_sync_list_due (store, tb_clock_now (), error);
  g_autoptr (GPtrArray) states = due != NULL ? tb_connection_store_list_states (store, error) : NULL;
  Look *look;

  if (states == NULL)
    return NULL;
  look = g_new (Look, 1);
  *look = (Look){ g_steal_pointer (&due), g_steal_pointer (&states) };
  return look;
}

/* ---- telling ---- */

static void
tell (const TbConnectionState *state)
{
  g_autoptr (GNotification) notification = NULL;

  if (!tb_looks_get_notify ())
    return;
  /* No names: others see the screen too. */
  notification = g_notification_new (_ ("Calls Cannot Be Collected"));
  g_notification_set_body (notification, _ ("The page Connections tells from where, and why."));
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_application_send_notification (g_application_get_default (), state->name, notification);
}

/* Once for each time it begins to fail, and taken back when it is well. */
static void
tell_all (TbCollector *self, GPtrArray *states)
{
  for (guint i = 0; i < states->len; i++)
    {
      const TbConnectionState *state = states->pdata[i];

      if (tb_connection_state_is_alarming (state, tb_clock_now ()))
        {
          if (g_hash_table_add (self->told, g_strdup (state->name)))
            tell (state);
        }
      else if (state->failing_since == 0 && g_hash_table_remove (self->told, state->name))
        g_application_withdraw_notification (g_application_get_default (), state->name);
    }
}

/* ---- collecting ---- */

/* Each run is in the history with what became of it; nothing more is to be said here. */
static void
collected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbCollector) self = data;
  g_autoptr (GPtrArray) results = tb_sync_many_finish (TB_SESSION (source), result);

  g_clear_object (&self->job);
  if (results != NULL && !g_cancellable_is_cancelled (self->cancellable))
    tb_collector_look (self);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbCollector) self = data;
  Look *look = tb_reader_run_finish (TB_READER (source), result, NULL);

  if (look == NULL)
    return; /* the books are busy or closing: a minute later they are looked at again */
  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      tell_all (self, look->states);
      if (*look->due != NULL && self->job == NULL)
        {
          self->job = tb_job_new (_ ("Collect calls that are due"));
          tb_sync_many_async (tb_books_get_session (self->books), (const char *const *) look->due, 0, self->job, collected_cb, g_object_ref (self));
        }
    }
  look_free (look);
}

static gboolean
timer_cb (gpointer data)
{
  tb_collector_look (data);
  return G_SOURCE_CONTINUE;
}

/* ---- class ---- */

static void
tb_collector_dispose (GObject *object)
{
  TbCollector *self = TB_COLLECTOR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->books);
  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->told, g_hash_table_unref);

  G_OBJECT_CLASS (tb_collector_parent_class)->dispose (object);
}

static void
tb_collector_class_init (TbCollectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_collector_dispose;
}

static void
tb_collector_init (TbCollector *self)
{
  self->cancellable = g_cancellable_new ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

TbCollector *
tb_collector_new (TbBooks *books)
{
  TbCollector *self = g_object_new (TB_TYPE_COLLECTOR, NULL);

  self->books = g_object_ref (books);
  if (!tb_books_is_demo (books))
    self->timer = g_timeout_add_seconds (TB_COLLECTOR_PAUSE, timer_cb, self);
  return self;
}

TbCollector *
tb_collector_hold (TbBooks *books)
{
  TbCollector *self = g_object_get_data (G_OBJECT (books), SHARED);

  if (self != NULL)
    g_object_ref (self);
  else
    g_object_set_data (G_OBJECT (books), SHARED, self = tb_collector_new (books));
  self->holders++;
  return self;
}

void
tb_collector_release (TbCollector *self)
{
  if (--self->holders == 0)
    {
      g_object_set_data (G_OBJECT (self->books), SHARED, NULL);
      tb_collector_stop (self);
    }
  g_object_unref (self);
}

void
tb_collector_look (TbCollector *self)
{
  tb_reader_run_async (tb_books_get_reader (self->books), self->cancellable, look_func, NULL, NULL, look_free, looked_cb, g_object_ref (self));
}

void
tb_collector_stop (TbCollector *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->job != NULL)
    tb_job_cancel (self->job);
}
