/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-billing-desk.h"

G_BEGIN_DECLS

/**
 * TbDeskFindings: what was found at a step of the billing desk, as rows that lead to where it is mended. Drafts can be chosen by check buttons; "chosen" is
 * emitted when that changes.
 *
 * Rows are added bit by bit: one takes a millisecond to make, and hundreds at once would hold the window up.
 */
#define TB_TYPE_DESK_FINDINGS (tb_desk_findings_get_type ())
G_DECLARE_FINAL_TYPE (TbDeskFindings, tb_desk_findings, TB, DESK_FINDINGS, AdwBin)

/* `view` is borrowed until another one, or NULL, is shown. Drafts that were chosen stay so. */
void     tb_desk_findings_show (TbDeskFindings *self, const TbDeskView *view, gboolean choose);
/* Ids of the drafts that are chosen: of guint32. */
GArray  *tb_desk_findings_list_chosen (TbDeskFindings *self);
gboolean tb_desk_findings_has_chosen (TbDeskFindings *self);

G_END_DECLS
