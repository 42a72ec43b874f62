/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-filter-trial-view.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-filter-trial.h"
#include "tb-form-follow.h"
#include "tb-format.h"

#define TRIAL_DAYS 31

static gpointer
ask (JsonNode *record, GtkWidget *widget, GError **error)
{
  g_autoptr (JsonNode) list = tb_form_json_new_array ();
  g_autofree char *text = NULL;
  g_autoptr (TbSetup) part = NULL;

  if (tb_form_json_get (record, "pattern") == NULL)
    return NULL;
  json_array_add_element (json_node_get_array (list), tb_form_json_copy (record));
  text = tb_form_json_to_text (list);
  /* What is wrong is said at its field. */
  part = tb_setup_record_read (NULL, "filters", text, NULL);
  return part != NULL ? g_ptr_array_steal_index (part->filters, 0) : NULL;
}

static gpointer
try_filter (TbStore *store, TbJob *job, gpointer filter, GError **error)
{
  return tb_filter_trial_run (store, filter, tb_clock_now () - TRIAL_DAYS * 86400, job, error);
}

static char *
describe (const TbFilterTrial *trial)
{
  g_autofree char *calls = tb_format_number ((gint64) trial->calls);
  g_autofree char *hit = tb_format_number ((gint64) trial->hit);
  g_autofree char *examples = g_strjoinv ("\n", trial->examples);
  g_autofree char *sums = tb_format_sums (trial->money);
  g_autofree char *text = g_strdup_printf (ngettext ("It meets %s of %s call of the last 31 days that is not invoiced.",
                                                     "It meets %s of %s calls of the last 31 days that are not invoiced.", trial->calls),
                                           hit, calls);

  if (trial->hit == 0)
    return g_steal_pointer (&text);
  if (trial->billed == 0)
    return g_strdup_printf ("%s\n%s", text, examples);
  /* Translators: %s: a sentence about how many calls are met; sums of money; numbers, a line each */
  return g_strdup_printf (_ ("%s They cost %s today.\n%s"), text, sums, examples);
}

static void
show (GtkWidget *widget, gpointer answer, const GError *error, gboolean busy)
{
  GtkWidget *label = gtk_widget_get_last_child (widget);
  g_autofree char *text = answer != NULL ? describe (answer) : NULL;

  if (busy)
    gtk_label_set_label (GTK_LABEL (label), _ ("Looking at the calls…"));
  else
    gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : error != NULL ? error->message : _ ("Type a pattern to see which calls it meets."));
}

GtkWidget *
tb_filter_trial_view_new (TbFormView *view)
{
  static const TbFormFollow follow = { ask, (GDestroyNotify) tb_filter_free, try_filter, (GDestroyNotify) tb_filter_trial_free, show };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_ ("On Last Month’s Calls")), *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (box, "form-companion");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_size_request (label, -1, 92);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("On Last Month’s Calls"), -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), label);
  tb_form_follow (view, box, &follow);
  return box;
}
