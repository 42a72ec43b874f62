/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-limit-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-margin-limit-store.h"
#include "tb-run.h"
#include "tb-widgets.h"

typedef struct
{
  char *client; /* NULL = the default */
  TbMarginLimit limit;
} Order;

/* What the dialog holds while it is open. */
typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  char *client;
  AdwMessageDialog *dialog;
  GtkWidget *percent, *usage;
} Form;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->client);
  g_free (order);
}

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->widget);
  g_object_unref (form->books);
  g_free (form->client);
  g_free (form);
}

/* ---- keeping ---- */

static gpointer
keep_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;

  return tb_margin_limit_store_set (store, order->client, &order->limit, error) ? TB_RUN_OK : NULL;
}

static void
keep_done (GtkWidget *widget, gpointer result)
{
  tb_dialogs_toast (widget, _ ("Limits saved"));
}

/* ---- the form ---- */

/* An empty entry is no limit. */
static gboolean
read_value (GtkWidget *entry, guint scale, gint64 *ret)
{
  g_autofree char *text = tb_widgets_dup_text (entry);

  *ret = TB_DECIMAL_NONE;
  return *text == '\0' || tb_decimal_parse (text, -1, scale, ret, NULL);
}

static gboolean
read_form (Form *form, TbMarginLimit *ret)
{
  TbMarginLimit percent = TB_MARGIN_LIMIT_NONE, usage = TB_MARGIN_LIMIT_NONE;
  gboolean percent_ok = read_value (form->percent, TB_RATE_SCALE, &percent.minimum_percent) && tb_margin_limit_validate (&percent, NULL);
  gboolean usage_ok = read_value (form->usage, TB_AMOUNT_SCALE, &usage.usage) && tb_margin_limit_validate (&usage, NULL);

  tb_widgets_mark (form->percent, !percent_ok);
  tb_widgets_mark (form->usage, !usage_ok);
  *ret = (TbMarginLimit){ percent.minimum_percent, usage.usage };
  return percent_ok && usage_ok;
}

static void
changed_cb (GtkEditable *entry, Form *form)
{
  TbMarginLimit limit;

  adw_message_dialog_set_response_enabled (form->dialog, "save", read_form (form, &limit));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Form *form)
{
  Order *order;
  TbMarginLimit limit;

  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  if (!g_str_equal (response, "save") || !read_form (form, &limit))
    return;
  order = g_new0 (Order, 1);
  *order = (Order){ g_strdup (form->client), limit };
  tb_run (form->widget, form->books, _ ("Keep limits"), TRUE, keep_func, order, order_free, NULL, keep_done, NULL);
}

static GtkWidget *
add_entry (GtkWidget *list, const char *title, gint64 value, guint scale, guint decimals)
{
  GtkWidget *entry = adw_entry_row_new ();
  g_autofree char *text = value != TB_DECIMAL_NONE ? tb_decimal_format (value, scale, decimals) : g_strdup ("");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  tb_widgets_set_label (entry, title);
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  return entry;
}

static void
show_form (Form *form, const TbMarginLimit *limit)
{
  TbCurrency currency = tb_setup_get_currency (tb_books_get_setup (form->books));
  /* Translators: %s is a currency */
  g_autofree char *usage = g_strdup_printf (_ ("Most usage a month, %s"), tb_currency_to_string (currency));
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  tb_widgets_set_label (list, _ ("Limits"));
  form->percent = add_entry (list, _ ("Least margin, percent of charges"), limit->minimum_percent, TB_RATE_SCALE, 0);
  form->usage = add_entry (list, usage, limit->usage, TB_AMOUNT_SCALE, tb_currency_get_minor_units (currency));
  adw_message_dialog_set_extra_child (form->dialog, list);
  g_signal_connect (form->percent, "changed", G_CALLBACK (changed_cb), form);
  g_signal_connect (form->usage, "changed", G_CALLBACK (changed_cb), form);
}

static AdwMessageDialog *
dialog_new (GtkWidget *widget, TbBooks *books, const char *client)
{
  /* Translators: %s is a client */
  g_autofree char *of_client = client != NULL ? g_strdup_printf (_ ("Limits of %s"), tb_books_get_client_name (books, client)) : NULL;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), of_client != NULL ? of_client : _ ("Limits of All Clients"),
                                              client != NULL ? _ ("What is left empty is as for all clients.")
                                                             : _ ("They hold for clients without limits of their own. Empty is no limit."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return ADW_MESSAGE_DIALOG (dialog);
}

void
tb_limit_dialog_run (GtkWidget *widget, TbBooks *books, const char *client)
{
  const TbMarginLimit none = TB_MARGIN_LIMIT_NONE, *own;
  const TbClient *found = client != NULL ? tb_setup_find_client (tb_books_get_setup (books), client) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) limits = tb_margin_limit_store_list (tb_books_get_store (books), &error);
  Form *form;

  if (limits == NULL)
    {
      tb_dialogs_show_error (widget, _ ("The Books Could Not Be Read"), error);
      return;
    }
  form = g_new0 (Form, 1);
  *form = (Form){ g_object_ref (widget), g_object_ref (books), g_strdup (client), dialog_new (widget, books, client) };
  own = tb_client_limits_find (limits, found != NULL ? found->id : 0);
  show_form (form, own != NULL ? own : &none);
  g_signal_connect_data (form->dialog, "response", G_CALLBACK (response_cb), form, (GClosureNotify) (void (*) (void)) form_free, 0);
  gtk_window_present (GTK_WINDOW (form->dialog));
  gtk_widget_grab_focus (form->percent);
}
