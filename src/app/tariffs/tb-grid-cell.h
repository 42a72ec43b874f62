/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One text of a TbGrid: drawn on one line, cut where it ends, focusable, and named for those who hear it. A third of what a label costs. */
#define TB_TYPE_GRID_CELL (tb_grid_cell_get_type ())
G_DECLARE_FINAL_TYPE (TbGridCell, tb_grid_cell, TB, GRID_CELL, GtkWidget)

/* `title` is of its column, and static. */
GtkWidget  *tb_grid_cell_new (const char *title, gboolean numeric);
/* Takes the text; `style` (static, or NULL) is a style class, in place of the one before. */
void        tb_grid_cell_take_text (TbGridCell *self, char *text, const char *style);
const char *tb_grid_cell_get_text (TbGridCell *self);

G_END_DECLS
