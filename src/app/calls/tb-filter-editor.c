/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-filter-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-widgets.h"

/* Names that nobody scrolls through. */
#define MAX_CHOICES 300

struct _TbFilterEditor
{
  GtkBox parent_instance;

  TbFilterSetupFunc get_setup;
  gpointer data;
  gboolean filling; /* one side is being set by the other */

  GtkWidget *form, *fields, *ops, *value, *high, *choices_scroll, *choices, *text, *problem, *apply;
};

enum { APPLY, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbFilterEditor, tb_filter_editor, GTK_TYPE_BOX)

/* Comparisons as they stand in the list; those from BELOW on only where there is an order. */
typedef enum { OP_IS, OP_IS_NOT, OP_BELOW, OP_AT_MOST, OP_ABOVE, OP_AT_LEAST, OP_BETWEEN, N_OPS } Op;

static const char *const op_titles[] = { N_ ("is"), N_ ("is not"), N_ ("below"), N_ ("at most"), N_ ("above"), N_ ("at least"), N_ ("between"), NULL };
static const char *const time_titles[] = { N_ ("is in"), N_ ("is not in"), N_ ("before"), N_ ("until"), N_ ("after"), N_ ("from"), N_ ("between"), NULL };
static const TbWhereOp op_values[] = { TB_WHERE_IS, TB_WHERE_IS, TB_WHERE_BELOW, TB_WHERE_AT_MOST, TB_WHERE_ABOVE, TB_WHERE_AT_LEAST, TB_WHERE_BETWEEN };

static TbWhereField
get_field (TbFilterEditor *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->fields));

  return selected < TB_WHERE_N_FIELDS ? selected : TB_WHERE_FIELD_START;
}

static Op
get_op (TbFilterEditor *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->ops));

  return selected < N_OPS ? selected : OP_IS;
}

/* ---- what may be chosen ---- */

static void
add_choice (TbFilterEditor *self, const char *value, const char *title)
{
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  tb_widgets_set_label (row, title);
  g_object_set_data_full (G_OBJECT (row), "tb-value", g_strdup (value), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->choices), row);
}

static void
add_named (TbFilterEditor *self, GPtrArray *items, gsize key, gsize name)
{
  for (guint i = 0; i < items->len && i < MAX_CHOICES; i++)
    {
      const char *value = G_STRUCT_MEMBER (char *, items->pdata[i], key), *title = G_STRUCT_MEMBER (char *, items->pdata[i], name);

      if (value != NULL)
        add_choice (self, value, title != NULL ? title : value);
    }
}

static void
fill_choices (TbFilterEditor *self)
{
  TbWhereField field = get_field (self);
  const char **words = tb_where_field_list_words (field);
  const TbSetup *setup = self->get_setup != NULL ? self->get_setup (self->data) : NULL;

  tb_widgets_clear (self->choices);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *title = tb_where_field_word_to_display (field, words[i]);

      add_choice (self, words[i], title);
    }
  for (guint i = 0; field == TB_WHERE_FIELD_START && tb_where_times[i] != NULL; i++)
    add_choice (self, tb_where_times[i], tb_where_time_to_display (tb_where_times[i]));
  if (setup != NULL && field == TB_WHERE_FIELD_CLIENT)
    add_named (self, setup->clients, G_STRUCT_OFFSET (TbClient, key), G_STRUCT_OFFSET (TbClient, name));
  else if (setup != NULL && field == TB_WHERE_FIELD_SERVICE)
    add_named (self, setup->services, G_STRUCT_OFFSET (TbService, key), G_STRUCT_OFFSET (TbService, key));
  else if (setup != NULL && field == TB_WHERE_FIELD_PACKAGE)
    add_named (self, setup->packages, G_STRUCT_OFFSET (TbPackage, name), G_STRUCT_OFFSET (TbPackage, name));
  else if (setup != NULL && field == TB_WHERE_FIELD_TARIFF)
    add_named (self, setup->tariffs, G_STRUCT_OFFSET (TbTariff, name), G_STRUCT_OFFSET (TbTariff, name));
  else if (setup != NULL && field == TB_WHERE_FIELD_CONNECTION)
    add_named (self, setup->connections, G_STRUCT_OFFSET (TbConnection, name), G_STRUCT_OFFSET (TbConnection, name));
  gtk_widget_set_visible (self->choices_scroll, gtk_widget_get_first_child (self->choices) != NULL);
}

/* Of a list of names those that hold what is typed last. */
static gboolean
choice_is_wanted (GtkListBoxRow *row, gpointer data)
{
  TbFilterEditor *self = data;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->value)), *last = strrchr (typed, ',');
  const char *value = g_object_get_data (G_OBJECT (row), "tb-value");
  g_autofree char *wanted = g_utf8_casefold (last != NULL ? last + 1 : typed, -1);
  g_autofree char *title = g_utf8_casefold (gtk_label_get_label (GTK_LABEL (gtk_list_box_row_get_child (row))), -1);
  g_autofree char *key = g_utf8_casefold (value, -1);

  return get_field (self) == TB_WHERE_FIELD_START || strstr (title, wanted) != NULL || strstr (key, wanted) != NULL;
}

/* ---- the form as a text ---- */

static const char *
value_hint (TbWhereField field)
{
  switch ((int) tb_where_field_get_kind (field))
    {
    case TB_WHERE_OF_TIME: return _ ("2026-10, 2026-10-03, 2026-10-03T14:00");
    case TB_WHERE_OF_NUMBER: return _ ("49* — * and ? stand for other digits");
    case TB_WHERE_OF_SECONDS: return _ ("90 or 1:30");
    case TB_WHERE_OF_AMOUNT: return "0.25";
    case TB_WHERE_OF_COUNT: return "12";
    case TB_WHERE_OF_WORD: return _ ("One or more, with commas between them");
    default: return _ ("A name; * and ? stand for other characters");
    }
}

static void
fill_ops (TbFilterEditor *self)
{
  TbWhereField field = get_field (self);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  const char *const *from = tb_where_field_get_kind (field) == TB_WHERE_OF_TIME ? time_titles : op_titles;

  for (guint i = 0; from[i] != NULL && (i <= OP_IS_NOT || tb_where_field_has_order (field)); i++)
    gtk_string_list_append (titles, _ (from[i]));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->ops), G_LIST_MODEL (titles));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->value), value_hint (field));
}

/* Values with commas between them; a quoted one may hold some. */
static void
append_values (GString *text, const char *typed)
{
  g_auto (GStrv) values = g_strsplit (typed, ",", -1);

  if (strchr (typed, '"') != NULL)
    {
      g_string_append (text, typed);
      return;
    }
  for (guint i = 0; values[i] != NULL; i++)
    {
      g_string_append (text, i > 0 ? "," : "");
      tb_call_where_append_value (text, g_strstrip (values[i]));
    }
}

static char *
form_to_text (TbFilterEditor *self)
{
  GString *text = g_string_new (NULL);
  Op op = get_op (self);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->value));
  static const char *const marks[] = { ":", ":", "<", "<=", ">", ">=", ":" };

  g_string_append_printf (text, "%s%s%s", op == OP_IS_NOT ? "not " : "", tb_where_field_get_name (get_field (self)), marks[op]);
  append_values (text, typed);
  if (op != OP_BETWEEN)
    return g_string_free (text, FALSE);
  g_string_append (text, "..");
  tb_call_where_append_value (text, gtk_editable_get_text (GTK_EDITABLE (self->high)));
  return g_string_free (text, FALSE);
}

static void
check (TbFilterEditor *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));
  gboolean untouched = *gtk_editable_get_text (GTK_EDITABLE (self->value)) == '\0' && gtk_widget_get_visible (self->form);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallWhere) where = tb_call_where_parse (text, &error);

  tb_widgets_mark (self->text, where == NULL && !untouched);
  gtk_label_set_label (GTK_LABEL (self->problem), error != NULL ? error->message : "");
  gtk_widget_set_visible (self->problem, error != NULL && !untouched);
  gtk_widget_set_sensitive (self->apply, where != NULL && !tb_call_where_is_empty (where));
}

static void
form_cb (TbFilterEditor *self)
{
  g_autofree char *text = NULL;

  if (self->filling)
    return;
  gtk_widget_set_visible (self->high, get_op (self) == OP_BETWEEN);
  text = form_to_text (self);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  self->filling = FALSE;
  check (self);
}

static void
field_cb (TbFilterEditor *self)
{
  gboolean filling = self->filling;

  self->filling = TRUE;
  fill_ops (self);
  fill_choices (self);
  if (!filling)
    gtk_editable_set_text (GTK_EDITABLE (self->value), "");
  self->filling = filling;
  form_cb (self);
}

static void
value_cb (TbFilterEditor *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->choices));
  form_cb (self);
}

/* Beside what is there with Ctrl or for words, in its place otherwise. */
static void
choice_cb (TbFilterEditor *self, GtkListBoxRow *row)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->value)), *last = strrchr (typed, ',');
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean many = get_op (self) <= OP_IS_NOT && last != NULL;

  if (many)
    g_string_append_len (text, typed, last + 1 - typed);
  tb_call_where_append_value (text, g_object_get_data (G_OBJECT (row), "tb-value"));
  gtk_editable_set_text (GTK_EDITABLE (self->value), text->str);
  gtk_widget_grab_focus (self->value);
  gtk_editable_set_position (GTK_EDITABLE (self->value), -1);
}

/* ---- a part in the form ---- */

static gboolean
fits_form (const TbCallWhere *part, const TbCallWhere **ret_test, Op *ret_op)
{
  gboolean negated = part->kind == TB_WHERE_NOT;
  const TbCallWhere *test = negated ? part->parts->pdata[0] : part;
  const TbWhereValue *first;

  if (test->kind != TB_WHERE_TEST)
    return FALSE;
  first = test->values->pdata[0];
  *ret_test = test;
  *ret_op = negated ? OP_IS_NOT : OP_IS;
  for (guint i = 0; i < test->values->len; i++)
    if (((TbWhereValue *) test->values->pdata[i])->op != TB_WHERE_IS && (negated || test->values->len > 1))
      return FALSE;
  for (guint op = OP_BELOW; op < N_OPS; op++)
    if (first->op == op_values[op])
      *ret_op = op;
  return TRUE;
}

static void
fill_form (TbFilterEditor *self, const TbCallWhere *test, Op op)
{
  g_autoptr (GString) values = g_string_new (NULL);
  const TbWhereValue *first = test->values->pdata[0];

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->fields), test->field);
  fill_ops (self);
  fill_choices (self);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->ops), op);
  for (guint i = 0; i < test->values->len; i++)
    {
      g_string_append (values, i > 0 ? "," : "");
      tb_call_where_append_value (values, ((TbWhereValue *) test->values->pdata[i])->text);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->value), values->str);
  gtk_editable_set_text (GTK_EDITABLE (self->high), first->high != NULL ? first->high : "");
  gtk_widget_set_visible (self->high, op == OP_BETWEEN);
}

/* Typed text moves the form as far as that can say it. */
static void
show_in_form (TbFilterEditor *self, const TbCallWhere *where)
{
  const TbCallWhere *part = where != NULL && where->parts->len == 1 ? where->parts->pdata[0] : where, *test;
  Op op;

  if (part == NULL || !fits_form (part, &test, &op))
    return;
  self->filling = TRUE;
  fill_form (self, test, op);
  self->filling = FALSE;
}

static void
text_cb (TbFilterEditor *self)
{
  g_autoptr (TbCallWhere) where = NULL;

  if (self->filling)
    return;
  where = tb_call_where_parse (gtk_editable_get_text (GTK_EDITABLE (self->text)), NULL);
  show_in_form (self, where);
  check (self);
}

static void
apply_cb (TbFilterEditor *self)
{
  if (gtk_widget_get_sensitive (self->apply))
    g_signal_emit (self, signals[APPLY], 0);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbFilterEditor, name)

static void
tb_filter_editor_class_init (TbFilterEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[APPLY] = g_signal_new ("apply", TB_TYPE_FILTER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/calls/tb-filter-editor.ui");
  BIND (form), BIND (fields), BIND (ops), BIND (value), BIND (high), BIND (choices_scroll), BIND (choices), BIND (text), BIND (problem), BIND (apply);
  gtk_widget_class_bind_template_callback (widget_class, field_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
tb_filter_editor_init (TbFilterEditor *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < TB_WHERE_N_FIELDS; i++)
    gtk_string_list_append (titles, tb_where_field_get_title (i));
  gtk_drop_down_set_expression (GTK_DROP_DOWN (self->fields), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->fields), G_LIST_MODEL (titles));
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->choices), choice_is_wanted, self, NULL);
  gtk_widget_set_visible (self->high, FALSE);
  tb_widgets_name_controls (GTK_WIDGET (self));
}

GtkWidget *
tb_filter_editor_new (const TbCallWhere *part, TbFilterSetupFunc get_setup, gpointer data)
{
  TbFilterEditor *self = g_object_new (TB_TYPE_FILTER_EDITOR, NULL);
  const TbCallWhere *test;
  Op op;

  self->get_setup = get_setup;
  self->data = data;
  if (part == NULL)
    {
      fill_ops (self);
      fill_choices (self);
      self->filling = FALSE;
      form_cb (self);
    }
  else
    {
      g_autofree char *text = tb_call_where_to_string (part);

      if (fits_form (part, &test, &op))
        fill_form (self, test, op);
      else
        gtk_widget_set_visible (self->form, FALSE);
      gtk_editable_set_text (GTK_EDITABLE (self->text), text);
      self->filling = FALSE;
      check (self);
    }
  return GTK_WIDGET (self);
}

TbCallWhere *
tb_filter_editor_dup_where (TbFilterEditor *self)
{
  return tb_call_where_parse (gtk_editable_get_text (GTK_EDITABLE (self->text)), NULL);
}
