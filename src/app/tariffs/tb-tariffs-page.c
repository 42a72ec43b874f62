/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariffs-page.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-deck-dialog.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-history-dialog.h"
#include "tb-rates-view.h"
#include "tb-tariff-editor.h"
#include "tb-tariff-export.h"
#include "tb-tariff-head-dialog.h"
#include "tb-tariff-store.h"
#include "tb-tariff-version.h"
#include "tb-text.h"
#include "tb-widgets.h"

struct _TbTariffsPage
{
  TbListPage parent_instance;

  GCancellable *listing, *loading;
  GSimpleActionGroup *actions;
  GHashTable *pending; /* name → GArray of TbTariffStart */
  char *listed; /* name, version and search of the rates that are listed */
  TbRatesView *rates;
  GtkWidget *buttons; /* in the header bar */
};

G_DEFINE_FINAL_TYPE (TbTariffsPage, tb_tariffs_page, TB_TYPE_LIST_PAGE)

/* What an order to a thread names. */
typedef struct
{
  char *name;
  char *search;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->name);
  g_free (order->search);
  g_free (order);
}

static Order *
order_new (TbTariffsPage *self, const char *search)
{
  const TbTariff *tariff = tb_list_page_get_selected (TB_LIST_PAGE (self));
  Order *order = g_new (Order, 1);

  *order = (Order){ g_strdup (tariff->name), g_strdup (search) };
  return order;
}

/* ---- the list ---- */

static const char *
get_key (gconstpointer value)
{
  return ((const TbTariff *) value)->name;
}

static char *
format_name (gconstpointer value, gpointer page)
{
  return g_strdup (get_key (value));
}

static char *
format_currency (gconstpointer value, gpointer page)
{
  return g_strdup (tb_currency_to_string (((const TbTariff *) value)->currency));
}

static char *
format_rates (gconstpointer value, gpointer page)
{
  return tb_format_number (((const TbTariff *) value)->n_rates);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (get_key (a), get_key (b));
}

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  guint x = ((const TbTariff *) a)->n_rates, y = ((const TbTariff *) b)->n_rates;

  return (x > y) - (x < y);
}

static const TbColumn columns[] = {
  { N_ ("Tariff"), 0, FALSE, format_name, compare_names },
  { N_ ("Currency"), 88, FALSE, format_currency },
  { N_ ("Rates"), 80, TRUE, format_rates, compare_rates },
};

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbTariff *tariff = value;

  return tb_list_page_text_matches (tariff->name, folded) || tb_list_page_text_matches (tb_currency_to_string (tariff->currency), folded);
}

/* Heads, and what they hold in store. */
typedef struct
{
  GPtrArray *tariffs;
  GHashTable *pending;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->tariffs, g_ptr_array_unref);
  g_clear_pointer (&listing->pending, g_hash_table_unref);
  g_free (listing);
}

static gpointer
read_list (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Listing *listing = g_new0 (Listing, 1);

  listing->tariffs = tb_tariff_store_list (store, error);
  listing->pending = listing->tariffs != NULL ? tb_tariff_version_list_pending (store, tb_clock_now (), error) : NULL;
  if (listing->pending != NULL)
    return listing;
  listing_free (listing);
  return NULL;
}

static void
show_list (TbPage *page, gpointer result)
{
  TbTariffsPage *self = TB_TARIFFS_PAGE (page);
  Listing *listing = result;

  g_clear_pointer (&self->pending, g_hash_table_unref);
  self->pending = g_steal_pointer (&listing->pending);
  tb_list_page_take (TB_LIST_PAGE (page), listing->tariffs, (GDestroyNotify) tb_tariff_free);
  listing_free (listing);
}

static void
load (TbPage *page)
{
  tb_page_read (page, &TB_TARIFFS_PAGE (page)->listing, read_list, NULL, NULL, listing_free, show_list);
}

/* ---- its rates ---- */

static gpointer
read_ids (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  g_autoptr (GArray) found = tb_rate_store_list_ids (store, order->name, order->search, error);
  GArray *ids;

  if (found == NULL)
    return NULL;
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), found->len);
  for (guint i = 0; i < found->len; i++)
    {
      gint64 id = g_array_index (found, guint32, i);

      g_array_append_val (ids, id);
    }
  return ids;
}

static void
show_ids (TbPage *page, gpointer result)
{
  tb_rates_view_take_ids (TB_TARIFFS_PAGE (page)->rates, result);
}

static void
search_cb (TbTariffsPage *self)
{
  const TbTariff *tariff = tb_list_page_get_selected (TB_LIST_PAGE (self));
  const char *search = tb_rates_view_get_search (self->rates);
  g_autofree char *wanted = NULL;

  if (tariff == NULL || tb_page_get_books (TB_PAGE (self)) == NULL)
    return;
  /* The books change with every call; whoever reads these rates wants to stay where he is. */
  wanted = g_strdup_printf ("%p\n%s\n%u\n%s", (void *) tb_page_get_books (TB_PAGE (self)), tariff->name, tariff->version,
                            search != NULL ? search : "");
  if (!tb_set_str (&self->listed, wanted))
    return;
  tb_page_read (TB_PAGE (self), &self->loading, read_ids, order_new (self, search), order_free, (GDestroyNotify) g_array_unref,
                show_ids);
}

static void
set_enabled (TbTariffsPage *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
show (TbListPage *page, gpointer value)
{
  TbTariffsPage *self = TB_TARIFFS_PAGE (page);
  GArray *pending = value != NULL && self->pending != NULL ? g_hash_table_lookup (self->pending, get_key (value)) : NULL;

  set_enabled (self, "export", value != NULL);
  set_enabled (self, "history", value != NULL);
  set_enabled (self, "edit", value != NULL);
  set_enabled (self, "properties", value != NULL);
  tb_rates_view_show (self->rates, value, pending, tb_page_get_books (TB_PAGE (page)));
  if (value == NULL)
    {
      g_clear_pointer (&self->listed, g_free);
      if (self->loading != NULL)
        g_cancellable_cancel (self->loading);
    }
  search_cb (self);
}

static void
toggle_details (TbPage *page)
{
  tb_rates_view_toggle_details (TB_TARIFFS_PAGE (page)->rates);
}

static void
find (TbPage *page)
{
  tb_rates_view_find (TB_TARIFFS_PAGE (page)->rates);
}

/* ---- decks in and out ---- */

static void
imported_cb (TbDeckDialog *dialog, const char *name, TbTariffsPage *self)
{
  if (tb_page_get_books (TB_PAGE (self)) != NULL)
    tb_page_show_item (TB_PAGE (self), name);
}

static void
import_path_cb (const char *path, gpointer data)
{
  const TbTariff *tariff = tb_list_page_get_selected (data);
  TbDeckDialog *dialog = tb_deck_dialog_new (data, tb_page_get_books (data), path, tariff != NULL ? tariff->name : NULL);

  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), data, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (tb_page_get_books (data) != NULL)
    tb_dialogs_open_file (data, _ ("Import a Rate Deck"), _ ("Rate decks"), "*.csv;*.txt;*.tsv", import_path_cb, data);
}

static void
dropped_cb (GtkWidget *widget, const char *path)
{
  if (tb_page_get_books (TB_PAGE (widget)) != NULL)
    import_path_cb (path, widget);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_tariff_export (data, tb_page_get_books (data), ((const TbTariff *) tb_list_page_get_selected (data))->name, 0);
}

static void
history_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (tb_history_dialog_new (data, tb_page_get_books (data), tb_list_page_get_selected (data))));
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (tb_tariff_editor_new (data, tb_page_get_books (data), get_key (tb_list_page_get_selected (data)))));
}

static void
added (GtkWidget *page, const char *name)
{
  if (tb_page_get_books (TB_PAGE (page)) != NULL)
    tb_page_show_item (TB_PAGE (page), name);
}

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (tb_page_get_books (data) != NULL)
    tb_tariff_head_dialog_open (data, tb_page_get_books (data), NULL, added);
}

static void
properties_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_tariff_head_dialog_open (data, tb_page_get_books (data), tb_list_page_get_selected (data), NULL);
}

static const TbPageAction actions[] = {
  { "import", import_cb, N_ ("Import a rate deck") },
  { "edit", edit_cb, N_ ("Edit the tariff’s rates"), NULL, "<Control>e" },
  { "new", new_cb, N_ ("New tariff") },
  { "properties", properties_cb, N_ ("Zone and rounding of the tariff"), NULL, "<Alt>Return" },
  { "history", history_cb, N_ ("Versions of the tariff") },
  { "export", export_cb, N_ ("Export the tariff as CSV") },
};

/* ---- class ---- */

static void
tb_tariffs_page_dispose (GObject *object)
{
  TbTariffsPage *self = TB_TARIFFS_PAGE (object);

  g_clear_object (&self->listing);
  g_clear_object (&self->loading);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->listed, g_free);
  g_clear_pointer (&self->pending, g_hash_table_unref);

  G_OBJECT_CLASS (tb_tariffs_page_parent_class)->dispose (object);
}

static void
tb_tariffs_page_class_init (TbTariffsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_tariffs_page_dispose;
  TB_PAGE_CLASS (klass)->load = load;
  TB_PAGE_CLASS (klass)->find = find;
  TB_PAGE_CLASS (klass)->toggle_details = toggle_details;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->show = show;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/tariffs/tb-tariffs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TbTariffsPage, buttons);
}

static void
tb_tariffs_page_init (TbTariffsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->actions = g_object_ref (tb_page_add_actions (TB_PAGE (self), "tariff", actions, G_N_ELEMENTS (actions)));
  gtk_widget_insert_action_group (self->buttons, "tariff", G_ACTION_GROUP (self->actions)); /* they live in the header bar */

  self->rates = g_object_new (TB_TYPE_RATES_VIEW, NULL);
  g_signal_connect_object (self->rates, "search-changed", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Tariffs"), columns, G_N_ELEMENTS (columns), GTK_WIDGET (self->rates), 300,
                       "tb-tariffs-symbolic", _ ("No Tariffs"), _ ("Import a rate deck: drop the file here, or press Import Deck"));
  tb_widgets_accept_files (GTK_WIDGET (self), dropped_cb);
}

GListModel *
tb_tariffs_page_get_rates (TbTariffsPage *self)
{
  return tb_rates_view_get_list (self->rates);
}
