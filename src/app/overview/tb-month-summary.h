/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-margin-report.h"
#include "tb-report-store.h"
#include "tb-session.h"

G_BEGIN_DECLS

/* The money of one month, and what is wrong with its calls. */
typedef struct
{
  int year, month;
  gint64 from, to;
  TbZone *zone;

  guint64 statuses[TB_CALL_N_STATUS];
  GArray *revenues; /* of TbMoney, one a currency */
  GArray *costs;    /* likewise */
  GArray *margins;  /* of TbMoney beside each revenue; currency NONE where costs are in another currency */
  TbMargin all;     /* when there are several currencies: everything in the company's, by the rates of each call's day; else currency NONE */
  GPtrArray *clients; /* of TbUsageRow: those with calls, most calls first */
  guint losing;     /* clients whose calls cost more than they bring */
  TbMarginBreaches breaches; /* of limits of margin and usage */
} TbMonthSummary;

TbMonthSummary *tb_month_summary_new (int year, int month, TbZone *zone);
void            tb_month_summary_free (TbMonthSummary *self);

/* A TbSessionFunc: `data` is a TbMonthSummary that says which month; returns another one, filled. */
gpointer tb_month_summary_read (TbStore *store, TbJob *job, gpointer data, GError **error);

G_END_DECLS
