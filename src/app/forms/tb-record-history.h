/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Appends to a detail (tb_detail_new) who changed this record, when, and what of it, the newest first; nothing when nobody did. It is read in the
 * background. */
void tb_record_history_add (GtkWidget *detail, TbBooks *books, const char *noun, const char *name);

G_END_DECLS
