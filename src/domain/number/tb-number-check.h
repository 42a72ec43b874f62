/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-number-plan.h"

G_BEGIN_DECLS

/**
 * TbNumberCheck: whether a dialled number, normalised by its number plan, can be a number of ITU-T E.164 and of the country that was meant.
 *
 * A PBX whose dial plan sends 4165550117 instead of 14165550117 is billed for Switzerland (41). Such patterns are found here, with the
 * dial-plan rule that mends each.
 */
typedef enum
{
  TB_NUMBER_VALID,
  TB_NUMBER_WRONG_COUNTRY, /* can be a number, yet more likely one of the plan's own country without its code */
  TB_NUMBER_INVALID,
  TB_NUMBER_EXTENSION,     /* up to 6 digits: internal, a short or a feature code */
} TbNumberVerdict;

/* What all numbers with the same fault have in common, in the dialled digits: `lead` (dropped by the dial plan), then `body`, and what is put before
 * the body instead. In the body X is any digit, X. any digits, [01] one of those. */
#define TB_NUMBER_SHAPE_BUFFER 48

typedef struct
{
  TbNumberVerdict verdict;
  TbNumberRule rule;           /* of the plan, that made the number */
  char number[TB_E164_BUFFER]; /* normalised; "" = it is none */
  char likely[TB_E164_BUFFER]; /* what was meant, when that can be said; else "" */
  const char *reason;          /* translated, static: what is wrong, or how it was dialled */
  char lead[TB_E164_BUFFER];
  char body[TB_NUMBER_SHAPE_BUFFER]; /* "" = there is no pattern, only the reason */
  char prepend[16];
  gboolean mends;              /* lead and prepend make a number of it; else the dial plan should refuse it */
  char pattern[TB_NUMBER_SHAPE_BUFFER * 2]; /* lead and body as a regular expression, "^00(\d+)$"; "" = nothing to mend */
  char replacement[32];                     /* "49$1"; "" = refuse */
} TbNumberCheck;

void        tb_number_check (const TbNumberPlan *plan, const char *dialled, TbNumberCheck *ret);
const char *tb_number_verdict_to_string (TbNumberVerdict self);  /* "valid" "wrong-country" "invalid" "extension" */
const char *tb_number_verdict_to_display (TbNumberVerdict self); /* translated */

G_END_DECLS
