/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fault-vfs.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* behind this struct */
} File;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs vfs;
static TbFault fault;
static guint fault_at, count;

/* What becomes of this change: SQLITE_OK, or the error to give. */
static int
change (int broken)
{
  count++;
  if (fault == TB_FAULT_NONE || count < fault_at || (fault == TB_FAULT_HICCUP && count > fault_at))
    return SQLITE_OK;
  if (fault == TB_FAULT_KILL)
    _exit (TB_FAULT_EXIT);
  return fault == TB_FAULT_FULL ? SQLITE_FULL : broken;
}

/* ---- files ---- */

static sqlite3_file *
real (sqlite3_file *file)
{
  return ((File *) file)->real;
}

static int
file_close (sqlite3_file *file)
{
  return real (file)->pMethods->xClose (real (file));
}

static int
file_read (sqlite3_file *file, void *data, int len, sqlite3_int64 at)
{
  return real (file)->pMethods->xRead (real (file), data, len, at);
}

static int
file_write (sqlite3_file *file, const void *data, int len, sqlite3_int64 at)
{
  int result;

  if (fault == TB_FAULT_KILL && count + 1 == fault_at && fault_at % 2 == 0)
    real (file)->pMethods->xWrite (real (file), data, len / 2, at);
  result = change (SQLITE_IOERR_WRITE);
  return result != SQLITE_OK ? result : real (file)->pMethods->xWrite (real (file), data, len, at);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int result = change (SQLITE_IOERR_TRUNCATE);

  return result != SQLITE_OK ? result : real (file)->pMethods->xTruncate (real (file), size);
}

/* A sync takes time and protects from power cuts, which are not played here. */
static int
file_sync (sqlite3_file *file, int flags)
{
  return change (SQLITE_IOERR_FSYNC);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return real (file)->pMethods->xFileSize (real (file), size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return real (file)->pMethods->xLock (real (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return real (file)->pMethods->xUnlock (real (file), level);
}

static int
file_check_reserved_lock (sqlite3_file *file, int *result)
{
  return real (file)->pMethods->xCheckReservedLock (real (file), result);
}

static int
file_control (sqlite3_file *file, int operation, void *data)
{
  return real (file)->pMethods->xFileControl (real (file), operation, data);
}

static int
file_sector_size (sqlite3_file *file)
{
  return real (file)->pMethods->xSectorSize (real (file));
}

static int
file_characteristics (sqlite3_file *file)
{
  return real (file)->pMethods->xDeviceCharacteristics (real (file));
}

static int
file_shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **data)
{
  return real (file)->pMethods->xShmMap (real (file), region, size, extend, data);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return real (file)->pMethods->xShmLock (real (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  real (file)->pMethods->xShmBarrier (real (file));
}

static int
file_shm_unmap (sqlite3_file *file, int delete)
{
  return real (file)->pMethods->xShmUnmap (real (file), delete);
}

/* Version 2: with shared memory for the WAL, without memory-mapped reading, which would pass by here. */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

/* ---- the layer ---- */

static int
vfs_open (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
  File *own = (File *) file;
  int result;

  memset (own, 0, sizeof *own);
  own->real = (sqlite3_file *) (own + 1);
  result = real_vfs->xOpen (real_vfs, name, own->real, flags, ret_flags);
  own->base.pMethods = own->real->pMethods != NULL ? &methods : NULL;
  return result;
}

static int
vfs_delete (sqlite3_vfs *self, const char *name, int sync_folder)
{
  int result = change (SQLITE_IOERR_DELETE);

  return result != SQLITE_OK ? result : real_vfs->xDelete (real_vfs, name, sync_folder);
}

void
tb_fault_vfs_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs; /* everything else is the real one's */
  vfs.zName = "tollbook-fault";
  vfs.pNext = NULL;
  vfs.szOsFile = (int) sizeof (File) + real_vfs->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, TRUE), ==, SQLITE_OK);
}

void
tb_fault_vfs_set (TbFault to, guint at)
{
  fault = to;
  fault_at = at;
  count = 0;
}

guint
tb_fault_vfs_get_count (void)
{
  return count;
}
