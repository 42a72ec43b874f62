/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An ISO 4217 code, its three letters packed into an integer: 'C' << 16 | 'A' << 8 | 'D'. 0 = none. */
typedef guint32 TbCurrency;
#define TB_CURRENCY_NONE 0

/* Only codes of ISO 4217 are known; others are refused. */
gboolean    tb_currency_parse (const char *code, TbCurrency *ret, GError **error);
/* A constant string; "" for none. */
const char *tb_currency_to_string (TbCurrency self);
/* Decimals of the minor unit: CAD 2, JPY 0, KWD 3. */
guint       tb_currency_get_minor_units (TbCurrency self);

G_END_DECLS
