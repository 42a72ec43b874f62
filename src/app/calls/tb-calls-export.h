/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* What is shown, as a file. */
typedef struct
{
  TbCallWhere *where;
  TbCallOrder order;
  gboolean descending;
  const char **columns; /* static names in an array of its own, NULL-ended */
} TbCallsExport;
void tb_calls_export_free (TbCallsExport *self);

/* Writes it beside all other work, as a job that can be watched and cancelled; says so when it is done. Takes `what`. Any other ending than ".xlsx" is
 * CSV. */
void tb_calls_export_start (GtkWidget *widget, TbBooks *books, TbCallsExport *what, const char *path);

G_END_DECLS
