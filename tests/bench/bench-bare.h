/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-data.h"
#include "tb-rated-call.h"
#include "tb-rounding.h"

G_BEGIN_DECLS

/* The yardstick of rating: the made-up month rated as bare C would do it that knows this month and nothing else. Five packages in a table, no
 * dates, bands, steps, filters, fees, currencies or reasons; 64-bit sums that would overflow where the product would not. It comes to the same
 * charges and costs, which the benchmarks check. */

typedef struct
{
  guint32 id;
  guint32 rate; /* 10^-6 a minute */
  guint8 initial, next;
} BareRate;

/* The digit trie as one writes it first: ten children and a value a node. */
typedef struct
{
  gint32 children[10];
  gint32 value; /* -1 = none */
} BareNode;

typedef struct
{
  GArray *nodes; /* of BareNode */
  GArray *rates; /* of BareRate */
  gint64 left[BENCH_TENANTS];
} BareRater;

typedef struct
{
  TbCallStatus status;
  gint32 rate; /* its index; -1 = none */
  gint64 billed, free;
  gint64 charge, cost; /* 10^-9 */
  char number[24];
} BareRated;

void bare_rater_init (BareRater *self);
void bare_rater_add (BareRater *self, const char *prefix, BareRate rate);
void bare_rater_refill (BareRater *self); /* the month's included minutes */
void bare_rater_clear (BareRater *self);

gint32 bare_find (const BareRater *self, const char *digits);
/* `tenant` counts from 0. */
void   bare_rate (BareRater *self, guint tenant, TbDirection direction, gint32 seconds, const char *callee, BareRated *ret);

G_END_DECLS
