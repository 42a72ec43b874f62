/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is packed with gzip, unpacked while it is read; what is not, as it is. Several parts one after another are read as one, as gzip does.
 * Reading fails with TB_ERROR_INVALID_INPUT beyond `limit` bytes of content (a small file can hold any number of zeros), and with an error of
 * GIO where the packed data is damaged or ends too early. */
GInputStream *tb_gunzip_stream_new (GBytes *bytes, gint64 limit);

G_END_DECLS
