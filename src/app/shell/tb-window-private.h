/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-window.h"

G_BEGIN_DECLS

/* What the menu does: its table, and what is done to the page that is shown (tb-window-actions.c). */
void tb_window_install_actions (TbWindow *self);
void tb_window_update_actions (TbWindow *self); /* most need books */

/* The pages under their ids and titles. */
GtkStack *tb_window_get_pages (TbWindow *self);

/* ---- in files of their own because they are many; `window` is the TbWindow ---- */

/* Rating and drafts (tb-window-billing.c). */
void tb_window_rate (GSimpleAction *action, GVariant *parameter, gpointer window);
void tb_window_rate_again (GSimpleAction *action, GVariant *parameter, gpointer window);
void tb_window_make_drafts (GSimpleAction *action, GVariant *parameter, gpointer window);

/* The books as a file, and the set-up that is applied to them (tb-window-books.c). */
void tb_window_check (GSimpleAction *action, GVariant *parameter, gpointer window);
void tb_window_back_up (GSimpleAction *action, GVariant *parameter, gpointer window);
void tb_window_restore (GSimpleAction *action, GVariant *parameter, gpointer window);
void tb_window_open (GSimpleAction *action, GVariant *parameter, gpointer window);
void tb_window_apply_setup (GSimpleAction *action, GVariant *parameter, gpointer window);

G_END_DECLS
