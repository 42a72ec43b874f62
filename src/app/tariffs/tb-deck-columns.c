/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-columns.h"

#include <glib/gi18n.h>

#include "tb-text.h"
#include "tb-widgets.h"

#define COLUMNS_SHOWN 40
#define ROWS_SHOWN 7
#define CELL_CHARS 22

struct _TbDeckColumns
{
  AdwBin parent_instance;

  GPtrArray *fields; /* of char *, by column */
  GPtrArray *buttons;
  GtkWidget *table;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbDeckColumns, tb_deck_columns, ADW_TYPE_BIN)

static const struct
{
  const char *name, *title;
} fields[] = {
  { "", N_ ("Not used") },
  { "prefix", N_ ("Prefix") },
  { "country_code", N_ ("Country code") },
  { "description", N_ ("Destination") },
  { "short_description", N_ ("Short description") },
  { "rate", N_ ("Rate") },
  { "rate2", N_ ("Second rate") },
  { "premium_rate", N_ ("Premium rate") },
  { "next_rate", N_ ("Rate after the first interval") },
  { "old_rate", N_ ("Rate before") },
  { "changed", N_ ("Change") },
  { "increment", N_ ("Increment, as 60/6") },
  { "initial", N_ ("First interval") },
  { "next", N_ ("Next interval") },
  { "connect_fee", N_ ("Connect fee") },
  { "minimum", N_ ("Shortest call billed") },
  { "grace", N_ ("Free when shorter than") },
  { "effective_from", N_ ("From") },
  { "effective_to", N_ ("Until") },
  { "enabled", N_ ("Enabled") },
  { "blocked", N_ ("Blocked") },
  { "currency", N_ ("Currency") },
  { "comment", N_ ("Comment") },
};

static const char *
title_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, name))
      return _ (fields[i].title);
  return name; /* of the product's own decks only */
}

static void
name_button (TbDeckColumns *self, guint column)
{
  GtkWidget *button = self->buttons->pdata[column];
  const char *field = self->fields->pdata[column];
  /* Translators: a number, then what the column is taken for */
  g_autofree char *name = g_strdup_printf (_ ("Column %u: %s"), column + 1, title_of (field));

  gtk_button_set_label (GTK_BUTTON (button), title_of (field));
  tb_widgets_set_label (button, name);
  if (*field == '\0')
    gtk_widget_add_css_class (button, "dim-label");
  else
    gtk_widget_remove_css_class (button, "dim-label");
}

/* A field is taken from one column only. */
void
tb_deck_columns_choose (TbDeckColumns *self, guint column, const char *field)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (i == column || (*field != '\0' && g_str_equal (self->fields->pdata[i], field)))
      {
        tb_set_str ((char **) &self->fields->pdata[i], i == column ? field : "");
        if (i < self->buttons->len)
          name_button (self, i);
      }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the list of a column ---- */

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, TbDeckColumns *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (popover), "tb-column"));

  gtk_popover_popdown (GTK_POPOVER (popover));
  tb_deck_columns_choose (self, column, fields[gtk_list_box_row_get_index (row)].name);
}

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static GtkWidget *
new_choices (TbDeckColumns *self, const char *chosen)
{
  GtkWidget *list = gtk_list_box_new (), *window = gtk_scrolled_window_new ();

  tb_widgets_set_label (list, _ ("What the column is"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *label = gtk_label_new (_ (fields[i].title));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
      if (g_str_equal (fields[i].name, chosen))
        gtk_list_box_select_row (GTK_LIST_BOX (list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) i));
    }
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (window), 320);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), list);
  return window;
}

/* Made when it is asked for: a menu for each of forty columns would take its time. */
static void
clicked_cb (GtkWidget *button, TbDeckColumns *self)
{
  GtkWidget *popover = gtk_popover_new ();
  guint column = 0;

  g_ptr_array_find (self->buttons, button, &column);
  g_object_set_data (G_OBJECT (popover), "tb-column", GUINT_TO_POINTER (column));
  gtk_popover_set_child (GTK_POPOVER (popover), new_choices (self, self->fields->pdata[column]));
  gtk_widget_set_parent (popover, button);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (button, "destroy", G_CALLBACK (gtk_widget_unparent), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* ---- the table ---- */

static void
add_button (TbDeckColumns *self, GtkGrid *grid, guint column)
{
  GtkWidget *button = gtk_button_new_with_label ("");

  g_ptr_array_add (self->buttons, button);
  name_button (self, column);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  gtk_widget_set_tooltip_text (button, _ ("What this column is taken for"));
  gtk_grid_attach (grid, button, (int) column + 1, 0, 1, 1);
}

static void
add_cell (GtkGrid *grid, int column, int row, const char *text, const char *style)
{
  GtkWidget *cell = gtk_inscription_new (text);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), column == 0 ? 4 : 8);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), column == 0 ? 4 : CELL_CHARS);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (cell, style);
  gtk_grid_attach (grid, cell, column, row, 1, 1);
}

static void
add_row (GtkGrid *grid, int place, const TbDeckFirstRow *row, guint n_columns, gboolean header)
{
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, row->line);
  guint n = g_strv_length (row->cells);

  add_cell (grid, 0, place, line, "dim-label");
  for (guint i = 0; i < MIN (n, n_columns); i++)
    add_cell (grid, (int) i + 1, place, row->cells[i], header ? "heading" : NULL);
}

/* From the titles on; what stands above them is seen where there are none. */
static guint
find_first (const TbDeckPreview *preview, guint64 header_line)
{
  for (guint i = 0; i < preview->rows->len; i++)
    if (((TbDeckFirstRow *) preview->rows->pdata[i])->line >= header_line)
      return i;
  return 0;
}

static void
fill (TbDeckColumns *self, const TbDeckPreview *preview, guint64 header_line)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  guint n = MIN (preview->n_columns, COLUMNS_SHOWN), first = find_first (preview, header_line);

  gtk_grid_set_column_spacing (grid, 6);
  gtk_grid_set_row_spacing (grid, 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (grid), 12);
  g_ptr_array_set_size (self->buttons, 0);
  for (guint i = 0; i < n; i++)
    add_button (self, grid, i);
  for (guint i = first; i < preview->rows->len && i < first + ROWS_SHOWN; i++)
    {
      const TbDeckFirstRow *row = preview->rows->pdata[i];

      add_row (grid, (int) (i - first) + 1, row, n, row->line == header_line);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->table), GTK_WIDGET (grid));
}

void
tb_deck_columns_show (TbDeckColumns *self, const TbDeckPreview *preview, char **names, guint64 header_line)
{
  guint n = names != NULL ? g_strv_length (names) : 0;

  if (names != NULL)
    g_ptr_array_set_size (self->fields, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->fields, g_strdup (names[i]));
  while (self->fields->len < preview->n_columns)
    g_ptr_array_add (self->fields, g_strdup (""));
  tb_widgets_let_go_of_focus (self->table);
  fill (self, preview, header_line);
}

/* All fields are said: what has no column is not looked for. */
char *
tb_deck_columns_dup_option (TbDeckColumns *self)
{
  GString *option = g_string_new (NULL);

  for (guint i = 0; i < self->fields->len; i++)
    if (*(const char *) self->fields->pdata[i] != '\0')
      g_string_append_printf (option, "%s%s=%u", option->len > 0 ? "," : "", (const char *) self->fields->pdata[i], i + 1);
  for (guint i = 1; i < G_N_ELEMENTS (fields); i++)
    if (!g_ptr_array_find_with_equal_func (self->fields, fields[i].name, g_str_equal, NULL))
      g_string_append_printf (option, "%s%s=", option->len > 0 ? "," : "", fields[i].name);
  return g_string_free (option, FALSE);
}

/* ---- class ---- */

static void
tb_deck_columns_finalize (GObject *object)
{
  g_ptr_array_unref (TB_DECK_COLUMNS (object)->fields);
  g_ptr_array_unref (TB_DECK_COLUMNS (object)->buttons);

  G_OBJECT_CLASS (tb_deck_columns_parent_class)->finalize (object);
}

static void
tb_deck_columns_class_init (TbDeckColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_deck_columns_finalize;
  signals[CHANGED] = g_signal_new ("changed", TB_TYPE_DECK_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_deck_columns_init (TbDeckColumns *self)
{
  self->fields = g_ptr_array_new_with_free_func (g_free);
  self->buttons = g_ptr_array_new ();
  self->table = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->table), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  adw_bin_set_child (ADW_BIN (self), self->table);
}
