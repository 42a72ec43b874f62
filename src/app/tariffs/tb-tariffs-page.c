/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariffs-page.h"

#include <glib/gi18n.h>

#include "tb-deck-dialog.h"
#include "tb-deck.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-rates-view.h"
#include "tb-run.h"
#include "tb-tariff-store.h"
#include "tb-text.h"
#include "tb-widgets.h"

struct _TbTariffsPage
{
  TbListPage parent_instance;

  GCancellable *listing, *loading;
  GSimpleActionGroup *actions;
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
  char *path;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->name);
  g_free (order->search);
  g_free (order->path);
  g_free (order);
}

static Order *
order_new (TbTariffsPage *self, const char *search, const char *path)
{
  const TbTariff *tariff = tb_list_page_get_selected (TB_LIST_PAGE (self));
  Order *order = g_new (Order, 1);

  *order = (Order){ g_strdup (tariff->name), g_strdup (search), g_strdup (path) };
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

static gpointer
read_list (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_tariff_store_list (store, error);
}

static void
show_list (TbPage *page, gpointer result)
{
  g_autoptr (GPtrArray) tariffs = result;

  tb_list_page_take (TB_LIST_PAGE (page), tariffs, (GDestroyNotify) tb_tariff_free);
}

static void
load (TbPage *page)
{
  tb_page_read (page, &TB_TARIFFS_PAGE (page)->listing, read_list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, show_list);
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
  tb_page_read (TB_PAGE (self), &self->loading, read_ids, order_new (self, search, NULL), order_free, (GDestroyNotify) g_array_unref,
                show_ids);
}

static void
show (TbListPage *page, gpointer value)
{
  TbTariffsPage *self = TB_TARIFFS_PAGE (page);
  GAction *export = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "export");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (export), value != NULL);
  tb_rates_view_show (self->rates, value, tb_page_get_books (TB_PAGE (page)));
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

static gpointer
export_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  g_autoptr (TbTariff) tariff = tb_tariff_store_load (store, order->name, error);
  g_autoptr (TbZone) zone = NULL;
  g_autofree char *text = NULL;

  if (tariff == NULL)
    return NULL;
  zone = tb_zone_new (tariff->time_zone != NULL ? tariff->time_zone : "UTC", error);
  if (zone == NULL)
    return NULL;
  text = tb_deck_write (tariff->rates, zone);
  if (g_file_set_contents (order->path, text, -1, error))
    return g_path_get_basename (order->path);
  tb_error_convert (error, TB_ERROR_STORAGE);
  return NULL;
}

static void
export_done (GtkWidget *widget, gpointer result)
{
  g_autofree char *name = result;
  /* Translators: %s is the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  tb_dialogs_toast (widget, text);
}

static void
export_path_cb (const char *path, gpointer data)
{
  if (tb_list_page_get_selected (data) != NULL)
    tb_run (data, tb_page_get_books (data), _ ("Export tariff"), FALSE, export_func, order_new (data, NULL, path), order_free, g_free,
            export_done, NULL);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const TbTariff *tariff = tb_list_page_get_selected (data);
  g_autofree char *name = g_strconcat (tariff->name, ".csv", NULL);

  tb_dialogs_save_file (data, _ ("Export Tariff"), g_strdelimit (name, "/\\:", '-'), export_path_cb, data);
}

static const GActionEntry entries[] = { { "import", import_cb }, { "export", export_cb } };

/* ---- class ---- */

static void
tb_tariffs_page_dispose (GObject *object)
{
  TbTariffsPage *self = TB_TARIFFS_PAGE (object);

  g_clear_object (&self->listing);
  g_clear_object (&self->loading);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->listed, g_free);

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

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "tariff", G_ACTION_GROUP (self->actions));
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
