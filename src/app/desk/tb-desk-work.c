/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-desk-work.h"

#include "tb-billing-run.h"
#include "tb-clock.h"
#include "tb-desk-store.h"
#include "tb-rating-run.h"
#include "tb-run.h"

TbDeskOrder *
tb_desk_order_new (int year, int month, TbDeskStep step)
{
  TbDeskOrder *self = g_new0 (TbDeskOrder, 1);

  self->year = year;
  self->month = month;
  self->step = step;
  return self;
}

void
tb_desk_order_free (gpointer data)
{
  TbDeskOrder *self = data;

  g_free (self->remark);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

gpointer
tb_desk_work_find (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbDeskOrder *order = data;
  int year = 0, month = 0;

  if (order->open && !tb_desk_store_find_open (store, &year, &month, error))
    return NULL;
  return tb_desk_store_get (store, year != 0 ? year : order->year, year != 0 ? month : order->month, error);
}

gpointer
tb_desk_work_look (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbDeskOrder *order = data;

  return tb_desk_look (store, order->year, order->month, order->step, job, error);
}

gpointer
tb_desk_work_pass (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbDeskOrder *order = data;

  return tb_desk_store_pass (store, order->year, order->month, order->step, order->remark, tb_clock_now (), error) ? TB_RUN_OK : NULL;
}

gpointer
tb_desk_work_go (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbDeskOrder *order = data;

  return tb_desk_store_go (store, order->year, order->month, order->step, tb_clock_now (), error) ? TB_RUN_OK : NULL;
}

gpointer
tb_desk_work_rate (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbRatingCounts *counts = g_new0 (TbRatingCounts, 1);

  if (tb_rating_run (store, 0, 0, FALSE, counts, job, error))
    return counts;
  g_free (counts);
  return NULL;
}

gpointer
tb_desk_work_draft (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbDeskOrder *order = data;

  return tb_billing_run (store, order->year, order->month, NULL, order->anyway ? TB_BILLING_INCOMPLETE : 0, job, error);
}

gpointer
tb_desk_work_approve (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbDeskOrder *order = data;

  return tb_desk_approve (store, order->year, order->month, order->ids, job, error);
}
