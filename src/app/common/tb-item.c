/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-item.h"

struct _TbItem
{
  GObject parent_instance;

  gpointer value;
  GDestroyNotify free_value;
};

G_DEFINE_FINAL_TYPE (TbItem, tb_item, G_TYPE_OBJECT)

static void
tb_item_finalize (GObject *object)
{
  TbItem *self = TB_ITEM (object);

  if (self->free_value != NULL)
    self->free_value (self->value);

  G_OBJECT_CLASS (tb_item_parent_class)->finalize (object);
}

static void
tb_item_class_init (TbItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_item_finalize;
}

static void
tb_item_init (TbItem *self)
{
}

TbItem *
tb_item_new (gpointer value, GDestroyNotify free_value)
{
  TbItem *self = g_object_new (TB_TYPE_ITEM, NULL);

  self->value = value;
  self->free_value = free_value;
  return self;
}

void
tb_item_set (TbItem *self, gpointer value, GDestroyNotify free_value)
{
  if (self->free_value != NULL)
    self->free_value (self->value);
  self->value = value;
  self->free_value = free_value;
}

gpointer
tb_item_get (TbItem *self)
{
  return self->value;
}

void
tb_items_replace (GListStore *list, GPtrArray *values, GDestroyNotify free_value)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree gpointer *taken = NULL;
  gsize n;

  taken = g_ptr_array_steal (values, &n);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (items, tb_item_new (taken[i], free_value));

  /* Two steps: a big removed-and-added change makes GTK look for each old row among the new ones. */
  g_list_store_remove_all (list);
  g_list_store_splice (list, 0, 0, items->pdata, items->len);
}
