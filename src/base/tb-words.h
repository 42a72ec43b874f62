/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TbWords: the words and figures of one language, whatever the person's own is: a document speaks its reader's language.
 *
 * gettext knows one language a process (LANGUAGE and the locale, which must be installed), and changing that while other threads work is not safe.
 * So the catalogs that gettext uses are looked into here. Immutable, kept for the life of the process; any thread.
 */
typedef struct _TbWords TbWords;

/* `tag` is a language tag, "de", "fr-CA"; the region is left off where it has no catalog of its own. A language without any is English. NULL = as the
 * process speaks. Never NULL. */
const TbWords *tb_words_for (const char *tag);
/* Letters and digits in parts with hyphens between, two or three letters first (RFC 5646, as far as languages and regions go). */
gboolean       tb_words_is_tag (const char *tag);

/* Borrowed for ever. Messages are marked for xgettext by these names (po/meson.build). */
const char *tb_words_text (const TbWords *self, const char *message) G_GNUC_FORMAT (2);
const char *tb_words_text_in (const TbWords *self, const char *context, const char *message) G_GNUC_FORMAT (3);
const char *tb_words_plural (const TbWords *self, const char *one, const char *many, gulong n) G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);

/* What stands before the decimals and between thousands (CLDR). */
const char *tb_words_get_point (const TbWords *self);
const char *tb_words_get_separator (const TbWords *self);
/* By a pattern of g_date_time_format's: %-d %d %m %Y, and %B and %b in this language. */
char       *tb_words_format_day (const TbWords *self, int year, int month, int day, const char *pattern);

/* Where the catalogs lie; TOLLBOOK_LOCALE_DIR for programs that run from the build folder. */
const char *tb_words_get_folder (void);

G_END_DECLS
