/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-newest-lines.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-widgets.h"

/* So many lines are seen at first. */
#define LINES_SHOWN 8

typedef struct
{
  guint n;
  TbAddLine add;
  gpointer data;
  GDestroyNotify free_data;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  if (shown->free_data != NULL)
    shown->free_data (shown->data);
  g_free (shown);
}

static void
fill (GtkWidget *list, const Shown *shown, guint seen)
{
  tb_widgets_clear (list);
  for (guint i = 0; i < MIN (seen, shown->n); i++)
    shown->add (list, shown->data, shown->n - 1 - i);
  if (shown->n > seen)
    {
      guint left = shown->n - seen;
      g_autofree char *title = g_strdup_printf (g_dngettext (NULL, "Show %u Earlier Line", "Show %u Earlier Lines", left), left);
      GtkWidget *row = tb_widgets_add_row (list, title, NULL);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("pan-down-symbolic"));
    }
}

static void
show_all_cb (GtkWidget *list)
{
  fill (list, g_object_get_data (G_OBJECT (list), "tb-newest-lines"), G_MAXUINT);
}

void
tb_newest_lines_show (GtkWidget *list, guint n, TbAddLine add, gpointer data, GDestroyNotify free_data)
{
  Shown *shown = g_new (Shown, 1);

  *shown = (Shown){ n, add, data, free_data };
  if (g_object_get_data (G_OBJECT (list), "tb-newest-lines") == NULL)
    g_signal_connect (list, "row-activated", G_CALLBACK (show_all_cb), NULL);
  g_object_set_data_full (G_OBJECT (list), "tb-newest-lines", shown, shown_free);
  fill (list, shown, LINES_SHOWN);
}
