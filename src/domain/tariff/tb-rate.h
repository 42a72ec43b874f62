/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tb-decimal.h"
#include "tb-time.h"

G_BEGIN_DECLS

/* From `after` seconds of the call on, `rate` for each `per` seconds, sold in whole units of `increment` seconds. */
typedef struct
{
  gint32 after;
  gint32 per;       /* > 0, usually 60 */
  gint32 increment; /* > 0 */
  TbDecimal rate;
} TbRateStep;

#define TB_INCREMENT_MAX 86400 /* seconds; what a deck or a set-up file has beyond a day is a slip */

typedef enum { TB_INCREMENT_FIRST_THEN, TB_INCREMENT_MULTIPLE } TbIncrementStyle;

/* When a rate is in force inside the week or year; all zero = always. Half-open [from, to), seconds of the local day. */
typedef struct
{
  guint8 days;  /* bit 0 = Monday … bit 6 = Sunday; 0 = every day */
  guint8 month; /* 1 to 12, a holiday together with `day`; 0 = none */
  guint8 day;
  gint32 from;  /* 0 to 86399 */
  gint32 to;    /* 1 to 86400; 0 together with from 0 = the whole day. to < from wraps over midnight */
} TbRateBand;

/**
 * TbRate: the price of a dial prefix. Immutable once stored: a change is a new row, because rated calls point to it.
 *
 * "30/6" at 0.60 is `rate` 0.60 with `initial` 30 and `next` 6; a rate with several prices has `steps` and ignores those.
 */
typedef struct
{
  guint32 id; /* 0 = not stored yet */
  char *prefix; /* digits; "" is the catch-all */
  char *description;
  char *short_description;
  TbDecimal rate;      /* per minute */
  gint32 initial;      /* seconds; 0 = not given */
  gint32 next;         /* seconds; 0 = not given */
  TbIncrementStyle increment_style;
  TbRateStep *steps; /* or NULL */
  guint n_steps;
  TbDecimal connect_fee; /* TB_DECIMAL_NONE = not given */
  gint32 minimum;        /* seconds; -1 = not given */
  gint32 grace;          /* seconds; -1 = not given */
  gint32 included_seconds;
  TbDecimal min_charge; /* TB_DECIMAL_NONE = none */
  TbDecimal max_charge; /* TB_DECIMAL_NONE = none */
  gint64 effective_from; /* time, TB_TIME_NONE = always; a date means 00:00 in the tariff's zone */
  gint64 effective_to;   /* exclusive; TB_TIME_NONE = open */
  gboolean enabled;      /* FALSE blocks the prefix */
  TbRateBand band;
  gint32 priority; /* default 10 */
  TbDecimal rate2;        /* second price of jurisdictional decks; TB_DECIMAL_NONE = none */
  TbDecimal premium_rate; /* likewise */
  TbDecimal old_rate;     /* as the provider wrote it; information only */
  char *changed;          /* likewise */
  guint32 line;           /* of the source file; 0 = none */
} TbRate;

TbRate  *tb_rate_new (void); /* with the defaults of the set-up contract: priority 10, enabled, nothing given */
TbRate  *tb_rate_new_for (const char *prefix);
void     tb_rate_init (TbRate *self); /* the same defaults, no prefix, into memory of the caller's */
TbRate  *tb_rate_copy (const TbRate *self);
void     tb_rate_free (TbRate *self);
/* Same terms: everything but id and line. */
gboolean tb_rate_equal (const TbRate *a, const TbRate *b);
/* Two rows that cannot both hold: same prefix, effective_from, band and priority. */
gboolean tb_rate_same_key (const TbRate *a, const TbRate *b);
/* The order of such keys: prefix, effective_from, priority, band. */
int      tb_rate_compare_keys (const TbRate *a, const TbRate *b);
/* "6/6", "60", "6 / 6", "6-6"; zero, negative and other shapes are refused. */
gboolean tb_rate_parse_increment (const char *text, gint32 *ret_initial, gint32 *ret_next, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRate, tb_rate_free)

G_END_DECLS
