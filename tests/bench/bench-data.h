/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup.h"

G_BEGIN_DECLS

/* A made-up month of a VoIP provider, the same on every machine: a rate deck, 200 clients who buy by it, and their calls. The same seed gives
 * the same bytes; nothing here asks the clock, the locale or a hash's order. */

#define BENCH_TENANTS 200
#define BENCH_YEAR 2026
#define BENCH_MONTH 10
#define BENCH_CONNECTION "pbx1"
#define BENCH_TARIFF "deck"

/* splitmix64 (Vigna, public domain): good enough for data, and its state is one word. */
typedef guint64 BenchRandom;
guint64 bench_random (BenchRandom *self);
guint   bench_random_below (BenchRandom *self, guint n);

typedef struct
{
  char prefix[16];
  guint rate; /* 10^-6 a minute */
  guint8 initial, next;
  guint8 total; /* digits of a whole number of that country */
} BenchRate;

/* `n` distinct nested prefixes of some 90 countries, a third of them in North America, in order; of BenchRate. */
GArray *bench_deck_new (guint n);

typedef struct
{
  char uid[37], tenant[24], extension[8], caller[20], callee[24], did[20];
  const char *caller_name, *cause;
  TbDirection direction;
  gint64 start;
  gint32 ring, seconds; /* ring is meant for unanswered calls too */
} BenchCall;

/* Calls in the order in which they end, as a PBX writes them: 70 % outbound, 24 % inbound, 6 % between extensions; a quarter unanswered;
 * 80 % of the outbound ones national, a third of those without the leading 1, others behind 011; office hours; a few tenants have most. */
typedef struct _BenchCalls BenchCalls;
BenchCalls *bench_calls_new (const GArray *deck, guint64 n);
gboolean    bench_calls_next (BenchCalls *self, BenchCall *ret);
void        bench_calls_free (BenchCalls *self);

/* One client and service a tenant, on five packages: marked up, with included minutes, wholesale, retail with inbound, plain. The carrier
 * charges by the same deck. */
TbSetup *bench_setup_new (const GArray *deck);

G_END_DECLS
