/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Exact decimals: a gint64 at a named scale. No binary floating point lies between a parsed decimal string and
 * a printed one. Amounts are kept at 10^-9, everything they are multiplied with (rates, percents, exchange
 * rates) at 10^-12; products are __int128.
 */
#define TB_AMOUNT_SCALE 9
#define TB_RATE_SCALE 12

typedef gint64 TbAmount;  /* 10^-9 of a currency unit */
typedef gint64 TbDecimal; /* 10^-12 */

#define TB_AMOUNT_ONE G_GINT64_CONSTANT (1000000000)
#define TB_DECIMAL_ONE G_GINT64_CONSTANT (1000000000000)
#define TB_DECIMAL_NONE G_MININT64 /* "not set", where a field may be empty */

/* Plain decimals only: optional sign, ASCII digits, optional point and digits. `len` -1 = to NUL. More digits
 * than the scale holds (trailing zeros apart) and values beyond gint64 are refused, never rounded. */
gboolean tb_decimal_parse (const char *text, gssize len, guint scale, gint64 *ret, GError **error);

/* Shortest exact text with at least `min_decimals` decimals: 5200000000 at 12 → "0.0052". */
char *tb_decimal_format (gint64 value, guint scale, guint min_decimals);
/* The same into a buffer of 40; returns its length. */
gsize tb_decimal_format_to (gint64 value, guint scale, guint min_decimals, char buffer[40]);

G_END_DECLS
