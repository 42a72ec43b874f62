/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate-sheet.h"
#include "tb-session.h"

G_BEGIN_DECLS

/* What the editor of a tariff does that no window is needed for. */

/* A TbSessionFunc over a TbDraftView: a TbTariffRevision of what is in the books and what the draft is. TB_ERROR_CONFLICT when somebody else
 * made a version meanwhile, TB_ERROR_INVALID_INPUT when two rates have one key. */
gpointer tb_tariff_editor_revise (TbStore *store, TbJob *job, gpointer view, GError **error);

/* Deletes the rates that are chosen, as one step. */
void tb_tariff_editor_delete_selected (TbRateSheet *sheet);
/* Adds a rate (taken), as one step. */
void tb_tariff_editor_add (TbRateSheet *sheet, TbRate *rate);
/* Adds `parts` (of TbRate; emptied) of the rate in `row`, but for those that are there already; `keep`: the rate stays too. As one step;
 * FALSE when nothing would come or go. */
gboolean tb_tariff_editor_split (TbRateSheet *sheet, guint row, GPtrArray *parts, gboolean keep);
/* How many of them are there already. */
guint    tb_tariff_editor_count_there (TbRateSheet *sheet, GPtrArray *parts);
/* Takes what a change made of many rates, as one step; `follows` and `reorders` as the change has it. */
void     tb_tariff_editor_take_changes (TbRateSheet *sheet, GArray *changes, const TbRateChange *change);

G_END_DECLS
