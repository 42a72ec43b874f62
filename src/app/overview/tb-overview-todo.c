/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-overview-todo.h"

#include "tb-balances.h"
#include "tb-connection-store.h"
#include "tb-invoice-store.h"
#include "tb-posting-store.h"
#include "tb-set-aside-store.h"
#include "tb-triage.h"

void
tb_overview_todo_free (TbOverviewTodo *self)
{
  g_clear_pointer (&self->connections, g_ptr_array_unref);
  g_clear_pointer (&self->ageing, g_array_unref);
  g_free (self->set_aside_at);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbOverviewTodo, tb_overview_todo_free)

static gboolean
count_drafts (TbOverviewTodo *self, TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) invoices = tb_invoice_store_list (store, NULL, error);

  for (guint i = 0; invoices != NULL && i < invoices->len; i++)
    self->drafts += ((TbInvoice *) invoices->pdata[i])->state == TB_INVOICE_DRAFT;
  return invoices != NULL;
}

static gboolean
count_set_aside (TbOverviewTodo *self, TbStore *store, GError **error)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      const TbConnectionState *state = self->connections->pdata[i];
      TbSetAsideCounts counts;

      if (!tb_set_aside_store_count (store, state->name, &counts, error))
        return FALSE;
      self->set_aside += counts.records + counts.calls;
      if (self->set_aside > 0 && self->set_aside_at == NULL)
        self->set_aside_at = g_strdup (state->name);
    }
  return TRUE;
}

static gboolean
count_balances (TbOverviewTodo *self, TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) balances = tb_balances_list (store, error);

  for (guint i = 0; balances != NULL && i < balances->len; i++)
    {
      const TbClientBalance *balance = g_ptr_array_index (balances, i);

      self->low += balance->is_prepaid && balance->state == TB_BALANCE_LOW;
      self->empty += balance->is_prepaid && balance->state == TB_BALANCE_EMPTY;
    }
  return balances != NULL;
}

gpointer
tb_overview_todo_read (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  g_autoptr (TbOverviewTodo) self = g_new0 (TbOverviewTodo, 1);

  self->connections = tb_connection_store_list_states (store, error);
  if (self->connections == NULL || !count_set_aside (self, store, error) || !count_drafts (self, store, error)
      || !tb_posting_store_count (store, self->postings, error) || !count_balances (self, store, error))
    return NULL;
  self->ageing = tb_ageing_read (store, TB_DAY_NONE, error);
  if (self->ageing == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- what is missing ---- */

TbMissingMoney *
tb_missing_money_new (gint64 from, gint64 to)
{
  TbMissingMoney *self = g_new0 (TbMissingMoney, 1);

  self->from = from;
  self->to = to;
  self->money = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  return self;
}

void
tb_missing_money_free (TbMissingMoney *self)
{
  g_array_unref (self->money);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMissingMoney, tb_missing_money_free)

gpointer
tb_missing_money_read (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbMissingMoney *asked = data;
  g_autoptr (TbMissingMoney) self = tb_missing_money_new (asked->from, asked->to);
  g_autoptr (TbTriage) triage = tb_triage_new (store, asked->from, asked->to, job, error);

  if (triage == NULL)
    return NULL;
  self->calls = triage->calls;
  for (guint i = 0; i < triage->groups->len; i++)
    {
      const TbTriageGroup *group = triage->groups->pdata[i];

      self->estimated += group->estimated;
      for (guint j = 0; j < group->money->len; j++)
        if (!tb_money_add_to (self->money, g_array_index (group->money, TbMoney, j), error))
          return NULL;
    }
  return g_steal_pointer (&self);
}
