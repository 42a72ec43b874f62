/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-sniff.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-document.h"
#include "tb-error.h"
#include "tb-text.h"

#define SAMPLE (64 * 1024)

/* ---- encodings ---- */

static gboolean
fill_sample (GBufferedInputStream *stream, GCancellable *cancellable, GError **error)
{
  while (g_buffered_input_stream_get_available (stream) < SAMPLE)
    {
      gssize got;

      if (tb_error_if_cancelled (cancellable, error)) /* streams of memory do not ask */
        return FALSE;
      got = g_buffered_input_stream_fill (stream, -1, cancellable, error);

      if (got < 0)
        {
          tb_error_convert (error, TB_ERROR_STORAGE);
          return FALSE;
        }
      if (got == 0)
        break;
    }
  return TRUE;
}

/* Spreadsheets save "Unicode text" as UTF-16, mostly with a byte order mark. Without one, ASCII text shows itself by a NUL in
 * every second byte. */
static const char *
utf16_of (const guint8 *data, gsize len)
{
  gsize even = 0, odd = 0, n = MIN (len, 512) & ~(gsize) 1;

  if (len >= 2 && data[0] == 0xff && data[1] == 0xfe)
    return "UTF-16LE";
  if (len >= 2 && data[0] == 0xfe && data[1] == 0xff)
    return "UTF-16BE";
  for (gsize i = 0; i < n; i += 2)
    {
      even += data[i] == '\0';
      odd += data[i + 1] == '\0';
    }
  if (n >= 8 && odd * 10 >= n * 4 && even == 0)
    return "UTF-16LE";
  if (n >= 8 && even * 10 >= n * 4 && odd == 0)
    return "UTF-16BE";
  return NULL;
}

GInputStream *
tb_call_sniff_stream (GInputStream *stream, TbCallSource *source, gboolean *ret_wide, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new_sized (stream, SAMPLE);
  const char *peek, *encoding;
  gsize len;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (buffered), FALSE);
  if (!fill_sample (G_BUFFERED_INPUT_STREAM (buffered), cancellable, error))
    return NULL;
  peek = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &len);
  encoding = utf16_of ((const guint8 *) peek, len);
  *ret_wide = encoding != NULL;
  if (encoding != NULL)
    {
      g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", encoding, NULL);
      g_autoptr (GInputStream) converted = g_converter_input_stream_new (buffered, G_CONVERTER (converter));
      GInputStream *outer = g_buffered_input_stream_new_sized (converted, SAMPLE);

      g_object_unref (g_steal_pointer (&buffered));
      buffered = outer;
      if (!fill_sample (G_BUFFERED_INPUT_STREAM (buffered), cancellable, error))
        return NULL;
      peek = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &len);
    }
  source->whole = len < SAMPLE;
  if (len >= 3 && memcmp (peek, "\xef\xbb\xbf", 3) == 0)
    peek += 3, len -= 3;
  source->sample = g_malloc (len + 1);
  memcpy (source->sample, peek, len);
  source->sample[len] = '\0';
  source->sample_len = len;
  return g_steal_pointer (&buffered);
}

/* ---- what is not a file of calls ---- */

static gboolean
refuse (GError **error, TbError code, const char *message)
{
  g_set_error_literal (error, TB_ERROR, code, message);
  return FALSE;
}

gboolean
tb_call_sniff_check (const TbCallSource *source, GError **error)
{
  const char *text = source->sample;
  g_autofree char *lower = NULL;

  if (source->sample_len >= 2 && (memcmp (text, "\x1f\x8b", 2) == 0 || memcmp (text, "PK", 2) == 0))
    return refuse (error, TB_ERROR_INVALID_INPUT, _("This is a compressed file or a spreadsheet, not text. Unpack it, or save it as CSV."));
  while (g_ascii_isspace (*text))
    text++;
  if (g_ascii_strncasecmp (text, "access denied", 13) == 0)
    return refuse (error, TB_ERROR_AUTH, _("The PBX answered “access denied”: the user lacks permission to export calls."));
  if (*text != '<' || tb_call_document_is (text))
    return TRUE;

  lower = g_ascii_strdown (text, 16384);
  if (strstr (lower, "login") != NULL || strstr (lower, "password") != NULL || strstr (lower, "sign in") != NULL)
    return refuse (error, TB_ERROR_AUTH, _("This is a login page instead of calls: the key or the user was not accepted."));
  return refuse (error, TB_ERROR_INVALID_INPUT, _("This is a web page, not a table of calls."));
}

/* ---- separator, quotes, first record ---- */

static gsize
whole_records (const TbCallSource *source)
{
  const char *last = source->whole ? NULL : strrchr (source->sample, '\n');

  return last != NULL ? (gsize) (last + 1 - source->sample) : source->sample_len;
}

static TbCsvReader *
read_sample (const TbCallSource *source, TbCsvQuotes quotes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (source->sample, (gssize) whole_records (source), NULL);

  return tb_csv_reader_new (stream, source->separator, quotes);
}

static gboolean
is_blank (const TbCsvField *cells, guint n)
{
  for (guint i = 0; i < n; i++)
    if (cells[i].len > 0)
      return FALSE;
  return TRUE;
}

/* How many records have as many columns as the first. */
static guint
count_agreeing (const TbCallSource *source, TbCsvQuotes quotes)
{
  g_autoptr (TbCsvReader) reader = read_sample (source, quotes);
  const TbCsvField *cells;
  guint n, first = 0, agreeing = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GError) bad = NULL;

      if (tb_csv_reader_next (reader, &cells, &n, NULL, &bad))
        {
          if (first == 0 && !is_blank (cells, n))
            first = n;
          agreeing += n == first;
        }
      else if (bad == NULL || tb_csv_reader_is_at_end (reader))
        break;
    }
  return agreeing;
}

/* Two quotes with text on both sides, or three: somebody escaped. Two at the end of a cell can be a quote and its end. */
static gboolean
has_escaped_quotes (const TbCallSource *source)
{
  const char *at = source->sample;

  while ((at = strstr (at, "\"\"")) != NULL)
    {
      char before = at == source->sample ? '\n' : at[-1];

      if (before != source->separator && before != '\n' && before != '\r' && at[2] != source->separator && at[2] != '\n' && at[2] != '\r'
          && at[2] != '\0')
        return TRUE;
      at += 2;
    }
  return FALSE;
}

/* FusionPBX and FreeSWITCH put every value in quotes and do not escape those inside. A file is read so when more of its
 * records then agree in their number of columns. */
static TbCsvQuotes
choose_quotes (const TbCallSource *source, gboolean leave_alone)
{
  const char *text = source->sample;
  guint unescaped, escaped;

  while (*text == '\n' || *text == '\r')
    text++;
  if (*text != '"')
    return TB_CSV_QUOTES_RFC4180;
  unescaped = count_agreeing (source, TB_CSV_QUOTES_UNESCAPED);
  escaped = count_agreeing (source, TB_CSV_QUOTES_RFC4180);
  if (unescaped != escaped)
    return unescaped > escaped ? TB_CSV_QUOTES_UNESCAPED : TB_CSV_QUOTES_RFC4180;
  return leave_alone && !has_escaped_quotes (source) ? TB_CSV_QUOTES_UNESCAPED : TB_CSV_QUOTES_RFC4180;
}

/* Excel's "sep=;" says how the rest is separated. */
gboolean
tb_call_sniff_is_sep_line (const TbCsvField *cells, guint n)
{
  return n >= 1 && n <= 2 && cells[0].len <= 5 && g_ascii_strncasecmp (cells[0].text, "sep=", 4) == 0;
}

static gboolean
read_header (TbCallSource *source, GError **error)
{
  g_autoptr (TbCsvReader) reader = read_sample (source, source->quotes);
  const TbCsvField *cells;
  guint n;

  g_ptr_array_set_size (source->header, 0);
  for (;;)
    {
      g_autoptr (GError) bad = NULL;

      if (!tb_csv_reader_next (reader, &cells, &n, NULL, &bad))
        {
          if (bad == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&bad));
          return FALSE;
        }
      if (!is_blank (cells, n) && !tb_call_sniff_is_sep_line (cells, n))
        break;
    }
  for (guint i = 0; i < n; i++)
    {
      char *valid = g_utf8_make_valid (cells[i].text, -1);

      g_ptr_array_add (source->header, g_strstrip (valid));
    }
  return TRUE;
}

gboolean
tb_call_sniff_records (TbCallSource *source, GError **error)
{
  source->header = g_ptr_array_new_with_free_func (g_free);
  if (g_ascii_strncasecmp (source->sample, "sep=", 4) == 0 && source->sample[4] != '\0' && strchr (",;\t|", source->sample[4]) != NULL)
    source->separator = source->sample[4];
  else
    source->separator = tb_csv_detect_separator (source->sample, source->sample_len);
  source->quotes = choose_quotes (source, strstr (source->sample, "xml_cdr_uuid") != NULL);
  return read_header (source, error);
}
