/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rates-view.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-grid.h"
#include "tb-id-list.h"
#include "tb-rate-text.h"
#include "tb-tariff-store.h"
#include "tb-widgets.h"

struct _TbRatesView
{
  AdwBin parent_instance;

  TbBooks *books;
  TbZone *zone; /* of the tariff's dates */
  TbIdList *list;

  GtkStack *stack;
  AdwFlap *flap;
  GtkLabel *name, *summary, *later, *count;
  GtkWidget *search;
  GtkStack *rows;
  GtkScrolledWindow *window;
  TbGrid *grid;
  GtkWidget *values;
};

enum { SEARCH_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbRatesView, tb_rates_view, ADW_TYPE_BIN)

static TbItem *
fetch (gint64 id, gpointer data)
{
  TbRatesView *self = data;
  TbRate *rate = self->books != NULL ? tb_rate_store_get (tb_books_get_store (self->books), (guint32) id, NULL, NULL) : NULL;

  return tb_item_new (rate, rate != NULL ? (GDestroyNotify) tb_rate_free : NULL);
}

/* Borrowed from the list, which keeps what is in sight. */
static const TbRate *
rate_at (TbRatesView *self, guint row)
{
  g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), row);

  return item != NULL ? tb_item_get (item) : NULL;
}

static char *
get_text (guint row, guint column, gpointer data)
{
  TbRatesView *self = data;
  const TbRate *rate = rate_at (self, row);

  return rate != NULL ? tb_rate_dup_text (rate, column, self->zone) : NULL;
}

static const TbGridSource source = { .get_text = get_text };

static void
list (TbRatesView *self, GArray *ids)
{
  tb_grid_set_n_rows (self->grid, 0);
  tb_id_list_replace (self->list, ids);
  tb_grid_set_n_rows (self->grid, g_list_model_get_n_items (G_LIST_MODEL (self->list)));
}

static void
search_cb (TbRatesView *self)
{
  g_signal_emit (self, signals[SEARCH_CHANGED], 0);
}

static void
selected_cb (TbRatesView *self)
{
  guint row;
  const TbRate *rate = tb_grid_get_cursor (self->grid, &row, NULL) ? rate_at (self, row) : NULL;

  tb_widgets_clear (self->values);
  if (rate != NULL)
    tb_rate_add_values (self->values, rate, self->zone);
  else
    tb_widgets_add_row (self->values, _ ("No rate chosen"), NULL);
}

static void
tb_rates_view_dispose (GObject *object)
{
  TbRatesView *self = TB_RATES_VIEW (object);

  if (self->list != NULL)
    list (self, NULL);
  g_clear_object (&self->books);
  g_clear_object (&self->list);
  g_clear_pointer (&self->zone, tb_zone_unref);

  G_OBJECT_CLASS (tb_rates_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbRatesView, name)

static void
tb_rates_view_class_init (TbRatesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_rates_view_dispose;
  signals[SEARCH_CHANGED] = g_signal_new ("search-changed", TB_TYPE_RATES_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/tariffs/tb-rates-view.ui");
  BIND (stack), BIND (flap), BIND (name), BIND (summary), BIND (later), BIND (count), BIND (search), BIND (rows), BIND (window), BIND (values);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
}

static void
tb_rates_view_init (TbRatesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = tb_id_list_new (fetch, self);
  self->grid = tb_grid_new (_ ("Rates"), tb_rate_columns, tb_rate_n_columns, &source, self);
  gtk_scrolled_window_set_child (self->window, GTK_WIDGET (self->grid));
  g_signal_connect_object (self->grid, "cursor-moved", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  selected_cb (self);
}

void
tb_rates_view_show (TbRatesView *self, const TbTariff *tariff, GArray *pending, TbBooks *books)
{
  g_autofree char *rates = NULL;
  g_autofree char *summary = NULL, *later = NULL;

  g_set_object (&self->books, books);
  gtk_stack_set_visible_child_name (self->stack, tariff != NULL ? "tariff" : "none");
  if (tariff == NULL)
    {
      list (self, NULL);
      return;
    }
  g_clear_pointer (&self->zone, tb_zone_unref);
  self->zone = tariff->time_zone != NULL ? tb_zone_new (tariff->time_zone, NULL) : NULL;
  rates = tb_format_number (tariff->n_rates);
  summary = g_strdup_printf (g_dngettext (NULL, "%s rate a minute in %s · version %u · days begin in %s",
                                          "%s rates a minute in %s · version %u · days begin in %s", tariff->n_rates),
                             rates, tb_currency_to_string (tariff->currency), tariff->version,
                             tariff->time_zone != NULL ? tariff->time_zone : "UTC");
  gtk_label_set_label (self->name, tariff->name);
  gtk_label_set_label (self->summary, summary);
  later = tb_tariff_starts_dup_text (pending, self->zone);
  gtk_label_set_label (self->later, later);
  gtk_widget_set_visible (GTK_WIDGET (self->later), *later != '\0');
}

void
tb_rates_view_take_ids (TbRatesView *self, GArray *ids)
{
  g_autofree char *number = tb_format_number (ids->len);
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%s rate", "%s rates", ids->len), number);

  gtk_label_set_label (self->count, text);
  gtk_stack_set_visible_child_name (self->rows, ids->len > 0 ? "list" : "empty");
  list (self, ids);
}

const char *
tb_rates_view_get_search (TbRatesView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return *text != '\0' ? text : NULL;
}

void
tb_rates_view_find (TbRatesView *self)
{
  gtk_widget_grab_focus (self->search);
}

void
tb_rates_view_toggle_details (TbRatesView *self)
{
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

GListModel *
tb_rates_view_get_list (TbRatesView *self)
{
  return G_LIST_MODEL (self->list);
}
