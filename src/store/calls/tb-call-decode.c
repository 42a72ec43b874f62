/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-decode.h"

#include <string.h>

#include "tb-call-store.h"

static void
copy_word (TbWords *words, gint64 id, char ret[TB_CALL_MAX_TEXT + 1])
{
  ret[0] = '\0';
  if (id != 0)
    g_strlcpy (ret, tb_words_get (words, id), TB_CALL_MAX_TEXT + 1);
}

static void
copy_number (TbWords *words, gint64 value, char ret[TB_CALL_MAX_TEXT + 1])
{
  if (value >= 0)
    tb_words_unpack_number (words, value, ret);
  else
    g_strlcpy (ret, tb_words_get (words, -value), TB_CALL_MAX_TEXT + 1);
}

void
tb_decode_call (TbStatement *row, int first, TbWords *words, TbDecodedCall *ret)
{
  TbCall *call = &ret->call;
  gsize uid_len;
  const guint8 *uid = tb_statement_blob (row, first + 1, &uid_len);

  call->id = tb_statement_int (row, first);
  call->start = tb_call_id_start (call->id);
  tb_uid_decode (uid, uid_len, ret->uid);
  copy_word (words, tb_statement_int (row, first + 2), ret->extension);
  copy_number (words, tb_statement_int (row, first + 3), ret->caller);
  copy_number (words, tb_statement_int (row, first + 4), ret->callee);
  call->direction = (TbDirection) tb_statement_int (row, first + 5);
  call->ring = (gint32) tb_statement_int_or (row, first + 6, -1);
  call->seconds = (gint32) tb_statement_int (row, first + 7);
  copy_word (words, tb_statement_int (row, first + 8), ret->cause);
  call->duration = (gint32) (MAX (call->ring, 0) + call->seconds + tb_statement_int (row, first + 9));
  copy_number (words, tb_statement_int (row, first + 10), ret->did);
  copy_word (words, tb_statement_int (row, first + 11), ret->account);
  g_strlcpy (ret->name, tb_statement_text (row, first + 12), sizeof ret->name);

  call->uid = ret->uid;
  call->tenant = "";
  call->extension = ret->extension;
  call->caller = ret->caller;
  call->caller_name = ret->name;
  call->callee = ret->callee;
  call->did = ret->did;
  call->account_code = ret->account;
  call->cause = ret->cause;
}

/* ---- terms ---- */

struct _TbTermsCache
{
  TbStore *store;
  GHashTable *terms; /* id → TbRatingTerms */
};

TbTermsCache *
tb_terms_cache_new (TbStore *store, GError **error)
{
  TbTermsCache *self = g_new0 (TbTermsCache, 1);

  self->store = store;
  self->terms = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
tb_terms_cache_free (TbTermsCache *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->terms);
  g_free (self);
}

const TbRatingTerms *
tb_terms_cache_get (TbTermsCache *self, guint32 id)
{
  TbRatingTerms *terms = NULL;

  if (id == 0)
    return NULL;
  terms = g_hash_table_lookup (self->terms, GUINT_TO_POINTER (id));
  if (terms == NULL)
    {
      terms = tb_rating_terms_store_get (self->store, id, NULL);
      if (terms != NULL)
        g_hash_table_insert (self->terms, GUINT_TO_POINTER (id), terms);
    }
  return terms;
}

/* ---- rated ---- */

/* The digits of what was dialled: that is what the normalised number is in most calls, and then it is not stored. */
static void
digits_of (const char *text, char ret[TB_E164_BUFFER])
{
  guint n = 0;

  for (; *text != '\0' && n < TB_E164_BUFFER - 1; text++)
    if (g_ascii_isdigit (*text))
      ret[n++] = *text;
  ret[n] = '\0';
}

static void
decode_number (TbStatement *row, int column, TbWords *words, const char *callee, char ret[TB_E164_BUFFER])
{
  char buffer[TB_CALL_MAX_TEXT + 1];

  if (tb_statement_is_null (row, column))
    {
      digits_of (callee, ret);
      return;
    }
  copy_number (words, tb_statement_int (row, column), buffer);
  g_strlcpy (ret, buffer, TB_E164_BUFFER);
}

void
tb_decode_rated (TbStatement *row, int first, TbWords *words, TbTermsCache *terms, const char *callee, TbRatedCall *ret)
{
  const TbRatingTerms *of;

  memset (ret, 0, sizeof *ret);
  if (tb_statement_is_null (row, first))
    return;
  ret->status = (TbCallStatus) tb_statement_int (row, first + 1);
  ret->service_id = (guint32) tb_statement_int (row, first + 2);
  ret->rate_id = (guint32) tb_statement_int (row, first + 3);
  ret->cost_rate_id = (guint32) tb_statement_int (row, first + 4);
  ret->terms = (guint32) tb_statement_int (row, first + 5);
  ret->rule = (TbNumberRule) tb_statement_int (row, first + 6);
  ret->source = (TbRateSource) tb_statement_int (row, first + 7);
  ret->billed = tb_statement_int (row, first + 8);
  ret->charge = tb_statement_int (row, first + 9);
  ret->cost = tb_statement_int (row, first + 10);
  ret->free = tb_statement_int (row, first + 12);
  ret->client_id = (guint32) tb_statement_int (row, first + 13);
  decode_number (row, first + 14, words, callee, ret->number);

  of = tb_terms_cache_get (terms, ret->terms);
  if (of != NULL && (ret->status == TB_CALL_RATED || ret->status == TB_CALL_INCLUDED || ret->status == TB_CALL_GRACE))
    ret->currency = of->currency;
  if (of != NULL && ret->cost_rate_id != 0)
    ret->cost_currency = of->cost_currency;
}
