/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-deck.h"

G_BEGIN_DECLS

/* The first rows of a deck as they stand in the file, and over each column what it is taken for, to be corrected. Signal "changed". */
#define TB_TYPE_DECK_COLUMNS (tb_deck_columns_get_type ())
G_DECLARE_FINAL_TYPE (TbDeckColumns, tb_deck_columns, TB, DECK_COLUMNS, AdwBin)

/* `fields` as in TbDeck, NULL = what was chosen here, as no rates could be read. `header_line` 0 = none. */
void  tb_deck_columns_show (TbDeckColumns *self, const TbDeckPreview *preview, char **fields, guint64 header_line);
/* What was chosen, as the option of a deck; a new string. */
char *tb_deck_columns_dup_option (TbDeckColumns *self);
/* Says of a column (from 0) what it is ("" = not used), as choosing from its list does. */
void  tb_deck_columns_choose (TbDeckColumns *self, guint column, const char *field);

G_END_DECLS
