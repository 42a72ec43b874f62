/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-deck-columns.h"
#include "tb-deck-order.h"

G_BEGIN_DECLS

/**
 * TbDeckDialog: a rate deck before it goes into the books: how the file is read, its first rows and what each column is, all to be corrected;
 * the rates as they were read and the rows that are not taken; then what would change and what that costs. Nothing is written before
 * Import, which also remembers what was corrected for the tariff's next deck. Emits "imported" with the tariff's name.
 */
#define TB_TYPE_DECK_DIALOG (tb_deck_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TbDeckDialog, tb_deck_dialog, TB, DECK_DIALOG, AdwWindow)

/* `name`: the tariff that is offered first; NULL = one named like the file. */
TbDeckDialog *tb_deck_dialog_new (GtkWidget *parent, TbBooks *books, const char *path, const char *name);
/* What was read last, or NULL while it is being read or could not be; for tests. */
const TbTariffImport *tb_deck_dialog_get_import (TbDeckDialog *self);
TbDeckColumns *tb_deck_dialog_get_columns (TbDeckDialog *self); /* for tests */

G_END_DECLS
