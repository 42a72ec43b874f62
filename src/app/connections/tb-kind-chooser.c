/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-kind-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-pbx.h"
#include "tb-widgets.h"

#define KIND "tb-kind"

/* Calls that somebody brings as files need no form of a vendor. */
#define FILES_KIND "csv"

typedef struct
{
  TbKindChosen done;
  gpointer data;
  GtkWidget *entry, *list;
} Chooser;

const char *
tb_kind_get_title (const char *kind)
{
  const TbPbxForm *form = tb_pbx_find_form (kind);

  if (form != NULL)
    return _ (form->title);
  return kind == NULL || g_str_equal (kind, FILES_KIND) ? _ ("Files") : kind;
}

static gboolean
contains (const char *text, const char *folded)
{
  g_autofree char *other = g_utf8_casefold (text, -1);

  return strstr (other, folded) != NULL;
}

static gboolean
passes (GtkListBoxRow *row, gpointer data)
{
  Chooser *chooser = data;
  const char *kind = g_object_get_data (G_OBJECT (row), KIND);
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (chooser->entry)), -1);

  return contains (kind, folded) || contains (tb_kind_get_title (kind), folded);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, Chooser *chooser)
{
  chooser->done (g_object_get_data (G_OBJECT (row), KIND), chooser->data);
}

/* Escape empties the search first, and closes the dialog when there is nothing to empty. */
static void
stopped_cb (GtkEditable *entry, Chooser *chooser)
{
  if (*gtk_editable_get_text (entry) == '\0')
    gtk_widget_activate_action (GTK_WIDGET (entry), "window.close", NULL);
  else
    gtk_editable_set_text (entry, "");
}

static void
changed_cb (GtkSearchEntry *entry, Chooser *chooser)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (chooser->list));
}

/* Enter takes the first that is left. */
static void
entered_cb (GtkSearchEntry *entry, Chooser *chooser)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (chooser->list), i);

      if (row == NULL)
        return;
      if (passes (row, chooser))
        {
          activated_cb (NULL, row, chooser);
          return;
        }
    }
}

static void
add_kind (Chooser *chooser, const char *kind, const char *subtitle)
{
  GtkWidget *row = tb_widgets_add_row (chooser->list, tb_kind_get_title (kind), subtitle);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), KIND, g_strdup (kind), g_free);
}

static void
add_kinds (Chooser *chooser)
{
  const TbPbxForm *const *forms = tb_pbx_list_forms ();

  add_kind (chooser, FILES_KIND, _ ("Files of call records in any format, imported or dropped here"));
  for (guint i = 0; forms[i] != NULL; i++)
    add_kind (chooser, forms[i]->kind, NULL);
}

static GtkWidget *
make_list (Chooser *chooser)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *nothing = gtk_label_new (_ ("No such kind. Systems that are not listed can deliver files."));

  chooser->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (chooser->list), GTK_SELECTION_NONE);
  gtk_label_set_wrap (GTK_LABEL (nothing), TRUE);
  gtk_widget_add_css_class (nothing, "detail");
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (chooser->list), nothing);
  gtk_widget_add_css_class (chooser->list, "boxed-list");
  gtk_widget_set_valign (chooser->list, GTK_ALIGN_START);
  tb_widgets_set_label (chooser->list, _ ("Kinds"));
  gtk_widget_set_margin_bottom (chooser->list, 24);
  adw_clamp_set_child (ADW_CLAMP (clamp), chooser->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

GtkWidget *
tb_kind_chooser_new (TbKindChosen done, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  Chooser *chooser = g_new0 (Chooser, 1);

  *chooser = (Chooser){ .done = done, .data = data, .entry = gtk_search_entry_new () };
  g_object_set (chooser->entry, "placeholder-text", _ ("Search for a PBX or carrier"), NULL);
  gtk_box_append (GTK_BOX (box), chooser->entry);
  gtk_box_append (GTK_BOX (box), make_list (chooser));
  add_kinds (chooser);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (chooser->list), passes, chooser, NULL);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  g_signal_connect (chooser->list, "row-activated", G_CALLBACK (activated_cb), chooser);
  g_signal_connect (chooser->entry, "search-changed", G_CALLBACK (changed_cb), chooser);
  g_signal_connect (chooser->entry, "stop-search", G_CALLBACK (stopped_cb), chooser);
  g_signal_connect (chooser->entry, "activate", G_CALLBACK (entered_cb), chooser);
  g_object_set_data_full (G_OBJECT (box), "tb-chooser", chooser, g_free);
  tb_widgets_name_controls (box);
  return box;
}
