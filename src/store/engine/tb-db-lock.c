/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "tb-error.h"

/* A byte of an empty file beside the books for each key, locked through a description of its own: the kernel lets go of it when the description is
 * closed or its process ends. Never a byte of the books themselves: closing those would drop the locks of SQLite. The file stays, for whoever
 * removed it would take it from under one who waits. */
struct _TbDbLock
{
  int fd;
};

TbDbLock *
tb_db_try_lock (TbDb *self, guint32 key, GError **error)
{
  g_autofree char *path = g_strconcat (self->path, "-lock", NULL);
  struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = key, .l_len = 1 };
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  TbDbLock *lock;

  if (fd < 0 || fcntl (fd, F_OFD_SETLK, &range) != 0)
    {
      if (fd < 0 || (errno != EAGAIN && errno != EACCES))
        g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be locked: %s."), path, g_strerror (errno));
      if (fd >= 0)
        g_close (fd, NULL);
      return NULL;
    }
  lock = g_new (TbDbLock, 1);
  lock->fd = fd;
  return lock;
}

void
tb_db_lock_free (TbDbLock *self)
{
  if (self == NULL)
    return;
  g_close (self->fd, NULL);
  g_free (self);
}
