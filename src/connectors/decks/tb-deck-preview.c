/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

/* Enough bytes for the first rows of any table that people look at. */
#define BYTES_LOOKED_AT (256 * 1024)

static void
first_row_free (gpointer data)
{
  TbDeckFirstRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

void
tb_deck_preview_free (TbDeckPreview *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gboolean
is_wide (TbEncoding encoding)
{
  return encoding == TB_ENCODING_UTF16LE || encoding == TB_ENCODING_UTF16BE;
}

/* Up to the end of a line, so that no character is cut. */
static gsize
find_end (const guint8 *data, gsize len, TbEncoding encoding)
{
  gsize n = BYTES_LOOKED_AT;

  if (len <= n)
    return len;
  while (n > 0 && (data[n - 1] != '\n' || (is_wide (encoding) && n % 2 != (encoding == TB_ENCODING_UTF16LE))))
    n--;
  if (n == 0)
    return len;
  return is_wide (encoding) && encoding == TB_ENCODING_UTF16LE ? n + 1 : n;
}

static void
take_rows (TbDeckPreview *self, const char *text, gsize len)
{
  g_autoptr (GPtrArray) sample = tb_deck_sample_new (text, len, self->separator);

  for (guint i = 0; i < sample->len && i < TB_DECK_FIRST_ROWS; i++)
    {
      const TbDeckRow *row = sample->pdata[i];
      TbDeckFirstRow *first = g_new0 (TbDeckFirstRow, 1);

      first->line = row->line;
      first->cells = g_new0 (char *, row->n + 1);
      for (guint k = 0; k < row->n; k++)
        first->cells[k] = tb_deck_text_dup (row->cells[k]);
      self->n_columns = MAX (self->n_columns, row->n);
      g_ptr_array_add (self->rows, first);
    }
}

/* What separates the cells in most readings of these rows is the separator that tb_deck_read will try first. */
TbDeckPreview *
tb_deck_preview (const guint8 *data, gsize len, const TbDeckOptions *options, GError **error)
{
  g_autoptr (TbDeckPreview) self = g_new0 (TbDeckPreview, 1);
  TbDeck found = { .encoding = options->encoding >= 0 ? (TbEncoding) options->encoding : tb_encoding_detect (data, len) };
  g_autofree char *text = NULL;
  gsize n;

  self->rows = g_ptr_array_new_with_free_func (first_row_free);
  text = tb_deck_source_text (&found, options->encoding, data, find_end (data, len, found.encoding), &n, error);
  if (text == NULL)
    return NULL;
  self->encoding = found.encoding;
  self->separator = options->separator != '\0' ? options->separator : tb_deck_source_separator (text, n);
  if (self->separator == '\0')
    self->separator = tb_csv_detect_separator (text, n);
  take_rows (self, text, n);
  return g_steal_pointer (&self);
}
