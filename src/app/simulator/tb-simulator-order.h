/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-comparison-totals.h"
#include "tb-session.h"

G_BEGIN_DECLS

/* A comparison on its way to the worker: which calls, and what would be otherwise. */
typedef struct
{
  gint64 from, to;
  char *client;          /* key; NULL = all */
  char *package, *tariff; /* NULL = as it is; with a deck, the tariff it is for */
  char *deck;            /* path, or NULL */
  gint32 initial, next;  /* -1 = as it is */
  int style;             /* likewise */
} TbSimulatorOrder;

/* What came of it. */
typedef struct
{
  TbRatingComparison *comparison;
  TbComparisonTotals totals;
} TbSimulatorResult;

void tb_simulator_order_free (gpointer self);
void tb_simulator_result_free (gpointer self);
/* A TbSessionFunc over a TbSimulatorOrder that returns a TbSimulatorResult. Changes nothing. */
gpointer tb_simulator_order_run (TbStore *store, TbJob *job, gpointer order, GError **error);

G_END_DECLS
