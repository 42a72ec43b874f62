/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-cdr-import.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-setup-store.h"

#define REJECTS_KEPT 1000

void
tb_cdr_import_free (TbCdrImport *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self->format);
  g_ptr_array_unref (self->rejects);
  g_free (self);
}

/* ---- the loop ---- */

static gboolean
note_reject (TbCdrImport *self, TbCallWriter *writer, const TbReadReject *reject, FILE *rejects, GError **error)
{
  if (rejects != NULL
      && (fwrite (reject->raw, 1, reject->raw_len, rejects) != reject->raw_len || fputc ('\n', rejects) == EOF))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The file for rejected lines cannot be written: %s."), g_strerror (errno));
      return FALSE;
    }
  if (self->rejects->len < REJECTS_KEPT)
    {
      TbReject *kept = g_new0 (TbReject, 1);

      kept->line = reject->line;
      kept->reason = g_strdup (reject->reason);
      kept->raw = g_strndup (reject->raw, reject->raw_len);
      g_ptr_array_add (self->rejects, kept);
    }
  return tb_call_writer_reject (writer, reject->line, reject->reason, reject->raw, reject->raw_len, error);
}

static gboolean
read_all (TbCdrImport *self, TbCallReader *reader, TbCallWriter *writer, FILE *rejects, goffset total, TbJob *job, GError **error)
{
  const TbCall *call;
  const TbReadReject *reject;
  guint n = 0;

  for (;;)
    {
      switch (tb_call_reader_next (reader, &call, &reject, error))
        {
        case TB_READ_CALL:
          if (!tb_call_writer_add (writer, call, error))
            return FALSE;
          break;
        case TB_READ_REJECT:
          if (!note_reject (self, writer, reject, rejects, error))
            return FALSE;
          break;
        case TB_READ_END:
          return TRUE;
        case TB_READ_ERROR:
        default:
          return FALSE;
        }
      if (++n % 4096 == 0)
        {
          if (tb_job_is_cancelled (job, error))
            return FALSE;
          tb_job_report (job, total > 0 ? (double) tb_call_reader_get_bytes (reader) / (double) total : -1, NULL);
        }
    }
}

TbCdrImport *
tb_cdr_import_from_reader (TbStore *store, TbCallReader *reader, const char *connection, const TbCdrSource *source, FILE *rejects,
                           goffset total_bytes, TbJob *job, GError **error)
{
  g_autoptr (TbCdrImport) self = g_new0 (TbCdrImport, 1);
  g_autoptr (TbCallWriter) writer = NULL;

  self->source = g_strdup (source->name);
  self->format = g_strdup (tb_call_reader_get_format (reader));
  self->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_reject_free);
  writer = tb_call_writer_begin (store, connection, source->name, self->format, error);
  if (writer == NULL || !read_all (self, reader, writer, rejects, total_bytes, job, error))
    return NULL;
  tb_call_writer_set_cursor (writer, source->cursor);
  tb_call_writer_set_file (writer, source->file, source->version);
  return tb_call_writer_finish (writer, &self->counts, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- one file ---- */

static GInputStream *
open_file (const char *path, goffset *ret_size, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;

  *ret_size = 0;
  if (strcmp (path, "-") == 0)
    return g_unix_input_stream_new (0, FALSE);
  file = g_file_new_for_path (path);
  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    {
      tb_error_convert (error, TB_ERROR_STORAGE);
      return NULL;
    }
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  *ret_size = info != NULL ? g_file_info_get_size (info) : 0;
  return G_INPUT_STREAM (g_steal_pointer (&stream));
}

/* The connection's own format, columns and zone, where the command names none. */
static gboolean
connection_options (TbStore *store, const char *name, const char *format, const char *columns, TbCallReaderOptions *ret, TbSetup **ret_setup,
                    GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  const TbConnection *connection = setup != NULL ? tb_setup_find_connection (setup, name) : NULL;

  if (setup == NULL)
    return FALSE;
  if (connection == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), name);
      return FALSE;
    }
  ret->format = format != NULL ? format : connection->format;
  ret->columns = columns != NULL ? columns : connection->columns;
  ret->zone = tb_zone_new (connection->time_zone != NULL ? connection->time_zone : "UTC", error);
  *ret_setup = g_steal_pointer (&setup);
  return ret->zone != NULL;
}

static TbCdrImport *
import_stream (TbStore *store, const char *path, const char *connection, const TbCallReaderOptions *options, FILE *rejects, TbJob *job,
               GError **error)
{
  goffset size;
  g_autoptr (GInputStream) stream = open_file (path, &size, error);
  g_autoptr (TbCallReader) reader = NULL;
  g_autofree char *name = strcmp (path, "-") == 0 ? g_strdup (_("standard input")) : g_path_get_basename (path);
  const TbCdrSource source = { .name = name };

  if (stream == NULL)
    return NULL;
  reader = tb_call_reader_new (stream, options, job != NULL ? tb_job_get_cancellable (job) : NULL, error);
  return reader != NULL ? tb_cdr_import_from_reader (store, reader, connection, &source, rejects, size, job, error) : NULL;
}

TbCdrImport *
tb_cdr_import_run (TbStore *store, const char *path, const char *connection, const char *format, const char *columns, FILE *rejects, TbJob *job,
                   GError **error)
{
  TbCallReaderOptions options = { NULL };
  g_autoptr (TbSetup) setup = NULL;
  g_autoptr (TbCdrImport) import = NULL;

  if (!connection_options (store, connection, format, columns, &options, &setup, error))
    return NULL;
  import = import_stream (store, path, connection, &options, rejects, job, error);
  if (import == NULL)
    g_prefix_error (error, "%s: ", path);
  tb_zone_unref (options.zone);
  return g_steal_pointer (&import);
}
