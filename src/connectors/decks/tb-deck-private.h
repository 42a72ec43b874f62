/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-csv-reader.h"
#include "tb-deck.h"

G_BEGIN_DECLS

/* ---- texts of cells (tb-deck-text.c) ---- */

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
TbDeckText tb_deck_trim (TbDeckText self);
gsize      tb_deck_blank_at (const char *at, gsize len); /* length of the blank that begins there, or 0 */
gboolean   tb_deck_text_is (TbDeckText self, const char *word); /* ASCII case ignored */
gboolean   tb_deck_text_is_one_of (TbDeckText self, const char *const *words);
char      *tb_deck_text_dup (TbDeckText self);
gboolean   tb_deck_has_digit (TbDeckText self);
gboolean   tb_deck_is_blocking_word (TbDeckText self);
gboolean   tb_deck_flag (TbDeckText self); /* yes, true, 1, active … */
/* The first reason given stays. `format` of a verdict shows `text`, cut and cleaned, at its %s; the verdict is `cell`. */
void       tb_deck_reason (char **reason, const char *format, ...) G_GNUC_PRINTF (2, 3);
TbDeckCell tb_deck_verdict (TbDeckCell cell, char **reason, const char *format, TbDeckText text);

/* ---- values of cells (tb-deck-number.c, tb-deck-date.c, tb-deck-codes.c) ---- */

int        tb_deck_scientific (TbDeckText self, int *ret_exponent);
void       tb_deck_number_evidence (TbDeckText self, TbDeckNumberEvidence *evidence);
TbDeckCell tb_deck_number (TbDeckText self, TbDeckDecimal decimal, TbDecimal *ret, TbCurrency *ret_currency, char **reason);
gboolean   tb_deck_is_price (TbDeckText self);
TbDeckCell tb_deck_seconds (TbDeckText self, gint32 *ret, char **reason);
TbDeckCell tb_deck_increment (TbDeckText self, gint32 *ret_initial, gint32 *ret_next, char **reason);
int        tb_deck_month (const char *at, gsize len); /* of its English name, whole or in three letters; 0 = none */
void       tb_deck_date_evidence (TbDeckText self, TbDeckDateEvidence *evidence);
TbDeckCell tb_deck_date (TbDeckText self, TbDateOrder order, TbZone *zone, TbDeckDate *ret, char **reason);

/* How a column of codes is to be understood. */
typedef struct
{
  gboolean whole; /* codes begin with their country code although that has a column of its own */
  gboolean nanp;  /* area codes of North America without their 1 */
  gboolean exact; /* written by tb_deck_write: a 0 at the beginning was meant */
} TbDeckCodeStyle;

#define TB_DECK_CODES_MAX 10000 /* in one row: a range of more is a slip */

/* Each code of the cell, NUL-ended, one after the other, into `codes`; `ret_n` how many. */
TbDeckCell tb_deck_codes (TbDeckText self, TbDeckText country, const TbDeckCodeStyle *style, GString *codes, guint *ret_n, char **reason);

/* ---- columns (tb-deck-fields.c, tb-deck-mapping.c, tb-deck-layout.c, tb-deck-shape.c) ---- */

/* The contract's fields, then what some decks have besides and what only the product's own deck has. */
typedef enum
{
  TB_DECK_PREFIX, TB_DECK_DESCRIPTION, TB_DECK_SHORT_DESCRIPTION, TB_DECK_RATE, TB_DECK_RATE2, TB_DECK_INCREMENT, TB_DECK_INITIAL,
  TB_DECK_NEXT, TB_DECK_CONNECT_FEE, TB_DECK_MINIMUM, TB_DECK_GRACE, TB_DECK_EFFECTIVE_FROM, TB_DECK_EFFECTIVE_TO, TB_DECK_ENABLED,
  TB_DECK_OLD_RATE, TB_DECK_PREMIUM_RATE, TB_DECK_CHANGED,
  TB_DECK_N_CONTRACT,
  TB_DECK_COUNTRY_CODE = TB_DECK_N_CONTRACT, TB_DECK_NEXT_RATE, TB_DECK_CURRENCY, TB_DECK_BARRED, TB_DECK_DIRECTION, TB_DECK_ORIGIN, TB_DECK_COMMENT,
  TB_DECK_PRIORITY, TB_DECK_INCLUDED_SECONDS, TB_DECK_MIN_CHARGE, TB_DECK_MAX_CHARGE, TB_DECK_INCREMENT_STYLE, TB_DECK_WHEN, TB_DECK_STEPS,
  TB_DECK_N_FIELDS
} TbDeckField;

typedef struct
{
  guint64 line;
  const TbDeckText *cells; /* cleaned; NUL-ended in a sample */
  guint n;
} TbDeckRow;

/* The first rows of a file, from which everything about its shape is found out. */
#define TB_DECK_SAMPLE 200

/* ---- the file (tb-deck-source.c) ---- */

/* `encoding` -1 = detect. */
char *tb_deck_source_text (TbDeck *deck, int encoding, const guint8 *data, gsize len, gsize *ret_len, GError **error);
char  tb_deck_source_separator (const char *text, gsize len); /* 0 = the file does not say */

/* Rows one after the other, cleaned unless `exact`, without the empty cells at their ends. FALSE with an error is a row that cannot be
 * read (its line is in *ret); others may follow. */
typedef struct _TbDeckRows TbDeckRows;
TbDeckRows *tb_deck_rows_new (const char *text, gsize len, char separator, gboolean exact);
gboolean    tb_deck_rows_next (TbDeckRows *self, TbDeckRow *ret, GCancellable *cancellable, GError **error);
gboolean    tb_deck_rows_is_at_end (TbDeckRows *self);
goffset     tb_deck_rows_get_bytes (TbDeckRows *self); /* read so far */
char       *tb_deck_rows_dup_raw (TbDeckRows *self); /* the row last read, cut, for people */
void        tb_deck_rows_free (TbDeckRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeckRows, tb_deck_rows_free)
GPtrArray *tb_deck_sample_new (const char *text, gsize len, char separator); /* of TbDeckRow */

/* From what a title says (per second, cents) to a price per minute in whole currency units. */
typedef struct
{
  int multiply, divide;
} TbDeckUnit;

#define TB_DECK_COLUMN_NONE (-1)
#define TB_DECK_COLUMN_UNWANTED (-2) /* "field=": not even when its title is there */

typedef struct
{
  int column[TB_DECK_N_FIELDS]; /* from 0, or one of the two above */
  TbDeckUnit unit[TB_DECK_N_FIELDS];
  char **header;   /* or NULL */
  guint n_columns; /* titles, or the most fields of a row */
  guint64 header_line;
  guint64 data_line;
  const char *name;
  gboolean own;            /* written by tb_deck_write: texts are taken exactly */
  gboolean n_is_no;        /* "N" in a column of states: no, and not "new" */
  gboolean to_is_last_day; /* "valid until 28 February" means that day too; the contract's effective_to does not */
  TbDeckCodeStyle codes;
  TbCurrency currency;
  TbDateOrder dates;              /* of this layout, when the file does not tell */
  TbDeckDateEvidence dates_above; /* in what stands above the header */
  guint score;                    /* of two readings the higher is right */
} TbDeckLayout;

const char *tb_deck_field_name (TbDeckField field);
gboolean    tb_deck_field_is_money (TbDeckField field);
gboolean    tb_deck_is_currency (const char *word);
/* "Cost / Min (USD)" → "cost", "#Tag" → "tag". What stands in brackets is a unit or a remark. */
char       *tb_deck_title_key (const char *title);
gboolean    tb_deck_has_word (const char *list, const char *word, guint *ret_rank);

/* A mapping as it was given: a title or number for a field; "" = not wanted, NULL = not said. */
typedef struct
{
  char *title[TB_DECK_N_FIELDS];
} TbDeckMapping;
gboolean tb_deck_mapping_parse (TbDeckMapping *self, const char *columns, GError **error);
gboolean tb_deck_mapping_apply (const TbDeckMapping *self, TbDeckLayout *layout, const char **ret_missing);
void     tb_deck_mapping_clear (TbDeckMapping *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TbDeckMapping, tb_deck_mapping_clear)

/* What is still open, by titles (header and keys) or by the shape of the columns. */
void          tb_deck_map_titles (TbDeckLayout *self, char **keys, guint n);
void          tb_deck_map_shapes (TbDeckLayout *self, GPtrArray *sample);
TbDeckText    tb_deck_row_cell (const TbDeckRow *row, int column);
TbDeckLayout *tb_deck_layout_new (GPtrArray *sample, const TbDeckOptions *options, const TbDeckMapping *mapping, GError **error);
void          tb_deck_layout_free (TbDeckLayout *self);
char         *tb_deck_layout_to_option (const TbDeckLayout *self);
char        **tb_deck_layout_list_fields (const TbDeckLayout *self); /* by column; "" = not used */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeckLayout, tb_deck_layout_free)

/* ---- rows into rates (tb-deck-row.c) ---- */

/* What was found out about the file: how its cells are to be taken. */
typedef struct
{
  const TbDeckLayout *layout;
  const TbDeckOptions *options;
  TbZone *zone;
  TbDateOrder dates;
  TbDeckDecimal decimal[TB_DECK_N_FIELDS];
  TbCurrency currency; /* of the deck as far as seen */
} TbDeckReading;

typedef enum { TB_DECK_ROW_RATES, TB_DECK_ROW_EMPTY, TB_DECK_ROW_SKIPPED, TB_DECK_ROW_REJECTED, TB_DECK_ROW_ASK } TbDeckVerdict;

/* A row's terms, without prefix, in `*ret` (to be freed with tb_rate_free) and its dial codes, NUL-ended, one after the other. */
TbDeckVerdict tb_deck_read_row (TbDeckReading *self, const TbDeckRow *row, TbRate **ret, GString *codes, guint *ret_n, char **reason);

/* ---- the product's own columns (tb-deck-write.c) ---- */

gboolean tb_deck_read_when (TbDeckText text, TbRateBand *ret);
gboolean tb_deck_read_steps (TbDeckText text, TbRate *rate);

G_END_DECLS
