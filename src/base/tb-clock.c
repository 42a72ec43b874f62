/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-clock.h"

#include "tb-time.h"

static gint override_allowed; /* atomic */

gint64
tb_clock_now (void)
{
  const char *held = g_getenv ("TOLLBOOK_NOW");
  gint64 time;

  if (held != NULL && g_atomic_int_get (&override_allowed) && tb_time_parse (held, -1, NULL, &time, NULL))
    return time;

  return g_get_real_time () / G_USEC_PER_SEC;
}

void
tb_clock_allow_override (gboolean allow)
{
  g_atomic_int_set (&override_allowed, allow);
}
