/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tb-decimal.h"

G_BEGIN_DECLS

/* A tax as the company charges it; `category` is a code of UNTDID 5305 (S standard, Z zero, E exempt, AE reverse charge …). */
typedef struct
{
  guint32 id;
  char *name;
  TbDecimal percent; /* 13 % = 13 * TB_DECIMAL_ONE */
  char *category;
} TbTax;

TbTax *tb_tax_new (void);
TbTax *tb_tax_copy (const TbTax *self);
void   tb_tax_free (TbTax *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTax, tb_tax_free)

/* An exchange rate from the company's currency's point of view: 1 `currency` = `rate` company currency, from `from` on. */
typedef struct
{
  guint32 currency; /* TbCurrency */
  gint32 from;      /* TbDay, in the company's zone */
  TbDecimal rate;
} TbExchangeRate;

G_END_DECLS
