/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How numbers are dialled at a client's place (rating.md step 5). An empty value: that rule does not exist. */
typedef struct
{
  char *country;      /* ISO 3166 alpha-2, or NULL */
  char *country_code; /* "1", "44", or NULL */
  char **exit_codes;  /* {"011", NULL} or NULL */
  char *trunk_prefix; /* "0", "1", or NULL */
  gboolean nanp;      /* a 10-digit number gets a 1 */
  char *area_code;    /* or NULL */
} TbNumberPlan;

void tb_number_plan_clear (TbNumberPlan *self);
void tb_number_plan_copy (const TbNumberPlan *self, TbNumberPlan *ret);

/* Which rule made the E.164 digits; kept with every rated call. */
typedef enum
{
  TB_NUMBER_RULE_NONE,          /* not normalised (not needed, or not a number) */
  TB_NUMBER_RULE_AS_DIALLED,    /* no rule applied: taken as E.164 digits */
  TB_NUMBER_RULE_INTERNATIONAL, /* + */
  TB_NUMBER_RULE_EXIT_CODE,
  TB_NUMBER_RULE_NANP,          /* 10 digits got a 1 */
  TB_NUMBER_RULE_TRUNK_PREFIX,
  TB_NUMBER_RULE_AREA_CODE,
} TbNumberRule;

#define TB_E164_BUFFER 40

/* Normalises `dialled` to E.164 digits in `ret` (NUL-ended). FALSE when it is not a number (no digits, letters, a
 * feature code, more than 32 digits before or after); then *ret is "". Allocates nothing. */
gboolean    tb_number_plan_normalise (const TbNumberPlan *self, const char *dialled, gssize len, char ret[TB_E164_BUFFER],
                                      TbNumberRule *ret_rule);
const char *tb_number_rule_to_string (TbNumberRule self);

G_END_DECLS
