/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"

G_BEGIN_DECLS

/* A list of rates compiled for looking up (rating.md step 6): the longest prefix in force at the call's start wins; of equal prefixes the
 * one with the latest effective date; among its bands the one in force, the highest priority first. Read-only once made. */
typedef struct _TbRateBook TbRateBook;

typedef enum
{
  TB_RATE_ENTRY_ALWAYS = 1 << 0, /* in force on every day, at every hour */
  TB_RATE_ENTRY_BANDED = 1 << 1, /* not at every hour */
  TB_RATE_ENTRY_BLOCKED = 1 << 2,
  TB_RATE_ENTRY_SIMPLE = 1 << 3, /* nothing but price and increments decides what a call costs */
  TB_RATE_ENTRY_MORE = 1 << 4,   /* another row of the same prefix follows */
} TbRateEntryFlags;

/* A rate as it lies in the book: what most calls need of it, 32 bytes side by side, for the rates themselves lie far apart in memory, where each
 * look costs as much as all arithmetic on the call. */
typedef struct
{
  const TbRate *rate;
  TbDecimal price;       /* per minute */
  guint32 id;            /* of the rate */
  guint32 shorter;       /* the book's: first entry of the next shorter prefix */
  guint16 initial, next; /* of a simple one: seconds; 0 = not given */
  guint8 flags;          /* TbRateEntryFlags */
  guint8 length;         /* digits of the prefix */
} TbRateEntry;

/* Borrows `rates` (of TbRate) and `zone` (of bands) for its life. */
TbRateBook *tb_rate_book_new (GPtrArray *rates, TbZone *zone);
void        tb_rate_book_free (TbRateBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRateBook, tb_rate_book_free)

/* The entry of a rate that stands in no book. */
void               tb_rate_entry_init (TbRateEntry *self, const TbRate *rate);

gboolean           tb_rate_book_is_empty (const TbRateBook *self);
/* NULL = no rate. */
const TbRateEntry *tb_rate_book_find_entry (const TbRateBook *self, const char *digits, gint64 when);
/* Its rate. With `exact` only a prefix that is the whole number. */
const TbRate      *tb_rate_book_find (const TbRateBook *self, const char *digits, gint64 when, gboolean exact);
/* For calls that are split at time bands: the rate at the instant `at` of a call that started at `when`, whose dates are those of the start. */
const TbRate      *tb_rate_book_find_at (const TbRateBook *self, const char *digits, gint64 when, gint64 at);
/* The first instant after `at` at which tb_rate_book_find_at may give another answer; G_MAXINT64 when no rate of this number has a band. */
gint64             tb_rate_book_next_border (const TbRateBook *self, const char *digits, gint64 at);

G_END_DECLS
