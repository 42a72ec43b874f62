/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin-page.h"

#include <glib/gi18n.h>

#include "tb-billing-period.h"
#include "tb-format.h"
#include "tb-limit-dialog.h"
#include "tb-margin-columns.h"
#include "tb-widgets.h"

#define N_MONTHS 36
#define CALLS_SHOWN 1000 /* of a view by call: the worst */
#define LOOK_BACK 12     /* months, for the last one with calls, while nobody has chosen one */

struct _TbMarginPage
{
  TbPage parent_instance;

  GListStore *items;             /* of TbItem over TbMarginRow */
  GtkSingleSelection *selection; /* the view's */
  TbMarginBy by;                 /* what is asked for; the columns read what is shown */
  TbMarginBy shown_by;
  int year, month;               /* the newest month offered */
  int shown_year, shown_month;
  char *wanted;                  /* month to choose when the months are there */
  GCancellable *loading;
  gboolean filling;
  gboolean looking_back;

  GtkWidget *limits, *months, *switch_box, *losses;
  GtkStack *stack;
  GtkColumnView *view;
  AdwStatusPage *empty;
  GtkLabel *sums, *breaches;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (TbMarginPage, tb_margin_page, TB_TYPE_PAGE)

static const char *const by_titles[TB_MARGIN_N_BY] = { N_ ("Clients"), N_ ("Destinations"), N_ ("Tariffs"), N_ ("Providers"), N_ ("Calls") };

/* ---- the chosen row ---- */

static const TbMarginRow *
get_chosen (TbMarginPage *self)
{
  return tb_columns_get_selected (self->view);
}

static void
update_limits (TbMarginPage *self)
{
  const TbMarginRow *row = get_chosen (self);

  gtk_widget_set_sensitive (self->limits, row != NULL && self->shown_by == TB_MARGIN_BY_CLIENT && *row->key != '\0');
}

/* ---- reading ---- */

static gpointer
read_report (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_margin_report_new (store, data, job, error);
}

static void
show_breaches (TbMarginPage *self, const TbMarginReport *report)
{
  g_autofree char *below = g_strdup_printf (
      g_dngettext (NULL, "%u client below the least margin", "%u clients below the least margin", report->below), report->below);
  g_autofree char *above = g_strdup_printf (
      g_dngettext (NULL, "%u client above the most usage", "%u clients above the most usage", report->above), report->above);
  g_autofree char *text = g_strdup_printf ("%s%s%s", report->below > 0 ? below : "", report->below > 0 && report->above > 0 ? " · " : "",
                                           report->above > 0 ? above : "");

  gtk_label_set_label (self->breaches, text);
}

static void
show_sums (TbMarginPage *self, const TbMarginReport *report)
{
  const TbMarginRow *total = report->total;
  g_autofree char *charge = tb_format_sum (total->money.charge);
  g_autofree char *cost = tb_format_sum (total->money.cost);
  g_autofree char *margin = tb_format_sum (total->money.margin);
  g_autofree char *lost = tb_format_sum (total->lost);
  g_autofree char *losses = tb_format_number (total->losses);
  /* Translators: sums under the list of margins */
  g_autofree char *text = g_strdup_printf (_ ("Charge %s · cost %s · margin %s"), charge, cost, margin);
  g_autofree char *below = g_strdup_printf (
      g_dngettext (NULL, "%s call below cost loses %s", "%s calls below cost lose %s", (gulong) total->losses), losses, lost);
  g_autofree char *both = g_strdup_printf ("%s%s%s", text, total->losses > 0 ? " · " : "", total->losses > 0 ? below : "");

  gtk_label_set_label (self->sums, both);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sums), both);
}

static void show_report (TbPage *page, gpointer data);

static void
run_query (TbMarginPage *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->months));
  int index = self->year * 12 + self->month - 1 - (int) chosen;
  TbMarginQuery *query;

  if (self->filling || tb_page_get_books (TB_PAGE (self)) == NULL || chosen == GTK_INVALID_LIST_POSITION)
    return;
  query = g_new0 (TbMarginQuery, 1);
  self->shown_year = index / 12;
  self->shown_month = index % 12 + 1;
  tb_books_get_month (tb_page_get_books (TB_PAGE (self)), self->shown_year, self->shown_month, &query->from, &query->to);
  query->by = self->by;
  query->losses = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->losses));
  query->limit = self->by == TB_MARGIN_BY_CALL ? CALLS_SHOWN : 0;
  gtk_spinner_start (self->spinner);
  tb_page_read (TB_PAGE (self), &self->loading, read_report, query, g_free, (GDestroyNotify) tb_margin_report_free, show_report);
}

/* Books opened in a month that has no calls yet show the last one that has some, as the overview does. */
static gboolean
look_back (TbMarginPage *self, const TbMarginReport *report)
{
  guint month = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->months));

  if (!self->looking_back || report->total->calls > 0)
    {
      self->looking_back = FALSE;
      return FALSE;
    }
  self->looking_back = month < LOOK_BACK;
  self->filling = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->months), self->looking_back ? month + 1 : 0);
  self->filling = FALSE;
  run_query (self);
  return TRUE;
}

static void
show_report (TbPage *page, gpointer data)
{
  TbMarginPage *self = TB_MARGIN_PAGE (page);
  g_autoptr (TbMarginReport) report = data;
  gboolean losses = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->losses));

  gtk_spinner_stop (self->spinner);
  if (look_back (self, report))
    return;
  self->shown_by = self->by;
  tb_margin_columns_name (self->view, self->by);
  adw_status_page_set_title (self->empty, losses && report->total->calls > 0 ? _ ("No Losses") : _ ("Nothing Was Sold"));
  adw_status_page_set_description (self->empty, losses && report->total->calls > 0 ? _ ("No call of this month was sold below cost.")
                                                                                   : _ ("No call of this month has a charge or a cost yet."));
  gtk_stack_set_visible_child_name (self->stack, report->rows->len > 0 ? "list" : "empty");
  show_sums (self, report);
  show_breaches (self, report);
  tb_items_replace (self->items, report->rows, (GDestroyNotify) tb_margin_row_free);
  update_limits (self);
}

static void
query_cb (TbMarginPage *self)
{
  if (!self->filling)
    self->looking_back = FALSE;
  run_query (self);
}

static void
by_cb (GtkToggleButton *button, TbMarginPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->by = (TbMarginBy) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "tb-by"));
  run_query (self);
}

/* ---- limits ---- */

static void
limits_cb (TbMarginPage *self)
{
  tb_limit_dialog_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), get_chosen (self)->key);
}

static void
default_limits_cb (TbMarginPage *self)
{
  if (tb_page_get_books (TB_PAGE (self)) != NULL)
    tb_limit_dialog_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), NULL);
}

/* ---- the calls of a row ---- */

/* As the page Calls reads it: "rates=17,23 Poland". */
static char *
describe_calls (TbMarginPage *self, const TbMarginRow *row)
{
  g_autofree char *name = g_strdelimit (g_strdup (row->name != NULL && *row->name != '\0' ? row->name : row->key), ";", ',');
  g_autoptr (GString) item = g_string_new (NULL);
  const char *separator = self->shown_by == TB_MARGIN_BY_PROVIDER ? "cost-rates=" : "rates=";
  GHashTableIter rates;
  gpointer rate;

  g_string_printf (item, "month=%04d-%02d;", self->shown_year, self->shown_month);
  if (self->shown_by == TB_MARGIN_BY_CLIENT && *row->key != '\0')
    g_string_append_printf (item, "client=%s", row->key);
  else if (self->shown_by == TB_MARGIN_BY_CALL)
    g_string_append_printf (item, "uid=%s", row->key);
  else if (row->rates != NULL)
    {
      g_hash_table_iter_init (&rates, row->rates);
      for (; g_hash_table_iter_next (&rates, &rate, NULL); separator = ",")
        g_string_append_printf (item, "%s%u", separator, GPOINTER_TO_UINT (rate));
      g_string_append_printf (item, " %s", name);
    }
  return g_strdup (item->str);
}

static void
activate_cb (TbMarginPage *self, guint position)
{
  g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autofree char *calls = item != NULL ? describe_calls (self, tb_item_get (item)) : NULL;

  if (calls != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "(ss)", "calls", calls);
}

/* ---- the page ---- */

static void
choose_month (TbMarginPage *self, const char *text)
{
  int year, month, back;

  if (text == NULL || !tb_month_parse (text, &year, &month, NULL))
    return;
  back = self->year * 12 + self->month - (year * 12 + month);
  self->looking_back = FALSE;
  if (back >= 0 && back < N_MONTHS)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->months), (guint) back);
}

static void
fill_months (TbMarginPage *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);
  int year, month;

  tb_books_get_current_month (tb_page_get_books (TB_PAGE (self)), &year, &month);
  if (year != self->year || month != self->month)
    {
      g_autoptr (GListModel) months = tb_widgets_new_months (NULL, year, month, N_MONTHS);

      self->year = year;
      self->month = month;
      tb_widgets_set_choices (self->months, months);
    }
  choose_month (self, wanted);
}

static void
tb_margin_page_load (TbPage *page)
{
  TbMarginPage *self = TB_MARGIN_PAGE (page);

  self->filling = TRUE;
  fill_months (self);
  self->filling = FALSE;
  run_query (self);
}

static void
tb_margin_page_show_item (TbPage *page, const char *item)
{
  TbMarginPage *self = TB_MARGIN_PAGE (page);

  g_free (self->wanted);
  self->wanted = g_strdup (item);
  tb_page_load (page);
}

static void
add_switch (TbMarginPage *self)
{
  GtkToggleButton *first = NULL;

  for (guint by = 0; by < TB_MARGIN_N_BY; by++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (by_titles[by]));

      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), by == 0);
      g_object_set_data (G_OBJECT (button), "tb-by", GINT_TO_POINTER (by));
      g_signal_connect (button, "toggled", G_CALLBACK (by_cb), self);
      gtk_box_append (GTK_BOX (self->switch_box), button);
    }
}

static void
tb_margin_page_dispose (GObject *object)
{
  TbMarginPage *self = TB_MARGIN_PAGE (object);

  self->filling = TRUE;
  g_clear_object (&self->items);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (tb_margin_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbMarginPage, name)

static void
tb_margin_page_class_init (TbMarginPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_margin_page_dispose;
  TB_PAGE_CLASS (klass)->load = tb_margin_page_load;
  TB_PAGE_CLASS (klass)->show_item = tb_margin_page_show_item;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/margin/tb-margin-page.ui");
  BIND (limits), BIND (months), BIND (switch_box), BIND (losses), BIND (stack), BIND (view), BIND (empty), BIND (sums), BIND (breaches);
  BIND (spinner);
  gtk_widget_class_bind_template_callback (widget_class, query_cb);
  gtk_widget_class_bind_template_callback (widget_class, limits_cb);
  gtk_widget_class_bind_template_callback (widget_class, default_limits_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tb_margin_page_init (TbMarginPage *self)
{
  self->filling = TRUE;
  self->items = g_list_store_new (TB_TYPE_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_switch (self);
  tb_columns_install (self->view, tb_margin_columns, tb_margin_n_columns, &self->shown_by);
  self->selection = tb_columns_set_model (self->view, G_LIST_MODEL (self->items), TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update_limits), self, G_CONNECT_SWAPPED);
  tb_widgets_set_label (GTK_WIDGET (self->view), _ ("Margins"));
  update_limits (self);
  self->filling = FALSE;
  self->looking_back = TRUE;
}

GListModel *
tb_margin_page_get_list (TbMarginPage *self)
{
  return G_LIST_MODEL (self->selection);
}
