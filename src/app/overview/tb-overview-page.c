/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-overview-page.h"

#include <glib/gi18n.h>

#include "tb-clients-page.h"
#include "tb-connection-store.h"
#include "tb-day-chart.h"
#include "tb-format.h"
#include "tb-month-summary.h"
#include "tb-widgets.h"

struct _TbOverviewPage
{
  TbPage parent_instance;

  int year, month; /* 0 = the current one, or the last with calls */
  GCancellable *loading;

  GtkLabel *month_label;
  GtkBox *tiles;
  TbDayChart *chart;
  GtkWidget *money, *todo_group, *todo, *clients_group, *clients, *connections_group, *connections;
};

G_DEFINE_FINAL_TYPE (TbOverviewPage, tb_overview_page, TB_TYPE_PAGE)

static void
add_tile (TbOverviewPage *self, const char *title, char *value)
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
  gtk_box_append (self->tiles, box);
}

static void
show_tiles (TbOverviewPage *self, const TbMonthSummary *summary)
{
  GtkWidget *child;
  guint64 unrated = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles))) != NULL)
    gtk_box_remove (self->tiles, child);
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (tb_call_status_is_unrated (i))
      unrated += summary->statuses[i];

  add_tile (self, _ ("Calls"), tb_format_number (summary->calls));
  add_tile (self, _ ("Minutes"), tb_format_minutes (summary->seconds));
  add_tile (self, _ ("Calls without a price"), tb_format_number (unrated));
  add_tile (self, _ ("Drafts waiting"), tb_format_number (summary->drafts));
}

static void
show_chart (TbOverviewPage *self, const TbMonthSummary *summary)
{
  gint64 counts[31] = { 0 };

  /* A day has one row for each pair of currencies. */
  for (guint i = 0; i < summary->days->len; i++)
    {
      const TbDayRow *row = g_ptr_array_index (summary->days, i);
      int year, month, day;

      tb_day_to_ymd (row->day, &year, &month, &day);
      if (month == summary->month)
        counts[day - 1] += row->calls;
    }
  tb_day_chart_set (self->chart, counts, tb_day_days_in_month (summary->year, summary->month));
}

static const TbMoney *
find_currency (GArray *sums, TbCurrency currency)
{
  for (guint i = 0; i < sums->len; i++)
    if (g_array_index (sums, TbMoney, i).currency == currency)
      return &g_array_index (sums, TbMoney, i);
  return NULL;
}

static void
add_money_row (TbOverviewPage *self, const char *title, const TbMoney *revenue, const TbMoney *cost, const TbMoney *margin)
{
  g_autofree char *revenue_text = revenue != NULL ? tb_money_to_display (*revenue) : g_strdup ("–");
  g_autofree char *cost_text = cost != NULL ? tb_money_to_display (*cost) : g_strdup ("–");
  g_autofree char *margin_text = NULL;
  g_autofree char *subtitle = g_strdup_printf (_ ("Revenue %s, cost %s"), revenue_text, cost_text);
  GtkWidget *row = tb_widgets_add_row (self->money, title, subtitle);

  if (margin == NULL || margin->currency == TB_CURRENCY_NONE)
    return;
  margin_text = tb_money_to_display (*margin);
  tb_widgets_add_suffix (row, _ ("Margin"), "dim-label");
  tb_widgets_add_suffix (row, margin_text, margin->amount < 0 ? "error" : "success");
}

/* Where there are several currencies: what all of them come to. */
static void
add_all_row (TbOverviewPage *self, const TbMargin *all)
{
  g_autofree char *title = NULL;

  if (all->margin.currency == TB_CURRENCY_NONE)
    return;
  /* Translators: a currency; everything exchanged into it */
  title = g_strdup_printf (_ ("All in %s"), tb_currency_to_string (all->margin.currency));
  add_money_row (self, title, &all->charge, &all->cost, &all->margin);
}

static void
show_money (TbOverviewPage *self, const TbMonthSummary *summary)
{
  gboolean all = summary->all.margin.currency != TB_CURRENCY_NONE;

  tb_widgets_clear (self->money);
  for (guint i = 0; i < summary->revenues->len; i++)
    {
      const TbMoney *revenue = &g_array_index (summary->revenues, TbMoney, i);

      add_money_row (self, tb_currency_to_string (revenue->currency), revenue, find_currency (summary->costs, revenue->currency),
                     all ? NULL : &g_array_index (summary->margins, TbMoney, i));
    }
  for (guint i = 0; i < summary->costs->len; i++)
    {
      const TbMoney *cost = &g_array_index (summary->costs, TbMoney, i);

      if (find_currency (summary->revenues, cost->currency) == NULL)
        add_money_row (self, tb_currency_to_string (cost->currency), NULL, cost, NULL);
    }
  add_all_row (self, &summary->all);
  if (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->money), 0) == NULL)
    tb_widgets_add_row (self->money, _ ("No money in this month"), _ ("Calls get prices when they are rated: main menu, Rate Calls."));
}

static GtkWidget *
add_link (GtkWidget *list, const char *title, const char *subtitle, const char *value, const char *page, char *item)
{
  GtkWidget *row = tb_widgets_add_row (list, title, subtitle);

  tb_widgets_add_suffix (row, value, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "tb-page", (gpointer) page);
  g_object_set_data_full (G_OBJECT (row), "tb-item", item, g_free);
  return row;
}

static void
add_breaches (TbOverviewPage *self, const TbMonthSummary *summary, guint count, const char *title, const char *subtitle)
{
  g_autofree char *number = tb_format_number (count);

  if (count > 0)
    add_link (self->todo, title, subtitle, number, "margin", g_strdup_printf ("%04d-%02d", summary->year, summary->month));
}

static void
add_balances (TbOverviewPage *self, guint n, const char *title, const char *subtitle)
{
  g_autofree char *number = tb_format_number (n);

  if (n > 0)
    add_link (self->todo, title, subtitle, number, "clients", g_strdup (TB_CLIENTS_LOW_OR_EMPTY));
}

static void
show_todo (TbOverviewPage *self, const TbMonthSummary *summary)
{
  tb_widgets_clear (self->todo);
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (tb_call_status_is_unrated (i) && summary->statuses[i] > 0)
      {
        g_autofree char *number = tb_format_number (summary->statuses[i]);

        add_link (self->todo, tb_call_status_to_display (i), _ ("Calls of this month that have no price"), number, "calls",
                  g_strdup_printf ("status=%u;month=%04d-%02d", i, summary->year, summary->month));
      }
  if (summary->drafts > 0)
    {
      g_autofree char *number = tb_format_number (summary->drafts);

      add_link (self->todo, _ ("Drafts"), _ ("Invoices that wait to be approved"), number, "invoices", g_strdup ("drafts"));
    }
  add_breaches (self, summary, summary->breaches.below, _ ("Clients below their least margin"), _ ("Charges of this month less their costs"));
  add_breaches (self, summary, summary->breaches.above, _ ("Clients above their most usage"), _ ("Charges of this month"));
  add_balances (self, summary->empty, _ ("Empty balances"), _ ("Clients who pay in advance and have nothing left"));
  add_balances (self, summary->low, _ ("Low balances"), _ ("Clients who pay in advance and are below their threshold"));
  gtk_widget_set_visible (self->todo_group, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->todo), 0) != NULL);
}

static void
show_clients (TbOverviewPage *self, const TbMonthSummary *summary)
{
  guint shown = 0;

  tb_widgets_clear (self->clients);
  for (guint i = 0; i < summary->clients->len && shown < 5; i++)
    {
      const TbUsageRow *row = g_ptr_array_index (summary->clients, i);
      g_autofree char *calls = tb_format_number (row->calls);
      g_autofree char *minutes = tb_format_minutes (row->seconds);
      g_autofree char *subtitle = g_strdup_printf (_ ("%s calls, %s minutes"), calls, minutes);
      g_autofree char *charge = tb_money_to_display (row->charge);

      if (row->client == NULL || *row->client == '\0')
        continue;
      add_link (self->clients, row->client_name != NULL ? row->client_name : row->client, subtitle,
                row->charge.currency != TB_CURRENCY_NONE ? charge : "", "clients", g_strdup (row->client));
      shown++;
    }
  gtk_widget_set_visible (self->clients_group, shown > 0);
}

static void
show_connections (TbOverviewPage *self, const TbMonthSummary *summary)
{
  TbZone *zone = tb_books_get_zone (tb_page_get_books (TB_PAGE (self)));

  tb_widgets_clear (self->connections);
  for (guint i = 0; i < summary->connections->len; i++)
    {
      const TbConnectionState *state = g_ptr_array_index (summary->connections, i);
      g_autofree char *calls = tb_format_number (state->calls);
      g_autofree char *time = tb_format_time (state->last_run, zone);
      g_autofree char *subtitle = state->last_error != NULL ? g_strdup (state->last_error) : g_strdup_printf (_ ("%s calls"), calls);
      GtkWidget *row = add_link (self->connections, state->name, subtitle, *time != '\0' ? time : _ ("Never collected"), "connections",
                                 g_strdup (state->name));

      if (state->last_error != NULL)
        gtk_widget_add_css_class (row, "error");
    }
  gtk_widget_set_visible (self->connections_group, summary->connections->len > 0);
}

static void
show (TbPage *page, gpointer result)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);
  TbMonthSummary *summary = result;
  g_autofree char *month = tb_format_month (summary->year, summary->month);

  /* Books without calls yet: look again for the last month with some when they change. */
  if (summary->calls > 0)
    {
      self->year = summary->year;
      self->month = summary->month;
    }
  gtk_label_set_label (self->month_label, month);
  show_tiles (self, summary);
  show_chart (self, summary);
  show_money (self, summary);
  show_todo (self, summary);
  show_clients (self, summary);
  show_connections (self, summary);
  tb_month_summary_free (summary);
}

static void
tb_overview_page_load (TbPage *page)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);
  TbBooks *books = tb_page_get_books (page);
  int year = self->year, month = self->month;

  if (year == 0)
    tb_books_get_current_month (books, &year, &month);
  tb_page_read (page, &self->loading, tb_month_summary_read,
                tb_month_summary_new (year, month, tb_books_get_zone (books), self->year == 0),
                (GDestroyNotify) tb_month_summary_free, (GDestroyNotify) tb_month_summary_free, show);
}

static void
move_month (TbOverviewPage *self, int by)
{
  int index = self->year * 12 + self->month - 1 + by;

  if (self->year == 0)
    return;
  self->year = index / 12;
  self->month = index % 12 + 1;
  tb_page_load (TB_PAGE (self));
}

static void
previous_cb (TbOverviewPage *self)
{
  move_month (self, -1);
}

static void
following_cb (TbOverviewPage *self)
{
  move_month (self, 1);
}

static void
row_activated_cb (TbOverviewPage *self, GtkListBoxRow *row)
{
  const char *page = g_object_get_data (G_OBJECT (row), "tb-page");
  const char *item = g_object_get_data (G_OBJECT (row), "tb-item");

  if (page != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "(ss)", page, item);
}

static void
tb_overview_page_dispose (GObject *object)
{
  g_clear_object (&TB_OVERVIEW_PAGE (object)->loading);

  G_OBJECT_CLASS (tb_overview_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbOverviewPage, name)

static void
tb_overview_page_class_init (TbOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_overview_page_dispose;
  TB_PAGE_CLASS (klass)->load = tb_overview_page_load;

  g_type_ensure (TB_TYPE_DAY_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/overview/tb-overview-page.ui");
  BIND (month_label), BIND (tiles), BIND (chart), BIND (money), BIND (todo_group), BIND (todo), BIND (clients_group);
  BIND (clients), BIND (connections_group), BIND (connections);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, following_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tb_overview_page_init (TbOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
