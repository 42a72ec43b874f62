/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* How the decks of a tariff are read, as far as somebody said it: a provider sends the next one in the shape of the last. Numbers as in the
 * options of a deck (tb-deck.h), to which the store is blind. */
typedef struct
{
  char *columns;     /* "prefix=1,rate=3"; NULL = detect */
  int encoding;      /* -1 = detect */
  char separator;    /* 0 = detect */
  int decimal_comma; /* -1 = detect */
  int dates;         /* 0 = detect */
  int header_line;   /* 0 = detect, -1 = none */
} TbDeckHabit;

void tb_deck_habit_clear (TbDeckHabit *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TbDeckHabit, tb_deck_habit_clear)

/* *ret_found = FALSE: nobody said anything of this tariff's decks, or there is no such tariff; *ret is untouched then. */
gboolean tb_deck_habit_store_get (TbStore *store, const char *tariff, TbDeckHabit *ret, gboolean *ret_found, GError **error);
/* NULL forgets it. TB_ERROR_NOT_FOUND when there is no such tariff. */
gboolean tb_deck_habit_store_set (TbStore *store, const char *tariff, const TbDeckHabit *habit, GError **error);

G_END_DECLS
