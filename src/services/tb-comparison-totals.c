/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-comparison-totals.h"

#include "tb-csv-writer.h"

gboolean
tb_comparison_totals_init (TbComparisonTotals *self, const TbRatingComparison *comparison, GError **error)
{
  g_auto (TbComparisonTotals) totals = { NULL };

  totals.before = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  totals.after = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  totals.difference = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  for (guint i = 0; i < comparison->clients->len; i++)
    {
      const TbComparisonRow *row = comparison->clients->pdata[i];

      if (!tb_money_add_to (totals.before, (TbMoney){ row->before, row->currency }, error)
          || !tb_money_add_to (totals.after, (TbMoney){ row->after, row->currency }, error)
          || !tb_money_add_to (totals.difference, (TbMoney){ row->difference, row->currency }, error))
        return FALSE;
    }
  *self = totals;
  totals = (TbComparisonTotals){ NULL };
  return TRUE;
}

void
tb_comparison_totals_clear (TbComparisonTotals *self)
{
  g_clear_pointer (&self->before, g_array_unref);
  g_clear_pointer (&self->after, g_array_unref);
  g_clear_pointer (&self->difference, g_array_unref);
}

static void
append_amount (GString *csv, TbAmount amount, TbCurrency currency)
{
  char text[40];

  tb_decimal_format_to (amount, TB_AMOUNT_SCALE, tb_currency_get_minor_units (currency), text);
  tb_csv_append_number (csv, text);
}

char *
tb_comparison_rows_to_csv (GPtrArray *rows)
{
  GString *csv = g_string_new ("key,name,calls,changed,before,after,difference,currency\n");

  for (guint i = 0; i < rows->len; i++)
    {
      const TbComparisonRow *row = rows->pdata[i];
      g_autofree char *calls = g_strdup_printf ("%" G_GUINT64_FORMAT, row->calls);
      g_autofree char *changed = g_strdup_printf ("%" G_GUINT64_FORMAT, row->changed);

      tb_csv_append_text (csv, row->key);
      tb_csv_append_text (csv, row->name != NULL ? row->name : "");
      tb_csv_append_number (csv, calls);
      tb_csv_append_number (csv, changed);
      append_amount (csv, row->before, row->currency);
      append_amount (csv, row->after, row->currency);
      append_amount (csv, row->difference, row->currency);
      tb_csv_append_text (csv, tb_currency_to_string (row->currency));
      tb_csv_end_line (csv);
    }
  return g_string_free (csv, FALSE);
}
