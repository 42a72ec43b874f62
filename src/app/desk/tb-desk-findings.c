/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-desk-findings.h"

#include <glib/gi18n.h>

#include "tb-widgets.h"

#define ROWS_AT_ONCE 8

struct _TbDeskFindings
{
  AdwBin parent_instance;

  GtkListBox *list;
  const TbDeskView *view; /* or NULL */
  gboolean choose;
  guint shown;    /* of the view's findings */
  guint source;   /* that adds the others; 0 = none */
  GArray *chosen; /* when they were last shown: of guint32 */
};

enum { CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbDeskFindings, tb_desk_findings, ADW_TYPE_BIN)

/* ---- rows ---- */

static void
toggled_cb (TbDeskFindings *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static gboolean
holds (GArray *ids, guint32 id)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, guint32, i) == id)
      return TRUE;
  return FALSE;
}

static void
add_check (TbDeskFindings *self, GtkWidget *row, const TbDeskFinding *finding)
{
  GtkWidget *check = gtk_check_button_new ();
  /* Translators: a check button before a client's draft */
  g_autofree char *name = g_strdup_printf (_ ("Choose %s"), finding->title);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), holds (self->chosen, finding->draft));
  tb_widgets_set_label (check, name);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (toggled_cb), self);
  g_object_set_data (G_OBJECT (row), "tb-check", check);
  g_object_set_data (G_OBJECT (row), "tb-draft", GUINT_TO_POINTER (finding->draft));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
}

static GtkWidget *
add_finding (TbDeskFindings *self, const TbDeskFinding *finding)
{
  GtkWidget *row = tb_widgets_add_row (GTK_WIDGET (self->list), finding->title, finding->detail);

  if (finding->serious || finding->outlier)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      gtk_widget_set_tooltip_text (icon, finding->outlier ? _ ("Unlike last month") : _ ("To be looked at"));
      tb_widgets_set_label (icon, finding->outlier ? _ ("Unlike last month") : _ ("To be looked at"));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  if (finding->value != NULL)
    tb_widgets_add_suffix (row, finding->value, NULL);
  if (finding->page == NULL)
    return row;
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "tb-page", (gpointer) finding->page);
  g_object_set_data_full (G_OBJECT (row), "tb-item", g_strdup (finding->item != NULL ? finding->item : ""), g_free);
  return row;
}

static gboolean
add_rows_cb (gpointer data)
{
  TbDeskFindings *self = data;
  guint end = MIN (self->shown + ROWS_AT_ONCE, self->view->findings->len);

  for (; self->shown < end; self->shown++)
    {
      const TbDeskFinding *finding = self->view->findings->pdata[self->shown];
      GtkWidget *row = add_finding (self, finding);

      if (self->choose && finding->draft != 0)
        add_check (self, row, finding);
    }
  if (end < self->view->findings->len)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  g_signal_emit (self, signals[CHOSEN], 0);
  return G_SOURCE_REMOVE;
}

static void
activated_cb (TbDeskFindings *self, GtkListBoxRow *row)
{
  const char *page = g_object_get_data (G_OBJECT (row), "tb-page");

  if (page != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "(ss)", page, g_object_get_data (G_OBJECT (row), "tb-item"));
}

/* ---- class ---- */

static void
tb_desk_findings_dispose (GObject *object)
{
  TbDeskFindings *self = TB_DESK_FINDINGS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->chosen, g_array_unref);

  G_OBJECT_CLASS (tb_desk_findings_parent_class)->dispose (object);
}

static void
tb_desk_findings_class_init (TbDeskFindingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_desk_findings_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", TB_TYPE_DESK_FINDINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_desk_findings_init (TbDeskFindings *self)
{
  self->chosen = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  tb_widgets_set_label (GTK_WIDGET (self->list), _ ("What was found"));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

void
tb_desk_findings_show (TbDeskFindings *self, const TbDeskView *view, gboolean choose)
{
  /* While rows are still being added, what is chosen is known from before. */
  if (self->source == 0)
    {
      g_array_unref (self->chosen);
      self->chosen = tb_desk_findings_list_chosen (self);
    }
  g_clear_handle_id (&self->source, g_source_remove);
  tb_widgets_let_go_of_focus (GTK_WIDGET (self->list));
  tb_widgets_clear (GTK_WIDGET (self->list));
  self->view = view;
  self->choose = choose;
  self->shown = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), view != NULL && view->findings->len > 0);
  if (view != NULL && add_rows_cb (self) == G_SOURCE_CONTINUE)
    self->source = g_idle_add (add_rows_cb, self);
}

GArray *
tb_desk_findings_list_chosen (TbDeskFindings *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      GtkWidget *check = g_object_get_data (G_OBJECT (row), "tb-check");
      guint32 id = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "tb-draft"));

      if (check != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_array_append_val (ids, id);
    }
  return ids;
}

gboolean
tb_desk_findings_has_chosen (TbDeskFindings *self)
{
  g_autoptr (GArray) chosen = tb_desk_findings_list_chosen (self);

  return chosen->len > 0;
}
