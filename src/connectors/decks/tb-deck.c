/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-deck-private.h"
#include "tb-error.h"

#define ROWS_BETWEEN_REPORTS 4096

typedef struct
{
  TbDeck *deck;
  const TbDeckOptions *options;
  const char *text;
  gsize len;
  GCancellable *cancellable;
  TbDeckReading reading;
  GHashTable *keys; /* of TbRate, borrowed from the deck, to its place there */
} Read;

TbDeckOptions
tb_deck_options_default (void)
{
  return (TbDeckOptions){ .decimal_comma = -1, .effective = TB_DAY_NONE, .encoding = -1 };
}

static void
problem_free (TbDeckProblem *self)
{
  g_free (self->reason);
  g_free (self->raw);
  g_free (self);
}

static TbDeck *
deck_new (void)
{
  TbDeck *self = g_new0 (TbDeck, 1);

  self->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  return self;
}

void
tb_deck_free (TbDeck *self)
{
  if (self == NULL)
    return;
  g_free (self->layout);
  g_free (self->columns);
  g_strfreev (self->header);
  g_strfreev (self->fields);
  g_ptr_array_unref (self->rates);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/* Takes `reason` and `raw`. */
static void
add_problem (TbDeck *self, TbDeckProblemKind kind, guint64 line, char *reason, char *raw)
{
  TbDeckProblem *problem = g_new (TbDeckProblem, 1);
  guint *counts[] = { &self->rejected, &self->needs_confirmation, NULL, &self->skipped };

  if (counts[kind] != NULL)
    *counts[kind] += 1;
  *problem = (TbDeckProblem){ .kind = kind, .line = line, .reason = reason, .raw = raw };
  g_ptr_array_add (self->problems, problem);
}

/* ---- separator and layout: the reading under which most rows make sense ---- */

static TbDeckLayout *
try_separator (Read *self, char separator, const TbDeckMapping *mapping, GError **error)
{
  g_autoptr (GPtrArray) sample = tb_deck_sample_new (self->text, self->len, separator);

  return tb_deck_layout_new (sample, self->options, mapping, error);
}

static TbDeckLayout *
find_layout (Read *self, GError **error)
{
  static const char separators[] = ",;\t|";
  g_auto (TbDeckMapping) mapping = { { NULL } };
  char said = self->options->separator != '\0' ? self->options->separator : tb_deck_source_separator (self->text, self->len);
  TbDeckLayout *best;

  if (!tb_deck_mapping_parse (&mapping, self->options->columns, error))
    return NULL;
  self->deck->separator = said != '\0' ? said : tb_csv_detect_separator (self->text, self->len);
  best = try_separator (self, self->deck->separator, &mapping, said != '\0' ? error : NULL);
  for (guint i = 0; said == '\0' && separators[i] != '\0'; i++)
    {
      TbDeckLayout *other = separators[i] != self->deck->separator ? try_separator (self, separators[i], &mapping, NULL) : NULL;

      if (other != NULL && (best == NULL || other->score > best->score))
        {
          tb_deck_layout_free (best);
          best = other;
          self->deck->separator = separators[i];
        }
      else
        tb_deck_layout_free (other);
    }
  /* Once more for its reason. */
  return best != NULL || said != '\0' ? best : try_separator (self, self->deck->separator, &mapping, error);
}

/* ---- decimal sign and order of dates, from all rows ---- */

typedef struct
{
  TbDeckNumberEvidence numbers[TB_DECK_N_FIELDS], all;
  TbDeckDateEvidence dates;
} Evidence;

static void
note_row (Evidence *self, const TbDeckLayout *layout, const TbDeckRow *row)
{
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    if (layout->column[f] >= 0 && tb_deck_field_is_money (f))
      tb_deck_number_evidence (tb_deck_row_cell (row, layout->column[f]), &self->numbers[f]);
  for (guint f = TB_DECK_EFFECTIVE_FROM; f <= TB_DECK_EFFECTIVE_TO; f++)
    tb_deck_date_evidence (tb_deck_row_cell (row, layout->column[f]), &self->dates);
}

static gboolean
collect_evidence (Read *self, Evidence *evidence, GError **error)
{
  const TbDeckLayout *layout = self->reading.layout;
  g_autoptr (TbDeckRows) rows = tb_deck_rows_new (self->text, self->len, self->deck->separator, layout->own);
  TbDeckRow row;

  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (tb_deck_rows_next (rows, &row, self->cancellable, &local))
        {
          if (row.line >= layout->data_line)
            note_row (evidence, layout, &row);
        }
      else if (local == NULL || tb_deck_rows_is_at_end (rows))
        break;
      else if (tb_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    {
      evidence->all.points += evidence->numbers[f].points;
      evidence->all.commas += evidence->numbers[f].commas;
    }
  return TRUE;
}

static TbDeckDecimal
decide_decimal (const Read *self, const TbDeckNumberEvidence *column, const TbDeckNumberEvidence *all)
{
  const TbDeckNumberEvidence *said = column->points + column->commas > 0 ? column : all;

  if (self->options->decimal_comma >= 0)
    return self->options->decimal_comma ? TB_DECK_DECIMAL_COMMA : TB_DECK_DECIMAL_POINT;
  if (said->points + said->commas > 0)
    return said->commas > said->points ? TB_DECK_DECIMAL_COMMA : TB_DECK_DECIMAL_POINT;
  /* Spreadsheets write semicolons exactly where the comma is the decimal sign. */
  return column->unclear == 0 ? TB_DECK_DECIMAL_POINT : self->deck->separator == ';' ? TB_DECK_DECIMAL_COMMA : TB_DECK_DECIMAL_UNCLEAR;
}

/* Where a comma is the decimal sign, nobody writes the month first. */
static TbDateOrder
decide_dates (const Read *self, const Evidence *evidence)
{
  const TbDeckDateEvidence *above = &self->reading.layout->dates_above, *rows = &evidence->dates;
  guint dmy = rows->dmy + above->dmy, mdy = rows->mdy + above->mdy;

  if (self->options->dates != TB_DATES_UNKNOWN)
    return self->options->dates;
  if (dmy + mdy > 0)
    return mdy > dmy ? TB_DATES_MDY : TB_DATES_DMY;
  if (rows->unclear > 0)
    return self->deck->decimal_comma ? TB_DATES_DMY : self->reading.layout->dates;
  return rows->ymd > 0 ? TB_DATES_YMD : TB_DATES_UNKNOWN;
}

static gboolean
weigh_evidence (Read *self, GError **error)
{
  Evidence evidence = { 0 };

  if (!collect_evidence (self, &evidence, error))
    return FALSE;
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    self->reading.decimal[f] = decide_decimal (self, &evidence.numbers[f], &evidence.all);
  self->deck->decimal_comma = self->reading.decimal[TB_DECK_RATE] == TB_DECK_DECIMAL_COMMA;
  self->reading.dates = self->deck->dates = decide_dates (self, &evidence);
  return TRUE;
}

/* ---- rates ---- */

static guint
hash_key (gconstpointer key)
{
  const TbRate *rate = key;
  guint64 time = (guint64) rate->effective_from;

  return g_str_hash (rate->prefix) ^ (guint) (time ^ time >> 32) * 31 ^ (guint) rate->priority * 131
         ^ (guint) (rate->band.days + rate->band.from * 7 + rate->band.month * 37 + rate->band.day * 67);
}

static gboolean
same_key (gconstpointer a, gconstpointer b)
{
  return tb_rate_same_key (a, b);
}

static void
count_rate (TbDeck *self, const TbRate *rate, int by)
{
  *(rate->enabled || rate->rate != 0 ? &self->accepted : &self->blocked) += (guint) by;
}

/* Takes `rate`. FALSE: an earlier row has its key; that row's line. A code that one row lists twice is one. */
static gboolean
add_rate (Read *self, TbRate *rate, guint32 *ret_line)
{
  gpointer place;

  if (!g_hash_table_lookup_extended (self->keys, rate, NULL, &place))
    {
      g_ptr_array_add (self->deck->rates, rate);
      g_hash_table_insert (self->keys, rate, GUINT_TO_POINTER (self->deck->rates->len - 1));
      count_rate (self->deck, rate, 1);
      return TRUE;
    }

  gpointer *slot = &self->deck->rates->pdata[GPOINTER_TO_UINT (place)];
  TbRate *first = *slot;
  gboolean same_row = first->line == rate->line;

  *ret_line = first->line;
  if (same_row || !self->options->last_wins)
    {
      tb_rate_free (rate);
      return same_row;
    }
  count_rate (self->deck, first, -1);
  count_rate (self->deck, rate, 1);
  *slot = rate;
  g_hash_table_replace (self->keys, rate, place);
  tb_rate_free (first);
  return FALSE;
}

/* Takes `reason` and `raw`. */
static void
add_duplicate (Read *self, guint64 line, char *reason, char *raw)
{
  TbDeck *deck = self->deck;

  add_problem (deck, self->options->last_wins ? TB_DECK_SKIPPED : TB_DECK_REJECTED, line, reason, raw);
  ((TbDeckProblem *) deck->problems->pdata[deck->problems->len - 1])->duplicate = TRUE;
  deck->duplicates++;
}

/* Takes `rate`: one copy of it for each code. */
static void
add_codes (Read *self, TbDeckRows *rows, TbRate *rate, const char *codes, guint n)
{
  guint64 line = rate->line;
  gboolean enabled = rate->enabled;
  g_autofree char *clash = NULL;
  guint32 first_line = 0;
  guint clashes = 0;

  for (guint i = 0; i < n; i++, codes += strlen (codes) + 1)
    {
      TbRate *one = i + 1 < n ? tb_rate_copy (rate) : rate;

      g_free (one->prefix);
      one->prefix = g_strdup (codes);
      if (!add_rate (self, one, &first_line) && clashes++ == 0)
        clash = g_strdup_printf (self->options->last_wins ? _("the prefix %s was on line %u before, with the same date: this row replaces it.")
                                                          : _("the prefix %s is on line %u already, with the same date."),
                                 codes, first_line);
    }
  if (clash != NULL)
    add_duplicate (self, line, g_steal_pointer (&clash), tb_deck_rows_dup_raw (rows));
  else if (!enabled)
    add_problem (self->deck, TB_DECK_BLOCKED, line, g_strdup (_("blocked: calls to it are not sold.")), tb_deck_rows_dup_raw (rows));
}

static void
take_row (Read *self, TbDeckRows *rows, const TbDeckRow *row, GString *codes)
{
  TbRate *rate = NULL;
  char *reason = NULL;
  guint n = 0;

  switch (tb_deck_read_row (&self->reading, row, &rate, codes, &n, &reason))
    {
    case TB_DECK_ROW_RATES:
      add_codes (self, rows, rate, codes->str, n);
      break;
    case TB_DECK_ROW_SKIPPED:
      add_problem (self->deck, TB_DECK_SKIPPED, row->line, reason, tb_deck_rows_dup_raw (rows));
      break;
    case TB_DECK_ROW_ASK:
      add_problem (self->deck, TB_DECK_NEEDS_CONFIRMATION, row->line, reason, tb_deck_rows_dup_raw (rows));
      break;
    case TB_DECK_ROW_REJECTED:
      add_problem (self->deck, TB_DECK_REJECTED, row->line, reason, tb_deck_rows_dup_raw (rows));
      break;
    case TB_DECK_ROW_EMPTY:
    default:
      self->deck->skipped += row->line >= self->deck->data_line;
      g_free (reason);
      break;
    }
}

static gboolean
read_rows (Read *self, GError **error)
{
  g_autoptr (TbDeckRows) rows = tb_deck_rows_new (self->text, self->len, self->deck->separator, self->reading.layout->own);
  g_autoptr (GString) codes = g_string_new (NULL);
  TbDeckRow row;

  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (tb_deck_rows_next (rows, &row, self->cancellable, &local))
        {
          if (row.line % ROWS_BETWEEN_REPORTS == 0)
            tb_job_report (self->options->job, (double) tb_deck_rows_get_bytes (rows) / (double) self->len, NULL);
          if (row.line >= self->reading.layout->data_line)
            take_row (self, rows, &row, codes);
          continue;
        }
      if (tb_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (local != NULL)
        add_problem (self->deck, TB_DECK_REJECTED, row.line, g_strdup (local->message), tb_deck_rows_dup_raw (rows));
      if (local == NULL || tb_deck_rows_is_at_end (rows))
        return TRUE;
    }
}

/* ---- the whole ---- */

static void
note_layout (TbDeck *self, const TbDeckLayout *layout)
{
  self->header_line = layout->header_line;
  self->data_line = layout->data_line;
  self->layout = g_strdup (layout->name);
  self->columns = tb_deck_layout_to_option (layout);
  self->fields = tb_deck_layout_list_fields (layout);
  self->header = g_strdupv (layout->header);
}

static gboolean
read_text (Read *self, GError **error)
{
  g_autoptr (TbDeckLayout) layout = find_layout (self, error);
  TbDeck *deck = self->deck;

  if (layout == NULL)
    return FALSE;
  self->reading.layout = layout;
  self->reading.currency = layout->currency;
  note_layout (deck, layout);
  if (!weigh_evidence (self, error) || !read_rows (self, error))
    return FALSE;
  deck->currency = self->reading.currency;
  if (deck->rates->len + deck->rejected + deck->needs_confirmation > 0)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The deck has a header on line %" PRIu64 ", but no rates under it."), deck->header_line);
  return FALSE;
}

TbDeck *
tb_deck_read (const guint8 *data, gsize len, const TbDeckOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (TbDeck) deck = deck_new ();
  g_autoptr (GHashTable) keys = g_hash_table_new (hash_key, same_key);
  g_autoptr (TbZone) zone = options->zone != NULL ? tb_zone_ref (options->zone) : tb_zone_new_utc ();
  Read self = { .deck = deck, .options = options, .cancellable = cancellable, .keys = keys };
  g_autofree char *text = tb_deck_source_text (deck, options->encoding, data, len, &self.len, error);

  if (text == NULL)
    return NULL;
  self.text = text;
  self.reading.options = options;
  self.reading.zone = zone;
  return read_text (&self, error) ? g_steal_pointer (&deck) : NULL;
}
