/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate-sheet.h"
#include "tb-tariff-check.h"

G_BEGIN_DECLS

/* What may be wrong with the rates of a sheet, kind by kind; a finding leads to its row. */
#define TB_TYPE_TARIFF_CHECKS (tb_tariff_checks_get_type ())
G_DECLARE_FINAL_TYPE (TbTariffChecks, tb_tariff_checks, TB, TARIFF_CHECKS, AdwBin)

/* Looks again. */
void     tb_tariff_checks_start (TbTariffChecks *self, TbRateSheet *sheet);
/* The rates are others now: what was found is said to be of before. */
void     tb_tariff_checks_outdate (TbTariffChecks *self);
gboolean tb_tariff_checks_is_idle (TbTariffChecks *self);
/* How many of a kind were found; for tests. */
guint    tb_tariff_checks_get_count (TbTariffChecks *self, TbTariffFindingKind kind);
TbGrid  *tb_tariff_checks_get_grid (TbTariffChecks *self);

G_END_DECLS
