/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice-rows.h"
#include "tb-money.h"
#include "tb-posting.h"
#include "tb-session.h"

G_BEGIN_DECLS

/* What needs a hand whatever the month: quick to read. */
typedef struct
{
  GPtrArray *connections; /* of TbConnectionState */
  guint64 set_aside;      /* records that could not be read, and invoiced calls that came again with other values */
  char *set_aside_at;     /* the first connection that has some, or NULL */
  guint drafts;
  GArray *ageing;         /* of TbAgeing: what is open, by age, in each currency */
  guint low, empty;       /* clients who pay in advance and are at their threshold, or have nothing left */
  guint64 postings[TB_POSTING_PARKED + 1];
} TbOverviewTodo;
void     tb_overview_todo_free (TbOverviewTodo *self);
/* TbSessionFuncs, without data. */
gpointer tb_overview_todo_read (TbStore *store, TbJob *job, gpointer data, GError **error);

/* What calls without a price of [from, to) would bring. */
typedef struct
{
  gint64 from, to;
  guint64 calls, estimated;
  GArray *money; /* of TbMoney */
} TbMissingMoney;
TbMissingMoney *tb_missing_money_new (gint64 from, gint64 to);
void            tb_missing_money_free (TbMissingMoney *self);
/* A TbSessionFunc: `data` is a TbMissingMoney that says the span; returns another one. */
gpointer        tb_missing_money_read (TbStore *store, TbJob *job, gpointer data, GError **error);

G_END_DECLS
