/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-booking-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-clock.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-run.h"
#include "tb-widgets.h"

/* What is chosen from, in the order of the rows. */
static const TbBalanceEntryKind kinds[] = { TB_ENTRY_TOP_UP, TB_ENTRY_REFUND, TB_ENTRY_ADJUSTMENT };

typedef struct
{
  TbBooks *books;
  char *client;
  TbCurrency currency;
  GtkWidget *window; /* borrowed: it owns this */
  GtkWidget *kind, *amount, *reference, *note, *wrong, *book;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->books);
  g_free (form->client);
  g_free (form);
}

/* ---- booking, on the worker ---- */

typedef struct
{
  char *client, *reference, *note;
  TbBalanceEntryKind kind;
  TbAmount amount;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->client);
  g_free (order->reference);
  g_free (order->note);
  g_free (order);
}

static gpointer
book_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  const TbBalanceOrder booked = { order->kind, order->amount, tb_clock_now (), order->reference, order->note };

  return tb_balances_book (store, order->client, &booked, error);
}

static void
booked (GtkWidget *window, gpointer result)
{
  g_autoptr (TbClientBalance) balance = result;
  g_autofree char *left = tb_format_amount (balance->balance, balance->currency);
  g_autofree char *text = g_strdup_printf (_ ("Booked; the balance is %s"), left);

  tb_dialogs_toast (window, text);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
book_failed (GtkWidget *window)
{
  gtk_widget_set_sensitive (window, TRUE);
}

/* ---- the form ---- */

static TbBalanceEntryKind
get_kind (const Form *form)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (form->kind));

  return kinds[MIN (chosen, G_N_ELEMENTS (kinds) - 1)];
}

static gboolean
is_given (GtkWidget *row)
{
  g_autofree char *text = tb_widgets_dup_text (row);

  return *text != '\0';
}

/* Each field by itself; an empty one is not wrong before it was filled, but nothing is booked without it. */
static gboolean
check (Form *form, TbAmount *ret_amount)
{
  g_autofree char *text = tb_widgets_dup_text (form->amount);
  g_autoptr (GError) error = NULL;
  gboolean good = tb_balance_order_parse_amount (text, get_kind (form), form->currency, ret_amount, &error);
  gboolean lacks_note = get_kind (form) == TB_ENTRY_ADJUSTMENT && !is_given (form->note);

  tb_widgets_mark (form->amount, !good && *text != '\0');
  gtk_label_set_label (GTK_LABEL (form->wrong), !good && *text != '\0' ? error->message
                                                : lacks_note           ? _ ("A correction needs a note that says why.")
                                                                       : "");
  return good && !lacks_note;
}

static void
changed_cb (Form *form)
{
  TbAmount amount;

  gtk_widget_set_sensitive (form->book, check (form, &amount));
}

static void
book_cb (Form *form)
{
  Order *order;
  TbAmount amount;

  if (!check (form, &amount))
    return;
  order = g_new0 (Order, 1);
  order->client = g_strdup (form->client);
  order->kind = get_kind (form);
  order->amount = amount;
  order->reference = g_strdup (gtk_editable_get_text (GTK_EDITABLE (form->reference)));
  order->note = g_strdup (gtk_editable_get_text (GTK_EDITABLE (form->note)));
  tb_widgets_let_go_of_focus (form->window);
  gtk_widget_set_sensitive (form->window, FALSE);
  tb_run (form->window, form->books, _ ("Book on the balance"), TRUE, book_func, order, order_free, (GDestroyNotify) tb_client_balance_free, booked,
          book_failed);
}

static void
cancel_cb (Form *form)
{
  gtk_window_destroy (GTK_WINDOW (form->window));
}

static GtkWidget *
add_entry (GtkWidget *group, const char *title, Form *form)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), form);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (book_cb), form);
  return row;
}

static GtkWidget *
make_kinds (Form *form)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (names, tb_balance_entry_kind_to_display (kinds[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Kind"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (changed_cb), form);
  return row;
}

static GtkWidget *
make_fields (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  /* Translators: %s is a currency */
  g_autofree char *amount = g_strdup_printf (_ ("Amount in %s"), tb_currency_to_string (form->currency));

  form->kind = make_kinds (form);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), form->kind);
  form->amount = add_entry (group, amount, form);
  form->reference = add_entry (group, _ ("Reference of the payment"), form);
  form->note = add_entry (group, _ ("Note"), form);
  form->wrong = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (form->wrong), TRUE);
  gtk_label_set_xalign (GTK_LABEL (form->wrong), 0);
  gtk_widget_add_css_class (form->wrong, "error");
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), form->wrong);
  gtk_widget_add_css_class (box, "detail");
  return box;
}

static GtkWidget *
make_header (Form *form, const char *subtitle)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  form->book = gtk_button_new_with_mnemonic (_ ("_Book"));
  gtk_widget_add_css_class (form->book, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), form);
  g_signal_connect_swapped (form->book, "clicked", G_CALLBACK (book_cb), form);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_ ("Book on Balance"), subtitle));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), form->book);
  return header;
}

void
tb_booking_dialog_run (GtkWidget *widget, TbBooks *books, const TbClientBalance *balance)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Form *form = g_new0 (Form, 1);

  form->books = g_object_ref (books);
  form->client = g_strdup (balance->client);
  form->currency = balance->currency;
  form->window = window;
  g_object_set_data_full (G_OBJECT (window), "tb-form", form, form_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Book on Balance"));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 460, -1);
  gtk_box_append (GTK_BOX (box), make_header (form, balance->name != NULL ? balance->name : balance->client));
  gtk_box_append (GTK_BOX (box), make_fields (form));
  adw_window_set_content (ADW_WINDOW (window), box);
  tb_dialogs_close_on_escape (window);
  tb_widgets_name_controls (window);
  changed_cb (form);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (form->amount);
}
