/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-detail.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-list-page.h"
#include "tb-widgets.h"

static const char *
explain (const TbNumberPattern *pattern)
{
  static const char *const texts[] = {
    [TB_NUMBER_VALID] = N_ ("These numbers are good."),
    [TB_NUMBER_WRONG_COUNTRY] = N_ ("As dialled, these are numbers of another country than was meant: calls are connected and charged there."),
    [TB_NUMBER_INVALID] = N_ ("There are no such numbers: the calls reach nobody and get no right price."),
    [TB_NUMBER_EXTENSION] = N_ ("Extensions, services and feature codes: they need no country code."),
  };

  return _ (texts[pattern->check.verdict]);
}

static void
copy_cb (GtkButton *button, GtkLabel *label)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), gtk_label_get_text (label));
  tb_dialogs_toast (GTK_WIDGET (button), _ ("Rule copied"));
}

static void
follow_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (list), "win.show-page", "(ss)", "calls", g_object_get_data (G_OBJECT (row), "tb-item"));
}

/* The rule as it goes into the PBX: it can be chosen and copied. */
static void
add_fix (GtkWidget *box, const TbNumberPattern *pattern)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *label = gtk_label_new (pattern->fix), *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *title = g_strdup_printf (_ ("Dial plan of %s"), pattern->connection);
  g_autofree char *markup = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), markup);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Copy the rule"));
  tb_widgets_set_label (button, _ ("Copy the rule"));
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), label);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "card");
  gtk_widget_add_css_class (label, "said");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), label);
  gtk_box_append (GTK_BOX (box), group);
}

static void
add_facts (GtkWidget *box, const TbNumberPattern *pattern)
{
  GtkWidget *list = tb_detail_add_group (box, _ ("Numbers"));
  g_autofree char *calls = tb_format_number ((gint64) pattern->calls);
  g_autofree char *duration = tb_format_seconds (pattern->seconds);
  GtkWidget *row;

  tb_widgets_add_value (list, _ ("For example"), pattern->dialled);
  tb_widgets_add_value (list, _ ("Read as"), pattern->check.number);
  tb_widgets_add_value (list, _ ("Probably meant"), pattern->check.likely);
  tb_widgets_add_value (list, _ ("Calls"), calls);
  tb_widgets_add_value (list, _ ("Duration"), duration);
  tb_widgets_add_value (list, _ ("Client"), pattern->client_name != NULL ? pattern->client_name : pattern->client);
  tb_widgets_add_value (list, _ ("Connection"), pattern->connection);
  row = tb_widgets_add_row (list, _ ("The call of the example"), NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "tb-item", g_strdup_printf ("uid=%s", pattern->uid), g_free);
  g_signal_connect (list, "row-activated", G_CALLBACK (follow_cb), NULL);
}

void
tb_number_detail_show (GtkWidget *box, const TbNumberPattern *pattern)
{
  g_autofree char *reason = NULL;

  tb_detail_clear (box);
  if (pattern == NULL)
    return;
  /* Translators: why numbers have a verdict, and what that means */
  reason = g_strdup_printf (_ ("Dialled: %s. %s"), pattern->check.reason, explain (pattern));
  tb_detail_add_title (box, tb_number_verdict_to_display (pattern->check.verdict), reason);
  if (pattern->fix != NULL)
    add_fix (box, pattern);
  add_facts (box, pattern);
}
