/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-client-timeline.h"

#include "tb-invoice-store.h"
#include "tb-payment-store.h"

#define DAY_SECONDS 86400

void
tb_client_event_free (TbClientEvent *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->calls, tb_client_days_free);
  g_clear_pointer (&self->invoice, tb_invoice_free);
  g_clear_pointer (&self->payment, tb_payment_free);
  g_clear_pointer (&self->change, tb_setup_change_free);
  g_free (self);
}

static GPtrArray *
events_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_event_free);
}

static TbClientEvent *
add (GPtrArray *events, TbClientEventKind kind, gint64 time, TbDay day)
{
  TbClientEvent *event = g_new0 (TbClientEvent, 1);

  event->kind = kind;
  event->time = time;
  event->day = day;
  g_ptr_array_add (events, event);
  return event;
}

/* A draft has no day of its own: it stands where its period ends. */
static gboolean
add_invoices (GPtrArray *events, TbStore *store, const char *client, TbZone *zone, GError **error)
{
  g_autoptr (GPtrArray) invoices = tb_invoice_store_list (store, client, error);

  for (guint i = 0; invoices != NULL && i < invoices->len; i++)
    {
      TbInvoice *invoice = g_steal_pointer (&invoices->pdata[i]);
      TbDay day = invoice->issued != TB_DAY_NONE ? invoice->issued : tb_day_add_months (tb_day_from_ymd (invoice->year, invoice->month, 1), 1, 1);

      add (events, TB_CLIENT_EVENT_INVOICE, tb_zone_to_utc (zone, day, 0, FALSE), day)->invoice = invoice;
    }
  return invoices != NULL;
}

static gboolean
add_payments (GPtrArray *events, TbStore *store, const char *client, TbZone *zone, GError **error)
{
  const TbPaymentFilter filter = { .client = client };
  g_autoptr (GPtrArray) payments = tb_payment_store_list (store, &filter, error);

  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      TbPayment *payment = g_steal_pointer (&payments->pdata[i]);

      add (events, TB_CLIENT_EVENT_PAYMENT, tb_zone_to_utc (zone, payment->day, 0, FALSE), payment->day)->payment = payment;
    }
  return payments != NULL;
}

static gboolean
add_changes (GPtrArray *events, TbStore *store, const char *client, TbZone *zone, GError **error)
{
  g_autoptr (GPtrArray) changes = tb_setup_change_store_list (store, client, TB_CLIENT_TIMELINE_CHANGES, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      TbSetupChange *change = g_steal_pointer (&changes->pdata[i]);

      add (events, TB_CLIENT_EVENT_CHANGE, change->time, tb_zone_day_at (zone, change->time))->change = change;
    }
  return changes != NULL;
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const TbClientEvent *x = *(const TbClientEvent *const *) a, *y = *(const TbClientEvent *const *) b;

  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return (int) x->kind - (int) y->kind;
}

GPtrArray *
tb_client_timeline_read (TbStore *store, const char *client, TbZone *zone, GError **error)
{
  g_autoptr (GPtrArray) events = events_new ();

  if (!add_invoices (events, store, client, zone, error) || !add_payments (events, store, client, zone, error)
      || !add_changes (events, store, client, zone, error))
    return NULL;
  g_ptr_array_sort (events, compare_events);
  return g_steal_pointer (&events);
}

/* ---- calls ---- */

static TbClientDays *
add_up (GPtrArray *days, GError **error)
{
  g_autoptr (TbClientDays) sum = NULL;

  for (guint i = 0; i < days->len; i++)
    {
      const TbClientDays *day = days->pdata[i];

      if (sum == NULL)
        sum = tb_client_days_new (day->first, day->last);
      sum->last = day->last;
      sum->calls += day->calls;
      sum->seconds += day->seconds;
      for (guint k = 0; k < day->charges->len; k++)
        if (!tb_money_add_to (sum->charges, g_array_index (day->charges, TbMoney, k), error))
          return NULL;
    }
  return g_steal_pointer (&sum);
}

static void
add_days (GPtrArray *events, TbClientDays *days, TbZone *zone)
{
  add (events, TB_CLIENT_EVENT_CALLS, tb_zone_to_utc (zone, days->last, 0, FALSE) + DAY_SECONDS - 1, days->last)->calls = days;
}

GPtrArray *
tb_client_timeline_read_calls (TbStore *store, const char *client, int year, int month, gboolean whole, TbZone *zone, GError **error)
{
  TbDay first = tb_day_from_ymd (year, month, 1);
  g_autoptr (GPtrArray) days = tb_client_days_list (store, client, tb_zone_to_utc (zone, first, 0, FALSE),
                                                    tb_zone_to_utc (zone, tb_day_add_months (first, 1, 1), 0, FALSE), zone, error);
  g_autoptr (GPtrArray) events = events_new ();

  if (days == NULL)
    return NULL;
  if (whole && days->len > 0)
    {
      TbClientDays *sum = add_up (days, error);

      if (sum == NULL)
        return NULL;
      add_days (events, sum, zone);
    }
  for (guint i = 0; !whole && i < days->len; i++)
    add_days (events, g_steal_pointer (&days->pdata[i]), zone);
  g_ptr_array_sort (events, compare_events);
  return g_steal_pointer (&events);
}
