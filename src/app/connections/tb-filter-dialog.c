/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-filter-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-connection-edit.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-filter-trial.h"
#include "tb-format.h"
#include "tb-run.h"
#include "tb-widgets.h"

/* Stored calls that a filter is tried on, and how long typing may pause before it is. */
#define TRIAL_DAYS 31
#define PAUSE 300

static const char *const match_names[] = { N_ ("The number called"), N_ ("The caller"), N_ ("The direction"), N_ ("The destination’s name") };

typedef struct
{
  TbBooks *books;
  GtkWidget *widget;
  char *connection;
  AdwMessageDialog *dialog; /* borrowed */
  GtkWidget *match, *pattern, *action, *said;
  guint timer;
  GCancellable *trying;
  gboolean closed;
  guint uses;
} Form;

static void
form_unref (Form *form)
{
  if (--form->uses > 0)
    return;
  g_object_unref (form->books);
  g_object_unref (form->widget);
  g_clear_object (&form->trying);
  g_free (form->connection);
  g_free (form);
}

/* ---- in words ---- */

char *
tb_filter_describe (const TbFilter *filter)
{
  switch (filter->match)
    {
    case TB_FILTER_ON_SOURCE:
      return g_strdup_printf (_ ("Calls from %s"), filter->pattern);
    case TB_FILTER_ON_DIRECTION:
      return g_strdup_printf (_ ("Calls whose direction is %s"), filter->pattern);
    case TB_FILTER_ON_DESCRIPTION:
      return g_strdup_printf (_ ("Calls to destinations called %s"), filter->pattern);
    case TB_FILTER_ON_DESTINATION:
    default:
      return g_strdup_printf (_ ("Calls to %s"), filter->pattern);
    }
}

const char *
tb_filter_action_text (TbFilterAction action)
{
  return action == TB_FILTER_SUPPRESS ? _ ("Hidden, never billed") : _ ("Shown, never billed");
}

/* ---- the trial ---- */

static TbFilter *
read_filter (const Form *form, GError **error)
{
  g_autoptr (TbFilter) filter = tb_filter_new ();
  g_autoptr (TbPattern) pattern = NULL;

  g_free (filter->connection);
  g_free (filter->pattern);
  filter->connection = g_strdup (form->connection);
  filter->pattern = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (form->pattern))));
  filter->match = adw_combo_row_get_selected (ADW_COMBO_ROW (form->match));
  filter->action = adw_combo_row_get_selected (ADW_COMBO_ROW (form->action)) == 0 ? TB_FILTER_EXCLUDE : TB_FILTER_SUPPRESS;
  pattern = tb_pattern_new (filter->pattern, error);
  return pattern != NULL ? g_steal_pointer (&filter) : NULL;
}

static gpointer
try_func (TbStore *store, TbJob *job, gpointer filter, GError **error)
{
  return tb_filter_trial_run (store, filter, tb_clock_now () - TRIAL_DAYS * 86400, job, error);
}

static char *
describe (const TbFilterTrial *trial)
{
  g_autofree char *calls = tb_format_number ((gint64) trial->calls);
  g_autofree char *hit = tb_format_number ((gint64) trial->hit);
  g_autofree char *examples = g_strjoinv (", ", trial->examples);
  g_autofree char *sums = tb_format_sums (trial->money);
  /* Translators: how many calls a filter meets, of how many */
  g_autofree char *text = g_strdup_printf (ngettext ("It meets %s of %s call of the last 31 days.", "It meets %s of %s calls of the last 31 days.", trial->calls),
                                           hit, calls);

  if (trial->hit == 0)
    return g_steal_pointer (&text);
  if (trial->billed == 0)
    /* Translators: %s: the sentence before; numbers */
    return g_strdup_printf (_ ("%s For example: %s."), text, examples);
  /* Translators: %s: the sentence before; sums of money; numbers */
  return g_strdup_printf (_ ("%s They cost %s today. For example: %s."), text, sums, examples);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbFilterTrial) trial = tb_reader_run_finish (TB_READER (source), result, &error);
  g_autofree char *text = trial != NULL ? describe (trial) : NULL;

  if (!form->closed && !g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED))
    gtk_label_set_label (GTK_LABEL (form->said), trial != NULL ? text : error->message);
  form_unref (form);
}

static gboolean
pause_cb (gpointer data)
{
  Form *form = data;
  TbFilter *filter = read_filter (form, NULL);

  form->timer = 0;
  if (filter == NULL)
    return G_SOURCE_REMOVE;
  g_clear_object (&form->trying);
  form->trying = g_cancellable_new ();
  form->uses++;
  gtk_label_set_label (GTK_LABEL (form->said), _ ("Looking at the calls…"));
  tb_reader_run_async (tb_books_get_reader (form->books), form->trying, try_func, filter, (GDestroyNotify) tb_filter_free,
                       (GDestroyNotify) tb_filter_trial_free, tried_cb, form);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (Form *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbFilter) filter = read_filter (form, &error);
  gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (form->pattern)) == '\0';

  g_cancellable_cancel (form->trying);
  g_clear_handle_id (&form->timer, g_source_remove);
  adw_message_dialog_set_response_enabled (form->dialog, "add", filter != NULL && !empty);
  gtk_label_set_label (GTK_LABEL (form->said), filter == NULL && !empty ? error->message : "");
  if (filter != NULL && !empty)
    form->timer = g_timeout_add (PAUSE, pause_cb, form);
}

/* ---- adding ---- */

static gpointer
add_func (TbStore *store, TbJob *job, gpointer filter, GError **error)
{
  return tb_connection_edit_add_filter (store, filter, error) ? TB_RUN_OK : NULL;
}

static void
added (GtkWidget *widget, gpointer result)
{
  tb_dialogs_toast (widget, _ ("Filter added; it holds for calls that are rated from now on"));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Form *form)
{
  TbFilter *filter = g_str_equal (response, "add") ? read_filter (form, NULL) : NULL;

  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  form->closed = TRUE;
  g_clear_handle_id (&form->timer, g_source_remove);
  g_cancellable_cancel (form->trying);
  if (filter != NULL)
    tb_run (form->widget, form->books, _ ("Add filter"), TRUE, add_func, filter, (GDestroyNotify) tb_filter_free, NULL, added, NULL);
}

static GtkWidget *
add_choice (Form *form, GtkWidget *list, const char *title, const char *const *texts, guint n)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _ (texts[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (changed_cb), form);
  return row;
}

static GtkWidget *
make_fields (Form *form)
{
  static const char *const actions[] = { N_ ("Shown, never billed"), N_ ("Hidden, never billed") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  tb_widgets_set_label (list, _ ("Filter"));
  form->match = add_choice (form, list, _ ("Look at"), match_names, G_N_ELEMENTS (match_names));
  form->pattern = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->pattern), _ ("Pattern"));
  gtk_list_box_append (GTK_LIST_BOX (list), form->pattern);
  form->action = add_choice (form, list, _ ("These calls are"), actions, G_N_ELEMENTS (actions));
  form->said = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (form->said), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (form->said), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (form->said), 0);
  gtk_label_set_lines (GTK_LABEL (form->said), 4);
  gtk_widget_set_size_request (form->said, -1, 72);
  gtk_label_set_yalign (GTK_LABEL (form->said), 0);
  gtk_widget_add_css_class (form->said, "dim-label");
  g_signal_connect_swapped (form->pattern, "changed", G_CALLBACK (changed_cb), form);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), form->said);
  return box;
}

void
tb_filter_dialog_run (GtkWidget *widget, TbBooks *books, const char *connection)
{
  /* Translators: %s is a connection */
  g_autofree char *title = g_strdup_printf (_ ("Filter of %s"), connection);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (widget)), title,
      _ ("Digits, x for any digit, [2-9] for some, * at the end for any rest; several with commas. Or a class: [internal] [inbound] [voicemail] [tollfree] "
         "[emergency].")));
  Form *form = g_new0 (Form, 1);

  *form = (Form){ .books = g_object_ref (books), .widget = g_object_ref (widget), .connection = g_strdup (connection), .dialog = dialog, .uses = 1 };
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "add", _ ("_Add"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "add", FALSE);
  adw_message_dialog_set_default_response (dialog, "add");
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_extra_child (dialog, make_fields (form));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), form, (GClosureNotify) (void (*) (void)) form_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (form->pattern);
}
