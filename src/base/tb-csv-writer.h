/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends one field (with a separator before it unless first in the line), quoted when needed. Text that a
 * spreadsheet would run as a formula (= + - @ TAB CR first) gets a leading ' ; numbers go through append_number. */
void tb_csv_append_text (GString *line, const char *text);
void tb_csv_append_number (GString *line, const char *number);
void tb_csv_end_line (GString *line);

G_END_DECLS
