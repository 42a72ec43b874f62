/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"
#include "tb-rounding.h"

G_BEGIN_DECLS

/* What happens to the day from which a changed rate holds. */
typedef enum
{
  TB_RATE_START_KEEP,   /* it is as it was */
  TB_RATE_START_MOVE,   /* the rate itself holds from then on */
  TB_RATE_START_FOLLOW, /* the rate stays as it is until then; a new row with the change follows it */
} TbRateStart;

/* One change of many rates. */
typedef struct
{
  TbDecimal percent; /* added to all prices of a rate: 5 = dearer by 5 %; TB_DECIMAL_NONE = nothing */
  TbDecimal amount;  /* added after that, a minute; likewise, may be below zero */
  TbDecimal price;   /* instead of both: the price a minute; likewise */
  gboolean fees;     /* the percentage is of the connect fee too */
  TbRounding rounding; /* of prices and fees that change: once, to 0 to 12 decimals */
  gint32 initial, next; /* seconds; 0 = as they are */
  TbRateStart start;
  gint64 from;       /* unless start is KEEP; TB_TIME_NONE = always (not with FOLLOW) */
  gboolean ends;     /* `until` is to be written */
  gint64 until;      /* TB_TIME_NONE = open */
  int enabled;       /* 1 = sold, 0 = blocked, -1 = as it is */
} TbRateChange;

#define TB_RATE_CHANGE_NONE \
  ((TbRateChange){ .percent = TB_DECIMAL_NONE, .amount = TB_DECIMAL_NONE, .price = TB_DECIMAL_NONE, .rounding = { TB_ROUND_HALF_UP, 6 }, \
                   .from = TB_TIME_NONE, .until = TB_TIME_NONE, .enabled = -1 })
#define TB_RATE_PERCENT_MAX (1000 * 1000 * TB_DECIMAL_ONE)

/* FALSE when it would change nothing, whatever the rate. */
gboolean tb_rate_change_is_any (const TbRateChange *self);

/* What it makes of `rate`: *ret is the changed copy (with START_FOLLOW the row that follows, without id), or NULL when the rate stays as it
 * is: it has those values already, or, with START_FOLLOW, holds no more then or begins later by itself. A price below zero, a window that
 * ends before it begins, one price for a rate of several steps and what does not fit are refused. */
gboolean tb_rate_change_apply (const TbRateChange *self, const TbRate *rate, TbRate **ret, GError **error);

/* A prefix into longer ones: copies of `rate` whose prefix has an ending more, for the endings "0-9" or "0,4,71-79" (each range of one
 * length; at most 1,000). Of TbRate, without id. TB_ERROR_INVALID_INPUT. */
GPtrArray *tb_rate_split (const TbRate *rate, const char *endings, GError **error);

G_END_DECLS
