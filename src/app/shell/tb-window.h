/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-page.h"

G_BEGIN_DECLS

/* The main window: sidebar, pages, jobs, toasts; or the first-run page while no books are open. */
#define TB_TYPE_WINDOW (tb_window_get_type ())
G_DECLARE_FINAL_TYPE (TbWindow, tb_window, TB, WINDOW, AdwApplicationWindow)

TbWindow *tb_window_new (GtkApplication *application);
gboolean  tb_window_open_books (TbWindow *self, const char *path);
void      tb_window_set_books (TbWindow *self, TbBooks *books);
void      tb_window_close_books (TbWindow *self);
TbBooks  *tb_window_get_books (TbWindow *self);
TbPage   *tb_window_get_page (TbWindow *self); /* the one that is shown, or NULL */
void      tb_window_show_page (TbWindow *self, const char *id, const char *item); /* `item` may be NULL */
void      tb_window_add_toast (TbWindow *self, const char *text);

G_END_DECLS
