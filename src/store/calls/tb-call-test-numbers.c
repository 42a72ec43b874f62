/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-test-private.h"
#include "tb-destination.h"
#include "tb-glob.h"
#include "tb-number.h"

/* Patterns of phone numbers and countries as ranges of packed numbers. */

#define NUMBER_DIGITS 17

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
      folded = tb_test_fold (tb_statement_text (row, 1));
      if (number_matches (patterns, folded))
        tb_int_set_add (set, -tb_statement_int (row, 0), -tb_statement_int (row, 0));
    }
  return FALSE;
}

TbTestNode *
tb_test_node_compile_number (TbStore *store, const TbCallWhere *test, TbCallColumn column, gboolean negated, GError **error)
{
  TbTestNode *node = tb_test_node_new (TB_TEST_IN_SET, column);
  gboolean in_set = TRUE;

  node->patterns = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < test->values->len; i++)
    {
      const TbWhereValue *value = test->values->pdata[i];

      g_ptr_array_add (node->patterns, tb_test_fold (value->text));
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
    return tb_test_node_finish (node, negated);
  /* Then packed numbers are unpacked and looked at; of the set only the words count. */
  node->kind = TB_TEST_LIKE;
  node->negated = negated;
  return node;
}

/* Enough to tell countries apart (tb-destination.h). */
#define COUNTRY_DIGITS 4

static void
add_country_codes (TbTestTexts *texts, TbIntSet *set)
{
  for (guint code = 1; code < 10000; code++)
    {
      char digits[16];
      const char *name;
      gsize n = (gsize) g_snprintf (digits, sizeof digits, "%u", code);

      name = tb_destination_get_name (digits);
      if (name == NULL || !tb_test_texts_match (texts, name))
        continue;
      /* A shorter number is only itself: those that go on are come to by their first digits. */
      for (int lead = 1; lead <= 2; lead++)
        add_prefix (set, lead, digits, n, 0, n == COUNTRY_DIGITS ? NUMBER_DIGITS : 0);
    }
}

static gboolean
add_country_words (TbStore *store, TbTestTexts *texts, TbIntSet *set, GError **error)
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
      if (name != NULL && tb_test_texts_match (texts, name))
        tb_int_set_add (set, -tb_statement_int (row, 0), -tb_statement_int (row, 0));
    }
  return FALSE;
}

/* "Germany": every beginning of a number that leads there. */
TbTestNode *
tb_test_node_compile_country (TbStore *store, const TbCallWhere *test, gboolean negated, GError **error)
{
  g_autofree TbTestTexts *texts = g_new (TbTestTexts, 1);
  TbTestNode *node = tb_test_node_new (TB_TEST_IN_SET, TB_CALL_COLUMN_NUMBER);
  gboolean ok;

  tb_test_texts_init (texts, test);
  if (texts->none)
    tb_int_set_add (node->set, TB_NUMBER_EMPTY, TB_NUMBER_EMPTY);
  add_country_codes (texts, node->set);
  ok = add_country_words (store, texts, node->set, error);
  tb_test_texts_clear (texts);
  if (ok)
    return tb_test_node_finish (node, negated);
  tb_test_node_free (node);
  return NULL;
}
