/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx-page.h"

#include <string.h>

#include "tb-call-reader.h"

#define TAIL (64 * 1024)
#define MAX_LINE (1024 * 1024)
#define MAX_COMPLAINT 32 /* lines of PHP's */

typedef struct
{
  const char *text; /* the answer */
  gsize len;
  gsize titles, records; /* where they begin */
  gsize end;             /* of the last record */
} Look;

static gsize
line_end (const Look *self, gsize at)
{
  const char *end = at < self->len ? memchr (self->text + at, '\n', self->len - at) : NULL;

  return end != NULL ? (gsize) (end + 1 - self->text) : self->len;
}

/* Where the line begins that ends before `end`. */
static gsize
line_begin (const Look *self, gsize end)
{
  while (end > self->records && self->text[end - 1] != '\n')
    end--;
  return end;
}

static gboolean
is_blank (const Look *self, gsize at, gsize end)
{
  while (at < end && g_ascii_isspace (self->text[at]))
    at++;
  return at == end;
}

/* Behind a byte order mark, blank lines and warnings of PHP. */
static gboolean
find_titles (Look *self)
{
  gsize at = self->len >= 3 && memcmp (self->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, end;

  for (guint i = 0; at < self->len && i < MAX_COMPLAINT; i++, at = end)
    {
      end = line_end (self, at);
      if (self->text[at] != '"' || g_strstr_len (self->text + at, (gssize) (end - at), "\"xml_cdr_uuid\"") == NULL)
        continue;
      self->titles = at;
      self->records = end;
      return TRUE;
    }
  return FALSE;
}

/* Widens [oldest, newest] by the calls in these lines. FALSE = there is none. */
static gboolean
add_starts (const Look *self, gsize from, gsize to, TbZone *zone, gint64 *oldest, gint64 *newest)
{
  const TbCallReaderOptions options = { .format = "fusionpbx", .zone = zone };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (TbCallReader) reader = NULL;
  const TbReadReject *reject;
  const TbCall *call;
  TbReadResult got;
  gboolean any = FALSE;

  g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), self->text + self->titles, (gssize) (self->records - self->titles), NULL);
  g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), self->text + from, (gssize) (to - from), NULL);
  reader = tb_call_reader_new (stream, &options, NULL, NULL);
  while (reader != NULL && ((got = tb_call_reader_next (reader, &call, &reject, NULL)) == TB_READ_CALL || got == TB_READ_REJECT))
    if (got == TB_READ_CALL)
      {
        any = TRUE;
        *oldest = *oldest == 0 ? call->start : MIN (*oldest, call->start);
        *newest = MAX (*newest, call->start);
      }
  return any;
}

/* Takes off, from the end, what is no record: every value is in quotes. TRUE = there was something. */
static gboolean
drop_complaint (Look *self)
{
  gboolean dropped = FALSE;

  for (guint i = 0; i < MAX_COMPLAINT && self->end > self->records; i++)
    {
      gsize end = self->end - (self->text[self->end - 1] == '\n'), begin = line_begin (self, end);

      if (self->text[begin] == '"')
        break;
      dropped = dropped || !is_blank (self, begin, end);
      self->end = begin;
    }
  return dropped;
}

/* The last record has no end of line: it is whole, or cut and taken off. */
static gboolean
drop_cut (Look *self, TbZone *zone)
{
  gsize begin = line_begin (self, self->end);
  gint64 oldest = 0, newest = 0;

  if (begin == self->end || self->end - begin > MAX_LINE || add_starts (self, begin, self->end, zone, &oldest, &newest))
    return FALSE;
  self->end = begin;
  return TRUE;
}

/* Some records at the begin and at the end; the export gives the newest first, others may not. */
static void
find_starts (const Look *self, TbZone *zone, TbFusionpbxPage *ret)
{
  gsize head = self->end - self->records > TAIL ? line_begin (self, self->records + TAIL) : self->end;
  gsize tail = self->end - head > TAIL ? line_end (self, self->end - TAIL) : head;

  add_starts (self, self->records, head, zone, &ret->oldest, &ret->newest);
  if (tail < self->end)
    add_starts (self, tail, self->end, zone, &ret->oldest, &ret->newest);
}

void
tb_fusionpbx_page_look (GBytes *body, TbZone *zone, TbFusionpbxPage *ret)
{
  Look look = { 0 };

  look.text = g_bytes_get_data (body, &look.len);
  *ret = (TbFusionpbxPage) { .len = look.len, .blank = is_blank (&look, 0, look.len) };
  if (!find_titles (&look))
    return;
  look.end = look.len;
  ret->titles = TRUE;
  ret->cut = drop_complaint (&look);
  ret->cut = drop_cut (&look, zone) || ret->cut;
  ret->begin = look.titles;
  ret->len = look.end - look.titles;
  ret->records = look.end > look.records;
  ret->zeroes = memchr (look.text, '\0', look.len) != NULL;
  if (!ret->records)
    return;
  ret->last = line_begin (&look, look.end - 1);
  ret->last_len = look.end - ret->last;
  find_starts (&look, zone, ret);
}

gboolean
tb_fusionpbx_page_is_in (const TbFusionpbxPage *self, GBytes *body, GBytes *other)
{
  gsize len;
  const char *text = g_bytes_get_data (other, &len);

  return memmem (text, len, (const char *) g_bytes_get_data (body, NULL) + self->last, self->last_len) != NULL;
}
