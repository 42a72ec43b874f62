/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-package-text.h"

#include <glib/gi18n.h>

#include "tb-format.h"

const char *
tb_package_mode_text (TbPackageMode mode)
{
  return mode == TB_PACKAGE_PREPAID ? _ ("In advance") : _ ("Afterwards");
}

static const char *
cycle_text (TbCycle cycle)
{
  switch (cycle)
    {
    case TB_CYCLE_MONTHLY:
      return _ ("a month");
    case TB_CYCLE_QUARTERLY:
      return _ ("a quarter");
    case TB_CYCLE_SEMI_ANNUAL:
      return _ ("a half year");
    case TB_CYCLE_ANNUAL:
      return _ ("a year");
    case TB_CYCLE_ONE_OFF:
      return _ ("once");
    default:
      g_return_val_if_reached ("");
    }
}

char *
tb_package_dup_fee (const TbPackage *package)
{
  g_autofree char *fee = tb_decimal_format (package->fee, TB_RATE_SCALE, 2);

  /* Translators: an amount and how often it is due, as in "29.95 a month" */
  return g_strdup_printf (_ ("%s %s"), fee, cycle_text (package->cycle));
}

static const char *
rounding_text (TbRoundingMode mode)
{
  switch (mode)
    {
    case TB_ROUND_HALF_UP:
      return _ ("half up");
    case TB_ROUND_HALF_EVEN:
      return _ ("half to even");
    case TB_ROUND_UP:
      return _ ("up");
    case TB_ROUND_DOWN:
      return _ ("down");
    default:
      g_return_val_if_reached ("");
    }
}

char *
tb_package_dup_rounding (const TbPackage *package)
{
  return g_strdup_printf (_ ("%s, %d decimals"), rounding_text (package->rounding.mode), package->rounding.decimals);
}

char *
tb_package_dup_allowance (const TbAllowance *allowance)
{
  g_autofree char *minutes = NULL;

  if (allowance->seconds == TB_SECONDS_UNLIMITED)
    return g_strdup (_ ("Unlimited"));
  minutes = tb_format_minutes (allowance->seconds);
  return g_strdup_printf (_ ("%s minutes"), minutes);
}

char *
tb_package_dup_scope (const TbAllowance *allowance)
{
  g_autofree char *to = NULL;
  GString *text;

  if (allowance->scope != NULL && allowance->scope[0] != NULL && !g_str_equal (allowance->scope[0], "all"))
    to = g_strjoinv (", ", allowance->scope);
  text = g_string_new (NULL);
  if (to != NULL)
    g_string_append_printf (text, _ ("Calls to %s"), to);
  else
    g_string_append (text, _ ("All calls"));
  if (allowance->shared)
    g_string_append (text, _ (" · shared by all services of the client"));
  if (allowance->carry_over)
    g_string_append (text, _ (" · what is left carries over"));
  return g_string_free (text, FALSE);
}
