/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-time.h"

G_BEGIN_DECLS

/* By what calls are filtered. The words are stored in books: a field may come, none may be called otherwise. */
typedef enum
{
  TB_WHERE_FIELD_START,
  TB_WHERE_FIELD_CONNECTION,
  TB_WHERE_FIELD_TENANT,
  TB_WHERE_FIELD_CLIENT,      /* its key or its name */
  TB_WHERE_FIELD_SERVICE,
  TB_WHERE_FIELD_PACKAGE,
  TB_WHERE_FIELD_TARIFF,      /* to which the rate belongs */
  TB_WHERE_FIELD_DIRECTION,
  TB_WHERE_FIELD_FROM,
  TB_WHERE_FIELD_TO,          /* as dialled */
  TB_WHERE_FIELD_NUMBER,      /* from or to */
  TB_WHERE_FIELD_RATED_NUMBER,
  TB_WHERE_FIELD_DID,
  TB_WHERE_FIELD_COUNTRY,     /* to which the rated number leads */
  TB_WHERE_FIELD_DESTINATION, /* the rate's description */
  TB_WHERE_FIELD_PREFIX,      /* the rate's */
  TB_WHERE_FIELD_EXTENSION,
  TB_WHERE_FIELD_ACCOUNT,
  TB_WHERE_FIELD_CALLER_NAME,
  TB_WHERE_FIELD_CAUSE,
  TB_WHERE_FIELD_RECORD,      /* the uid */
  TB_WHERE_FIELD_RING,
  TB_WHERE_FIELD_SECONDS,
  TB_WHERE_FIELD_BILLED,
  TB_WHERE_FIELD_INCLUDED,
  TB_WHERE_FIELD_CHARGE,      /* in its own currency */
  TB_WHERE_FIELD_COST,        /* likewise */
  TB_WHERE_FIELD_MARGIN,      /* in the company's */
  TB_WHERE_FIELD_CURRENCY,    /* of the charge */
  TB_WHERE_FIELD_STATUS,
  TB_WHERE_FIELD_PRICED,
  TB_WHERE_FIELD_INVOICE,     /* its number; "draft"; "#12", whatever number it has or will have */
  TB_WHERE_FIELD_SOURCE,      /* whose rate it was */
  TB_WHERE_FIELD_IMPORT,
  TB_WHERE_FIELD_RATE,        /* ids of rates */
  TB_WHERE_FIELD_COST_RATE,
  TB_WHERE_N_FIELDS
} TbWhereField;

/* How its values are written and held against a call. */
typedef enum
{
  TB_WHERE_OF_TIME,    /* 2026, 2026-10, 2026-10-03, 2026-10-03T14:00, today, last-month, last-7-days … */
  TB_WHERE_OF_TEXT,    /* a name, or a pattern with * and ?; capitals do not matter; "" = there is none */
  TB_WHERE_OF_NUMBER,  /* a phone number, likewise */
  TB_WHERE_OF_SECONDS, /* 90, 1:30, 1:00:00 */
  TB_WHERE_OF_AMOUNT,  /* 0.25 */
  TB_WHERE_OF_COUNT,   /* a whole number */
  TB_WHERE_OF_WORD,    /* one of a list */
} TbWhereFieldKind;

const char     *tb_where_field_get_name (TbWhereField self);  /* as it is written: "rated-number" */
const char     *tb_where_field_get_title (TbWhereField self); /* translated */
TbWhereFieldKind tb_where_field_get_kind (TbWhereField self);
gboolean        tb_where_field_find (const char *name, gsize len, TbWhereField *ret);
/* For TB_WHERE_OF_WORD: what may stand there, and as people read it; NULL-ended, the same length. NULL for currencies, of which there are many. */
const char    **tb_where_field_list_words (TbWhereField self);
char           *tb_where_field_word_to_display (TbWhereField self, const char *word);
/* Is held against a range of values, so that "<" and ".." make sense. */
gboolean        tb_where_field_has_order (TbWhereField self);

/* What a value stands for, as whole numbers from *ret_low to *ret_high, both included: UTC seconds, seconds, 10^-9, or the number of the word.
 * Not for texts and phone numbers. Relative times are as of `now` in `zone`. TB_ERROR_INVALID_INPUT says what may stand there. */
gboolean tb_where_field_read (TbWhereField self, const char *value, gint64 now, TbZone *zone, gint64 *ret_low, gint64 *ret_high, GError **error);

/* ---- times ---- */

/* The words for times that move with the clock, for menus: "today", "last-month" …; NULL-ended. */
extern const char *const tb_where_times[];
const char *tb_where_time_to_display (const char *word); /* "last 7 days", translated; the word itself when it is none of these */
/* [from, to) in UTC of what `text` says. */
gboolean tb_where_time_read (const char *text, gint64 now, TbZone *zone, gint64 *ret_from, gint64 *ret_to, GError **error);

G_END_DECLS
