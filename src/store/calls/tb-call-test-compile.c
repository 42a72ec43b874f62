/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-test-private.h"
#include "tb-currency.h"
#include "tb-destination.h"
#include "tb-glob.h"
#include "tb-number.h"
#include "tb-rated-call.h"

/* A test as sets of ids. Tables of names are read once a test; ids of rates run in rows, so that sets of hundreds of thousands are few ranges. */

#define NUMBER_DIGITS 17

TbTestNode *
tb_test_node_new (TbTestKind kind, TbCallColumn column)
{
  TbTestNode *self = g_new0 (TbTestNode, 1);

  self->kind = kind;
  self->column = column;
  if (kind == TB_TEST_ALL || kind == TB_TEST_ANY)
    self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_test_node_free);
  else
    self->set = tb_int_set_new ();
  return self;
}

void
tb_test_node_free (TbTestNode *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->set, tb_int_set_free);
  g_clear_pointer (&self->patterns, g_ptr_array_unref);
  g_free (self);
}

/* ---- texts ---- */

/* Capitals do not matter. */
static char *
fold (const char *text)
{
  return g_utf8_casefold (text, -1);
}

typedef struct
{
  GPtrArray *patterns;  /* folded */
  gboolean none;        /* "" is asked for */
  GHashTable *answered; /* text → GINT + 1: destinations and causes repeat */
} Texts;

static void
texts_init (Texts *self, const TbCallWhere *test)
{
  self->patterns = g_ptr_array_new_with_free_func (g_free);
  self->none = FALSE;
  self->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < test->values->len; i++)
    {
      const TbWhereValue *value = test->values->pdata[i];

      if (*value->text == '\0')
        self->none = TRUE;
      else
        g_ptr_array_add (self->patterns, fold (value->text));
    }
}

static void
texts_clear (Texts *self)
{
  g_ptr_array_unref (self->patterns);
  g_hash_table_unref (self->answered);
}

static gboolean
matches_one (GPtrArray *patterns, const char *folded)
{
  for (guint i = 0; i < patterns->len; i++)
    if (tb_glob_matches (patterns->pdata[i], folded))
      return TRUE;
  return FALSE;
}

static gboolean
texts_match (Texts *self, const char *text)
{
  int answer = GPOINTER_TO_INT (g_hash_table_lookup (self->answered, text));

  if (answer == 0)
    {
      g_autofree char *folded = fold (text);

      answer = 1 + matches_one (self->patterns, folded);
      g_hash_table_insert (self->answered, g_strdup (text), GINT_TO_POINTER (answer));
    }
  return answer == 2;
}

/* Rows of (id, text, another text or NULL). */
static gboolean
add_matching_ids (TbStore *store, const char *sql, Texts *texts, TbIntSet *set, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (texts_match (texts, tb_statement_text (row, 1)) || (!tb_statement_is_null (row, 2) && texts_match (texts, tb_statement_text (row, 2))))
        tb_int_set_add (set, tb_statement_int (row, 0), tb_statement_int (row, 0));
    }
  return FALSE;
}

/* Fields whose values are ids of rows with texts. NULL stands for 0, which is what has none. */
static const struct
{
  TbWhereField field;
  TbCallColumn column;
  const char *sql;
} named[] = {
  { TB_WHERE_FIELD_CONNECTION, TB_CALL_COLUMN_TENANT, "SELECT t.id, n.name, NULL FROM tenant t JOIN connection n ON n.id = t.connection" },
  { TB_WHERE_FIELD_TENANT, TB_CALL_COLUMN_TENANT, "SELECT id, name, NULL FROM tenant" },
  { TB_WHERE_FIELD_CLIENT, TB_CALL_COLUMN_CLIENT, "SELECT id, key, name FROM client" },
  { TB_WHERE_FIELD_SERVICE, TB_CALL_COLUMN_SERVICE, "SELECT id, key, NULL FROM service" },
  { TB_WHERE_FIELD_PACKAGE, TB_CALL_COLUMN_TERMS, "SELECT t.id, p.name, NULL FROM terms t JOIN package p ON p.id = t.package" },
  { TB_WHERE_FIELD_TARIFF, TB_CALL_COLUMN_RATE, "SELECT r.id, t.name, NULL FROM rate r JOIN tariff t ON t.list = r.list" },
  { TB_WHERE_FIELD_DESTINATION, TB_CALL_COLUMN_RATE, "SELECT id, description, NULL FROM rate WHERE description IS NOT NULL" },
  { TB_WHERE_FIELD_PREFIX, TB_CALL_COLUMN_RATE, "SELECT id, prefix, NULL FROM rate" },
  { TB_WHERE_FIELD_EXTENSION, TB_CALL_COLUMN_EXTENSION, "SELECT id, text, NULL FROM word" },
  { TB_WHERE_FIELD_ACCOUNT, TB_CALL_COLUMN_ACCOUNT, "SELECT id, text, NULL FROM word" },
  { TB_WHERE_FIELD_CAUSE, TB_CALL_COLUMN_CAUSE, "SELECT id, text, NULL FROM word" },
  { TB_WHERE_FIELD_INVOICE, TB_CALL_COLUMN_INVOICE, "SELECT id, coalesce(number, 'draft'), '#' || id FROM invoice" },
};

static TbTestNode *
finish_set (TbTestNode *node /* taken */, gboolean negated)
{
  if (negated)
    {
      TbIntSet *rest = tb_int_set_complement (node->set);

      tb_int_set_free (node->set);
      node->set = rest;
    }
  node->unknown = negated;
  return node;
}

static TbTestNode *
compile_named (TbStore *store, const TbCallWhere *test, guint which, gboolean negated, GError **error)
{
  g_autofree Texts *texts = g_new (Texts, 1);
  TbTestNode *node = tb_test_node_new (TB_TEST_IN_SET, named[which].column);
  gboolean ok;

  texts_init (texts, test);
  if (texts->none)
    tb_int_set_add (node->set, 0, 0);
  ok = texts->patterns->len == 0 || add_matching_ids (store, named[which].sql, texts, node->set, error);
  texts_clear (texts);
  if (ok)
    return finish_set (node, negated);
  tb_test_node_free (node);
  return NULL;
}

/* Texts that each call has of its own are looked at where they are. */
static TbTestNode *
compile_own_text (const TbCallWhere *test, TbCallColumn column, gboolean negated)
{
  TbTestNode *node = tb_test_node_new (TB_TEST_LIKE, column);

  node->patterns = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < test->values->len; i++)
    g_ptr_array_add (node->patterns, fold (((TbWhereValue *) test->values->pdata[i])->text));
  node->negated = negated;
  return node;
}

/* ---- phone numbers ---- */

static gint64
power_of_ten (guint exponent)
{
  gint64 value = 1;

  while (exponent-- > 0)
    value *= 10;
  return value;
}

/* Numbers that begin with `digits` and have from `least` to `most` more; `lead` is how a packed number begins (tb-number.h). */
static void
add_prefix (TbIntSet *set, int lead, const char *digits, gsize n, guint least, guint most)
{
  gint64 head = lead;

  if (n > NUMBER_DIGITS)
    return;
  for (gsize i = 0; i < n; i++)
    head = head * 10 + (digits[i] - '0');
  for (guint more = MAX (least, n == 0 ? 1 : 0); more <= most && n + more <= NUMBER_DIGITS; more++)
    tb_int_set_add (set, head * power_of_ten (more), head * power_of_ten (more) + power_of_ten (more) - 1);
}

/* FALSE when the pattern is more than digits with wildcards at their end. A plus that is not written may be there. */
static gboolean
add_pattern (TbIntSet *set, const char *pattern)
{
  gboolean plus = *pattern == '+';
  const char *digits = pattern + plus, *end = digits;
  guint least = 0;
  gboolean open = FALSE;

  while (g_ascii_isdigit (*end))
    end++;
  for (const char *at = end; *at != '\0'; at++)
    if (*at == '*')
      open = TRUE;
    else if (*at == '?')
      least++;
    else
      return FALSE;
  if (end == digits && !open && least == 0)
    return FALSE;
  if (!plus)
    add_prefix (set, 1, digits, (gsize) (end - digits), least, open ? NUMBER_DIGITS : least);
  add_prefix (set, 2, digits, (gsize) (end - digits), least, open ? NUMBER_DIGITS : least);
  return TRUE;
}

static gboolean
number_matches (GPtrArray *patterns, const char *text)
{
  for (guint i = 0; i < patterns->len; i++)
    if (tb_glob_matches (patterns->pdata[i], text) || (*text == '+' && tb_glob_matches (patterns->pdata[i], text + 1)))
      return TRUE;
  return FALSE;
}

/* What did not fit into a packed number is a word, kept as the negative of its id. */
static gboolean
add_words (TbStore *store, GPtrArray *patterns, TbIntSet *set, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id, text FROM word", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  while (tb_statement_step (row, &has_row, error))
    {
      g_autofree char *folded = NULL;

      if (!has_row)
        return TRUE;
      folded = fold (tb_statement_text (row, 1));
      if (number_matches (patterns, folded))
        tb_int_set_add (set, -tb_statement_int (row, 0), -tb_statement_int (row, 0));
    }
  return FALSE;
}

static TbTestNode *
compile_number (TbStore *store, const TbCallWhere *test, TbCallColumn column, gboolean negated, GError **error)
{
  TbTestNode *node = tb_test_node_new (TB_TEST_IN_SET, column);
  gboolean in_set = TRUE;

  node->patterns = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < test->values->len; i++)
    {
      const TbWhereValue *value = test->values->pdata[i];

      g_ptr_array_add (node->patterns, fold (value->text));
      if (*value->text == '\0' || strspn (value->text, "*") == strlen (value->text))
        tb_int_set_add (node->set, TB_NUMBER_EMPTY, TB_NUMBER_EMPTY);
      in_set = (*value->text == '\0' || add_pattern (node->set, value->text)) && in_set;
    }
  if (!add_words (store, node->patterns, node->set, error))
    {
      tb_test_node_free (node);
      return NULL;
    }
  if (in_set)
    return finish_set (node, negated);
  /* Then packed numbers are unpacked and looked at; of the set only the words count. */
  node->kind = TB_TEST_LIKE;
  node->negated = negated;
  return node;
}

/* Enough to tell countries apart (tb-destination.h). */
#define COUNTRY_DIGITS 4

static void
add_country_codes (Texts *texts, TbIntSet *set)
{
  for (guint code = 1; code < 10000; code++)
    {
      char digits[16];
      const char *name;
      gsize n = (gsize) g_snprintf (digits, sizeof digits, "%u", code);

      name = tb_destination_get_name (digits);
      if (name == NULL || !texts_match (texts, name))
        continue;
      /* A shorter number is only itself: those that go on are come to by their first digits. */
      for (int lead = 1; lead <= 2; lead++)
        add_prefix (set, lead, digits, n, 0, n == COUNTRY_DIGITS ? NUMBER_DIGITS : 0);
    }
}

static gboolean
add_country_words (TbStore *store, Texts *texts, TbIntSet *set, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id, text FROM word", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  while (tb_statement_step (row, &has_row, error))
    {
      const char *text, *name;

      if (!has_row)
        return TRUE;
      text = tb_statement_text (row, 1);
      text += *text == '+';
      name = g_ascii_isdigit (*text) ? tb_destination_get_name (text) : NULL;
      if (name != NULL && texts_match (texts, name))
        tb_int_set_add (set, -tb_statement_int (row, 0), -tb_statement_int (row, 0));
    }
  return FALSE;
}

/* "Germany": every beginning of a number that leads there. */
static TbTestNode *
compile_country (TbStore *store, const TbCallWhere *test, gboolean negated, GError **error)
{
  g_autofree Texts *texts = g_new (Texts, 1);
  TbTestNode *node = tb_test_node_new (TB_TEST_IN_SET, TB_CALL_COLUMN_NUMBER);
  gboolean ok;

  texts_init (texts, test);
  if (texts->none)
    tb_int_set_add (node->set, TB_NUMBER_EMPTY, TB_NUMBER_EMPTY);
  add_country_codes (texts, node->set);
  ok = add_country_words (store, texts, node->set, error);
  texts_clear (texts);
  if (ok)
    return finish_set (node, negated);
  tb_test_node_free (node);
  return NULL;
}

/* ---- what has an order ---- */

static gboolean
add_value (TbIntSet *set, TbWhereField field, const TbWhereValue *value, gint64 now, TbZone *zone, gint64 least, GError **error)
{
  gint64 low, high, upper_low, upper_high;

  if (!tb_where_field_read (field, value->text, now, zone, &low, &high, error))
    return FALSE;
  switch ((int) value->op)
    {
    case TB_WHERE_BELOW: tb_int_set_add (set, least, low - 1); break;
    case TB_WHERE_AT_MOST: tb_int_set_add (set, least, high); break;
    case TB_WHERE_ABOVE: tb_int_set_add (set, high + 1, G_MAXINT64); break;
    case TB_WHERE_AT_LEAST: tb_int_set_add (set, low, G_MAXINT64); break;
    case TB_WHERE_BETWEEN:
      if (!tb_where_field_read (field, value->high, now, zone, &upper_low, &upper_high, error))
        return FALSE;
      tb_int_set_add (set, low, upper_high);
      break;
    default: tb_int_set_add (set, low, high); break;
    }
  return TRUE;
}

/* Below 0 there is no duration: what is not answered has no ringing, and is in no range of it. */
static TbTestNode *
compile_order (const TbCallWhere *test, TbCallColumn column, gboolean negated, gint64 now, TbZone *zone, GError **error)
{
  TbTestNode *node = tb_test_node_new (TB_TEST_IN_SET, column);

  for (guint i = 0; i < test->values->len; i++)
    if (!add_value (node->set, test->field, test->values->pdata[i], now, zone, column == TB_CALL_COLUMN_RING ? 0 : G_MININT64, error))
      {
        tb_test_node_free (node);
        return NULL;
      }
  return finish_set (node, negated);
}

static TbTestNode *
in_statuses (guint bits)
{
  TbTestNode *node = tb_test_node_new (TB_TEST_IN_SET, TB_CALL_COLUMN_STATUS);

  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if ((bits & 1u << i) != 0)
      tb_int_set_add (node->set, i, i);
  return node;
}

static TbTestNode *
compile_priced (const TbCallWhere *test, gboolean negated, TbZone *zone, GError **error)
{
  guint bits = 0;

  for (guint i = 0; i < test->values->len; i++)
    {
      gint64 yes, same;

      if (!tb_where_field_read (test->field, ((TbWhereValue *) test->values->pdata[i])->text, 0, zone, &yes, &same, error))
        return NULL;
      for (guint status = 0; status < TB_CALL_N_STATUS; status++)
        if (tb_call_status_is_unrated (status) != (gboolean) yes)
          bits |= 1u << status;
    }
  return finish_set (in_statuses (bits), negated);
}

/* A charge's currency stands in its terms; a call has it only with a charge to speak of (tb-call-decode.c). */
static TbTestNode *
compile_currency (TbStore *store, const TbCallWhere *test, gboolean negated, gint64 now, TbZone *zone, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id, currency FROM terms", error);
  g_autoptr (TbIntSet) currencies = tb_int_set_new ();
  TbTestNode *both, *terms = tb_test_node_new (TB_TEST_IN_SET, TB_CALL_COLUMN_TERMS);
  gboolean has_row = TRUE, ok = row != NULL;

  for (guint i = 0; ok && i < test->values->len; i++)
    ok = add_value (currencies, test->field, test->values->pdata[i], now, zone, G_MININT64, error);
  while (ok && has_row && (ok = tb_statement_step (row, &has_row, error)))
    if (has_row && tb_int_set_has (currencies, tb_statement_int (row, 1)))
      tb_int_set_add (terms->set, tb_statement_int (row, 0), tb_statement_int (row, 0));
  if (!ok)
    {
      tb_test_node_free (terms);
      return NULL;
    }
  both = tb_test_node_new (negated ? TB_TEST_ANY : TB_TEST_ALL, TB_CALL_COLUMN_TERMS);
  g_ptr_array_add (both->parts, finish_set (terms, negated));
  g_ptr_array_add (both->parts, finish_set (in_statuses (1u << TB_CALL_RATED | 1u << TB_CALL_INCLUDED | 1u << TB_CALL_GRACE), negated));
  return both;
}

/* ---- all ---- */

static TbTestNode *
compile_either (TbStore *store, const TbCallWhere *test, gboolean negated, GError **error)
{
  TbTestNode *from = compile_number (store, test, TB_CALL_COLUMN_CALLER, negated, error);
  TbTestNode *to = from != NULL ? compile_number (store, test, TB_CALL_COLUMN_CALLEE, negated, error) : NULL;
  TbTestNode *either;

  if (to == NULL)
    {
      tb_test_node_free (from);
      return NULL;
    }
  either = tb_test_node_new (negated ? TB_TEST_ALL : TB_TEST_ANY, TB_CALL_COLUMN_CALLER);
  g_ptr_array_add (either->parts, from);
  g_ptr_array_add (either->parts, to);
  return either;
}

static const struct { TbWhereField field; TbCallColumn column; } ordered[] = {
  { TB_WHERE_FIELD_START, TB_CALL_COLUMN_START },       { TB_WHERE_FIELD_RING, TB_CALL_COLUMN_RING },
  { TB_WHERE_FIELD_SECONDS, TB_CALL_COLUMN_SECONDS },   { TB_WHERE_FIELD_BILLED, TB_CALL_COLUMN_BILLED },
  { TB_WHERE_FIELD_INCLUDED, TB_CALL_COLUMN_FREE },     { TB_WHERE_FIELD_CHARGE, TB_CALL_COLUMN_CHARGE },
  { TB_WHERE_FIELD_COST, TB_CALL_COLUMN_COST },         { TB_WHERE_FIELD_MARGIN, TB_CALL_COLUMN_MARGIN },
  { TB_WHERE_FIELD_DIRECTION, TB_CALL_COLUMN_DIRECTION }, { TB_WHERE_FIELD_STATUS, TB_CALL_COLUMN_STATUS },
  { TB_WHERE_FIELD_SOURCE, TB_CALL_COLUMN_SOURCE },     { TB_WHERE_FIELD_IMPORT, TB_CALL_COLUMN_IMPORT },
  { TB_WHERE_FIELD_RATE, TB_CALL_COLUMN_RATE },         { TB_WHERE_FIELD_COST_RATE, TB_CALL_COLUMN_COST_RATE },
};

static const struct { TbWhereField field; TbCallColumn column; } numbers[] = {
  { TB_WHERE_FIELD_FROM, TB_CALL_COLUMN_CALLER },
  { TB_WHERE_FIELD_TO, TB_CALL_COLUMN_CALLEE },
  { TB_WHERE_FIELD_RATED_NUMBER, TB_CALL_COLUMN_NUMBER },
  { TB_WHERE_FIELD_DID, TB_CALL_COLUMN_DID },
};

TbTestNode *
tb_test_node_compile (TbStore *store, const TbCallWhere *test, gboolean negated, gint64 now, TbZone *zone, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (named[i].field == test->field)
      return compile_named (store, test, i, negated, error);
  for (guint i = 0; i < G_N_ELEMENTS (ordered); i++)
    if (ordered[i].field == test->field)
      return compile_order (test, ordered[i].column, negated, now, zone, error);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].field == test->field)
      return compile_number (store, test, numbers[i].column, negated, error);
  switch ((int) test->field)
    {
    case TB_WHERE_FIELD_NUMBER: return compile_either (store, test, negated, error);
    case TB_WHERE_FIELD_COUNTRY: return compile_country (store, test, negated, error);
    case TB_WHERE_FIELD_CALLER_NAME: return compile_own_text (test, TB_CALL_COLUMN_NAME, negated);
    case TB_WHERE_FIELD_RECORD: return compile_own_text (test, TB_CALL_COLUMN_UID, negated);
    case TB_WHERE_FIELD_PRICED: return compile_priced (test, negated, zone, error);
    case TB_WHERE_FIELD_CURRENCY: return compile_currency (store, test, negated, now, zone, error);
    default: g_assert_not_reached ();
    }
}
