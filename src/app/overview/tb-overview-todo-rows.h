/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-month-summary.h"
#include "tb-overview-todo.h"

G_BEGIN_DECLS

/* Each may be NULL: not read yet. */
typedef struct
{
  const TbOverviewTodo *now;
  const TbMonthSummary *month;
  const TbMissingMoney *missing;
} TbTodoFacts;

/* A row for each thing that needs a hand, what costs most first. A row has data "tb-page" and "tb-item": where it is mended. */
void       tb_todo_rows_fill (GtkWidget *list_box, const TbTodoFacts *facts);
/* Such a row; `item` is taken. */
GtkWidget *tb_todo_rows_add_link (GtkWidget *list_box, const char *title, const char *subtitle, const char *value, const char *page, char *item);

G_END_DECLS
