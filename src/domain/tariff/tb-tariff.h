/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-currency.h"
#include "tb-rate.h"
#include "tb-rate-pool.h"
#include "tb-rounding.h"

G_BEGIN_DECLS

typedef enum { TB_BAND_START, TB_BAND_SPLIT } TbBandRule;

/* A rate deck: many rates under one name and one currency, with versions in time. */
typedef struct
{
  guint32 id;
  char *name;
  TbCurrency currency;
  char *time_zone; /* IANA name; of bands and of effective dates */
  TbBandRule band;
  TbRounding rounding; /* of cost; default half-up at 6 decimals */
  GPtrArray *rates;    /* of TbRate; NULL when only the head was loaded */
  TbRatePool *pool;    /* where the rates live when they were loaded to rate by and no more; NULL = each by itself */
  guint n_rates;       /* as stored, when only the head was loaded */
  guint32 version;     /* current version number, from 1 */
} TbTariff;

TbTariff *tb_tariff_new (void);
TbTariff *tb_tariff_copy (const TbTariff *self);
TbTariff *tb_tariff_copy_head (const TbTariff *self); /* its rates are NULL */
void      tb_tariff_free (TbTariff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTariff, tb_tariff_free)

typedef enum { TB_TARIFF_ADDED, TB_TARIFF_REMOVED, TB_TARIFF_DEARER, TB_TARIFF_CHEAPER, TB_TARIFF_CHANGED, TB_TARIFF_UNCHANGED } TbTariffChangeKind;
#define TB_TARIFF_N_CHANGE_KINDS TB_TARIFF_UNCHANGED /* what is unchanged is listed apart */
typedef struct
{
  TbTariffChangeKind kind;
  const TbRate *before; /* borrowed from the old rates, or NULL */
  const TbRate *after;  /* borrowed from the new rates, or NULL */
  gint64 from;          /* calls from then on feel it; TB_TIME_NONE = all */
} TbTariffChange;

/* Differences between two lists of TbRate, by (prefix, effective_from, band, priority); ordered by prefix. Unchanged rows
 * are counted only. Returns a GArray of TbTariffChange. */
GArray *tb_tariff_diff (GPtrArray *before, GPtrArray *after, guint *ret_unchanged);
/* The same; the unchanged rows are appended to `unchanged` (of TbTariffChange), which may be NULL. */
GArray *tb_tariff_diff_full (GPtrArray *before, GPtrArray *after, GArray *unchanged);
/* By how much the rate grows, to a tenth of a percent. FALSE: there is nothing to compare it with, it was zero, or a price of either is
 * blocked. */
gboolean tb_tariff_change_get_percent (const TbTariffChange *self, TbDecimal *ret);

G_END_DECLS
