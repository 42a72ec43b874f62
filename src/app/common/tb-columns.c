/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-columns.h"

#include <glib/gi18n.h>

/* Of a column that takes what is left: so much must be left. */
#define LEAST_CHARS 12

typedef struct
{
  const TbColumn *column;
  gpointer context;
  GHashTable *made; /* GtkListItem → Cells, of the whole view: what there is to be written anew */
} Cells;

/* GtkColumnViewSorter is private before 4.10. The compare functions of long lists only say who they are; see get_order. */
static int asked_order;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  Cells *cells = data;
  GtkWidget *cell = gtk_inscription_new ("");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), cells->column->numeric ? 1.0 : 0.0);
  if (cells->column->numeric)
    gtk_widget_add_css_class (cell, "numeric");
  if (cells->column->width <= 0)
    gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), LEAST_CHARS);
  gtk_list_item_set_child (list_item, cell);
  g_hash_table_insert (cells->made, list_item, cells);
}

static void
teardown_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  g_hash_table_remove (((Cells *) data)->made, list_item);
}

/* Cells are used again for other rows. */
static void
set_style (GtkWidget *cell, const char *style)
{
  const char *before = g_object_get_data (G_OBJECT (cell), "tb-style");

  if (before != NULL)
    gtk_widget_remove_css_class (cell, before);
  if (style != NULL)
    gtk_widget_add_css_class (cell, style);
  g_object_set_data (G_OBJECT (cell), "tb-style", (gpointer) style);
}

static void
write_cell (GtkListItem *list_item, const Cells *cells)
{
  gpointer value = tb_item_get (gtk_list_item_get_item (list_item));
  g_autofree char *text = value != NULL ? cells->column->format (value, cells->context) : NULL;

  /* Never NULL: GTK 4.8 counts the characters of what is not there when a screen reader asks (gtkatspitext.c). */
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (list_item)), text != NULL ? text : "");
  if (cells->column->style != NULL)
    set_style (gtk_list_item_get_child (list_item), value != NULL ? cells->column->style (value, cells->context) : NULL);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  write_cell (list_item, data);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const TbColumn *column = data;

  if (column->compare != NULL)
    return column->compare (tb_item_get ((TbItem *) a), tb_item_get ((TbItem *) b));

  asked_order = column->order;
  return -1;
}

static void
cells_free (gpointer data)
{
  g_hash_table_unref (((Cells *) data)->made);
  g_free (data);
}

static GtkListItemFactory *
cells_factory_new (const TbColumn *column, gpointer context, GHashTable *made)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cells *cells = g_new (Cells, 1);

  *cells = (Cells){ column, context, g_hash_table_ref (made) };
  g_object_set_data_full (G_OBJECT (factory), "tb-cells", cells, cells_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), cells);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_cb), cells);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), cells);
  return factory;
}

/* Of all columns of the view. */
static GHashTable *
made_of (GtkColumnView *view)
{
  GHashTable *made = g_object_get_data (G_OBJECT (view), "tb-made");

  if (made == NULL)
    {
      made = g_hash_table_new (NULL, NULL);
      g_object_set_data_full (G_OBJECT (view), "tb-made", made, (GDestroyNotify) g_hash_table_unref);
    }
  return made;
}

void
tb_columns_refresh (GtkColumnView *view)
{
  GHashTableIter iter;
  gpointer list_item, cells;

  g_hash_table_iter_init (&iter, made_of (view));
  while (g_hash_table_iter_next (&iter, &list_item, &cells))
    if (gtk_list_item_get_item (list_item) != NULL)
      write_cell (list_item, cells);
}

void
tb_columns_install (GtkColumnView *view, const TbColumn *columns, guint n_columns, gpointer context)
{
  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = NULL;

      column = gtk_column_view_column_new (_ (columns[i].title), cells_factory_new (&columns[i], context, made_of (view)));
      gtk_column_view_column_set_resizable (column, TRUE);
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_column_set_expand (column, columns[i].width <= 0);
      if (columns[i].compare != NULL || columns[i].order != 0)
        {
          g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, (gpointer) &columns[i], NULL));

          gtk_column_view_column_set_sorter (column, sorter);
        }
      gtk_column_view_append_column (view, column);
    }
}

char *
tb_columns_dup_row (GtkColumnView *view, gconstpointer value)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      GtkListItemFactory *factory = gtk_column_view_column_get_factory (column);
      const Cells *cells = g_object_get_data (G_OBJECT (factory), "tb-cells");
      g_autofree char *cell = NULL;

      if (!gtk_column_view_column_get_visible (column) || cells == NULL)
        continue;
      cell = cells->column->format (value, cells->context);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\t" : "", cell != NULL ? cell : "");
    }
  return g_string_free (text, FALSE);
}

static GListModel *
sort_model (GtkColumnView *view, GListModel *model, gboolean sorted)
{
  GListModel *shown = g_object_ref (model);

  return sorted ? G_LIST_MODEL (gtk_sort_list_model_new (shown, g_object_ref (gtk_column_view_get_sorter (view)))) : shown;
}

GtkSingleSelection *
tb_columns_set_model (GtkColumnView *view, GListModel *model, gboolean sorted)
{
  GtkSingleSelection *selection = gtk_single_selection_new (sort_model (view, model, sorted));

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection); /* the view holds it */
  return selection;
}

GtkMultiSelection *
tb_columns_set_model_many (GtkColumnView *view, GListModel *model, gboolean sorted)
{
  GtkMultiSelection *selection = gtk_multi_selection_new (sort_model (view, model, sorted));

  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  return selection;
}

GPtrArray *
tb_columns_list_selected (GtkColumnView *view)
{
  GtkSelectionModel *model = gtk_column_view_get_model (view);
  g_autoptr (GtkBitset) chosen = model != NULL ? gtk_selection_model_get_selection (model) : gtk_bitset_new_empty ();
  GPtrArray *values = g_ptr_array_new ();

  for (guint64 i = 0; i < gtk_bitset_get_size (chosen); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_nth (chosen, (guint) i));

      g_ptr_array_add (values, tb_item_get (item));
    }
  return values;
}

gpointer
tb_columns_get_selected (GtkColumnView *view)
{
  GtkSelectionModel *model = gtk_column_view_get_model (view);
  g_autoptr (GtkBitset) chosen = model != NULL ? gtk_selection_model_get_selection (model) : NULL;
  g_autoptr (TbItem) item = NULL;

  if (chosen == NULL || gtk_bitset_is_empty (chosen))
    return NULL;
  item = g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_minimum (chosen));
  return item != NULL ? tb_item_get (item) : NULL;
}

gboolean
tb_columns_get_order (GtkColumnView *view, int *ret_order, gboolean *ret_descending)
{
  g_autoptr (TbItem) a = tb_item_new (NULL, NULL);
  g_autoptr (TbItem) b = tb_item_new (NULL, NULL);
  GtkOrdering ordering;

  asked_order = 0;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (view), a, b);
  if (asked_order == 0)
    return FALSE;

  *ret_order = asked_order;
  *ret_descending = ordering == GTK_ORDERING_LARGER;
  return TRUE;
}

void
tb_columns_scroll_to (GtkColumnView *view, guint position)
{
  /* The list inside is the view's last child; gtk_column_view_scroll_to is newer. */
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (view)), "list.scroll-to-item", "u", position);
}
