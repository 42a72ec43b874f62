/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-json.h"

#define LIMIT ((gsize) 128 * 1024 * 1024)
#define BLOCK ((gsize) 1024 * 1024)

struct _TbCallDocument
{
  const TbCallFormat *format;
  TbCallSource *source;
  TbCallRecord record;
  JsonNode *root;
  JsonArray *records; /* NULL = the root is the only record */
  guint at, n;
  goffset bytes;
  char *raw; /* of the current record */
};

gboolean
tb_call_document_is (const char *sample)
{
  while (g_ascii_isspace (*sample))
    sample++;
  return *sample == '{' || *sample == '[' || g_str_has_prefix (sample, "<?xml") || g_str_has_prefix (sample, "<cdr");
}

/* ---- reading ---- */

static GByteArray *
read_whole (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (;;)
    {
      g_autoptr (GBytes) block = NULL;

      if (tb_error_if_cancelled (cancellable, error))
        return NULL;
      block = g_input_stream_read_bytes (stream, BLOCK, cancellable, error);
      if (block == NULL)
        {
          tb_error_convert (error, TB_ERROR_STORAGE);
          return NULL;
        }
      if (g_bytes_get_size (block) == 0)
        return g_steal_pointer (&bytes);
      if (bytes->len + g_bytes_get_size (block) > LIMIT)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The document is larger than %u MiB."), (guint) (LIMIT / 1024 / 1024));
          return NULL;
        }
      g_byte_array_append (bytes, g_bytes_get_data (block, NULL), (guint) g_bytes_get_size (block));
    }
}

static gboolean
refuse (TbCallDocument *self, const TbCallFormat *named, GError **error)
{
  g_autofree char *shown = tb_json_dup_complaint (self->root);

  if (shown != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Instead of calls it says “%s”."), shown);
  else if (named != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("There is no list of calls where the format “%s” has it."), named->name);
  else
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The format of the document cannot be told from its content. Name it."));
  return FALSE;
}

/* ---- finding the records ---- */

static JsonNode *
parse (const TbCallFormat *format, const GByteArray *bytes, GError **error)
{
  return format->parse != NULL ? format->parse ((const char *) bytes->data, bytes->len, error)
                               : tb_json_parse ((const char *) bytes->data, bytes->len, TB_JSON_FOREIGN, error);
}

/* Records are a list at format->records, or the document is the only one. */
static gboolean
find_records (TbCallDocument *self, const TbCallFormat *format)
{
  JsonNode *node = format->find != NULL ? format->find (self->source, self->root) : tb_json_at (self->root, format->records != NULL ? format->records : "");

  self->format = format;
  self->records = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  self->n = self->records != NULL ? json_array_get_length (self->records) : 1;
  return self->records != NULL
         || (format->single && self->root != NULL && JSON_NODE_HOLDS_OBJECT (self->root) && (format->find == NULL || node == self->root));
}

static gboolean
set_record (TbCallDocument *self, guint n)
{
  self->record.node = self->records != NULL ? json_array_get_element (self->records, n) : self->root;
  g_string_chunk_clear (self->record.texts);
  return JSON_NODE_HOLDS_OBJECT (self->record.node) || JSON_NODE_HOLDS_ARRAY (self->record.node);
}

/* Without a name the first record decides; of an empty list nothing can be told. */
static gboolean
fits (TbCallDocument *self, const TbCallFormat *format)
{
  return find_records (self, format) && self->n > 0 && set_record (self, 0) && format->guess_record (&self->record);
}

/* All formats of JSON look at the same tree; a format that is parsed in its own way looks at its own. */
static gboolean
look_at (TbCallDocument *self, const TbCallFormat *format, const GByteArray *bytes, GError **error)
{
  if (self->root == NULL || format->parse != NULL)
    {
      g_clear_pointer (&self->root, json_node_unref);
      self->root = parse (format, bytes, error);
    }
  return self->root != NULL;
}

/* `bytes` NULL = they were parsed already. */
static gboolean
choose (TbCallDocument *self, const char *name, const GByteArray *bytes, GError **error)
{
  const gboolean is_json = bytes == NULL || (bytes->len > 0 && memchr (bytes->data, '<', MIN (bytes->len, 16)) == NULL);
  const TbCallFormat *candidate = NULL;

  for (const TbCallFormat *const *at = tb_call_formats; *at != NULL; at++)
    {
      const TbCallFormat *format = *at;

      if (format->read_record == NULL || is_json != (format->parse == NULL) || (name != NULL && !g_str_equal (format->name, name)))
        continue;
      if (!look_at (self, format, bytes, error))
        return FALSE;
      candidate = format;
      if (fits (self, format) || (name != NULL && find_records (self, format)))
        return TRUE;
    }
  if (candidate != NULL)
    return refuse (self, name != NULL ? candidate : NULL, error);
  if (name != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("This is JSON or XML; calls of format “%s” are a table."), name);
  else
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The format of the document cannot be told from its content. Name it."));
  return FALSE;
}

/* ---- public ---- */

static TbCallDocument *
document_alloc (TbCallSource *source)
{
  TbCallDocument *self = g_new0 (TbCallDocument, 1);

  self->source = source;
  self->record.texts = g_string_chunk_new (1024);
  self->record.zone = source->zone;
  self->record.tenant = source->tenant;
  return self;
}

static gboolean
open_document (TbCallDocument *self, const char *name, const GByteArray *bytes, GError **error)
{
  return choose (self, name, bytes, error) && (self->format->open == NULL || self->format->open (self->source, error));
}

TbCallDocument *
tb_call_document_new (GInputStream *stream, TbCallSource *source, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (TbCallDocument) self = document_alloc (source);
  g_autoptr (GByteArray) bytes = read_whole (stream, cancellable, error);

  if (bytes == NULL || !open_document (self, name, bytes, error))
    return NULL;
  self->bytes = bytes->len;
  return g_steal_pointer (&self);
}

TbCallDocument *
tb_call_document_new_json (JsonNode *root, TbCallSource *source, const char *name, GError **error)
{
  g_autoptr (TbCallDocument) self = document_alloc (source);

  self->root = json_node_ref (root);
  return open_document (self, name, NULL, error) ? g_steal_pointer (&self) : NULL;
}

void
tb_call_document_free (TbCallDocument *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->record.texts, g_string_chunk_free);
  g_free (self->raw);
  g_free (self);
}

gboolean
tb_call_document_next (TbCallDocument *self, TbCall *call, TbRowResult *ret_row, GError **bad)
{
  if (self->at >= self->n)
    return FALSE;
  g_clear_pointer (&self->raw, g_free);
  if (set_record (self, self->at++))
    *ret_row = self->format->read_record (self->source, &self->record, call, bad);
  else
    {
      g_set_error_literal (bad, TB_ERROR, TB_ERROR_INVALID_INPUT, _("it is not an object"));
      *ret_row = TB_ROW_REJECT;
    }
  return TRUE;
}

const TbCallFormat *
tb_call_document_get_format (TbCallDocument *self)
{
  return self->format;
}

/* All of it was read before the first call; for progress it counts as records are taken. */
goffset
tb_call_document_get_bytes (TbCallDocument *self)
{
  return self->n > 0 ? self->bytes * self->at / self->n : self->bytes;
}

guint64
tb_call_document_get_number (TbCallDocument *self)
{
  return self->at;
}

const char *
tb_call_document_get_raw (TbCallDocument *self, gsize *ret_len)
{
  if (self->raw == NULL)
    self->raw = json_to_string (self->record.node, FALSE);
  *ret_len = strlen (self->raw);
  return self->raw;
}
