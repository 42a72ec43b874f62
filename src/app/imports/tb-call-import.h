/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-call-store.h"
#include "tb-dialogs.h"
#include "tb-page.h"

G_BEGIN_DECLS

/* Files of call records into the books, from whichever page they came: chosen or dropped; the result in a dialog. */

void tb_call_import_choose (GtkWidget *widget, TbFileChosen done, gpointer data);
/* `connection` NULL asks which one, unless there is only one. */
void tb_call_import_file (GtkWidget *widget, TbBooks *books, const char *connection, const char *path);
/* The same dialog for an import of before. */
void tb_call_import_show (TbPage *page, GCancellable **slot, const TbImport *import);

G_END_DECLS
