/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-data.h"

G_BEGIN_DECLS

/* What bench-pbx plays and bench-sync sets up: of ten connections seven are FusionPBX, two Vodia and one is Telnyx. */

typedef enum { BENCH_FUSIONPBX, BENCH_VODIA, BENCH_TELNYX } BenchKind;

static inline BenchKind
bench_kind_of (guint connection)
{
  return connection % 10 < 7 ? BENCH_FUSIONPBX : connection % 10 < 9 ? BENCH_VODIA : BENCH_TELNYX;
}

/* Where the made-up month ends: 2026-11-01. The server moves it to where it is told that it ends. */
#define BENCH_END ((gint64) 1793491200)

/* "c07", and what is asked for its key by the environment. */
#define BENCH_NAME "c%02u"
#define BENCH_SECRET_NAME "TOLLBOOK_SECRET_C%02u"

G_END_DECLS
