/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-number-report.h"

G_BEGIN_DECLS

/* Fills a detail box (tb-list-page.h) with all about one pattern; NULL empties it. */
void tb_number_detail_show (GtkWidget *box, const TbNumberPattern *pattern);

G_END_DECLS
