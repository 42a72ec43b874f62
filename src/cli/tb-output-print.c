/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-output-private.h"

static gboolean
is_scalar (const TbNode *node)
{
  return node->children == NULL;
}

/* ---- JSON ---- */

void
tb_output_append_json (GString *json, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (json, '"');
  for (const char *c = valid; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (json, "\\%c", *c);
    else if ((guchar) *c < 0x20 || *c == 0x7f)
      g_string_append_printf (json, "\\u%04x", (guint) (guchar) *c);
    else
      g_string_append_c (json, *c);
  g_string_append_c (json, '"');
}

static void
append_line (GString *json, guint depth)
{
  g_string_append_printf (json, "\n%*s", (int) depth * 2, "");
}

static void
append_json (GString *json, const TbNode *node, guint depth)
{
  if (node->key != NULL)
    {
      tb_output_append_json (json, node->key);
      g_string_append (json, ": ");
    }
  if (is_scalar (node))
    {
      if (node->kind == TB_NODE_TEXT || node->kind == TB_NODE_FIGURE)
        tb_output_append_json (json, node->text);
      else
        g_string_append (json, node->kind == TB_NODE_NONE ? "null" : node->text);
      return;
    }
  g_string_append_c (json, node->kind == TB_NODE_OBJECT ? '{' : '[');
  for (guint i = 0; i < node->children->len; i++)
    {
      append_line (json, depth + 1);
      append_json (json, node->children->pdata[i], depth + 1);
      if (i + 1 < node->children->len)
        g_string_append_c (json, ',');
    }
  if (node->children->len > 0)
    append_line (json, depth);
  g_string_append_c (json, node->kind == TB_NODE_OBJECT ? '}' : ']');
}

/* ---- text ---- */

static const char *
shown (const TbNode *node)
{
  if (node->kind == TB_NODE_NONE || node->text == NULL)
    return "";
  if (node->kind == TB_NODE_LITERAL && strcmp (node->text, "true") == 0)
    return _("yes");
  return node->kind == TB_NODE_LITERAL && strcmp (node->text, "false") == 0 ? _("no") : node->text;
}

static void
append_padded (GString *text, const char *value, glong width, gboolean right)
{
  glong missing = MAX (width - g_utf8_strlen (value, -1), 0);

  g_string_append_printf (text, "%*s%s%*s", right ? (int) missing : 0, "", value, right ? 0 : (int) missing, "");
}

static void
trim_line (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

typedef struct
{
  const char *title, *key;
  glong width;
  gboolean right, used;
} Column;

static Column *
find_column (GArray *columns, const TbNode *cell)
{
  Column column = { cell->title, cell->key, g_utf8_strlen (cell->title, -1), FALSE, FALSE };

  for (guint i = 0; i < columns->len; i++)
    if (strcmp (g_array_index (columns, Column, i).key, cell->key) == 0)
      return &g_array_index (columns, Column, i);
  g_array_append_val (columns, column);
  return &g_array_index (columns, Column, columns->len - 1);
}

static GArray *
columns_of (const TbNode *list)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));

  for (guint i = 0; i < list->children->len; i++)
    {
      const TbNode *row = list->children->pdata[i];

      for (guint j = 0; row->children != NULL && j < row->children->len; j++)
        {
          const TbNode *cell = row->children->pdata[j];
          Column *column;

          if (!is_scalar (cell))
            continue;
          column = find_column (columns, cell);
          column->width = MAX (column->width, g_utf8_strlen (shown (cell), -1));
          column->right |= cell->kind == TB_NODE_FIGURE || (cell->kind == TB_NODE_LITERAL && g_ascii_isdigit (cell->text[0]));
          column->used |= *shown (cell) != '\0';
        }
    }
  return columns;
}

static const TbNode *
cell_of (const TbNode *row, const Column *column)
{
  for (guint i = 0; i < row->children->len; i++)
    {
      const TbNode *cell = row->children->pdata[i];

      if (is_scalar (cell) && strcmp (cell->key, column->key) == 0)
        return cell;
    }
  return NULL;
}

/* `row` NULL = the titles. Columns that are empty in every row are left out. */
static void
append_row (GString *text, GArray *columns, const TbNode *row)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      const TbNode *cell = row != NULL ? cell_of (row, column) : NULL;

      if (!column->used)
        continue;
      append_padded (text, row == NULL ? column->title : cell != NULL ? shown (cell) : "", column->width, column->right);
      g_string_append (text, "  ");
    }
  trim_line (text);
}

static void
append_list (GString *text, const TbNode *list)
{
  g_autoptr (GArray) columns = columns_of (list);

  if (columns->len > 0)
    append_row (text, columns, NULL);
  for (guint i = 0; i < list->children->len; i++)
    {
      const TbNode *item = list->children->pdata[i];

      if (is_scalar (item))
        g_string_append_printf (text, "%s\n", shown (item));
      else
        append_row (text, columns, item);
    }
}

static void
append_fields (GString *text, const TbNode *object)
{
  glong width = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < object->children->len; i++)
      {
        const TbNode *field = object->children->pdata[i];

        if (!is_scalar (field) || *shown (field) == '\0')
          continue;
        if (pass == 0)
          {
            width = MAX (width, g_utf8_strlen (field->title, -1));
            continue;
          }
        append_padded (text, field->title, width, FALSE);
        g_string_append_printf (text, "  %s\n", shown (field));
      }
}

static void
append_object (GString *text, const TbNode *object)
{
  append_fields (text, object);
  for (guint i = 0; i < object->children->len; i++)
    {
      const TbNode *part = object->children->pdata[i];

      if (is_scalar (part) || part->children->len == 0)
        continue;
      g_string_append_printf (text, "%s%s\n", text->len > 0 ? "\n" : "", part->title);
      if (part->kind == TB_NODE_OBJECT)
        append_object (text, part);
      else
        append_list (text, part);
    }
}

/* ---- printing ---- */

static char *
render (TbOutput *self, gboolean json)
{
  GString *text = g_string_new (NULL);

  if (json)
    {
      append_json (text, self->root, 0);
      g_string_append_c (text, '\n');
    }
  else if (self->root->kind == TB_NODE_LIST)
    append_list (text, self->root);
  else
    append_object (text, self->root);
  return g_string_free (text, FALSE);
}

static gboolean
copy_spool (FILE *spool, FILE *to)
{
  char block[65536];
  gsize n;

  rewind (spool);
  while ((n = fread (block, 1, sizeof block, spool)) > 0)
    if (fwrite (block, 1, n, to) != n)
      return FALSE;
  return !ferror (spool);
}

gboolean
tb_output_print (TbOutput *self, gboolean json, FILE *to, GError **error)
{
  g_autofree char *text = NULL;
  gboolean ok;

  if (self->spool != NULL)
    ok = copy_spool (self->spool, to);
  else
    {
      text = self->verbatim != NULL ? g_steal_pointer (&self->verbatim) : render (self, json);
      ok = fputs (text, to) != EOF;
    }
  if (ok && fflush (to) == 0)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The result cannot be written: %s."), g_strerror (errno));
  return FALSE;
}
