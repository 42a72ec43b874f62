/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-db-private.h"

#include <inttypes.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "tb-error.h"

#define PAGES_A_STEP 1024

/* ---- check ---- */

static gboolean
collect (TbDb *self, const char *sql, GPtrArray *findings, char *(*describe) (sqlite3_stmt *), GError **error)
{
  sqlite3_stmt *query = NULL;
  int result = sqlite3_prepare_v2 (self->handle, sql, -1, &query, NULL);

  while (result == SQLITE_OK || result == SQLITE_ROW)
    {
      char *finding;

      result = sqlite3_step (query);
      finding = result == SQLITE_ROW ? describe (query) : NULL;
      if (finding != NULL)
        g_ptr_array_add (findings, finding);
    }
  if (result != SQLITE_DONE)
    tb_db_fail (self, result, error);
  sqlite3_finalize (query);
  return result == SQLITE_DONE;
}

static char *
describe_integrity (sqlite3_stmt *row)
{
  const char *text = (const char *) sqlite3_column_text (row, 0);

  return g_strcmp0 (text, "ok") == 0 ? NULL : g_strdup_printf (_("The file is damaged: %s"), text);
}

static char *
describe_foreign_key (sqlite3_stmt *row)
{
  return g_strdup_printf (_("Row %" PRId64 " of %s points to a row of %s that does not exist."),
                          (gint64) sqlite3_column_int64 (row, 1), sqlite3_column_text (row, 0), sqlite3_column_text (row, 2));
}

gboolean
tb_db_check (TbDb *self, GPtrArray *findings, TbJob *job, GError **error)
{
  g_autoptr (GCancellable) before = self->cancellable != NULL ? g_object_ref (self->cancellable) : NULL;
  gboolean ok;

  if (job != NULL)
    tb_db_set_cancellable (self, tb_job_get_cancellable (job));
  ok = collect (self, "PRAGMA integrity_check(100)", findings, describe_integrity, error)
       && collect (self, "PRAGMA foreign_key_check", findings, describe_foreign_key, error);
  tb_db_set_cancellable (self, before);
  return ok;
}

/* ---- backup ---- */

static gboolean
copy_pages (TbDb *source, TbDb *target, TbJob *job, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target->handle, "main", source->handle, "main");
  int result = SQLITE_OK;

  if (backup == NULL)
    return tb_db_fail (target, sqlite3_errcode (target->handle), error);
  while (result == SQLITE_OK && !tb_job_is_cancelled (job, NULL))
    {
      int total;

      result = sqlite3_backup_step (backup, PAGES_A_STEP);
      total = sqlite3_backup_pagecount (backup);
      tb_job_report (job, total == 0 ? 0 : 1.0 - (double) sqlite3_backup_remaining (backup) / total, NULL);
    }
  sqlite3_backup_finish (backup);
  if (result == SQLITE_DONE)
    return TRUE;
  if (!tb_job_is_cancelled (job, error))
    tb_db_fail (target, result, error);
  return FALSE;
}

static gboolean
sync_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” could not be written out: %s."), path, g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return ok;
}

/* A plain database, not opened as books: its identity comes with the copied header. */
static TbDb *
open_target (const char *path, GError **error)
{
  TbDb *target = g_new0 (TbDb, 1);
  int fd = g_open (path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  int result;

  target->path = g_strdup (path);
  target->flags = TB_DB_READ_ONLY; /* nothing to checkpoint at the end */
  if (fd < 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be made: %s."), path, g_strerror (errno));
      g_clear_pointer (&target, tb_db_close);
      return NULL;
    }
  g_close (fd, NULL);
  result = sqlite3_open_v2 (path, &target->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result == SQLITE_OK)
    return target;
  tb_db_fail (target, result, error);
  tb_db_close (target);
  return NULL;
}

/* Reads through a handle of its own inside one read transaction: a snapshot, that no writer makes start again. */
static gboolean
copy_snapshot (TbDb *self, const char *path, TbJob *job, GError **error)
{
  TbDb *source = tb_db_open (self->path, TB_DB_READ_ONLY, error);
  TbDb *target = source == NULL ? NULL : open_target (path, error);
  int version;
  gboolean ok = target != NULL && tb_db_begin (source, error) && tb_db_get_schema_version (source, &version, error)
                && copy_pages (source, target, job, error);

  tb_db_close (target);
  tb_db_close (source);
  return ok;
}

gboolean
tb_db_backup (TbDb *self, const char *path, TbJob *job, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *part = g_strconcat (absolute, ".part", NULL);

  if (g_strcmp0 (absolute, self->path) == 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” are the books themselves: name another file for the copy."), path);
      return FALSE;
    }
  if (copy_snapshot (self, part, job, error) && sync_file (part, error))
    {
      if (g_rename (part, absolute) == 0)
        return TRUE;
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be made: %s."), path, g_strerror (errno));
    }
  g_unlink (part);
  return FALSE;
}
