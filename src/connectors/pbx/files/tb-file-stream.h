/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The first bytes of a file as they were when it was looked at: what is appended while they are read is not seen. Closes `fd`. */
#define TB_TYPE_FILE_STREAM (tb_file_stream_get_type ())
G_DECLARE_FINAL_TYPE (TbFileStream, tb_file_stream, TB, FILE_STREAM, GInputStream)
GInputStream *tb_file_stream_new (int fd, gint64 length);

/* How many of the first `length` bytes are whole lines; 0 also for a document (JSON, XML), which is whole or nothing. */
gint64 tb_file_count_whole_lines (int fd, gint64 length);

G_END_DECLS
