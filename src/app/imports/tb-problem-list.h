/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of a file that was not taken as it is. */
typedef struct
{
  guint64 line;
  const char *kind; /* translated, static; or NULL */
  char *reason;
  char *raw;
} TbProblem;

TbProblem *tb_problem_new (guint64 line, const char *kind, const char *reason, const char *raw); /* copies; makes raw safe to show */
void       tb_problem_free (TbProblem *self);

/**
 * TbProblemList: such rows in order, with a button that copies them.
 */
#define TB_TYPE_PROBLEM_LIST (tb_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (TbProblemList, tb_problem_list, TB, PROBLEM_LIST, GtkBox)

/* Takes the TbProblems out of `problems`; `total` may be more than are there. */
void        tb_problem_list_take (TbProblemList *self, GPtrArray *problems, guint64 total);
GListModel *tb_problem_list_get_model (TbProblemList *self); /* of TbItem; for tests */

G_END_DECLS
