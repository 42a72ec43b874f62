/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-data.h"

G_BEGIN_DECLS

/* Finds the longest prefixes of `numbers` (char *, E.164) in the deck in every way there is, and prints the times. */
gboolean bench_look_up (const GArray *deck, TbTariff *tariff, GPtrArray *numbers);

G_END_DECLS
