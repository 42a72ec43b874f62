/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define FILE_MAX (512 * 1024 * 1024)

/* The bytes of a file as rows of cells. */

/* ---- bytes into text ---- */

/* What people send in place of a text, told by its first bytes. */
static const char *
foreign_format (const guint8 *data, gsize len)
{
  static const struct
  {
    const char *magic, *name;
  } formats[] = {
    { "PK\x03\x04", N_("an Excel or OpenDocument spreadsheet") }, { "\xd0\xcf\x11\xe0", N_("an Excel spreadsheet") }, { "%PDF", N_("a PDF") },
    { "\x1f\x8b", N_("a gzip archive") }, { "Rar!", N_("a RAR archive") }, { "7z\xbc\xaf", N_("a 7-Zip archive") },
    { "{", N_("a JSON text") },                               { "<", N_("an XML or web page") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (len >= strlen (formats[i].magic) && memcmp (data, formats[i].magic, strlen (formats[i].magic)) == 0)
      return _(formats[i].name);
  return NULL;
}

/* UTF-16 whose byte order mark was lost: every other byte of Latin text is 0. */
static gboolean
is_bare_utf16 (const guint8 *data, gsize len, gsize zero_at)
{
  gsize n = MIN (len, 64) / 2 * 2;

  for (gsize i = 0; i < n; i += 2)
    if (data[i + zero_at] != 0 || data[i + 1 - zero_at] == 0)
      return FALSE;
  return n >= 8;
}

static char *
bare_utf16_to_utf8 (const guint8 *data, gsize len, TbEncoding encoding, gsize *ret_len, GError **error)
{
  g_autofree guint8 *marked = g_malloc (len + 2);

  memcpy (marked + 2, data, len);
  return tb_text_to_utf8 (marked, len + 2, encoding, ret_len, error);
}

/* UTF-8 is said of files with a byte order mark and of those without one. */
static TbEncoding
said_encoding (TbEncoding encoding, const guint8 *data, gsize len)
{
  gboolean marked = len >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0;

  return encoding != TB_ENCODING_UTF8 && encoding != TB_ENCODING_UTF8_BOM ? encoding : marked ? TB_ENCODING_UTF8_BOM : TB_ENCODING_UTF8;
}

char *
tb_deck_source_text (TbDeck *deck, int encoding, const guint8 *data, gsize len, gsize *ret_len, GError **error)
{
  const char *format = foreign_format (data, len);
  char *text;

  if (len == 0 || len > FILE_MAX)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, len == 0 ? _("The file is empty.") : _("The file is larger than 512 MiB."));
      return NULL;
    }
  if (format != NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("The file is %s, not a table of text. Save it as CSV, or ask the provider for that."), format);
      return NULL;
    }
  deck->encoding = encoding >= 0 ? said_encoding ((TbEncoding) encoding, data, len) : is_bare_utf16 (data, len, 1) ? TB_ENCODING_UTF16LE : is_bare_utf16 (data, len, 0) ? TB_ENCODING_UTF16BE : tb_encoding_detect (data, len);
  deck->bom = deck->encoding == TB_ENCODING_UTF8_BOM
              || ((deck->encoding == TB_ENCODING_UTF16LE || deck->encoding == TB_ENCODING_UTF16BE) && len >= 2 && data[0] >= 0xfe && data[1] >= 0xfe);
  if ((deck->encoding == TB_ENCODING_UTF16LE || deck->encoding == TB_ENCODING_UTF16BE) && !deck->bom)
    text = bare_utf16_to_utf8 (data, len, deck->encoding, ret_len, error);
  else
    text = tb_text_to_utf8 (data, len, deck->encoding, ret_len, error);
  if (text != NULL && strspn (text, " \t\r\n") == *ret_len)
    {
      g_free (text);
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file is empty."));
      return NULL;
    }
  return text;
}

/* ---- text into rows ---- */

struct _TbDeckRows
{
  TbCsvReader *reader;
  gboolean exact;
  TbDeckText cells[TB_CSV_MAX_FIELDS];
};

TbDeckRows *
tb_deck_rows_new (const char *text, gsize len, char separator, gboolean exact)
{
  TbDeckRows *self = g_new (TbDeckRows, 1);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) len, NULL);

  self->reader = tb_csv_reader_new (stream, separator, TB_CSV_QUOTES_RFC4180);
  self->exact = exact;
  return self;
}

void
tb_deck_rows_free (TbDeckRows *self)
{
  if (self == NULL)
    return;
  tb_csv_reader_free (self->reader);
  g_free (self);
}

gboolean
tb_deck_rows_next (TbDeckRows *self, TbDeckRow *ret, GCancellable *cancellable, GError **error)
{
  const TbCsvField *fields;
  GError *local = NULL;
  guint n = 0;

  ret->n = 0;
  ret->cells = self->cells;
  if (!tb_csv_reader_next (self->reader, &fields, &n, cancellable, &local))
    {
      ret->line = tb_csv_reader_get_line (self->reader);
      if (local == NULL)
        return FALSE;
      g_propagate_error (error, local);
      return FALSE;
    }
  ret->line = tb_csv_reader_get_line (self->reader);
  for (guint i = 0; i < n; i++)
    {
      self->cells[i] = self->exact ? (TbDeckText){ fields[i].text, fields[i].len } : tb_deck_text (fields[i].text, fields[i].len);
      if (self->cells[i].len > 0)
        ret->n = i + 1;
    }
  return TRUE;
}

goffset
tb_deck_rows_get_bytes (TbDeckRows *self)
{
  return tb_csv_reader_get_bytes (self->reader);
}

gboolean
tb_deck_rows_is_at_end (TbDeckRows *self)
{
  return tb_csv_reader_is_at_end (self->reader);
}

char *
tb_deck_rows_dup_raw (TbDeckRows *self)
{
  gsize len;
  const char *raw = tb_csv_reader_get_raw (self->reader, &len);

  return tb_text_for_message (raw, (gssize) len, 200);
}

/* ---- the sample ---- */

static void
sample_row_free (TbDeckRow *row)
{
  for (guint i = 0; i < row->n; i++)
    g_free ((char *) row->cells[i].at);
  g_free ((TbDeckText *) row->cells);
  g_free (row);
}

static TbDeckRow *
sample_row_new (const TbDeckRow *row)
{
  TbDeckRow *copy = g_memdup2 (row, sizeof *row);
  TbDeckText *cells = g_new0 (TbDeckText, MAX (row->n, 1));

  for (guint i = 0; i < row->n; i++)
    cells[i] = (TbDeckText){ tb_deck_text_dup (row->cells[i]), row->cells[i].len };
  copy->cells = cells;
  return copy;
}

GPtrArray *
tb_deck_sample_new (const char *text, gsize len, char separator)
{
  GPtrArray *sample = g_ptr_array_new_with_free_func ((GDestroyNotify) sample_row_free);
  g_autoptr (TbDeckRows) rows = tb_deck_rows_new (text, len, separator, FALSE);
  TbDeckRow row;

  while (sample->len < TB_DECK_SAMPLE)
    {
      g_autoptr (GError) error = NULL;

      if (tb_deck_rows_next (rows, &row, NULL, &error))
        g_ptr_array_add (sample, sample_row_new (&row));
      else if (error == NULL || tb_deck_rows_is_at_end (rows))
        break;
    }
  return sample;
}

/* "sep=;" is how a spreadsheet is told the separator in the first line. */
char
tb_deck_source_separator (const char *text, gsize len)
{
  if (len > 5 && g_ascii_strncasecmp (text, "sep=", 4) == 0 && (text[5] == '\r' || text[5] == '\n'))
    return text[4];
  return '\0';
}
