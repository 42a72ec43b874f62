/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-rate-change.h"

G_BEGIN_DECLS

/* The fields in which a change of many rates is described. Signal "changed". */
#define TB_TYPE_RATE_CHANGE_FORM (tb_rate_change_form_get_type ())
G_DECLARE_FINAL_TYPE (TbRateChangeForm, tb_rate_change_form, TB, RATE_CHANGE_FORM, AdwBin)

typedef enum { TB_RATE_SCOPE_CHOSEN, TB_RATE_SCOPE_SHOWN, TB_RATE_SCOPE_ALL } TbRateScope;

TbRateChangeForm *tb_rate_change_form_new (TbZone *zone, guint n_chosen, guint n_shown, guint n_all);
TbRateScope       tb_rate_change_form_get_scope (TbRateChangeForm *self);
/* FALSE: something that was typed is wrong; it is marked, and *ret_fault says why (NULL: nothing was asked for yet). */
gboolean          tb_rate_change_form_read (TbRateChangeForm *self, TbRateChange *ret, char **ret_fault);

G_END_DECLS
