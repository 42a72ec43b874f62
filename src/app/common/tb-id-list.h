/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-item.h"

G_BEGIN_DECLS

/**
 * TbIdList: a list of millions as a GListModel: 8 bytes a row, the rest is fetched when a row comes into view.
 *
 * `fetch` runs on the main thread, for the two hundred rows GTK keeps around what is seen, so it must be one look-up by key.
 */
#define TB_TYPE_ID_LIST (tb_id_list_get_type ())
G_DECLARE_FINAL_TYPE (TbIdList, tb_id_list, TB, ID_LIST, GObject)

/* More rows make a view taller than 2^31 pixels, and GTK then shows none. */
#define TB_ID_LIST_MAX 50000000

typedef TbItem *(*TbIdFetch) (gint64 id, gpointer data);

TbIdList *tb_id_list_new (TbIdFetch fetch, gpointer data);
/* Takes `ids` (of gint64); NULL = empty. The first rows are there when it returns, the others some frames later: a window must not stand still while
 * their widgets are made. */
void      tb_id_list_replace (TbIdList *self, GArray *ids);
gint64    tb_id_list_get_id (TbIdList *self, guint position);
/* FALSE when `id` is not in the list. Looks at each: milliseconds for a million. What is found is there from now on. */
gboolean  tb_id_list_find (TbIdList *self, gint64 id, guint *ret_position);
/* For other lists that grow so: one more, or one less. */
void      tb_id_list_add_growing (int n);
guint     tb_id_list_count_growing (void); /* for tests: lists whose rows are not all there yet */
guint64   tb_id_list_get_fetched (TbIdList *self); /* for tests: how many rows were ever fetched */

G_END_DECLS
