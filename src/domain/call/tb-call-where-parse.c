/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-where.h"
#include "tb-error.h"
#include "tb-text.h"

/* A parser by descent: or, and, not, test. What comes from a person or the books is read to its end or refused with its place. */

#define MAX_TESTS 500

typedef struct
{
  const char *text, *at;
  guint depth, tests;
  TbZone *zone; /* to try values: any will do */
  GError **error;
} Parser;

static TbCallWhere *parse_any (Parser *self);

G_GNUC_PRINTF (2, 3)
static gpointer
fail (Parser *self, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (self->error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The filter cannot be read at character %ld: %s"),
               g_utf8_pointer_to_offset (self->text, self->at) + 1, what);
  return NULL;
}

static void
skip_blanks (Parser *self)
{
  while (g_ascii_isspace (*self->at))
    self->at++;
}

static gboolean
ends_word (char c)
{
  return c == '\0' || strchr (" \t\r\n\v\f(),\"<>=!", c) != NULL;
}

/* "and", "or", "not" as a whole word. */
static gboolean
take_word (Parser *self, const char *word)
{
  gsize len = strlen (word);

  skip_blanks (self);
  if (g_ascii_strncasecmp (self->at, word, len) != 0 || !ends_word (self->at[len]))
    return FALSE;
  /* "or:…" would be a field, of which none is called so; "not=…" is refused where it is read. */
  self->at += len;
  return TRUE;
}

static gboolean
take (Parser *self, const char *mark)
{
  if (!g_str_has_prefix (self->at, mark))
    return FALSE;
  self->at += strlen (mark);
  return TRUE;
}

/* ---- values ---- */

static char *
parse_quoted (Parser *self)
{
  g_autoptr (GString) value = g_string_new (NULL);

  self->at++;
  for (; *self->at != '\0'; self->at++)
    if (*self->at != '"')
      g_string_append_c (value, *self->at);
    else if (self->at[1] == '"')
      {
        g_string_append_c (value, '"');
        self->at++;
      }
    else
      {
        self->at++;
        return g_string_free (g_steal_pointer (&value), FALSE);
      }
  return fail (self, _("a quotation mark is missing at the end."));
}

/* Up to a mark or "..". */
static char *
parse_value (Parser *self)
{
  const char *from = self->at;

  if (*from == '"')
    return parse_quoted (self);
  while (!ends_word (*self->at) && !g_str_has_prefix (self->at, ".."))
    self->at++;
  return g_strndup (from, (gsize) (self->at - from));
}

static gboolean
check_value (Parser *self, TbWhereField field, const char *value)
{
  TbWhereFieldKind kind = tb_where_field_get_kind (field);
  g_autoptr (GError) error = NULL;
  gint64 low, high;

  if (kind == TB_WHERE_OF_TEXT || kind == TB_WHERE_OF_NUMBER || tb_where_field_read (field, value, 0, self->zone, &low, &high, &error))
    return TRUE;
  fail (self, "%s", error->message);
  return FALSE;
}

static gboolean
add_value (Parser *self, TbCallWhere *test, TbWhereOp op, const char *low, const char *high)
{
  if (op != TB_WHERE_IS && !tb_where_field_has_order (test->field))
    {
      fail (self, _("“%s” has no order: “:” and “!=” can be asked of it."), tb_where_field_get_name (test->field));
      return FALSE;
    }
  if (!check_value (self, test->field, low) || (high != NULL && !check_value (self, test->field, high)))
    return FALSE;
  tb_call_where_add_value (test, op, low, high);
  return TRUE;
}

static TbWhereOp
take_op (Parser *self)
{
  return take (self, "<=") ? TB_WHERE_AT_MOST : take (self, "<") ? TB_WHERE_BELOW : take (self, ">=") ? TB_WHERE_AT_LEAST : take (self, ">") ? TB_WHERE_ABOVE : TB_WHERE_IS;
}

/* value, low..high, low.., ..high */
static gboolean
parse_one (Parser *self, TbCallWhere *test, TbWhereOp op)
{
  gboolean quoted = *self->at == '"', quoted_high;
  g_autofree char *low = parse_value (self);
  g_autofree char *high = NULL;

  if (low == NULL)
    return FALSE;
  if (op != TB_WHERE_IS || !take (self, ".."))
    {
      if (*low != '\0' || quoted)
        return add_value (self, test, op, low, NULL);
      fail (self, _("a value is missing. What has none is asked for by \"\"."));
      return FALSE;
    }
  quoted_high = *self->at == '"';
  high = parse_value (self);
  if (high == NULL)
    return FALSE;
  if (*low == '\0' && !quoted && (*high != '\0' || quoted_high))
    return add_value (self, test, TB_WHERE_AT_MOST, high, NULL);
  if (*high == '\0' && !quoted_high)
    return add_value (self, test, TB_WHERE_AT_LEAST, low, NULL);
  return add_value (self, test, TB_WHERE_BETWEEN, low, high);
}

static gboolean
parse_values (Parser *self, TbCallWhere *test, TbWhereOp first)
{
  TbWhereOp op = first == TB_WHERE_IS ? take_op (self) : first;

  do
    {
      if (!parse_one (self, test, op))
        return FALSE;
      if (!take (self, ","))
        return TRUE;
      op = take_op (self);
    }
  while (TRUE);
}

/* ---- tests ---- */

/* What stands alone is looked for in the numbers: anywhere, unless it has wildcards of its own. */
static TbCallWhere *
parse_bare (Parser *self)
{
  g_autofree char *value = parse_value (self);
  g_autofree char *anywhere = NULL;

  if (value == NULL)
    return NULL;
  if (*value == '\0' || g_ascii_strcasecmp (value, "and") == 0 || g_ascii_strcasecmp (value, "or") == 0)
    return fail (self, _("a test is missing, such as client:C1."));
  anywhere = g_strdup_printf ("*%s*", value);
  return tb_call_where_new_test (TB_WHERE_FIELD_NUMBER, TB_WHERE_IS, strpbrk (value, "*?") != NULL ? value : anywhere);
}

static gboolean
parse_field (Parser *self, TbWhereField *ret, TbWhereOp *ret_op, gboolean *ret_negated)
{
  const char *from = self->at, *end = from;

  while (g_ascii_isalpha (*end) || *end == '-')
    end++;
  if (end == from || strchr (":<>=!", *end) == NULL || *end == '\0')
    return FALSE;
  if (!tb_where_field_find (from, (gsize) (end - from), ret))
    return FALSE;
  self->at = end;
  *ret_negated = take (self, "!=");
  *ret_op = *ret_negated || take (self, ":") || take (self, "=") ? TB_WHERE_IS : take_op (self);
  return TRUE;
}

/* "name:…" of no field there is: most often misspelt, so it is no number to look for. */
static gboolean
is_field_like (const char *at)
{
  const char *from = at;

  while (g_ascii_isalpha (*at) || *at == '-')
    at++;
  return at > from && *at != '\0' && strchr (":<>=!", *at) != NULL;
}

static TbCallWhere *
negate (TbCallWhere *part)
{
  TbCallWhere *whole = tb_call_where_new (TB_WHERE_NOT);

  tb_call_where_add (whole, part);
  return whole;
}

static TbCallWhere *
parse_test (Parser *self)
{
  g_autoptr (TbCallWhere) test = NULL;
  TbWhereField field;
  TbWhereOp op;
  gboolean negated;

  if (++self->tests > MAX_TESTS)
    return fail (self, _("there are more than %d tests."), MAX_TESTS);
  if (!parse_field (self, &field, &op, &negated))
    {
      g_autofree char *near = tb_text_for_message (self->at, -1, 30);

      return is_field_like (self->at) ? fail (self, _("no field is called as in “%s”."), near) : parse_bare (self);
    }
  test = tb_call_where_new (TB_WHERE_TEST);
  test->field = field;
  if (!parse_values (self, test, op))
    return NULL;
  return negated ? negate (g_steal_pointer (&test)) : g_steal_pointer (&test);
}

/* ---- and, or, not ---- */

static TbCallWhere *
parse_group (Parser *self)
{
  g_autoptr (TbCallWhere) inside = NULL;

  self->at++;
  inside = parse_any (self);
  skip_blanks (self);
  if (inside != NULL && !take (self, ")"))
    return fail (self, _("a closing parenthesis is missing."));
  return g_steal_pointer (&inside);
}

static TbCallWhere *
parse_not (Parser *self)
{
  TbCallWhere *part;

  if (self->depth >= TB_WHERE_MAX_DEPTH)
    return fail (self, _("it is nested too deeply."));
  self->depth++;
  skip_blanks (self);
  if (take_word (self, "not") || take (self, "!"))
    {
      part = parse_not (self);
      if (part != NULL)
        part = negate (part);
    }
  else
    part = *self->at == '(' ? parse_group (self) : parse_test (self);
  self->depth--;
  return part;
}

/* One of one is itself, and groups of the same kind are one, so that what is written is read back the same. */
static TbCallWhere *
simplify (TbCallWhere *whole)
{
  TbCallWhere *flat;

  if (whole->parts->len == 1)
    {
      TbCallWhere *only = tb_call_where_copy (whole->parts->pdata[0]);

      tb_call_where_free (whole);
      return only;
    }
  flat = tb_call_where_new (whole->kind);
  for (guint i = 0; i < whole->parts->len; i++)
    {
      TbCallWhere *part = whole->parts->pdata[i];

      if (part->kind != whole->kind)
        tb_call_where_add (flat, tb_call_where_copy (part));
      for (guint k = 0; part->kind == whole->kind && k < part->parts->len; k++)
        tb_call_where_add (flat, tb_call_where_copy (part->parts->pdata[k]));
    }
  tb_call_where_free (whole);
  return flat;
}

static TbCallWhere *
parse_all (Parser *self)
{
  g_autoptr (TbCallWhere) whole = tb_call_where_new (TB_WHERE_ALL);
  const char *before;

  do
    {
      TbCallWhere *part = parse_not (self);

      if (part == NULL)
        return NULL;
      tb_call_where_add (whole, part);
      if (take_word (self, "and"))
        continue;
      skip_blanks (self);
      before = self->at;
      if (*before == '\0' || *before == ')')
        break;
      if (take_word (self, "or"))
        {
          self->at = before;
          break;
        }
    }
  while (TRUE);
  return simplify (g_steal_pointer (&whole));
}

static TbCallWhere *
parse_any (Parser *self)
{
  g_autoptr (TbCallWhere) whole = tb_call_where_new (TB_WHERE_ANY);

  do
    {
      TbCallWhere *part = parse_all (self);

      if (part == NULL)
        return NULL;
      tb_call_where_add (whole, part);
    }
  while (take_word (self, "or"));
  return simplify (g_steal_pointer (&whole));
}

TbCallWhere *
tb_call_where_parse (const char *text, GError **error)
{
  g_autoptr (TbZone) zone = tb_zone_new_utc ();
  g_autoptr (TbCallWhere) all = tb_call_where_new (TB_WHERE_ALL);
  TbCallWhere *part;
  Parser parser = { text, text, 0, 0, zone, error };

  if (strlen (text) > TB_WHERE_MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("A filter is at most %d bytes of UTF-8."), TB_WHERE_MAX_TEXT);
      return NULL;
    }
  skip_blanks (&parser);
  if (*parser.at == '\0')
    return g_steal_pointer (&all);
  part = parse_any (&parser);
  if (part == NULL)
    return NULL;
  skip_blanks (&parser);
  if (*parser.at != '\0')
    {
      tb_call_where_free (part);
      return fail (&parser, _("nothing may stand here."));
    }
  if (part->kind == TB_WHERE_ALL)
    return part;
  tb_call_where_add (all, part);
  return g_steal_pointer (&all);
}
