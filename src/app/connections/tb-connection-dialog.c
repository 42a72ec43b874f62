/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-connection-access.h"
#include "tb-connection-edit.h"
#include "tb-connection-form.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-kind-chooser.h"
#include "tb-run.h"
#include "tb-secret.h"
#include "tb-widgets.h"

#define FORM_DATA "tb-dialog"

typedef struct
{
  TbBooks *books;
  GtkWidget *widget; /* where the dialog was asked for: toasts go there */
  TbConnectionSaved saved;
  gpointer data;

  GtkWidget *window; /* borrowed: it owns this */
  GtkWidget *title, *back, *save;
  GtkWidget *pages, *chooser, *place; /* `place` holds the form */
  TbConnectionForm *form;   /* borrowed; NULL while the kind is chosen */
  gboolean network;
  TbConnection *connection; /* what is edited; NULL = a new one */
  GtkWidget *test, *stop, *spinner, *said_box, *icon, *said;
  GCancellable *testing;
  char *secret; /* while the connection is being saved */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->books);
  g_object_unref (dialog->widget);
  g_clear_object (&dialog->testing);
  g_clear_pointer (&dialog->connection, tb_connection_free);
  tb_secret_free (dialog->secret);
  g_free (dialog);
}

/* ---- what is known ---- */

static void
say (Dialog *dialog, const char *text, gboolean failed)
{
  gtk_widget_set_visible (dialog->said_box, text != NULL);
  gtk_label_set_label (GTK_LABEL (dialog->said), text != NULL ? text : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (dialog->icon), failed ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  gtk_widget_set_css_classes (dialog->icon, (const char *[]){ failed ? "warning" : "success", NULL });
}

/* What is wrong is said; what is only missing yet is said by the button that cannot be pressed. */
static void
update (Dialog *dialog)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbConnection) read = dialog->form != NULL ? tb_connection_form_read (dialog->form, &error) : NULL;
  gboolean missing = g_error_matches (error, TB_ERROR, TB_ERROR_NOT_FOUND);
  gboolean testing = dialog->testing != NULL;

  gtk_widget_set_sensitive (dialog->save, read != NULL && !testing);
  gtk_widget_set_tooltip_text (dialog->save, missing ? error->message : NULL);
  gtk_widget_set_visible (dialog->back, dialog->form != NULL && dialog->connection == NULL);
  gtk_widget_set_visible (dialog->save, dialog->form != NULL);
  gtk_widget_set_sensitive (dialog->test, read != NULL && !testing);
  gtk_widget_set_visible (dialog->test, dialog->network && !testing);
  gtk_widget_set_visible (dialog->stop, testing);
  gtk_spinner_set_spinning (GTK_SPINNER (dialog->spinner), testing);
  if (!testing)
    say (dialog, error != NULL && !missing ? error->message : NULL, TRUE);
}

/* ---- testing ---- */

static void
end_test (Dialog *dialog, const char *said, const GError *error)
{
  gboolean cancelled = g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED);

  g_clear_object (&dialog->testing);
  if (dialog->form != NULL)
    {
      update (dialog);
      say (dialog, error == NULL ? said : cancelled ? _ ("Cancelled.") : error->message, error != NULL);
    }
  g_object_unref (dialog->window);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *said = tb_pbx_test_finish (TB_PBX (source), result, &error);

  end_test (data, said, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialog *dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPbx) pbx = tb_connection_open_finish (result, &error);

  if (pbx != NULL)
    tb_pbx_test_async (pbx, dialog->testing, tested_cb, dialog);
  else
    end_test (dialog, NULL, error);
}

static void
test_cb (Dialog *dialog)
{
  g_autoptr (TbConnection) read = tb_connection_form_read (dialog->form, NULL);
  char *secret = tb_connection_form_dup_secret (dialog->form);

  if (read != NULL && dialog->testing == NULL)
    {
      g_object_ref (dialog->window);
      dialog->testing = g_cancellable_new ();
      update (dialog);
      say (dialog, NULL, FALSE);
      tb_connection_open_async (dialog->window, read, secret, dialog->testing, opened_cb, dialog);
    }
  tb_secret_free (secret);
}

static void
stop_cb (Dialog *dialog)
{
  g_cancellable_cancel (dialog->testing);
}

/* ---- saving ---- */

typedef struct
{
  TbConnection *connection;
  gboolean is_new;
} Order;

static void
order_free (gpointer data)
{
  tb_connection_free (((Order *) data)->connection);
  g_free (data);
}

static gpointer
save_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;

  return tb_connection_edit_save (store, order->connection, order->is_new, error) ? tb_connection_copy (order->connection) : NULL;
}

/* The books have the connection by then, so that it is not lost with a keyring that is locked: its secret can be set later. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  if (!tb_connection_keep_secret_finish (result, &error))
    tb_dialogs_show_error (widget, _ ("Connection Saved, but Not Its Secret"), error);
  else
    tb_dialogs_toast (widget, _ ("Connection saved, its secret is in the keyring"));
}

static void
saved (GtkWidget *window, gpointer result)
{
  Dialog *dialog = g_object_get_data (G_OBJECT (window), FORM_DATA);
  g_autoptr (TbConnection) connection = result;

  if (dialog->secret != NULL)
    tb_connection_keep_secret_async (dialog->widget, connection->name, dialog->secret, kept_cb, g_object_ref (dialog->widget));
  else
    tb_dialogs_toast (dialog->widget, _ ("Connection saved"));
  if (dialog->saved != NULL)
    dialog->saved (connection->name, dialog->data);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
save_failed (GtkWidget *window)
{
  gtk_widget_set_sensitive (window, TRUE);
}

static void
save_cb (Dialog *dialog)
{
  TbConnection *read = dialog->form != NULL && dialog->testing == NULL ? tb_connection_form_read (dialog->form, NULL) : NULL;
  Order *order;

  if (read == NULL)
    return;
  order = g_new (Order, 1);
  *order = (Order){ read, dialog->connection == NULL };
  tb_secret_free (dialog->secret);
  dialog->secret = tb_connection_form_dup_secret (dialog->form);
  tb_widgets_let_go_of_focus (dialog->window);
  gtk_widget_set_sensitive (dialog->window, FALSE);
  tb_run (dialog->window, dialog->books, _ ("Save connection"), TRUE, save_func, order, order_free, (GDestroyNotify) tb_connection_free, saved,
          save_failed);
}

/* ---- the two pages ---- */

static void
show_form (Dialog *dialog, const TbConnection *connection)
{
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (dialog->title), tb_kind_get_title (connection->kind));
  dialog->network = tb_pbx_kind_is_network (connection->kind);
  dialog->form = TB_CONNECTION_FORM (tb_connection_form_new (tb_books_get_setup (dialog->books), connection));
  adw_bin_set_child (ADW_BIN (dialog->place), GTK_WIDGET (dialog->form));
  g_signal_connect_swapped (dialog->form, "changed", G_CALLBACK (update), dialog);
  g_signal_connect_swapped (dialog->form, "activate", G_CALLBACK (save_cb), dialog);
  gtk_stack_set_visible_child_name (GTK_STACK (dialog->pages), "form");
  update (dialog);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->form));
}

static void
drop_form (Dialog *dialog)
{
  if (dialog->testing != NULL)
    g_cancellable_cancel (dialog->testing);
  if (dialog->form != NULL)
    tb_connection_form_wipe (dialog->form);
  dialog->form = NULL;
}

static void
back_cb (Dialog *dialog)
{
  if (dialog->testing != NULL)
    return;
  drop_form (dialog);
  adw_bin_set_child (ADW_BIN (dialog->place), NULL);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (dialog->title), NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (dialog->pages), "kind");
  update (dialog);
  gtk_widget_child_focus (dialog->chooser, GTK_DIR_TAB_FORWARD);
}

/* A new connection's times are those of the company's zone unless somebody says otherwise. */
static void
chosen_cb (const char *kind, gpointer data)
{
  Dialog *dialog = data;
  g_autoptr (TbConnection) connection = tb_connection_new ();

  g_free (connection->kind);
  connection->kind = g_strdup (kind);
  g_free (connection->time_zone);
  connection->time_zone = g_strdup (tb_zone_get_id (tb_books_get_zone (dialog->books)));
  show_form (dialog, connection);
}

static void
cancel_cb (Dialog *dialog)
{
  gtk_window_close (GTK_WINDOW (dialog->window));
}

/* Before it is torn down: afterwards there are no rows to wipe any more. */
static void
unmap_cb (GtkWidget *window, Dialog *dialog)
{
  drop_form (dialog);
}

/* ---- making it ---- */

static GtkWidget *
add_button (GtkWidget *box, const char *text, GCallback clicked, Dialog *dialog)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);

  g_signal_connect_swapped (button, "clicked", clicked, dialog);
  if (box != NULL)
    gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_header (Dialog *dialog)
{
  GtkWidget *header = adw_header_bar_new ();

  dialog->title = adw_window_title_new (dialog->connection != NULL ? dialog->connection->name : _ ("New Connection"), NULL);
  dialog->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (dialog->back, _ ("Another kind"));
  g_signal_connect_swapped (dialog->back, "clicked", G_CALLBACK (back_cb), dialog);
  dialog->save = add_button (NULL, _ ("_Save"), G_CALLBACK (save_cb), dialog);
  gtk_widget_add_css_class (dialog->save, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), dialog->title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add_button (NULL, _ ("_Cancel"), G_CALLBACK (cancel_cb), dialog));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), dialog->back);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), dialog->save);
  return header;
}

static GtkWidget *
make_said (Dialog *dialog)
{
  dialog->said_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  dialog->icon = gtk_image_new ();
  dialog->said = gtk_label_new (NULL);
  gtk_widget_set_valign (dialog->icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (dialog->said), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (dialog->said), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (dialog->said), 0);
  gtk_label_set_selectable (GTK_LABEL (dialog->said), TRUE);
  gtk_widget_set_hexpand (dialog->said, TRUE);
  gtk_widget_add_css_class (dialog->said_box, "card");
  gtk_widget_add_css_class (dialog->said_box, "said");
  gtk_box_append (GTK_BOX (dialog->said_box), dialog->icon);
  gtk_box_append (GTK_BOX (dialog->said_box), dialog->said);
  return dialog->said_box;
}

static GtkWidget *
make_form_page (Dialog *dialog)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  dialog->place = adw_bin_new ();
  dialog->test = add_button (buttons, _ ("_Test"), G_CALLBACK (test_cb), dialog);
  gtk_widget_set_tooltip_text (dialog->test, _ ("Try to reach it, without collecting or saving anything"));
  dialog->stop = add_button (buttons, _ ("S_top Test"), G_CALLBACK (stop_cb), dialog);
  dialog->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (buttons), dialog->spinner);
  gtk_box_append (GTK_BOX (box), dialog->place);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (box), make_said (dialog));
  gtk_widget_add_css_class (box, "detail");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static GtkWidget *
make_content (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  dialog->pages = gtk_stack_new ();
  dialog->chooser = tb_kind_chooser_new (chosen_cb, dialog);
  gtk_stack_add_named (GTK_STACK (dialog->pages), dialog->chooser, "kind");
  gtk_stack_add_named (GTK_STACK (dialog->pages), make_form_page (dialog), "form");
  gtk_widget_set_vexpand (dialog->pages, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (dialog));
  gtk_box_append (GTK_BOX (box), dialog->pages);
  return box;
}

void
tb_connection_dialog_run (GtkWidget *widget, TbBooks *books, const TbConnection *connection, TbConnectionSaved done, gpointer data)
{
  GtkWidget *window = adw_window_new ();
  Dialog *dialog = g_new0 (Dialog, 1);

  *dialog = (Dialog){ .books = g_object_ref (books), .widget = g_object_ref (widget), .saved = done, .data = data, .window = window };
  dialog->connection = connection != NULL ? tb_connection_copy (connection) : NULL;
  g_object_set_data_full (G_OBJECT (window), FORM_DATA, dialog, dialog_free);
  g_signal_connect (window, "unmap", G_CALLBACK (unmap_cb), dialog);
  gtk_window_set_title (GTK_WINDOW (window), connection != NULL ? _ ("Edit Connection") : _ ("New Connection"));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 680);
  adw_window_set_content (ADW_WINDOW (window), make_content (dialog));
  tb_dialogs_close_on_escape (window);
  tb_widgets_name_controls (window);
  update (dialog);
  gtk_window_present (GTK_WINDOW (window));
  if (connection != NULL)
    show_form (dialog, connection);
  else
    gtk_widget_child_focus (dialog->chooser, GTK_DIR_TAB_FORWARD);
}
