/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "tb-error.h"

struct _TbCallSpool
{
  int dir; /* files are made in it, whatever becomes of its path meanwhile */
};

TbCallSpool *
tb_call_spool_new (const char *path, GError **error)
{
  int dir = g_mkdir_with_parents (path, 0700) == 0 ? open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  TbCallSpool *self;

  if (dir < 0 || syncfs (dir) != 0) /* the folder itself and those above it, which may be new */
    {
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The folder %s cannot be made: %s."), path, g_strerror (errno));
      if (dir >= 0)
        close (dir);
      return NULL;
    }
  self = g_new (TbCallSpool, 1);
  self->dir = dir;
  return self;
}

void
tb_call_spool_free (TbCallSpool *self)
{
  if (self == NULL)
    return;
  close (self->dir);
  g_free (self);
}

static int
write_all (int fd, const char *text, gsize len)
{
  while (len > 0)
    {
      gssize n = write (fd, text, len);

      if (n < 0 && errno != EINTR)
        return errno;
      text += MAX (n, 0);
      len -= (gsize) MAX (n, 0);
    }
  return fsync (fd) == 0 ? 0 : errno;
}

static int
write_file (TbCallSpool *self, const char *name, GBytes *content)
{
  int fd = openat (self->dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  gsize len;
  const char *text = g_bytes_get_data (content, &len);
  int code;

  if (fd < 0)
    return errno;
  code = write_all (fd, text, len);
  if (close (fd) != 0 && code == 0)
    code = errno;
  return code;
}

int
tb_call_spool_put (TbCallSpool *self, const char *name, GBytes *content)
{
  g_autofree char *unfinished = g_strconcat (".", name, ".part", NULL); /* which nobody collects */
  int code = write_file (self, unfinished, content);

  if (code == 0 && renameat (self->dir, unfinished, self->dir, name) != 0)
    code = errno;
  if (code != 0)
    {
      unlinkat (self->dir, unfinished, 0);
      return code;
    }
  return fsync (self->dir) == 0 ? 0 : errno;
}
