/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-bank-file.h"
#include "tb-deck-private.h"
#include "tb-error.h"

/* A bank's CSV: whatever lies before its header, a header, and rows. The columns are known by titles that banks use, or told. */

#define ROWS_MAX 200000
#define TEXT_MAX 500
#define HEADER_MAX 30 /* rows that may come before the header */

typedef enum { DAY, AMOUNT, CREDIT, DEBIT, CURRENCY, NAME, IBAN, REFERENCE, TEXT, ID, N_FIELDS } Field;

/* Its name in a mapping, and titles it has at banks, lower case. */
static const struct
{
  const char *name;
  const char *const titles[14];
} fields[] = {
  [DAY] = { "day", { "date", "booking date", "posting date", "transaction date", "date posted", "completed date", "buchungstag", "buchungsdatum", "datum",
                     "date de comptabilisation", "date opération", "boekdatum", "fecha" } },
  [AMOUNT] = { "amount", { "amount", "betrag", "umsatz", "montant", "bedrag", "importe", "importo", "betrag (eur)", "transaction amount", "cad$", "value" } },
  [CREDIT] = { "credit", { "credit", "credits", "credit amount", "paid in", "money in", "deposit", "deposits", "gutschrift", "haben", "crédit", "kredit" } },
  [DEBIT] = { "debit", { "debit", "debits", "debit amount", "paid out", "money out", "withdrawal", "withdrawals", "lastschrift", "soll", "débit", "belastung" } },
  [CURRENCY] = { "currency", { "currency", "währung", "waehrung", "devise", "monnaie", "valuta", "ccy" } },
  [NAME] = { "name", { "name", "payer", "counterparty", "payer name", "beguenstigter/zahlungspflichtiger", "auftraggeber", "zahlungspflichtiger",
                       "name zahlungsbeteiligter", "zahlungspflichtige*r", "nom", "contrepartie", "naam tegenpartij" } },
  [IBAN] = { "iban", { "iban", "counterparty iban", "payer account", "kontonummer/iban", "iban zahlungsbeteiligter", "tegenrekening" } },
  [REFERENCE] = { "reference", { "reference", "payment reference", "kundenreferenz (end-to-end)", "kundenreferenz", "référence", "end-to-end id", "referentie",
                                 "your reference" } },
  [TEXT] = { "text", { "description", "details", "memo", "narrative", "particulars", "verwendungszweck", "buchungstext", "communication", "libellé",
                       "omschrijving", "transaction description", "remittance information" } },
  [ID] = { "id", { "id", "transaction id", "fitid", "bank reference", "transaction reference", "archive id" } },
};

typedef struct
{
  int column[N_FIELDS]; /* −1 = there is none */
  TbDateOrder dates;
  gboolean comma;
  TbCurrency currency;
  TbZone *utc;
} Layout;

/* ---- columns ---- */

static gboolean
is_title (TbDeckText cell, Field field)
{
  g_autofree char *raw = tb_deck_text_dup (cell);
  g_autofree char *title = g_utf8_strdown (raw, -1);

  if (strcmp (title, fields[field].name) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields[field].titles) && fields[field].titles[i] != NULL; i++)
    if (strcmp (title, fields[field].titles[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The first column with one of its titles. */
static void
detect (Layout *layout, const TbDeckRow *row)
{
  for (guint f = 0; f < N_FIELDS; f++)
    {
      layout->column[f] = -1;
      for (guint c = 0; c < row->n && layout->column[f] < 0; c++)
        if (is_title (row->cells[c], f))
          layout->column[f] = (int) c;
    }
}

static gboolean
is_usable (const Layout *layout)
{
  return layout->column[DAY] >= 0 && (layout->column[AMOUNT] >= 0 || layout->column[CREDIT] >= 0);
}

static gboolean
find_field (const char *name, Field *ret)
{
  for (guint f = 0; f < N_FIELDS; f++)
    if (g_ascii_strcasecmp (name, fields[f].name) == 0)
      {
        *ret = f;
        return TRUE;
      }
  return FALSE;
}

static int
find_column (const TbDeckRow *row, const char *title)
{
  guint64 number;

  for (guint c = 0; c < row->n; c++)
    {
      g_autofree char *cell = tb_deck_text_dup (row->cells[c]);

      if (g_ascii_strcasecmp (cell, title) == 0)
        return (int) c;
    }
  return g_ascii_string_to_unsigned (title, 10, 1, TB_CSV_MAX_FIELDS, &number, NULL) ? (int) number - 1 : -1;
}

/* "day=Datum,amount=3" over that row. FALSE without an error: a title is not there. */
static gboolean
map (Layout *layout, const TbDeckRow *row, const char *columns, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (columns, ",", -1);

  for (guint f = 0; f < N_FIELDS; f++)
    layout->column[f] = -1;
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      Field field;

      if (*g_strstrip (pairs[i]) == '\0')
        continue;
      if (equals != NULL)
        *equals = '\0';
      if (equals == NULL || !find_field (g_strchomp (pairs[i]), &field))
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                       _("Columns: “%s” is no field of a bank's file; there are day, amount, credit, debit, currency, name, iban, reference, text "
                         "and id, as in day=Date,amount=Amount."),
                       pairs[i]);
          return FALSE;
        }
      layout->column[field] = find_column (row, g_strchug (equals + 1));
      if (layout->column[field] < 0)
        return FALSE;
    }
  return TRUE;
}

/* ---- cells ---- */

static TbDeckText
cell_of (const Layout *layout, const TbDeckRow *row, Field field)
{
  int column = layout->column[field];

  return column >= 0 && column < (int) row->n ? row->cells[column] : (TbDeckText){ "", 0 };
}

static char *
dup_cell (const Layout *layout, const TbDeckRow *row, Field field)
{
  TbDeckText cell = cell_of (layout, row, field);

  return cell.len > 0 ? tb_text_for_message (cell.at, (gssize) cell.len, TEXT_MAX) : NULL;
}

/* Digits with one decimal sign, a sign before or behind, brackets for less than nothing; grouping goes. */
static gboolean
read_amount (const Layout *layout, TbDeckText cell, TbAmount *ret)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean minus = FALSE, digits = FALSE;

  for (gsize i = 0; i < cell.len; i++)
    {
      char c = cell.at[i];

      if (g_ascii_isdigit (c))
        g_string_append_c (plain, c);
      else if (c == (layout->comma ? ',' : '.'))
        g_string_append_c (plain, '.');
      else if (c == '-' || c == '(')
        minus = TRUE;
      else if ((guchar) c == 0xe2 && strncmp (cell.at + i, "\u2212", 3) == 0)
        minus = TRUE;
      else if (g_ascii_isalpha (c))
        return FALSE;
      digits = digits || g_ascii_isdigit (c);
    }
  if (!digits || !tb_decimal_parse (plain->str, -1, TB_AMOUNT_SCALE, ret, NULL))
    return FALSE;
  if (minus)
    *ret = -*ret;
  return TRUE;
}

/* Which of the two signs is the last of a cell, and how many digits follow it. */
static int
vote (TbDeckText cell)
{
  for (gsize i = cell.len; i-- > 0;)
    if (cell.at[i] == ',' || cell.at[i] == '.')
      {
        gsize after = 0;

        while (i + 1 + after < cell.len && g_ascii_isdigit (cell.at[i + 1 + after]))
          after++;
        return after == 3 ? 0 : cell.at[i] == ',' ? 1 : -1;
      }
  return 0;
}

/* ---- rows ---- */

static void
complain (TbBankEntry *entry, const char *problem)
{
  if (entry->problem == NULL)
    entry->problem = g_strdup (problem);
}

static void
read_money (const Layout *layout, const TbDeckRow *row, TbBankEntry *entry)
{
  TbDeckText amount = cell_of (layout, row, AMOUNT), credit = cell_of (layout, row, CREDIT), debit = cell_of (layout, row, DEBIT);
  g_autofree char *currency = dup_cell (layout, row, CURRENCY);
  TbAmount in = 0, out = 0;

  entry->amount.currency = layout->currency;
  if (currency != NULL && !tb_currency_parse (currency, &entry->amount.currency, NULL))
    complain (entry, _("Its currency is not known."));
  if (layout->column[AMOUNT] >= 0 ? !read_amount (layout, amount, &in)
                                  : (credit.len > 0 && !read_amount (layout, credit, &in)) || (debit.len > 0 && !read_amount (layout, debit, &out))
                                        || (credit.len == 0 && debit.len == 0))
    complain (entry, _("It has no amount."));
  else if (!tb_amount_subtract (in, ABS (out), &entry->amount.amount, NULL))
    complain (entry, _("Its amount is larger than any."));
}

static void
read_day (const Layout *layout, const TbDeckRow *row, TbBankEntry *entry)
{
  g_autofree char *reason = NULL;
  TbDeckDate date;

  if (tb_deck_date (cell_of (layout, row, DAY), layout->dates, layout->utc, &date, &reason) == TB_DECK_CELL_OK)
    entry->day = date.day;
  else
    complain (entry, reason != NULL ? reason : _("It has no day."));
}

static void
take (TbBankFile *file, const Layout *layout, const TbDeckRow *row, GPtrArray *ids)
{
  TbBankEntry *entry = tb_bank_entry_new (file);

  entry->line = row->line;
  read_money (layout, row, entry);
  read_day (layout, row, entry);
  entry->name = dup_cell (layout, row, NAME);
  entry->iban = dup_cell (layout, row, IBAN);
  entry->reference = dup_cell (layout, row, REFERENCE);
  entry->text = dup_cell (layout, row, TEXT);
  g_ptr_array_add (ids, dup_cell (layout, row, ID));
}

/* ---- the file ---- */

/* Calls `func` with each row after the header; 0 = from the first. */
typedef void (*RowFunc) (const TbDeckRow *row, gpointer data);

static gboolean
walk (const char *text, gsize len, char separator, guint64 after, RowFunc func, gpointer data, GError **error)
{
  g_autoptr (TbDeckRows) rows = tb_deck_rows_new (text, len, separator, FALSE);
  TbDeckRow row;
  guint n = 0;

  for (;;)
    {
      GError *failure = NULL;

      if (!tb_deck_rows_next (rows, &row, NULL, &failure))
        {
          if (failure == NULL)
            return TRUE;
          g_propagate_error (error, failure);
          return FALSE;
        }
      if (++n > ROWS_MAX)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file has more than %d rows."), ROWS_MAX);
          return FALSE;
        }
      if (row.n > 0 && row.line > after)
        func (&row, data);
    }
}

typedef struct
{
  Layout *layout;
  const TbBankOptions *options;
  guint seen;
  guint64 header;
  GError *error;
} Search;

static void
search_header (const TbDeckRow *row, gpointer data)
{
  Search *search = data;
  gboolean fits;

  if (search->header > 0 || search->error != NULL || ++search->seen > HEADER_MAX)
    return;
  if (search->options->columns != NULL)
    fits = map (search->layout, row, search->options->columns, &search->error);
  else
    {
      detect (search->layout, row);
      fits = TRUE;
    }
  if (fits && is_usable (search->layout))
    search->header = row->line;
}

typedef struct
{
  const Layout *layout;
  TbDeckDateEvidence dates;
  int votes;
} Evidence;

static void
gather (const TbDeckRow *row, gpointer data)
{
  Evidence *evidence = data;
  const Field money[] = { AMOUNT, CREDIT, DEBIT };

  tb_deck_date_evidence (cell_of (evidence->layout, row, DAY), &evidence->dates);
  for (guint i = 0; i < G_N_ELEMENTS (money); i++)
    evidence->votes += vote (cell_of (evidence->layout, row, money[i]));
}

typedef struct
{
  TbBankFile *file;
  const Layout *layout;
  GPtrArray *ids;
} Taking;

static void
take_row (const TbDeckRow *row, gpointer data)
{
  Taking *taking = data;

  take (taking->file, taking->layout, row, taking->ids);
}

static gboolean
find_header (Layout *layout, const char *text, gsize len, char separator, const TbBankOptions *options, guint64 *ret, GError **error)
{
  Search search = { .layout = layout, .options = options };

  if (!walk (text, len, separator, 0, search_header, &search, error))
    return FALSE;
  if (search.error != NULL)
    {
      g_propagate_error (error, search.error);
      return FALSE;
    }
  if (search.header == 0)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                           _("No row has titles of columns for day and amount; name them, as in day=Date,amount=Amount."));
      return FALSE;
    }
  *ret = search.header;
  return TRUE;
}

gboolean
tb_bank_csv_read (TbBankFile *file, const char *text, gsize len, const TbBankOptions *options, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TbZone) utc = tb_zone_new_utc ();
  Layout layout = { .currency = options->currency, .utc = utc };
  Evidence evidence = { .layout = &layout };
  Taking taking = { file, &layout, ids };
  char separator = tb_csv_detect_separator (text, len);
  guint64 header;

  if (!find_header (&layout, text, len, separator, options, &header, error) || !walk (text, len, separator, header, gather, &evidence, error))
    return FALSE;
  layout.comma = evidence.votes > 0;
  layout.dates = options->dates != TB_DATES_UNKNOWN  ? options->dates
                 : evidence.dates.dmy > 0 && evidence.dates.mdy == 0 ? TB_DATES_DMY
                 : evidence.dates.mdy > 0 && evidence.dates.dmy == 0 ? TB_DATES_MDY
                                                                     : TB_DATES_UNKNOWN;
  if (!walk (text, len, separator, header, take_row, &taking, error))
    return FALSE;
  tb_bank_file_name_entries (file, ids);
  return TRUE;
}
