/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-clients-page.h"

#include <glib/gi18n.h>

#include "tb-account-card.h"
#include "tb-balance-card.h"
#include "tb-booking-dialog.h"
#include "tb-client-services.h"
#include "tb-client-timeline-view.h"
#include "tb-clock.h"
#include "tb-format.h"
#include "tb-invoice-store.h"
#include "tb-invoice-text.h"
#include "tb-payment-dialog.h"
#include "tb-record-actions.h"
#include "tb-widgets.h"

struct _TbClientsPage
{
  TbListPage parent_instance;

  GCancellable *listing;
  GCancellable *loading;
  GtkWidget *balances; /* drop-down: which clients, by their balance */
  GtkWidget *views; /* a stack: the facts, the time line */
  GtkWidget *timeline;
  GtkWidget *detail;
  GtkWidget *invoices;  /* of the client that is shown; borrowed */
  GtkWidget *account;   /* likewise */
  GtkWidget *statement; /* likewise; NULL for one who pays afterwards */
};

G_DEFINE_FINAL_TYPE (TbClientsPage, tb_clients_page, TB_TYPE_LIST_PAGE)

typedef struct
{
  TbClient *client;
  TbClientBalance *balance; /* NULL for who pays afterwards */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  tb_client_free (row->client);
  tb_client_balance_free (row->balance);
  g_free (row);
}

/* ---- the list ---- */

static char *
format_name (gconstpointer value, gpointer page)
{
  const TbClient *client = ((const Row *) value)->client;

  return g_strdup (client->name != NULL ? client->name : client->key);
}

static char *
format_key (gconstpointer value, gpointer page)
{
  return g_strdup (((const Row *) value)->client->key);
}

static char *
format_balance (gconstpointer value, gpointer page)
{
  return tb_balance_card_format (((const Row *) value)->balance);
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
  return g_strcmp0 (((const Row *) a)->client->key, ((const Row *) b)->client->key);
}

/* Who has least comes first, who has none at all last. */
static int
compare_balances (gconstpointer a, gconstpointer b)
{
  const TbClientBalance *x = ((const Row *) a)->balance, *y = ((const Row *) b)->balance;

  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);
  return x->balance < y->balance ? -1 : x->balance > y->balance;
}

static const TbColumn columns[] = {
  { N_ ("Client"), 0, FALSE, format_name, compare_names },
  { N_ ("Id"), 64, FALSE, format_key, compare_keys },
  { N_ ("Balance"), 190, TRUE, format_balance, compare_balances },
};

static const char *
get_key (gconstpointer value)
{
  return ((const Row *) value)->client->key;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbClient *client = ((const Row *) value)->client;

  return tb_list_page_text_matches (client->name, folded) || tb_list_page_text_matches (client->key, folded)
         || tb_list_page_text_matches (client->email, folded);
}

/* By the balance: everybody, who pays in advance, whose balance is low or empty. */
enum { ANY_BALANCE, IN_ADVANCE, LOW_OR_EMPTY };

static gboolean
passes (TbListPage *page, gconstpointer value)
{
  const TbClientBalance *balance = ((const Row *) value)->balance;
  guint wanted = gtk_drop_down_get_selected (GTK_DROP_DOWN (TB_CLIENTS_PAGE (page)->balances));

  if (wanted == IN_ADVANCE || wanted == LOW_OR_EMPTY)
    return balance != NULL && balance->is_prepaid && (wanted == IN_ADVANCE || balance->state != TB_BALANCE_OK);
  return TRUE;
}

static void
show_item (TbPage *page, const char *item)
{
  gboolean low = g_str_equal (item, TB_CLIENTS_LOW_OR_EMPTY);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (TB_CLIENTS_PAGE (page)->balances), low ? LOW_OR_EMPTY : ANY_BALANCE);
  if (!low)
    TB_PAGE_CLASS (tb_clients_page_parent_class)->show_item (page, item);
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
  g_autofree char *custom = client->custom_rates != NULL && client->custom_rates->len > 0 ? tb_format_number (client->custom_rates->len) : NULL;

  tb_widgets_add_value (list, _ ("Id"), client->key);
  tb_widgets_add_value (list, _ ("E-mail"), client->email);
  tb_widgets_add_value (list, _ ("Address"), address);
  tb_widgets_add_value (list, _ ("Country"), client->country);
  tb_widgets_add_value (list, _ ("Currency"), tb_currency_to_string (client->currency));
  tb_widgets_add_value (list, _ ("Tax id"), client->tax_id);
  tb_widgets_add_value (list, _ ("Tax"), client->tax);
  tb_widgets_add_value (list, _ ("Own rates"), custom);
  tb_widgets_add_value (list, _ ("WHMCS id"), whmcs);
  make_link (tb_widgets_add_row (list, _ ("Calls"), NULL), "calls", g_strdup_printf ("client=%s", client->key));
  g_signal_connect (list, "row-activated", G_CALLBACK (follow_cb), self);
}

/* ---- what is read of the chosen one ---- */

typedef struct
{
  GPtrArray *invoices;
  TbAccountFacts *account;
  TbBalanceStatement *statement; /* or NULL */
} History;

static void
history_free (gpointer data)
{
  History *history = data;

  g_clear_pointer (&history->invoices, g_ptr_array_unref);
  g_clear_pointer (&history->account, tb_account_facts_free);
  g_clear_pointer (&history->statement, tb_balance_statement_free);
  g_free (history);
}

typedef struct
{
  char *client;
  gboolean has_balance;
} Asked;

static void
asked_free (gpointer data)
{
  g_free (((Asked *) data)->client);
  g_free (data);
}

static gpointer
read_history (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Asked *asked = data;
  History *history = g_new0 (History, 1);

  history->invoices = tb_invoice_store_list (store, asked->client, error);
  if (history->invoices != NULL)
    history->account = tb_account_facts_read (store, asked->client, error);
  if (history->account != NULL && asked->has_balance)
    history->statement = tb_balances_read_statement (store, asked->client, error);
  if (history->account != NULL && (history->statement != NULL || !asked->has_balance))
    return history;
  history_free (history);
  return NULL;
}

static void
add_invoices (TbClientsPage *self, const GPtrArray *invoices)
{
  for (guint i = 0; i < invoices->len; i++)
    {
      const TbInvoice *invoice = g_ptr_array_index (invoices, i);
      g_autofree char *month = tb_format_month (invoice->year, invoice->month);
      g_autofree char *total = tb_format_amount (invoice->total, invoice->currency);
      g_autofree char *payable = tb_invoice_dup_payable (invoice);
      g_autofree char *subtitle = payable != NULL ? g_strdup_printf ("%s · %s", month, payable) : g_strdup (month);
      GtkWidget *row = tb_widgets_add_row (self->invoices, invoice->number != NULL ? invoice->number : _ ("Draft"), subtitle);

      tb_widgets_add_suffix (row, total, NULL);
      make_link (row, "invoices", g_strdup_printf ("%u", invoice->id));
    }
  if (invoices->len == 0)
    tb_widgets_add_row (self->invoices, _ ("No invoices"), NULL);
}

static void
link_invoice (GtkWidget *row, guint32 invoice_id)
{
  make_link (row, "invoices", g_strdup_printf ("%u", invoice_id));
}

static void
show_history (TbPage *page, gpointer result)
{
  TbClientsPage *self = TB_CLIENTS_PAGE (page);
  TbBooks *books = tb_page_get_books (page);
  History *history = result;

  tb_account_card_show (self->account, g_steal_pointer (&history->account), tb_zone_day_at (tb_books_get_zone (books), tb_clock_now ()), link_invoice);

  add_invoices (self, history->invoices);
  if (self->statement != NULL && history->statement != NULL)
    tb_balance_card_show (self->statement, g_steal_pointer (&history->statement), tb_books_get_zone (books));
  history_free (history);
}

static void show_timeline (TbClientsPage *self);

static void
book_cb (TbClientsPage *self)
{
  const Row *row = tb_list_page_get_selected (TB_LIST_PAGE (self));

  if (row != NULL && row->balance != NULL)
    tb_booking_dialog_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), row->balance);
}

static void
record_cb (TbClientsPage *self)
{
  const Row *row = tb_list_page_get_selected (TB_LIST_PAGE (self));

  if (row != NULL)
    tb_payment_dialog_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), row->client->key, NULL);
}

static void
show (TbListPage *page, gpointer value)
{
  TbClientsPage *self = TB_CLIENTS_PAGE (page);
  const Row *row = value;
  Asked *asked;

  tb_detail_clear (self->detail);
  tb_record_actions_update (page);
  self->statement = NULL;
  show_timeline (self);
  if (row == NULL)
    return;
  tb_detail_add_title (self->detail, row->client->name != NULL ? row->client->name : row->client->key, NULL);
  tb_record_actions_add_buttons (self->detail);
  if (row->balance != NULL)
    self->statement = tb_balance_card_add (self->detail, row->balance, G_CALLBACK (book_cb), self);
  self->account = tb_account_card_add (self->detail, G_CALLBACK (record_cb), self);
  g_signal_connect (self->account, "row-activated", G_CALLBACK (follow_cb), self);
  tb_client_services_add (self->detail, TB_PAGE (page), row->client);
  self->invoices = tb_detail_add_group (self->detail, _ ("Invoices"));
  g_signal_connect (self->invoices, "row-activated", G_CALLBACK (follow_cb), self);
  add_facts (self, row->client);
  asked = g_new (Asked, 1);
  *asked = (Asked){ g_strdup (row->client->key), row->balance != NULL };
  tb_page_read (TB_PAGE (self), &self->loading, read_history, asked, asked_free, history_free, show_history);
}

/* ---- changing ---- */

static gboolean
get_chosen (TbListPage *page, const char **ret_noun, const char **ret_name)
{
  const Row *row = tb_list_page_get_selected (page);

  *ret_noun = "clients";
  if (row == NULL)
    return FALSE;
  *ret_name = row->client->key;
  return TRUE;
}

static void
activate (TbListPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "record.edit", NULL);
}

/* ---- loading ---- */

static gpointer
read_balances (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_balances_list (store, error);
}

/* Takes it out of the list. */
static TbClientBalance *
steal_balance (GPtrArray *balances, const char *client)
{
  for (guint i = 0; i < balances->len; i++)
    if (g_str_equal (((TbClientBalance *) balances->pdata[i])->client, client))
      return g_ptr_array_steal_index (balances, i);
  return NULL;
}

static void
show_list (TbPage *page, gpointer result)
{
  const TbSetup *setup = tb_books_get_setup (tb_page_get_books (page));
  g_autoptr (GPtrArray) balances = result;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < setup->clients->len; i++)
    {
      Row *row = g_new0 (Row, 1);

      row->client = tb_client_copy (g_ptr_array_index (setup->clients, i));
      row->balance = steal_balance (balances, row->client->key);
      g_ptr_array_add (rows, row);
    }
  tb_list_page_take (TB_LIST_PAGE (page), rows, row_free);
}

static void
load (TbPage *page)
{
  tb_page_read (page, &TB_CLIENTS_PAGE (page)->listing, read_balances, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, show_list);
}

static void
tb_clients_page_dispose (GObject *object)
{
  g_clear_object (&TB_CLIENTS_PAGE (object)->listing);
  g_clear_object (&TB_CLIENTS_PAGE (object)->loading);

  G_OBJECT_CLASS (tb_clients_page_parent_class)->dispose (object);
}

static void
tb_clients_page_class_init (TbClientsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_clients_page_dispose;
  TB_PAGE_CLASS (klass)->load = load;
  TB_PAGE_CLASS (klass)->show_item = show_item;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->passes = passes;
  TB_LIST_PAGE_CLASS (klass)->show = show;
  TB_LIST_PAGE_CLASS (klass)->activate = activate;
}

static void
add_balances (TbClientsPage *self)
{
  const char *const texts[] = { [ANY_BALANCE] = _ ("All"), [IN_ADVANCE] = _ ("In advance"), [LOW_OR_EMPTY] = _ ("Low or empty"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (texts);

  self->balances = gtk_drop_down_new (NULL, NULL);
  tb_widgets_set_choices (self->balances, G_LIST_MODEL (list));
  tb_widgets_set_label (self->balances, _ ("Balance"));
  gtk_widget_set_tooltip_text (self->balances, _ ("Balance"));
  g_signal_connect_swapped (self->balances, "notify::selected", G_CALLBACK (tb_list_page_filter), self);
  tb_list_page_add_tool (TB_LIST_PAGE (self), self->balances);
}

/* The time line is read when somebody looks at it. */
static void
show_timeline (TbClientsPage *self)
{
  const Row *row = tb_list_page_get_selected (TB_LIST_PAGE (self));
  TbBooks *books = tb_page_get_books (TB_PAGE (self));
  const char *seen = gtk_stack_get_visible_child_name (GTK_STACK (self->views));

  if (books != NULL && g_strcmp0 (seen, "timeline") == 0)
    tb_client_timeline_view_show (TB_CLIENT_TIMELINE_VIEW (self->timeline), books, row != NULL ? row->client->key : NULL);
}

static GtkWidget *
make_views (TbClientsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->views = gtk_stack_new ();
  self->timeline = tb_client_timeline_view_new ();
  gtk_stack_add_titled (GTK_STACK (self->views), tb_detail_new (&self->detail), "facts", _ ("Account"));
  gtk_stack_add_titled (GTK_STACK (self->views), self->timeline, "timeline", _ ("Time Line"));
  gtk_widget_set_vexpand (self->views, TRUE);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (self->views));
  gtk_widget_set_hexpand (switcher, TRUE);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  tb_widgets_name_controls (switcher);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_box_append (GTK_BOX (bar), switcher);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), self->views);
  gtk_widget_set_hexpand (box, TRUE);
  g_signal_connect_swapped (self->views, "notify::visible-child", G_CALLBACK (show_timeline), self);
  return box;
}

static void
tb_clients_page_init (TbClientsPage *self)
{
  GtkWidget *views = make_views (self);

  add_balances (self);
  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Clients"), columns, G_N_ELEMENTS (columns), views, 440, "tb-clients-symbolic",
                       _ ("No Clients"), _ ("Clients come with a set-up file, from WHMCS, or one by one"));
  tb_record_actions_install (TB_LIST_PAGE (self), "clients", get_chosen);
}
