/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* What WHMCS had at the last pull beside what the books have: what is said differently of a client, who may be a client here, what may become a service.
 * Each row is decided by itself; nothing is overwritten on either side before that. */
void tb_whmcs_review_run (GtkWidget *widget, TbBooks *books);

G_END_DECLS
