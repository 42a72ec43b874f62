/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-db-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tb-error.h"

#define APPLICATION_ID 0x54424b31 /* "TBK1", in the file's header */
#define BUSY_MILLISECONDS 3000
#define STEPS_BETWEEN_CANCEL_CHECKS 4000 /* of SQLite's virtual machine: about 0.1 ms */

static gboolean
exec_plain (TbDb *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || tb_db_fail (self, result, error);
}

static gboolean
query_int (TbDb *self, const char *sql, gint64 *ret, GError **error)
{
  sqlite3_stmt *query = NULL;
  int result = sqlite3_prepare_v2 (self->handle, sql, -1, &query, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (query);
  if (result == SQLITE_ROW)
    *ret = sqlite3_column_int64 (query, 0);
  else
    tb_db_fail (self, result, error);
  sqlite3_finalize (query);
  return result == SQLITE_ROW;
}

/* ---- open and close ---- */

/* O_EXCL, because SQLite would open what another program made a moment ago. Books hold people's calls: owner only. */
static gboolean
make_file (const char *path, GError **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  int saved = errno;

  if (fd >= 0)
    return g_close (fd, NULL);
  if (saved == EEXIST)
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("“%s” exists already."), path);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be made: %s."), path, g_strerror (saved));
  return FALSE;
}

static gboolean
open_handle (TbDb *self, const char *name, int flags, GError **error)
{
  int result;

  g_clear_pointer (&self->handle, sqlite3_close);
  result = sqlite3_open_v2 (name, &self->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result != SQLITE_OK)
    return tb_db_fail (self, result, error);
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  return TRUE;
}

static gboolean
check_application (TbDb *self, GError **error)
{
  gint64 application = 0;

  if (!query_int (self, "PRAGMA application_id", &application, error))
    return FALSE;
  if (application == APPLICATION_ID)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” is not a file of Tollbook books."), self->path);
  return FALSE;
}

/* On a write-protected medium the WAL's index cannot be made. Without a WAL the file is whole, and SQLite may be told that
 * nobody changes it. */
static gboolean
open_immutable (TbDb *self, GError **error)
{
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, error);
  g_autofree char *name = uri == NULL ? NULL : g_strconcat (uri, "?immutable=1", NULL);
  GStatBuf info;

  if (name == NULL)
    return FALSE;
  if (g_stat (wal, &info) == 0 && info.st_size > 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE,
                   _("“%s” was not closed and lies in a write-protected folder: copy it with its “-wal” file to another one."), self->path);
      return FALSE;
    }
  return open_handle (self, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error) && check_application (self, error);
}

static gboolean
open_for_reading (TbDb *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!open_handle (self, self->path, SQLITE_OPEN_READONLY, error))
    return FALSE;
  if (check_application (self, &local))
    return TRUE;
  switch (sqlite3_errcode (self->handle) & 0xff)
    {
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return open_immutable (self, error);
    default:
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
}

/* The identity comes before WAL mode, which writes page 1. */
static gboolean
open_for_writing (TbDb *self, GError **error)
{
  g_autofree char *identity = g_strdup_printf ("PRAGMA application_id=%d", APPLICATION_ID);
  gboolean create = (self->flags & TB_DB_CREATE) != 0;

  if (create && !make_file (self->path, error))
    return FALSE;
  if (!open_handle (self, self->path, SQLITE_OPEN_READWRITE, error))
    return FALSE;
  if (create && !exec_plain (self, identity, error))
    return FALSE;
  return check_application (self, error) && exec_plain (self, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL", error);
}

static int
progress_cb (void *data)
{
  return g_cancellable_is_cancelled (data);
}

/* Debian's library overwrites deleted rows with zeros, which doubles the cost of rating again and protects nobody here:
 * the same rows are in backups. A WAL that an import blew up is cut back at the next checkpoint. */
static gboolean
configure (TbDb *self, GError **error)
{
  g_autofree char *sql
    = g_strdup_printf ("PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=OFF; PRAGMA trusted_schema=OFF;"
                       "PRAGMA cell_size_check=ON; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-%d",
                       (self->flags & TB_DB_BULK) != 0 ? TB_DB_CACHE_BULK_KIB : TB_DB_CACHE_KIB);

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return exec_plain (self, sql, error);
}

TbDb *
tb_db_open (const char *path, TbDbFlags flags, GError **error)
{
  TbDb *self = g_new0 (TbDb, 1);
  gboolean ok;

  self->path = g_canonicalize_filename (path, NULL); /* absolute: never ":memory:" nor "file:…" to SQLite */
  self->flags = flags;
  if ((flags & TB_DB_CREATE) == 0 && !g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There are no books at “%s”."), path);
      ok = FALSE;
    }
  else
    ok = ((flags & TB_DB_READ_ONLY) != 0 ? open_for_reading (self, error) : open_for_writing (self, error)) && configure (self, error);

  if (!ok)
    g_clear_pointer (&self, tb_db_close);
  return self;
}

/* One process's last writer leaves a single whole file behind, fit for copying. Failure costs nothing: the WAL stays. */
void
tb_db_close (TbDb *self)
{
  if (self == NULL)
    return;
  tb_db_set_cancellable (self, NULL);
  tb_db_forget_idle (self);
  if (self->handle != NULL)
    {
      tb_db_rollback (self);
      if ((self->flags & TB_DB_READ_ONLY) == 0)
        {
          sqlite3_busy_timeout (self->handle, 0); /* readers may be busy: they need not be waited for */
          sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        }
      if (sqlite3_close (self->handle) != SQLITE_OK)
        g_critical ("a statement of “%s” is still open", self->path);
    }
  g_free (self->path);
  g_free (self);
}

/* ---- statements without parameters ---- */

static const char *
skip_comments (const char *sql)
{
  while (*sql != '\0')
    if (g_ascii_isspace (*sql))
      sql++;
    else if (g_str_has_prefix (sql, "--"))
      sql += strcspn (sql, "\n");
    else
      break;
  return sql;
}

/* STRICT makes SQLite refuse a text in a column of integers, as every other engine does. */
static char *
adapt_statement (const char *sql, gsize len)
{
  g_autofree char *text = g_strndup (sql, len);

  g_strchomp (text);
  if (g_str_has_suffix (text, ";"))
    text[strlen (text) - 1] = '\0';
  if (g_ascii_strncasecmp (text, "CREATE TABLE ", strlen ("CREATE TABLE ")) != 0)
    return g_steal_pointer (&text);
  return g_strconcat (text, " STRICT", NULL);
}

/* sqlite3_prepare stops at the end of the first statement and says where. */
static gboolean
exec_one (TbDb *self, const char **sql, GError **error)
{
  const char *tail = NULL;
  sqlite3_stmt *first = NULL;
  g_autofree char *adapted = NULL;
  int result = sqlite3_prepare_v2 (self->handle, *sql, -1, &first, &tail);

  if (result != SQLITE_OK)
    return tb_db_fail (self, result, error);
  sqlite3_finalize (first);
  adapted = adapt_statement (*sql, (gsize) (tail - *sql));
  *sql = tail;
  return exec_plain (self, adapted, error);
}

gboolean
tb_db_exec (TbDb *self, const char *sql, GError **error)
{
  for (sql = skip_comments (sql); *sql != '\0'; sql = skip_comments (sql))
    if (!exec_one (self, &sql, error))
      return FALSE;
  return TRUE;
}

/* ---- transactions ---- */

gboolean
tb_db_begin (TbDb *self, GError **error)
{
  g_return_val_if_fail (!tb_db_in_transaction (self), FALSE);
  return exec_plain (self, (self->flags & TB_DB_READ_ONLY) != 0 ? "BEGIN" : "BEGIN IMMEDIATE", error);
}

/* A commit that failed has no other future than a rollback: done here, so that no caller forgets it. */
gboolean
tb_db_commit (TbDb *self, GError **error)
{
  if (exec_plain (self, "COMMIT", error))
    return TRUE;
  tb_db_rollback (self);
  return FALSE;
}

void
tb_db_rollback (TbDb *self)
{
  if (tb_db_in_transaction (self)) /* after a full disk SQLite has done it already */
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
tb_db_in_transaction (TbDb *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

/* ---- the rest ---- */

void
tb_db_set_cancellable (TbDb *self, GCancellable *cancellable)
{
  if (self->handle != NULL)
    sqlite3_progress_handler (self->handle, cancellable != NULL ? STEPS_BETWEEN_CANCEL_CHECKS : 0, cancellable != NULL ? progress_cb : NULL,
                              cancellable);
  g_set_object (&self->cancellable, cancellable);
}

gint64
tb_db_last_insert_id (TbDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

gint64
tb_db_changes (TbDb *self)
{
  return sqlite3_changes64 (self->handle);
}

gboolean
tb_db_get_schema_version (TbDb *self, int *ret, GError **error)
{
  gint64 version;

  if (!query_int (self, "PRAGMA user_version", &version, error))
    return FALSE;
  *ret = (int) version;
  return TRUE;
}

gboolean
tb_db_set_schema_version (TbDb *self, int version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d", version);

  return exec_plain (self, sql, error);
}

const char *
tb_db_get_engine_version (void)
{
  static char text[32];

  g_snprintf (text, sizeof text, "SQLite %s", sqlite3_libversion ());
  return text;
}
