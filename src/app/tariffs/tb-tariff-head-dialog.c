/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-head-dialog.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-run.h"
#include "tb-tariff-head.h"
#include "tb-text.h"
#include "tb-widgets.h"

/* What the dialog holds while it is open. */
typedef struct
{
  GtkWidget *page;
  TbBooks *books;
  TbTariff *before; /* NULL = a new one */
  TbTariffAdded added;
  AdwMessageDialog *dialog;
  GtkWidget *name, *currency, *zone, *band, *mode, *decimals, *said;
} Form;

/* What is written. */
typedef struct
{
  TbTariff *head;
  gboolean is_new;
} Order;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->page);
  g_object_unref (form->books);
  tb_tariff_free (form->before);
  g_free (form);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  tb_tariff_free (order->head);
  g_free (order);
}

/* ---- writing ---- */

static gpointer
write_head (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;

  return (order->is_new ? tb_tariff_head_add : tb_tariff_head_change) (store, order->head, job, error) ? g_strdup (order->head->name) : NULL;
}

static void
changed (GtkWidget *page, gpointer result)
{
  g_autofree char *name = result;
  /* Translators: %s is a tariff */
  g_autofree char *text = g_strdup_printf (_ ("%s saved"), name);

  tb_dialogs_toast (page, text);
}

/* The page's own answer waits there: the run keeps one function only. */
#define ADDED "tb-tariff-added"

static void
added (GtkWidget *page, gpointer result)
{
  g_autofree char *name = result;
  TbTariffAdded func = (TbTariffAdded) g_object_get_data (G_OBJECT (page), ADDED);

  if (func != NULL)
    func (page, name);
}

/* ---- the form ---- */

static gboolean
read_zone (Form *form, TbTariff *head, char **ret_fault)
{
  g_autofree char *text = tb_widgets_dup_text (form->zone);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbZone) zone = tb_zone_new (text, &error);

  tb_widgets_mark (form->zone, zone == NULL);
  if (zone == NULL)
    *ret_fault = g_strdup (error->message);
  tb_set_str (&head->time_zone, text);
  return zone != NULL;
}

static gboolean
read_name (Form *form, TbTariff *head, char **ret_fault)
{
  g_autofree char *name = tb_widgets_dup_text (form->name), *code = tb_widgets_dup_text (form->currency);
  gboolean taken = tb_setup_find_tariff (tb_books_get_setup (form->books), name) != NULL;
  g_autoptr (GError) error = NULL;
  gboolean currency = tb_currency_parse (code, &head->currency, &error);

  tb_widgets_mark (form->name, taken);
  tb_widgets_mark (form->currency, !currency && *code != '\0');
  if (taken)
    *ret_fault = g_strdup_printf (_ ("There is a tariff “%s” already."), name);
  else if (!currency && *code != '\0')
    *ret_fault = g_strdup (error->message);
  tb_set_str (&head->name, name);
  return *name != '\0' && !taken && currency;
}

/* NULL: something is missing, or wrong and said. */
static TbTariff *
read_form (Form *form)
{
  g_autoptr (TbTariff) head = form->before != NULL ? tb_tariff_copy_head (form->before) : tb_tariff_new ();
  g_autofree char *fault = NULL;
  gboolean zone = read_zone (form, head, &fault), name = form->before != NULL;

  g_clear_pointer (&head->rates, g_ptr_array_unref);
  if (zone && !name)
    name = read_name (form, head, &fault);
  gtk_label_set_label (GTK_LABEL (form->said), fault != NULL ? fault : "");
  gtk_widget_set_visible (form->said, fault != NULL);
  head->band = (TbBandRule) adw_combo_row_get_selected (ADW_COMBO_ROW (form->band));
  head->rounding.mode = (TbRoundingMode) adw_combo_row_get_selected (ADW_COMBO_ROW (form->mode));
  head->rounding.decimals = (guint8) adw_combo_row_get_selected (ADW_COMBO_ROW (form->decimals));
  return zone && name ? g_steal_pointer (&head) : NULL;
}

static void
changed_cb (GtkEditable *entry, Form *form)
{
  g_autoptr (TbTariff) head = read_form (form);

  adw_message_dialog_set_response_enabled (form->dialog, "save", head != NULL);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Form *form)
{
  TbTariff *head = NULL;
  Order *order;

  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "save"))
    head = read_form (form);
  if (head == NULL)
    return;
  order = g_new (Order, 1);
  *order = (Order){ head, form->before == NULL };
  g_object_set_data (G_OBJECT (form->page), ADDED, (gpointer) form->added);
  tb_run (form->page, form->books, form->before == NULL ? _ ("Add tariff") : _ ("Change tariff"), TRUE, write_head, order, order_free, g_free,
          form->before == NULL ? added : changed, NULL);
}

static GtkWidget *
add_entry (Form *form, GtkWidget *list, const char *title, const char *text)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  tb_widgets_set_label (entry, title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), form);
  return entry;
}

static GtkWidget *
add_choice (GtkWidget *list, const char *title, const char *const *texts, guint chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) choices = gtk_string_list_new (texts);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  tb_widgets_set_label (row, title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
add_choices (Form *form, GtkWidget *list, const TbTariff *tariff)
{
  const char *const bands[] = { _ ("By its start"), _ ("Cut at the border"), NULL };
  const char *const modes[] = { _ ("Half up"), _ ("Half to even"), _ ("Up"), _ ("Down"), NULL };
  const char *const decimals[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };

  form->band = add_choice (list, _ ("A call through two bands"), bands, tariff->band);
  form->mode = add_choice (list, _ ("Rounding of cost"), modes, tariff->rounding.mode);
  form->decimals = add_choice (list, _ ("Decimals of cost"), decimals, tariff->rounding.decimals);
}

static void
fill (Form *form)
{
  g_autoptr (TbTariff) fresh = tb_tariff_new ();
  const TbTariff *tariff = form->before != NULL ? form->before : fresh;
  TbCurrency company = tb_setup_get_currency (tb_books_get_setup (form->books));
  GtkWidget *list = gtk_list_box_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  tb_widgets_set_label (list, _ ("Tariff"));
  form->said = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (form->said), TRUE);
  gtk_label_set_xalign (GTK_LABEL (form->said), 0);
  gtk_widget_add_css_class (form->said, "error");
  gtk_widget_set_visible (form->said, FALSE);
  if (form->before == NULL)
    {
      form->name = add_entry (form, list, _ ("Name"), "");
      form->currency = add_entry (form, list, _ ("Currency"), company != TB_CURRENCY_NONE ? tb_currency_to_string (company) : "");
    }
  form->zone = add_entry (form, list, _ ("Time zone of its days and hours"),
                          form->before == NULL ? tb_zone_get_id (tb_books_get_zone (form->books)) : tariff->time_zone != NULL ? tariff->time_zone : "UTC");
  add_choices (form, list, tariff);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), form->said);
  adw_message_dialog_set_extra_child (form->dialog, box);
}

GtkWindow *
tb_tariff_head_dialog_open (GtkWidget *page, TbBooks *books, const TbTariff *tariff, TbTariffAdded func)
{
  Form *form = g_new0 (Form, 1);
  GtkRoot *root = gtk_widget_get_root (page);

  form->page = g_object_ref (page);
  form->books = g_object_ref (books);
  form->before = tariff != NULL ? tb_tariff_copy_head (tariff) : NULL;
  form->added = func;
  form->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (root), tariff != NULL ? tariff->name : _ ("New Tariff"), NULL));
  adw_message_dialog_add_responses (form->dialog, "cancel", _ ("_Cancel"), "save", tariff != NULL ? _ ("_Save") : _ ("_Add"), NULL);
  adw_message_dialog_set_response_appearance (form->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (form->dialog, "save");
  adw_message_dialog_set_close_response (form->dialog, "cancel");
  g_object_set_data_full (G_OBJECT (form->dialog), "tb-form", form, form_free);
  fill (form);
  changed_cb (NULL, form);
  g_signal_connect (form->dialog, "response", G_CALLBACK (response_cb), form);
  gtk_window_present (GTK_WINDOW (form->dialog));
  gtk_widget_grab_focus (form->before == NULL ? form->name : form->zone);
  return GTK_WINDOW (form->dialog);
}
