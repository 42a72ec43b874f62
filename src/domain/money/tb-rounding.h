/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tb-decimal.h"

G_BEGIN_DECLS

typedef __int128 TbWide;

/* How an exact value becomes one with fewer decimals. "up" is away from zero, "down" toward it; the ties of
 * "half-up" go away from zero, so that a credit mirrors its charge. */
typedef enum { TB_ROUND_HALF_UP, TB_ROUND_HALF_EVEN, TB_ROUND_UP, TB_ROUND_DOWN } TbRoundingMode;

typedef struct
{
  TbRoundingMode mode;
  guint8 decimals; /* 0 to TB_AMOUNT_SCALE */
} TbRounding;

/* rating.md step 14: the default of a package, half-up at 4 decimals. */
#define TB_ROUNDING_DEFAULT ((TbRounding){ TB_ROUND_HALF_UP, 4 })

/* numerator / denominator as an integer, by `mode`. denominator > 0. */
gboolean tb_round_divide (TbWide numerator, TbWide denominator, TbRoundingMode mode, gint64 *ret, GError **error);

/* The same in 64 bits, where a division costs a tenth; cannot fail. */
guint64  tb_round_quotient (guint64 numerator, guint64 denominator, TbRoundingMode mode);

/* The exact value numerator / denominator (in whole units of currency) as an amount, rounded once to `rounding`. */
gboolean tb_round_to_amount (TbWide numerator, TbWide denominator, TbRounding rounding, TbAmount *ret, GError **error);

/* An amount that is already at 10^-9, to fewer decimals. */
gboolean tb_round_amount (TbAmount amount, TbRounding rounding, TbAmount *ret, GError **error);

gboolean    tb_rounding_mode_parse (const char *text, TbRoundingMode *ret); /* "half-up" "half-even" "up" "down" */
const char *tb_rounding_mode_to_string (TbRoundingMode self);

G_END_DECLS
