/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment-dialog.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-payments.h"
#include "tb-run.h"
#include "tb-widgets.h"

/* As they are kept; shown in the person's language. */
static const struct
{
  const char *name, *title;
} methods[] = {
  { "bank transfer", N_ ("Bank transfer") }, { "cash", N_ ("Cash") },   { "cheque", N_ ("Cheque") }, { "card", N_ ("Card") },
  { "direct debit", N_ ("Direct debit") },   { NULL, N_ ("Other") },
};

/* What is paid, in the order of the choice. Without an invoice that is looked at the first is not offered. */
typedef enum { PAYS_INVOICE, PAYS_OLDEST, PAYS_NOTHING } Pays;

typedef struct
{
  TbBooks *books;
  char *client; /* that was given, or NULL */
  char *number; /* likewise */
  GPtrArray *clients; /* of char *: keys in the order of the choice */
  GCancellable *previewing;
  gboolean good; /* what is typed now was previewed, and can be recorded */
  gboolean gone;
  GtkWidget *window; /* borrowed: it owns this */
  GtkWidget *payer, *amount, *day, *method, *reference, *note, *pays, *preview, *wrong, *record;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_clear_object (&form->previewing);
  g_object_unref (form->books);
  g_ptr_array_unref (form->clients);
  g_free (form->client);
  g_free (form->number);
  g_free (form);
}

/* ---- what is ordered ---- */

typedef struct
{
  char *client, *reference, *note, *wanted;
  const char *method;
  char *amount;
  TbDay day;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->client);
  g_free (order->reference);
  g_free (order->note);
  g_free (order->wanted);
  g_free (order->amount);
  g_free (order);
}

/* NULL = the oldest first, "" = nothing. */
static char *
dup_wanted (const Form *form)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (form->pays)) + (form->number != NULL ? 0 : 1);

  return chosen == PAYS_INVOICE ? g_strdup (form->number) : g_strdup (chosen == PAYS_NOTHING ? "" : NULL);
}

static const char *
get_client (const Form *form)
{
  guint chosen = form->payer != NULL ? gtk_drop_down_get_selected (GTK_DROP_DOWN (form->payer)) : GTK_INVALID_LIST_POSITION;

  return form->client != NULL ? form->client : chosen < form->clients->len ? form->clients->pdata[chosen] : NULL;
}

/* NULL = not all is given yet, or (with the field marked) something is wrong. */
static Order *
order_new (const Form *form)
{
  guint method = adw_combo_row_get_selected (ADW_COMBO_ROW (form->method));
  g_autofree char *amount = tb_widgets_dup_text (form->amount), *day = tb_widgets_dup_text (form->day);
  TbDay parsed = TB_DAY_NONE;
  gboolean dated = tb_day_parse (day, &parsed, NULL);
  Order *order;

  tb_widgets_mark (form->day, !dated && *day != '\0');
  if (!dated || *amount == '\0' || get_client (form) == NULL)
    return NULL;
  order = g_new0 (Order, 1);
  order->client = g_strdup (get_client (form));
  order->amount = g_steal_pointer (&amount);
  order->day = parsed;
  order->method = methods[MIN (method, G_N_ELEMENTS (methods) - 1)].name;
  order->reference = tb_widgets_dup_text (form->reference);
  order->note = tb_widgets_dup_text (form->note);
  order->wanted = dup_wanted (form);
  return order;
}

/* What of an invoice is wanted goes as far as that is open, and the rest is credit on account, so that it is not asked for by an amount. */
static TbPayment *
carry_out (TbStore *store, const Order *order, gboolean record, GError **error)
{
  g_autoptr (GPtrArray) wanted = order->wanted != NULL ? tb_payments_parse_wanted (order->wanted, error) : NULL;
  g_autoptr (TbAccount) account = tb_payments_read_account (store, order->client, TB_CURRENCY_NONE, error);
  TbPaymentOrder given = { .client = order->client, .day = order->day, .method = order->method, .reference = order->reference, .note = order->note,
                           .wanted = wanted };

  if (account == NULL || !tb_payments_parse_amount (order->amount, account->currency, &given.amount, error))
    return NULL;
  return record ? tb_payments_record (store, &given, tb_clock_now (), error) : tb_payments_preview (store, &given, error);
}

static gpointer
record_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return carry_out (store, data, TRUE, error);
}

static gpointer
preview_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return carry_out (store, data, FALSE, error);
}

/* ---- the preview ---- */

static void
add_part (Form *form, const char *title, TbAmount amount, TbCurrency currency)
{
  g_autofree char *text = tb_format_amount (amount, currency);

  tb_widgets_add_value (form->preview, title, text);
}

static void
show_preview (Form *form, const TbPayment *payment)
{
  TbAmount rest = 0;

  tb_widgets_clear (form->preview);
  for (guint i = 0; i < payment->allocations->len; i++)
    {
      const TbAllocation *allocation = payment->allocations->pdata[i];

      add_part (form, allocation->number, allocation->amount, payment->amount.currency);
    }
  if (tb_payment_get_rest (payment, &rest, NULL) && rest > 0)
    add_part (form, _ ("Credit on account"), rest, payment->amount.currency);
}

static void
set_state (Form *form, gboolean good, const char *wrong)
{
  form->good = good;
  gtk_widget_set_sensitive (form->record, good);
  gtk_label_set_label (GTK_LABEL (form->wrong), wrong);
  gtk_widget_set_visible (form->wrong, *wrong != '\0');
  tb_widgets_mark (form->amount, !good && *wrong != '\0');
}

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Form *form = g_object_get_data (G_OBJECT (window), "tb-form");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPayment) payment = tb_reader_run_finish (TB_READER (source), result, &error);

  if (form->gone || g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (payment != NULL)
    show_preview (form, payment);
  else
    tb_widgets_clear (form->preview);
  set_state (form, payment != NULL, error != NULL ? error->message : "");
}

static void
stop_previewing (Form *form)
{
  g_cancellable_cancel (form->previewing);
  g_clear_object (&form->previewing);
}

static void
changed_cb (Form *form)
{
  Order *order = order_new (form);

  stop_previewing (form);
  set_state (form, FALSE, "");
  if (order == NULL)
    {
      tb_widgets_clear (form->preview);
      return;
    }
  form->previewing = g_cancellable_new ();
  tb_reader_run_async (tb_books_get_reader (form->books), form->previewing, preview_func, order, order_free, (GDestroyNotify) tb_payment_free,
                       preview_cb, g_object_ref (form->window));
}

/* ---- recording ---- */

static void
recorded (GtkWidget *window, gpointer result)
{
  g_autoptr (TbPayment) payment = result;
  g_autofree char *amount = tb_format_amount (payment->amount.amount, payment->amount.currency);
  /* Translators: %s is an amount */
  g_autofree char *text = g_strdup_printf (_ ("Payment of %s recorded"), amount);

  tb_dialogs_toast (window, text);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
record_failed (GtkWidget *window)
{
  gtk_widget_set_sensitive (window, TRUE);
}

static void
record_cb (Form *form)
{
  Order *order = form->good ? order_new (form) : NULL;

  if (order == NULL)
    return;
  tb_widgets_let_go_of_focus (form->window);
  gtk_widget_set_sensitive (form->window, FALSE);
  tb_run (form->window, form->books, _ ("Record payment"), TRUE, record_func, order, order_free, (GDestroyNotify) tb_payment_free, recorded,
          record_failed);
}

static void
cancel_cb (Form *form)
{
  gtk_window_destroy (GTK_WINDOW (form->window));
}

static void
destroy_cb (GtkWidget *window, Form *form)
{
  form->gone = TRUE;
  stop_previewing (form);
}

/* ---- the form ---- */

static GtkWidget *
add_entry (GtkWidget *group, const char *title, const char *text, Form *form)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), form);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (record_cb), form);
  return row;
}

static GtkWidget *
add_choice (GtkWidget *group, const char *title, GtkStringList *texts, Form *form)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (texts));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (changed_cb), form);
  return row;
}

static int
compare_clients (gconstpointer a, gconstpointer b)
{
  const TbClient *one = *(TbClient *const *) a, *other = *(TbClient *const *) b;

  return g_utf8_collate (one->name != NULL ? one->name : one->key, other->name != NULL ? other->name : other->key);
}

/* All of them, found by typing. */
static void
add_payer (GtkWidget *group, Form *form)
{
  const TbSetup *setup = tb_books_get_setup (form->books);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_action_row_new ();

  for (guint i = 0; i < setup->clients->len; i++)
    g_ptr_array_add (sorted, setup->clients->pdata[i]);
  g_ptr_array_sort (sorted, compare_clients);
  for (guint i = 0; i < sorted->len; i++)
    {
      const TbClient *client = sorted->pdata[i];

      g_ptr_array_add (form->clients, g_strdup (client->key));
      gtk_string_list_append (names, client->name != NULL ? client->name : client->key);
    }
  form->payer = gtk_drop_down_new (NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (form->payer), TRUE);
  tb_widgets_set_choices (form->payer, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form->payer), GTK_INVALID_LIST_POSITION); /* nobody pays by accident */
  tb_widgets_set_label (form->payer, _ ("Client"));
  gtk_widget_set_valign (form->payer, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Client"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), form->payer);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (form->payer, "notify::selected", G_CALLBACK (changed_cb), form);
}

static GtkStringList *
list_methods (void)
{
  GtkStringList *texts = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    gtk_string_list_append (texts, _ (methods[i].title));
  return texts;
}

static GtkStringList *
list_payables (const Form *form)
{
  GtkStringList *texts = gtk_string_list_new (NULL);

  if (form->number != NULL)
    gtk_string_list_append (texts, form->number);
  gtk_string_list_append (texts, _ ("Oldest due first"));
  gtk_string_list_append (texts, _ ("Nothing, credit on account"));
  return texts;
}

/* What the invoice has open, or all invoices have; "" when that is nothing, or whoever pays is not known yet. */
static char *
dup_open (const Form *form)
{
  g_autoptr (TbAccount) account = form->client != NULL ? tb_payments_read_account (tb_books_get_store (form->books), form->client, 0, NULL) : NULL;
  const TbOpenItem *item = account != NULL && form->number != NULL ? tb_account_find (account, form->number) : NULL;
  TbAmount open = account == NULL ? 0 : item != NULL ? item->open : account->open;

  return open > 0 ? tb_money_to_string ((TbMoney){ open, account->currency }) : g_strdup ("");
}

static char *
dup_today (const Form *form)
{
  return tb_day_format (tb_zone_day_at (tb_books_get_zone (form->books), tb_clock_now ()));
}

static GtkWidget *
make_fields (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *group = adw_preferences_group_new (), *pays = adw_preferences_group_new ();
  g_autofree char *amount = dup_open (form), *today = dup_today (form);
  g_autoptr (GtkStringList) names = list_methods (), payables = list_payables (form);

  if (form->client == NULL)
    add_payer (group, form);
  form->amount = add_entry (group, _ ("Amount"), amount, form);
  form->day = add_entry (group, _ ("Day"), today, form);
  form->method = add_choice (group, _ ("Method"), names, form);
  form->reference = add_entry (group, _ ("Reference"), "", form);
  form->note = add_entry (group, _ ("Note"), "", form);
  form->pays = add_choice (group, _ ("Pays"), payables, form);
  form->preview = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (form->preview), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (form->preview, "boxed-list");
  tb_widgets_set_label (form->preview, _ ("What It Pays"));
  gtk_list_box_set_placeholder (GTK_LIST_BOX (form->preview), gtk_label_new (_ ("Nothing yet")));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (pays), _ ("What It Pays"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (pays), form->preview);
  form->wrong = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (form->wrong), TRUE);
  gtk_label_set_xalign (GTK_LABEL (form->wrong), 0);
  gtk_widget_add_css_class (form->wrong, "error");
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), form->wrong);
  gtk_box_append (GTK_BOX (box), pays);
  gtk_widget_add_css_class (box, "detail");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_header (Form *form)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  const char *name = form->client != NULL ? tb_books_get_client_name (form->books, form->client) : NULL;

  form->record = gtk_button_new_with_mnemonic (_ ("_Record"));
  gtk_widget_add_css_class (form->record, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), form);
  g_signal_connect_swapped (form->record, "clicked", G_CALLBACK (record_cb), form);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_ ("Record Payment"), name));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), form->record);
  return header;
}

void
tb_payment_dialog_run (GtkWidget *widget, TbBooks *books, const char *client, const char *number)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Form *form = g_new0 (Form, 1);

  form->books = g_object_ref (books);
  form->client = g_strdup (client);
  form->number = g_strdup (number);
  form->clients = g_ptr_array_new_with_free_func (g_free);
  form->window = window;
  g_object_set_data_full (G_OBJECT (window), "tb-form", form, form_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Record Payment"));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 560);
  gtk_box_append (GTK_BOX (box), make_header (form));
  gtk_box_append (GTK_BOX (box), make_fields (form));
  adw_window_set_content (ADW_WINDOW (window), box);
  tb_dialogs_close_on_escape (window);
  tb_widgets_name_controls (window);
  g_signal_connect (window, "destroy", G_CALLBACK (destroy_cb), form);
  changed_cb (form);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (form->amount);
}
