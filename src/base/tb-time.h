/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Times are gint64 seconds since 1970 in UTC; days are gint32 days since 1970-01-01 (TbDay), without a zone.
 * TbZone is an immutable, thread-safe time zone whose transitions are cached, so that a look-up costs nanoseconds.
 */
typedef gint32 TbDay;
#define TB_DAY_NONE G_MININT32
#define TB_TIME_NONE G_MININT64

typedef struct _TbZone TbZone;

/* `id` is an IANA name or "UTC"; unknown names are TB_ERROR_INVALID_INPUT (never UTC in silence). */
TbZone     *tb_zone_new (const char *id, GError **error);
TbZone     *tb_zone_new_utc (void);
TbZone     *tb_zone_ref (TbZone *self);
void        tb_zone_unref (TbZone *self);
const char *tb_zone_get_id (TbZone *self);
/* Seconds to add to UTC at that instant. */
int    tb_zone_offset_at (TbZone *self, gint64 time);
/* Local wall-clock to UTC. In the repeated autumn hour the first is meant (`later` = FALSE) or the second;
 * a time that spring skips is moved forward by the gap. */
gint64 tb_zone_to_utc (TbZone *self, TbDay day, int second_of_day, gboolean later);
TbDay  tb_zone_day_at (TbZone *self, gint64 time);
/* The day, and instants [from, to) around that one which are of it too, for who asks of many times in a row: all of the day unless the clock
 * jumps in it. */
TbDay  tb_zone_day_around (TbZone *self, gint64 time, gint64 *ret_from, gint64 *ret_to);
int    tb_zone_second_of_day_at (TbZone *self, gint64 time);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbZone, tb_zone_unref)

TbDay    tb_day_from_ymd (int year, int month, int day);
void     tb_day_to_ymd (TbDay day, int *year, int *month, int *mday);
gboolean tb_day_is_valid_ymd (int year, int month, int day);
int      tb_day_weekday (TbDay day); /* 1 = Monday … 7 = Sunday */
int      tb_day_days_in_month (int year, int month);
/* `months` later, on day `anchor` of the month or its last day when shorter (31 → 28/29/30). */
TbDay    tb_day_add_months (TbDay day, int months, int anchor);
/* Strict YYYY-MM-DD. */
gboolean tb_day_parse (const char *text, TbDay *ret, GError **error);
char    *tb_day_format (TbDay day);

/* RFC 3339 / ISO 8601 (T or blank, fraction dropped, offset or Z optional: without one `zone`, NULL = UTC), or
 * Unix seconds, milliseconds or microseconds, told apart by size. `len` -1 = to NUL. Years 1970 to 2105. */
gboolean tb_time_parse (const char *text, gssize len, TbZone *zone, gint64 *ret, GError **error);
/* "2026-10-02T09:14:03-04:00" */
char    *tb_time_format (gint64 time, TbZone *zone);
void     tb_time_format_to (gint64 time, TbZone *zone, char buffer[32]);

G_END_DECLS
