/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a page says to or asks of the person in front of it. `widget` is where it happens: its window becomes the parent. */
void tb_dialogs_show_error (GtkWidget *widget, const char *title, const GError *error);
void tb_dialogs_show_text (GtkWidget *widget, const char *title, const char *text);
void tb_dialogs_toast (GtkWidget *widget, const char *text);

/* Calls `done` only when the person went on. */
typedef void (*TbConfirmed) (gpointer data);
void tb_dialogs_confirm (GtkWidget *widget, const char *title, const char *body, const char *verb, gboolean destructive,
                         TbConfirmed done, gpointer data, GDestroyNotify free_data);

/* Two ways on; `body` may be long. */
void tb_dialogs_choose (GtkWidget *widget, const char *title, const char *body, const char *verb, TbConfirmed done, const char *other_verb,
                        TbConfirmed other_done, gpointer data, GDestroyNotify free_data);

/* A kind of file: its name (translated) and glob patterns in one string: "*.csv;*.txt". `kind` NULL = all files. */
typedef void (*TbFileChosen) (const char *path, gpointer data);
void tb_dialogs_open_file (GtkWidget *widget, const char *title, const char *kind, const char *patterns, TbFileChosen done,
                           gpointer data);
void tb_dialogs_save_file (GtkWidget *widget, const char *title, const char *name, TbFileChosen done, gpointer data);
/* For data of its own, which is freed whatever the answer. */
void tb_dialogs_save_file_for (GtkWidget *widget, const char *title, const char *name, TbFileChosen done, gpointer data, GDestroyNotify free_data);
void tb_dialogs_choose_folder (GtkWidget *widget, const char *title, TbFileChosen done, gpointer data, GDestroyNotify free_data);

typedef void (*TbMonthChosen) (int year, int month, gpointer data);
/* Offers the 24 months that end with the one given; that one is chosen at first. */
void tb_dialogs_ask_month (GtkWidget *widget, const char *title, const char *body, const char *verb, int year, int month,
                           TbMonthChosen done, gpointer data);

/* For windows that are dialogs: Escape closes them. */
void tb_dialogs_close_on_escape (GtkWidget *window);

G_END_DECLS
