/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-window.h"

G_BEGIN_DECLS

/* The workstation in the test's own process: what a person does, done by the test. */

/* g_test_init, and the application, with fatal warnings. Without a display the test fails. */
void      workstation_start (int *argc, char ***argv);
/* A window of this size on a copy of the sample books (TRUE) or without books. */
TbWindow *workstation_open (gboolean books, int width, int height);
void      workstation_close (TbWindow *window);
/* Runs the main loop until nothing is read or run any more and the window has been drawn. */
void      workstation_settle (TbWindow *window);
/* Runs the main loop until `check` says TRUE; aborts after two minutes. */
void      workstation_wait (gboolean (*check) (gpointer data), gpointer data);
void      workstation_show_page (TbWindow *window, guint number); /* from 1 */

/* The first mapped widget of that type whose own text or accessible label is `name` (NULL = any); NULL when there is none. */
GtkWidget *workstation_find (GtkWidget *root, GType type, const char *name);
/* A label somewhere in it holds these words. */
gboolean   workstation_says (GtkWidget *root, const char *words);
/* Presses a button, which must be there and sensitive, and settles. */
void       workstation_press (TbWindow *window, GtkWidget *root, const char *name);
/* Runs the main loop until a label in it holds these words. */
void       workstation_wait_for_words (GtkWidget *root, const char *words);
/* A toplevel other than `window`, or NULL: a dialog. */
GtkWindow *workstation_get_dialog (TbWindow *window);
/* The same, once there is one. */
GtkWidget *workstation_wait_for_dialog (TbWindow *window);
/* Calls `func` for `root` and every widget in it. */
void       workstation_walk (GtkWidget *root, void (*func) (GtkWidget *widget, gpointer data), gpointer data);
/* As it is drawn, without the display's help. */
void       workstation_save_png (GtkWidget *widget, const char *path);

G_END_DECLS
