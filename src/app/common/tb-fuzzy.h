/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How well `words` (as typed, white space apart) fit `text`: 0 = not at all; more is better. Each word has to be found: at the beginning
 * of the text, at that of a word in it, inside a word, or else letter by letter in order from its first. Both by g_utf8_casefold. */
guint tb_fuzzy_score (const char *text, const char *const *words);

G_END_DECLS
