/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-call-where.h"

G_BEGIN_DECLS

/**
 * TbFilterBar: the filter of a list of calls: an entry that filters while one types, and what must hold as chips: a press on one edits it, its cross or
 * Delete lets go of it, and the word between two of them joins them by “or”. It stands in a TbPage, whose
 * books give the names to choose from.
 *
 * "changed" comes when another filter is meant.
 */
#define TB_TYPE_FILTER_BAR (tb_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (TbFilterBar, tb_filter_bar, TB, FILTER_BAR, GtkBox)

/* Takes `where`; `titles` (text of a part → what it is called) may be NULL. The entry is emptied. Emits nothing. */
void         tb_filter_bar_set_where (TbFilterBar *self, TbCallWhere *where, GHashTable *titles);
/* Chips and entry together. */
TbCallWhere *tb_filter_bar_dup_where (TbFilterBar *self);
void         tb_filter_bar_clear (TbFilterBar *self);        /* emits */
void         tb_filter_bar_focus (TbFilterBar *self);
void         tb_filter_bar_add_part (TbFilterBar *self, TbCallWhere *part); /* takes it; emits */
/* A control of the list beside the entry, which it takes from where it stands. */
void         tb_filter_bar_add_tool (TbFilterBar *self, GtkWidget *tool);
guint        tb_filter_bar_count_chips (TbFilterBar *self);  /* for tests */

G_END_DECLS
