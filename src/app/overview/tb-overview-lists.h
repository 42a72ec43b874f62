/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-month-figures.h"
#include "tb-month-summary.h"
#include "tb-overview-todo.h"

G_BEGIN_DECLS

/* Parts of the overview, made of what was read. */

/* Each may be NULL: not read yet. */
void  tb_overview_lists_fill_tiles (GtkBox *tiles, const TbMonthFigures *figures, const TbMonthSummary *summary, const TbOverviewTodo *todo);
void  tb_overview_lists_fill_money (GtkWidget *list_box, const TbMonthSummary *summary);
guint tb_overview_lists_fill_clients (GtkWidget *list_box, const TbMonthSummary *summary); /* how many */
/* `states` of TbConnectionState. */
void  tb_overview_lists_fill_connections (GtkWidget *list_box, GPtrArray *states, TbZone *zone);

G_END_DECLS
