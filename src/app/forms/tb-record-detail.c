/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-record-detail.h"

#include <glib/gi18n.h>

#include "tb-form.h"
#include "tb-widgets.h"

#define LINES_MAX 100

typedef struct
{
  GtkWidget *detail;
  GtkWidget *list; /* the group that rows go to; NULL = its first row makes it */
  const char *title;
} Writing;

static GtkWidget *
get_list (Writing *self)
{
  if (self->list == NULL)
    self->list = tb_detail_add_group (self->detail, self->title != NULL ? _ (self->title) : "");
  return self->list;
}

static void
begin (Writing *self, const char *title)
{
  self->list = NULL;
  self->title = title;
}

static void
add_records (Writing *self, const TbFormField *field, JsonNode *value)
{
  JsonArray *array = json_node_get_array (value);
  guint n = json_array_get_length (array);

  begin (self, field->label);
  for (guint i = 0; i < n && i < LINES_MAX; i++)
    {
      g_autofree char *line = tb_form_summarise (field->table, json_array_get_element (array, i));

      tb_widgets_add_row (get_list (self), line, NULL);
    }
  if (n > LINES_MAX)
    {
      g_autofree char *more = g_strdup_printf (g_dngettext (NULL, "and %u more", "and %u more", n - LINES_MAX), n - LINES_MAX);

      tb_widgets_add_row (get_list (self), more, NULL);
    }
  begin (self, NULL);
}

static void add_fields (Writing *self, const TbFormTable *table, JsonNode *record);

static void
add_field (Writing *self, const TbFormTable *table, const TbFormField *field, JsonNode *value)
{
  g_autofree char *text = NULL;

  if (field->kind == TB_FORM_RECORDS)
    add_records (self, field, value);
  else if (field->kind == TB_FORM_PART || field->kind == TB_FORM_OPTIONAL)
    {
      begin (self, field->label);
      add_fields (self, field->table, value);
      begin (self, NULL);
    }
  else
    {
      text = tb_form_value_describe (table, field, value);
      tb_widgets_add_value (get_list (self), _ (field->label), text);
    }
}

static void
add_fields (Writing *self, const TbFormTable *table, JsonNode *record)
{
  for (guint i = 0; i < table->n_fields; i++)
    {
      const TbFormField *field = &table->fields[i];
      JsonNode *value = tb_form_json_get (record, field->key);

      if (field->group != NULL && *field->group != '\0')
        begin (self, field->group);
      if (value != NULL)
        add_field (self, table, field, value);
    }
}

void
tb_record_detail_add (GtkWidget *detail, TbBooks *books, const char *noun, const char *name)
{
  const TbFormTable *table = tb_form_table_find (noun);
  g_autofree char *text = tb_setup_record_write (tb_books_get_setup (books), noun, name);
  g_autoptr (JsonNode) record = tb_form_json_parse (text);
  Writing self = { detail, NULL, NULL };

  if (JSON_NODE_HOLDS_ARRAY (record))
    add_records (&self, &table->fields[0], record);
  else
    add_fields (&self, table, record);
}
