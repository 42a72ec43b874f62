/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-file-stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BLOCK ((gint64) 64 * 1024)

struct _TbFileStream
{
  GInputStream parent_instance;

  int fd;
  gint64 at, length;
};

G_DEFINE_FINAL_TYPE (TbFileStream, tb_file_stream, G_TYPE_INPUT_STREAM)

static gssize
tb_file_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  TbFileStream *self = TB_FILE_STREAM (stream);
  gssize got;

  do
    got = pread (self->fd, buffer, (gsize) MIN ((gint64) count, self->length - self->at), self->at);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  else
    self->at += got;
  return got;
}

static gboolean
tb_file_stream_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  TbFileStream *self = TB_FILE_STREAM (stream);

  close (self->fd);
  return TRUE;
}

static void
tb_file_stream_class_init (TbFileStreamClass *class)
{
  G_INPUT_STREAM_CLASS (class)->read_fn = tb_file_stream_read;
  G_INPUT_STREAM_CLASS (class)->close_fn = tb_file_stream_close;
}

static void
tb_file_stream_init (TbFileStream *self)
{
}

GInputStream *
tb_file_stream_new (int fd, gint64 length)
{
  TbFileStream *self = g_object_new (TB_TYPE_FILE_STREAM, NULL);

  self->fd = fd;
  self->length = length;
  return G_INPUT_STREAM (self);
}

/* ---- whole lines ---- */

static gboolean
is_document (int fd)
{
  char text[256];
  gssize n = pread (fd, text, sizeof text, 0);

  for (gssize i = 0; i < n; i++)
    if (!g_ascii_isspace (text[i]))
      return strchr ("{[<", text[i]) != NULL;
  return FALSE;
}

gint64
tb_file_count_whole_lines (int fd, gint64 length)
{
  g_autofree char *block = g_malloc ((gsize) BLOCK);

  if (is_document (fd))
    return 0;
  for (gint64 end = length, begin; end > 0; end = begin)
    {
      gssize got;
      const char *last;

      begin = MAX (end - BLOCK, 0);
      got = pread (fd, block, (gsize) (end - begin), begin);
      last = got > 0 ? memrchr (block, '\n', (gsize) got) : NULL;
      if (last != NULL)
        return begin + (last - block) + 1;
    }
  return 0;
}
