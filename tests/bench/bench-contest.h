/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Several ways to one result take turns, so that other work on the machine weighs on all of them; each is compared with the baseline's time in
 * the same round, and the median of these ratios is printed. */

/* Does all `n` pieces of work and gives a sum by which the ways are compared. */
typedef guint64 (*BenchWork) (gpointer data);

typedef struct
{
  const char *name;
  BenchWork work;
  gpointer data;
  guint goal; /* at most this many hundredths of the baseline's time; 0 = none */
} BenchWay;

/* The first way is the baseline. FALSE when one comes to another sum. */
gboolean bench_contest (const BenchWay *ways, guint n_ways, guint64 n);

G_END_DECLS
