/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"
#include "tb-form.h"
#include "tb-setup-edit.h"

G_BEGIN_DECLS

/* A record of the set-up, opened in its dialog, added, copied or removed; each as a step that can be undone, with a message that says what was done.
 * `widget` is where it happens. Nouns are those of tb-setup-record-file.h. */

/* Of a new record; `preset` (or NULL) holds keys it is to have from the start. */
void tb_record_add (GtkWidget *widget, TbBooks *books, const char *noun, JsonNode *preset);
void tb_record_edit (GtkWidget *widget, TbBooks *books, const char *noun, const char *name);
void tb_record_copy (GtkWidget *widget, TbBooks *books, const char *noun, const char *name);
void tb_record_remove (GtkWidget *widget, TbBooks *books, const char *noun, const char *name);

/* ---- parts of these ---- */

/* Makes a change on the books' worker, keeps the step and says so. `done` (or NULL) hears how it ended: NULL = well. `label` is what was done. */
typedef void (*TbRecordDone) (const GError *error, gpointer data);
void tb_record_run (GtkWidget *widget, TbBooks *books, const TbSetupEdit *edit, const char *label, TbRecordDone done, gpointer data);
/* A name for one more: an id is counted up from the last one, a name gets "copy". NULL when nothing is to be said before the person does. */
char *tb_record_propose_name (const TbSetup *setup, const char *noun, const char *name);

G_END_DECLS
