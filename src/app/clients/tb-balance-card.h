/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-balances.h"
#include "tb-time.h"

G_BEGIN_DECLS

/* "15.63 · low"; "" for NULL. */
char *tb_balance_card_format (const TbClientBalance *balance);

/* Puts into a detail box what is left of the client's balance, with a button that books on it (signal handler `book` with `data`), and an empty
 * statement, which is returned. */
GtkWidget *tb_balance_card_add (GtkWidget *detail, const TbClientBalance *balance, GCallback book, gpointer data);
/* Fills the statement, newest line first; of many lines the newest, and a row that shows all. Takes `statement`. */
void       tb_balance_card_show (GtkWidget *list, TbBalanceStatement *statement, TbZone *zone);

G_END_DECLS
