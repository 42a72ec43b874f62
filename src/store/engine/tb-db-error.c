/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-db-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "tb-error.h"

static gboolean
disk_is_full (TbDb *self, int result)
{
  return result == SQLITE_FULL || ((result & 0xff) == SQLITE_IOERR && self->handle != NULL && sqlite3_system_errno (self->handle) == ENOSPC);
}

static TbError
constraint_code (int extended)
{
  return extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY || extended == SQLITE_CONSTRAINT_FOREIGNKEY
           ? TB_ERROR_CONFLICT
           : TB_ERROR_FAILED;
}

gboolean
tb_db_fail (TbDb *self, int result, GError **error)
{
  const char *detail = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (result);
  int extended = self->handle != NULL ? sqlite3_extended_errcode (self->handle) : result;

  if (disk_is_full (self, extended))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The disk is full: “%s” is as it was before."), self->path);
      return FALSE;
    }
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("Another program holds the books “%s”; try again when it has finished."),
                   self->path);
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The books “%s” are damaged (%s): restore a backup."), self->path, detail);
      break;
    case SQLITE_NOTADB:
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” is not a file of Tollbook books."), self->path);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The books “%s” can only be read: the file or its folder is write-protected."),
                   self->path);
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The books “%s” cannot be opened: check the folder and its permissions."),
                   self->path);
      break;
    case SQLITE_IOERR:
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The disk failed under the books “%s” (%s)."), self->path, detail);
      break;
    case SQLITE_NOMEM:
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("Out of memory while working with the books “%s”."), self->path);
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, TB_ERROR, TB_ERROR_CANCELLED, _("Cancelled."));
      break;
    case SQLITE_CONSTRAINT:
      g_set_error (error, TB_ERROR, constraint_code (extended), _("The books refused a change: %s"), detail);
      break;
    default:
      g_set_error (error, TB_ERROR, TB_ERROR_FAILED, _("The books “%s” failed: %s"), self->path, detail);
      break;
    }
  return FALSE;
}
