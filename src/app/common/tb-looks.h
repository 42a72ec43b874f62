/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How this person wants the workstation to look and behave, for all windows; what the business decides lies in the books. Borrowed; NULL when the
 * schema is not installed, where everything is as it comes. */
GSettings *tb_looks_get (void);

/* "system", "light" or "dark", kept and obeyed at once. */
void tb_looks_follow_style (void);
/* Whether what ends or fails while the person is elsewhere is told by the desktop. */
gboolean tb_looks_get_notify (void);

/* Books that were opened, the last first; of char *, paths of files that are there. Without the schema there are none. */
GPtrArray *tb_looks_list_recent (void);
void       tb_looks_note_recent (const char *path);

G_END_DECLS
