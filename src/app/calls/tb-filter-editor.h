/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-call-where.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/**
 * TbFilterEditor: one part of a filter in a popover: a field, how it is compared and with what; values are chosen from a list where there is one. What a
 * row of fields cannot say is written as text below, which always says the same.
 *
 * "apply" comes with Enter and its button, when the part can be read.
 */
#define TB_TYPE_FILTER_EDITOR (tb_filter_editor_get_type ())
G_DECLARE_FINAL_TYPE (TbFilterEditor, tb_filter_editor, TB, FILTER_EDITOR, GtkBox)

/* Names to choose from are asked for when they are shown: a set-up is read anew whenever the books change. */
typedef const TbSetup *(*TbFilterSetupFunc) (gpointer data);

/* `part` NULL: a new one. */
GtkWidget   *tb_filter_editor_new (const TbCallWhere *part, TbFilterSetupFunc get_setup, gpointer data);
/* What it says now; NULL when that cannot be read. */
TbCallWhere *tb_filter_editor_dup_where (TbFilterEditor *self);

G_END_DECLS
