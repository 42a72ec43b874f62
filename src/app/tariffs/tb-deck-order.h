/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-columns.h"
#include "tb-session.h"
#include "tb-tariff-import.h"

G_BEGIN_DECLS

/* A deck on its way into a tariff: which file, how it is read, into what. */
typedef struct
{
  char *path;
  char *name;
  char *currency; /* NULL = the tariff's, the deck's, the company's */
  char *columns;  /* owns what options.columns points to */
  TbDeckOptions options;
} TbDeckOrder;

TbDeckOrder *tb_deck_order_new (const char *path, const char *name, const char *currency);
void         tb_deck_order_free (gpointer self);
void         tb_deck_order_set_columns (TbDeckOrder *self, const char *columns);

/* A TbSessionFunc over a TbDeckOrder: a TbTariffImport; nothing is written. */
gpointer tb_deck_order_prepare (TbStore *store, TbJob *job, gpointer order, GError **error);

/* What was found out, in words. */
const char *tb_deck_separator_text (char separator);
const char *tb_deck_dates_text (TbDateOrder dates);
char       *tb_deck_dup_shape (const TbDeck *deck); /* "generic layout, UTF-8, titles in line 3, rows from line 4" */
/* Those of the deck, of TbProblem, at most `max`. */
typedef enum { TB_DECK_ALL_PROBLEMS, TB_DECK_ONLY_DUPLICATES, TB_DECK_NO_DUPLICATES } TbDeckProblems;
GPtrArray  *tb_deck_new_problems (const TbDeck *deck, guint max, TbDeckProblems which);

/* Columns over TbTariffChange. Their context is a TbZone **, as for tb_rate_columns. */
extern const TbColumn tb_deck_change_columns[];
extern const guint    tb_deck_n_change_columns;

G_END_DECLS
