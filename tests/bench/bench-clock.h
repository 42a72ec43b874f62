/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

/* What a program took: on a machine shared with others the processor's time says more than the clock on the wall. */

static inline double
bench_wall (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static inline double
bench_cpu (void)
{
  struct rusage used;

  getrusage (RUSAGE_SELF, &used);
  return (double) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double) (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static inline long
bench_peak_mib (void)
{
  struct rusage used;

  getrusage (RUSAGE_SELF, &used);
  return used.ru_maxrss / 1024;
}

/* One line for run.sh: what, seconds on the wall, seconds of processor, peak MiB, how many. */
static inline void
bench_report (const char *what, double since, unsigned long long n)
{
  struct rusage used;

  getrusage (RUSAGE_SELF, &used);
  printf ("%s %.3f %.3f %ld %llu\n", what, bench_wall () - since, bench_cpu (), used.ru_maxrss / 1024, n);
}
