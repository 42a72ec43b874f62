/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-desk-run.h"
#include "tb-books.h"

G_BEGIN_DECLS

/* All steps with what became of them; the row of step `at` is selected. */
void    tb_desk_rows_fill_steps (GtkListBox *list, const TbDeskRun *run, TbDeskStep at, TbZone *zone);

G_END_DECLS
