/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-credit-dialog.h"

#include <glib/gi18n.h>

#include "tb-billing-credit.h"
#include "tb-credit-note.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-invoice-store.h"
#include "tb-run.h"
#include "tb-widgets.h"

typedef struct
{
  GtkWidget *widget; /* who asked */
  TbBooks *books;
  TbInvoice *invoice; /* once it was read */
  char *id;
  TbCreditMade made;
  gboolean *chosen; /* one a line */
  GtkWidget *window; /* borrowed: it owns this */
  GCancellable *reading;
  GtkWidget *reason, *lines, *total, *credit, *all;
} Form;

typedef struct
{
  char *id, *reason;
  GArray *lines;
} Order;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->widget);
  g_object_unref (form->books);
  g_clear_object (&form->reading);
  g_clear_pointer (&form->invoice, tb_invoice_free);
  g_free (form->chosen);
  g_free (form->id);
  g_free (form);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->id);
  g_free (order->reason);
  g_array_unref (order->lines);
  g_free (order);
}

/* ---- what is chosen ---- */

static GArray *
list_chosen (const Form *form)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; form->invoice != NULL && i < form->invoice->lines->len; i++)
    if (form->chosen[i])
      g_array_append_val (lines, i);
  return lines;
}

static void
say (Form *form, const char *text, gboolean good)
{
  gtk_label_set_label (GTK_LABEL (form->total), text);
  gtk_widget_set_sensitive (form->credit, good);
}

static void
update (Form *form)
{
  g_autoptr (GArray) lines = list_chosen (form);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbInvoice) note = NULL;
  g_autofree char *amount = NULL, *text = NULL;

  if (form->invoice == NULL)
    return;
  if (lines->len == 0)
    {
      say (form, _ ("No line is chosen"), FALSE);
      return;
    }
  note = tb_credit_note_new (form->invoice, lines, NULL, &error);
  if (note == NULL)
    {
      say (form, error->message, FALSE);
      return;
    }
  amount = tb_format_amount (-note->total, note->currency);
  /* Translators: %s is an amount */
  text = g_strdup_printf (_ ("%s with tax is credited"), amount);
  say (form, text, TRUE);
}

static void
all_cb (Form *form)
{
  gboolean all = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->all));
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (form->lines));

  for (guint i = 0; form->invoice != NULL && i < form->invoice->lines->len; i++)
    form->chosen[i] = all;
  /* The rows are bound again, and show it. */
  g_object_ref (model);
  gtk_list_view_set_model (GTK_LIST_VIEW (form->lines), NULL);
  gtk_list_view_set_model (GTK_LIST_VIEW (form->lines), model);
  g_object_unref (model);
  update (form);
}

/* ---- the lines ---- */

static void
line_toggled_cb (GtkCheckButton *button, GtkListItem *item)
{
  Form *form = g_object_get_data (G_OBJECT (gtk_widget_get_root (GTK_WIDGET (button))), "tb-form");

  form->chosen[gtk_list_item_get_position (item)] = gtk_check_button_get_active (button);
  update (form);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *check = gtk_check_button_new (), *amount = gtk_label_new (NULL);

  gtk_widget_set_hexpand (check, TRUE);
  gtk_widget_add_css_class (amount, "numeric");
  gtk_widget_set_margin_end (amount, 12);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), amount);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
  g_signal_connect (check, "toggled", G_CALLBACK (line_toggled_cb), item);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Form *form)
{
  GtkWidget *check = gtk_widget_get_first_child (gtk_list_item_get_child (item)), *amount = gtk_widget_get_next_sibling (check);
  guint at = gtk_list_item_get_position (item);
  const TbInvoiceLine *line = form->invoice->lines->pdata[at];
  g_autofree char *text = tb_format_amount (line->amount, form->invoice->currency);

  g_signal_handlers_block_by_func (check, line_toggled_cb, item);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), form->chosen[at]);
  g_signal_handlers_unblock_by_func (check, line_toggled_cb, item);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (check), line->description);
  tb_widgets_set_label (check, line->description);
  gtk_label_set_label (GTK_LABEL (amount), text);
}

static GListModel *
new_model (const TbInvoice *invoice)
{
  GListStore *store = g_list_store_new (GTK_TYPE_STRING_OBJECT);

  for (guint i = 0; i < invoice->lines->len; i++)
    {
      g_autoptr (GtkStringObject) line = gtk_string_object_new (((TbInvoiceLine *) invoice->lines->pdata[i])->description);

      g_list_store_append (store, line);
    }
  return G_LIST_MODEL (store);
}

static gpointer
read_func (TbStore *store, TbJob *job, gpointer id, GError **error)
{
  return tb_invoice_store_get (store, id, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  TbInvoice *invoice = tb_reader_run_finish (TB_READER (source), result, &error);
  Form *form = g_object_get_data (G_OBJECT (window), "tb-form");

  if (invoice == NULL)
    {
      if (!g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED))
        say (form, error->message, FALSE);
      return;
    }
  form->invoice = invoice;
  form->chosen = g_new (gboolean, MAX (invoice->lines->len, 1));
  for (guint i = 0; i < invoice->lines->len; i++)
    form->chosen[i] = TRUE;
  gtk_list_view_set_model (GTK_LIST_VIEW (form->lines), GTK_SELECTION_MODEL (gtk_no_selection_new (new_model (invoice))));
  update (form);
}

/* ---- crediting ---- */

static gpointer
credit_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;

  return tb_billing_credit (store, order->id, order->lines, order->reason, error);
}

static void
credited (GtkWidget *window, gpointer result)
{
  g_autoptr (TbInvoice) note = result;
  Form *form = g_object_get_data (G_OBJECT (window), "tb-form");
  g_autoptr (GtkWidget) widget = g_object_ref (form->widget);
  TbCreditMade made = form->made;

  gtk_window_destroy (GTK_WINDOW (window));
  made (widget, note->id);
}

static void
credit_failed (GtkWidget *window)
{
  gtk_widget_set_sensitive (window, TRUE);
}

static void
credit_cb (Form *form)
{
  Order *order;

  if (!gtk_widget_is_sensitive (form->credit))
    return;
  order = g_new (Order, 1);
  *order = (Order){ g_strdup (form->id), tb_widgets_dup_text (form->reason), list_chosen (form) };
  tb_widgets_let_go_of_focus (form->window);
  gtk_widget_set_sensitive (form->window, FALSE);
  tb_run (form->window, form->books, _ ("Credit invoice"), TRUE, credit_func, order, order_free, (GDestroyNotify) tb_invoice_free, credited, credit_failed);
}

static void
cancel_cb (Form *form)
{
  gtk_window_destroy (GTK_WINDOW (form->window));
}

static void
destroy_cb (GtkWidget *window, Form *form)
{
  g_cancellable_cancel (form->reading);
}

/* ---- the form ---- */

static GtkWidget *
make_lines (Form *form)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *frame = gtk_frame_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), form);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), form);
  form->lines = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (form->lines), TRUE);
  tb_widgets_set_label (form->lines, _ ("Lines"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), form->lines);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_frame_set_child (GTK_FRAME (frame), scrolled);
  gtk_widget_set_vexpand (frame, TRUE);
  return frame;
}

static GtkWidget *
make_fields (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *group = adw_preferences_group_new ();
  GtkWidget *told = gtk_label_new (_ ("The note gets a number of its own when it is approved. The calls stay billed."));

  form->reason = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->reason), _ ("Reason, as it stands on the document"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), form->reason);
  g_signal_connect_swapped (form->reason, "entry-activated", G_CALLBACK (credit_cb), form);
  form->all = gtk_check_button_new_with_mnemonic (_ ("_All lines"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (form->all), TRUE);
  g_signal_connect_swapped (form->all, "toggled", G_CALLBACK (all_cb), form);
  form->total = gtk_label_new ("");
  gtk_widget_add_css_class (form->total, "heading");
  gtk_label_set_wrap (GTK_LABEL (form->total), TRUE);
  gtk_label_set_xalign (GTK_LABEL (form->total), 0);
  gtk_label_set_wrap (GTK_LABEL (told), TRUE);
  gtk_label_set_xalign (GTK_LABEL (told), 0);
  gtk_widget_add_css_class (told, "dim-label");
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), form->all);
  gtk_box_append (GTK_BOX (box), make_lines (form));
  gtk_box_append (GTK_BOX (box), form->total);
  gtk_box_append (GTK_BOX (box), told);
  gtk_widget_add_css_class (box, "detail");
  return box;
}

static GtkWidget *
make_header (Form *form, const TbInvoice *invoice)
{
  GtkWidget *header = adw_header_bar_new (), *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  form->credit = gtk_button_new_with_mnemonic (_ ("C_redit"));
  gtk_widget_add_css_class (form->credit, "suggested-action");
  gtk_widget_set_sensitive (form->credit, FALSE);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), form);
  g_signal_connect_swapped (form->credit, "clicked", G_CALLBACK (credit_cb), form);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_ ("Credit Invoice"), invoice->number));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), form->credit);
  return header;
}

void
tb_credit_dialog_run (GtkWidget *widget, TbBooks *books, const TbInvoice *invoice, TbCreditMade made)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Form *form = g_new0 (Form, 1);

  form->widget = g_object_ref (widget);
  form->books = g_object_ref (books);
  form->id = g_strdup_printf ("%u", invoice->id);
  form->made = made;
  form->window = window;
  form->reading = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (window), "tb-form", form, form_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Credit Invoice"));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 560);
  gtk_box_append (GTK_BOX (box), make_header (form, invoice));
  gtk_box_append (GTK_BOX (box), make_fields (form));
  adw_window_set_content (ADW_WINDOW (window), box);
  tb_dialogs_close_on_escape (window);
  tb_widgets_name_controls (window);
  g_signal_connect (window, "destroy", G_CALLBACK (destroy_cb), form);
  tb_reader_run_async (tb_books_get_reader (books), form->reading, read_func, g_strdup (form->id), g_free, (GDestroyNotify) tb_invoice_free, read_cb,
                       g_object_ref (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (form->reason);
}
