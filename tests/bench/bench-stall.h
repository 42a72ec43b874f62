/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <poll.h>

#include "bench-clock.h"

/* What the main loop does between two times of waiting is a stall: nothing is drawn and no key is heard meanwhile. By the clock, and by the
 * processor's time of that thread. */

#define FRAME 0.016
#define LIMIT 0.050

static struct
{
  gboolean on;
  double woke, woke_cpu;
  double longest, longest_cpu, all;
  guint frames, limits, n;
} stalls;

static inline double
bench_thread_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static gint
bench_stalls_poll (GPollFD *fds, guint n, gint timeout)
{
  double stall = bench_wall () - stalls.woke, cpu = bench_thread_cpu () - stalls.woke_cpu;
  gint got;

  if (stalls.on && stalls.woke > 0)
    {
      stalls.longest = MAX (stalls.longest, stall);
      stalls.longest_cpu = MAX (stalls.longest_cpu, cpu);
      stalls.frames += stall > FRAME;
      stalls.limits += stall > LIMIT;
      stalls.all += cpu;
      stalls.n++;
    }
  got = poll ((struct pollfd *) fds, n, timeout);
  stalls.woke = bench_wall ();
  stalls.woke_cpu = bench_thread_cpu ();
  return got;
}

/* Before anything is waited for. They are counted while stalls.on. */
static inline void
bench_stalls_begin (void)
{
  g_main_context_set_poll_func (NULL, bench_stalls_poll);
}
