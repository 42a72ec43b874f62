/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-dialogs.h"

#include <glib/gi18n.h>

#include "tb-widgets.h"

/* GtkFileDialog and GtkAlertDialog came with 4.10: all use of their forerunners is in this file. */

typedef struct
{
  GCallback done, other_done;
  gpointer data;
  GDestroyNotify free_data;
  int year, month;
  GtkWidget *months;
} Question;

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static Question *
question_new (GCallback done, gpointer data, GDestroyNotify free_data)
{
  Question *question = g_new0 (Question, 1);

  question->done = done;
  question->data = data;
  question->free_data = free_data;
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->free_data != NULL)
    question->free_data (question->data);
  g_free (question);
}

static void
confirm_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;

  if (g_str_equal (response, "go"))
    ((TbConfirmed) question->done) (question->data);
  else if (g_str_equal (response, "other"))
    ((TbConfirmed) question->other_done) (question->data);
}

static void
month_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  int back = gtk_drop_down_get_selected (GTK_DROP_DOWN (question->months));
  int index = question->year * 12 + question->month - 1 - back;

  if (g_str_equal (response, "go"))
    ((TbMonthChosen) question->done) (index / 12, index % 12 + 1, question->data);
}

static void
file_response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Question *question = data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        ((TbFileChosen) question->done) (path, question->data);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static AdwMessageDialog *
message_new (GtkWidget *widget, const char *title, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (widget), title, body);

  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
add_verb (AdwMessageDialog *dialog, const char *verb, gboolean destructive)
{
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "go", verb, NULL);
  adw_message_dialog_set_response_appearance (dialog, "go", destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "go");
  adw_message_dialog_set_close_response (dialog, "cancel");
}

void
tb_dialogs_show_text (GtkWidget *widget, const char *title, const char *text)
{
  AdwMessageDialog *dialog = message_new (widget, title, text);

  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

void
tb_dialogs_show_error (GtkWidget *widget, const char *title, const GError *error)
{
  tb_dialogs_show_text (widget, title, error->message);
}

void
tb_dialogs_toast (GtkWidget *widget, const char *text)
{
  GtkWindow *window = get_window (widget);

  /* Toasts belong to the main window; a dialog's are shown behind it. */
  while (window != NULL && !GTK_IS_APPLICATION_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (window), "toast", g_variant_new_string (text));
}

void
tb_dialogs_confirm (GtkWidget *widget, const char *title, const char *body, const char *verb, gboolean destructive,
                    TbConfirmed done, gpointer data, GDestroyNotify free_data)
{
  AdwMessageDialog *dialog = message_new (widget, title, body);
  Question *question = question_new (G_CALLBACK (done), data, free_data);

  add_verb (dialog, verb, destructive);
  g_signal_connect_data (dialog, "response", G_CALLBACK (confirm_response_cb), question,
                         (GClosureNotify) (void *) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkFileChooserNative *
chooser_new (GtkWidget *widget, const char *title, GtkFileChooserAction action, TbFileChosen done, gpointer data, GDestroyNotify free_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, get_window (widget), action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (file_response_cb), question_new (G_CALLBACK (done), data, free_data),
                         (GClosureNotify) (void *) question_free, 0);
  return dialog;
}

void
tb_dialogs_open_file (GtkWidget *widget, const char *title, const char *kind, const char *patterns, TbFileChosen done,
                      gpointer data)
{
  GtkFileChooserNative *dialog = chooser_new (widget, title, GTK_FILE_CHOOSER_ACTION_OPEN, done, data, NULL);

  if (kind != NULL)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
      g_auto (GStrv) globs = g_strsplit (patterns, ";", -1);

      gtk_file_filter_set_name (filter, kind);
      for (guint i = 0; globs[i] != NULL; i++)
        gtk_file_filter_add_pattern (filter, globs[i]);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
      gtk_file_filter_set_name (all, _ ("All files"));
      gtk_file_filter_add_pattern (all, "*");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
tb_dialogs_save_file (GtkWidget *widget, const char *title, const char *name, TbFileChosen done, gpointer data)
{
  tb_dialogs_save_file_for (widget, title, name, done, data, NULL);
}

void
tb_dialogs_save_file_for (GtkWidget *widget, const char *title, const char *name, TbFileChosen done, gpointer data, GDestroyNotify free_data)
{
  GtkFileChooserNative *dialog = chooser_new (widget, title, GTK_FILE_CHOOSER_ACTION_SAVE, done, data, free_data);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
tb_dialogs_choose_folder (GtkWidget *widget, const char *title, TbFileChosen done, gpointer data, GDestroyNotify free_data)
{
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser_new (widget, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, done, data, free_data)));
}

void
tb_dialogs_ask_month (GtkWidget *widget, const char *title, const char *body, const char *verb, int year, int month,
                      TbMonthChosen done, gpointer data)
{
  AdwMessageDialog *dialog = message_new (widget, title, body);
  Question *question = question_new (G_CALLBACK (done), data, NULL);
  g_autoptr (GListModel) months = tb_widgets_new_months (NULL, year, month, 24);

  question->year = year;
  question->month = month;
  question->months = gtk_drop_down_new (g_object_ref (months), NULL);
  tb_widgets_set_label (question->months, _ ("Month"));
  gtk_widget_set_halign (question->months, GTK_ALIGN_CENTER);
  adw_message_dialog_set_extra_child (dialog, question->months);
  add_verb (dialog, verb, FALSE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (month_response_cb), question,
                         (GClosureNotify) (void *) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
tb_dialogs_choose (GtkWidget *widget, const char *title, const char *body, const char *verb, TbConfirmed done, const char *other_verb,
                   TbConfirmed other_done, gpointer data, GDestroyNotify free_data)
{
  AdwMessageDialog *dialog = message_new (widget, title, body);
  Question *question = question_new (G_CALLBACK (done), data, free_data);

  question->other_done = G_CALLBACK (other_done);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Close"), "other", other_verb, "go", verb, NULL);
  adw_message_dialog_set_response_appearance (dialog, "go", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "go");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (confirm_response_cb), question, (GClosureNotify) (void *) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
tb_dialogs_close_on_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, controller);
}
