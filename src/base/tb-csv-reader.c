/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-csv-reader.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define BLOCK (1024 * 1024)
/* Most texts are small, and some are tried with many separators: only what fills this gets the whole. */
#define FIRST (32 * 1024)
#define WHOLE (BLOCK + TB_CSV_MAX_RECORD)

/* The buffer always holds the whole current record, so fields are views into it. It is moved to the front when a
 * record reaches its end, which happens once a block. */
struct _TbCsvReader
{
  GInputStream *stream;
  char separator;
  TbCsvQuotes quotes;

  char *buffer; /* `size` + 1, NUL after what is there */
  gsize size;   /* FIRST or WHOLE */
  gsize at;     /* first byte not consumed */
  gsize end;    /* first byte not filled */
  gboolean eof;
  gboolean skipped_bom;

  guint64 line;      /* of the record last returned */
  guint64 next_line; /* of the one after it */
  goffset consumed;  /* bytes before the buffer */
  GString *raw;      /* copy of the record as it came: fields are unescaped in place */

  TbCsvField fields[TB_CSV_MAX_FIELDS];
};

TbCsvReader *
tb_csv_reader_new (GInputStream *stream, char separator, TbCsvQuotes quotes)
{
  TbCsvReader *self = g_new (TbCsvReader, 1);

  memset (self, 0, G_STRUCT_OFFSET (TbCsvReader, fields));
  self->stream = g_object_ref (stream);
  self->separator = separator;
  self->quotes = quotes;
  self->size = FIRST;
  self->buffer = g_malloc (self->size + 1);
  self->buffer[0] = '\0';
  self->next_line = 1;
  self->raw = g_string_new (NULL);
  return self;
}

void
tb_csv_reader_free (TbCsvReader *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_free (self->buffer);
  g_string_free (self->raw, TRUE);
  g_free (self);
}

/* ---- filling ---- */

static gboolean
fill (TbCsvReader *self, GCancellable *cancellable, GError **error)
{
  gboolean was_full = self->end == self->size;
  gssize got;

  if (self->at > 0)
    {
      memmove (self->buffer, self->buffer + self->at, self->end - self->at);
      self->consumed += (goffset) self->at;
      self->end -= self->at;
      self->at = 0;
    }
  if (was_full && self->size < WHOLE)
    {
      self->size = WHOLE;
      self->buffer = g_realloc (self->buffer, self->size + 1);
    }
  got = g_input_stream_read (self->stream, self->buffer + self->end, self->size - self->end, cancellable, error);
  if (got < 0)
    {
      tb_error_convert (error, TB_ERROR_STORAGE);
      return FALSE;
    }
  self->eof = got == 0;
  self->end += (gsize) got;
  self->buffer[self->end] = '\0';
  if (!self->skipped_bom && self->end >= 3)
    {
      self->skipped_bom = TRUE;
      if (memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
        self->at = 3;
    }
  return TRUE;
}

/* ---- finding the end of a record ---- */

/* A piece at a time: a file with one kind of line end must not be searched to its end for the other at every line. */
static const char *
line_end (const char *from, const char *end)
{
  while (from < end)
    {
      gsize n = MIN ((gsize) (end - from), 1024);
      const char *lf = memchr (from, '\n', n);
      const char *cr = memchr (from, '\r', lf != NULL ? (gsize) (lf - from) : n);

      if (cr != NULL || lf != NULL)
        return cr != NULL ? cr : lf;
      from += n;
    }
  return end;
}

/* Past quotes and the line ends inside them. A quote counts only where a field begins; NULL = not closed yet. */
static const char *
record_end_rfc4180 (const TbCsvReader *self, const char *from, const char *end, guint64 *lines)
{
  gboolean field_start = TRUE;

  for (const char *at = from; at < end; at++)
    {
      if (field_start && *at == '"')
        {
          at++;
          while (TRUE)
            {
              const char *quote = memchr (at, '"', (gsize) (end - at));

              for (const char *k = at; k < (quote != NULL ? quote : end); k++)
                *lines += *k == '\n';
              if (quote == NULL)
                return NULL;
              at = quote;
              if (quote + 1 == end || quote[1] != '"')
                break;
              at += 2;
            }
          field_start = FALSE;
        }
      else if (*at == '\n' || *at == '\r')
        return at;
      else
        field_start = *at == self->separator;
    }
  return end;
}

/* The usual line has no quote at all, or holds its quotes whole: two fast scans, then the careful one. */
static const char *
record_end (const TbCsvReader *self, const char *from, const char *end, guint64 *lines)
{
  const char *stop = line_end (from, end);

  if (self->quotes != TB_CSV_QUOTES_RFC4180 || memchr (from, '"', (gsize) (stop - from)) == NULL)
    return stop;
  return record_end_rfc4180 (self, from, end, lines);
}

/* ---- splitting ---- */

static gboolean
add_field (TbCsvReader *self, guint *n, const char *text, gsize len, gboolean quoted)
{
  if (*n == TB_CSV_MAX_FIELDS)
    return FALSE;
  self->fields[(*n)++] = (TbCsvField){ text, len, quoted };
  return TRUE;
}

/* Unescapes a quoted field in place; returns the byte after its closing quote. */
static char *
take_quoted (char *from, char *end, gsize *ret_len)
{
  char *to = from;
  char *at;

  for (at = from; at < end; at++)
    {
      if (*at == '"')
        {
          if (at + 1 < end && at[1] == '"')
            at++;
          else
            break;
        }
      *to++ = *at;
    }
  *ret_len = (gsize) (to - from);
  *to = '\0';
  return at < end ? at + 1 : at;
}

static gboolean
split_rfc4180 (TbCsvReader *self, char *from, char *end, guint *n)
{
  for (char *at = from;;)
    {
      char *start = at, *stop;
      gsize len;

      if (at < end && *at == '"')
        {
          start = at + 1;
          stop = take_quoted (start, end, &len);
          /* Text after the closing quote belongs to the field: closed up to it. */
          while (stop < end && *stop != self->separator)
            start[len++] = *stop++;
          start[len] = '\0';
          if (!add_field (self, n, start, len, TRUE))
            return FALSE;
        }
      else
        {
          for (stop = at; stop < end && *stop != self->separator; stop++)
            ;
          if (!add_field (self, n, start, (gsize) (stop - start), FALSE))
            return FALSE;
        }
      if (stop >= end)
        {
          *end = '\0';
          return TRUE;
        }
      *stop = '\0';
      at = stop + 1;
    }
}

static gboolean
split_plain (TbCsvReader *self, char *from, char *end, guint *n)
{
  for (char *at = from;;)
    {
      char *stop = memchr (at, self->separator, (gsize) (end - at));

      if (stop == NULL)
        stop = end;
      if (!add_field (self, n, at, (gsize) (stop - at), FALSE))
        return FALSE;
      if (stop == end)
        {
          *end = '\0';
          return TRUE;
        }
      *stop = '\0';
      at = stop + 1;
    }
}

/* Every field in quotes, quotes inside left alone: a field ends at `","` or at the record's last quote. */
static gboolean
split_unescaped (TbCsvReader *self, char *from, char *end, guint *n)
{
  if (from == end || *from != '"')
    return split_plain (self, from, end, n);

  for (char *at = from + 1;;)
    {
      char *stop = at;

      while (stop < end && !(*stop == '"' && (stop + 1 == end || (stop + 2 < end && stop[1] == self->separator && stop[2] == '"'))))
        stop++;
      if (!add_field (self, n, at, (gsize) (stop - at), TRUE))
        return FALSE;
      if (stop + 1 >= end)
        {
          *stop = '\0';
          return TRUE;
        }
      *stop = '\0';
      at = stop + 3;
    }
}

static gboolean
split (TbCsvReader *self, char *from, char *end, guint *n)
{
  switch (self->quotes)
    {
    case TB_CSV_QUOTES_UNESCAPED:
      return split_unescaped (self, from, end, n);
    case TB_CSV_QUOTES_NONE:
      return split_plain (self, from, end, n);
    case TB_CSV_QUOTES_RFC4180:
    default:
      return memchr (from, '"', (gsize) (end - from)) != NULL ? split_rfc4180 (self, from, end, n) : split_plain (self, from, end, n);
    }
}

/* ---- reading ---- */

/* Consumes up to and with the line end at `stop`. */
static void
consume (TbCsvReader *self, const char *stop, guint64 lines)
{
  const char *end = self->buffer + self->end;

  self->line = self->next_line;
  self->next_line += lines + 1;
  if (stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n')
    stop++;
  self->at = (gsize) (MIN (stop + 1, end) - self->buffer);
}

static gboolean
refuse (TbCsvReader *self, const char *reason, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Line %" PRIu64 " (byte %" PRId64 "): %s"), self->line,
               tb_csv_reader_get_bytes (self), reason);
  return FALSE;
}

/* Throws away the rest of a line that is beyond the limit, in constant memory. */
static gboolean
skip_long_line (TbCsvReader *self, GCancellable *cancellable, GError **error)
{
  self->line = self->next_line;
  for (;;)
    {
      const char *from = self->buffer + self->at, *end = self->buffer + self->end;
      const char *stop = line_end (from, end);

      if (stop < end)
        {
          consume (self, stop, 0);
          break;
        }
      self->at = self->end;
      if (self->eof)
        break;
      if (!fill (self, cancellable, error))
        return FALSE;
    }
  return refuse (self, _("a record is longer than 1 MiB, or a quote is never closed"), error);
}

/* The end of the record at `at` within what is loaded; loads more until it is there. NULL = none, with or without error. */
static const char *
load_record (TbCsvReader *self, guint64 *lines, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      const char *from = self->buffer + self->at, *end = self->buffer + self->end;
      const char *stop = NULL;

      *lines = 0;
      if (from < end)
        stop = record_end (self, from, end, lines);
      /* A CR at the very end may be half of a CRLF. */
      if (stop != NULL && (stop + 1 < end || (self->eof && from < end) || (stop < end && *stop == '\n')))
        return stop;
      if (self->eof)
        {
          if (from < end) /* the quote is never closed: give the line up, go on with the next */
            skip_long_line (self, cancellable, error);
          return NULL;
        }
      if (self->end - self->at > TB_CSV_MAX_RECORD)
        {
          skip_long_line (self, cancellable, error);
          return NULL;
        }
      if (!fill (self, cancellable, error))
        return NULL;
    }
}

gboolean
tb_csv_reader_next (TbCsvReader *self, const TbCsvField **ret_fields, guint *ret_n, GCancellable *cancellable, GError **error)
{
  guint64 lines = 0;
  const char *stop = load_record (self, &lines, cancellable, error);
  char *from;
  guint n = 0;

  if (stop == NULL)
    return FALSE;

  from = self->buffer + self->at;
  consume (self, stop, lines);
  g_string_truncate (self->raw, 0);
  g_string_append_len (self->raw, from, (gssize) (stop - from));
  if (stop - from > TB_CSV_MAX_RECORD)
    return refuse (self, _("a record is longer than 1 MiB"), error);
  if (memchr (from, '\0', (gsize) (stop - from)) != NULL)
    return refuse (self, _("a NUL byte: this is not text"), error);
  if (!split (self, from, self->buffer + (stop - self->buffer), &n))
    return refuse (self, _("more than 1,024 columns"), error);

  *ret_fields = self->fields;
  *ret_n = n;
  return TRUE;
}

gboolean
tb_csv_reader_is_at_end (TbCsvReader *self)
{
  return self->eof && self->at >= self->end;
}

guint64
tb_csv_reader_get_line (TbCsvReader *self)
{
  return self->line;
}

goffset
tb_csv_reader_get_bytes (TbCsvReader *self)
{
  return self->consumed + (goffset) self->at;
}

const char *
tb_csv_reader_get_raw (TbCsvReader *self, gsize *ret_len)
{
  if (ret_len != NULL)
    *ret_len = self->raw->len;
  return self->raw->str;
}

char
tb_csv_detect_separator (const char *text, gsize len)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  guint best = 0;
  char winner = ',';

  for (guint c = 0; c < G_N_ELEMENTS (candidates); c++)
    {
      guint votes = 0, lines = 0, here = 0;
      gboolean quoted = FALSE;

      for (gsize i = 0; i < len && lines < 20; i++)
        {
          if (text[i] == '"')
            quoted = !quoted;
          else if (text[i] == candidates[c] && !quoted)
            here++;
          else if (text[i] == '\n')
            {
              votes += here > 0 ? 8 + MIN (here, 40) : 0; /* lines that have it at all weigh more than how often */
              here = 0;
              lines++;
              quoted = FALSE;
            }
        }
      votes += here > 0 ? 8 + MIN (here, 40) : 0;
      if (votes > best)
        {
          best = votes;
          winner = candidates[c];
        }
    }
  return winner;
}
