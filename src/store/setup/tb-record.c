/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-record.h"

#include <glib/gi18n-lib.h>

#include "tb-decimal.h"
#include "tb-time.h"

#define MEMBER(type, item, field) G_STRUCT_MEMBER (type, item, (field)->offset)
#define PLACE(type, item, field) ((type *) G_STRUCT_MEMBER_P (item, (field)->offset))

/* ---- one field ---- */

static void
read_field (TbStatement *row, int column, const TbField *field, gpointer item)
{
  switch (field->kind)
    {
    case TB_FIELD_TEXT:
      g_free (MEMBER (char *, item, field));
      *PLACE (char *, item, field) = tb_statement_dup_text (row, column);
      break;
    case TB_FIELD_LINES:
      g_strfreev (MEMBER (char **, item, field));
      *PLACE (char **, item, field) = tb_statement_is_null (row, column) ? NULL : g_strsplit (tb_statement_text (row, column), "\n", -1);
      break;
    case TB_FIELD_INT:
    case TB_FIELD_WORD:
      *PLACE (gint32, item, field) = (gint32) tb_statement_int (row, column);
      break;
    case TB_FIELD_LONG:
      *PLACE (gint64, item, field) = tb_statement_int (row, column);
      break;
    case TB_FIELD_BOOL:
      *PLACE (gboolean, item, field) = tb_statement_int (row, column) != 0;
      break;
    case TB_FIELD_BYTE:
      *PLACE (guint8, item, field) = (guint8) tb_statement_int (row, column);
      break;
    case TB_FIELD_DAY:
      *PLACE (TbDay, item, field) = (TbDay) tb_statement_int_or (row, column, TB_DAY_NONE);
      break;
    case TB_FIELD_DECIMAL:
      *PLACE (TbDecimal, item, field) = tb_statement_int_or (row, column, TB_DECIMAL_NONE);
      break;
    case TB_FIELD_CURRENCY:
      *PLACE (TbCurrency, item, field) = (TbCurrency) tb_statement_int (row, column);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The field's value as the books hold it, apart from texts. FALSE = NULL. */
static gboolean
get_number (const TbField *field, gconstpointer item, gint64 *ret)
{
  switch (field->kind)
    {
    case TB_FIELD_INT:
    case TB_FIELD_WORD:
      *ret = MEMBER (gint32, item, field);
      return TRUE;
    case TB_FIELD_LONG:
      *ret = MEMBER (gint64, item, field);
      return TRUE;
    case TB_FIELD_BOOL:
      *ret = MEMBER (gboolean, item, field) != FALSE;
      return TRUE;
    case TB_FIELD_BYTE:
      *ret = MEMBER (guint8, item, field);
      return TRUE;
    case TB_FIELD_DAY:
      *ret = MEMBER (TbDay, item, field);
      return *ret != TB_DAY_NONE;
    case TB_FIELD_DECIMAL:
      *ret = MEMBER (TbDecimal, item, field);
      return *ret != TB_DECIMAL_NONE;
    case TB_FIELD_CURRENCY:
      *ret = MEMBER (TbCurrency, item, field);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

/* NULL and "" are the same to people; NULL for both. */
static char *
dup_text (const TbField *field, gconstpointer item)
{
  char *text = NULL;

  if (field->kind == TB_FIELD_TEXT)
    text = g_strdup (MEMBER (char *, item, field));
  else if (MEMBER (char **, item, field) != NULL && *MEMBER (char **, item, field) != NULL)
    text = g_strjoinv ("\n", MEMBER (char **, item, field));
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static gboolean
is_text (const TbField *field)
{
  return field->kind == TB_FIELD_TEXT || field->kind == TB_FIELD_LINES;
}

static char *
display_number (const TbField *field, gint64 value)
{
  switch (field->kind)
    {
    case TB_FIELD_WORD:
      return g_strdup (field->words[value]);
    case TB_FIELD_BOOL:
      return g_strdup (value != 0 ? _("yes") : _("no"));
    case TB_FIELD_DAY:
      return tb_day_format ((TbDay) value);
    case TB_FIELD_DECIMAL:
      return tb_decimal_format (value, TB_RATE_SCALE, 0);
    case TB_FIELD_CURRENCY:
      return g_strdup (tb_currency_to_string ((TbCurrency) value));
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value);
    }
}

/* For a line of changes; NULL = not given. */
static char *
display (const TbField *field, gconstpointer item)
{
  gint64 number;
  char *text;

  if (!is_text (field))
    return get_number (field, item, &number) ? display_number (field, number) : NULL;
  text = dup_text (field, item);
  return text != NULL ? g_strdelimit (text, "\n", ',') : NULL;
}

/* ---- load ---- */

static char *
select_sql (const TbRecord *self)
{
  GString *sql = g_string_new ("SELECT id");

  for (guint i = 0; i < self->n_fields; i++)
    g_string_append_printf (sql, ", %s", self->fields[i].column);
  g_string_append_printf (sql, " FROM %s ORDER BY id", self->table);
  return g_string_free (sql, FALSE);
}

static gpointer
read_item (const TbRecord *self, TbStatement *row)
{
  gpointer item = self->create ();

  if (self->id_offset != G_MAXSIZE)
    G_STRUCT_MEMBER (guint32, item, self->id_offset) = (guint32) tb_statement_int (row, 0);
  for (guint i = 0; i < self->n_fields; i++)
    read_field (row, (int) i + 1, &self->fields[i], item);
  return item;
}

gboolean
tb_record_load (TbStore *store, const TbRecord *self, GPtrArray *items, GError **error)
{
  g_autofree char *sql = select_sql (self);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row = TRUE;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      g_ptr_array_add (items, read_item (self, row));
    }
  return FALSE;
}

/* ---- save ---- */

static char *
upsert_sql (const TbRecord *self)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO %s (%s", self->table, self->single ? "id, " : "");
  for (guint i = 0; i < self->n_fields; i++)
    g_string_append_printf (sql, "%s%s", i == 0 ? "" : ", ", self->fields[i].column);
  g_string_append_printf (sql, ") VALUES (%s", self->single ? "1, " : "");
  for (guint i = 0; i < self->n_fields; i++)
    g_string_append_printf (sql, "%s$%u", i == 0 ? "" : ", ", i + 1);
  g_string_append_printf (sql, ") ON CONFLICT (%s) DO UPDATE SET ", self->single ? "id" : self->fields[0].column);
  for (guint i = 0; i < self->n_fields; i++)
    g_string_append_printf (sql, "%s%s = excluded.%s", i == 0 ? "" : ", ", self->fields[i].column, self->fields[i].column);
  g_string_append (sql, " RETURNING id");
  return g_string_free (sql, FALSE);
}

gboolean
tb_record_save (TbStore *store, const TbRecord *self, gconstpointer item, gint64 *ret_id, GError **error)
{
  g_autofree char *sql = upsert_sql (self);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row;
  gint64 number;

  if (row == NULL)
    return FALSE;
  for (guint i = 0; i < self->n_fields; i++)
    if (is_text (&self->fields[i]))
      {
        g_ptr_array_add (texts, dup_text (&self->fields[i], item));
        tb_statement_bind_text (row, (int) i + 1, texts->pdata[texts->len - 1]);
      }
    else if (get_number (&self->fields[i], item, &number))
      tb_statement_bind_int (row, (int) i + 1, number);
    else
      tb_statement_bind_null (row, (int) i + 1);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = tb_statement_int (row, 0);
  /* A row that RETURNING gave is only written once the statement is through. */
  return tb_statement_step (row, NULL, error);
}

/* ---- compare ---- */

char *
tb_record_describe (const TbRecord *self, gconstpointer item)
{
  g_autofree char *key = self->single ? NULL : display (&self->fields[0], item);

  return key == NULL ? g_strdup (self->noun) : g_strdup_printf ("%s %s", self->noun, key);
}

gboolean
tb_record_compare (const TbRecord *self, gconstpointer before, gconstpointer after, GPtrArray *changes)
{
  g_autofree char *name = tb_record_describe (self, after);
  gboolean differs = before == NULL;

  if (before == NULL)
    g_ptr_array_add (changes, g_strdup_printf (_("%s: added"), name));
  for (guint i = 0; before != NULL && i < self->n_fields; i++)
    {
      g_autofree char *old = display (&self->fields[i], before);
      g_autofree char *new = display (&self->fields[i], after);

      if (g_strcmp0 (old, new) == 0)
        continue;
      differs = TRUE;
      g_ptr_array_add (changes, g_strdup_printf (_("%s: %s “%s” → “%s”"), name, self->fields[i].label, old != NULL ? old : "", new != NULL ? new : ""));
    }
  return differs;
}
