/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-url.h"
#include "tb-whmcs-push.h"

/* Tests are in a hurry: what is waited for passes faster, and the time is put forward by what was saved. */
typedef struct
{
  TbPushClock clock;
  gint64 ahead;
} Clock;

static gint64
now (TbPushClock *clock)
{
  return tb_clock_now () + ((Clock *) clock)->ahead;
}

/* Sleeps in short pieces, so that a cancel is heard. */
static gboolean
wait_until (TbPushClock *clock, gint64 until, GCancellable *cancellable, GError **error)
{
  Clock *self = (Clock *) clock;
  gint64 before = now (clock);
  gint64 end = g_get_monotonic_time () + MAX (until - before, 1) * tb_http_get_second () * 1000;

  while (g_get_monotonic_time () < end)
    {
      if (tb_error_if_cancelled (cancellable, error))
        return FALSE;
      g_usleep ((gulong) CLAMP (end - g_get_monotonic_time (), 0, G_USEC_PER_SEC / 10));
    }
  self->ahead += MAX (until - now (clock), 0);
  return !tb_error_if_cancelled (cancellable, error);
}

TbPushClock *
tb_push_clock_new (void)
{
  Clock *self = g_new0 (Clock, 1);

  self->clock = (TbPushClock){ now, wait_until };
  return &self->clock;
}
