/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-client-event-text.h"

#include <glib/gi18n.h>

#include "tb-form.h"
#include "tb-format.h"

/* ---- titles ---- */

static char *
count_calls (const TbClientDays *days)
{
  g_autofree char *number = tb_format_number (days->calls);

  return g_strdup_printf (g_dngettext (NULL, "%s call", "%s calls", (gulong) days->calls), number);
}

static char *
describe_change (const TbSetupChange *change)
{
  const TbFormTable *table = tb_form_table_find (change->noun);
  const char *kind = table != NULL ? _ (table->title) : change->noun;
  const char *name = change->name != NULL ? change->name : "";

  /* Translators: a kind of record and its name */
  if (change->old_record == NULL)
    return g_strdup_printf (_ ("%s “%s” added"), kind, name);
  if (change->new_record == NULL)
    return g_strdup_printf (_ ("%s “%s” removed"), kind, name);
  return g_strdup_printf (_ ("%s “%s” changed"), kind, name);
}

static char *
describe_invoice (const TbInvoice *invoice)
{
  const char *kind = invoice->kind == TB_INVOICE_CREDIT_NOTE ? _ ("Credit note") : _ ("Invoice");

  if (invoice->number == NULL)
    return g_strdup (_ ("Draft"));
  return g_strdup_printf (invoice->state == TB_INVOICE_VOID ? _ ("%s %s, void") : _ ("%s %s"), kind, invoice->number);
}

char *
tb_client_event_dup_title (const TbClientEvent *event)
{
  switch (event->kind)
    {
    case TB_CLIENT_EVENT_CALLS:
      return count_calls (event->calls);
    case TB_CLIENT_EVENT_INVOICE:
      return describe_invoice (event->invoice);
    case TB_CLIENT_EVENT_PAYMENT:
      return g_strdup (tb_payment_kind_to_display (event->payment->kind));
    case TB_CLIENT_EVENT_CHANGE:
    default:
      return describe_change (event->change);
    }
}

/* ---- details ---- */

/* The day, or the days from the first to the last. */
static char *
describe_days (const TbClientDays *days)
{
  g_autofree char *first = tb_format_day (days->first), *last = tb_format_day (days->last), *minutes = tb_format_minutes (days->seconds);
  g_autofree char *talked = g_strdup_printf (_ ("%s minutes"), minutes);

  if (days->first == days->last)
    return g_strdup_printf ("%s · %s", first, talked);
  return g_strdup_printf ("%s – %s · %s", first, last, talked);
}

static char *
list_changes (const TbClientEvent *event)
{
  const TbSetupChange *change = event->change;
  const TbFormTable *table = tb_form_table_find (change->noun);
  g_autofree char *day = tb_format_day (event->day), *joined = NULL;
  g_auto (GStrv) lines = NULL;
  GString *text = g_string_new (day);

  if (change->who != NULL)
    g_string_append_printf (text, " · %s", change->who);
  if (table != NULL && change->old_record != NULL && change->new_record != NULL)
    {
      lines = tb_form_list_changes (table, change->old_record, change->new_record);
      joined = g_strjoinv ("; ", lines);
      g_string_append_printf (text, " · %s", joined);
    }
  return g_string_free (text, FALSE);
}

char *
tb_client_event_dup_detail (const TbClientEvent *event)
{
  g_autofree char *day = tb_format_day (event->day), *month = NULL;

  switch (event->kind)
    {
    case TB_CLIENT_EVENT_CALLS:
      return describe_days (event->calls);
    case TB_CLIENT_EVENT_INVOICE:
      month = tb_format_month (event->invoice->year, event->invoice->month);
      return event->invoice->issued == TB_DAY_NONE ? g_steal_pointer (&month) : g_strdup_printf ("%s · %s", day, month);
    case TB_CLIENT_EVENT_PAYMENT:
      return event->payment->reference != NULL ? g_strdup_printf ("%s · %s", day, event->payment->reference) : g_steal_pointer (&day);
    case TB_CLIENT_EVENT_CHANGE:
    default:
      return list_changes (event);
    }
}

char *
tb_client_event_dup_amount (const TbClientEvent *event)
{
  switch (event->kind)
    {
    case TB_CLIENT_EVENT_CALLS:
      return event->calls->charges->len > 0 ? tb_format_sums (event->calls->charges) : g_strdup ("");
    case TB_CLIENT_EVENT_INVOICE:
      return tb_format_amount (event->invoice->total, event->invoice->currency);
    case TB_CLIENT_EVENT_PAYMENT:
      return tb_format_sum (event->payment->amount);
    case TB_CLIENT_EVENT_CHANGE:
    default:
      return g_strdup ("");
    }
}

const char *
tb_client_event_get_icon (const TbClientEvent *event)
{
  static const char *const icons[] = {
    [TB_CLIENT_EVENT_CALLS] = "tb-calls-symbolic",
    [TB_CLIENT_EVENT_INVOICE] = "tb-invoices-symbolic",
    [TB_CLIENT_EVENT_PAYMENT] = "emblem-ok-symbolic",
    [TB_CLIENT_EVENT_CHANGE] = "document-edit-symbolic",
  };

  return icons[event->kind];
}

/* ---- what it opens ---- */

gboolean
tb_client_event_find_page (const TbClientEvent *event, const char *client, const char **ret_page, char **ret_item)
{
  int year, month, day;

  switch (event->kind)
    {
    case TB_CLIENT_EVENT_CALLS:
      tb_day_to_ymd (event->calls->last, &year, &month, &day);
      *ret_page = "calls";
      *ret_item = g_strdup_printf ("client=%s;month=%04d-%02d", client, year, month);
      return TRUE;
    case TB_CLIENT_EVENT_INVOICE:
      *ret_page = "invoices";
      *ret_item = g_strdup_printf ("%u", event->invoice->id);
      return TRUE;
    case TB_CLIENT_EVENT_PAYMENT:
      if (event->payment->allocations == NULL || event->payment->allocations->len == 0)
        return FALSE;
      *ret_page = "invoices";
      *ret_item = g_strdup_printf ("%u", ((TbAllocation *) event->payment->allocations->pdata[0])->invoice_id);
      return TRUE;
    case TB_CLIENT_EVENT_CHANGE:
    default:
      if (event->change->new_record == NULL || g_strcmp0 (event->change->noun, "services") != 0)
        return FALSE;
      *ret_page = "services";
      *ret_item = g_strdup (event->change->name);
      return TRUE;
    }
}
