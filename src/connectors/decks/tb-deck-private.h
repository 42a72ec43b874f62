/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-csv-reader.h"
#include "tb-deck.h"

G_BEGIN_DECLS

/* ---- values of cells (tb-deck-values.c) ---- */

/* A view into a cell, without blanks around it and without what spreadsheets put there: ="0044", '447, no-break blanks. */
typedef struct
{
  const char *at;
  gsize len;
} TbDeckText;

/* What a cell came to. ASK is a value that can be read in two ways, or that a spreadsheet has damaged. */
typedef enum { TB_DECK_CELL_OK, TB_DECK_CELL_EMPTY, TB_DECK_CELL_BLOCKED, TB_DECK_CELL_BAD, TB_DECK_CELL_ASK } TbDeckCell;

/* What the cells of one column say about its decimal sign, or of all date columns about their order. */
typedef struct
{
  guint points, commas, unclear;
} TbDeckNumberEvidence;
typedef struct
{
  guint ymd, dmy, mdy, unclear;
} TbDeckDateEvidence;

typedef enum { TB_DECK_DECIMAL_POINT, TB_DECK_DECIMAL_COMMA, TB_DECK_DECIMAL_UNCLEAR } TbDeckDecimal;

/* `start` is where the value holds from: midnight for a day without a time of day. `whole_day` says that there was none. */
typedef struct
{
  TbDay day;
  gint64 start;
  gboolean whole_day;
} TbDeckDate;

TbDeckText tb_deck_text (const char *text, gsize len);
gboolean   tb_deck_text_is (TbDeckText self, const char *word); /* ASCII case ignored */
char      *tb_deck_text_dup (TbDeckText self);
void       tb_deck_reason (char **reason, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean   tb_deck_is_blocking_word (TbDeckText self);

void       tb_deck_number_evidence (TbDeckText self, TbDeckNumberEvidence *evidence);
TbDeckCell tb_deck_number (TbDeckText self, TbDeckDecimal decimal, TbDecimal *ret, TbCurrency *ret_currency, char **reason);
TbDeckCell tb_deck_seconds (TbDeckText self, gint32 *ret, char **reason);
TbDeckCell tb_deck_increment (TbDeckText self, gint32 *ret_initial, gint32 *ret_next, char **reason);
gboolean   tb_deck_flag (TbDeckText self); /* yes, true, 1, active … */
void       tb_deck_date_evidence (TbDeckText self, TbDeckDateEvidence *evidence);
TbDeckCell tb_deck_date (TbDeckText self, TbDateOrder order, TbZone *zone, TbDeckDate *ret, char **reason);

/* How a column of codes is to be understood. */
typedef struct
{
  gboolean whole; /* codes begin with their country code although that has a column of its own */
  gboolean nanp;  /* area codes of North America without their 1 */
} TbDeckCodeStyle;

#define TB_DECK_CODES_MAX 10000 /* in one row: a range of more is a slip */

/* Each code of the cell, NUL-ended, one after the other, into `codes`; `ret_n` how many. */
TbDeckCell tb_deck_codes (TbDeckText self, TbDeckText country, const TbDeckCodeStyle *style, GString *codes, guint *ret_n, char **reason);

/* ---- columns (tb-deck-columns.c) ---- */

/* The contract's fields, then what some decks have besides and what only the product's own deck has. */
typedef enum
{
  TB_DECK_PREFIX, TB_DECK_DESCRIPTION, TB_DECK_SHORT_DESCRIPTION, TB_DECK_RATE, TB_DECK_RATE2, TB_DECK_INCREMENT, TB_DECK_INITIAL,
  TB_DECK_NEXT, TB_DECK_CONNECT_FEE, TB_DECK_MINIMUM, TB_DECK_GRACE, TB_DECK_EFFECTIVE_FROM, TB_DECK_EFFECTIVE_TO, TB_DECK_ENABLED,
  TB_DECK_OLD_RATE, TB_DECK_PREMIUM_RATE, TB_DECK_CHANGED,
  TB_DECK_N_CONTRACT,
  TB_DECK_COUNTRY_CODE = TB_DECK_N_CONTRACT, TB_DECK_NEXT_RATE, TB_DECK_CURRENCY, TB_DECK_BARRED, TB_DECK_DIRECTION, TB_DECK_COMMENT,
  TB_DECK_PRIORITY, TB_DECK_INCLUDED_SECONDS, TB_DECK_MIN_CHARGE, TB_DECK_MAX_CHARGE, TB_DECK_INCREMENT_STYLE, TB_DECK_WHEN, TB_DECK_STEPS,
  TB_DECK_N_FIELDS
} TbDeckField;

typedef struct
{
  guint64 line;
  char **cells; /* as tb_deck_text sees them */
  guint n;
} TbDeckRow;

/* The first rows of a file, from which everything about its shape is found out. */
#define TB_DECK_SAMPLE 200

typedef struct
{
  int column[TB_DECK_N_FIELDS]; /* from 0; -1 = none */
  char **header;                /* or NULL */
  guint n_columns;              /* titles, or fields of the first data row */
  guint64 header_line;
  guint64 data_line;
  const char *name;
  gboolean own;      /* written by tb_deck_write: texts are taken exactly */
  gboolean to_is_last_day; /* "valid until 28 February" means that day too; the contract's effective_to does not */
  TbDeckCodeStyle codes;
  TbCurrency currency;
  int multiply, divide; /* from the unit of the titles to a price per minute: per second, cents */
  guint score;          /* 0 = no deck can be read like this */
} TbDeckLayout;

const char   *tb_deck_field_name (TbDeckField field);
gboolean      tb_deck_field_is_money (TbDeckField field);
TbDeckLayout *tb_deck_layout_new (GPtrArray *sample, const TbDeckOptions *options, GError **error);
void          tb_deck_layout_free (TbDeckLayout *self);
char         *tb_deck_layout_to_option (const TbDeckLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeckLayout, tb_deck_layout_free)

/* ---- the product's own columns (tb-deck-write.c) ---- */

gboolean tb_deck_read_when (TbDeckText text, TbRateBand *ret);
gboolean tb_deck_read_steps (TbDeckText text, TbRate *rate);

G_END_DECLS
