/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-test-private.h"
#include "tb-currency.h"
#include "tb-rated-call.h"

/* A test as sets of ids. Tables of names are read once a test; ids of rates run in rows, so that sets of hundreds of thousands are few ranges. */

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

/* Rows of (id, text, another text or NULL). */
static gboolean
add_matching_ids (TbStore *store, const char *sql, TbTestTexts *texts, TbIntSet *set, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (tb_test_texts_match (texts, tb_statement_text (row, 1)) || (!tb_statement_is_null (row, 2) && tb_test_texts_match (texts, tb_statement_text (row, 2))))
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

TbTestNode *
tb_test_node_finish (TbTestNode *node /* taken */, gboolean negated)
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
  g_autofree TbTestTexts *texts = g_new (TbTestTexts, 1);
  TbTestNode *node = tb_test_node_new (TB_TEST_IN_SET, named[which].column);
  gboolean ok;

  tb_test_texts_init (texts, test);
  if (texts->none)
    tb_int_set_add (node->set, 0, 0);
  ok = texts->patterns->len == 0 || add_matching_ids (store, named[which].sql, texts, node->set, error);
  tb_test_texts_clear (texts);
  if (ok)
    return tb_test_node_finish (node, negated);
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
    g_ptr_array_add (node->patterns, tb_test_fold (((TbWhereValue *) test->values->pdata[i])->text));
  node->negated = negated;
  return node;
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
  return tb_test_node_finish (node, negated);
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
  return tb_test_node_finish (in_statuses (bits), negated);
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
  g_ptr_array_add (both->parts, tb_test_node_finish (terms, negated));
  g_ptr_array_add (both->parts, tb_test_node_finish (in_statuses (1u << TB_CALL_RATED | 1u << TB_CALL_INCLUDED | 1u << TB_CALL_GRACE), negated));
  return both;
}

/* ---- all ---- */

static TbTestNode *
compile_either (TbStore *store, const TbCallWhere *test, gboolean negated, GError **error)
{
  TbTestNode *from = tb_test_node_compile_number (store, test, TB_CALL_COLUMN_CALLER, negated, error);
  TbTestNode *to = from != NULL ? tb_test_node_compile_number (store, test, TB_CALL_COLUMN_CALLEE, negated, error) : NULL;
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
      return tb_test_node_compile_number (store, test, numbers[i].column, negated, error);
  switch ((int) test->field)
    {
    case TB_WHERE_FIELD_NUMBER: return compile_either (store, test, negated, error);
    case TB_WHERE_FIELD_COUNTRY: return tb_test_node_compile_country (store, test, negated, error);
    case TB_WHERE_FIELD_CALLER_NAME: return compile_own_text (test, TB_CALL_COLUMN_NAME, negated);
    case TB_WHERE_FIELD_RECORD: return compile_own_text (test, TB_CALL_COLUMN_UID, negated);
    case TB_WHERE_FIELD_PRICED: return compile_priced (test, negated, zone, error);
    case TB_WHERE_FIELD_CURRENCY: return compile_currency (store, test, negated, now, zone, error);
    default: g_assert_not_reached ();
    }
}
