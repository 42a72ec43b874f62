/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define E164_LENGTH_MAX 15
#define E164_LENGTH_MIN 7
#define EXTENSION_LENGTH_MAX 6
#define NANP_LENGTH 10
#define NANP_LOCAL_LENGTH 7
#define ANY_DIGITS "X."

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

/* ---- patterns ---- */

/* A body as a regular expression: runs of X become \d{n}. */
static void
append_body (GString *regex, const char *body)
{
  while (*body != '\0')
    {
      gsize run = strspn (body, "X");

      if (run > 0 && body[run] == '.')
        g_string_append (regex, "\\d+");
      else if (run > 1)
        g_string_append_printf (regex, "\\d{%u}", (guint) run);
      else if (run == 1)
        g_string_append (regex, "\\d");
      else
        g_string_append_c (regex, *body);
      body += run > 0 ? run + (body[run] == '.') : 1;
    }
}

/* `prepend` NULL = the dial plan should refuse such numbers. */
static void
set_pattern (TbNumberCheck *self, const char *reason, const char *lead, const char *body, const char *prepend)
{
  g_autoptr (GString) regex = g_string_new ("^");

  self->reason = reason;
  self->mends = prepend != NULL;
  g_strlcpy (self->lead, lead, sizeof self->lead);
  g_strlcpy (self->body, body, sizeof self->body);
  g_strlcpy (self->prepend, prepend != NULL ? prepend : "", sizeof self->prepend);
  if (*lead == '+')
    g_string_append_c (regex, '\\');
  g_string_append_printf (regex, "%s(", lead);
  append_body (regex, body);
  g_string_append (regex, ")$");
  g_strlcpy (self->pattern, regex->str, sizeof self->pattern);
  if (prepend != NULL)
    g_snprintf (self->replacement, sizeof self->replacement, "%s$1", self->prepend);
}

/* `n` digits of any kind behind `first`. */
static const char *
any_digits (char body[TB_NUMBER_SHAPE_BUFFER], const char *first, gsize n)
{
  gsize len = MIN (strlen (first), TB_NUMBER_SHAPE_BUFFER - 1);

  n = MIN (n, TB_NUMBER_SHAPE_BUFFER - 1 - len);
  memcpy (body, first, len);
  memset (body + len, 'X', n);
  body[len + n] = '\0';
  return body;
}

/* ---- what was dialled ---- */

typedef struct
{
  char digits[TB_E164_BUFFER]; /* without separators */
  char lead[TB_E164_BUFFER];   /* what the plan dropped, with its + */
  gsize n, added;              /* digits; how many the plan put before them */
} Dialled;

/* The number ends as it was dialled; what stands before is what the plan dropped, or put there. */
static void
read_dialled (Dialled *self, const char *dialled, const char *number)
{
  gsize length = strlen (number);

  self->n = 0;
  for (const char *at = dialled; *at != '\0' && self->n < TB_E164_BUFFER - 1; at++)
    if (g_ascii_isdigit (*at))
      self->digits[self->n++] = *at;
  self->digits[self->n] = '\0';
  self->added = 0;
  g_snprintf (self->lead, sizeof self->lead, "%s%.*s", strchr (dialled, '+') != NULL ? "+" : "", (int) (self->n > length ? self->n - length : 0),
              self->digits);
  while (self->added < length && !g_str_has_suffix (self->digits, number + self->added))
    self->added++;
}

/* ---- verdicts ---- */

/* An extension is no fault, yet equal ones belong together. */
static void
set_extension (TbNumberCheck *self, const char *dialled)
{
  char body[TB_NUMBER_SHAPE_BUFFER];

  self->verdict = TB_NUMBER_EXTENSION;
  if (dialled[0] == '*' || dialled[0] == '#')
    self->reason = _("a feature code");
  else
    {
      self->reason = _("so short that it is an extension or a service");
      g_strlcpy (self->body, any_digits (body, "", strlen (self->number)), sizeof self->body);
    }
}

static void
set_valid (TbNumberCheck *self)
{
  static const char *const reasons[] = {
    [TB_NUMBER_RULE_NONE] = "",
    [TB_NUMBER_RULE_AS_DIALLED] = N_ ("dialled with its country code"),
    [TB_NUMBER_RULE_INTERNATIONAL] = N_ ("dialled with a +"),
    [TB_NUMBER_RULE_EXIT_CODE] = N_ ("dialled with the exit code"),
    [TB_NUMBER_RULE_NANP] = N_ ("ten digits, the number plan adds the 1"),
    [TB_NUMBER_RULE_TRUNK_PREFIX] = N_ ("a national number, the number plan adds the country code"),
    [TB_NUMBER_RULE_AREA_CODE] = N_ ("a local number, the number plan adds the area code"),
  };

  self->verdict = TB_NUMBER_VALID;
  self->reason = _(reasons[self->rule]);
}

static gboolean
check_shape (TbNumberCheck *self, const Dialled *dialled)
{
  gsize length = strlen (self->number);
  char body[TB_NUMBER_SHAPE_BUFFER], first[3];

  self->verdict = TB_NUMBER_INVALID;
  any_digits (body, "", length - dialled->added);
  if (length > E164_LENGTH_MAX)
    set_pattern (self, _("more than 15 digits"), dialled->lead, body, NULL);
  else if (length < E164_LENGTH_MIN)
    set_pattern (self, _("too short for a number with its country code"), dialled->lead, body, NULL);
  else if (!has_country_code (self->number))
    {
      g_strlcpy (first, self->number, sizeof first);
      g_strlcpy (body, first, sizeof body);
      g_strlcat (body, ANY_DIGITS, sizeof body);
      set_pattern (self, _("does not begin with a country code that is in use"), dialled->lead, body, NULL);
    }
  else
    return TRUE;
  return FALSE;
}

/* Digits that were taken as they are: ten of North America's shape without their 1, a national number whose trunk prefix stayed, or an exit
 * code of somewhere else. */
static gboolean
check_country (TbNumberCheck *self, const TbNumberPlan *plan, const char *digits)
{
  gboolean in_america = g_strcmp0 (plan->country_code, "1") == 0;
  char body[TB_NUMBER_SHAPE_BUFFER];

  if (self->rule != TB_NUMBER_RULE_AS_DIALLED || is_own_country (plan, digits))
    return TRUE;
  self->verdict = TB_NUMBER_WRONG_COUNTRY;
  if (in_america && strlen (digits) == NANP_LOCAL_LENGTH)
    {
      self->verdict = TB_NUMBER_INVALID;
      set_pattern (self, _("seven digits without an area code"), "", any_digits (body, "", NANP_LOCAL_LENGTH), NULL);
    }
  else if (in_america && is_nanp_national (digits))
    {
      g_snprintf (self->likely, sizeof self->likely, "1%s", digits);
      set_pattern (self, _("ten digits without the leading 1"), "", any_digits (body, "", NANP_LENGTH), "1");
    }
  else if (g_str_has_prefix (digits, "011") || g_str_has_prefix (digits, "00"))
    {
      const char *exit_code = digits[1] == '0' ? "00" : "011";

      g_strlcpy (self->likely, digits + strlen (exit_code), sizeof self->likely);
      set_pattern (self, _("begins with an exit code that the number plan does not have"), exit_code, ANY_DIGITS, "");
    }
  else if (digits[0] == '0' && plan->country_code != NULL && *plan->country_code != '\0')
    {
      g_snprintf (self->likely, sizeof self->likely, "%s%s", plan->country_code, digits + 1);
      set_pattern (self, _("begins with a trunk prefix that the number plan does not have"), "0", ANY_DIGITS, plan->country_code);
    }
  else
    return TRUE;
  return FALSE;
}

/* After a rule for the own country, or with its code: North America's form is fixed. The pattern must not catch good numbers, which begin with
 * the same 1: it says which digit is wrong. */
static gboolean
check_nanp (TbNumberCheck *self, const Dialled *dialled)
{
  const char *national = self->number + 1;
  gsize length = strlen (self->number), written = length - dialled->added;
  char body[TB_NUMBER_SHAPE_BUFFER];

  if (self->number[0] != '1' || is_nanp_national (national))
    return TRUE;
  self->verdict = TB_NUMBER_INVALID;
  if (length - 1 != NANP_LENGTH)
    set_pattern (self, _("not ten digits of North America after the 1"), dialled->lead,
                 any_digits (body, dialled->added > 0 ? "" : "1", written - (dialled->added == 0)), NULL);
  else if (national[0] < '2' && written >= NANP_LENGTH)
    set_pattern (self, _("an area code of North America never begins with 0 or 1"), dialled->lead,
                 any_digits (body, written > NANP_LENGTH ? "1[01]" : "[01]", NANP_LENGTH - 1), NULL);
  else
    set_pattern (self, _("an exchange of North America never begins with 0 or 1"), dialled->lead,
                 any_digits (body, written > NANP_LENGTH ? "1XXX[01]" : written == NANP_LENGTH ? "XXX[01]" : "[01]", NANP_LOCAL_LENGTH - 1), NULL);
  return FALSE;
}

void
tb_number_check (const TbNumberPlan *plan, const char *dialled, TbNumberCheck *ret)
{
  Dialled parts;

  memset (ret, 0, sizeof *ret);
  ret->verdict = TB_NUMBER_INVALID;
  ret->reason = "";
  if (!tb_number_plan_normalise (plan, dialled, -1, ret->number, &ret->rule))
    {
      if (dialled[0] == '*' || dialled[0] == '#')
        set_extension (ret, dialled);
      else
        ret->reason = _("not a number");
      return;
    }
  read_dialled (&parts, dialled, ret->number);
  if (ret->rule == TB_NUMBER_RULE_AS_DIALLED && strlen (ret->number) <= EXTENSION_LENGTH_MAX)
    set_extension (ret, dialled);
  else if (check_country (ret, plan, ret->number) && check_shape (ret, &parts) && check_nanp (ret, &parts))
    set_valid (ret);
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
