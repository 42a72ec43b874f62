/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-rate-sheet.h"
#include "tb-revision-view.h"

G_BEGIN_DECLS

/**
 * TbTariffEditor: a window in which the rates of a tariff are edited. Nothing is written before the changes were looked at; then they are the
 * tariff's next version, so that calls which were rated keep the rates that they were rated by.
 */
#define TB_TYPE_TARIFF_EDITOR (tb_tariff_editor_get_type ())
G_DECLARE_FINAL_TYPE (TbTariffEditor, tb_tariff_editor, TB, TARIFF_EDITOR, AdwWindow)

/* Over the window of `parent`, a page. */
TbTariffEditor *tb_tariff_editor_new (GtkWidget *parent, TbBooks *books, const char *tariff);
TbRateSheet    *tb_tariff_editor_get_sheet (TbTariffEditor *self);
/* What would be written, while it is looked at; NULL at other times. */
TbRevisionView *tb_tariff_editor_get_review (TbTariffEditor *self);
/* Nothing is read or looked for; for tests. */
gboolean        tb_tariff_editor_is_idle (TbTariffEditor *self);

G_END_DECLS
