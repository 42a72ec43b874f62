/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-window-private.h"

#include <glib/gi18n.h>

#include "tb-billing-run.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-rating-run.h"
#include "tb-rerating-dialog.h"
#include "tb-run.h"

/* ---- rating ---- */

static void
counts_free (gpointer data)
{
  tb_rating_counts_clear (data);
  g_free (data);
}

static gpointer
rate_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbRatingCounts *counts = g_new0 (TbRatingCounts, 1);

  if (tb_rating_run (store, 0, 0, FALSE, counts, job, error))
    return counts;
  g_free (counts);
  return NULL;
}

static void
rate_done (GtkWidget *widget, gpointer result)
{
  TbRatingCounts *counts = result;
  g_autofree char *rated = tb_format_number (counts->rated);
  g_autofree char *sums = tb_format_sums (counts->charges);
  guint64 missing = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (tb_call_status_is_unrated (i))
      missing += counts->statuses[i];

  if (counts->rated > 0)
    g_string_append_printf (text, g_dngettext (NULL, "%s call rated, %s", "%s calls rated, %s", counts->rated), rated, sums);
  else
    g_string_append (text, _ ("No call waited for a price"));
  if (missing > 0)
    {
      g_autofree char *number = tb_format_number (missing);

      g_string_append_printf (text, g_dngettext (NULL, "; %s without a price", "; %s without a price", missing), number);
    }
  tb_window_add_toast (TB_WINDOW (widget), text->str);
  counts_free (counts);
}

static void
rate_confirmed (gpointer data)
{
  TbWindow *self = data;

  tb_run (GTK_WIDGET (self), tb_window_get_books (self), _ ("Rate calls"), TRUE, rate_func, NULL, NULL, counts_free, rate_done, NULL);
}

void
tb_window_rate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_confirm (data, _ ("Rate Calls?"), _ ("Every call that has no price yet is rated. Calls that were rated before stay as they are."),
                      _ ("_Rate"), FALSE, rate_confirmed, data, NULL);
}

void
tb_window_rate_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (tb_rerating_dialog_new (data, tb_window_get_books (data))));
}

/* ---- billing ---- */

typedef struct
{
  int year, month;
  gboolean incomplete;
  TbWindow *window; /* of a question */
} Order;

static void
ask_month (TbWindow *self, const char *title, const char *body, const char *verb, TbMonthChosen done)
{
  int year, month;

  tb_books_get_current_month (tb_window_get_books (self), &year, &month);
  tb_dialogs_ask_month (GTK_WIDGET (self), title, body, verb, year, month, done, self);
}

static gpointer
drafts_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Order *order = data;

  return tb_billing_run (store, order->year, order->month, NULL, order->incomplete ? TB_BILLING_INCOMPLETE : 0, job, error);
}

static void run_drafts (TbWindow *self, int year, int month, gboolean incomplete);

static void
bill_anyway (gpointer data)
{
  const Order *order = data;

  run_drafts (order->window, order->year, order->month, TRUE);
}

static void
look_at_them (gpointer data)
{
  tb_window_show_page (((Order *) data)->window, "triage", NULL);
}

static char *
hold_text (TbBooks *books, const TbBillingHold *hold)
{
  g_autofree char *calls = tb_format_number ((gint64) hold->calls);
  g_autofree char *missing = hold->estimate.currency != TB_CURRENCY_NONE ? tb_money_to_display (hold->estimate) : NULL;
  const char *name = tb_books_get_client_name (books, hold->client);

  return missing != NULL ? g_strdup_printf (g_dngettext (NULL, "%s: %s call, about %s", "%s: %s calls, about %s", hold->calls), name, calls, missing)
                         : g_strdup_printf (g_dngettext (NULL, "%s: %s call", "%s: %s calls", hold->calls), name, calls);
}

/* Who is held back, and what that is worth: mend it, or bill without it. */
static void
show_held (TbWindow *self, const TbBillingRun *run, const char *counts)
{
  g_autoptr (GString) body = g_string_new (counts);
  Order *order = g_new0 (Order, 1);

  order->window = self;
  order->year = run->year;
  order->month = run->month;
  g_string_append (body, _ ("\n\nThese have calls without a price and got no draft:"));
  for (guint i = 0; i < run->held->len && i < 12; i++)
    {
      g_autofree char *text = hold_text (tb_window_get_books (self), run->held->pdata[i]);

      g_string_append_printf (body, "\n%s", text);
    }
  if (run->held->len > 12)
    g_string_append_printf (body, _ ("\nand %u more"), run->held->len - 12);
  tb_dialogs_choose (GTK_WIDGET (self), _ ("Clients Held Back"), body->str, _ ("_Look at Them"), look_at_them, _ ("_Bill Anyway"), bill_anyway, order,
                     g_free);
}

static void
drafts_done (GtkWidget *widget, gpointer result)
{
  g_autoptr (TbBillingRun) run = result;
  g_autofree char *text = NULL;

  text = g_strdup_printf (_ ("Drafts: %u new, %u made again, %u unchanged; %u approved before"), run->created, run->replaced,
                          run->unchanged, run->approved_before);
  tb_window_show_page (TB_WINDOW (widget), "invoices", NULL);
  if (run->held->len > 0)
    show_held (TB_WINDOW (widget), run, text);
  else if (run->warnings != NULL && run->warnings->len > 0)
    {
      g_autoptr (GString) body = g_string_new (text);

      for (guint i = 0; i < run->warnings->len && i < 12; i++)
        g_string_append_printf (body, "\n\n%s", (const char *) g_ptr_array_index (run->warnings, i));
      if (run->warnings->len > 12)
        g_string_append_printf (body, _ ("\n\nand %u more"), run->warnings->len - 12);
      tb_dialogs_show_text (widget, _ ("Drafts Made, With Warnings"), body->str);
    }
  else
    tb_window_add_toast (TB_WINDOW (widget), text);
}

static void
run_drafts (TbWindow *self, int year, int month, gboolean incomplete)
{
  Order *order = g_new0 (Order, 1);

  order->year = year;
  order->month = month;
  order->incomplete = incomplete;
  tb_run (GTK_WIDGET (self), tb_window_get_books (self), _ ("Make drafts"), TRUE, drafts_func, order, g_free,
          (GDestroyNotify) tb_billing_run_free, drafts_done, NULL);
}

static void
drafts_month_cb (int year, int month, gpointer data)
{
  run_drafts (data, year, month, FALSE);
}

void
tb_window_make_drafts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_month (data, _ ("Make Drafts"), _ ("One draft for each client with a service period that ends in the month."), _ ("_Make Drafts"),
             drafts_month_cb);
}
