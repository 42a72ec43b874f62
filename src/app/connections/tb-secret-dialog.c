/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-secret-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-connection-access.h"
#include "tb-dialogs.h"
#include "tb-secret.h"
#include "tb-widgets.h"

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer removed)
{
  g_autoptr (GError) error = NULL;

  if (!tb_connection_keep_secret_finish (result, &error))
    tb_dialogs_show_error (GTK_WIDGET (source), _ ("The Secret Could Not Be Kept"), error);
  else
    tb_dialogs_toast (GTK_WIDGET (source), removed ? _ ("Secret removed from the keyring") : _ ("Secret saved in the keyring"));
}

/* Takes what was typed out of the entry, where it need not stay; and the focus too, because a password row of libadwaita 1.2 that goes away
 * with it looks at itself once more when it is gone. */
static char *
take_secret (GtkEditable *entry)
{
  char *secret = g_strdup (gtk_editable_get_text (entry));

  gtk_editable_set_text (entry, "");
  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (entry))), NULL);
  return secret;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GtkWidget *widget)
{
  char *secret = take_secret (g_object_get_data (G_OBJECT (dialog), "tb-entry"));

  if (!g_str_equal (response, "save"))
    g_clear_pointer (&secret, tb_secret_free);
  if (!g_str_equal (response, "cancel"))
    tb_connection_keep_secret_async (widget, g_object_get_data (G_OBJECT (dialog), "tb-connection"), secret, kept_cb, GINT_TO_POINTER (secret == NULL));
  tb_secret_free (secret);
}

static void
changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "save", *gtk_editable_get_text (entry) != '\0');
}

void
tb_secret_dialog_run (GtkWidget *widget, const char *connection)
{
  /* Translators: %s is a connection */
  g_autofree char *title = g_strdup_printf (_ ("Secret of %s"), connection);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (widget)), title,
      _ ("The API key or password with which calls are collected. It is kept in your keyring, never in the books.")));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Secret"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  tb_widgets_set_label (list, _ ("Secret"));
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "save", FALSE);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data (G_OBJECT (dialog), "tb-entry", entry);
  g_object_set_data_full (G_OBJECT (dialog), "tb-connection", g_strdup (connection), g_free);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}
