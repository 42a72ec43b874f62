/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every row of every table of the books at `path` as text, a line each, but for imports that brought nothing: two books are the same when
 * their texts are. */
char *tb_dump_books (const char *path);
/* Shows the first line that differs. */
void  tb_dump_assert_equal (const char *found, const char *expected);

G_END_DECLS
