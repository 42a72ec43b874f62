/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* Asks for one more filter of a connection; what it would do to the calls that are stored is said while it is typed. */
void tb_filter_dialog_run (GtkWidget *widget, TbBooks *books, const char *connection);

/* "Calls to 1800xxxxxxx"; "hidden" or "shown, never billed". */
char       *tb_filter_describe (const TbFilter *filter);
const char *tb_filter_action_text (TbFilterAction action);

G_END_DECLS
