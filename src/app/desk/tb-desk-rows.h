/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-billing-desk.h"
#include "tb-books.h"

G_BEGIN_DECLS

/* Steps and findings as rows of list boxes. */

/* All steps with what became of them; the row of step `at` is selected. */
void    tb_desk_rows_fill_steps (GtkListBox *list, const TbDeskRun *run, TbDeskStep at, TbZone *zone);
/* Adds findings from `first` on, some of them, and gives the first one that is not there yet: a row takes a millisecond to make, and hundreds would hold
 * the window up. Activated, a row leads to where it is mended (data "tb-page" and "tb-item"). With `choose` drafts have a check button each, `chosen` (may be
 * NULL) are those that are checked, and `toggled` hears of changes. */
guint   tb_desk_rows_add_findings (GtkListBox *list, const TbDeskView *view, guint first, gboolean choose, GArray *chosen, GCallback toggled,
                                   gpointer data);
/* Ids of the drafts that are checked: of guint32. */
GArray *tb_desk_rows_list_chosen (GtkListBox *list);

G_END_DECLS
