/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Replaces *field by a copy of value; TRUE when it changed (g_set_str is newer than our GLib). */
gboolean tb_set_str (char **field, const char *value);

typedef enum { TB_ENCODING_UTF8, TB_ENCODING_UTF8_BOM, TB_ENCODING_UTF16LE, TB_ENCODING_UTF16BE, TB_ENCODING_WINDOWS_1252 } TbEncoding;

/* BOM first, then valid UTF-8, else Windows-1252 (of which ISO-8859-1 text is a part). */
TbEncoding  tb_encoding_detect (const guint8 *data, gsize len);
const char *tb_encoding_get_name (TbEncoding self);

/* The whole of `data` as UTF-8 without BOM; NUL bytes, bad UTF-8 and bad UTF-16 are TB_ERROR_INVALID_INPUT with their byte. */
char *tb_text_to_utf8 (const guint8 *data, gsize len, TbEncoding encoding, gsize *ret_len, GError **error);

/* A copy safe for one line of a message: control characters shown, cut at `max` characters, valid UTF-8. */
char *tb_text_for_message (const char *text, gssize len, guint max);

G_END_DECLS
