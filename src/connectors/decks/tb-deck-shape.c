/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <string.h>

/* Columns of a deck without titles, told by the shape of what they hold. What is optional is taken only where every row agrees: one
 * row that lacks a value shifts the rest, and a wrong column costs more than a missing one. */
typedef struct
{
  guint filled, codes, prices, decimals, texts, seconds, increments, dates, zeros, isos, plus, in_sequence;
  guint64 last;
  GHashTable *distinct;
} Shape;

/* ---- noting ---- */

static void
note_cell (Shape *shape, TbDeckText cell, GString *codes)
{
  TbDeckCodeStyle style = { 0 };
  TbDeckDateEvidence dates = { 0 };
  gint32 initial = 0, next;
  guint64 number = 0;
  gboolean price = tb_deck_is_price (cell);
  guint n;

  if (cell.len == 0)
    return;
  shape->filled++;
  g_hash_table_add (shape->distinct, (gpointer) cell.at);
  tb_deck_date_evidence (cell, &dates);
  shape->dates += dates.ymd + dates.dmy + dates.mdy + dates.unclear > 0;
  shape->zeros += tb_deck_text_is (cell, "0");
  shape->codes += tb_deck_codes (cell, (TbDeckText){ "", 0 }, &style, codes, &n, NULL) == TB_DECK_CELL_OK;
  shape->prices += price || tb_deck_is_blocking_word (cell) || tb_deck_text_is (cell, "N/A");
  shape->decimals += price && strpbrk (cell.at, ".,") != NULL;
  shape->seconds += tb_deck_seconds (cell, &initial, NULL) == TB_DECK_CELL_OK && initial > 0;
  shape->increments += tb_deck_increment (cell, &initial, &next, NULL) == TB_DECK_CELL_OK;
  shape->texts += !price && (!tb_deck_has_digit (cell) || !g_ascii_isdigit (*cell.at));
  shape->isos += cell.len == 2 && g_ascii_isupper (cell.at[0]) && g_ascii_isupper (cell.at[1]);
  shape->plus += *cell.at == '+';
  if (g_ascii_string_to_unsigned (cell.at, 10, 0, G_MAXUINT64, &number, NULL))
    shape->in_sequence += number == shape->last + 1;
  shape->last = number;
}

/* A row of a deck has a price and something beside it; titles above have not. */
static gboolean
may_be_data (const TbDeckRow *row)
{
  guint filled = 0, prices = 0;

  for (guint c = 0; c < row->n; c++)
    {
      filled += row->cells[c].len > 0;
      prices += tb_deck_is_price (tb_deck_row_cell (row, (int) c));
    }
  return prices > 0 && filled > 1;
}

static void
shape_clear (Shape *self)
{
  g_hash_table_unref (self->distinct);
}

static GArray *
shapes_of (GPtrArray *sample, guint *ret_rows)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  GArray *shapes = g_array_new (FALSE, TRUE, sizeof (Shape));

  g_array_set_clear_func (shapes, (GDestroyNotify) shape_clear);
  *ret_rows = 0;
  for (guint i = 0; i < sample->len; i++)
    {
      const TbDeckRow *row = g_ptr_array_index (sample, i);

      if (!may_be_data (row))
        continue;
      *ret_rows += 1;
      for (guint c = 0; c < row->n; c++)
        {
          if (c >= shapes->len)
            {
              g_array_set_size (shapes, c + 1);
              g_array_index (shapes, Shape, c).distinct = g_hash_table_new (g_str_hash, g_str_equal);
            }
          note_cell (&g_array_index (shapes, Shape, c), tb_deck_row_cell (row, (int) c), codes);
        }
    }
  return shapes;
}

/* ---- choosing ---- */

typedef struct
{
  TbDeckLayout *layout;
  const Shape *shapes;
  guint n, rows;
} Choice;

static gboolean
is_free (const Choice *self, guint column)
{
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    if (self->layout->column[f] == (int) column)
      return FALSE;
  return TRUE;
}

static void
choose (const Choice *self, TbDeckField field, guint column)
{
  if (self->layout->column[field] == TB_DECK_COLUMN_NONE && is_free (self, column))
    self->layout->column[field] = (int) column;
}

/* How much a column looks like codes: they differ from row to row, more than increments do. A row number does too, but goes up by one. */
static guint
code_weight (const Choice *self, guint column)
{
  const Shape *shape = &self->shapes[column];
  gboolean row_number = shape->filled > 2 && shape->in_sequence + 1 >= shape->filled;

  if (!is_free (self, column) || row_number || 2 * shape->codes <= shape->filled || 2 * shape->decimals > shape->filled)
    return 0;
  return g_hash_table_size (shape->distinct) + 2 * shape->plus;
}

/* The first that differs at least half as much as the one that differs most: codes stand in front of what is said about them. */
static void
choose_prefix (const Choice *self)
{
  guint most = 0;

  for (guint i = 0; i < self->n; i++)
    most = MAX (most, code_weight (self, i));
  for (guint i = 0; i < self->n && most > 0; i++)
    if (2 * code_weight (self, i) >= most)
      {
        choose (self, TB_DECK_PREFIX, i);
        return;
      }
}

/* The first price with decimals; whole numbers alone may be anything. Kazoo's old decks ("prefix, ISO, name, …, rate") end with it. */
static void
choose_rate (const Choice *self)
{
  gboolean kazoo = self->n > 3 && self->rows > 0 && self->shapes[1].isos == self->rows && self->shapes[2].texts == self->rows;

  for (guint k = 0; k < self->n; k++)
    {
      guint i = kazoo ? self->n - 1 - k : k;

      if (is_free (self, i) && 2 * self->shapes[i].prices > self->rows && self->shapes[i].decimals > 0)
        {
          choose (self, TB_DECK_RATE, i);
          return;
        }
    }
}

static void
choose_texts (const Choice *self)
{
  for (guint i = 0; i < self->n; i++)
    if (2 * self->shapes[i].texts > self->rows)
      choose (self, self->shapes[i].isos == self->shapes[i].filled ? TB_DECK_SHORT_DESCRIPTION : TB_DECK_DESCRIPTION, i);
}

static gboolean
all_seconds (const Choice *self, guint column)
{
  return column < self->n && self->shapes[column].seconds == self->rows && is_free (self, column);
}

static void
choose_increments (const Choice *self)
{
  guint after = (guint) self->layout->column[TB_DECK_RATE] + 1;

  for (guint i = 0; i < self->n; i++)
    if (self->shapes[i].increments == self->rows && self->shapes[i].seconds < self->rows)
      {
        choose (self, TB_DECK_INCREMENT, i);
        return;
      }
  if (!all_seconds (self, after))
    return;
  if (!all_seconds (self, after + 1))
    {
      choose (self, TB_DECK_INCREMENT, after);
      return;
    }
  choose (self, TB_DECK_INITIAL, after);
  choose (self, TB_DECK_NEXT, after + 1);
}

static void
choose_dates (const Choice *self)
{
  for (guint i = 0; i < self->n; i++)
    if (self->shapes[i].dates > 0 && self->shapes[i].dates + self->shapes[i].zeros == self->shapes[i].filled && is_free (self, i))
      choose (self, self->layout->column[TB_DECK_EFFECTIVE_FROM] < 0 ? TB_DECK_EFFECTIVE_FROM : TB_DECK_EFFECTIVE_TO, i);
}

/* "name, +prefix, rate, connection charge, charge period": five columns, every prefix with its plus. */
static void
choose_ivozprovider (const Choice *self)
{
  if (self->n != 5 || self->shapes[1].plus != self->rows || self->shapes[4].seconds != self->rows || self->shapes[3].prices != self->rows)
    return;
  self->layout->name = "IvozProvider";
  for (guint i = 0; i < 5; i++)
    choose (self, (const TbDeckField[]){ TB_DECK_DESCRIPTION, TB_DECK_PREFIX, TB_DECK_RATE, TB_DECK_CONNECT_FEE, TB_DECK_INCREMENT }[i], i);
}

void
tb_deck_map_shapes (TbDeckLayout *layout, GPtrArray *sample)
{
  guint rows = 0;
  g_autoptr (GArray) shapes = shapes_of (sample, &rows);
  Choice choice = { layout, (const Shape *) (gpointer) shapes->data, shapes->len, rows };

  choose_ivozprovider (&choice);
  if (layout->column[TB_DECK_PREFIX] < 0)
    choose_prefix (&choice);
  if (layout->column[TB_DECK_RATE] < 0)
    choose_rate (&choice);
  if (layout->column[TB_DECK_PREFIX] < 0 || layout->column[TB_DECK_RATE] < 0)
    return;
  choose_texts (&choice);
  choose_increments (&choice);
  choose_dates (&choice);
}
