/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate-sheet.h"

G_BEGIN_DECLS

/* Changes many rates of a sheet at once: what becomes of each is seen before it is done, and is one step to be undone. */
#define TB_TYPE_RATE_CHANGE_DIALOG (tb_rate_change_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TbRateChangeDialog, tb_rate_change_dialog, TB, RATE_CHANGE_DIALOG, AdwWindow)

TbRateChangeDialog *tb_rate_change_dialog_new (GtkWindow *parent, TbRateSheet *sheet);
/* What is seen: of TbDraftChange; NULL while it is worked out, or when something that was typed is wrong. */
GArray             *tb_rate_change_dialog_get_changes (TbRateChangeDialog *self);
gboolean            tb_rate_change_dialog_is_idle (TbRateChangeDialog *self);
GtkWidget          *tb_rate_change_dialog_get_apply (TbRateChangeDialog *self); /* the button */
TbGrid             *tb_rate_change_dialog_get_grid (TbRateChangeDialog *self);

G_END_DECLS
