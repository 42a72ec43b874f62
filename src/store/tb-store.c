/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "tb-error.h"
#include "tb-store-resources.h"

#define SCHEMA_PATH "/io/github/tollbook/Tollbook/schema"

struct _TbStore
{
  TbDb *db;
  char *path;
  gpointer kept;
  GDestroyNotify kept_free;
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* Files "NNNN-name.sql" in order of their numbers. */
static char **
list_schema_files (void)
{
  char **files = g_resource_enumerate_children (tb_store_get_resource (), SCHEMA_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  qsort (files, g_strv_length (files), sizeof *files, compare_names);
  return files;
}

static int
version_of_file (const char *name)
{
  return (int) g_ascii_strtoll (name, NULL, 10);
}

static int
newest_version (void)
{
  g_auto (GStrv) files = list_schema_files ();

  return version_of_file (files[g_strv_length (files) - 1]);
}

static gboolean
run_schema_file (TbDb *db, const char *file, GError **error)
{
  g_autofree char *path = g_strconcat (SCHEMA_PATH "/", file, NULL);
  g_autoptr (GBytes) sql = g_resource_lookup_data (tb_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  int version;

  if (sql == NULL || !tb_db_begin (db, error))
    return FALSE;
  /* Asked again under the lock: another process may have been first. */
  if (tb_db_get_schema_version (db, &version, error)
      && (version >= version_of_file (file)
          || (tb_db_exec (db, g_bytes_get_data (sql, NULL), error) && tb_db_set_schema_version (db, version_of_file (file), error)))
      && tb_db_commit (db, error))
    return TRUE;
  tb_db_rollback (db);
  g_prefix_error (error, "%s: ", file);
  return FALSE;
}

static gboolean
migrate (TbDb *db, int from, GError **error)
{
  g_auto (GStrv) files = list_schema_files ();

  for (char **file = files; *file != NULL; file++)
    if (version_of_file (*file) > from && !run_schema_file (db, *file, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_version (TbDb *db, const char *path, int *ret, GError **error)
{
  if (!tb_db_get_schema_version (db, ret, error))
    return FALSE;
  if (*ret <= newest_version ())
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED,
               _("The books “%s” were made by a newer version of Tollbook (schema %d; this one knows %d): update Tollbook."), path, *ret,
               newest_version ());
  return FALSE;
}

static gboolean
bring_up_to_date (TbDb *db, const char *path, TbDbFlags flags, GError **error)
{
  int version;

  if (!check_version (db, path, &version, error))
    return FALSE;
  if (version == newest_version ())
    return TRUE;
  if ((flags & TB_DB_READ_ONLY) == 0)
    return migrate (db, version, error);
  g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED,
               _("The books “%s” were made by an older version of Tollbook: open them once for writing."), path);
  return FALSE;
}

/* ---- create, open, close ---- */

static void
remove_books (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_unlink (name);
    }
}

static gboolean
make_books (const char *path, GError **error)
{
  TbDb *db = tb_db_open (path, TB_DB_CREATE, error);
  gboolean ok = db != NULL && migrate (db, 0, error);

  tb_db_close (db);
  return ok;
}

/* Never over a file that is there. Where the file system cannot promise that, a look beforehand must do. */
static gboolean
move_new (const char *from, const char *to, GError **error)
{
  int failed = renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);

  if (failed != 0 && (errno == EINVAL || errno == ENOSYS) && !g_file_test (to, G_FILE_TEST_EXISTS))
    failed = g_rename (from, to);
  if (failed == 0)
    return TRUE;
  if (errno == EEXIST)
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("“%s” exists already."), to);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be made: %s."), to, g_strerror (errno));
  return FALSE;
}

/* Made beside and moved into place whole, so that a crash leaves no half-made books in the way. */
TbStore *
tb_store_create (const char *path, GError **error)
{
  g_autofree char *making = g_strconcat (path, ".making", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("“%s” exists already."), path);
      return NULL;
    }
  remove_books (making);
  if (make_books (making, error) && move_new (making, path, error))
    return tb_store_open (path, TB_DB_READ_WRITE, error);
  remove_books (making);
  return NULL;
}

TbStore *
tb_store_open (const char *path, TbDbFlags flags, GError **error)
{
  TbDb *db;
  TbStore *self;

  if ((flags & TB_DB_CREATE) != 0)
    return tb_store_create (path, error);
  db = tb_db_open (path, flags, error);
  if (db == NULL || !bring_up_to_date (db, path, flags, error))
    {
      tb_db_close (db);
      return NULL;
    }
  self = g_new0 (TbStore, 1);
  self->db = db;
  self->path = g_strdup (path);
  return self;
}

void
tb_store_close (TbStore *self)
{
  if (self == NULL)
    return;
  tb_store_keep (self, NULL, NULL);
  tb_db_close (self->db);
  g_free (self->path);
  g_free (self);
}

void
tb_store_keep (TbStore *self, gpointer data, GDestroyNotify data_free)
{
  if (self->kept != NULL)
    self->kept_free (self->kept);
  self->kept = data;
  self->kept_free = data_free;
}

gpointer
tb_store_take (TbStore *self)
{
  return g_steal_pointer (&self->kept);
}

TbDb *
tb_store_get_db (TbStore *self)
{
  return self->db;
}

const char *
tb_store_get_path (TbStore *self)
{
  return self->path;
}

gboolean
tb_store_begin (TbStore *self, GError **error)
{
  return tb_db_begin (self->db, error);
}

gboolean
tb_store_commit (TbStore *self, GError **error)
{
  return tb_db_commit (self->db, error);
}

void
tb_store_rollback (TbStore *self)
{
  tb_db_rollback (self->db);
}

gboolean
tb_store_join (TbStore *self, gboolean *ret_own, GError **error)
{
  *ret_own = !tb_db_in_transaction (self->db);
  return !*ret_own || tb_db_begin (self->db, error);
}

gboolean
tb_store_leave (TbStore *self, gboolean own, gboolean ok, GError **error)
{
  if (!own)
    return ok;
  if (ok)
    return tb_db_commit (self->db, error);
  tb_db_rollback (self->db);
  return FALSE;
}

/* ---- settings ---- */

char *
tb_store_get_setting (TbStore *self, const char *name)
{
  g_autoptr (TbStatement) query = tb_db_prepare (self->db, "SELECT value FROM setting WHERE name = $1", NULL);
  gboolean found = FALSE;

  if (query == NULL)
    return NULL;
  tb_statement_bind_text (query, 1, name);
  return tb_statement_step (query, &found, NULL) && found ? tb_statement_dup_text (query, 0) : NULL;
}

gboolean
tb_store_set_setting (TbStore *self, const char *name, const char *value, GError **error)
{
  g_autoptr (TbStatement) change
    = tb_db_prepare (self->db,
                     value == NULL ? "DELETE FROM setting WHERE name = $1"
                                   : "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                     error);

  if (change == NULL)
    return FALSE;
  tb_statement_bind_text (change, 1, name);
  if (value != NULL)
    tb_statement_bind_text (change, 2, value);
  return tb_statement_run (change, error);
}

/* ---- backup and restore ---- */

gboolean
tb_store_backup (TbStore *self, const char *path, TbJob *job, GError **error)
{
  return tb_db_backup (self->db, path, job, error);
}

static gboolean
check_backup (TbDb *db, const char *path, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  int version;

  if (!check_version (db, path, &version, error) || !tb_db_check (db, findings, job, error))
    return FALSE;
  if (findings->len == 0)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” is not sound and was not restored: %s"), path,
               (const char *) findings->pdata[0]);
  return FALSE;
}

/* Takes the write lock for a moment and folds the WAL in. Books that are too damaged for that may go as they are. */
static gboolean
make_sure_unused (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  TbDb *db = tb_db_open (path, TB_DB_READ_WRITE, &local);
  gboolean held = db != NULL && !tb_db_begin (db, &local);

  tb_db_close (db);
  if (local == NULL || !g_error_matches (local, TB_ERROR, TB_ERROR_CONFLICT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return !held && db != NULL;
}

static gboolean
move_books (const char *path, const char *to_path, GError **error)
{
  static const char *const endings[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (path, endings[i], NULL);
      g_autofree char *to = g_strconcat (to_path, endings[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be put aside: %s."), from, g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

/* The old books come back when the new ones cannot take their place. */
static gboolean
put_in_place (const char *restored, const char *path, GError **error)
{
  g_autofree char *aside = g_strconcat (path, ".before-restore", NULL);

  remove_books (aside);
  if (move_books (path, aside, error) && move_new (restored, path, error))
    return TRUE;
  move_books (aside, path, NULL);
  return FALSE;
}

static gboolean
copy_checked (const char *backup, const char *to, TbJob *job, GError **error)
{
  TbDb *db = tb_db_open (backup, TB_DB_READ_ONLY, error);
  gboolean ok = db != NULL && check_backup (db, backup, job, error) && tb_db_backup (db, to, job, error);

  tb_db_close (db);
  return ok;
}

gboolean
tb_store_restore (const char *backup, const char *path, TbJob *job, GError **error)
{
  g_autofree char *restoring = g_strconcat (path, ".restoring", NULL);

  if (!copy_checked (backup, restoring, job, error))
    return FALSE;
  if (make_sure_unused (path, error) && put_in_place (restoring, path, error))
    return TRUE;
  g_unlink (restoring);
  return FALSE;
}
