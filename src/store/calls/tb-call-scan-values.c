/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-scan-private.h"

/* What a scan knows of the call at hand. */

/* Rows to step over before seeking anew is cheaper. */
#define NEAR 8

static gboolean
is_of_rated (TbCallColumn column)
{
  return column >= TB_CALL_COLUMN_STATUS;
}

static gboolean
step_other (TbCallScan *self, TbCallScanSide *other)
{
  gboolean has_row;

  if (!tb_statement_step (other->row, &has_row, self->failure == NULL ? &self->failure : NULL))
    has_row = FALSE;
  other->at = has_row ? tb_statement_int (other->row, 0) : G_MAXINT64;
  return has_row;
}

static gboolean
find_other (TbCallScan *self, TbCallScanSide *other)
{
  for (guint steps = 0; other->at != G_MININT64 && other->at < self->id && steps < NEAR; steps++)
    step_other (self, other);
  if (other->at < self->id)
    {
      tb_statement_reset (other->row);
      tb_statement_bind_int (other->row, 1, self->id);
      tb_statement_bind_int (other->row, 2, self->end);
      step_other (self, other);
    }
  return other->at == self->id;
}

/* The statement that stands on the call's row of that table; NULL when it has none. */
static TbStatement *
row_of (TbCallScan *self, TbCallScanSide *side)
{
  gboolean first = (side == &self->rated) == self->rated_first;

  return first || find_other (self, side) ? side->row : NULL;
}

gint64
tb_call_scan_get (TbCallScan *self, TbCallColumn column)
{
  TbCallScanSide *side = is_of_rated (column) ? &self->rated : &self->cdr;
  TbStatement *row;

  if (column == TB_CALL_COLUMN_START)
    return tb_call_id_start (self->id);
  if (column == TB_CALL_COLUMN_TENANT)
    return tb_call_id_tenant (self->id);
  row = row_of (self, side);
  if (column == TB_CALL_COLUMN_NUMBER && (row == NULL || tb_statement_is_null (row, side->positions[column])))
    return tb_call_scan_get (self, TB_CALL_COLUMN_CALLEE);
  if (row == NULL)
    return 0;
  /* NULL reads as 0, which is what it stands for: asking for it first would take a tenth of a pass. */
  return column == TB_CALL_COLUMN_RING ? tb_statement_int_or (row, side->positions[column], -1) : tb_statement_int (row, side->positions[column]);
}

const TbRatingTerms *
tb_call_scan_get_terms (TbCallScan *self)
{
  return tb_terms_cache_get (self->terms, (guint32) tb_call_scan_get (self, TB_CALL_COLUMN_TERMS));
}

/* As tb_decode_rated has it. */
void
tb_call_scan_get_money (TbCallScan *self, TbMoney *ret_charge, TbMoney *ret_cost)
{
  const TbRatingTerms *terms = tb_call_scan_get_terms (self);
  gint64 status;

  *ret_charge = *ret_cost = (TbMoney){ 0, TB_CURRENCY_NONE };
  if (terms == NULL)
    return;
  status = tb_call_scan_get (self, TB_CALL_COLUMN_STATUS);
  if (status == TB_CALL_RATED || status == TB_CALL_INCLUDED || status == TB_CALL_GRACE)
    *ret_charge = (TbMoney){ tb_call_scan_get (self, TB_CALL_COLUMN_CHARGE), terms->currency };
  if (tb_call_scan_get (self, TB_CALL_COLUMN_COST_RATE) != 0)
    *ret_cost = (TbMoney){ tb_call_scan_get (self, TB_CALL_COLUMN_COST), terms->cost_currency };
}

/* 0 when there is none in force. */
static TbDecimal
exchange_rate (TbCallScan *self, guint which, TbCurrency currency)
{
  gint64 start = tb_call_id_start (self->id);

  if (currency == TB_CURRENCY_NONE)
    return TB_DECIMAL_ONE; /* what is not there is 0 in any */
  if (self->known[which].currency != currency || start < self->known[which].from || start >= self->known[which].to)
    {
      TbDay day = tb_zone_day_around (self->zone, start, &self->known[which].from, &self->known[which].to);

      self->known[which].currency = currency;
      if (!tb_setup_get_exchange_rate (self->setup, currency, day, &self->known[which].rate, NULL))
        self->known[which].rate = 0;
    }
  return self->known[which].rate;
}

gboolean
tb_call_scan_add_margin (TbCallScan *self, TbMarginSum *sum, gboolean *ret_known, TbCallMarginGap *ret_gap, GError **error)
{
  TbMoney charge, cost;
  TbDecimal charge_rate, cost_rate;

  *ret_known = FALSE;
  *ret_gap = TB_CALL_MARGIN_NO_MONEY;
  tb_call_scan_get_money (self, &charge, &cost);
  if (tb_call_scan_get (self, TB_CALL_COLUMN_STATUS) == TB_CALL_SUPPRESSED || (charge.currency == TB_CURRENCY_NONE && cost.currency == TB_CURRENCY_NONE))
    return TRUE;
  *ret_gap = TB_CALL_MARGIN_NO_COST;
  if (cost.currency == TB_CURRENCY_NONE)
    return TRUE;
  *ret_gap = TB_CALL_MARGIN_NO_EXCHANGE;
  charge_rate = exchange_rate (self, 0, charge.currency);
  cost_rate = exchange_rate (self, 1, cost.currency);
  if (charge_rate == 0 || cost_rate == 0 || tb_setup_get_currency (self->setup) == TB_CURRENCY_NONE)
    return TRUE;
  *ret_known = TRUE;
  return tb_margin_sum_add (sum, charge.amount, charge_rate, cost.amount, cost_rate, error);
}

gint64
tb_call_scan_get_margin (TbCallScan *self, gboolean *ret_known)
{
  TbMarginSum sum = { 0 };
  TbCallMarginGap gap;
  TbMargin margin;

  *ret_known = tb_call_scan_add_margin (self, &sum, ret_known, &gap, NULL) && *ret_known
               && tb_margin_sum_get (&sum, tb_setup_get_currency (self->setup), &margin, NULL);
  return *ret_known ? margin.margin.amount : 0;
}

gint64
tb_call_scan_get_value (TbCallColumn column, gpointer data, gboolean *ret_known)
{
  return column == TB_CALL_COLUMN_MARGIN ? tb_call_scan_get_margin (data, ret_known) : tb_call_scan_get (data, column);
}

const char *
tb_call_scan_get_text (TbCallColumn column, gpointer data)
{
  TbCallScan *self = data;
  TbStatement *row = row_of (self, &self->cdr);
  const guint8 *uid;
  gsize len;

  if (row == NULL)
    return "";
  if (column == TB_CALL_COLUMN_NAME)
    return tb_statement_text (row, self->cdr.positions[column]);
  uid = tb_statement_blob (row, self->cdr.positions[column], &len);
  tb_uid_decode (uid, len, self->uid);
  return self->uid;
}

TbStatement *
tb_call_scan_get_row (TbCallScan *self)
{
  return row_of (self, &self->cdr);
}
