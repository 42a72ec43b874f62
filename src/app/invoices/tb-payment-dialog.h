/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* “Record Payment…”: client, amount, day, method, reference, and beside them what the payment pays as it is typed. It records on the session's worker by
 * tb_payments_record, as `tollbookctl payments add` does; the books' "changed" comes when it is done, and the dialog closes itself.
 *
 * Whoever has an action for it calls this and needs nothing back: `widget` is any of the page's, whose window becomes the parent; `client` is the key of the
 * one who pays, NULL = to be chosen; `number` is the approved invoice that is looked at, which is then offered as what is paid with what it has open as the
 * amount, NULL = the oldest due first. The action makes sense for an approved invoice that is no credit note, and for a client; to know whether something is
 * open, look at tb_payments_read_account (tb-payments.h). */
void tb_payment_dialog_run (GtkWidget *widget, TbBooks *books, const char *client, const char *number);

G_END_DECLS
