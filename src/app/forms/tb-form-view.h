/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-form.h"

G_BEGIN_DECLS

/**
 * TbFormView: the fields of one record, in groups, made from its table. Signal "changed": somebody typed or chose.
 */
#define TB_TYPE_FORM_VIEW (tb_form_view_get_type ())
G_DECLARE_FINAL_TYPE (TbFormView, tb_form_view, TB, FORM_VIEW, GtkBox)

/* Says whether a whole record of the view's table could be stored: FALSE with the path of the key in it and the reason, new strings. */
typedef gboolean (*TbFormCheck) (JsonNode *record, gpointer data, char **ret_path, char **ret_reason);

/* `title` is the heading of the first group, where its table has none; NULL = none. References offer what `books` have now. */
TbFormView *tb_form_view_new (const TbFormTable *table, const char *title, TbBooks *books);
/* For records in lists, which are edited in a dialog of their own. `check` outlives the view. */
void        tb_form_view_set_check (TbFormView *self, TbFormCheck check, gpointer data);
/* NULL = a new one. */
void        tb_form_view_set_record (TbFormView *self, JsonNode *record);
/* A new node. *ret_path and *ret_reason (NULL to begin with, new strings) say what could not even be read, when there is such a thing. */
JsonNode   *tb_form_view_get_record (TbFormView *self, char **ret_path, char **ret_reason);
const TbFormTable *tb_form_view_get_table (TbFormView *self);
TbBooks    *tb_form_view_get_books (TbFormView *self);
/* Says what is wrong at its field and takes away what was said before; `path` NULL = nothing is. With `focus`, goes there. FALSE when there is
 * no such field. */
gboolean    tb_form_view_show_problem (TbFormView *self, const char *path, const char *reason, gboolean focus);
/* Whether the view's record could be stored with `value` in `key`; the path is that in `value`. */
gboolean    tb_form_view_check_with (TbFormView *self, const char *key, JsonNode *value, char **ret_path, char **ret_reason);
/* Nothing was typed or chosen at that path. */
gboolean    tb_form_view_is_empty_at (TbFormView *self, const char *path);
void        tb_form_view_focus_first (TbFormView *self);

G_END_DECLS
