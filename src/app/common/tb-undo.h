/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TbUndo: what was done, so that it can be taken back and done again: Ctrl+Z and Ctrl+Shift+Z.
 *
 * A step is two functions on the same data. A change that is done at once is one call of tb_undo_do. One that is a job on the books' worker
 * is run first, and put here by tb_undo_push when it is through; when such a step is taken back, its function calls tb_undo_begin, and
 * tb_undo_end when the job ended: meanwhile nothing else can be undone or redone, and a step that failed stays where it was. The
 * function keeps the stack (tb_undo_begin says on what it works) and its own data alive until then.
 *
 * The set-up's stack belongs to the books (tb_books_get_undo); a page with edits of its own answers tb_page_get_undo with its own.
 */
#define TB_TYPE_UNDO (tb_undo_get_type ())
G_DECLARE_FINAL_TYPE (TbUndo, tb_undo, TB, UNDO, GObject)

/* Older steps than this many are forgotten. */
#define TB_UNDO_MAX 500

typedef void (*TbUndoFunc) (gpointer data);

TbUndo     *tb_undo_new (void);
/* Calls `redo (data)` and keeps the step; `label` is what was done, as a person would say it ("Change 4 rates"). Forgets what was undone
 * before. `data` is freed with the step. */
void        tb_undo_do (TbUndo *self, const char *label, TbUndoFunc redo, TbUndoFunc undo, gpointer data, GDestroyNotify free_data);
/* The same for what has been done already: `redo` is called only after an undo. */
void        tb_undo_push (TbUndo *self, const char *label, TbUndoFunc redo, TbUndoFunc undo, gpointer data, GDestroyNotify free_data);
/* Signal "moved" (label, gboolean undone): a step was taken back (TRUE) or done again, and did not fail. */

/* FALSE when there is nothing to undo or redo, or a step is still under way. */
gboolean    tb_undo_undo (TbUndo *self);
gboolean    tb_undo_redo (TbUndo *self);
void        tb_undo_clear (TbUndo *self);

/* Only from a step's function, and once after it: the step takes its time. */
void        tb_undo_begin (TbUndo *self);
void        tb_undo_end (TbUndo *self, gboolean ok);
/* Instead of tb_undo_end: it never can, so that it must not stand in the way of those before it. */
void        tb_undo_give_up (TbUndo *self);

/* Properties "can-undo", "can-redo", "undo-label", "redo-label"; the labels are NULL when they cannot. */
gboolean    tb_undo_get_can_undo (TbUndo *self);
gboolean    tb_undo_get_can_redo (TbUndo *self);
const char *tb_undo_get_undo_label (TbUndo *self);
const char *tb_undo_get_redo_label (TbUndo *self);

/* Says in the main window around `widget` what was done, with a button that takes the newest step back; the message goes when that is no
 * longer the newest. */
void        tb_undo_show_toast (TbUndo *self, GtkWidget *widget, const char *text);

G_END_DECLS
