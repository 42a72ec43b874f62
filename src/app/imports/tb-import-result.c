/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-import-result.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-widgets.h"

struct _TbImportResult
{
  AdwWindow parent_instance;

  char *next_action;
  AdwWindowTitle *title;
  GtkFlowBox *counts;
  TbProblemList *problems;
  GtkButton *next;
};

G_DEFINE_FINAL_TYPE (TbImportResult, tb_import_result, ADW_TYPE_WINDOW)

static void
next_cb (TbImportResult *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *action = g_strdup (self->next_action);

  gtk_window_destroy (GTK_WINDOW (self));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), action, NULL);
}

static void
tb_import_result_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TB_TYPE_IMPORT_RESULT);
  g_clear_pointer (&TB_IMPORT_RESULT (object)->next_action, g_free);

  G_OBJECT_CLASS (tb_import_result_parent_class)->dispose (object);
}

static void
tb_import_result_class_init (TbImportResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_import_result_dispose;
  g_type_ensure (TB_TYPE_PROBLEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/imports/tb-import-result.ui");
  gtk_widget_class_bind_template_child (widget_class, TbImportResult, title);
  gtk_widget_class_bind_template_child (widget_class, TbImportResult, counts);
  gtk_widget_class_bind_template_child (widget_class, TbImportResult, problems);
  gtk_widget_class_bind_template_child (widget_class, TbImportResult, next);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tb_import_result_init (TbImportResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TbImportResult *
tb_import_result_new (GtkWidget *parent, const char *title, const char *subtitle)
{
  TbImportResult *self = g_object_new (TB_TYPE_IMPORT_RESULT, "transient-for", gtk_widget_get_root (parent), NULL);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  return self;
}

GtkWidget *
tb_import_count_new (const char *label, guint64 count, const char *css_class)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = tb_format_number ((gint64) count);
  GtkWidget *number = gtk_label_new (text), *below = gtk_label_new (label);

  gtk_widget_add_css_class (number, "title-2");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (below, "caption");
  gtk_widget_add_css_class (below, "dim-label");
  if (css_class != NULL && count > 0)
    gtk_widget_add_css_class (number, css_class);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), below);
  return box;
}

void
tb_import_result_add_count (TbImportResult *self, const char *label, guint64 count, const char *css_class)
{
  g_autofree char *name = g_strdup_printf ("%s: %" G_GUINT64_FORMAT, label, count);
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), tb_import_count_new (label, count, css_class));
  gtk_widget_set_focusable (child, FALSE);
  tb_widgets_set_label (child, name);
  gtk_flow_box_append (self->counts, child);
}

void
tb_import_result_take_problems (TbImportResult *self, GPtrArray *problems, guint64 total)
{
  tb_problem_list_take (self->problems, problems, total);
  gtk_window_set_default_size (GTK_WINDOW (self), 760, gtk_widget_get_visible (GTK_WIDGET (self->problems)) ? 520 : -1);
}

void
tb_import_result_set_next (TbImportResult *self, const char *verb, const char *action)
{
  gtk_button_set_label (self->next, verb);
  gtk_widget_set_visible (GTK_WIDGET (self->next), TRUE);
  self->next_action = g_strdup (action);
}
