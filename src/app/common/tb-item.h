/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A plain value of the domain in a GObject, because GListModel wants those. Owns the value. */
#define TB_TYPE_ITEM (tb_item_get_type ())
G_DECLARE_FINAL_TYPE (TbItem, tb_item, TB, ITEM, GObject)

TbItem  *tb_item_new (gpointer value, GDestroyNotify free_value);
gpointer tb_item_get (TbItem *self);
/* Another value for the same place in a list; whoever shows it must be told (tb_columns_refresh). */
void     tb_item_set (TbItem *self, gpointer value, GDestroyNotify free_value);

/* Replaces what is in `list` (of TbItem) by the values, which are taken over; empties `values`. */
void tb_items_replace (GListStore *list, GPtrArray *values, GDestroyNotify free_value);

G_END_DECLS
