/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-adder.h"

#include "tb-money.h"

void
tb_call_sums_clear (TbCallSums *self)
{
  g_clear_pointer (&self->charges, g_array_unref);
  g_clear_pointer (&self->costs, g_array_unref);
}

void
tb_call_adder_init (TbCallAdder *self)
{
  *self = (TbCallAdder){ .sums.charges = g_array_new (FALSE, FALSE, sizeof (TbMoney)), .sums.costs = g_array_new (FALSE, FALSE, sizeof (TbMoney)) };
}

void
tb_call_adder_clear (TbCallAdder *self)
{
  tb_call_sums_clear (&self->sums);
}

gboolean
tb_call_adder_add (TbCallAdder *self, TbCallScan *scan, GError **error)
{
  TbCallSums *sums = &self->sums;
  gint64 seconds = tb_call_scan_get (scan, TB_CALL_COLUMN_SECONDS);
  TbMoney charge, cost;
  TbCallMarginGap gap;
  gboolean known;

  sums->calls++;
  sums->answered += seconds > 0;
  sums->seconds += seconds;
  sums->billed += tb_call_scan_get (scan, TB_CALL_COLUMN_BILLED);
  tb_call_scan_get_money (scan, &charge, &cost);
  if (charge.amount != 0 && !tb_money_add_to (sums->charges, charge, error))
    return FALSE;
  if (cost.currency != TB_CURRENCY_NONE && !tb_money_add_to (sums->costs, cost, error))
    return FALSE;
  if (!tb_call_scan_add_margin (scan, &self->margin, &known, &gap, error))
    return FALSE;
  sums->costless += !known && gap == TB_CALL_MARGIN_NO_COST;
  sums->unexchanged += !known && gap == TB_CALL_MARGIN_NO_EXCHANGE;
  return TRUE;
}

gboolean
tb_call_adder_finish (TbCallAdder *self, TbCallScan *scan, GError **error)
{
  return tb_margin_sum_get (&self->margin, tb_setup_get_currency (tb_call_scan_get_setup (scan)), &self->sums.margin, error);
}
