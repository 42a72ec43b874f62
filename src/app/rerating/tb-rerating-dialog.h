/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-rerating.h"

G_BEGIN_DECLS

/**
 * TbReratingDialog: rating again in two steps: which calls and what becomes of invoiced ones, then what that would do, by client and
 * destination. Nothing is written before Apply, and Apply does what was shown or nothing.
 */
#define TB_TYPE_RERATING_DIALOG (tb_rerating_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TbReratingDialog, tb_rerating_dialog, TB, RERATING_DIALOG, AdwWindow)

TbReratingDialog *tb_rerating_dialog_new (GtkWidget *parent, TbBooks *books);
/* Begins with that invoice's client and days; what was charged too much becomes a credit note. */
void              tb_rerating_dialog_correct (TbReratingDialog *self, const TbInvoice *invoice);
/* Begins with these days, and that client; NULL = all. */
void              tb_rerating_dialog_begin (TbReratingDialog *self, const char *client, TbDay first, TbDay last);
/* What is shown; NULL = nothing yet. For tests. */
const TbRerating *tb_rerating_dialog_get_preview (TbReratingDialog *self);

G_END_DECLS
