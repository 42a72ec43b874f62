/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoices-page.h"

#include <glib/gi18n.h>

#include "tb-billing-run.h"
#include "tb-client-choices.h"
#include "tb-credit-dialog.h"
#include "tb-dialogs.h"
#include "tb-invoice-approval.h"
#include "tb-invoice-card.h"
#include "tb-format.h"
#include "tb-invoice-output.h"
#include "tb-invoice-print.h"
#include "tb-invoice-rows.h"
#include "tb-invoice-text.h"
#include "tb-invoice-void.h"
#include "tb-payment-dialog.h"
#include "tb-rerating-dialog.h"
#include "tb-run.h"
#include "tb-widgets.h"

struct _TbInvoicesPage
{
  TbListPage parent_instance;

  GCancellable *listing, *loading;
  TbPrintedInvoice *printed; /* the chosen one, the first of several, once it was read */
  TbStanding standing;       /* of it */
  gboolean open;             /* it asks for something still */
  GSimpleActionGroup *actions;
  TbInvoiceCard *card;
  GtkWidget *states;  /* drop-down: all, then each standing */
  GtkWidget *clients; /* likewise: all, then each client */
  GPtrArray *client_keys;
  GtkWidget *buttons; /* in the header bar */
};

G_DEFINE_FINAL_TYPE (TbInvoicesPage, tb_invoices_page, TB_TYPE_LIST_PAGE)

/* Ids of those that are chosen: of guint32. With `drafts` of these only. */
static GArray *
list_chosen (TbInvoicesPage *self, gboolean drafts)
{
  g_autoptr (GPtrArray) rows = tb_list_page_list_selected (TB_LIST_PAGE (self));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < rows->len; i++)
    {
      const TbInvoiceRow *row = rows->pdata[i];

      if (!drafts || row->standing == TB_STANDING_DRAFT)
        g_array_append_val (ids, row->invoice->id);
    }
  return ids;
}

/* ---- the list ---- */

static const char *
get_key (gconstpointer value)
{
  static char key[16];

  g_snprintf (key, sizeof key, "%u", ((const TbInvoiceRow *) value)->invoice->id);
  return key;
}

static gboolean
is_called (gconstpointer value, const char *name)
{
  return g_strcmp0 (((const TbInvoiceRow *) value)->invoice->number, name) == 0;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbInvoice *invoice = ((const TbInvoiceRow *) value)->invoice;
  g_autofree char *month = g_strdup_printf ("%04d-%02d", invoice->year, invoice->month);

  return tb_list_page_text_matches (invoice->number, folded) || tb_list_page_text_matches (invoice->client, folded)
         || tb_list_page_text_matches (month, folded)
         || (invoice->buyer != NULL && tb_list_page_text_matches (invoice->buyer->name, folded));
}

static gboolean
passes (TbListPage *page, gconstpointer value)
{
  TbInvoicesPage *self = TB_INVOICES_PAGE (page);
  const TbInvoiceRow *row = value;
  guint wanted = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->states));
  const char *client = tb_client_choices_get (self->clients, self->client_keys);

  return (wanted == 0 || wanted == GTK_INVALID_LIST_POSITION || row->standing == (TbStanding) (wanted - 1))
         && (client == NULL || g_strcmp0 (client, row->invoice->client) == 0);
}

/* A standing by its name ("overdue"; "drafts" too) shows all of that; anything else is an invoice, whatever its state. */
static void
show_item (TbPage *page, const char *item)
{
  TbInvoicesPage *self = TB_INVOICES_PAGE (page);
  guint state = g_str_equal (item, "drafts") ? TB_STANDING_DRAFT + 1 : 0;

  for (guint i = 0; i < TB_N_STANDINGS; i++)
    if (g_str_equal (item, tb_standing_to_string (i)))
      state = i + 1;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->states), state);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->clients), 0);
  if (state == 0)
    TB_PAGE_CLASS (tb_invoices_page_parent_class)->show_item (page, item);
}

static gpointer
read_list (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_invoice_rows_read (store, TB_DAY_NONE, error);
}

static void
show_list (TbPage *page, gpointer result)
{
  TbInvoicesPage *self = TB_INVOICES_PAGE (page);
  g_autoptr (GPtrArray) rows = result;

  tb_client_choices_fill (self->clients, self->client_keys, tb_books_get_setup (tb_page_get_books (page)));
  tb_list_page_take (TB_LIST_PAGE (page), rows, (GDestroyNotify) tb_invoice_row_free);
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
  g_autoptr (GArray) chosen = list_chosen (self, FALSE), drafts = list_chosen (self, TRUE);
  gboolean one = invoice != NULL && chosen->len == 1;
  const struct { const char *name; gboolean enabled; } flags[] = {
    { "approve", invoice != NULL && drafts->len > 0 },
    { "void", one && invoice->state != TB_INVOICE_VOID },
    { "correct", one && invoice->state == TB_INVOICE_APPROVED && invoice->kind == TB_INVOICE_BILL },
    { "credit", one && invoice->state == TB_INVOICE_APPROVED && invoice->kind == TB_INVOICE_BILL },
    { "pay", one && invoice->number != NULL && self->open },
    { "print", invoice != NULL }, { "save-pdf", invoice != NULL }, { "show-calls", one }, { "show-client", one },
    { "show-posting", one && invoice->number != NULL }, { "turn", invoice != NULL }, { "zoom", invoice != NULL }, { "fit-page", invoice != NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), flags[i].name)),
                                 flags[i].enabled);
}

/* "12 invoices chosen, 340.00 CAD": what the actions are for. */
static void
say_many (TbInvoicesPage *self)
{
  g_autoptr (GPtrArray) rows = tb_list_page_list_selected (TB_LIST_PAGE (self));
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  g_autofree char *number = tb_format_number (rows->len), *total = NULL, *text = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const TbInvoice *invoice = ((TbInvoiceRow *) rows->pdata[i])->invoice;

      tb_money_add_to (sums, (TbMoney){ invoice->total, invoice->currency }, NULL);
    }
  total = tb_format_sums (sums);
  if (rows->len > 1)
    text = g_strdup_printf (g_dngettext (NULL, "%s invoice chosen, %s", "%s invoices chosen, %s", rows->len), number, total);
  tb_invoice_card_say_many (self->card, text);
}

static void
set_printed (TbInvoicesPage *self, TbPrintedInvoice *printed)
{
  g_clear_pointer (&self->printed, tb_printed_invoice_unref);
  self->printed = printed;
  tb_invoice_card_show (self->card, printed, self->standing, tb_page_get_books (TB_PAGE (self)));
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

  say_many (self);
  update_actions (self);
  if (value == NULL)
    {
      if (self->loading != NULL)
        g_cancellable_cancel (self->loading);
      set_printed (self, NULL);
      return;
    }
  self->standing = ((TbInvoiceRow *) value)->standing;
  self->open = ((TbInvoiceRow *) value)->open > 0;
  tb_page_read (TB_PAGE (self), &self->loading, read_printed, g_strdup (get_key (value)), g_free,
                (GDestroyNotify) tb_printed_invoice_unref, show_printed);
}

/* ---- what can be done with it ---- */

/* Reads again what may have changed under the page's feet, and lets go of the button that was held. */
static void
order_failed (GtkWidget *widget)
{
  update_actions (TB_INVOICES_PAGE (widget));
  tb_page_load (TB_PAGE (widget));
}

static void
approving_cb (GtkWidget *widget, gboolean approving)
{
  if (approving)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (TB_INVOICES_PAGE (widget)->actions), "approve")), FALSE);
  else
    order_failed (widget);
}

static void
approve_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GArray) ids = list_chosen (data, TRUE);

  tb_invoice_approval_run (data, tb_page_get_books (data), 0, 0, ids, ids->len, approving_cb);
}

static void
void_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_invoice_void_run (data, tb_page_get_books (data), TB_INVOICES_PAGE (data)->printed->invoice, order_failed);
}

/* From anywhere in the window, also while the sidebar has the focus. */
static void
save (TbPage *page)
{
  TbInvoicesPage *self = TB_INVOICES_PAGE (page);
  g_autoptr (GArray) chosen = list_chosen (self, FALSE);

  if (self->printed == NULL)
    return;
  if (chosen->len > 1)
    tb_invoice_output_save (GTK_WIDGET (self), tb_page_get_books (page), chosen);
  else
    tb_invoice_output_save_one (GTK_WIDGET (self), tb_page_get_books (page), self->printed->invoice);
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
  g_autoptr (GArray) chosen = list_chosen (self, FALSE);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_printed_invoice_unref);

  if (self->printed == NULL)
    return;
  if (chosen->len > 1)
    {
      tb_invoice_output_print (GTK_WIDGET (self), tb_page_get_books (page), chosen);
      return;
    }
  g_ptr_array_add (documents, tb_printed_invoice_ref (self->printed));
  tb_invoice_print_run (documents, GTK_WIDGET (self));
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
pay_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const TbInvoice *invoice = TB_INVOICES_PAGE (data)->printed->invoice;

  tb_payment_dialog_run (data, tb_page_get_books (data), invoice->client, invoice->number);
}

static void
show_posting_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_activate_action (data, "win.show-page", "(ss)", "whmcs", TB_INVOICES_PAGE (data)->printed->invoice->number);
}

static void
correct_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbReratingDialog *dialog = tb_rerating_dialog_new (data, tb_page_get_books (data));

  tb_rerating_dialog_correct (dialog, TB_INVOICES_PAGE (data)->printed->invoice);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
note_made (GtkWidget *widget, guint32 note)
{
  g_autofree char *id = g_strdup_printf ("%u", note);

  tb_page_show_item (TB_PAGE (widget), id);
  tb_dialogs_toast (widget, _ ("The draft of the credit note is made"));
}

static void
credit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_credit_dialog_run (data, tb_page_get_books (data), TB_INVOICES_PAGE (data)->printed->invoice, note_made);
}

static void
fit_page_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_invoice_card_fit_page (TB_INVOICES_PAGE (data)->card);
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

static const TbPageAction actions[] = {
  { "approve", approve_cb, N_ ("Approve Chosen Invoices") },
  { "void", void_cb, N_ ("Void Chosen Invoice") },
  { "print", print_cb, N_ ("Print Chosen Invoices") },
  { "save-pdf", save_pdf_cb, N_ ("Save Chosen Invoices as PDF") },
  { "correct", correct_cb, N_ ("Correct Chosen Invoice") },
  { "credit", credit_cb, N_ ("Credit Chosen Invoice") },
  { "pay", pay_cb, N_ ("Record Payment of Chosen Invoice") },
  { "show-calls", show_calls_cb, N_ ("Show Calls of Chosen Invoice") },
  { "show-client", show_client_cb, N_ ("Show Client of Chosen Invoice") },
  { "show-posting", show_posting_cb, N_ ("Show Chosen Invoice at WHMCS") },
  { "turn", turn_cb, .parameter_type = "i" },
  { "zoom", zoom_cb, .parameter_type = "i" },
  { "fit-page", fit_page_cb },
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
  g_clear_pointer (&self->client_keys, g_ptr_array_unref);
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

static GtkWidget *
add_choice (TbInvoicesPage *self, const char *title)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  tb_widgets_set_label (choice, title);
  gtk_widget_set_tooltip_text (choice, title);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (tb_list_page_filter), self);
  tb_list_page_add_tool (TB_LIST_PAGE (self), choice);
  return choice;
}

static void
fill_states (TbInvoicesPage *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("All states"));
  for (guint i = 0; i < TB_N_STANDINGS; i++)
    gtk_string_list_append (list, tb_standing_to_display (i));
  tb_widgets_set_choices (self->states, G_LIST_MODEL (list));
}

static void
tb_invoices_page_init (TbInvoicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->actions = g_object_ref (tb_page_add_actions (TB_PAGE (self), "invoice", actions, G_N_ELEMENTS (actions)));
  gtk_widget_insert_action_group (self->buttons, "invoice", G_ACTION_GROUP (self->actions)); /* they live in the header bar */

  self->client_keys = g_ptr_array_new_with_free_func (g_free);
  self->card = g_object_new (TB_TYPE_INVOICE_CARD, NULL);
  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Invoices"), tb_invoice_columns, tb_invoice_n_columns, GTK_WIDGET (self->card), 520,
                       "tb-invoices-symbolic", _ ("No Invoices"), _ ("The page Billing Run makes drafts for a month"));
  tb_list_page_allow_many (TB_LIST_PAGE (self));
  self->states = add_choice (self, _ ("State"));
  self->clients = add_choice (self, _ ("Client"));
  fill_states (self);
  update_actions (self);
}
