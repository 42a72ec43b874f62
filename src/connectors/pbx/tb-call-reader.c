/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-document.h"
#include "tb-call-dump.h"
#include "tb-call-format.h"
#include "tb-call-sniff.h"
#include "tb-error.h"
#include "tb-text.h"

#define REASON_MAX 1000 /* characters; one may list the columns of a file */
struct _TbCallReader
{
  const TbCallFormat *format;
  TbCallSource source;
  TbCsvReader *csv;
  TbCsvReader *again; /* over one record that is split in the other way */
  TbCallDocument *document; /* instead of rows */
  GCancellable *cancellable;
  gboolean wide; /* UTF-16: a byte read is half a byte consumed */
  gboolean first;
  guint64 skipped;
  TbCall call;
  TbReadReject reject;
  char *mended[9]; /* texts of the current call that were not UTF-8 */
};

/* ---- opening ---- */

static gboolean
find_format (TbCallReader *self, const char *name, GError **error)
{
  if (name == NULL && self->source.mapping != NULL) /* who names columns means them */
    name = tb_mapped_csv.name;
  for (const TbCallFormat *const *format = tb_call_formats; *format != NULL; format++)
    if ((*format)->read != NULL && (name != NULL ? g_str_equal ((*format)->name, name) : (*format)->guess (&self->source)))
      {
        self->format = *format;
        return TRUE;
      }
  if (name != NULL && g_strv_contains (tb_call_format_list (), name))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The format “%s” is a document of JSON or XML, but this is text in rows."), name);
      return FALSE;
    }
  if (name != NULL)
    {
      g_autofree char *known = g_strjoinv (", ", (char **) tb_call_format_list ());

      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("There is no call format “%s”. Formats are: %s."), name, known);
      return FALSE;
    }
  /* The general format says best what is missing. */
  self->format = &tb_mapped_csv;
  if (tb_mapped_csv.open (&self->source, error))
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The format of the file cannot be told from its content. Name it."));
  else
    g_prefix_error (error, _("The format of the file cannot be told from its content. "));
  return FALSE;
}

/* A period without calls is a file without records: two blank lines from FusionPBX, nothing from a fresh Master.csv. */
static gboolean
open_empty (TbCallReader *self, const char *name, GError **error)
{
  if (name != NULL && !find_format (self, name, error))
    return FALSE;
  if (self->format == NULL && self->source.sample_len > 0)
    self->format = &tb_fusionpbx_csv;
  if (self->format != NULL && self->format != &tb_mapped_csv)
    return self->format->open (&self->source, error);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file is empty: not even titles of columns are in it."));
  return FALSE;
}

/* What is in it is looked at as any other file. */
static gboolean
open_dump (TbCallReader *self, GInputStream **text, GError **error)
{
  g_autofree char *sample = g_steal_pointer (&self->source.sample);
  g_autoptr (GInputStream) dump = g_steal_pointer (text);
  g_autoptr (GInputStream) rows = tb_call_dump_new (dump, sample);
  gboolean wide;

  *text = tb_call_sniff_stream (rows, &self->source, &wide, self->cancellable, error);
  return *text != NULL;
}

static gboolean
open_source (TbCallReader *self, GInputStream *stream, const char *name, GError **error)
{
  g_autoptr (GInputStream) text = tb_call_sniff_stream (stream, &self->source, &self->wide, self->cancellable, error);

  if (text != NULL && tb_call_dump_is (self->source.sample) && !open_dump (self, &text, error))
    return FALSE;
  if (text == NULL || !tb_call_sniff_check (&self->source, error))
    return FALSE;
  if (tb_call_document_is (self->source.sample))
    {
      self->document = tb_call_document_new (text, &self->source, name, self->cancellable, error);
      self->format = self->document != NULL ? tb_call_document_get_format (self->document) : NULL;
      return self->document != NULL;
    }
  if (!tb_call_sniff_records (&self->source, error))
    return FALSE;
  if (self->source.header->len == 0)
    {
      if (!open_empty (self, name, error))
        return FALSE;
    }
  else if (!find_format (self, name, error) || !self->format->open (&self->source, error))
    return FALSE;
  self->csv = tb_csv_reader_new (text, self->source.separator, self->source.quotes);
  self->first = self->source.columns.has_header;
  return TRUE;
}

static TbCallReader *
reader_alloc (const TbCallReaderOptions *options, GCancellable *cancellable)
{
  TbCallReader *self = g_new0 (TbCallReader, 1);

  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->source.zone = options != NULL && options->zone != NULL ? tb_zone_ref (options->zone) : NULL;
  self->source.tenant = g_strdup (options != NULL && options->tenant != NULL ? options->tenant : "");
  self->source.mapping = options != NULL && options->columns != NULL && *options->columns != '\0' ? options->columns : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (self->source.scratch); i++)
    self->source.scratch[i] = g_string_new (NULL);
  return self;
}

TbCallReader *
tb_call_reader_new (GInputStream *stream, const TbCallReaderOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (TbCallReader) self = reader_alloc (options, cancellable);

  if (!open_source (self, stream, options != NULL ? options->format : NULL, error))
    return NULL;
  self->source.mapping = NULL; /* the caller's; done with */
  return g_steal_pointer (&self);
}

TbCallReader *
tb_call_reader_new_json (JsonNode *root, const TbCallReaderOptions *options, GError **error)
{
  g_autoptr (TbCallReader) self = reader_alloc (options, NULL);

  self->document = tb_call_document_new_json (root, &self->source, options != NULL ? options->format : NULL, error);
  if (self->document == NULL)
    return NULL;
  self->format = tb_call_document_get_format (self->document);
  self->source.mapping = NULL; /* the caller's; done with */
  return g_steal_pointer (&self);
}

void
tb_call_reader_free (TbCallReader *self)
{
  if (self == NULL)
    return;
  tb_csv_reader_free (self->csv);
  tb_csv_reader_free (self->again);
  tb_call_document_free (self->document);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->source.zone, tb_zone_unref);
  g_clear_pointer (&self->source.header, g_ptr_array_unref);
  g_free (self->source.sample);
  g_free (self->source.tenant);
  g_free (self->source.state);
  for (guint i = 0; i < G_N_ELEMENTS (self->source.scratch); i++)
    g_string_free (self->source.scratch[i], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (self->mended); i++)
    g_free (self->mended[i]);
  g_free (self->reject.reason);
  g_free (self);
}

/* ---- mending ---- */

/* Text that is not UTF-8 is Windows-1252, as older exports are. A caller's name is for reading only: what it holds of control
 * characters, or beyond the limit, must not cost the call. */
static void
mend_texts (TbCallReader *self)
{
  TbCall *call = &self->call;
  const char **texts[] = { &call->uid, &call->tenant, &call->extension, &call->caller, &call->caller_name, &call->callee, &call->did,
                           &call->account_code, &call->cause };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gboolean is_name = texts[i] == &call->caller_name;
      gsize len = strlen (*texts[i]);
      char *text;

      if (g_utf8_validate (*texts[i], (gssize) len, NULL))
        text = is_name ? g_strdup (*texts[i]) : NULL;
      else
        text = tb_text_to_utf8 ((const guint8 *) *texts[i], len, TB_ENCODING_WINDOWS_1252, &len, NULL);
      if (text == NULL)
        continue;
      if (is_name && strlen (text) > TB_CALL_MAX_TEXT)
        *g_utf8_find_prev_char (text, text + TB_CALL_MAX_TEXT + 1) = '\0';
      for (char *c = text; is_name && *c != '\0'; c++)
        if ((guchar) *c < 0x20)
          *c = ' ';
      g_free (self->mended[i]);
      *texts[i] = self->mended[i] = text;
    }
}

static gboolean
validate (TbCallReader *self, GError **error)
{
  if (tb_call_validate (&self->call, NULL))
    return TRUE;
  mend_texts (self);
  return tb_call_validate (&self->call, error);
}

/* ---- reading ---- */

static TbReadResult
reject (TbCallReader *self, GError *error, const TbReadReject **ret_reject)
{
  g_free (self->reject.reason);
  self->reject.reason = tb_text_for_message (error->message, -1, REASON_MAX); /* it shows what stood in the file */
  if (self->document != NULL)
    {
      self->reject.line = tb_call_document_get_number (self->document);
      self->reject.raw = tb_call_document_get_raw (self->document, &self->reject.raw_len);
    }
  else
    {
      self->reject.line = tb_csv_reader_get_line (self->csv);
      self->reject.raw = tb_csv_reader_get_raw (self->csv, &self->reject.raw_len);
    }
  *ret_reject = &self->reject;
  return TB_READ_REJECT;
}

/* The reader's reason says the line already; of a record it skipped as too long it keeps no text. */
static TbReadResult
reject_unreadable (TbCallReader *self, GError *error, goffset taken, const TbReadReject **ret_reject)
{
  TbReadResult result = reject (self, error, ret_reject);

  if ((goffset) self->reject.raw_len > taken || taken - (goffset) self->reject.raw_len > 2)
    {
      self->reject.raw = "";
      self->reject.raw_len = 0;
    }
  return result;
}

static gboolean
is_blank (const TbCsvField *cells, guint n)
{
  for (guint i = 0; i < n; i++)
    if (cells[i].len > 0)
      return FALSE;
  return TRUE;
}

/* One record with its quotes read in the other way, when that gives the right number of columns. */
static void
split_again (TbCallReader *self, const TbCsvField **cells, guint *n)
{
  g_autoptr (GInputStream) stream = NULL;
  const TbCsvField *other;
  guint other_n;
  gsize len;
  const char *raw = tb_csv_reader_get_raw (self->csv, &len);

  stream = g_memory_input_stream_new_from_data (raw, (gssize) len, NULL);
  g_clear_pointer (&self->again, tb_csv_reader_free);
  self->again = tb_csv_reader_new (stream, self->source.separator, self->source.quotes == TB_CSV_QUOTES_UNESCAPED ? TB_CSV_QUOTES_RFC4180
                                                                                                                 : TB_CSV_QUOTES_UNESCAPED);
  if (tb_csv_reader_next (self->again, &other, &other_n, NULL, NULL) && other_n == self->source.columns.n)
    {
      *cells = other;
      *n = other_n;
    }
}

/* With every value in quotes, a record that does not end in one was cut; so was one that ends in an opening quote. */
static gboolean
is_cut (const TbCallReader *self, const char *raw, gsize len)
{
  if (self->source.quotes != TB_CSV_QUOTES_UNESCAPED || len < 2 || *raw != '"')
    return FALSE;
  return raw[len - 1] != '"' || (self->source.unterminated && raw[len - 2] == self->source.separator);
}

/* The titles once more, as where exports were put together: no record, and nothing to be looked at. */
static gboolean
is_titles (const TbCallReader *self, const TbCsvField *cells, guint n)
{
  const GPtrArray *header = self->source.header;

  if (!self->source.columns.has_header || n != header->len)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (cells[i].text, header->pdata[i]))
      return FALSE;
  return n > 1;
}

static TbReadResult
read_record (TbCallReader *self, const TbCsvField *cells, guint n, const TbCall **ret_call, const TbReadReject **ret_reject)
{
  g_autoptr (GError) bad = NULL;
  TbRowResult row;
  gsize len;
  const char *raw = tb_csv_reader_get_raw (self->csv, &len);

  if (n != self->source.columns.n && *raw == '"')
    split_again (self, &cells, &n);
  else if (is_cut (self, raw, len))
    {
      g_set_error_literal (&bad, TB_ERROR, TB_ERROR_INVALID_INPUT, _("the record is cut: its last value has no closing quote"));
      return reject (self, bad, ret_reject);
    }

  if (is_titles (self, cells, n))
    return TB_READ_END;
  tb_call_init (&self->call);
  row = self->format->read (&self->source, cells, n, &self->call, &bad);
  if (row == TB_ROW_SKIP)
    {
      self->skipped++;
      return TB_READ_END;
    }
  if (row == TB_ROW_REJECT || !validate (self, &bad))
    return reject (self, bad, ret_reject);
  *ret_call = &self->call;
  return TB_READ_CALL;
}

static TbReadResult
next_of_document (TbCallReader *self, const TbCall **ret_call, const TbReadReject **ret_reject, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) bad = NULL;
      TbRowResult row;

      if (tb_error_if_cancelled (self->cancellable, error))
        return TB_READ_ERROR;
      tb_call_init (&self->call);
      if (!tb_call_document_next (self->document, &self->call, &row, &bad))
        return TB_READ_END;
      if (row == TB_ROW_SKIP)
        {
          self->skipped++;
          continue;
        }
      if (row == TB_ROW_REJECT || !validate (self, &bad))
        return reject (self, bad, ret_reject);
      *ret_call = &self->call;
      return TB_READ_CALL;
    }
}

TbReadResult
tb_call_reader_next (TbCallReader *self, const TbCall **ret_call, const TbReadReject **ret_reject, GError **error)
{
  if (self->document != NULL)
    return next_of_document (self, ret_call, ret_reject, error);
  for (;;)
    {
      const goffset before = tb_csv_reader_get_bytes (self->csv);
      const TbCsvField *cells;
      GError *bad = NULL;
      TbReadResult result;
      goffset taken;
      gsize raw_len;
      guint n;

      if (tb_error_if_cancelled (self->cancellable, error))
        return TB_READ_ERROR;
      if (!tb_csv_reader_next (self->csv, &cells, &n, self->cancellable, &bad))
        {
          g_autoptr (GError) owned = bad;

          if (bad == NULL)
            return TB_READ_END;
          if (g_error_matches (bad, TB_ERROR, TB_ERROR_INVALID_INPUT))
            return reject_unreadable (self, bad, tb_csv_reader_get_bytes (self->csv) - before, ret_reject);
          g_propagate_error (error, g_steal_pointer (&owned));
          return TB_READ_ERROR;
        }
      taken = tb_csv_reader_get_bytes (self->csv) - before;
      tb_csv_reader_get_raw (self->csv, &raw_len);
      if ((is_blank (cells, n) && *tb_csv_reader_get_raw (self->csv, NULL) != '"') || tb_call_sniff_is_sep_line (cells, n))
        continue;
      if (self->first)
        {
          self->first = FALSE;
          continue;
        }
      self->source.unterminated = taken == (goffset) raw_len;
      result = read_record (self, cells, n, ret_call, ret_reject);
      if (result != TB_READ_END)
        return result;
    }
}

const char *
tb_call_reader_get_format (TbCallReader *self)
{
  return self->format->name;
}

goffset
tb_call_reader_get_bytes (TbCallReader *self)
{
  if (self->document != NULL)
    return tb_call_document_get_bytes (self->document);
  return tb_csv_reader_get_bytes (self->csv) * (self->wide ? 2 : 1);
}

guint64
tb_call_reader_get_skipped (TbCallReader *self)
{
  return self->skipped;
}
