/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-form-view.h"

G_BEGIN_DECLS

/**
 * TbFormDialog: one record in a window of its own, with what is wrong said while one types. Closed without saving, a message below offers what was
 * typed once more: nothing is lost and nothing is asked.
 */
#define TB_TYPE_FORM_DIALOG (tb_form_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TbFormDialog, tb_form_dialog, TB, FORM_DIALOG, AdwWindow)

/* Takes a record that passed the check. TRUE closes the dialog; FALSE leaves it waiting for tb_form_dialog_end. */
typedef gboolean (*TbFormDone) (TbFormDialog *dialog, JsonNode *record, gpointer data);

/* `title` is what one such record is called; `record` NULL = an empty one. `is_new`: there is none of it yet, so that even an unchanged one can be
 * saved. `check` and `done` get `data`, which lives as long as the dialog can be opened again. */
void      tb_form_dialog_run (GtkWidget *parent, TbBooks *books, const TbFormTable *table, const char *title, JsonNode *record, gboolean is_new,
                              TbFormCheck check, TbFormDone done, gpointer data, GDestroyNotify free_data);
/* How saving ended: `reason` NULL = well, and the dialog closes; `path` NULL = the reason has no field. */
void      tb_form_dialog_end (TbFormDialog *self, const char *path, const char *reason);
TbFormView *tb_form_dialog_get_view (TbFormDialog *self);

/* A message at the foot of the dialog in which `widget` stands, or of the main window. The toast, borrowed, or NULL. */
AdwToast *tb_form_dialog_toast (GtkWidget *widget, const char *text, const char *button);

G_END_DECLS
