/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-currency.h"
#include "tb-rate.h"
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
  guint n_rates;       /* as stored, when only the head was loaded */
  guint32 version;     /* current version number, from 1 */
} TbTariff;

TbTariff *tb_tariff_new (void);
TbTariff *tb_tariff_copy (const TbTariff *self);
void      tb_tariff_free (TbTariff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTariff, tb_tariff_free)

typedef enum { TB_TARIFF_ADDED, TB_TARIFF_REMOVED, TB_TARIFF_DEARER, TB_TARIFF_CHEAPER, TB_TARIFF_CHANGED } TbTariffChangeKind;
typedef struct
{
  TbTariffChangeKind kind;
  const TbRate *before; /* borrowed from the old rates, or NULL */
  const TbRate *after;  /* borrowed from the new rates, or NULL */
} TbTariffChange;

/* Differences between two lists of TbRate, by (prefix, effective_from, band, priority); ordered by prefix. Unchanged rows
 * are counted only. Returns a GArray of TbTariffChange. */
GArray *tb_tariff_diff (GPtrArray *before, GPtrArray *after, guint *ret_unchanged);

G_END_DECLS
