/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-kept-rows.h"

#define KEY "tb-kept-key"

static GtkWidget *
row_at (GtkWidget *list_box, guint at)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list_box), (int) at));
}

/* Which of those from `at` on has the key; G_MAXUINT = none. */
static guint
find (GtkWidget *list_box, guint at, const char *key)
{
  GtkWidget *row;

  for (; (row = row_at (list_box, at)) != NULL; at++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), KEY), key) == 0)
      return at;
  return G_MAXUINT;
}

gboolean
tb_kept_rows_has (GtkWidget *list_box, guint at, const char *key)
{
  guint found = find (list_box, at, key);

  if (found == G_MAXUINT)
    return FALSE;
  for (; found > at; found--)
    gtk_list_box_remove (GTK_LIST_BOX (list_box), row_at (list_box, at));
  return TRUE;
}

void
tb_kept_rows_put (GtkWidget *list_box, guint at, GtkWidget *row, const char *key)
{
  g_object_set_data_full (G_OBJECT (row), KEY, g_strdup (key), g_free);
  if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == (int) at)
    return;
  g_object_ref (row);
  gtk_list_box_remove (GTK_LIST_BOX (list_box), row);
  gtk_list_box_insert (GTK_LIST_BOX (list_box), row, (int) at);
  g_object_unref (row);
}

void
tb_kept_rows_end (GtkWidget *list_box, guint n)
{
  GtkWidget *row;

  while ((row = row_at (list_box, n)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list_box), row);
}

gboolean
tb_kept_is_same (GtkWidget *widget, const char *key)
{
  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), KEY), key) == 0)
    return TRUE;
  g_object_set_data_full (G_OBJECT (widget), KEY, g_strdup (key), g_free);
  return FALSE;
}
