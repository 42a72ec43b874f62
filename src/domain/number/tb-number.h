/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TbNumber: a dialled or presented number as one integer, so that ten million of them stay small.
 *
 * A number of digits only is the integer "1" followed by its digits ("0044" → 10044: leading zeros survive); with a
 * "+" before it, "2" followed by them. Up to 17 digits. 0 is the empty number. Everything else ("anonymous", "*97",
 * longer ones) does not fit: the store keeps those as words.
 */
typedef gint64 TbNumber;
#define TB_NUMBER_EMPTY 0
#define TB_NUMBER_BUFFER 24

/* FALSE when it does not fit. `len` -1 = to NUL. */
gboolean tb_number_pack (const char *text, gssize len, TbNumber *ret);
/* Returns the length written, without NUL. */
gsize    tb_number_unpack (TbNumber self, char buffer[TB_NUMBER_BUFFER]);

G_END_DECLS
