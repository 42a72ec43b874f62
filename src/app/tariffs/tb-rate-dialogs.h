/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate-sheet.h"

G_BEGIN_DECLS

/* Small questions of the editor of a tariff, over its window. */

/* One more rate: prefix, destination, price, increment, start. */
GtkWindow *tb_rate_dialogs_add (GtkWindow *parent, TbRateSheet *sheet);
/* The prefix of the cursor into longer ones. NULL when there is no row. */
GtkWindow *tb_rate_dialogs_split (GtkWindow *parent, TbRateSheet *sheet);

G_END_DECLS
