/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Patterns of a whole text: * for any rest, ? for one character; a backslash takes its meaning from the character behind it, so that the star
 * of a feature code ("\*97") can be asked for. Capitals are told apart: fold both sides first where they should not be. */
gboolean tb_glob_is_pattern (const char *text);   /* has a wildcard */
gboolean tb_glob_matches (const char *pattern, const char *text);
/* The text a pattern without wildcards stands for. */
char    *tb_glob_unescape (const char *pattern);

G_END_DECLS
