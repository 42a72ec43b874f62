/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-card.h"
#include "tb-call-query.h"
#include "tb-calls-groups.h"
#include "tb-calls-page.h"
#include "tb-column-choice.h"
#include "tb-filter-bar.h"

G_BEGIN_DECLS

struct _TbCallsPage
{
  TbPage parent_instance;

  TbCallsList *list;
  GtkSingleSelection *selection; /* the view's */
  TbCallRows *rows;              /* reads them on the main thread; NULL until the first, and after the books changed */
  TbColumnChoice *choice;
  TbCallSearch *search;
  GCancellable *explaining, *adding;
  guint pulse;                   /* source, while groups are added up */
  TbCallOrder order; /* of the list that is shown */
  gboolean descending;
  gint64 wanted;     /* chosen in the list before: chosen again when it comes; 0 = nothing */
  guint64 shown;     /* calls found; G_MAXUINT64 = a list is asked for, and nothing of it has come */
  GArray *held;      /* of gint64: read again, until there is enough to stay where one is; NULL = another list */
  guint needed;      /* as many rows */
  gboolean searching, again; /* a list is being found; the books changed meanwhile */
  gint64 total;      /* in the books; −1 = not known yet */
  guint slow;        /* source: shows the progress */
  guint n_lists;     /* that began to be shown */
  gboolean filling;  /* the page is being made, or goes away */

  AdwFlap *flap;
  TbCallCard *card;
  TbFilterBar *filter;
  GtkMenuButton *columns_button;
  GtkDropDown *grouping;
  TbCallsGroups *groups;
  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *count, *sums;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
};

/* ---- lists (tb-calls-page-list.c) ---- */

/* What the search tells. */
void tb_calls_page_take_batch (TbPage *page, const TbCallBatch *batch);
void tb_calls_page_take_total (TbPage *page, guint64 total);
/* Looks for what is meant now: another list, or what is there once more. */
void tb_calls_page_run_anew (TbCallsPage *self);
void tb_calls_page_stop (TbCallsPage *self);
void tb_calls_page_read_books (TbPage *page);
void tb_calls_page_end_adding (TbCallsPage *self);
void tb_calls_page_open_group (TbCallsPage *self, const TbCallWhere *part);
/* The bar of progress, once it takes long. */
void tb_calls_page_begin_progress (TbCallsPage *self);
void tb_calls_page_end_progress (TbCallsPage *self);

/* ---- what can be done (tb-calls-page-actions.c) ---- */

void tb_calls_page_install_actions (TbCallsPage *self);
void tb_calls_page_ask_view_name (TbCallsPage *self);
void tb_calls_page_rate_again (TbCallsPage *self);
void tb_calls_page_save_as_file (TbPage *page);

G_END_DECLS
