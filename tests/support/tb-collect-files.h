/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-collect.h"

G_BEGIN_DECLS

/* Files of tests/data/cdr, separated by blanks, read one after the other in the same zone; "folder/" means all files in it. A file that cannot be read at
 * all counts as one reject. `format` and `columns` may be NULL. */
TbCollected *tb_collect_files (const char *names, const char *format, const char *columns);
TbCollected *tb_collect_text (const char *text, const char *format, const char *columns);
/* As many records, unique and answered ones and seconds as expected.json has for `file`, and no reject. */
void         tb_collected_assert_expected (TbCollected *self, const char *file);

G_END_DECLS
