/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-scan.h"

G_BEGIN_DECLS

/* Adds up calls as a scan goes along them. */
typedef struct
{
  TbCallSums sums;
  TbMarginSum margin; /* exact */
} TbCallAdder;

/* What it looks at. */
#define TB_CALL_ADDER_COLUMNS (TB_CALL_SCAN_MONEY | TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_SECONDS) | TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_BILLED))

void     tb_call_adder_init (TbCallAdder *self);
void     tb_call_adder_clear (TbCallAdder *self);
gboolean tb_call_adder_add (TbCallAdder *self, TbCallScan *scan, GError **error);
/* The margin of the sums so far, in the company's currency. */
gboolean tb_call_adder_finish (TbCallAdder *self, TbCallScan *scan, GError **error);

G_END_DECLS
