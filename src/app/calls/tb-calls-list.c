/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-list.h"

#include <gtk/gtk.h>

#include "tb-call-codec.h"
#include "tb-id-list.h"

/* What fits on a screen comes first, then some more between two frames, and the rest at once when GTK makes no widgets for it any more. */
#define SLICE 32
#define REACH 240

typedef struct
{
  TbCallsList *list;
  TbItem *item; /* a weak reference */
  guint position;
} Alive;

struct _TbCallsList
{
  GObject parent_instance;

  GArray *ids; /* of gint64 */
  guint shown; /* of them, from the first on */
  guint growing; /* source */
  GHashTable *alive; /* position → Alive */
  TbCallsFetch fetch;
  GDestroyNotify free_value;
  gpointer data;
  guint64 fetched;
};

static void
item_gone (gpointer data, GObject *where)
{
  Alive *alive = data;

  alive->item = NULL;
  g_hash_table_remove (alive->list->alive, GUINT_TO_POINTER (alive->position));
}

static void
alive_free (gpointer data)
{
  Alive *alive = data;

  if (alive->item != NULL)
    g_object_weak_unref (G_OBJECT (alive->item), item_gone, alive);
  g_free (alive);
}

static GType
get_item_type (GListModel *model)
{
  return TB_TYPE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return TB_CALLS_LIST (model)->shown;
}

static gpointer
fetch (TbCallsList *self, guint position)
{
  self->fetched++;
  return self->fetch (g_array_index (self->ids, gint64, position), self->data);
}

static gpointer
get_item (GListModel *model, guint position)
{
  TbCallsList *self = TB_CALLS_LIST (model);
  Alive *alive;

  if (position >= self->shown)
    return NULL;
  alive = g_hash_table_lookup (self->alive, GUINT_TO_POINTER (position));
  if (alive != NULL)
    return g_object_ref (alive->item);
  alive = g_new (Alive, 1);
  *alive = (Alive){ self, tb_item_new (fetch (self, position), self->free_value), position };
  g_object_weak_ref (G_OBJECT (alive->item), item_gone, alive);
  g_hash_table_insert (self->alive, GUINT_TO_POINTER (position), alive);
  return alive->item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TbCallsList, tb_calls_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tb_calls_list_finalize (GObject *object)
{
  TbCallsList *self = TB_CALLS_LIST (object);

  if (self->growing != 0)
    tb_id_list_add_growing (-1);
  g_clear_handle_id (&self->growing, g_source_remove);
  g_array_unref (self->ids);
  g_hash_table_unref (self->alive);

  G_OBJECT_CLASS (tb_calls_list_parent_class)->finalize (object);
}

static void
tb_calls_list_class_init (TbCallsListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_calls_list_finalize;
}

static void
tb_calls_list_init (TbCallsList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->alive = g_hash_table_new_full (NULL, NULL, NULL, alive_free);
}

TbCallsList *
tb_calls_list_new (TbCallsFetch fetch_value, GDestroyNotify free_value, gpointer data)
{
  TbCallsList *self = g_object_new (TB_TYPE_CALLS_LIST, NULL);

  self->fetch = fetch_value;
  self->free_value = free_value;
  self->data = data;
  return self;
}

/* ---- growing ---- */

static void
stop_growing (TbCallsList *self)
{
  if (self->growing != 0)
    tb_id_list_add_growing (-1);
  g_clear_handle_id (&self->growing, g_source_remove);
}

guint
tb_calls_list_get_length (TbCallsList *self)
{
  return MIN (self->ids->len, TB_CALLS_LIST_MAX);
}

static void
show_until (TbCallsList *self, guint to)
{
  guint from = self->shown;

  if (to <= from)
    return;
  self->shown = to;
  g_list_model_items_changed (G_LIST_MODEL (self), from, 0, to - from);
}

static gboolean
grow_cb (gpointer data)
{
  TbCallsList *self = data;
  guint length = tb_calls_list_get_length (self), to = self->shown + SLICE;

  if (to < REACH && to < length)
    {
      show_until (self, to);
      return G_SOURCE_CONTINUE;
    }
  stop_growing (self);
  show_until (self, length);
  return G_SOURCE_REMOVE;
}

/* Behind the frame that draws what is there. */
static void
grow (TbCallsList *self)
{
  guint length = tb_calls_list_get_length (self);

  if (self->growing != 0)
    return;
  if (self->shown >= REACH)
    {
      show_until (self, length);
      return;
    }
  if (self->shown < SLICE)
    show_until (self, MIN (length, SLICE));
  if (self->shown == length)
    return;
  tb_id_list_add_growing (1);
  self->growing = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, grow_cb, self, NULL);
}

/* ---- another list ---- */

static void
set_values (TbCallsList *self, guint kept)
{
  g_autoptr (GPtrArray) staying = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer alive;

  /* Reading a row lets nothing go, but whoever is told may. */
  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &alive))
    if (((Alive *) alive)->position < kept)
      g_ptr_array_add (staying, alive);
    else
      g_hash_table_iter_remove (&iter);
  for (guint i = 0; i < staying->len; i++)
    {
      const Alive *one = staying->pdata[i];

      tb_item_set (one->item, fetch (self, one->position), self->free_value);
    }
}

void
tb_calls_list_begin (TbCallsList *self, const gint64 *ids, gsize n, void (*rewrite) (gpointer data))
{
  guint old = self->shown, kept = (guint) MIN (old, n);

  stop_growing (self);
  /* The old array goes at once: a longer list may need its room. */
  g_array_unref (self->ids);
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (self->ids, ids, (guint) n);
  set_values (self, kept);
  self->shown = kept;
  if (old > kept)
    g_list_model_items_changed (G_LIST_MODEL (self), kept, old - kept, 0);
  if (kept > 0)
    rewrite (self->data);
  grow (self);
}

void
tb_calls_list_append (TbCallsList *self, const gint64 *ids, gsize n)
{
  g_array_append_vals (self->ids, ids, (guint) n);
  grow (self);
}

gint64
tb_calls_list_get_id (TbCallsList *self, guint position)
{
  g_return_val_if_fail (position < self->ids->len, 0);

  return g_array_index (self->ids, gint64, position);
}

gboolean
tb_calls_list_reach (TbCallsList *self, guint position)
{
  if (position >= tb_calls_list_get_length (self))
    return FALSE;
  if (position >= self->shown)
    {
      stop_growing (self);
      show_until (self, tb_calls_list_get_length (self));
    }
  return TRUE;
}

guint
tb_calls_list_find_start (TbCallsList *self, gint64 time, gboolean descending)
{
  guint low = 0, high = tb_calls_list_get_length (self);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 start = tb_call_id_start (g_array_index (self->ids, gint64, middle));

      if (descending ? start > time : start < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
tb_calls_list_count_alive (TbCallsList *self)
{
  return g_hash_table_size (self->alive);
}

guint64
tb_calls_list_get_fetched (TbCallsList *self)
{
  return self->fetched;
}
