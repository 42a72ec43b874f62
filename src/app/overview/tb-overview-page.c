/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-overview-page.h"

#include <glib/gi18n.h>

#include "tb-chart-view.h"
#include "tb-format.h"
#include "tb-overview-charts.h"
#include "tb-overview-lists.h"
#include "tb-overview-todo.h"
#include "tb-overview-todo-rows.h"
#include "tb-widgets.h"

#define MONTHS 12
#define DESTINATIONS 8

/* What is read, one after the other, the quickest first: each is shown as soon as it is there. */
typedef enum { STEP_TODO, STEP_MONTH, STEP_BEFORE, STEP_SUMMARY, STEP_DESTINATIONS, STEP_MISSING, STEP_MONTHS, STEP_DONE } Step;

struct _TbOverviewPage
{
  TbPage parent_instance;

  int year, month; /* 0 = the current one, or the last with calls */
  Step step;       /* that is being read */
  GCancellable *loading;
  TbOverviewTodo *todo_facts;
  TbMonthFigures *figures, *before; /* of the month that is shown, and the one before it */
  TbMonthSummary *summary;
  TbMissingMoney *missing;
  GPtrArray *months; /* of TbMonthFigures, oldest first; borrowed from `known` */
  GHashTable *known; /* month as a number → TbMonthFigures: what was read since the books changed */

  GtkLabel *month_label;
  GtkBox *tiles;
  GtkBox *measures, *spans;
  TbChartView *chart, *destinations;
  GtkWidget *ageing_group; /* a chart for each currency in which something is open */
  GtkBox *ageing;
  GtkWidget *money, *todo_group, *todo, *clients_group, *clients, *connections_group, *connections, *incomplete;
  TbMeasure measure;
  gboolean by_month;
};

G_DEFINE_FINAL_TYPE (TbOverviewPage, tb_overview_page, TB_TYPE_PAGE)

static void read_step (TbOverviewPage *self, Step step);

static void
show_tiles (TbOverviewPage *self)
{
  tb_overview_lists_fill_tiles (self->tiles, self->figures, self->summary, self->todo_facts);
}

/* ---- charts ---- */

static void
show_chart (TbOverviewPage *self)
{
  TbChart *chart = NULL;

  if (self->by_month)
    chart = tb_overview_chart_months (self->measure, self->months);
  else if (self->figures != NULL)
    chart = tb_overview_chart_days (self->measure, self->figures, self->before != NULL && self->before->total.calls > 0 ? self->before : NULL);
  tb_chart_view_set_chart (self->chart, chart);
  gtk_widget_set_visible (self->incomplete, self->measure != TB_MEASURE_MINUTES && self->figures != NULL && self->figures->incomplete);
}

static void
measure_cb (GtkToggleButton *button, TbOverviewPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->measure = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "tb-value"));
  show_chart (self);
}

static void
span_cb (GtkToggleButton *button, TbOverviewPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->by_month = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "tb-value"));
  show_chart (self);
}

static void
add_choices (TbOverviewPage *self, GtkBox *box, const char *const *titles, guint n, GCallback callback)
{
  GtkToggleButton *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (titles[i]);

      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == 0);
      g_object_set_data (G_OBJECT (button), "tb-value", GUINT_TO_POINTER (i));
      g_signal_connect (button, "toggled", callback, self);
      gtk_box_append (box, button);
    }
}

/* ---- what needs a hand, what is open ---- */

static void
show_todo (TbOverviewPage *self)
{
  const TbTodoFacts facts = { self->todo_facts, self->summary, self->missing };

  tb_todo_rows_fill (self->todo, &facts);
  gtk_widget_set_visible (self->todo_group, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->todo), 0) != NULL);
}

static void
show_ageing (TbOverviewPage *self)
{
  GArray *ageing = self->todo_facts->ageing;
  GtkWidget *child;

  tb_widgets_let_go_of_focus (GTK_WIDGET (self->ageing));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->ageing))) != NULL)
    gtk_box_remove (self->ageing, child);
  for (guint i = 0; i < ageing->len; i++)
    {
      TbChartView *view = g_object_new (TB_TYPE_CHART_VIEW, "css-classes", (const char *[]) { "card", "chart", NULL }, NULL);

      tb_chart_view_set_height (view, 120);
      tb_chart_view_set_chart (view, tb_overview_chart_ageing (&g_array_index (ageing, TbAgeing, i)));
      gtk_box_append (self->ageing, GTK_WIDGET (view));
    }
  gtk_widget_set_visible (self->ageing_group, ageing->len > 0);
}

/* ---- reading, step by step ---- */

/* Which month a reading is of. */
typedef struct
{
  int year, month;
  gboolean look_back;
} MonthOrder;

static MonthOrder *
month_order_new (int year, int month, int back, gboolean look_back)
{
  MonthOrder *order = g_new (MonthOrder, 1);
  int index = year * 12 + month - 1 - back;

  *order = (MonthOrder){ index / 12, index % 12 + 1, look_back };
  return order;
}

static gpointer
read_figures (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const MonthOrder *order = data;

  return order->look_back ? tb_month_figures_new_last (store, order->year, order->month, job, error)
                          : tb_month_figures_new (store, order->year, order->month, job, error);
}

static gpointer
read_destinations (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbMonthSummary *summary = data;
  const TbMarginQuery query = { .from = summary->from, .to = summary->to, .by = TB_MARGIN_BY_DESTINATION };
  TbMarginReport *report = tb_margin_report_new (store, &query, job, NULL);

  /* What cannot be exchanged is told by the page Margin: here there is a chart less. */
  if (report != NULL || tb_job_is_cancelled (job, error))
    return report;
  report = g_new0 (TbMarginReport, 1);
  report->rows = g_ptr_array_new ();
  return report;
}

static gpointer
month_key (int year, int month)
{
  return GINT_TO_POINTER (year * 12 + month);
}

static TbMonthFigures *
remember (TbOverviewPage *self, TbMonthFigures *figures)
{
  g_hash_table_replace (self->known, month_key (figures->year, figures->month), figures);
  return figures;
}

static void
show_todo_facts (TbPage *page, gpointer result)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);

  g_clear_pointer (&self->todo_facts, tb_overview_todo_free);
  self->todo_facts = result;
  show_todo (self);
  show_tiles (self);
  tb_overview_lists_fill_connections (self->connections, self->todo_facts->connections, tb_books_get_zone (tb_page_get_books (page)));
  gtk_widget_set_visible (self->connections_group, self->todo_facts->connections->len > 0);
  show_ageing (self);
  read_step (self, STEP_MONTH);
}

static void
show_month (TbPage *page, gpointer result)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);
  g_autofree char *month = NULL;

  self->figures = remember (self, result);
  /* Books without calls yet: look again for the last month with some when they change. */
  if (self->figures->total.calls > 0)
    {
      self->year = self->figures->year;
      self->month = self->figures->month;
    }
  month = tb_format_month (self->figures->year, self->figures->month);
  gtk_label_set_label (self->month_label, month);
  show_tiles (self);
  show_chart (self);
  read_step (self, STEP_BEFORE);
}

static void
show_before (TbPage *page, gpointer result)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);

  self->before = remember (self, result);
  show_chart (self);
  read_step (self, STEP_SUMMARY);
}

static void
show_summary (TbPage *page, gpointer result)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);

  g_clear_pointer (&self->summary, tb_month_summary_free);
  self->summary = result;
  show_tiles (self);
  show_todo (self);
  tb_overview_lists_fill_money (self->money, self->summary);
  gtk_widget_set_visible (self->clients_group, tb_overview_lists_fill_clients (self->clients, self->summary) > 0);
  read_step (self, STEP_DESTINATIONS);
}

static void
show_destinations (TbPage *page, gpointer result)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);
  TbMarginReport *report = result;

  tb_chart_view_set_chart (self->destinations, tb_overview_chart_destinations (report, DESTINATIONS));
  tb_margin_report_free (report);
  read_step (self, STEP_MISSING);
}

static void
show_missing (TbPage *page, gpointer result)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);

  g_clear_pointer (&self->missing, tb_missing_money_free);
  self->missing = result;
  show_todo (self);
  read_step (self, STEP_MONTHS);
}

/* The chart of months grows backwards, one reading a month: nobody else waits longer for the reader than one of them takes. */
static void
show_one_of_months (TbPage *page, gpointer result)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);

  remember (self, result);
  read_step (self, STEP_MONTHS);
}

static void
read_months (TbOverviewPage *self)
{
  TbPage *page = TB_PAGE (self);

  g_ptr_array_set_size (self->months, 0);
  for (int back = 0; back < MONTHS; back++)
    {
      g_autofree MonthOrder *order = month_order_new (self->figures->year, self->figures->month, back, FALSE);
      TbMonthFigures *figures = g_hash_table_lookup (self->known, month_key (order->year, order->month));

      if (figures != NULL)
        {
          g_ptr_array_insert (self->months, 0, figures);
          continue;
        }
      if (self->by_month)
        show_chart (self);
      tb_page_read (page, &self->loading, read_figures, g_steal_pointer (&order), g_free, g_free, show_one_of_months);
      return;
    }
  self->step = STEP_DONE;
  if (self->by_month)
    show_chart (self);
}

static void
read_month (TbOverviewPage *self, int back, TbPageShow show)
{
  int year = self->year, month = self->month;
  MonthOrder *order;
  TbMonthFigures *known;

  if (year == 0)
    tb_books_get_current_month (tb_page_get_books (TB_PAGE (self)), &year, &month);
  if (back > 0)
    year = self->figures->year, month = self->figures->month;
  order = month_order_new (year, month, back, self->year == 0 && back == 0);
  known = order->look_back ? NULL : g_hash_table_lookup (self->known, month_key (order->year, order->month));
  if (known != NULL)
    {
      g_free (order);
      g_hash_table_steal (self->known, month_key (known->year, known->month));
      show (TB_PAGE (self), known);
      return;
    }
  tb_page_read (TB_PAGE (self), &self->loading, read_figures, order, g_free, g_free, show);
}

static void
read_step (TbOverviewPage *self, Step step)
{
  TbPage *page = TB_PAGE (self);
  TbMonthSummary *order = NULL;

  self->step = step;
  if (step == STEP_SUMMARY || step == STEP_DESTINATIONS)
    order = tb_month_summary_new (self->figures->year, self->figures->month, tb_books_get_zone (tb_page_get_books (page)));
  switch (step)
    {
    case STEP_TODO:
      tb_page_read (page, &self->loading, tb_overview_todo_read, NULL, NULL, (GDestroyNotify) tb_overview_todo_free, show_todo_facts);
      break;
    case STEP_MONTH:
      read_month (self, 0, show_month);
      break;
    case STEP_BEFORE:
      read_month (self, 1, show_before);
      break;
    case STEP_SUMMARY:
      tb_page_read (page, &self->loading, tb_month_summary_read, order, (GDestroyNotify) tb_month_summary_free,
                    (GDestroyNotify) tb_month_summary_free, show_summary);
      break;
    case STEP_DESTINATIONS:
      tb_page_read (page, &self->loading, read_destinations, order, (GDestroyNotify) tb_month_summary_free,
                    (GDestroyNotify) tb_margin_report_free, show_destinations);
      break;
    case STEP_MISSING:
      tb_page_read (page, &self->loading, tb_missing_money_read, tb_missing_money_new (self->summary->from, self->summary->to),
                    (GDestroyNotify) tb_missing_money_free, (GDestroyNotify) tb_missing_money_free, show_missing);
      break;
    case STEP_MONTHS:
      read_months (self);
      break;
    case STEP_DONE:
    default:
      break;
    }
}

static void
forget (TbOverviewPage *self)
{
  self->figures = self->before = NULL;
  g_ptr_array_set_size (self->months, 0);
  g_hash_table_remove_all (self->known);
}

static void
tb_overview_page_load (TbPage *page)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (page);

  forget (self);
  g_clear_pointer (&self->summary, tb_month_summary_free);
  g_clear_pointer (&self->missing, tb_missing_money_free);
  read_step (self, STEP_TODO);
}

/* Whoever left has another page to fill: what is not read yet is read when this one is seen again. */
static void
tb_overview_page_unmap (GtkWidget *widget)
{
  TbOverviewPage *self = TB_OVERVIEW_PAGE (widget);

  GTK_WIDGET_CLASS (tb_overview_page_parent_class)->unmap (widget);
  if (self->loading == NULL || self->step == STEP_DONE)
    return;
  g_cancellable_cancel (self->loading);
  tb_page_load (TB_PAGE (self));
}

static void
move_month (TbOverviewPage *self, int by)
{
  int index = self->year * 12 + self->month - 1 + by;

  if (self->year == 0)
    return;
  self->year = index / 12;
  self->month = index % 12 + 1;
  g_clear_pointer (&self->summary, tb_month_summary_free);
  g_clear_pointer (&self->missing, tb_missing_money_free);
  read_step (self, STEP_MONTH);
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
  TbOverviewPage *self = TB_OVERVIEW_PAGE (object);

  g_clear_object (&self->loading);
  g_clear_pointer (&self->todo_facts, tb_overview_todo_free);
  g_clear_pointer (&self->summary, tb_month_summary_free);
  g_clear_pointer (&self->missing, tb_missing_money_free);
  g_clear_pointer (&self->months, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);

  G_OBJECT_CLASS (tb_overview_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbOverviewPage, name)

static void
tb_overview_page_class_init (TbOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_overview_page_dispose;
  TB_PAGE_CLASS (klass)->load = tb_overview_page_load;
  widget_class->unmap = tb_overview_page_unmap;

  g_type_ensure (TB_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/overview/tb-overview-page.ui");
  BIND (month_label), BIND (tiles), BIND (chart), BIND (destinations), BIND (measures), BIND (spans), BIND (incomplete), BIND (money), BIND (ageing_group), BIND (ageing);
  BIND (todo_group), BIND (todo), BIND (clients_group), BIND (clients), BIND (connections_group), BIND (connections);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, following_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tb_overview_page_init (TbOverviewPage *self)
{
  const char *const spans[] = { _ ("By Day"), _ ("By Month") };
  const char *measures[TB_N_MEASURES];

  self->months = g_ptr_array_new ();
  self->known = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < TB_N_MEASURES; i++)
    measures[i] = tb_measure_to_display (i);
  add_choices (self, self->measures, measures, TB_N_MEASURES, G_CALLBACK (measure_cb));
  add_choices (self, self->spans, spans, G_N_ELEMENTS (spans), G_CALLBACK (span_cb));
  tb_chart_view_set_height (self->chart, 190);
  tb_chart_view_set_height (self->destinations, 190);
}
