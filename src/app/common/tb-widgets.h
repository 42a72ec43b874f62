/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The accessible name, for controls without a label of their own. */
void tb_widgets_set_label (GtkWidget *widget, const char *label);
/* For what a template made: search entries by their placeholder, buttons with an icon, menu buttons and drop-downs by their tooltip without
 * the keys it names; buttons with text by that text alone. Rows name themselves. */
void tb_widgets_name_controls (GtkWidget *root);
/* What stands in an entry, without white space at its ends; a new string. */
char *tb_widgets_dup_text (GtkWidget *entry);
/* Shows an entry as wrong or not, to the eye and to assistive technology. */
void tb_widgets_mark (GtkWidget *entry, gboolean wrong);
/* Before `parent` is hidden or made insensitive: GTK 4.8 complains of an entry in it that still has the focus. */
void tb_widgets_let_go_of_focus (GtkWidget *parent);
/* Removes all rows; a list box's placeholder stays. */
void tb_widgets_clear (GtkWidget *list_box);
/* A row of a boxed list: what it is, and its value at the end; `title` is shown as it is, not as markup. */
GtkWidget *tb_widgets_add_value (GtkWidget *list_box, const char *title, const char *value);
GtkWidget *tb_widgets_add_row (GtkWidget *list_box, const char *title, const char *subtitle);
void       tb_widgets_add_suffix (GtkWidget *row, const char *text, const char *css_class);
/* Month names as a GtkStringList, newest first; `any` (may be NULL) comes before them. */
GListModel *tb_widgets_new_months (const char *any, int year, int month, guint n);
/* A drop-down whose button stays narrow however long its texts are. */
void tb_widgets_set_choices (GtkWidget *drop_down, GListModel *texts);
/* Calls `done` with the path of a file that is dropped onto `widget`. */
typedef void (*TbFileDropped) (GtkWidget *widget, const char *path);
void tb_widgets_accept_files (GtkWidget *widget, TbFileDropped done);

G_END_DECLS
