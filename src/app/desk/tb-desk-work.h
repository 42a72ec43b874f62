/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-desk.h"
#include "tb-session.h"

G_BEGIN_DECLS

/* The desk's orders to the worker and the reader. */
typedef struct
{
  int year, month;
  TbDeskStep step;
  char *remark;    /* of a pass, or NULL */
  GArray *ids;     /* of guint32, or NULL = all */
  gboolean anyway; /* bill also who is held back */
  gboolean open;   /* find the run that is open, whatever its month, rather than that month's */
} TbDeskOrder;
TbDeskOrder *tb_desk_order_new (int year, int month, TbDeskStep step);
void         tb_desk_order_free (gpointer self);

/* Each is a TbSessionFunc over a TbDeskOrder. */
gpointer tb_desk_work_find (TbStore *store, TbJob *job, gpointer order, GError **error);    /* TbDeskRun */
gpointer tb_desk_work_look (TbStore *store, TbJob *job, gpointer order, GError **error);    /* TbDeskView */
gpointer tb_desk_work_pass (TbStore *store, TbJob *job, gpointer order, GError **error);    /* TB_RUN_OK */
gpointer tb_desk_work_go (TbStore *store, TbJob *job, gpointer order, GError **error);      /* TB_RUN_OK */
gpointer tb_desk_work_rate (TbStore *store, TbJob *job, gpointer order, GError **error);    /* TbRatingCounts: every call without a price */
gpointer tb_desk_work_draft (TbStore *store, TbJob *job, gpointer order, GError **error);   /* TbBillingRun */
gpointer tb_desk_work_approve (TbStore *store, TbJob *job, gpointer order, GError **error); /* TbDeskApproval */

G_END_DECLS
