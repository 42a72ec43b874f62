/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-grid.h"
#include "tb-rate.h"
#include "tb-tariff-succession.h"

G_BEGIN_DECLS

/* A table of rates; `zone` is that in which their days begin, NULL = UTC. */
extern const TbGridColumn tb_rate_columns[];
extern const guint        tb_rate_n_columns;
char *tb_rate_dup_text (const TbRate *rate, guint column, TbZone *zone);

char *tb_rate_dup_increment (const TbRate *rate);
char *tb_rate_dup_moment (gint64 time, TbZone *zone); /* a day alone where it begins there; zone NULL = UTC; "" for none */
char *tb_rate_dup_when (const TbRate *rate);      /* its days and hours; "" for always */
char *tb_rate_dup_price (const TbRate *rate); /* a minute; "Blocked" when it is */
/* "312 dearer, 4 removed"; "" for none. */
char *tb_tariff_counts_dup_text (const guint counts[TB_TARIFF_N_CHANGE_KINDS]);
/* "From 1 December 2026: 312 dearer"; of a GArray of TbTariffStart, NULL = none. */
char *tb_tariff_starts_dup_text (GArray *starts, TbZone *zone);
/* Everything the rate says, as rows of a boxed list. */
void  tb_rate_add_values (GtkWidget *list, const TbRate *rate, TbZone *zone);

G_END_DECLS
