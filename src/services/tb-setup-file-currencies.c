/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-setup-file-private.h"

/* The file has a currency with its rates, a set-up has one list of rates of all currencies. */
typedef struct
{
  TbCurrency code;
  GPtrArray *rates; /* of TbExchangeRate */
} Currency;

static gpointer
exchange_rate_new (void)
{
  return g_new0 (TbExchangeRate, 1); /* from 1970-01-01 on */
}

static gpointer
currency_new (void)
{
  Currency *self = g_new0 (Currency, 1);

  self->rates = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
currency_free (gpointer data)
{
  Currency *self = data;

  g_ptr_array_unref (self->rates);
  g_free (self);
}

static const TbSetupKey exchange_rate_keys[] = {
  TB_KEY ("from", TbExchangeRate, from, day),
  TB_KEY ("rate", TbExchangeRate, rate, decimal, .required = TRUE, .min = 1, .max = G_MAXINT64),
};
static const TbSetupNoun exchange_rate_noun = TB_NOUN (exchange_rate_keys, exchange_rate_new, g_free, NULL);

static const TbSetupKey currency_keys[] = {
  TB_KEY ("code", Currency, code, currency, .required = TRUE),
  TB_KEY ("rates", Currency, rates, list, .noun = &exchange_rate_noun),
};
const TbSetupNoun tb_currency_noun = TB_NOUN (currency_keys, currency_new, currency_free, NULL);

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  const TbExchangeRate *x = a, *y = b;

  if (x->currency != y->currency)
    return x->currency < y->currency ? -1 : 1;
  return x->from < y->from ? -1 : x->from > y->from;
}

static gboolean
refuse_doubled (TbSetupContext *context, guint index, const char *key, const char *what, GError **error)
{
  tb_setup_enter (context, NULL, index);
  tb_setup_enter (context, key, 0);
  return tb_setup_refuse (context, error, _("“%s” is there twice"), what);
}

static gboolean
check_codes (TbSetupContext *context, GPtrArray *currencies, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < currencies->len; i++)
    {
      TbCurrency code = ((Currency *) currencies->pdata[i])->code;

      if (!g_hash_table_add (known, GUINT_TO_POINTER (code)))
        return refuse_doubled (context, i, "code", tb_currency_to_string (code), error);
    }
  return TRUE;
}

static gboolean
check_days (TbSetupContext *context, GPtrArray *currencies, GError **error)
{
  for (guint i = 0; i < currencies->len; i++)
    {
      const Currency *currency = currencies->pdata[i];
      g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

      for (guint k = 0; k < currency->rates->len; k++)
        {
          TbDay from = ((TbExchangeRate *) currency->rates->pdata[k])->from;
          g_autofree char *day = tb_day_format (from);

          if (!g_hash_table_add (known, GINT_TO_POINTER (from)))
            return refuse_doubled (context, i, "rates", day, error);
        }
    }
  return TRUE;
}

static gboolean
currencies_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  g_autoptr (GPtrArray) currencies = g_ptr_array_new_with_free_func (currency_free);
  TbSetup *setup = place;

  if (!tb_setup_read_list (context, &tb_currency_noun, node, currencies, error) || !check_codes (context, currencies, error)
      || !check_days (context, currencies, error))
    return FALSE;
  for (guint i = 0; i < currencies->len; i++)
    {
      const Currency *currency = currencies->pdata[i];

      for (guint k = 0; k < currency->rates->len; k++)
        {
          TbExchangeRate rate = *(const TbExchangeRate *) currency->rates->pdata[k];

          rate.currency = currency->code;
          g_array_append_val (setup->exchange_rates, rate);
        }
    }
  g_array_sort (setup->exchange_rates, compare_rates);
  return TRUE;
}

static JsonNode *
currencies_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const TbSetup *setup = place;
  g_autoptr (GPtrArray) currencies = g_ptr_array_new_with_free_func (currency_free);
  Currency *last = NULL;

  for (guint i = 0; i < setup->exchange_rates->len; i++)
    {
      const TbExchangeRate *rate = &g_array_index (setup->exchange_rates, TbExchangeRate, i);

      if (last == NULL || last->code != rate->currency)
        {
          last = currency_new ();
          last->code = rate->currency;
          g_ptr_array_add (currencies, last);
        }
      g_ptr_array_add (last->rates, g_memdup2 (rate, sizeof *rate));
    }
  return tb_setup_write_list (context, &tb_currency_noun, currencies);
}

const TbSetupKind tb_setup_currencies = { currencies_read, currencies_write };
