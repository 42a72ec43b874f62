/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-filter.h"
#include "tb-call-test.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/**
 * TbCallScan: the calls that a filter lets through, with the columns somebody asks for. Calls lie by tenant and time, so that any span of time is
 * as many ranges of keys as there are tenants; who wants them by time goes through spans of it one after the other.
 */
typedef struct _TbCallScan TbCallScan;

/* `columns`: bits of those that will be asked for besides. `filter` must outlive it. */
TbCallScan *tb_call_scan_new (TbStore *store, const TbCallFilter *filter, guint64 columns, GError **error);
void        tb_call_scan_free (TbCallScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallScan, tb_call_scan_free)

/* Starts of the first and the last call in the filter's span and tenants, whether they match or not. FALSE in *ret_some = there is none. */
gboolean    tb_call_scan_get_bounds (TbCallScan *self, gint64 *ret_first, gint64 *ret_last, gboolean *ret_some, GError **error);
guint       tb_call_scan_get_n_tenants (TbCallScan *self);

/* Calls `func` for each match with its start in [from, to), by tenant and then by id; stops when it returns FALSE with its error set. */
typedef gboolean (*TbCallScanFunc) (TbCallScan *self, gint64 id, gpointer data, GError **error);
gboolean    tb_call_scan_run (TbCallScan *self, gint64 from, gint64 to, TbCallScanFunc func, gpointer data, GError **error);
/* The n-th of the tenants alone. */
gboolean    tb_call_scan_run_tenant (TbCallScan *self, guint n, gint64 from, gint64 to, TbCallScanFunc func, gpointer data, GError **error);
/* How many keys lie in the span, whether they match or not, is not known; how many were looked at is, of those that SQL let through. */
guint64     tb_call_scan_get_n_rows (TbCallScan *self);

/* Of the row at hand. */
gint64      tb_call_scan_get (TbCallScan *self, TbCallColumn column);
const TbRatingTerms *tb_call_scan_get_terms (TbCallScan *self); /* needs TERMS; NULL = none */
/* Charge and cost as the rating means them: FALSE in each when there is none to speak of. Needs STATUS, TERMS, CHARGE, COST, COST_RATE. */
void        tb_call_scan_get_money (TbCallScan *self, TbMoney *ret_charge, TbMoney *ret_cost);
/* Why a call has no margin. */
typedef enum { TB_CALL_MARGIN_NO_MONEY, TB_CALL_MARGIN_NO_COST, TB_CALL_MARGIN_NO_EXCHANGE } TbCallMarginGap;
/* Adds the call's margin in the company's currency, when it is known; as tb_margin_of_call does. Needs what get_money needs. */
gboolean    tb_call_scan_add_margin (TbCallScan *self, TbMarginSum *sum, gboolean *ret_known, TbCallMarginGap *ret_gap, GError **error);
gint64      tb_call_scan_get_margin (TbCallScan *self, gboolean *ret_known);
TbZone     *tb_call_scan_get_zone (TbCallScan *self);
const TbSetup *tb_call_scan_get_setup (TbCallScan *self);

#define TB_CALL_SCAN_MONEY                                                                                                                    \
  (TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_STATUS) | TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_TERMS) | TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_CHARGE)         \
   | TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_COST) | TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_COST_RATE))

G_END_DECLS
