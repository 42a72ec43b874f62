/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-billing-hold.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-billing-lines.h"
#include "tb-triage.h"

static void
hold_free (gpointer data)
{
  g_free (((TbBillingHold *) data)->client);
  g_free (data);
}

/* ---- is anything amiss? ---- */

gboolean
tb_billing_count (TbStore *store, TbBillingCounts *counts, gint64 from, gint64 to, GError **error)
{
  if (counts->from == from && counts->to == to)
    return TRUE;
  if (!tb_call_store_count_statuses (store, from, to, counts->tenants, counts->by_status, error))
    return FALSE;
  counts->from = from;
  counts->to = to;
  return TRUE;
}

static gboolean
find_fault (TbStore *store, GPtrArray *items, TbBillingCounts *counts, gboolean *ret, GError **error)
{
  gint64 from = G_MAXINT64, to = 0;

  *ret = FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const TbServiceUsage *usage = ((TbBillingItem *) items->pdata[i])->usage;

      from = MIN (from, usage->from);
      to = MAX (to, usage->to);
      *ret = *ret || usage->missing > 0;
    }
  if (*ret || items->len == 0)
    return TRUE;
  if (!tb_billing_count (store, counts, from, to, error))
    return FALSE;
  *ret = counts->by_status[TB_CALL_UNRATED] + counts->by_status[TB_CALL_AMBIGUOUS] > 0;
  return TRUE;
}

/* ---- what is missing ---- */

/* In one currency: its own when there is but one, else the company's. Without a rate of exchange it cannot be said. */
static gboolean
sum_up (const TbSetup *setup, GArray *moneys, TbDay day, TbMoney *ret, GError **error)
{
  TbMoney sum = { 0, tb_setup_get_currency (setup) };

  if (moneys->len == 1)
    {
      *ret = g_array_index (moneys, TbMoney, 0);
      return TRUE;
    }
  for (guint i = 0; i < moneys->len; i++)
    {
      TbMoney money = g_array_index (moneys, TbMoney, i);
      TbDecimal rate;

      if (!tb_setup_get_exchange_rate (setup, money.currency, day, &rate, NULL))
        return TRUE;
      if (!tb_money_exchange (money, rate, sum.currency, &money, error) || !tb_money_add (sum, money, &sum, error))
        return FALSE;
    }
  return moneys->len == 0 || tb_money_round (sum, TB_ROUND_UP, ret, error);
}

static gboolean
add_hold (GPtrArray *holds, const TbSetup *setup, const TbHeldClient *client, TbDay day, GError **error)
{
  TbBillingHold *hold = g_new0 (TbBillingHold, 1);

  g_ptr_array_add (holds, hold);
  hold->client = g_strdup (client->client);
  hold->calls = client->calls;
  hold->estimated = client->estimated;
  hold->causes = client->causes;
  return sum_up (setup, client->money, day, &hold->estimate, error);
}

static GArray *
windows_of (GPtrArray *items)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (TbTriageWindow));

  for (guint i = 0; i < items->len; i++)
    {
      const TbServiceUsage *usage = ((TbBillingItem *) items->pdata[i])->usage;
      TbTriageWindow window = { usage->service_id, usage->from, usage->to };

      g_array_append_val (windows, window);
    }
  return windows;
}

GPtrArray *
tb_billing_find_holds (TbStore *store, const TbSetup *setup, GPtrArray *items, TbBillingCounts *counts, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) holds = g_ptr_array_new_with_free_func (hold_free);
  g_autoptr (GArray) windows = windows_of (items);
  g_autoptr (TbTriage) triage = NULL;
  gboolean amiss;

  if (!find_fault (store, items, counts, &amiss, error))
    return NULL;
  if (!amiss)
    return g_steal_pointer (&holds);
  triage = tb_triage_new_for_windows (store, windows, counts->tenants, job, error);
  if (triage == NULL)
    return NULL;
  for (guint i = 0; i < triage->clients->len; i++)
    if (!add_hold (holds, setup, triage->clients->pdata[i], ((TbBillingItem *) items->pdata[0])->period.start, error))
      return NULL;
  return g_steal_pointer (&holds);
}

/* ---- in words ---- */

static char *
describe_causes (guint causes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if ((causes & 1u << i) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", tb_triage_cause_to_display ((TbCallStatus) i));
  return g_string_free (text, FALSE);
}

char *
tb_billing_hold_describe (const TbBillingHold *self)
{
  g_autofree char *causes = describe_causes (self->causes);
  g_autofree char *amount = self->estimate.currency != TB_CURRENCY_NONE ? tb_money_to_string (self->estimate) : NULL;
  g_autofree char *missing = amount != NULL ? g_strdup_printf (_("about %s %s is missing"), amount, tb_currency_to_string (self->estimate.currency))
                                            : g_strdup (_("how much is missing cannot be said"));

  return g_strdup_printf (ngettext ("client %s is not billed: %" PRIu64 " call has no price (%s); %s",
                                    "client %s is not billed: %" PRIu64 " calls have no price (%s); %s", self->calls),
                          self->client, self->calls, causes, missing);
}
