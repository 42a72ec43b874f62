/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-revision-view.h"

G_BEGIN_DECLS

/**
 * TbHistoryDialog: the versions of a tariff: when, by whom, from which deck, what each changed. The chosen one is compared with the present
 * one or with the one before it, exported, or gone back to: as a new version, which is shown with its effect before it is made.
 */
#define TB_TYPE_HISTORY_DIALOG (tb_history_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TbHistoryDialog, tb_history_dialog, TB, HISTORY_DIALOG, AdwWindow)

TbHistoryDialog *tb_history_dialog_new (GtkWidget *parent, TbBooks *books, const TbTariff *tariff);
GListModel      *tb_history_dialog_get_versions (TbHistoryDialog *self); /* of TbItem of TbTariffVersion; for tests */
/* The revision that is shown, or NULL; for tests. */
const TbTariffRevision *tb_history_dialog_get_revision (TbHistoryDialog *self);

G_END_DECLS
