/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-groups.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-columns.h"
#include "tb-format.h"
#include "tb-widgets.h"

struct _TbCallsGroups
{
  GtkBox parent_instance;

  TbCallsGroupBy by;
  GListStore *list; /* of TbItem of TbCallGroup */
  GtkColumnView *view;
};

enum { OPEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbCallsGroups, tb_calls_groups, GTK_TYPE_BOX)

/* ---- columns ---- */

static const TbCallSums *
sums_of (gconstpointer value)
{
  return &((const TbCallGroup *) value)->sums;
}

static const char *
name_of (gconstpointer value)
{
  const TbCallGroup *group = value;

  return group->name != NULL ? group->name : group->key;
}

static char *
format_name (gconstpointer value, gpointer self)
{
  return g_strdup (*name_of (value) != '\0' ? name_of (value) : _ ("None"));
}

static char *
format_calls (gconstpointer value, gpointer self)
{
  return tb_format_number ((gint64) sums_of (value)->calls);
}

static char *
format_answered (gconstpointer value, gpointer self)
{
  return tb_format_number ((gint64) sums_of (value)->answered);
}

static char *
format_minutes (gconstpointer value, gpointer self)
{
  return tb_format_minutes (sums_of (value)->seconds);
}

static char *
format_charges (gconstpointer value, gpointer self)
{
  return tb_format_sums (sums_of (value)->charges);
}

static char *
format_costs (gconstpointer value, gpointer self)
{
  return tb_format_sums (sums_of (value)->costs);
}

static char *
format_margin (gconstpointer value, gpointer self)
{
  const TbMargin *margin = &sums_of (value)->margin;

  return margin->charge.amount != 0 || margin->cost.amount != 0 ? tb_format_sum (margin->margin) : NULL;
}

static const char *
style_of_margin (gconstpointer value, gpointer self)
{
  return sums_of (value)->margin.margin.amount < 0 ? "error" : NULL;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (name_of (a), name_of (b));
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  return compare_numbers ((gint64) sums_of (a)->calls, (gint64) sums_of (b)->calls);
}

static int
compare_answered (gconstpointer a, gconstpointer b)
{
  return compare_numbers ((gint64) sums_of (a)->answered, (gint64) sums_of (b)->answered);
}

static int
compare_minutes (gconstpointer a, gconstpointer b)
{
  return compare_numbers (sums_of (a)->seconds, sums_of (b)->seconds);
}

/* In the company's currency, whatever they are in. */
static int
compare_charges (gconstpointer a, gconstpointer b)
{
  return compare_numbers (sums_of (a)->margin.charge.amount, sums_of (b)->margin.charge.amount);
}

static int
compare_costs (gconstpointer a, gconstpointer b)
{
  return compare_numbers (sums_of (a)->margin.cost.amount, sums_of (b)->margin.cost.amount);
}

static int
compare_margins (gconstpointer a, gconstpointer b)
{
  return compare_numbers (sums_of (a)->margin.margin.amount, sums_of (b)->margin.margin.amount);
}

static const TbColumn columns[] = {
  { N_ ("Group"), 0, FALSE, format_name, compare_names },
  { N_ ("Calls"), 84, TRUE, format_calls, compare_calls },
  { N_ ("Answered"), 84, TRUE, format_answered, compare_answered },
  { N_ ("Minutes"), 84, TRUE, format_minutes, compare_minutes },
  { N_ ("Charged"), 150, TRUE, format_charges, compare_charges },
  { N_ ("Cost"), 150, TRUE, format_costs, compare_costs },
  { N_ ("Margin"), 120, TRUE, format_margin, compare_margins, 0, style_of_margin },
};

/* ---- opening ---- */

static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (strchr ("*?\\", *text) != NULL)
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *text);
    }
  return g_string_free (escaped, FALSE);
}

void
tb_calls_groups_open (TbCallsGroups *self, guint position)
{
  static const TbWhereField fields[] = { TB_WHERE_FIELD_CLIENT, TB_WHERE_FIELD_DESTINATION, TB_WHERE_FIELD_START };
  g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (self->view)), position);
  const TbCallGroup *group = item != NULL ? tb_item_get (item) : NULL;
  g_autofree char *text = group != NULL ? escape (group->key) : NULL;
  g_autoptr (TbCallWhere) part = text != NULL ? tb_call_where_new_test (fields[self->by], TB_WHERE_IS, text) : NULL;

  if (part != NULL)
    g_signal_emit (self, signals[OPEN], 0, part);
}

static void
activate_cb (GtkColumnView *view, guint position, TbCallsGroups *self)
{
  tb_calls_groups_open (self, position);
}

static void
tb_calls_groups_dispose (GObject *object)
{
  g_clear_object (&TB_CALLS_GROUPS (object)->list);

  G_OBJECT_CLASS (tb_calls_groups_parent_class)->dispose (object);
}

static void
tb_calls_groups_class_init (TbCallsGroupsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_calls_groups_dispose;
  signals[OPEN] = g_signal_new ("open", TB_TYPE_CALLS_GROUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
tb_calls_groups_init (TbCallsGroups *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->list = g_list_store_new (TB_TYPE_ITEM);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  tb_columns_install (self->view, columns, G_N_ELEMENTS (columns), self);
  tb_columns_set_model (self->view, G_LIST_MODEL (self->list), TRUE);
  tb_widgets_set_label (GTK_WIDGET (self->view), _ ("Groups of calls"));
  g_signal_connect (self->view, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->view));
  gtk_widget_set_hexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (self), scroll);
}

void
tb_calls_groups_show (TbCallsGroups *self, TbCallsGroupBy by, GPtrArray *groups)
{
  static const char *const titles[] = { N_ ("Client"), N_ ("Destination"), N_ ("Day") };
  g_autoptr (GtkColumnViewColumn) first = g_list_model_get_item (gtk_column_view_get_columns (self->view), 0);

  self->by = by;
  gtk_column_view_column_set_title (first, _ (titles[by]));
  g_ptr_array_set_free_func (groups, NULL);
  tb_items_replace (self->list, groups, (GDestroyNotify) tb_call_group_free);
  g_ptr_array_unref (groups);
}

guint
tb_calls_groups_count (TbCallsGroups *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}
