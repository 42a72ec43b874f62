/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define E164_LENGTH_MAX 15
#define E164_LENGTH_MIN 7
#define EXTENSION_LENGTH_MAX 6
#define NANP_LENGTH 10
#define NANP_LOCAL_LENGTH 7

/* Country codes in use, ITU-T E.164 annex (list of assigned codes, 2016 and its amendments): 1 and 7, then those of two and of three digits. A
 * number whose first digits are none of these reaches nobody. */
static const char codes_2[] = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 "
                              "92 93 94 95 98 ";
static const char codes_3[] = "211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 "
                              "244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 "
                              "299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 379 380 381 382 383 385 386 387 389 "
                              "420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 "
                              "677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800 808 850 852 853 855 856 870 878 880 881 882 883 886 "
                              "888 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995 996 998 ";

static const char *const verdict_names[] = { "valid", "wrong-country", "invalid", "extension" };
static const char *const verdict_titles[] = { N_ ("Valid"), N_ ("Wrong country"), N_ ("Invalid"), N_ ("Extension") };

/* ---- parts of numbers ---- */

/* Codes are kept with a blank behind each, so a match must begin at a multiple of their width. */
static gboolean
is_listed (const char *codes, gsize width, const char *digits)
{
  for (const char *code = codes; *code != '\0'; code += width + 1)
    if (strncmp (code, digits, width) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_country_code (const char *number)
{
  return number[0] == '1' || number[0] == '7' || is_listed (codes_2, 2, number) || is_listed (codes_3, 3, number);
}

/* NPA-NXX-XXXX: neither area nor exchange begins with 0 or 1 (NANPA, ATIS-0300051). */
static gboolean
is_nanp_national (const char *digits)
{
  return strlen (digits) == NANP_LENGTH && digits[0] >= '2' && digits[3] >= '2';
}

static gboolean
is_own_country (const TbNumberPlan *plan, const char *number)
{
  return plan->country_code != NULL && *plan->country_code != '\0' && g_str_has_prefix (number, plan->country_code);
}

static void
set_fix (TbNumberCheck *self, const char *reason, const char *pattern, const char *replacement)
{
  self->reason = reason;
  g_strlcpy (self->pattern, pattern, sizeof self->pattern);
  g_strlcpy (self->replacement, replacement, sizeof self->replacement);
}

/* ---- verdicts ---- */

static gboolean
check_shape (TbNumberCheck *self, gsize length)
{
  char pattern[32];

  self->verdict = TB_NUMBER_INVALID;
  g_snprintf (pattern, sizeof pattern, "^(\\d{%u})$", (guint) length);
  if (length > E164_LENGTH_MAX)
    set_fix (self, _("more than 15 digits"), pattern, "");
  else if (length < E164_LENGTH_MIN)
    set_fix (self, _("too short for a number with its country code"), pattern, "");
  else if (!has_country_code (self->number))
    {
      g_snprintf (pattern, sizeof pattern, "^(%.2s\\d+)$", self->number);
      set_fix (self, _("does not begin with a country code that is in use"), pattern, "");
    }
  else
    return TRUE;
  return FALSE;
}

/* Digits that were taken as they are: ten of North America's shape without their 1, a national number whose trunk prefix stayed, or an exit
 * code of somewhere else. */
static gboolean
check_country (TbNumberCheck *self, const TbNumberPlan *plan, TbNumberRule rule, const char *digits)
{
  if (rule != TB_NUMBER_RULE_AS_DIALLED || is_own_country (plan, digits))
    return TRUE;
  self->verdict = TB_NUMBER_WRONG_COUNTRY;
  if (g_strcmp0 (plan->country_code, "1") == 0 && strlen (digits) == NANP_LOCAL_LENGTH)
    {
      self->verdict = TB_NUMBER_INVALID;
      set_fix (self, _("seven digits without an area code"), "^(\\d{7})$", "");
    }
  else if (g_strcmp0 (plan->country_code, "1") == 0 && is_nanp_national (digits))
    {
      g_snprintf (self->likely, sizeof self->likely, "1%s", digits);
      set_fix (self, _("ten digits without the leading 1"), "^(\\d{10})$", "1$1");
    }
  else if (g_str_has_prefix (digits, "011") || g_str_has_prefix (digits, "00"))
    {
      guint skip = digits[1] == '0' ? 2 : 3;

      g_strlcpy (self->likely, digits + skip, sizeof self->likely);
      set_fix (self, _("begins with an exit code that the number plan does not have"), skip == 2 ? "^00(\\d+)$" : "^011(\\d+)$", "$1");
    }
  else if (digits[0] == '0' && plan->country_code != NULL && *plan->country_code != '\0')
    {
      char replacement[16];

      g_snprintf (self->likely, sizeof self->likely, "%s%s", plan->country_code, digits + 1);
      g_snprintf (replacement, sizeof replacement, "%.8s$1", plan->country_code);
      set_fix (self, _("begins with a trunk prefix that the number plan does not have"), "^0(\\d+)$", replacement);
    }
  else
    {
      self->verdict = TB_NUMBER_VALID;
      return TRUE;
    }
  return FALSE;
}

/* After a rule for the own country, or with its code: North America's form is fixed. */
static gboolean
check_nanp (TbNumberCheck *self)
{
  if (self->number[0] != '1' || is_nanp_national (self->number + 1))
    return TRUE;
  self->verdict = TB_NUMBER_INVALID;
  set_fix (self, _("not ten digits of North America after the 1"), "^(1\\d+)$", "");
  return FALSE;
}

void
tb_number_check (const TbNumberPlan *plan, const char *dialled, TbNumberCheck *ret)
{
  TbNumberRule rule;
  gsize length;

  memset (ret, 0, sizeof *ret);
  ret->verdict = TB_NUMBER_INVALID;
  ret->reason = "";
  if (!tb_number_plan_normalise (plan, dialled, -1, ret->number, &rule))
    {
      if (dialled[0] == '*' || dialled[0] == '#')
        ret->verdict = TB_NUMBER_EXTENSION;
      else
        set_fix (ret, _("not a number"), "", "");
      return;
    }
  length = strlen (ret->number);
  if (rule == TB_NUMBER_RULE_AS_DIALLED && length <= EXTENSION_LENGTH_MAX)
    ret->verdict = TB_NUMBER_EXTENSION;
  else if (check_country (ret, plan, rule, ret->number) && check_shape (ret, length) && check_nanp (ret))
    ret->verdict = TB_NUMBER_VALID;
}

const char *
tb_number_verdict_to_string (TbNumberVerdict self)
{
  return verdict_names[self];
}

const char *
tb_number_verdict_to_display (TbNumberVerdict self)
{
  return _(verdict_titles[self]);
}
