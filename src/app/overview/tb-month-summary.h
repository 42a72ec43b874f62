/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-margin-report.h"
#include "tb-report-store.h"
#include "tb-session.h"

G_BEGIN_DECLS

/* What happened in one month, read in one go. */
typedef struct
{
  int year, month;
  gint64 from, to;
  gboolean look_back; /* when the month is empty, take the last of the twelve before it that is not */
  TbZone *zone;

  gint64 calls, seconds;
  guint64 statuses[TB_CALL_N_STATUS];
  GArray *revenues; /* of TbMoney, one a currency */
  GArray *costs;    /* likewise */
  GArray *margins;  /* of TbMoney beside each revenue; currency NONE where costs are in another currency */
  TbMargin all;     /* when there are several currencies: everything in the company's, by the rates of each call's day; else currency NONE */
  GPtrArray *clients; /* of TbUsageRow: those with calls, most calls first */
  GPtrArray *days;    /* of TbDayRow */
  GPtrArray *connections; /* of TbConnectionState */
  guint drafts, invoices;
  TbMarginBreaches breaches; /* of limits of margin and usage */
  guint low, empty; /* clients who pay in advance and are at their threshold, or have nothing left */
} TbMonthSummary;

TbMonthSummary *tb_month_summary_new (int year, int month, TbZone *zone, gboolean look_back);
void            tb_month_summary_free (TbMonthSummary *self);

/* A TbSessionFunc: `data` is a TbMonthSummary that says which month; returns another one, filled. */
gpointer tb_month_summary_read (TbStore *store, TbJob *job, gpointer data, GError **error);

G_END_DECLS
