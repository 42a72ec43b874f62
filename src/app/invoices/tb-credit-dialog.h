/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"
#include "tb-invoice.h"

G_BEGIN_DECLS

/* Asks which lines of an approved bill are to be credited, and why, and makes the draft of the credit note. `made` hears of it, with the note's id. */
typedef void (*TbCreditMade) (GtkWidget *widget, guint32 note);
void tb_credit_dialog_run (GtkWidget *widget, TbBooks *books, const TbInvoice *invoice, TbCreditMade made);

G_END_DECLS
