/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-mirror.h"
#include "tb-rounding.h"

/* The rate of a currency for 1 of WHMCS's default one; 0 = it has none. */
static TbDecimal
find_rate (GPtrArray *currencies, TbCurrency currency)
{
  for (guint i = 0; i < currencies->len; i++)
    {
      const TbMirrorCurrency *row = currencies->pdata[i];

      if (row->currency == currency && row->rate > 0)
        return row->rate;
    }
  return 0;
}

gboolean
tb_mirror_get_exchange_rate (GPtrArray *currencies, TbCurrency base, TbCurrency of, TbDecimal *ret, GError **error)
{
  TbDecimal to = find_rate (currencies, base), from = find_rate (currencies, of);

  if (to != 0 && from != 0)
    return tb_round_divide ((TbWide) to * TB_DECIMAL_ONE, from, TB_ROUND_HALF_UP, ret, error);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("At the last pull WHMCS had no rate of %s."), tb_currency_to_string (to == 0 ? base : of));
  return FALSE;
}
