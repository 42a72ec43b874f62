/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment-match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A number of fewer letters and digits is in too many texts. */
#define NUMBER_MIN 4
/* Words of a name that tell nobody from anybody. */
static const char *const forms[] = { "ltd", "limited", "inc", "incorporated", "llc", "llp", "gmbh", "ag", "kg", "ug", "co", "corp", "company", "sarl", "sa", "sas",
                                     "bv", "nv", "plc", "the", "und", "and", "et", "mr", "mrs", "ms", "herr", "frau", NULL };

static const struct
{
  const char *name, *title;
} kinds[] = {
  [TB_FOUND_NOTHING] = { "nothing", N_ ("Nothing tells whose it is.") },
  [TB_FOUND_BY_NUMBER] = { "number", N_ ("It names the invoice.") },
  [TB_FOUND_BY_NAME] = { "name", N_ ("Payer and amount fit.") },
  [TB_FOUND_CLOSED] = { "closed", N_ ("The invoice that it names has nothing open.") },
  [TB_FOUND_SEVERAL] = { "several", N_ ("It may be of several clients.") },
  [TB_FOUND_AMOUNT] = { "amount", N_ ("Only the amount fits.") },
};

const char *
tb_found_kind_to_string (TbFoundKind self)
{
  return kinds[self].name;
}

const char *
tb_found_kind_to_display (TbFoundKind self)
{
  return _(kinds[self].title);
}

gboolean
tb_found_kind_is_sure (TbFoundKind self)
{
  return self == TB_FOUND_BY_NUMBER || self == TB_FOUND_BY_NAME;
}

void
tb_found_payer_clear (TbFoundPayer *self)
{
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
}

/* ---- numbers in texts ---- */

/* From `at`, all of the number's letters and digits, with anything else between them. */
static gboolean
is_number_at (const char *at, const char *number)
{
  gboolean digit = FALSE;

  for (; *number != '\0'; number++)
    {
      if (!g_ascii_isalnum (*number))
        continue;
      while (*at != '\0' && !g_ascii_isalnum (*at))
        at++;
      if (g_ascii_toupper (*at) != g_ascii_toupper (*number))
        return FALSE;
      digit = g_ascii_isdigit (*at);
      at++;
    }
  return !(digit && g_ascii_isdigit (*at));
}

gboolean
tb_payment_names_number (const char *text, const char *number)
{
  guint length = 0;

  for (const char *c = number; *c != '\0'; c++)
    length += g_ascii_isalnum (*c);
  if (text == NULL || length < NUMBER_MIN)
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isalnum (*at) && (at == text || !g_ascii_isalnum (at[-1])) && is_number_at (at, number))
      return TRUE;
  return FALSE;
}

/* ---- names ---- */

static GHashTable *
words_of (const char *name)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) ascii = NULL, tokens = g_str_tokenize_and_fold (name != NULL ? name : "", NULL, &ascii);

  for (guint i = 0; tokens[i] != NULL; i++)
    if (!g_strv_contains (forms, tokens[i]) && g_utf8_strlen (tokens[i], -1) > 1)
      g_hash_table_add (words, g_strdup (tokens[i]));
  return words;
}

/* All words of the client's name are in the payer's. */
static gboolean
is_named (const TbAccount *account, GHashTable *payer)
{
  g_autoptr (GHashTable) words = words_of (account->name);
  GHashTableIter iter;
  gpointer word;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (!g_hash_table_contains (payer, word))
      return FALSE;
  return g_hash_table_size (words) > 0;
}

/* ---- finding ---- */

static void
want (TbFoundPayer *found, const TbOpenItem *item)
{
  TbAllocation *wanted = g_new0 (TbAllocation, 1);

  wanted->invoice_id = item->id;
  wanted->number = item->number;
  g_ptr_array_add (found->wanted, wanted);
}

/* FALSE = it names no invoice at all. */
static gboolean
find_numbers (const TbPaymentHint *hint, GPtrArray *accounts, TbFoundPayer *found)
{
  gboolean closed = FALSE, several = FALSE;

  for (guint i = 0; i < accounts->len; i++)
    {
      TbAccount *account = accounts->pdata[i];

      for (guint j = 0; account->currency == hint->amount.currency && j < account->items->len; j++)
        {
          const TbOpenItem *item = account->items->pdata[j];

          if (!tb_payment_names_number (hint->reference, item->number) && !tb_payment_names_number (hint->text, item->number))
            continue;
          several = several || (found->account != NULL && found->account != account);
          found->account = account;
          if (item->open > 0)
            want (found, item);
          else
            closed = TRUE;
        }
    }
  found->kind = several ? TB_FOUND_SEVERAL : found->wanted->len > 0 ? TB_FOUND_BY_NUMBER : closed ? TB_FOUND_CLOSED : TB_FOUND_NOTHING;
  return found->kind != TB_FOUND_NOTHING;
}

/* The only invoice with just that open, or NULL. */
static const TbOpenItem *
find_item (const TbAccount *account, TbAmount amount)
{
  const TbOpenItem *found = NULL;

  for (guint i = 0; i < account->items->len; i++)
    {
      const TbOpenItem *item = account->items->pdata[i];

      if (item->open == amount && found != NULL)
        return NULL;
      if (item->open == amount)
        found = item;
    }
  return found;
}

static void
find_amount (const TbPaymentHint *hint, GPtrArray *accounts, gboolean named, GHashTable *payer, TbFoundPayer *found)
{
  guint n = 0;

  for (guint i = 0; i < accounts->len; i++)
    {
      TbAccount *account = accounts->pdata[i];
      const TbOpenItem *item = account->currency == hint->amount.currency ? find_item (account, hint->amount.amount) : NULL;
      gboolean all = account->currency == hint->amount.currency && account->open == hint->amount.amount && account->open > 0;

      if ((item == NULL && !all) || (named && !is_named (account, payer)))
        continue;
      n++;
      found->account = account;
      g_ptr_array_set_size (found->wanted, 0);
      if (item != NULL)
        want (found, item);
    }
  found->kind = n > 1 ? TB_FOUND_SEVERAL : n == 1 ? named ? TB_FOUND_BY_NAME : TB_FOUND_AMOUNT : TB_FOUND_NOTHING;
}

TbFoundPayer
tb_payment_match (const TbPaymentHint *hint, GPtrArray *accounts)
{
  TbFoundPayer found = { .wanted = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (GHashTable) payer = words_of (hint->name);

  if (find_numbers (hint, accounts, &found))
    return found;
  find_amount (hint, accounts, TRUE, payer, &found);
  if (found.kind == TB_FOUND_NOTHING)
    find_amount (hint, accounts, FALSE, payer, &found);
  return found;
}
