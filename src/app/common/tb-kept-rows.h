/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* List boxes that are filled again each second while calls come in. Making and measuring seventy rows takes longer than a frame, so rows that say the same
 * stay where they are. A key says all that its row shows. */

/* TRUE = a row with that key stands at `at` now; those that stood before it are gone. Else make one, append it to the list, and put it there. */
gboolean tb_kept_rows_has (GtkWidget *list_box, guint at, const char *key);
void     tb_kept_rows_put (GtkWidget *list_box, guint at, GtkWidget *row, const char *key);
/* There are `n` of them; whatever stands behind is gone. */
void     tb_kept_rows_end (GtkWidget *list_box, guint n);
/* For what is made anew as a whole: FALSE when it shows something else by now; `key` is noted. NULL = nothing. */
gboolean tb_kept_is_same (GtkWidget *widget, const char *key);

G_END_DECLS
