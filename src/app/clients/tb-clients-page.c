/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-clients-page.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-invoice-store.h"
#include "tb-widgets.h"

struct _TbClientsPage
{
  TbListPage parent_instance;

  GCancellable *loading;
  GtkWidget *detail;
  GtkWidget *invoices; /* of the client that is shown; borrowed */
};

G_DEFINE_FINAL_TYPE (TbClientsPage, tb_clients_page, TB_TYPE_LIST_PAGE)

static char *
format_name (gconstpointer value, gpointer page)
{
  const TbClient *client = value;

  return g_strdup (client->name != NULL ? client->name : client->key);
}

static char *
format_key (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbClient *) value)->key);
}

static char *
format_currency (gconstpointer value, gpointer page)
{
  return g_strdup (tb_currency_to_string (((const TbClient *) value)->currency));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = format_name (a, NULL);
  g_autofree char *y = format_name (b, NULL);

  return g_utf8_collate (x, y);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (((const TbClient *) a)->key, ((const TbClient *) b)->key);
}

static const TbColumn columns[] = {
  { N_ ("Client"), 0, FALSE, format_name, compare_names },
  { N_ ("Id"), 72, FALSE, format_key, compare_keys },
  { N_ ("Currency"), 84, FALSE, format_currency },
};

static const char *
get_key (gconstpointer value)
{
  return ((const TbClient *) value)->key;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbClient *client = value;

  return tb_list_page_text_matches (client->name, folded) || tb_list_page_text_matches (client->key, folded)
         || tb_list_page_text_matches (client->email, folded);
}

/* ---- the chosen client ---- */

static void
follow_cb (GtkListBox *list, GtkListBoxRow *row, TbClientsPage *self)
{
  const char *page = g_object_get_data (G_OBJECT (row), "tb-page");

  if (page != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "(ss)", page, g_object_get_data (G_OBJECT (row), "tb-item"));
}

static void
make_link (GtkWidget *row, const char *page, char *item)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "tb-page", (gpointer) page);
  g_object_set_data_full (G_OBJECT (row), "tb-item", item, g_free);
}

static void
add_facts (TbClientsPage *self, const TbClient *client)
{
  GtkWidget *list = tb_detail_add_group (self->detail, _ ("Client"));
  g_autofree char *address = tb_format_address (client->address);
  g_autofree char *whmcs = client->whmcs_id > 0 ? tb_format_number (client->whmcs_id) : NULL;
  g_autofree char *low = tb_format_rate (client->low_balance);
  g_autofree char *custom = client->custom_rates != NULL && client->custom_rates->len > 0 ? tb_format_number (client->custom_rates->len) : NULL;

  tb_widgets_add_value (list, _ ("Id"), client->key);
  tb_widgets_add_value (list, _ ("E-mail"), client->email);
  tb_widgets_add_value (list, _ ("Address"), address);
  tb_widgets_add_value (list, _ ("Country"), client->country);
  tb_widgets_add_value (list, _ ("Currency"), tb_currency_to_string (client->currency));
  tb_widgets_add_value (list, _ ("Tax id"), client->tax_id);
  tb_widgets_add_value (list, _ ("Tax"), client->tax);
  tb_widgets_add_value (list, _ ("Low balance"), low);
  tb_widgets_add_value (list, _ ("Own rates"), custom);
  tb_widgets_add_value (list, _ ("WHMCS id"), whmcs);
  make_link (tb_widgets_add_row (list, _ ("Calls"), NULL), "calls", g_strdup_printf ("client=%s", client->key));
  g_signal_connect (list, "row-activated", G_CALLBACK (follow_cb), self);
}

static char *
describe_service (const TbService *service)
{
  GString *text = g_string_new (service->connection != NULL ? service->connection : "");

  if (service->tenant != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", service->tenant);
  if (service->extensions != NULL && service->extensions[0] != NULL)
    g_string_append_printf (text, _ (" · extensions from %s"), service->extensions[0]);
  if (service->dids != NULL && service->dids[0] != NULL)
    g_string_append_printf (text, g_dngettext (NULL, " · %u number", " · %u numbers", g_strv_length (service->dids)),
                            g_strv_length (service->dids));
  if (service->ends != TB_DAY_NONE)
    {
      g_autofree char *day = tb_format_day (service->ends);

      g_string_append_printf (text, _ (" · until %s"), day);
    }
  return g_string_free (text, FALSE);
}

static void
add_services (TbClientsPage *self, const TbClient *client)
{
  const TbSetup *setup = tb_books_get_setup (tb_page_get_books (TB_PAGE (self)));
  GtkWidget *list = tb_detail_add_group (self->detail, _ ("Services"));
  gboolean some = FALSE;

  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = g_ptr_array_index (setup->services, i);
      g_autofree char *subtitle = NULL;
      GtkWidget *row;

      if (g_strcmp0 (service->client, client->key) != 0)
        continue;
      subtitle = describe_service (service);
      row = tb_widgets_add_row (list, service->package, subtitle);
      tb_widgets_add_suffix (row, service->key, "dim-label");
      make_link (row, "packages", g_strdup (service->package));
      some = TRUE;
    }
  if (!some)
    tb_widgets_add_row (list, _ ("No services"), _ ("Calls of this client get no price"));
  g_signal_connect (list, "row-activated", G_CALLBACK (follow_cb), self);
}

static gpointer
read_invoices (TbStore *store, TbJob *job, gpointer key, GError **error)
{
  return tb_invoice_store_list (store, key, error);
}

static void
show_invoices (TbPage *page, gpointer result)
{
  TbClientsPage *self = TB_CLIENTS_PAGE (page);
  g_autoptr (GPtrArray) invoices = result;

  for (guint i = 0; i < invoices->len; i++)
    {
      const TbInvoice *invoice = g_ptr_array_index (invoices, i);
      g_autofree char *month = tb_format_month (invoice->year, invoice->month);
      g_autofree char *total = tb_format_amount (invoice->total, invoice->currency);
      GtkWidget *row = tb_widgets_add_row (self->invoices, invoice->number != NULL ? invoice->number : _ ("Draft"), month);

      tb_widgets_add_suffix (row, total, NULL);
      make_link (row, "invoices", g_strdup_printf ("%u", invoice->id));
    }
  if (invoices->len == 0)
    tb_widgets_add_row (self->invoices, _ ("No invoices"), NULL);
}

static void
show (TbListPage *page, gpointer value)
{
  TbClientsPage *self = TB_CLIENTS_PAGE (page);
  const TbClient *client = value;

  tb_detail_clear (self->detail);
  if (client == NULL)
    return;
  tb_detail_add_title (self->detail, client->name != NULL ? client->name : client->key, NULL);
  add_services (self, client);
  self->invoices = tb_detail_add_group (self->detail, _ ("Invoices"));
  g_signal_connect (self->invoices, "row-activated", G_CALLBACK (follow_cb), self);
  add_facts (self, client);
  tb_page_read (TB_PAGE (self), &self->loading, read_invoices, g_strdup (client->key), g_free, (GDestroyNotify) g_ptr_array_unref,
                show_invoices);
}

static void
load (TbPage *page)
{
  const TbSetup *setup = tb_books_get_setup (tb_page_get_books (page));
  g_autoptr (GPtrArray) clients = g_ptr_array_new ();

  for (guint i = 0; i < setup->clients->len; i++)
    g_ptr_array_add (clients, tb_client_copy (g_ptr_array_index (setup->clients, i)));
  tb_list_page_take (TB_LIST_PAGE (page), clients, (GDestroyNotify) tb_client_free);
}

static void
tb_clients_page_dispose (GObject *object)
{
  g_clear_object (&TB_CLIENTS_PAGE (object)->loading);

  G_OBJECT_CLASS (tb_clients_page_parent_class)->dispose (object);
}

static void
tb_clients_page_class_init (TbClientsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_clients_page_dispose;
  TB_PAGE_CLASS (klass)->load = load;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->show = show;
}

static void
tb_clients_page_init (TbClientsPage *self)
{
  GtkWidget *scroller = tb_detail_new (&self->detail);

  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Clients"), columns, G_N_ELEMENTS (columns), scroller, 340, "tb-clients-symbolic",
                       _ ("No Clients"), _ ("Clients come with a set-up file: main menu, Apply Set-up File"));
}
