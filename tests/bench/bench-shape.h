/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-data.h"

G_BEGIN_DECLS

/* The same call as several systems write it. */

/* "2026-10-01 08:00:00" */
void bench_format_time (gint64 time, char to[32]);

/* FusionPBX: the export of all domains of version 5.5, every value in quotes; `n` varies what a call does not hold. */
extern const char bench_fusionpbx_titles[];
void bench_write_fusionpbx (const BenchCall *call, guint64 n, GString *to);
/* Objects of lists, without what separates them. */
void bench_write_vodia (const BenchCall *call, guint64 n, GString *to);
void bench_write_telnyx (const BenchCall *call, guint64 n, GString *to);

G_END_DECLS
