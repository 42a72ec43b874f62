/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-contest.h"

#include <stdlib.h>

#include "bench-clock.h"

#define ROUNDS 9
#define MAX_WAYS 8

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare_doubles);
  return values[ROUNDS / 2];
}

static void
print_way (const BenchWay *way, double *seconds, double *ratios, guint64 n, gboolean wrong)
{
  double time = median (seconds), ratio = median (ratios);

  printf ("  %-34s %7.1f ns %8.2f million/s %6.2f x", way->name, time * 1e9 / (double) n, (double) n / time / 1e6, ratio);
  if (way->goal > 0)
    printf ("   goal %.2f%s", way->goal / 100.0, ratio * 100 > way->goal ? ", missed" : "");
  puts (wrong ? "  WRONG" : "");
}

gboolean
bench_contest (const BenchWay *ways, guint n_ways, guint64 n)
{
  double seconds[MAX_WAYS][ROUNDS], ratios[MAX_WAYS][ROUNDS];
  guint64 sums[MAX_WAYS];
  gboolean ok = TRUE;

  g_return_val_if_fail (n_ways <= MAX_WAYS, FALSE);

  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < n_ways; i++)
      {
        double since = bench_cpu ();

        sums[i] = ways[i].work (ways[i].data);
        seconds[i][round] = bench_cpu () - since;
        ratios[i][round] = seconds[i][round] / seconds[0][round];
      }
  for (guint i = 0; i < n_ways; i++)
    {
      print_way (&ways[i], seconds[i], ratios[i], n, sums[i] != sums[0]);
      ok = ok && sums[i] == sums[0];
    }
  return ok;
}
