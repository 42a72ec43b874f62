/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-balances.h"
#include "tb-books.h"

G_BEGIN_DECLS

/* Books a top-up, a refund or a correction on a client's balance; stays open until it is booked or given up. */
void tb_booking_dialog_run (GtkWidget *widget, TbBooks *books, const TbClientBalance *balance);

G_END_DECLS
