/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-grid.h"
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
  gboolean recall; /* what was said of the last deck of the tariff takes the place of the options */
  TbJob *job;
} TbDeckOrder;

TbDeckOrder *tb_deck_order_new (const char *path, const char *name, const char *currency);
void         tb_deck_order_free (gpointer self);
void         tb_deck_order_set_columns (TbDeckOrder *self, const char *columns);

/* What came of it. A deck that cannot be read can still be looked at, and be corrected. */
typedef struct
{
  TbDeckPreview *preview; /* NULL = it is no text at all, or there is no such file */
  TbTariffImport *import; /* NULL = `error` says why */
  GError *error;
  gboolean recalled;      /* it was read as the last one: */
  TbDeckOptions options;
  char *columns;
} TbDeckAttempt;
void tb_deck_attempt_free (TbDeckAttempt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeckAttempt, tb_deck_attempt_free)

/* A TbSessionFunc over a TbDeckOrder: a TbDeckAttempt; nothing is written. Fails when it was stopped. */
gpointer tb_deck_order_prepare (TbStore *store, TbJob *job, gpointer order, GError **error);

/* What was found out, in words. */
const char *tb_deck_separator_text (char separator);
const char *tb_deck_dates_text (TbDateOrder dates);
char       *tb_deck_dup_shape (const TbDeck *deck); /* "generic layout, UTF-8, titles in line 3, rows from line 4" */
/* Those of the deck, of TbProblem, at most `max`. */
typedef enum { TB_DECK_ALL_PROBLEMS, TB_DECK_ONLY_DUPLICATES, TB_DECK_NO_DUPLICATES } TbDeckProblems;
GPtrArray  *tb_deck_new_problems (const TbDeck *deck, guint max, TbDeckProblems which);

/* A table of changes; days are those of `zone` (NULL = UTC). */
extern const TbGridColumn tb_deck_change_columns[];
extern const guint        tb_deck_n_change_columns;
char *tb_deck_change_dup_text (const TbTariffChange *change, guint column, TbZone *zone);

G_END_DECLS
