/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-currency.h"
#include "tb-job.h"
#include "tb-rate.h"
#include "tb-text.h"

G_BEGIN_DECLS

/**
 * TbDeck: a provider's rate deck read into rates, with everything that was found out about the file and every row that
 * was not taken, by line. Reading decides nothing in silence: encoding, separator, header, columns, decimal sign and date
 * order are detected, shown, and can be overridden.
 */
typedef enum { TB_DATES_UNKNOWN, TB_DATES_YMD, TB_DATES_DMY, TB_DATES_MDY } TbDateOrder;

typedef struct
{
  const char *columns;   /* "prefix=Code,rate=Rate": deck field = column name, or column number from 1; NULL = detect */
  char separator;        /* 0 = detect */
  int decimal_comma;     /* -1 = detect by column */
  TbDateOrder dates;     /* UNKNOWN = detect */
  int header_line;       /* 0 = detect, -1 = none */
  int encoding;          /* TbEncoding; -1 = detect */
  TbZone *zone;          /* in which dates begin; NULL = UTC */
  TbDay effective;       /* for rows without an effective date; TB_DAY_NONE = none */
  gboolean last_wins;    /* of two rows with one key the later is taken, instead of refusing it */
  TbJob *job;            /* is told how far reading is; NULL = nobody asks */
} TbDeckOptions;

typedef enum { TB_DECK_REJECTED, TB_DECK_NEEDS_CONFIRMATION, TB_DECK_BLOCKED, TB_DECK_SKIPPED } TbDeckProblemKind;
typedef struct
{
  TbDeckProblemKind kind;
  gboolean duplicate; /* of an earlier row: same prefix, same date */
  guint64 line;
  char *reason;
  char *raw;
} TbDeckProblem;

typedef struct
{
  TbEncoding encoding;
  gboolean bom;
  char separator;
  gboolean decimal_comma;
  TbDateOrder dates;
  guint64 header_line;     /* 0 = none */
  guint64 data_line;       /* first data row */
  TbCurrency currency;     /* seen in the file; NONE = not said */
  char *layout;            /* recognised layout, "generic" otherwise */
  char *columns;           /* the mapping used, in the form of the option */
  char **header;           /* column titles, or NULL */
  char **fields;           /* what each column of the file is taken for: a deck field, or "" */
  GPtrArray *rates;        /* of TbRate: accepted, dial codes expanded; blocked ones have enabled = FALSE */
  GPtrArray *problems;     /* of TbDeckProblem, by line */
  guint accepted, blocked, rejected, needs_confirmation, skipped; /* accepted counts rates, blocked those that are disabled without a price */
  guint duplicates; /* of the rejected, or with last_wins of the skipped */
} TbDeck;

TbDeckOptions tb_deck_options_default (void);
/* Whole file in memory, at most 512 MiB. Fails only when nothing can be made of the file at all. */
TbDeck *tb_deck_read (const guint8 *data, gsize len, const TbDeckOptions *options, GCancellable *cancellable, GError **error);
void    tb_deck_free (TbDeck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeck, tb_deck_free)
/* A row as it stands in the file. */
typedef struct
{
  guint64 line;
  char **cells;
} TbDeckFirstRow;

/* The beginning of a file as a table, whatever it means: what somebody looks at who says which column is what, also when no rates could be
 * found. Of the options encoding and separator count. */
typedef struct
{
  TbEncoding encoding;
  char separator;
  guint n_columns;  /* of the widest of these rows */
  GPtrArray *rows;  /* of TbDeckFirstRow, at most TB_DECK_FIRST_ROWS */
} TbDeckPreview;
#define TB_DECK_FIRST_ROWS 40

/* Fails as tb_deck_read does: an empty file, or one that is no text. */
TbDeckPreview *tb_deck_preview (const guint8 *data, gsize len, const TbDeckOptions *options, GError **error);
void           tb_deck_preview_free (TbDeckPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeckPreview, tb_deck_preview_free)

/* The deck fields of the contract, NULL-ended. */
const char *const *tb_deck_field_list (void);

/* The product's own deck: CSV with the contract's field names, read back without loss. */
char *tb_deck_write (GPtrArray *rates, TbZone *zone);

G_END_DECLS
