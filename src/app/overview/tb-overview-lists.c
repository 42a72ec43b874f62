/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-overview-lists.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-connection-store.h"
#include "tb-format.h"
#include "tb-overview-todo-rows.h"
#include "tb-widgets.h"

#define CLIENTS_SHOWN 5

/* ---- tiles ---- */

static void
add_tile (GtkBox *tiles, const char *title, char *value)
{
  g_autofree char *taken = value;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *number = gtk_label_new (taken);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_ellipsize (GTK_LABEL (number), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (number, "title-2");
  gtk_widget_add_css_class (number, "numeric");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "tile");
  gtk_box_append (tiles, box);
}

static char *
format_unrated (const TbMonthSummary *summary)
{
  guint64 unrated = 0;

  if (summary == NULL)
    return g_strdup ("…");
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (tb_call_status_is_unrated (i))
      unrated += summary->statuses[i];
  return tb_format_number ((gint64) unrated);
}

void
tb_overview_lists_fill_tiles (GtkBox *tiles, const TbMonthFigures *figures, const TbMonthSummary *summary, const TbOverviewTodo *todo)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (tiles))) != NULL)
    gtk_box_remove (tiles, child);
  add_tile (tiles, _ ("Calls"), figures != NULL ? tb_format_number (figures->total.calls) : g_strdup ("…"));
  add_tile (tiles, _ ("Minutes"), figures != NULL ? tb_format_minutes (figures->total.seconds) : g_strdup ("…"));
  add_tile (tiles, _ ("Calls without a price"), format_unrated (summary));
  add_tile (tiles, _ ("Drafts waiting"), todo != NULL ? tb_format_number (todo->drafts) : g_strdup ("…"));
}

/* ---- money ---- */

static const TbMoney *
find_currency (GArray *sums, TbCurrency currency)
{
  for (guint i = 0; i < sums->len; i++)
    if (g_array_index (sums, TbMoney, i).currency == currency)
      return &g_array_index (sums, TbMoney, i);
  return NULL;
}

static void
add_money_row (GtkWidget *list, const char *title, const TbMoney *revenue, const TbMoney *cost, const TbMoney *margin)
{
  g_autofree char *revenue_text = revenue != NULL ? tb_money_to_display (*revenue) : g_strdup ("–");
  g_autofree char *cost_text = cost != NULL ? tb_money_to_display (*cost) : g_strdup ("–");
  g_autofree char *margin_text = NULL;
  g_autofree char *subtitle = g_strdup_printf (_ ("Revenue %s, cost %s"), revenue_text, cost_text);
  GtkWidget *row = tb_widgets_add_row (list, title, subtitle);

  if (margin == NULL || margin->currency == TB_CURRENCY_NONE)
    return;
  margin_text = tb_money_to_display (*margin);
  tb_widgets_add_suffix (row, _ ("Margin"), "dim-label");
  tb_widgets_add_suffix (row, margin_text, margin->amount < 0 ? "error" : "success");
}

/* Where there are several currencies: what all of them come to. */
static void
add_all_row (GtkWidget *list, const TbMargin *all)
{
  g_autofree char *title = NULL;

  if (all->margin.currency == TB_CURRENCY_NONE)
    return;
  /* Translators: a currency; everything exchanged into it */
  title = g_strdup_printf (_ ("All in %s"), tb_currency_to_string (all->margin.currency));
  add_money_row (list, title, &all->charge, &all->cost, &all->margin);
}

void
tb_overview_lists_fill_money (GtkWidget *list, const TbMonthSummary *summary)
{
  gboolean all = summary->all.margin.currency != TB_CURRENCY_NONE;

  tb_widgets_clear (list);
  for (guint i = 0; i < summary->revenues->len; i++)
    {
      const TbMoney *revenue = &g_array_index (summary->revenues, TbMoney, i);

      add_money_row (list, tb_currency_to_string (revenue->currency), revenue, find_currency (summary->costs, revenue->currency),
                     all ? NULL : &g_array_index (summary->margins, TbMoney, i));
    }
  for (guint i = 0; i < summary->costs->len; i++)
    {
      const TbMoney *cost = &g_array_index (summary->costs, TbMoney, i);

      if (find_currency (summary->revenues, cost->currency) == NULL)
        add_money_row (list, tb_currency_to_string (cost->currency), NULL, cost, NULL);
    }
  add_all_row (list, &summary->all);
  if (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) == NULL)
    tb_widgets_add_row (list, _ ("No money in this month"), _ ("Calls get prices when they are rated: main menu, Rate Calls."));
}

/* ---- clients and connections ---- */

guint
tb_overview_lists_fill_clients (GtkWidget *list, const TbMonthSummary *summary)
{
  guint shown = 0;

  tb_widgets_clear (list);
  for (guint i = 0; i < summary->clients->len && shown < CLIENTS_SHOWN; i++)
    {
      const TbUsageRow *row = g_ptr_array_index (summary->clients, i);
      g_autofree char *calls = tb_format_number (row->calls);
      g_autofree char *minutes = tb_format_minutes (row->seconds);
      g_autofree char *subtitle = g_strdup_printf (_ ("%s calls, %s minutes"), calls, minutes);
      g_autofree char *charge = tb_money_to_display (row->charge);

      if (row->client == NULL || *row->client == '\0')
        continue;
      tb_todo_rows_add_link (list, row->client_name != NULL ? row->client_name : row->client, subtitle,
                             row->charge.currency != TB_CURRENCY_NONE ? charge : "", "clients", g_strdup (row->client));
      shown++;
    }
  return shown;
}

void
tb_overview_lists_fill_connections (GtkWidget *list, GPtrArray *states, TbZone *zone)
{
  tb_widgets_clear (list);
  for (guint i = 0; i < states->len; i++)
    {
      const TbConnectionState *state = g_ptr_array_index (states, i);
      g_autofree char *calls = tb_format_number (state->calls);
      g_autofree char *time = tb_format_time (state->last_run, zone);
      g_autofree char *subtitle = state->last_error != NULL ? g_strdup (state->last_error) : g_strdup_printf (_ ("%s calls"), calls);
      GtkWidget *row = tb_todo_rows_add_link (list, state->name, subtitle, *time != '\0' ? time : _ ("Never collected"),
                                              "connections", g_strdup (state->name));

      if (state->last_error != NULL)
        gtk_widget_add_css_class (row, "error");
    }
}
