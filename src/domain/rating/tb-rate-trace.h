/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"
#include "tb-rated-call.h"

G_BEGIN_DECLS

/* What one list of rates answered for a prefix of the number, and why (rating.md step 6). */
typedef enum
{
  TB_TRIED_NO_RATE,        /* the list has none for that prefix */
  TB_TRIED_CHOSEN,         /* the longest in force */
  TB_TRIED_BLOCKS,         /* likewise, and it is disabled */
  TB_TRIED_NOT_YET,        /* in force only after the call's start */
  TB_TRIED_ENDED,          /* in force only before it */
  TB_TRIED_OUT_OF_BAND,    /* at other hours, on other days */
  TB_TRIED_SUPERSEDED,     /* one of a later date is in force for the prefix */
  TB_TRIED_OUTRANKED,      /* another one of the same date is asked before */
  TB_TRIED_SHORTER,        /* a longer prefix was chosen */
  TB_TRIED_NOT_WHOLE,      /* custom_match “exact”: not the whole number */
} TbTriedVerdict;

typedef struct
{
  guint length;       /* of the prefix, in digits of the number */
  const TbRate *rate; /* borrowed; NULL with TB_TRIED_NO_RATE */
  TbTriedVerdict verdict;
} TbTriedRate;

/* How a list came out among those that were asked in order. */
typedef enum
{
  TB_LIST_WON,
  TB_LIST_EMPTY,    /* it has no rates at all */
  TB_LIST_NO_RATE,  /* nothing in force for the number */
  TB_LIST_TOO_LATE, /* a list asked before it had a rate */
  TB_LIST_SHORTER,  /* custom_match “longest”: the package's own prefix is shorter than the tariff's */
  TB_LIST_CHANGED,  /* no version of it fits the result: it has been changed since in a way that leaves no trace */
} TbListOutcome;

/* One list of rates as it was asked for a call. */
typedef struct
{
  TbRateSource source;
  char *owner;         /* name of tariff or package, key of the client */
  guint32 version;     /* of the list; 0 = unknown */
  gint64 version_time; /* TB_TIME_NONE = unknown */
  char *file;          /* that version came from, or NULL */
  GPtrArray *rates;    /* of TbRate, owned: those whose prefix begins the number */
  GArray *tried;       /* of TbTriedRate: every prefix, the longest first */
  TbListOutcome outcome;
} TbTriedList;

void tb_tried_list_free (TbTriedList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTriedList, tb_tried_list_free)

/* What became of each prefix of `digits` in `rates` (of TbRate; others than those of its prefixes are passed over) at `when`. `zone` is that
 * of the bands. Of TbTriedRate, which borrow from `rates`. */
GArray *tb_rate_trace (GPtrArray *rates, TbZone *zone, const char *digits, gint64 when, gboolean exact);
/* The rate that was chosen or blocks; NULL = none. */
const TbRate *tb_rate_trace_get_chosen (const GArray *tried);

/* For programs: "no-rate" "chosen" "blocks" "not-yet" …; "won" "empty" "no-rate" "not-asked" "shorter" "changed". */
const char *tb_tried_verdict_to_string (TbTriedVerdict self);
const char *tb_list_outcome_to_string (TbListOutcome self);

G_END_DECLS
