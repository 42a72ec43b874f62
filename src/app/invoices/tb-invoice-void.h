/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"
#include "tb-invoice.h"
#include "tb-run.h"

G_BEGIN_DECLS

/* Deletes a draft or voids an approved document, once the person has said so. `failed` hears when it could not be done. */
void tb_invoice_void_run (GtkWidget *widget, TbBooks *books, const TbInvoice *invoice, TbRunFailed failed);

G_END_DECLS
