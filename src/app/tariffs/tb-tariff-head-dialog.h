/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-tariff.h"

G_BEGIN_DECLS

/* Asks for what of a tariff is not its rates, and writes it. `tariff` NULL = a new one; `added` (may be NULL) is then told its name. `page` is
 * where it happens. Returns the dialog. */
typedef void (*TbTariffAdded) (GtkWidget *page, const char *name);
GtkWindow *tb_tariff_head_dialog_open (GtkWidget *page, TbBooks *books, const TbTariff *tariff, TbTariffAdded added);

G_END_DECLS
