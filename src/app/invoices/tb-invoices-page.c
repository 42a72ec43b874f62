/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoices-page.h"

#include <glib/gi18n.h>

#include "tb-billing-run.h"
#include "tb-dialogs.h"
#include "tb-invoice-card.h"
#include "tb-invoice-print.h"
#include "tb-invoice-store.h"
#include "tb-invoice-text.h"
#include "tb-run.h"
#include "tb-widgets.h"

struct _TbInvoicesPage
{
  TbListPage parent_instance;

  GCancellable *listing, *loading;
  TbPrintedInvoice *printed; /* the chosen one, once it was read */
  GSimpleActionGroup *actions;
  TbInvoiceCard *card;
  GtkWidget *states;  /* drop-down: all, then each state */
  GtkWidget *buttons; /* in the header bar */
};

G_DEFINE_FINAL_TYPE (TbInvoicesPage, tb_invoices_page, TB_TYPE_LIST_PAGE)

/* What an order to the worker names. */
typedef struct
{
  char *name; /* id in digits */
  char *path;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->name);
  g_free (order->path);
  g_free (order);
}

static Order *
order_new (TbInvoicesPage *self, const char *path)
{
  Order *order = g_new0 (Order, 1);

  order->name = g_strdup_printf ("%u", self->printed->invoice->id);
  order->path = g_strdup (path);
  return order;
}

/* ---- the list ---- */

static const char *
get_key (gconstpointer value)
{
  static char key[16];

  g_snprintf (key, sizeof key, "%u", ((const TbInvoice *) value)->id);
  return key;
}

static gboolean
is_called (gconstpointer value, const char *name)
{
  return g_strcmp0 (((const TbInvoice *) value)->number, name) == 0;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbInvoice *invoice = value;
  g_autofree char *month = g_strdup_printf ("%04d-%02d", invoice->year, invoice->month);

  return tb_list_page_text_matches (invoice->number, folded) || tb_list_page_text_matches (invoice->client, folded)
         || tb_list_page_text_matches (month, folded)
         || (invoice->buyer != NULL && tb_list_page_text_matches (invoice->buyer->name, folded));
}

static gboolean
passes (TbListPage *page, gconstpointer value)
{
  guint wanted = gtk_drop_down_get_selected (GTK_DROP_DOWN (TB_INVOICES_PAGE (page)->states));

  return wanted == 0 || wanted == GTK_INVALID_LIST_POSITION || ((const TbInvoice *) value)->state == (TbInvoiceState) (wanted - 1);
}

/* "drafts" shows all of them; anything else is an invoice, whatever its state. */
static void
show_item (TbPage *page, const char *item)
{
  gboolean drafts = g_str_equal (item, "drafts");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (TB_INVOICES_PAGE (page)->states), drafts ? TB_INVOICE_DRAFT + 1 : 0);
  if (!drafts)
    TB_PAGE_CLASS (tb_invoices_page_parent_class)->show_item (page, item);
}

static gpointer
read_list (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_invoice_store_list (store, NULL, error);
}

static void
show_list (TbPage *page, gpointer result)
{
  g_autoptr (GPtrArray) invoices = result;

  tb_list_page_take (TB_LIST_PAGE (page), invoices, (GDestroyNotify) tb_invoice_free);
}

static void
load (TbPage *page)
{
  tb_page_read (page, &TB_INVOICES_PAGE (page)->listing, read_list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, show_list);
}

/* ---- the chosen one ---- */

static void
update_actions (TbInvoicesPage *self)
{
  const TbInvoice *invoice = self->printed != NULL ? self->printed->invoice : NULL;
  const struct { const char *name; gboolean enabled; } flags[] = {
    { "approve", invoice != NULL && invoice->state == TB_INVOICE_DRAFT },
    { "void", invoice != NULL && invoice->state != TB_INVOICE_VOID },
    { "print", invoice != NULL }, { "save-pdf", invoice != NULL }, { "show-calls", invoice != NULL },
    { "show-client", invoice != NULL }, { "turn", invoice != NULL }, { "zoom", invoice != NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), flags[i].name)),
                                 flags[i].enabled);
}

static void
set_printed (TbInvoicesPage *self, TbPrintedInvoice *printed)
{
  g_clear_pointer (&self->printed, tb_printed_invoice_unref);
  self->printed = printed;
  tb_invoice_card_show (self->card, printed, tb_page_get_books (TB_PAGE (self)));
  update_actions (self);
}

static gpointer
read_printed (TbStore *store, TbJob *job, gpointer id, GError **error)
{
  return tb_printed_invoice_load (store, id, error);
}

static void
show_printed (TbPage *page, gpointer result)
{
  set_printed (TB_INVOICES_PAGE (page), result);
}

static void
show (TbListPage *page, gpointer value)
{
  TbInvoicesPage *self = TB_INVOICES_PAGE (page);

  if (value == NULL)
    {
      if (self->loading != NULL)
        g_cancellable_cancel (self->loading);
      set_printed (self, NULL);
      return;
    }
  tb_page_read (TB_PAGE (self), &self->loading, read_printed, g_strdup (get_key (value)), g_free,
                (GDestroyNotify) tb_printed_invoice_unref, show_printed);
}

/* ---- what can be done with it ---- */

static gpointer
approve_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_billing_approve (store, ((Order *) data)->name, error);
}

static void
approve_done (GtkWidget *widget, gpointer result)
{
  g_autoptr (TbInvoice) invoice = result;
  g_autofree char *text = g_strdup_printf (_ ("Approved: %s"), invoice->number);

  tb_dialogs_toast (widget, text);
}

/* Reads again what may have changed under the page's feet, and lets go of the button that was held. */
static void
order_failed (GtkWidget *widget)
{
  update_actions (TB_INVOICES_PAGE (widget));
  tb_page_load (TB_PAGE (widget));
}

static void
approve_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbInvoicesPage *self = data;

  g_simple_action_set_enabled (action, FALSE); /* once is enough */
  tb_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), _ ("Approve invoice"), TRUE, approve_func, order_new (self, NULL),
          order_free, (GDestroyNotify) tb_invoice_free, approve_done, order_failed);
}

static gpointer
void_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_billing_void (store, ((Order *) data)->name, error) ? TB_RUN_OK : NULL;
}

static void
void_done (GtkWidget *widget, gpointer result)
{
  tb_dialogs_toast (widget, _ ("Its calls are free for another invoice"));
}

static void
void_confirmed (gpointer data)
{
  TbInvoicesPage *self = data;

  if (self->printed != NULL)
    tb_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), _ ("Void invoice"), TRUE, void_func, order_new (self, NULL),
            order_free, NULL, void_done, order_failed);
}

static void
void_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbInvoicesPage *self = data;
  const TbInvoice *invoice = self->printed->invoice;
  g_autofree char *title = NULL;

  if (invoice->state == TB_INVOICE_DRAFT)
    {
      tb_dialogs_confirm (data, _ ("Delete This Draft?"), _ ("It has no number yet. Its calls are free for another invoice."),
                          _ ("_Delete"), TRUE, void_confirmed, data, NULL);
      return;
    }
  title = g_strdup_printf (_ ("Void %s?"), invoice->number);
  tb_dialogs_confirm (data, title,
                      _ ("It keeps its number and is printed as void. Its calls are free for another invoice. This cannot be undone."),
                      _ ("_Void"), TRUE, void_confirmed, data, NULL);
}

static gpointer
pdf_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Order *order = data;

  return tb_billing_write_pdf (store, order->name, order->path, error) ? g_path_get_basename (order->path) : NULL;
}

static void
pdf_done (GtkWidget *widget, gpointer result)
{
  g_autofree char *name = result;
  /* Translators: %s is the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  tb_dialogs_toast (widget, text);
}

static void
pdf_path_cb (const char *path, gpointer data)
{
  TbInvoicesPage *self = data;

  if (self->printed != NULL)
    tb_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), _ ("Save as PDF"), FALSE, pdf_func, order_new (self, path), order_free,
            g_free, pdf_done, NULL);
}

/* From anywhere in the window, also while the sidebar has the focus. */
static void
save (TbPage *page)
{
  TbInvoicesPage *self = TB_INVOICES_PAGE (page);
  g_autofree char *name = NULL;

  if (self->printed == NULL)
    return;
  name = tb_invoice_dup_file_name (self->printed->invoice);
  tb_dialogs_save_file (GTK_WIDGET (self), _ ("Save as PDF"), name, pdf_path_cb, self);
}

static void
save_pdf_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  save (data);
}

static void
print (TbPage *page)
{
  TbInvoicesPage *self = TB_INVOICES_PAGE (page);

  if (self->printed != NULL)
    {
      g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_printed_invoice_unref);

      g_ptr_array_add (documents, tb_printed_invoice_ref (self->printed));
      tb_invoice_print_run (documents, GTK_WIDGET (self));
    }
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  print (data);
}

static void
show_calls_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbInvoicesPage *self = data;
  const TbInvoice *invoice = self->printed->invoice;
  g_autofree char *item = g_strdup_printf ("invoice=%u %s", invoice->id, tb_invoice_get_name (invoice));

  gtk_widget_activate_action (data, "win.show-page", "(ss)", "calls", item);
}

static void
show_client_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbInvoicesPage *self = data;

  gtk_widget_activate_action (data, "win.show-page", "(ss)", "clients", self->printed->invoice->client);
}

static void
turn_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_invoice_card_turn (TB_INVOICES_PAGE (data)->card, g_variant_get_int32 (parameter));
}

static void
zoom_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_invoice_card_zoom (TB_INVOICES_PAGE (data)->card, g_variant_get_int32 (parameter));
}

static const GActionEntry entries[] = {
  { "approve", approve_cb }, { "void", void_cb }, { "print", print_cb }, { "save-pdf", save_pdf_cb },
  { "show-calls", show_calls_cb }, { "show-client", show_client_cb }, { "turn", turn_cb, "i" }, { "zoom", zoom_cb, "i" },
};

static const struct { guint key; GdkModifierType modifiers; const char *action; int value; } keys[] = {
  { GDK_KEY_plus, GDK_CONTROL_MASK, "invoice.zoom", 1 },         { GDK_KEY_equal, GDK_CONTROL_MASK, "invoice.zoom", 1 },
  { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "invoice.zoom", 1 },       { GDK_KEY_minus, GDK_CONTROL_MASK, "invoice.zoom", -1 },
  { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "invoice.zoom", -1 }, { GDK_KEY_0, GDK_CONTROL_MASK, "invoice.zoom", 0 },
  { GDK_KEY_Page_Down, GDK_ALT_MASK, "invoice.turn", 1 },        { GDK_KEY_Page_Up, GDK_ALT_MASK, "invoice.turn", -1 },
};

/* ---- class ---- */

static void
tb_invoices_page_dispose (GObject *object)
{
  TbInvoicesPage *self = TB_INVOICES_PAGE (object);

  g_clear_object (&self->listing);
  g_clear_object (&self->loading);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->printed, tb_printed_invoice_unref);

  G_OBJECT_CLASS (tb_invoices_page_parent_class)->dispose (object);
}

static void
tb_invoices_page_class_init (TbInvoicesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_invoices_page_dispose;
  TB_PAGE_CLASS (klass)->load = load;
  TB_PAGE_CLASS (klass)->show_item = show_item;
  TB_PAGE_CLASS (klass)->print = print;
  TB_PAGE_CLASS (klass)->save = save;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->is_called = is_called;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->passes = passes;
  TB_LIST_PAGE_CLASS (klass)->show = show;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/invoices/tb-invoices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TbInvoicesPage, buttons);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, "i", keys[i].value);
}

static void
add_states (TbInvoicesPage *self)
{
  const char *const texts[] = { _ ("All"), _ ("Drafts"), _ ("Approved"), _ ("Void"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (texts);

  self->states = gtk_drop_down_new (NULL, NULL);
  tb_widgets_set_choices (self->states, G_LIST_MODEL (list));
  tb_widgets_set_label (self->states, _ ("State"));
  gtk_widget_set_tooltip_text (self->states, _ ("State"));
  g_signal_connect_swapped (self->states, "notify::selected", G_CALLBACK (tb_list_page_filter), self);
  tb_list_page_add_tool (TB_LIST_PAGE (self), self->states);
}

static void
tb_invoices_page_init (TbInvoicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "invoice", G_ACTION_GROUP (self->actions));
  gtk_widget_insert_action_group (self->buttons, "invoice", G_ACTION_GROUP (self->actions)); /* they live in the header bar */

  add_states (self);
  self->card = g_object_new (TB_TYPE_INVOICE_CARD, NULL);
  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Invoices"), tb_invoice_columns, tb_invoice_n_columns, GTK_WIDGET (self->card), 520,
                       "tb-invoices-symbolic", _ ("No Invoices"), _ ("Make drafts for a month: main menu, Make Drafts for Month"));
  update_actions (self);
}
