/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-format.h"

G_BEGIN_DECLS

/* What can be told from the first 64 KiB of a file: encoding, separator, quotes, titles, and that it is no table at all. */

/* A stream of UTF-8 (or of a one-byte encoding, which is left to the cells) whose beginning was peeked into source->sample. */
GInputStream *tb_call_sniff_stream (GInputStream *stream, TbCallSource *source, gboolean *ret_wide, GCancellable *cancellable, GError **error);
/* Web pages, JSON, archives, "access denied". */
gboolean tb_call_sniff_check (const TbCallSource *source, GError **error);
/* Fills separator, quotes and header. */
gboolean tb_call_sniff_records (TbCallSource *source, GError **error);
gboolean tb_call_sniff_is_sep_line (const TbCsvField *cells, guint n);

G_END_DECLS
