/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-dialogs.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-rate-field.h"
#include "tb-tariff-editor-work.h"
#include "tb-widgets.h"

/* What a dialog holds while it is open. */
typedef struct
{
  AdwMessageDialog *dialog;
  TbRateSheet *sheet;
  GtkWidget *entries[5], *keep, *said;
  guint row;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->sheet);
  g_free (form);
}

static Form *
form_new (GtkWindow *parent, TbRateSheet *sheet, const char *title, const char *body, const char *verb)
{
  Form *form = g_new0 (Form, 1);

  form->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, title, body));
  form->sheet = g_object_ref (sheet);
  adw_message_dialog_add_responses (form->dialog, "cancel", _ ("_Cancel"), "go", verb, NULL);
  adw_message_dialog_set_response_appearance (form->dialog, "go", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (form->dialog, "go");
  adw_message_dialog_set_close_response (form->dialog, "cancel");
  g_object_set_data_full (G_OBJECT (form->dialog), "tb-form", form, form_free);
  return form;
}

static GtkWidget *
new_list (const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  tb_widgets_set_label (list, label);
  return list;
}

static GtkWidget *
add_entry (GtkWidget *list, const char *title, const char *text)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  tb_widgets_set_label (entry, title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  return entry;
}

static GtkWidget *
new_said (void)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 40);
  return label;
}

static void
say (Form *form, const char *text, gboolean wrong)
{
  gtk_label_set_label (GTK_LABEL (form->said), text);
  if (wrong)
    gtk_widget_add_css_class (form->said, "error");
  else
    gtk_widget_remove_css_class (form->said, "error");
}

static void
set_content (Form *form, GtkWidget *list)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  form->said = new_said ();
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), form->said);
  adw_message_dialog_set_extra_child (form->dialog, box);
}

/* ---- one more ---- */

static const TbRateField added[] = { TB_RATE_PREFIX, TB_RATE_DESCRIPTION, TB_RATE_PRICE, TB_RATE_INCREMENT, TB_RATE_FROM };

/* NULL: something is wrong, and said. What is still empty is not said to be wrong. */
static TbRate *
read_rate (Form *form)
{
  g_autoptr (TbRate) rate = tb_rate_new_for ("");
  gboolean complete = TRUE;

  say (form, "", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (added); i++)
    {
      g_autofree char *text = tb_widgets_dup_text (form->entries[i]);
      g_autoptr (GError) error = NULL;
      TbRate *next = tb_rate_with_field (rate, added[i], text, tb_rate_sheet_get_zone (form->sheet), &error);
      gboolean missing = next == NULL && *text == '\0';

      tb_widgets_mark (form->entries[i], next == NULL && !missing);
      complete = complete && next != NULL;
      if (next == NULL && !missing)
        say (form, error->message, TRUE);
      if (next == NULL)
        continue;
      tb_rate_free (rate);
      rate = next;
    }
  if (complete && tb_rate_sheet_has_key (form->sheet, rate, G_MAXUINT))
    {
      say (form, _ ("There is a rate for this prefix with this start already."), TRUE);
      complete = FALSE;
    }
  return complete ? g_steal_pointer (&rate) : NULL;
}

static void
add_changed_cb (GtkEditable *entry, Form *form)
{
  g_autoptr (TbRate) rate = read_rate (form);

  adw_message_dialog_set_response_enabled (form->dialog, "go", rate != NULL);
}

static void
add_response_cb (AdwMessageDialog *dialog, const char *response, Form *form)
{
  g_autoptr (TbRate) rate = NULL;

  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "go"))
    rate = read_rate (form);
  if (rate != NULL)
    tb_tariff_editor_add (form->sheet, g_steal_pointer (&rate));
}

GtkWindow *
tb_rate_dialogs_add (GtkWindow *parent, TbRateSheet *sheet)
{
  Form *form = form_new (parent, sheet, _ ("Add a Rate"), NULL, _ ("_Add"));
  GtkWidget *list = new_list (_ ("New rate"));
  const char *const titles[] = { _ ("Prefix"), _ ("Destination"), _ ("Rate a minute"), _ ("Increment, as 60/6"), _ ("From (2026-12-31; empty: always)") };

  set_content (form, list);
  for (guint i = 0; i < G_N_ELEMENTS (added); i++)
    {
      form->entries[i] = add_entry (list, titles[i], "");
      g_signal_connect (form->entries[i], "changed", G_CALLBACK (add_changed_cb), form);
    }
  adw_message_dialog_set_response_enabled (form->dialog, "go", FALSE);
  g_signal_connect (form->dialog, "response", G_CALLBACK (add_response_cb), form);
  gtk_window_present (GTK_WINDOW (form->dialog));
  gtk_widget_grab_focus (form->entries[0]);
  return GTK_WINDOW (form->dialog);
}

/* ---- a prefix into longer ones ---- */

static GPtrArray *
read_parts (Form *form, GError **error)
{
  const TbRate *rate = tb_tariff_draft_get_rate (tb_rate_sheet_get_draft (form->sheet), form->row);
  g_autofree char *text = tb_widgets_dup_text (form->entries[0]);

  return tb_rate_split (rate, text, error);
}

static void
say_parts (Form *form, GPtrArray *parts, guint there)
{
  const TbRate *first = parts->pdata[0], *last = parts->pdata[parts->len - 1];
  g_autofree char *number = tb_format_number (parts->len - there), *number_there = tb_format_number (there);
  /* Translators: a number, then two prefixes */
  g_autofree char *text
      = g_strdup_printf (g_dngettext (NULL, "%s rate is added, of %s to %s.", "%s rates are added, of %s to %s.", parts->len - there), number, first->prefix, last->prefix);
  g_autofree char *more
      = there == 0 ? g_strdup ("")
                   : g_strdup_printf (g_dngettext (NULL, " %s is there already and stays.", " %s are there already and stay.", there), number_there);
  g_autofree char *both = g_strconcat (text, more, NULL);

  say (form, both, FALSE);
}

static void
split_changed_cb (GtkWidget *widget, Form *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = read_parts (form, &error);
  guint there = parts != NULL ? tb_tariff_editor_count_there (form->sheet, parts) : 0;

  tb_widgets_mark (form->entries[0], parts == NULL);
  if (parts == NULL)
    say (form, error->message, TRUE);
  else
    say_parts (form, parts, there);
  adw_message_dialog_set_response_enabled (form->dialog, "go", parts != NULL && there < parts->len);
}

static void
split_response_cb (AdwMessageDialog *dialog, const char *response, Form *form)
{
  g_autoptr (GPtrArray) parts = NULL;

  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "go"))
    parts = read_parts (form, NULL);
  if (parts != NULL)
    tb_tariff_editor_split (form->sheet, form->row, parts, gtk_switch_get_active (GTK_SWITCH (form->keep)));
}

static GtkWidget *
add_switch (GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_action_row_new (), *box = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (box), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), box);
  tb_widgets_set_label (box, title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return box;
}

GtkWindow *
tb_rate_dialogs_split (GtkWindow *parent, TbRateSheet *sheet)
{
  const TbRate *rate;
  GtkWidget *list;
  Form *form;
  guint row;
  g_autofree char *title = NULL;

  if (!tb_grid_finish_edit (tb_rate_sheet_get_grid (sheet)) || !tb_rate_sheet_get_row (sheet, &row))
    return NULL;
  rate = tb_tariff_draft_get_rate (tb_rate_sheet_get_draft (sheet), row);
  if (rate == NULL)
    return NULL;
  /* Translators: %s is a prefix */
  title = g_strdup_printf (_ ("Split %s"), *rate->prefix != '\0' ? rate->prefix : _ ("All others"));
  form = form_new (parent, sheet, title, _ ("Longer prefixes with the same terms, to be priced apart."), _ ("_Split"));
  form->row = row;
  list = new_list (_ ("Split"));
  set_content (form, list);
  form->entries[0] = add_entry (list, _ ("Endings, as 0-9 or 20,40-49"), "0-9");
  form->keep = add_switch (list, _ ("Keep the shorter prefix"));
  g_signal_connect (form->entries[0], "changed", G_CALLBACK (split_changed_cb), form);
  g_signal_connect (form->dialog, "response", G_CALLBACK (split_response_cb), form);
  split_changed_cb (NULL, form);
  gtk_window_present (GTK_WINDOW (form->dialog));
  gtk_widget_grab_focus (form->entries[0]);
  return GTK_WINDOW (form->dialog);
}
