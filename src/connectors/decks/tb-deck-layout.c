/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define HEADER_ROWS_MAX 40 /* titles, addresses and notes stand above a header, but not more than a page of them */
#define UNIT_ROWS_MAX 3    /* rows of units under a header */

/* Layouts told by titles that only they have together. */
static const struct
{
  const char *name, *keys;
  TbDateOrder dates; /* when nothing in the file tells */
} known[] = {
  { "ictVoIP", "shortdescription ratevalue lastratechangedate", TB_DATES_UNKNOWN },
  { "Peeredge", "code interrate intrarate ijrate", TB_DATES_MDY },
  { "ASTPP", "code destination connectioncost gracetime", TB_DATES_UNKNOWN },
  { "Kazoo", "prefix ratecost", TB_DATES_UNKNOWN },
  { "Yeti", "prefix initialrate nextrate", TB_DATES_UNKNOWN },
  { "PortaOne", "countryprefix areacodes", TB_DATES_UNKNOWN },
  { "Twilio", "iso price", TB_DATES_UNKNOWN },
  { "US jurisdictional", "interstaterate intrastaterate", TB_DATES_MDY },
  { "US jurisdictional", "interstate intrastate", TB_DATES_MDY },
  { "US jurisdictional", "inter intra", TB_DATES_MDY },
};

static TbDeckLayout *
layout_new (void)
{
  TbDeckLayout *self = g_new0 (TbDeckLayout, 1);

  self->name = "generic";
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    {
      self->column[f] = TB_DECK_COLUMN_NONE;
      self->unit[f] = (TbDeckUnit){ 1, 1 };
    }
  return self;
}

void
tb_deck_layout_free (TbDeckLayout *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->header);
  g_free (self);
}

/* ---- looking at rows ---- */

TbDeckText
tb_deck_row_cell (const TbDeckRow *row, int column)
{
  return column >= 0 && (guint) column < row->n ? row->cells[column] : (TbDeckText){ "", 0 };
}

static guint
count_cells (const TbDeckRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->n; i++)
    n += row->cells[i].len > 0;
  return n;
}

/* A title has a letter; numbers in its place make the row a row of data. */
static gboolean
is_title (TbDeckText text)
{
  return text.len > 0 && !tb_deck_is_price (text) && !tb_deck_is_blocking_word (text);
}

static guint
score_rows (const TbDeckLayout *self, GPtrArray *sample)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  guint score = 0, n;

  for (guint i = 0; i < sample->len; i++)
    {
      const TbDeckRow *row = g_ptr_array_index (sample, i);

      if (row->line >= self->data_line && row->n <= self->n_columns && tb_deck_is_price (tb_deck_row_cell (row, self->column[TB_DECK_RATE])))
        score += tb_deck_codes (tb_deck_row_cell (row, self->column[TB_DECK_PREFIX]), tb_deck_row_cell (row, self->column[TB_DECK_COUNTRY_CODE]),
                                &self->codes, codes, &n, NULL)
                 == TB_DECK_CELL_OK;
    }
  return score;
}

/* ---- what the texts around tell: currency, unit ---- */

/* A code in brackets, after "currency", "in" or "is", or (`anywhere`) in the title of a price; or a sign that says whose money it is. */
static void
note_currency (TbDeckLayout *self, const char *text, gboolean anywhere)
{
  gboolean said = anywhere;

  if (self->currency != TB_CURRENCY_NONE)
    return;
  for (const char *at = text; *at != '\0';)
    {
      gsize n = 0;
      char word[12];

      while (g_ascii_isalpha (at[n]))
        n++;
      g_strlcpy (word, at, MIN (sizeof word, n + 1));
      if (tb_deck_is_currency (word) && (said || (at > text && (at[-1] == '(' || at[-1] == '['))) && tb_currency_parse (word, &self->currency, NULL))
        return;
      if (n > 0)
        said = anywhere || g_ascii_strcasecmp (word, "currency") == 0 || g_ascii_strcasecmp (word, "in") == 0 || g_ascii_strcasecmp (word, "is") == 0;
      at += MAX (n, 1);
    }
  if (anywhere && (strstr (text, "€") != NULL || strstr (text, "£") != NULL))
    tb_currency_parse (strstr (text, "€") != NULL ? "EUR" : "GBP", &self->currency, NULL);
}

/* Compiled once: every row of the sample may be the header. */
static void
note_unit (TbDeckUnit *unit, const char *text)
{
  static GRegex *per_second, *in_cents;
  g_autofree char *lower = g_utf8_strdown (text, -1);

  if (g_once_init_enter (&per_second))
    g_once_init_leave (&per_second, g_regex_new ("(\\bper|/)\\s*s(ec(ond)?s?)?\\b", G_REGEX_OPTIMIZE, 0, NULL));
  if (g_once_init_enter (&in_cents))
    g_once_init_leave (&in_cents, g_regex_new ("\\b(us|usd|euro?)?\\s?-?(cents?|cts?|pence|pp[mc])\\b|¢|\\b[cp]\\s*/\\s*m(in)?\\b", G_REGEX_OPTIMIZE, 0, NULL));
  if (g_regex_match (per_second, lower, 0, NULL))
    unit->multiply = 60;
  if (g_regex_match (in_cents, lower, 0, NULL))
    unit->divide = 100;
}

/* The title of a column, or what stands under it in a second row of titles. */
static void
note_title (TbDeckLayout *self, TbDeckField field, const char *title)
{
  if (!tb_deck_field_is_money (field))
    return;
  note_currency (self, title, TRUE);
  note_unit (&self->unit[field], title);
}

/* Prices per minute beside the rate are in the rate's unit unless their own titles say another. */
static void
spread_unit (TbDeckLayout *self)
{
  static const TbDeckField alike[] = { TB_DECK_RATE2, TB_DECK_NEXT_RATE, TB_DECK_OLD_RATE, TB_DECK_PREMIUM_RATE };

  for (guint i = 0; i < G_N_ELEMENTS (alike); i++)
    if (self->unit[alike[i]].multiply == 1 && self->unit[alike[i]].divide == 1)
      self->unit[alike[i]] = self->unit[TB_DECK_RATE];
  self->unit[TB_DECK_CONNECT_FEE].multiply = 1;
}

static void
note_row_above (TbDeckLayout *self, const TbDeckRow *row)
{
  for (guint i = 0; i < row->n; i++)
    {
      TbDeckText cell = tb_deck_row_cell (row, (int) i);
      const char *last = strrchr (cell.at, ' ');

      note_currency (self, cell.at, FALSE);
      tb_deck_date_evidence (last != NULL ? tb_deck_text (last, strlen (last)) : cell, &self->dates_above);
    }
}

/* ---- under the header ---- */

/* Digits where prefix or rate stand make a row of data; a word like "blocked" may stand for a rate. */
static gboolean
is_data (const TbDeckLayout *self, const TbDeckRow *row)
{
  TbDeckText rate = tb_deck_row_cell (row, self->column[TB_DECK_RATE]);

  return tb_deck_has_digit (tb_deck_row_cell (row, self->column[TB_DECK_PREFIX])) || tb_deck_has_digit (rate) || tb_deck_is_blocking_word (rate)
         || tb_deck_has_digit (tb_deck_row_cell (row, self->column[TB_DECK_COUNTRY_CODE]));
}

/* The first row that is neither empty nor a second row of titles. Without a header, a lone text above is a title of the whole. */
static void
find_data (TbDeckLayout *self, GPtrArray *sample)
{
  guint rows_of_units = 0;

  self->data_line = self->header_line + 1;
  for (guint i = 0; i < sample->len; i++)
    {
      const TbDeckRow *row = g_ptr_array_index (sample, i);
      guint n = count_cells (row);

      if (row->line < self->header_line)
        note_row_above (self, row);
      if (row->line <= self->header_line || n == 0 || (self->header_line == 0 && n == 1))
        continue;
      self->data_line = row->line;
      if (is_data (self, row) || (self->header_line > 0 && ++rows_of_units > UNIT_ROWS_MAX))
        return;
      for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
        note_title (self, f, tb_deck_row_cell (row, self->column[f]).at);
      self->data_line = row->line + 1;
    }
}

static TbDeckText
without_plus (TbDeckText text)
{
  return text.len > 0 && *text.at == '+' ? (TbDeckText){ text.at + 1, text.len - 1 } : text;
}

/* A column of country codes is left alone when it holds letters (CA, GB); the codes beside it may be whole already. */
static void
check_country (TbDeckLayout *self, GPtrArray *sample, const char *prefix_key)
{
  guint whole = 0, parts = 0, letters = 0;
  int column = self->column[TB_DECK_COUNTRY_CODE];

  for (guint i = 0; i < sample->len && column >= 0; i++)
    {
      const TbDeckRow *row = g_ptr_array_index (sample, i);
      TbDeckText country = without_plus (tb_deck_row_cell (row, column)), code = without_plus (tb_deck_row_cell (row, self->column[TB_DECK_PREFIX]));

      if (row->line < self->data_line || country.len == 0)
        continue;
      letters += !tb_deck_has_digit (country);
      if (code.len > 0)
        *(code.len >= country.len && memcmp (code.at, country.at, country.len) == 0 ? &whole : &parts) += 1;
    }
  if (letters > 0)
    self->column[TB_DECK_COUNTRY_CODE] = TB_DECK_COLUMN_NONE;
  self->codes.whole = whole > 0 && parts == 0 && !g_str_has_prefix (prefix_key, "area") && !g_str_has_prefix (prefix_key, "city")
                      && strcmp (prefix_key, "nxx") != 0;
}

/* Area codes of North America are written without the 1 under NPA titles, and in decks by jurisdiction when all look so. */
static void
check_nanp (TbDeckLayout *self, GPtrArray *sample, const char *prefix_key)
{
  guint bare = 0, other = 0;

  for (guint i = 0; i < sample->len; i++)
    {
      const TbDeckRow *row = g_ptr_array_index (sample, i);
      TbDeckText code = tb_deck_row_cell (row, self->column[TB_DECK_PREFIX]);

      if (row->line >= self->data_line && code.len > 0)
        *((code.len == 6 || code.len == 7) && *code.at >= '2' && *code.at <= '9' ? &bare : &other) += 1;
    }
  self->codes.nanp = g_str_has_prefix (prefix_key, "npa") || strcmp (prefix_key, "nxx") == 0 || (self->column[TB_DECK_RATE2] >= 0 && bare > 0 && other == 0);
}

/* "N" is no where the title asks a question or "Y" is there too; between I and D for increase and decrease it is new. */
static void
check_states (TbDeckLayout *self, GPtrArray *sample)
{
  int column = self->column[TB_DECK_ENABLED];
  g_autofree char *key = column >= 0 && self->header != NULL && (guint) column < self->n_columns ? tb_deck_title_key (self->header[column]) : g_strdup ("");

  self->n_is_no = strcmp (key, "enabled") == 0 || strcmp (key, "active") == 0;
  for (guint i = 0; i < sample->len; i++)
    self->n_is_no = self->n_is_no || tb_deck_text_is (tb_deck_row_cell (g_ptr_array_index (sample, i), column), "y");
}

static void
note_name (TbDeckLayout *self, char **keys)
{
  g_autofree char *joined = g_strjoinv (" ", keys);
  guint rank;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_auto (GStrv) needed = g_strsplit (known[i].keys, " ", -1);
      guint found = 0;

      while (needed[found] != NULL && tb_deck_has_word (joined, needed[found], &rank))
        found++;
      if (needed[found] != NULL)
        continue;
      self->name = known[i].name;
      self->dates = known[i].dates;
      return;
    }
}

/* ---- one row taken for the header ---- */

/* `below` fills the titles that `row` leaves empty: "Billing,," above ",Subsequent". */
static char **
take_titles (const TbDeckRow *row, const TbDeckRow *below)
{
  GPtrArray *titles = g_ptr_array_new ();
  guint n = MAX (row->n, below != NULL ? below->n : 0);

  for (guint i = 0; i < n; i++)
    {
      TbDeckText title = tb_deck_row_cell (row, (int) i);

      g_ptr_array_add (titles, tb_deck_text_dup (title.len > 0 || below == NULL ? title : tb_deck_row_cell (below, (int) i)));
    }
  g_ptr_array_add (titles, NULL);
  return (char **) g_ptr_array_free (titles, FALSE);
}

static char **
keys_of (char **titles)
{
  guint n = g_strv_length (titles);
  char **keys = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    keys[i] = tb_deck_title_key (titles[i]);
  return keys;
}

/* Titles beat shapes: under a header that is understood, rows that do not fit are wrong, not the header. Then more rows that read well
 * decide, then more columns understood. */
static guint
score (const TbDeckLayout *self, GPtrArray *sample)
{
  guint mapped = self->header != NULL ? 1 << 20 : 0;

  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    mapped += self->column[f] >= 0;
  return 1 + mapped + (TB_DECK_N_FIELDS + 1) * score_rows (self, sample);
}

static TbDeckLayout *
layout_under (GPtrArray *sample, guint index, gboolean two_rows, const TbDeckMapping *mapping, const char **ret_missing)
{
  g_autoptr (TbDeckLayout) self = layout_new ();
  const TbDeckRow *row = g_ptr_array_index (sample, index);
  const TbDeckRow *below = two_rows && index + 1 < sample->len ? g_ptr_array_index (sample, index + 1) : NULL;
  g_auto (GStrv) keys = NULL;
  const char *prefix_key;

  if (two_rows && below == NULL)
    return NULL;
  self->header = take_titles (row, below);
  self->n_columns = g_strv_length (self->header);
  self->header_line = row->line;
  if (!tb_deck_mapping_apply (mapping, self, ret_missing))
    return NULL;
  keys = keys_of (self->header);
  tb_deck_map_titles (self, keys, self->n_columns);
  if (self->column[TB_DECK_PREFIX] < 0 || self->column[TB_DECK_RATE] < 0 || !is_title (tb_deck_row_cell (row, self->column[TB_DECK_RATE]))
      || !is_title (tb_deck_row_cell (row, self->column[TB_DECK_PREFIX])))
    return NULL;

  prefix_key = (guint) self->column[TB_DECK_PREFIX] < self->n_columns ? keys[self->column[TB_DECK_PREFIX]] : "";
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    if (self->column[f] >= 0 && (guint) self->column[f] < self->n_columns)
      note_title (self, f, self->header[self->column[f]]);
  note_name (self, keys);
  if (self->own)
    self->name = "tollbook";
  find_data (self, sample);
  if (below != NULL && self->data_line <= below->line)
    return NULL;
  self->codes.exact = self->own;
  if (!self->own)
    {
      check_country (self, sample, prefix_key);
      check_nanp (self, sample, prefix_key);
    }
  check_states (self, sample);
  spread_unit (self);
  if (self->column[TB_DECK_EFFECTIVE_TO] >= 0 && !self->own)
    self->to_is_last_day = strcmp (keys[self->column[TB_DECK_EFFECTIVE_TO]], "effectiveto") != 0;
  self->score = score (self, sample);
  return g_steal_pointer (&self);
}

static TbDeckLayout *
layout_without_header (GPtrArray *sample, const TbDeckMapping *mapping, const char **ret_missing)
{
  g_autoptr (TbDeckLayout) self = layout_new ();

  if (!tb_deck_mapping_apply (mapping, self, ret_missing))
    return NULL;
  tb_deck_map_shapes (self, sample);
  if (self->column[TB_DECK_PREFIX] < 0 || self->column[TB_DECK_RATE] < 0)
    return NULL;
  for (guint i = 0; i < sample->len; i++)
    self->n_columns = MAX (self->n_columns, ((const TbDeckRow *) g_ptr_array_index (sample, i))->n);
  find_data (self, sample);
  check_country (self, sample, "");
  check_nanp (self, sample, "");
  self->score = score (self, sample);
  return g_steal_pointer (&self);
}

/* ---- the best reading ---- */

static void
keep_better (TbDeckLayout **best, TbDeckLayout *other)
{
  if (other != NULL && (*best == NULL || other->score > (*best)->score))
    {
      tb_deck_layout_free (*best);
      *best = other;
    }
  else
    tb_deck_layout_free (other);
}

TbDeckLayout *
tb_deck_layout_new (GPtrArray *sample, const TbDeckOptions *options, const TbDeckMapping *mapping, GError **error)
{
  g_autoptr (TbDeckLayout) best = NULL;
  const char *missing = NULL;

  for (guint i = 0; i < sample->len && i < HEADER_ROWS_MAX && options->header_line >= 0; i++)
    if (options->header_line == 0 || ((const TbDeckRow *) g_ptr_array_index (sample, i))->line == (guint64) options->header_line)
      for (gboolean two_rows = FALSE; two_rows <= TRUE; two_rows++)
        keep_better (&best, layout_under (sample, i, two_rows, mapping, &missing));
  if (options->header_line <= 0)
    keep_better (&best, layout_without_header (sample, mapping, &missing));
  if (best != NULL)
    return g_steal_pointer (&best);

  if (missing != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("Columns: the file has no column “%s”."), missing);
  else
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                         _("No columns of dial codes and prices were found. Name them, by title or number: prefix=Code,rate=Rate or prefix=1,rate=3."));
  return NULL;
}
