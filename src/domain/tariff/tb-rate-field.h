/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"

G_BEGIN_DECLS

/* The fields of a rate that a person types, one cell of a table each. */
typedef enum
{
  TB_RATE_PREFIX,
  TB_RATE_DESCRIPTION,
  TB_RATE_PRICE,
  TB_RATE_INCREMENT,
  TB_RATE_CONNECT_FEE,
  TB_RATE_FROM,
  TB_RATE_UNTIL,
  TB_RATE_MINIMUM,
  TB_RATE_GRACE,
  TB_RATE_INCLUDED,
  TB_RATE_MIN_CHARGE,
  TB_RATE_MAX_CHARGE,
  TB_RATE_PRIORITY,
  TB_RATE_SECOND_PRICE,
  TB_RATE_PREMIUM_PRICE,
  TB_RATE_WHEN,  /* days and hours, as in tb-rate-words.h */
  TB_RATE_STEPS, /* likewise; where there are any, price and increment are those of the steps */
  TB_RATE_N_FIELDS
} TbRateField;

/* The field as it could be typed: "" for what is not given, "*" for the prefix of all others, days as 2026-12-31 in `zone` (NULL = UTC),
 * "blocked" for the price of a prefix that is not sold. A new string. */
char *tb_rate_field_to_text (const TbRate *rate, TbRateField field, TbZone *zone);

/* A copy of `rate` with the field as it was typed; id and line stay. Prices take a point or a comma as the decimal sign, never below zero; a
 * price of "blocked" stops the prefix, a number sells it again; an empty field is "not given" where a rate may lack it.
 * TB_ERROR_INVALID_INPUT says what is wrong with the text, in words for the person who typed it. */
TbRate *tb_rate_with_field (const TbRate *rate, TbRateField field, const char *text, TbZone *zone, GError **error);

/* A price as it is typed: "0.0052", "0,0052"; not below zero. */
gboolean tb_rate_parse_price (const char *text, TbDecimal *ret, GError **error);
/* A day (it begins at 00:00 in `zone`) or a moment; "" = TB_TIME_NONE. */
gboolean tb_rate_parse_moment (const char *text, TbZone *zone, gint64 *ret, GError **error);

G_END_DECLS
