/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/**
 * TbViewsList: saved views of calls in the side bar, each with how many calls it shows now. Choosing one shows it on the page of calls; Delete removes it.
 * It offers "views.reload" to its window.
 */
#define TB_TYPE_VIEWS_LIST (tb_views_list_get_type ())
G_DECLARE_FINAL_TYPE (TbViewsList, tb_views_list, TB, VIEWS_LIST, GtkBox)

void tb_views_list_set_books (TbViewsList *self, TbBooks *books); /* or NULL */

G_END_DECLS
