/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-test-private.h"
#include "tb-glob.h"

/* Capitals do not matter. */
char *
tb_test_fold (const char *text)
{
  return g_utf8_casefold (text, -1);
}

void
tb_test_texts_init (TbTestTexts *self, const TbCallWhere *test)
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
        g_ptr_array_add (self->patterns, tb_test_fold (value->text));
    }
}

void
tb_test_texts_clear (TbTestTexts *self)
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

gboolean
tb_test_texts_match (TbTestTexts *self, const char *text)
{
  int answer = GPOINTER_TO_INT (g_hash_table_lookup (self->answered, text));

  if (answer == 0)
    {
      g_autofree char *folded = tb_test_fold (text);

      answer = 1 + matches_one (self->patterns, folded);
      g_hash_table_insert (self->answered, g_strdup (text), GINT_TO_POINTER (answer));
    }
  return answer == 2;
}
