/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-problem-list.h"

G_BEGIN_DECLS

/**
 * TbImportResult: what became of a file: its counts, large, and the rows that were not taken, each with line and reason.
 */
#define TB_TYPE_IMPORT_RESULT (tb_import_result_get_type ())
G_DECLARE_FINAL_TYPE (TbImportResult, tb_import_result, TB, IMPORT_RESULT, AdwWindow)

TbImportResult *tb_import_result_new (GtkWidget *parent, const char *title, const char *subtitle);
void            tb_import_result_add_count (TbImportResult *self, const char *label, guint64 count, const char *css_class); /* class may be NULL */
/* Takes the problems. */
void            tb_import_result_take_problems (TbImportResult *self, GPtrArray *problems, guint64 total);
/* What is done next, beside Close: an action of the window. */
void            tb_import_result_set_next (TbImportResult *self, const char *verb, const char *action);

GtkWidget *tb_import_count_new (const char *label, guint64 count, const char *css_class);

G_END_DECLS
