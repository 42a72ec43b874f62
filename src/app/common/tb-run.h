/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* Long work on the books: a TbJob in the jobs popover. `done` gets the result and owns it; failure is shown in a dialog and
 * `failed` (may be NULL) is told. `widget` stays alive meanwhile. */
typedef void (*TbRunDone) (GtkWidget *widget, gpointer result);
typedef void (*TbRunFailed) (GtkWidget *widget);

/* The job is borrowed and there until `done` or `failed`, for who shows its progress too. */
TbJob *tb_run (GtkWidget *widget, TbBooks *books, const char *title, gboolean changes, TbSessionFunc func, gpointer data,
             GDestroyNotify free_data, GDestroyNotify free_result, TbRunDone done, TbRunFailed failed);

/* For work without a result: functions return it when they succeeded. */
#define TB_RUN_OK GINT_TO_POINTER (1)

G_END_DECLS
