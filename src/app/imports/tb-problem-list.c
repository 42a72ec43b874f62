/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-problem-list.h"

#include <glib/gi18n.h>

#include "tb-columns.h"
#include "tb-format.h"
#include "tb-text.h"
#include "tb-widgets.h"

/* Characters of a row that are shown; what is longer is no row of a deck. */
#define RAW_SHOWN 500

struct _TbProblemList
{
  GtkBox parent_instance;

  GListStore *items;
  GtkLabel *title;
  GtkColumnView *view;
  GtkLabel *chosen; /* the reason and the row in full */
};

G_DEFINE_FINAL_TYPE (TbProblemList, tb_problem_list, GTK_TYPE_BOX)

static char *
format_line (gconstpointer value, gpointer context)
{
  return tb_format_number ((gint64) ((const TbProblem *) value)->line);
}

static char *
format_reason (gconstpointer value, gpointer context)
{
  const TbProblem *problem = value;

  return problem->kind != NULL ? g_strdup_printf ("%s: %s", problem->kind, problem->reason) : g_strdup (problem->reason);
}

static char *
format_raw (gconstpointer value, gpointer context)
{
  return g_strdup (((const TbProblem *) value)->raw);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const TbProblem *) a)->line, y = ((const TbProblem *) b)->line;

  return (x > y) - (x < y);
}

static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = format_reason (a, NULL);
  g_autofree char *y = format_reason (b, NULL);

  return g_utf8_collate (x, y);
}

static const TbColumn columns[] = {
  { N_ ("Line"), 72, TRUE, format_line, compare_lines },
  { N_ ("Reason"), 0, FALSE, format_reason, compare_reasons },
  { N_ ("Row"), 240, FALSE, format_raw },
};

static void
copy_cb (TbProblemList *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      const TbProblem *problem = tb_item_get (item);
      g_autofree char *reason = format_reason (problem, NULL);

      g_string_append_printf (text, "%" G_GUINT64_FORMAT "\t%s\t%s\n", problem->line, reason, problem->raw);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
}

static void
selected_cb (TbProblemList *self)
{
  const TbProblem *problem = tb_columns_get_selected (self->view);
  g_autofree char *reason = problem != NULL ? format_reason (problem, NULL) : NULL;
  g_autofree char *text = problem != NULL ? g_strdup_printf ("%s\n%s", reason, problem->raw) : NULL;

  gtk_label_set_label (self->chosen, text != NULL ? text : _ ("Choose a row to read its reason in full."));
}

static void
tb_problem_list_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TB_TYPE_PROBLEM_LIST);
  g_clear_object (&TB_PROBLEM_LIST (object)->items);

  G_OBJECT_CLASS (tb_problem_list_parent_class)->dispose (object);
}

static void
tb_problem_list_class_init (TbProblemListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_problem_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/imports/tb-problem-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TbProblemList, title);
  gtk_widget_class_bind_template_child (widget_class, TbProblemList, view);
  gtk_widget_class_bind_template_child (widget_class, TbProblemList, chosen);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
tb_problem_list_init (TbProblemList *self)
{
  GtkSingleSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (TB_TYPE_ITEM);
  tb_columns_install (self->view, columns, G_N_ELEMENTS (columns), NULL);
  selection = tb_columns_set_model (self->view, G_LIST_MODEL (self->items), TRUE);
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  selected_cb (self);
}

TbProblem *
tb_problem_new (guint64 line, const char *kind, const char *reason, const char *raw)
{
  TbProblem *self = g_new0 (TbProblem, 1);

  self->line = line;
  self->kind = kind;
  self->reason = g_strdup (reason != NULL ? reason : "");
  self->raw = tb_text_for_message (raw != NULL ? raw : "", -1, RAW_SHOWN);
  return self;
}

void
tb_problem_free (TbProblem *self)
{
  g_free (self->reason);
  g_free (self->raw);
  g_free (self);
}

void
tb_problem_list_take (TbProblemList *self, GPtrArray *problems, guint64 total)
{
  g_autofree char *number = tb_format_number ((gint64) MAX (total, problems->len));
  g_autofree char *shown = tb_format_number (problems->len);
  g_autofree char *title = NULL;

  if (total > problems->len)
    title = g_strdup_printf (_ ("%s rows with remarks, the first %s of them"), number, shown);
  else
    title = g_strdup_printf (g_dngettext (NULL, "%s row with a remark", "%s rows with remarks", problems->len), number);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self), problems->len > 0);
  tb_items_replace (self->items, problems, (GDestroyNotify) tb_problem_free);
}

GListModel *
tb_problem_list_get_model (TbProblemList *self)
{
  return G_LIST_MODEL (self->items);
}
