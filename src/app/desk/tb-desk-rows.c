/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-desk-rows.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-widgets.h"

/* ---- steps ---- */

static char *
describe_step (const TbDeskRun *run, TbDeskStep step, TbZone *zone)
{
  const TbDeskPass *pass = &run->passes[step];
  g_autofree char *time = pass->time != 0 ? tb_format_time (pass->time, zone) : NULL;

  if (pass->remark != NULL)
    return g_strdup (pass->remark);
  return time != NULL ? g_strndup (time, 16) : NULL;
}

static const char *
get_step_icon (const TbDeskRun *run, TbDeskStep step)
{
  if (run->passes[step].time == 0)
    return run->step == step ? "media-playback-start-symbolic" : "radio-symbolic";
  return run->passes[step].remark != NULL ? "dialog-warning-symbolic" : "object-select-symbolic";
}

static const char *
say_step_state (const TbDeskRun *run, TbDeskStep step)
{
  if (run->passes[step].time == 0)
    return run->step == step ? _ ("at hand") : _ ("to come");
  return run->passes[step].remark != NULL ? _ ("passed, with something open") : _ ("passed");
}

static GtkWidget *
step_row_new (const TbDeskRun *run, TbDeskStep step, TbZone *zone)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (tb_desk_step_to_display (step));
  g_autofree char *detail = describe_step (run, step, zone);
  /* Translators: a step of the billing run, then its state */
  g_autofree char *name = g_strdup_printf (_ ("%s, %s"), tb_desk_step_to_display (step), say_step_state (run, step));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  if (detail != NULL)
    {
      GtkWidget *below = gtk_label_new (detail);

      gtk_label_set_xalign (GTK_LABEL (below), 0);
      gtk_label_set_ellipsize (GTK_LABEL (below), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (below, detail);
      gtk_widget_add_css_class (below, "caption");
      gtk_widget_add_css_class (below, "dim-label");
      gtk_box_append (GTK_BOX (texts), below);
    }
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (get_step_icon (run, step)));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  tb_widgets_set_label (row, name);
  return row;
}

void
tb_desk_rows_fill_steps (GtkListBox *list, const TbDeskRun *run, TbDeskStep at, TbZone *zone)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (list));

  tb_widgets_let_go_of_focus (GTK_WIDGET (list));
  tb_widgets_clear (GTK_WIDGET (list));
  for (guint i = 0; i < TB_DESK_N_STEPS; i++)
    {
      GtkWidget *row = step_row_new (run, i, zone);

      gtk_list_box_append (list, row);
      if (i == at)
        gtk_list_box_select_row (list, GTK_LIST_BOX_ROW (row));
      if (i == at && focused)
        gtk_widget_grab_focus (row);
    }
}
