/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-overview-todo-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-clients-page.h"
#include "tb-connection-store.h"
#include "tb-format.h"
#include "tb-widgets.h"

GtkWidget *
tb_todo_rows_add_link (GtkWidget *list, const char *title, const char *subtitle, const char *value, const char *page, char *item)
{
  GtkWidget *row = tb_widgets_add_row (list, title, subtitle);

  tb_widgets_add_suffix (row, value, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "tb-page", (gpointer) page);
  g_object_set_data_full (G_OBJECT (row), "tb-item", item, g_free);
  return row;
}

/* Nothing for none. */
static void
add_count (GtkWidget *list, guint64 n, const char *title, const char *subtitle, const char *page, const char *item)
{
  g_autofree char *number = tb_format_number ((gint64) n);

  if (n > 0)
    tb_todo_rows_add_link (list, title, subtitle, number, page, g_strdup (item));
}

static void
add_failed (GtkWidget *list, GPtrArray *connections)
{
  for (guint i = 0; i < connections->len; i++)
    {
      const TbConnectionState *state = connections->pdata[i];
      /* Translators: %s is the name of a connection */
      g_autofree char *title = g_strdup_printf (_ ("Sync failed: %s"), state->name);

      if (state->last_error != NULL)
        tb_todo_rows_add_link (list, title, state->last_error, "", "connections", g_strdup (state->name));
    }
}

static void
add_unrated (GtkWidget *list, const TbMonthSummary *month)
{
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (tb_call_status_is_unrated (i) && month->statuses[i] > 0)
      {
        g_autofree char *item = g_strdup_printf ("status=%u;month=%04d-%02d", i, month->year, month->month);

        add_count (list, month->statuses[i], tb_call_status_to_display (i), _ ("Calls of this month that have no price"), "calls", item);
      }
}

static void
add_missing (GtkWidget *list, const TbMissingMoney *missing)
{
  g_autofree char *sums = tb_format_sums (missing->money);
  g_autofree char *calls = tb_format_number ((gint64) missing->estimated);
  g_autofree char *subtitle = NULL;

  if (missing->estimated == 0)
    return;
  subtitle = g_strdup_printf (g_dngettext (NULL, "Estimated for %s call without a price", "Estimated for %s calls without a price",
                                           (gulong) missing->estimated), calls);
  tb_todo_rows_add_link (list, _ ("Money missing"), subtitle, sums, "triage", g_strdup (""));
}

static void
add_whmcs (GtkWidget *list, const guint64 *postings)
{
  add_count (list, postings[TB_POSTING_FAILED] + postings[TB_POSTING_PARKED], _ ("WHMCS postings left to you"),
             _ ("Refused by WHMCS, or not as they should be there"), "whmcs", "trouble");
  add_count (list, postings[TB_POSTING_UNKNOWN] + postings[TB_POSTING_SENDING], _ ("WHMCS postings of unknown outcome"),
             _ ("The next push looks for them before it sends anything again"), "whmcs", "to-go");
}

static void
add_overdue (GtkWidget *list, GArray *ageing)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  g_autofree char *text = NULL, *subtitle = NULL;
  guint n = 0;

  for (guint i = 0; i < ageing->len; i++)
    {
      const TbAgeing *one = &g_array_index (ageing, TbAgeing, i);
      TbMoney sum = { one->sum, one->currency };

      n += one->overdue;
      if (one->overdue > 0)
        g_array_append_val (sums, sum);
    }
  text = tb_format_sums (sums);
  subtitle = g_strdup_printf (g_dngettext (NULL, "%u invoice is due and not paid", "%u invoices are due and not paid", n), n);
  if (n > 0)
    tb_todo_rows_add_link (list, _ ("Overdue invoices"), subtitle, text, "invoices", g_strdup ("overdue"));
}

static void
add_month (GtkWidget *list, const TbMonthSummary *month)
{
  g_autofree char *item = g_strdup_printf ("%04d-%02d", month->year, month->month);

  add_unrated (list, month);
  add_count (list, month->losing, _ ("Clients with a margin below zero"), _ ("Their calls of this month cost more than they bring"), "margin", item);
  add_count (list, month->breaches.below, _ ("Clients below their least margin"), _ ("Charges of this month less their costs"), "margin", item);
  add_count (list, month->breaches.above, _ ("Clients above their most usage"), _ ("Charges of this month"), "margin", item);
}

void
tb_todo_rows_fill (GtkWidget *list, const TbTodoFacts *facts)
{
  tb_widgets_clear (list);
  if (facts->now != NULL)
    add_failed (list, facts->now->connections);
  if (facts->missing != NULL)
    add_missing (list, facts->missing);
  if (facts->month != NULL)
    add_month (list, facts->month);
  if (facts->now == NULL)
    return;
  add_overdue (list, facts->now->ageing);
  add_count (list, facts->now->drafts, _ ("Drafts"), _ ("Invoices that wait to be approved"), "invoices", "drafts");
  add_count (list, facts->now->empty, _ ("Empty balances"), _ ("Clients who pay in advance and have nothing left"), "clients",
             TB_CLIENTS_LOW_OR_EMPTY);
  add_count (list, facts->now->low, _ ("Low balances"), _ ("Clients who pay in advance and are below their threshold"), "clients",
             TB_CLIENTS_LOW_OR_EMPTY);
  add_whmcs (list, facts->now->postings);
  add_count (list, facts->now->set_aside, _ ("Set aside"), _ ("Records that could not be read, and invoiced calls that came again otherwise"),
             "connections", facts->now->set_aside_at);
}
