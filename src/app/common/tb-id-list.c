/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-id-list.h"

/* GTK keeps about 205 rows alive; twice as many make small scrolling back and forth free. */
#define CACHE_SIZE 512
/* Widgets for two hundred rows of a dozen cells take a tenth of a second to make. So a list shows what fits on a screen first, then some more
 * between two frames, and the rest at once when GTK makes no widgets for it any more. */
#define SLICE 24
#define REACH 240

static guint n_growing;

struct _TbIdList
{
  GObject parent_instance;

  GArray *ids; /* of gint64 */
  guint shown; /* of them, from the first on */
  guint growing; /* source */
  GHashTable *cache; /* position → TbItem */
  TbIdFetch fetch;
  gpointer data;
  guint64 fetched;
};

static GType
get_item_type (GListModel *model)
{
  return TB_TYPE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return TB_ID_LIST (model)->shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  TbIdList *self = TB_ID_LIST (model);
  TbItem *item;

  if (position >= get_n_items (model))
    return NULL;

  item = g_hash_table_lookup (self->cache, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);

  item = self->fetch (g_array_index (self->ids, gint64, position), self->data);
  self->fetched++;
  if (g_hash_table_size (self->cache) >= CACHE_SIZE)
    g_hash_table_remove_all (self->cache);
  g_hash_table_insert (self->cache, GUINT_TO_POINTER (position), g_object_ref (item));
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TbIdList, tb_id_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- growing ---- */

static guint
get_length (TbIdList *self)
{
  return MIN (self->ids->len, TB_ID_LIST_MAX);
}

static void
stop_growing (TbIdList *self)
{
  n_growing -= self->growing != 0;
  g_clear_handle_id (&self->growing, g_source_remove);
}

static void
show_until (TbIdList *self, guint to)
{
  guint from = self->shown;

  self->shown = to;
  if (to > from)
    g_list_model_items_changed (G_LIST_MODEL (self), from, 0, to - from);
}

static gboolean
grow_cb (gpointer data)
{
  TbIdList *self = data;
  guint length = get_length (self), to = self->shown + SLICE;

  if (to < REACH && to < length)
    {
      show_until (self, to);
      return G_SOURCE_CONTINUE;
    }
  stop_growing (self);
  show_until (self, length);
  return G_SOURCE_REMOVE;
}

static void
grow (TbIdList *self)
{
  guint length = get_length (self);

  if (length > SLICE)
    {
      n_growing++;
      self->growing = g_idle_add (grow_cb, self);
    }
  show_until (self, MIN (length, SLICE));
}

static void
tb_id_list_finalize (GObject *object)
{
  TbIdList *self = TB_ID_LIST (object);

  stop_growing (self);
  g_array_unref (self->ids);
  g_hash_table_unref (self->cache);

  G_OBJECT_CLASS (tb_id_list_parent_class)->finalize (object);
}

static void
tb_id_list_class_init (TbIdListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_id_list_finalize;
}

static void
tb_id_list_init (TbIdList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->cache = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

TbIdList *
tb_id_list_new (TbIdFetch fetch, gpointer data)
{
  TbIdList *self = g_object_new (TB_TYPE_ID_LIST, NULL);

  self->fetch = fetch;
  self->data = data;
  return self;
}

void
tb_id_list_replace (TbIdList *self, GArray *ids)
{
  guint old = self->shown;

  stop_growing (self);
  /* Two signals, never one with both counts: GTK 4.8 would fetch every new row to look for old ones (25 s for 3 million). */
  g_array_set_size (self->ids, 0);
  self->shown = 0;
  g_hash_table_remove_all (self->cache);
  if (old > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old, 0);

  if (ids == NULL)
    return;
  g_array_unref (self->ids);
  self->ids = ids;
  grow (self);
}

gint64
tb_id_list_get_id (TbIdList *self, guint position)
{
  g_return_val_if_fail (position < self->ids->len, 0);

  return g_array_index (self->ids, gint64, position);
}

gboolean
tb_id_list_find (TbIdList *self, gint64 id, guint *ret_position)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      {
        if (i >= self->shown)
          {
            stop_growing (self);
            show_until (self, get_length (self));
          }
        *ret_position = i;
        return TRUE;
      }
  return FALSE;
}

void
tb_id_list_add_growing (int n)
{
  n_growing += (guint) n;
}

guint
tb_id_list_count_growing (void)
{
  return n_growing;
}

guint64
tb_id_list_get_fetched (TbIdList *self)
{
  return self->fetched;
}
