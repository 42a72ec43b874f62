/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-view-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-form-input.h"
#include "tb-form-list.h"

/* ---- the record ---- */

void
tb_form_row_set (TbFormRow row, JsonNode *value)
{
  if (row.is_there != NULL)
    gtk_switch_set_active (GTK_SWITCH (row.is_there), value != NULL);
  if (tb_form_row_is_nested (row.field))
    tb_form_view_set_record (TB_FORM_VIEW (row.input), value);
  else if (row.field->kind == TB_FORM_RECORDS)
    tb_form_list_set (TB_FORM_LIST (row.input), value);
  else
    tb_form_input_set (row.input, row.field, value);
}

void
tb_form_view_grow (TbFormView *self)
{
  gboolean setting = self->setting;

  self->setting = TRUE;
  while (self->rows->len < self->table->n_fields)
    {
      const TbFormField *field = &self->table->fields[self->rows->len];

      tb_form_view_add_field (self, field);
      tb_form_row_set (*tb_form_view_get_row (self, self->rows->len - 1), tb_form_json_get (self->defaults, field->key));
    }
  self->setting = setting;
}

/* The record says something that has no field yet. */
static gboolean
says_more (TbFormView *self, JsonNode *record)
{
  for (guint i = self->rows->len; i < self->table->n_fields; i++)
    {
      const char *key = self->table->fields[i].key;
      JsonNode *value = tb_form_json_get (record, key);

      if (value != NULL && !tb_form_json_same (value, tb_form_json_get (self->defaults, key)))
        return TRUE;
    }
  return FALSE;
}

/* What is not said is what a new record has. */
void
tb_form_view_set_record (TbFormView *self, JsonNode *record)
{
  self->setting = TRUE;
  if (says_more (self, record))
    tb_form_view_grow (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const TbFormRow row = *tb_form_view_get_row (self, i);
      JsonNode *value = tb_form_json_get (record, row.field->key);

      tb_form_row_set (row, value != NULL ? value : tb_form_json_get (self->defaults, row.field->key));
    }
  self->setting = FALSE;
  tb_form_view_update (self);
}

static void
note_problem (char **ret_path, char **ret_reason, const char *key, const char *inner, const char *reason)
{
  if (*ret_path != NULL)
    return;
  *ret_path = inner != NULL ? g_strconcat (key, ".", inner, NULL) : g_strdup (key);
  *ret_reason = g_strdup (reason);
}

/* A part that says nothing but what a new one has is left out: so that inbound calls without a price have none, instead of one of nothing. */
static JsonNode *
get_part (TbFormView *self, const TbFormRow *row, char **ret_path, char **ret_reason)
{
  g_autofree char *inner = NULL, *reason = NULL;
  g_autoptr (JsonNode) part = NULL, fresh = NULL;
  TbFormView *view = TB_FORM_VIEW (row->input);

  if (row->is_there != NULL && !gtk_switch_get_active (GTK_SWITCH (row->is_there)))
    return NULL;
  part = tb_form_view_get_record (view, &inner, &reason);
  if (inner != NULL)
    note_problem (ret_path, ret_reason, row->field->key, inner, reason);
  if (row->is_there != NULL)
    return g_steal_pointer (&part);
  for (guint i = 0; i < view->rows->len; i++)
    {
      const TbFormField *field = tb_form_view_get_row (view, i)->field;
      JsonNode *value = tb_form_json_get (part, field->key), *usual = tb_form_json_get (view->defaults, field->key);
      gboolean off = field->kind == TB_FORM_SWITCH && !json_node_get_boolean (value) && usual == NULL;

      if (!off && !tb_form_json_same (value, usual))
        return g_steal_pointer (&part);
    }
  return NULL;
}

static JsonNode *
get_value (TbFormView *self, const TbFormRow *row, char **ret_path, char **ret_reason)
{
  g_autoptr (GError) error = NULL;
  JsonNode *value = NULL;

  if (tb_form_row_is_nested (row->field))
    return get_part (self, row, ret_path, ret_reason);
  if (row->field->kind == TB_FORM_RECORDS)
    return tb_form_list_get (TB_FORM_LIST (row->input));
  if (!tb_form_input_get (row->input, row->field, &value, &error))
    note_problem (ret_path, ret_reason, row->field->key, NULL, error->message);
  return value;
}

JsonNode *
tb_form_view_get_record (TbFormView *self, char **ret_path, char **ret_reason)
{
  JsonNode *record = tb_form_json_new ();

  for (guint i = 0; i < self->rows->len; i++)
    tb_form_json_set (record, tb_form_view_get_row (self, i)->field->key, get_value (self, tb_form_view_get_row (self, i), ret_path, ret_reason));
  return record;
}

/* ---- what is wrong ---- */

static void
say (const TbFormRow *row, const char *reason)
{
  const char *help = row->field->help != NULL ? _ (row->field->help) : "";

  if (row->field->kind == TB_FORM_RECORDS)
    tb_form_list_show_problem (TB_FORM_LIST (row->input), reason);
  if (row->row == NULL)
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), reason != NULL ? reason : help);
  if (reason != NULL)
    gtk_widget_add_css_class (row->row, "problem");
  else
    gtk_widget_remove_css_class (row->row, "problem");
  if (tb_form_row_is_nested (row->field))
    return;
  tb_form_input_mark (row->input, reason != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->input), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason != NULL ? reason : help, -1);
}

static void
clear_problems (TbFormView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      say (tb_form_view_get_row (self, i), NULL);
      if (tb_form_row_is_nested (tb_form_view_get_row (self, i)->field))
        clear_problems (TB_FORM_VIEW (tb_form_view_get_row (self, i)->input));
    }
}

static gboolean
show_at (const TbFormRow *row, const char *path, const char *reason, gboolean focus)
{
  gsize length = strlen (row->field->key);
  const char *inner = path[length] == '.' ? path + length + 1 : NULL;
  g_autofree char *where = NULL, *said = NULL;

  if (tb_form_row_is_nested (row->field) && inner != NULL && tb_form_view_show_problem (TB_FORM_VIEW (row->input), inner, reason, focus))
    return TRUE;
  where = path[length] == '[' && row->field->table != NULL ? tb_form_describe_path (row->field->table, path + length) : NULL;
  said = where != NULL ? g_strdup_printf ("%s: %s", where, reason) : g_strdup (reason);
  say (row, said);
  if (focus)
    gtk_widget_grab_focus (row->input);
  return TRUE;
}

gboolean
tb_form_view_show_problem (TbFormView *self, const char *path, const char *reason, gboolean focus)
{
  clear_problems (self);
  for (guint i = 0; path != NULL && i < self->rows->len; i++)
    {
      const TbFormRow *row = tb_form_view_get_row (self, i);

      if (g_str_has_prefix (path, row->field->key) && strchr (".[", path[strlen (row->field->key)]) != NULL)
        return show_at (row, path, reason, focus);
    }
  return path == NULL;
}

gboolean
tb_form_view_is_empty_at (TbFormView *self, const char *path)
{
  g_autofree char *problem = NULL, *reason = NULL;
  g_autoptr (JsonNode) record = tb_form_view_get_record (self, &problem, &reason);

  return problem == NULL && tb_form_table_find_field (self->table, path) != NULL && tb_form_json_get (record, path) == NULL;
}

void
tb_form_view_focus_first (TbFormView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_grab_focus (tb_form_view_get_row (self, i)->input))
      return;
}
