/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-where.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
value_free (gpointer data)
{
  TbWhereValue *value = data;

  g_free (value->text);
  g_free (value->high);
  g_free (value);
}

TbCallWhere *
tb_call_where_new (TbWhereKind kind)
{
  TbCallWhere *self = g_new0 (TbCallWhere, 1);

  self->kind = kind;
  if (kind == TB_WHERE_TEST)
    self->values = g_ptr_array_new_with_free_func (value_free);
  else
    self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_call_where_free);
  return self;
}

TbCallWhere *
tb_call_where_new_test (TbWhereField field, TbWhereOp op, const char *text)
{
  TbCallWhere *self = tb_call_where_new (TB_WHERE_TEST);

  self->field = field;
  tb_call_where_add_value (self, op, text, NULL);
  return self;
}

TbCallWhere *
tb_call_where_copy (const TbCallWhere *self)
{
  TbCallWhere *copy = tb_call_where_new (self->kind);

  copy->field = self->field;
  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
    tb_call_where_add (copy, tb_call_where_copy (self->parts->pdata[i]));
  for (guint i = 0; self->values != NULL && i < self->values->len; i++)
    {
      const TbWhereValue *value = self->values->pdata[i];

      tb_call_where_add_value (copy, value->op, value->text, value->high);
    }
  return copy;
}

void
tb_call_where_free (TbCallWhere *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

void
tb_call_where_add (TbCallWhere *self, TbCallWhere *part)
{
  g_return_if_fail (self->kind != TB_WHERE_TEST);

  g_ptr_array_add (self->parts, part);
}

void
tb_call_where_add_value (TbCallWhere *self, TbWhereOp op, const char *text, const char *high)
{
  TbWhereValue *value = g_new (TbWhereValue, 1);

  *value = (TbWhereValue){ op, g_strdup (text), g_strdup (high) };
  g_ptr_array_add (self->values, value);
}

gboolean
tb_call_where_is_empty (const TbCallWhere *self)
{
  return self == NULL || (self->kind == TB_WHERE_ALL && self->parts->len == 0);
}

/* ---- as text ---- */

static gboolean
is_plain (char c)
{
  return c != '\0' && strchr (" \t\r\n(),\"<>=!", c) == NULL;
}

void
tb_call_where_append_value (GString *text, const char *value)
{
  gboolean plain = *value != '\0' && strstr (value, "..") == NULL && value[strlen (value) - 1] != '.' && *value != '.';

  for (const char *at = value; plain && *at != '\0'; at++)
    plain = is_plain (*at);
  if (plain)
    {
      g_string_append (text, value);
      return;
    }
  g_string_append_c (text, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *value);
    }
  g_string_append_c (text, '"');
}

static const char *const op_marks[] = { "", "<", "<=", ">", ">=", "" };

static void
append_test (GString *text, const TbCallWhere *test)
{
  const TbWhereValue *only = test->values->len == 1 ? test->values->pdata[0] : NULL;
  gboolean marked = only != NULL && *op_marks[only->op] != '\0';

  g_string_append (text, tb_where_field_get_name (test->field));
  if (!marked)
    g_string_append_c (text, ':');
  for (guint i = 0; i < test->values->len; i++)
    {
      const TbWhereValue *value = test->values->pdata[i];

      g_string_append (text, i > 0 ? "," : "");
      g_string_append (text, op_marks[value->op]);
      tb_call_where_append_value (text, value->text);
      if (value->op != TB_WHERE_BETWEEN)
        continue;
      g_string_append (text, "..");
      tb_call_where_append_value (text, value->high);
    }
}

static void
append (GString *text, const TbCallWhere *self, gboolean inside)
{
  gboolean grouped = inside && (self->kind == TB_WHERE_ANY || self->kind == TB_WHERE_ALL) && self->parts->len != 1;

  if (self->kind == TB_WHERE_TEST)
    {
      append_test (text, self);
      return;
    }
  g_string_append (text, self->kind == TB_WHERE_NOT ? "not " : grouped ? "(" : "");
  for (guint i = 0; i < self->parts->len; i++)
    {
      g_string_append (text, i == 0 ? "" : self->kind == TB_WHERE_ANY ? " or " : " ");
      append (text, self->parts->pdata[i], self->kind == TB_WHERE_NOT || self->parts->len > 1 || inside);
    }
  g_string_append (text, grouped ? ")" : "");
}

char *
tb_call_where_to_string (const TbCallWhere *self)
{
  GString *text = g_string_new (NULL);

  if (self != NULL)
    append (text, self, FALSE);
  return g_string_free (text, FALSE);
}

/* ---- for people ---- */

static char *
value_to_display (TbWhereField field, const char *text)
{
  if (*text == '\0')
    return g_strdup (_("none"));
  switch ((int) tb_where_field_get_kind (field))
    {
    case TB_WHERE_OF_TIME: return g_strdup (tb_where_time_to_display (text));
    case TB_WHERE_OF_WORD: return tb_where_field_word_to_display (field, text);
    default: return g_strdup (text);
    }
}

static char *
one_to_display (TbWhereField field, const TbWhereValue *value)
{
  g_autofree char *low = value_to_display (field, value->text);
  g_autofree char *high = value->high != NULL ? value_to_display (field, value->high) : NULL;
  gboolean time = tb_where_field_get_kind (field) == TB_WHERE_OF_TIME;

  switch ((int) value->op)
    {
    case TB_WHERE_BELOW: return time ? g_strdup_printf (_("before %s"), low) : g_strdup_printf ("< %s", low);
    case TB_WHERE_AT_MOST: return time ? g_strdup_printf (_("until %s"), low) : g_strdup_printf ("≤ %s", low);
    case TB_WHERE_ABOVE: return time ? g_strdup_printf (_("after %s"), low) : g_strdup_printf ("> %s", low);
    case TB_WHERE_AT_LEAST: return time ? g_strdup_printf (_("from %s"), low) : g_strdup_printf ("≥ %s", low);
    case TB_WHERE_BETWEEN: return g_strdup_printf (_("%s to %s"), low, high);
    default: return g_steal_pointer (&low);
    }
}

static char *
test_to_display (const TbCallWhere *test, gboolean negated)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *values = NULL;

  for (guint i = 0; i < test->values->len; i++)
    g_ptr_array_add (words, one_to_display (test->field, test->values->pdata[i]));
  g_ptr_array_add (words, NULL);
  /* Translators: between values of which one must hold */
  values = g_strjoinv (_(" or "), (char **) words->pdata);
  /* Translators: a filter of calls: field, values. "Client: not C1 or C2" */
  return negated ? g_strdup_printf (_("%s: not %s"), tb_where_field_get_title (test->field), values)
                 : g_strdup_printf (_("%s: %s"), tb_where_field_get_title (test->field), values);
}

char *
tb_call_where_to_display (const TbCallWhere *self)
{
  g_autoptr (GPtrArray) words = NULL;

  if (tb_call_where_is_empty (self))
    return g_strdup (_("All calls"));
  if (self->kind == TB_WHERE_TEST)
    return test_to_display (self, FALSE);
  if (self->kind == TB_WHERE_NOT && ((TbCallWhere *) self->parts->pdata[0])->kind == TB_WHERE_TEST)
    return test_to_display (self->parts->pdata[0], TRUE);
  words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->parts->len; i++)
    g_ptr_array_add (words, tb_call_where_to_display (self->parts->pdata[i]));
  g_ptr_array_add (words, NULL);
  if (self->kind == TB_WHERE_NOT)
    return g_strdup_printf (_("not (%s)"), (char *) words->pdata[0]);
  return g_strjoinv (self->kind == TB_WHERE_ANY ? _(" or ") : _(" and "), (char **) words->pdata);
}
