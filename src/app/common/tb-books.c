/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-books.h"

#include "tb-clock.h"
#include "tb-setup-store.h"

struct _TbBooks
{
  GObject parent_instance;

  TbSession *session;
  TbReader *reader;
  TbStore *store;
  TbSetup *setup;
  TbZone *zone;
  TbUndo *undo;
  gboolean demo;
  gboolean refreshing, refresh_again;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbBooks, tb_books, G_TYPE_OBJECT)

static void
take_setup (TbBooks *self, TbSetup *setup)
{
  const char *zone = setup->company != NULL ? setup->company->time_zone : NULL;

  g_clear_pointer (&self->setup, tb_setup_free);
  self->setup = setup;
  g_clear_pointer (&self->zone, tb_zone_unref);
  if (zone != NULL)
    self->zone = tb_zone_new (zone, NULL);
  if (self->zone == NULL)
    self->zone = tb_zone_new_utc ();
}

static gpointer
load_setup (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_setup_store_load (store, TB_SETUP_HEADS, error);
}

static void
setup_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbBooks) self = data;
  g_autoptr (GError) error = NULL;
  TbSetup *setup = tb_reader_run_finish (self->reader, result, &error);

  self->refreshing = FALSE;
  if (setup != NULL)
    take_setup (self, setup);
  else
    g_warning ("The set-up could not be read again: %s", error->message);

  g_signal_emit (self, signals[CHANGED], 0);
  if (self->refresh_again)
    tb_books_refresh (self);
}

static void
tb_books_dispose (GObject *object)
{
  TbBooks *self = TB_BOOKS (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->reader);
  g_clear_object (&self->undo);
  g_clear_pointer (&self->store, tb_store_close);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tb_books_parent_class)->dispose (object);
}

static void
tb_books_finalize (GObject *object)
{
  TbBooks *self = TB_BOOKS (object);

  g_clear_pointer (&self->setup, tb_setup_free);
  g_clear_pointer (&self->zone, tb_zone_unref);

  G_OBJECT_CLASS (tb_books_parent_class)->finalize (object);
}

static void
tb_books_class_init (TbBooksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_books_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_books_finalize;

  signals[CHANGED] = g_signal_new ("changed", TB_TYPE_BOOKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_books_init (TbBooks *self)
{
  self->undo = tb_undo_new ();
}

TbBooks *
tb_books_open (const char *path, gboolean create, GError **error)
{
  g_autoptr (TbBooks) self = g_object_new (TB_TYPE_BOOKS, NULL);
  g_autofree char *demo = NULL;
  TbSetup *setup;

  self->session = tb_session_new (path, create, error);
  if (self->session == NULL)
    return NULL;
  self->store = tb_store_open (path, TB_DB_READ_ONLY, error);
  if (self->store == NULL)
    return NULL;
  setup = tb_setup_store_load (self->store, TB_SETUP_HEADS, error);
  if (setup == NULL)
    return NULL;

  take_setup (self, setup);
  demo = tb_store_get_setting (self->store, "demo");
  self->demo = demo != NULL;
  /* Demo books lie in a fixed month; whoever shows them may hold the clock there. */
  tb_clock_allow_override (self->demo);
  self->reader = tb_reader_new (path);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (tb_books_refresh), self);
  return g_steal_pointer (&self);
}

const char *
tb_books_get_path (TbBooks *self)
{
  return tb_session_get_path (self->session);
}

TbSession *
tb_books_get_session (TbBooks *self)
{
  return self->session;
}

TbReader *
tb_books_get_reader (TbBooks *self)
{
  return self->reader;
}

TbStore *
tb_books_get_store (TbBooks *self)
{
  return self->store;
}

const TbSetup *
tb_books_get_setup (TbBooks *self)
{
  return self->setup;
}

TbZone *
tb_books_get_zone (TbBooks *self)
{
  return self->zone;
}

const char *
tb_books_get_client_name (TbBooks *self, const char *key)
{
  TbClient *client = key != NULL ? tb_setup_find_client (self->setup, key) : NULL;

  return client != NULL && client->name != NULL ? client->name : key;
}

TbUndo *
tb_books_get_undo (TbBooks *self)
{
  return self->undo;
}

gboolean
tb_books_is_demo (TbBooks *self)
{
  return self->demo;
}

gboolean
tb_books_is_fresh (TbBooks *self)
{
  return !self->refreshing;
}

void
tb_books_refresh (TbBooks *self)
{
  /* Changes come in bursts (each window of a sync): one reading at a time, and one more for what came meanwhile. */
  self->refresh_again = self->refreshing;
  if (self->refreshing)
    return;

  self->refreshing = TRUE;
  tb_reader_run_async (self->reader, NULL, load_setup, NULL, NULL, (GDestroyNotify) tb_setup_free, setup_loaded_cb,
                       g_object_ref (self));
}

void
tb_books_get_month (TbBooks *self, int year, int month, gint64 *ret_from, gint64 *ret_to)
{
  TbDay first = tb_day_from_ymd (year, month, 1);

  *ret_from = tb_zone_to_utc (self->zone, first, 0, FALSE);
  *ret_to = tb_zone_to_utc (self->zone, tb_day_add_months (first, 1, 1), 0, FALSE);
}

void
tb_books_get_current_month (TbBooks *self, int *ret_year, int *ret_month)
{
  int day;

  tb_day_to_ymd (tb_zone_day_at (self->zone, tb_clock_now ()), ret_year, ret_month, &day);
}
