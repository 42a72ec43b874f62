/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* The push to WHMCS: asked for in `question`, which says what leaves the house, then done, and its outcome told. `changed` (may be NULL) hears that it runs
 * and, in the end, that it does not any more; `widget` stays alive meanwhile. */
typedef void (*TbWhmcsSending) (GtkWidget *widget, gboolean sending);
void tb_whmcs_send_run (GtkWidget *widget, TbBooks *books, const char *question, TbWhmcsSending changed);

G_END_DECLS
