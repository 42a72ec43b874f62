/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-comparison-fields.h"

#include <glib/gi18n-lib.h>

static void
say_row (TbOutput *out, const TbComparisonRow *row)
{
  tb_output_int (out, "calls", _("Calls"), (gint64) row->calls);
  tb_output_int (out, "changed", _("Changed"), (gint64) row->changed);
  tb_output_money (out, "before", _("Now"), (TbMoney){ row->before, row->currency });
  tb_output_money (out, "after", _("Then"), (TbMoney){ row->after, row->currency });
  tb_output_money (out, "difference", _("Difference"), (TbMoney){ row->difference, row->currency });
  tb_output_money (out, "open_difference", _("Not invoiced"), (TbMoney){ row->open_difference, row->currency });
  tb_output_text (out, "currency", _("Currency"), tb_currency_to_string (row->currency));
  tb_output_int (out, "invoiced", _("Calls invoiced"), (gint64) row->invoiced);
  tb_output_money (out, "invoiced_difference", _("Invoiced"), (TbMoney){ row->invoiced_difference, row->currency });
}

void
tb_comparison_fields_say (TbOutput *out, const TbRatingComparison *comparison)
{
  tb_output_int (out, "calls", _("Calls compared"), (gint64) comparison->calls);
  tb_output_int (out, "changed", _("Changed"), (gint64) comparison->changed);
  tb_output_int (out, "unrated_before", _("Without a price now"), (gint64) comparison->unrated_before);
  tb_output_int (out, "unrated_after", _("Without a price then"), (gint64) comparison->unrated_after);
  tb_output_list (out, "clients", _("By client"));
  for (guint i = 0; i < comparison->clients->len; i++)
    {
      const TbComparisonRow *row = comparison->clients->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "client", _("Client"), row->key);
      tb_output_text (out, "name", _("Name"), row->name);
      say_row (out, row);
      tb_output_end (out);
    }
  tb_output_end (out);
  tb_output_list (out, "destinations", _("By destination"));
  for (guint i = 0; i < comparison->destinations->len; i++)
    {
      const TbComparisonRow *row = comparison->destinations->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "description", _("Destination"), row->key);
      say_row (out, row);
      tb_output_end (out);
    }
  tb_output_end (out);
}

void
tb_comparison_fields_say_costs (TbOutput *out, const TbRatingComparison *comparison)
{
  tb_output_list (out, "costs", _("Cost by client"));
  for (guint i = 0; comparison != NULL && i < comparison->costs->len; i++)
    {
      const TbComparisonRow *row = comparison->costs->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "client", _("Client"), row->key);
      tb_output_text (out, "name", _("Name"), row->name);
      tb_output_int (out, "calls", _("Calls"), (gint64) row->calls);
      tb_output_int (out, "changed", _("Changed"), (gint64) row->changed);
      tb_output_money (out, "before", _("Now"), (TbMoney){ row->before, row->currency });
      tb_output_money (out, "after", _("Then"), (TbMoney){ row->after, row->currency });
      tb_output_money (out, "difference", _("Difference"), (TbMoney){ row->difference, row->currency });
      tb_output_text (out, "currency", _("Currency"), tb_currency_to_string (row->currency));
      tb_output_end (out);
    }
  tb_output_end (out);
}
