/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* ISO 4217, list one as of 2026: funds and metals left out. Decimals of the minor unit follow where they are not 2. */
static const char codes[][6] = {
  "AED",  "AFN",  "ALL",  "AMD",  "AOA",  "ARS",  "AUD",  "AWG",  "AZN",  "BAM",  "BBD",  "BDT",  "BGN",  "BHD3", "BIF0", "BMD",
  "BND",  "BOB",  "BRL",  "BSD",  "BTN",  "BWP",  "BYN",  "BZD",  "CAD",  "CDF",  "CHF",  "CLP0", "CNY",  "COP",  "CRC",  "CUP",
  "CVE",  "CZK",  "DJF0", "DKK",  "DOP",  "DZD",  "EGP",  "ERN",  "ETB",  "EUR",  "FJD",  "FKP",  "GBP",  "GEL",  "GHS",  "GIP",
  "GMD",  "GNF0", "GTQ",  "GYD",  "HKD",  "HNL",  "HTG",  "HUF",  "IDR",  "ILS",  "INR",  "IQD3", "IRR",  "ISK0", "JMD",  "JOD3",
  "JPY0", "KES",  "KGS",  "KHR",  "KMF0", "KPW",  "KRW0", "KWD3", "KYD",  "KZT",  "LAK",  "LBP",  "LKR",  "LRD",  "LSL",  "LYD3",
  "MAD",  "MDL",  "MGA",  "MKD",  "MMK",  "MNT",  "MOP",  "MRU",  "MUR",  "MVR",  "MWK",  "MXN",  "MYR",  "MZN",  "NAD",  "NGN",
  "NIO",  "NOK",  "NPR",  "NZD",  "OMR3", "PAB",  "PEN",  "PGK",  "PHP",  "PKR",  "PLN",  "PYG0", "QAR",  "RON",  "RSD",  "RUB",
  "RWF0", "SAR",  "SBD",  "SCR",  "SDG",  "SEK",  "SGD",  "SHP",  "SLE",  "SOS",  "SRD",  "SSP",  "STN",  "SVC",  "SYP",  "SZL",
  "THB",  "TJS",  "TMT",  "TND3", "TOP",  "TRY",  "TTD",  "TWD",  "TZS",  "UAH",  "UGX0", "USD",  "UYU",  "UZS",  "VED",  "VES",
  "VND0", "VUV0", "WST",  "XAF0", "XCD",  "XCG",  "XOF0", "XPF0", "YER",  "ZAR",  "ZMW",  "ZWG",
};

static char names[G_N_ELEMENTS (codes)][4];

static TbCurrency
pack (const char *code)
{
  return (TbCurrency) code[0] << 16 | (TbCurrency) code[1] << 8 | (TbCurrency) code[2];
}

/* Its place in the table, which is sorted; -1 = unknown. */
static int
find (TbCurrency currency)
{
  int low = 0, high = (int) G_N_ELEMENTS (codes) - 1;

  while (low <= high)
    {
      int middle = (low + high) / 2;
      TbCurrency here = pack (codes[middle]);

      if (here == currency)
        return middle;
      if (here < currency)
        low = middle + 1;
      else
        high = middle - 1;
    }
  return -1;
}

gboolean
tb_currency_parse (const char *code, TbCurrency *ret, GError **error)
{
  if (code != NULL && strlen (code) == 3 && find (pack (code)) >= 0)
    {
      *ret = pack (code);
      return TRUE;
    }

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a currency code of ISO 4217 like CAD or EUR."), code != NULL ? code : "");
  return FALSE;
}

const char *
tb_currency_to_string (TbCurrency self)
{
  static gsize once;
  int i;

  if (g_once_init_enter (&once))
    {
      for (guint k = 0; k < G_N_ELEMENTS (codes); k++)
        memcpy (names[k], codes[k], 3);
      g_once_init_leave (&once, 1);
    }

  i = self != TB_CURRENCY_NONE ? find (self) : -1;
  return i < 0 ? "" : names[i];
}

guint
tb_currency_get_minor_units (TbCurrency self)
{
  int i = find (self);

  return i < 0 || codes[i][3] == '\0' ? 2 : (guint) (codes[i][3] - '0');
}
