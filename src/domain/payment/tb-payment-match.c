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

GPtrArray *
tb_found_payer_fit (const TbFoundPayer *self, TbAmount amount)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->wanted->len && amount > 0; i++)
    {
      TbAllocation *part = g_memdup2 (self->wanted->pdata[i], sizeof *part);
      const TbOpenItem *item = tb_account_find (self->account, part->number);

      part->amount = MIN (item->open, amount);
      amount -= part->amount;
      g_ptr_array_add (wanted, part);
    }
  return wanted;
}

/* ---- numbers in texts ---- */

/* Letters and digits of a text, upper case, and for each whether a word begins with it. */
typedef struct
{
  GString *plain;
  GArray *begins; /* of gboolean */
} Text;

static void
text_clear (Text *self)
{
  g_string_free (self->plain, TRUE);
  g_array_unref (self->begins);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Text, text_clear)

static Text
text_of (const char *text)
{
  Text self = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (gboolean)) };
  gboolean begins = TRUE;

  for (; text != NULL && *text != '\0'; text++)
    {
      if (g_ascii_isalnum (*text))
        {
          g_string_append_c (self.plain, g_ascii_toupper (*text));
          g_array_append_val (self.begins, begins);
        }
      begins = !g_ascii_isalnum (*text);
    }
  return self;
}

/* A number that ends with a digit is not the beginning of a longer one, unless a new word follows. */
static gboolean
ends_at (const Text *self, gsize end)
{
  return end >= self->plain->len || g_array_index (self->begins, gboolean, end) || !g_ascii_isdigit (self->plain->str[end - 1])
         || !g_ascii_isdigit (self->plain->str[end]);
}

gboolean
tb_payment_names_number (const char *text, const char *number)
{
  g_auto (Text) where = text_of (text), what = text_of (number);

  for (gsize at = 0; what.plain->len >= NUMBER_MIN && at + what.plain->len <= where.plain->len; at++)
    if (g_array_index (where.begins, gboolean, at) && strncmp (where.plain->str + at, what.plain->str, what.plain->len) == 0
        && ends_at (&where, at + what.plain->len))
      return TRUE;
  return FALSE;
}

/* ---- who may pay ---- */

typedef struct
{
  TbAccount *account;
  TbOpenItem *item;
} Document;

struct _TbPayers
{
  GPtrArray *accounts;
  GHashTable *by_number; /* letters and digits of a number → Document */
  GHashTable *by_client; /* key → GPtrArray of TbAccount, borrowed */
  gsize longest;         /* of the numbers */
};

TbPayers *
tb_payers_new (GPtrArray *accounts)
{
  TbPayers *self = g_new0 (TbPayers, 1);

  self->accounts = g_ptr_array_ref (accounts);
  self->by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->by_client = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < accounts->len; i++)
    {
      TbAccount *account = accounts->pdata[i];
      GPtrArray *its = g_hash_table_lookup (self->by_client, account->client);

      if (its == NULL)
        g_hash_table_insert (self->by_client, account->client, its = g_ptr_array_new ());
      g_ptr_array_add (its, account);
      for (guint j = 0; j < account->items->len; j++)
        {
          TbOpenItem *item = account->items->pdata[j];
          g_auto (Text) number = text_of (item->number);
          Document document = { account, item };

          self->longest = MAX (self->longest, number.plain->len);
          if (number.plain->len >= NUMBER_MIN)
            g_hash_table_insert (self->by_number, g_strdup (number.plain->str), g_memdup2 (&document, sizeof document));
        }
    }
  return self;
}

void
tb_payers_free (TbPayers *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_number);
  g_hash_table_unref (self->by_client);
  g_ptr_array_unref (self->accounts);
  g_free (self);
}

TbAccount *
tb_payers_find (const TbPayers *self, const char *client, TbCurrency currency)
{
  const GPtrArray *its = g_hash_table_lookup (self->by_client, client);

  for (guint i = 0; its != NULL && i < its->len; i++)
    if (((TbAccount *) its->pdata[i])->currency == currency)
      return its->pdata[i];
  return NULL;
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

typedef struct
{
  TbFoundPayer *found;
  gboolean closed, several;
} Naming;

static gboolean
is_wanted (const TbFoundPayer *found, const TbOpenItem *item)
{
  for (guint i = 0; i < found->wanted->len; i++)
    if (((TbAllocation *) found->wanted->pdata[i])->invoice_id == item->id)
      return TRUE;
  return FALSE;
}

static void
name (Naming *self, const Document *document)
{
  TbFoundPayer *found = self->found;

  self->several = self->several || (found->account != NULL && found->account != document->account);
  found->account = document->account;
  if (document->item->open <= 0)
    self->closed = TRUE;
  else if (!is_wanted (found, document->item))
    want (found, document->item);
}

/* Every word of the text may begin a number, of which the longest counts. */
static void
find_in_text (const char *text, TbCurrency currency, const TbPayers *payers, Naming *naming)
{
  g_auto (Text) where = text_of (text);
  g_autoptr (GString) number = g_string_new (NULL);

  for (gsize at = 0; at < where.plain->len; at++)
    for (gsize len = MIN (payers->longest, where.plain->len - at); g_array_index (where.begins, gboolean, at) && len >= NUMBER_MIN; len--)
      {
        const Document *document;

        if (!ends_at (&where, at + len))
          continue;
        g_string_truncate (number, 0);
        g_string_append_len (number, where.plain->str + at, (gssize) len);
        document = g_hash_table_lookup (payers->by_number, number->str);
        if (document != NULL && document->account->currency == currency)
          {
            name (naming, document);
            break;
          }
      }
}

/* FALSE = it names no invoice at all. */
static gboolean
find_numbers (const TbPaymentHint *hint, const TbPayers *payers, TbFoundPayer *found)
{
  Naming naming = { .found = found };

  find_in_text (hint->reference, hint->amount.currency, payers, &naming);
  find_in_text (hint->text, hint->amount.currency, payers, &naming);
  found->kind = naming.several ? TB_FOUND_SEVERAL : found->wanted->len > 0 ? TB_FOUND_BY_NUMBER : naming.closed ? TB_FOUND_CLOSED : TB_FOUND_NOTHING;
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
tb_payment_match (const TbPaymentHint *hint, const TbPayers *payers)
{
  TbFoundPayer found = { .wanted = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (GHashTable) payer = words_of (hint->name);

  if (find_numbers (hint, payers, &found))
    return found;
  find_amount (hint, payers->accounts, TRUE, payer, &found);
  if (found.kind == TB_FOUND_NOTHING)
    find_amount (hint, payers->accounts, FALSE, payer, &found);
  return found;
}
