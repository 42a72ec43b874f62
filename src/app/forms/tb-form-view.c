/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-view-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-form-input.h"
#include "tb-form-list.h"
#include "tb-widgets.h"

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbFormView, tb_form_view, GTK_TYPE_BOX)

/* ---- which are seen ---- */

static gboolean
is_toggled_off (const TbFormRow *row)
{
  if (GTK_IS_SWITCH (row->input))
    return !gtk_switch_get_active (GTK_SWITCH (row->input));
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (row->input)) == 0;
}

static void
update_visible (TbFormView *self)
{
  gboolean hide = FALSE;

  for (guint i = 0; self->table->toggle != NULL && i < self->rows->len; i++)
    if (g_str_equal (tb_form_view_get_row (self, i)->field->key, self->table->toggle))
      hide = is_toggled_off (tb_form_view_get_row (self, i));
  for (guint i = 0; i < self->rows->len; i++)
    {
      TbFormRow *row = tb_form_view_get_row (self, i);
      gboolean seen = !hide || g_str_equal (row->field->key, self->table->toggle);

      gtk_widget_set_visible (row->row != NULL ? row->row : row->input, seen);
      if (row->is_there == NULL)
        continue;
      seen = seen && gtk_switch_get_active (GTK_SWITCH (row->is_there));
      if (seen)
        tb_form_view_grow (TB_FORM_VIEW (row->input));
      gtk_widget_set_visible (row->input, seen);
    }
  if (self->table->toggle != NULL && !hide)
    tb_form_view_grow (self);
}

/* Groups of which no row is seen would still take their space. */
static void
update_groups (TbFormView *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gboolean any = FALSE;

      if (!ADW_IS_PREFERENCES_GROUP (child))
        continue;
      for (guint i = 0; i < self->rows->len; i++)
        {
          const TbFormRow *row = tb_form_view_get_row (self, i);

          any = any || (row->row != NULL && gtk_widget_is_ancestor (row->row, child) && gtk_widget_get_visible (row->row));
        }
      gtk_widget_set_visible (child, any);
    }
}

void
tb_form_view_update (TbFormView *self)
{
  update_visible (self);
  update_groups (self);
}

/* Only what becomes different is set, so that the cursor stays where it is. */
static void
complete (TbFormView *self)
{
  g_autofree char *path = NULL, *reason = NULL;
  g_autoptr (JsonNode) before = tb_form_view_get_record (self, &path, &reason);
  g_autoptr (JsonNode) after = tb_form_json_copy (before);

  if (!self->table->complete (after))
    return;
  self->setting = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const TbFormRow row = *tb_form_view_get_row (self, i);
      JsonNode *value = tb_form_json_get (after, row.field->key);

      if (!tb_form_json_same (value, tb_form_json_get (before, row.field->key)))
        tb_form_row_set (row, value);
    }
  self->setting = FALSE;
}

static void
changed_cb (TbFormView *self)
{
  if (self->table->complete != NULL && !self->setting)
    complete (self);
  tb_form_view_update (self);
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- making the fields ---- */

static void
begin_group (TbFormView *self, const char *title)
{
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  if (title != NULL)
    adw_preferences_group_set_title (self->group, title);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->group));
}

static GtkWidget *
action_row_new (const TbFormField *field, GtkWidget *suffix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (field->label));
  if (field->help != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (field->help));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "form-row");
  /* The row itself is no stop of the Tab key: what is in it is. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  if (GTK_IS_SWITCH (suffix))
    {
      gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), suffix);
    }
  return row;
}

static void
add_plain (TbFormView *self, const TbFormField *field)
{
  TbFormRow row = { .field = field, .input = tb_form_input_new (self->table, field, self->books) };

  row.row = action_row_new (field, row.input);
  tb_form_input_connect (row.input, G_CALLBACK (changed_cb), self);
  adw_preferences_group_add (self->group, row.row);
  g_array_append_val (self->rows, row);
}

static gboolean
pass_check (JsonNode *record, gpointer data, char **ret_path, char **ret_reason)
{
  TbFormView *self = data;

  return self->check == NULL || self->check (record, self->check_data, ret_path, ret_reason);
}

/* What a record in a part, or in a list, would be as a part of ours: paths in it begin with its key. */
gboolean
tb_form_view_check_with (TbFormView *self, const char *key, JsonNode *value, char **ret_path, char **ret_reason)
{
  g_autofree char *path = NULL, *reason = NULL;
  g_autoptr (JsonNode) record = tb_form_view_get_record (self, &path, &reason);

  tb_form_json_set (record, key, tb_form_json_copy (value));
  g_clear_pointer (&path, g_free);
  g_clear_pointer (&reason, g_free);
  if (pass_check (record, self, &path, &reason) || !g_str_has_prefix (path, key) || strchr (".[", path[strlen (key)]) == NULL)
    return TRUE;
  *ret_path = g_strdup (path + strlen (key) + (path[strlen (key)] == '.'));
  *ret_reason = g_steal_pointer (&reason);
  return FALSE;
}

static gboolean
check_part (JsonNode *value, gpointer input, char **ret_path, char **ret_reason)
{
  TbFormView *self = g_object_get_data (G_OBJECT (input), "tb-view");
  const TbFormField *field = g_object_get_data (G_OBJECT (input), "tb-field");

  return tb_form_view_check_with (self, field->key, value, ret_path, ret_reason);
}

static void
tie (TbFormView *self, const TbFormField *field, GtkWidget *input)
{
  g_object_set_data (G_OBJECT (input), "tb-view", self);
  g_object_set_data (G_OBJECT (input), "tb-field", (gpointer) field);
  g_signal_connect_swapped (input, "changed", G_CALLBACK (changed_cb), self);
}

static TbFormView *
view_new (const TbFormTable *table, const char *title, TbBooks *books)
{
  TbFormView *self = g_object_new (TB_TYPE_FORM_VIEW, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 18, NULL);

  self->table = table;
  self->books = g_object_ref (books);
  self->defaults = tb_form_json_new_record (table->path);
  if (title != NULL)
    begin_group (self, title);
  return self;
}

/* What is not seen yet is made when it is: the price of inbound calls alone has twenty fields. */
static GtkWidget *
nested_view_new (TbFormView *self, const TbFormField *field)
{
  TbFormView *view = view_new (field->table, field->kind == TB_FORM_PART ? _ (field->label) : NULL, self->books);

  if (field->kind == TB_FORM_PART)
    tb_form_view_add_field (view, &field->table->fields[0]);
  if (field->kind == TB_FORM_PART && field->table->toggle == NULL)
    tb_form_view_grow (view);
  return GTK_WIDGET (view);
}

static void
add_nested (TbFormView *self, const TbFormField *field)
{
  TbFormRow row = { .field = field };

  row.input = nested_view_new (self, field);
  tb_form_view_set_check (TB_FORM_VIEW (row.input), check_part, row.input);
  tie (self, field, row.input);
  if (field->kind == TB_FORM_OPTIONAL)
    {
      row.is_there = gtk_switch_new ();
      tb_widgets_set_label (row.is_there, _ (field->label));
      row.row = action_row_new (field, row.is_there);
      g_signal_connect_swapped (row.is_there, "notify::active", G_CALLBACK (changed_cb), self);
      adw_preferences_group_add (self->group, row.row);
    }
  gtk_box_append (GTK_BOX (self), row.input);
  self->group = NULL;
  g_array_append_val (self->rows, row);
}

static void
add_records (TbFormView *self, const TbFormField *field)
{
  TbFormRow row = { .field = field, .input = GTK_WIDGET (tb_form_list_new (field, self->books)) };

  tb_form_list_set_check (TB_FORM_LIST (row.input), check_part, row.input);
  tie (self, field, row.input);
  gtk_box_append (GTK_BOX (self), row.input);
  self->group = NULL;
  g_array_append_val (self->rows, row);
}

void
tb_form_view_add_field (TbFormView *self, const TbFormField *field)
{
  const char *title = field->group != NULL && *field->group != '\0' && field->kind != TB_FORM_RECORDS ? _ (field->group) : NULL;

  if (field->kind != TB_FORM_PART && field->kind != TB_FORM_RECORDS && (self->group == NULL || field->group != NULL))
    begin_group (self, title);
  if (tb_form_row_is_nested (field))
    add_nested (self, field);
  else if (field->kind == TB_FORM_RECORDS)
    add_records (self, field);
  else
    add_plain (self, field);
}

/* ---- the object ---- */

static void
tb_form_view_finalize (GObject *object)
{
  TbFormView *self = TB_FORM_VIEW (object);

  g_clear_pointer (&self->defaults, json_node_unref);
  g_array_unref (self->rows);
  g_clear_object (&self->books);

  G_OBJECT_CLASS (tb_form_view_parent_class)->finalize (object);
}

static void
tb_form_view_class_init (TbFormViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_form_view_finalize;

  signals[CHANGED] = g_signal_new ("changed", TB_TYPE_FORM_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_form_view_init (TbFormView *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (TbFormRow));
}

TbFormView *
tb_form_view_new (const TbFormTable *table, const char *title, TbBooks *books)
{
  TbFormView *self = view_new (table, title, books);

  tb_form_view_grow (self);
  return self;
}

void
tb_form_view_set_check (TbFormView *self, TbFormCheck check, gpointer data)
{
  self->check = check;
  self->check_data = data;
}

const TbFormTable *
tb_form_view_get_table (TbFormView *self)
{
  return self->table;
}

TbBooks *
tb_form_view_get_books (TbFormView *self)
{
  return self->books;
}
