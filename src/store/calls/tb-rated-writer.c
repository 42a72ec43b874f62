/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-codec.h"
#include "tb-call-store.h"
#include "tb-error.h"
#include "tb-served-store.h"

/* ---- terms ---- */

#define TERMS_COLUMNS                                                                                                                          \
  "package, tariff_currency, currency, cost_currency, markup, markup_connect_fee, surcharge, rounding, decimals, cost_rounding, cost_decimals, "  \
  "initial, next, minimum, grace, connect_fee, exchange_from, exchange_to, tier_rate, pool_fee"
#define N_TERMS 20 /* and the text of the pieces */

static void
terms_to_columns (const TbRatingTerms *terms, gint64 columns[N_TERMS])
{
  const gint64 values[N_TERMS] = { terms->package_id,
                                   terms->tariff_currency,
                                   terms->currency,
                                   terms->cost_currency,
                                   terms->markup,
                                   terms->markup_connect_fee,
                                   terms->surcharge,
                                   terms->rounding.mode,
                                   terms->rounding.decimals,
                                   terms->cost_rounding.mode,
                                   terms->cost_rounding.decimals,
                                   terms->initial,
                                   terms->next,
                                   terms->minimum,
                                   terms->grace,
                                   terms->connect_fee,
                                   terms->exchange_from,
                                   terms->exchange_to,
                                   terms->tier_rate,
                                   terms->pool_fee };

  memcpy (columns, values, sizeof values);
}

/* One block with its text, so that g_free frees both. */
static TbRatingTerms *
terms_from_row (TbStatement *row)
{
  const char *pieces = tb_statement_text (row, N_TERMS);
  gsize length = strlen (pieces) + 1;
  TbRatingTerms *terms = g_malloc0 (sizeof *terms + length);

  if (*pieces != '\0')
    terms->pieces = memcpy (terms + 1, pieces, length);
  terms->package_id = (guint32) tb_statement_int (row, 0);
  terms->tariff_currency = (TbCurrency) tb_statement_int (row, 1);
  terms->currency = (TbCurrency) tb_statement_int (row, 2);
  terms->cost_currency = (TbCurrency) tb_statement_int (row, 3);
  terms->markup = tb_statement_int (row, 4);
  terms->markup_connect_fee = tb_statement_int (row, 5) != 0;
  terms->surcharge = tb_statement_int (row, 6);
  terms->rounding = (TbRounding){ (TbRoundingMode) tb_statement_int (row, 7), (guint8) tb_statement_int (row, 8) };
  terms->cost_rounding = (TbRounding){ (TbRoundingMode) tb_statement_int (row, 9), (guint8) tb_statement_int (row, 10) };
  terms->initial = (gint32) tb_statement_int (row, 11);
  terms->next = (gint32) tb_statement_int (row, 12);
  terms->minimum = (gint32) tb_statement_int (row, 13);
  terms->grace = (gint32) tb_statement_int (row, 14);
  terms->connect_fee = tb_statement_int_or (row, 15, TB_DECIMAL_NONE);
  terms->exchange_from = tb_statement_int (row, 16);
  terms->exchange_to = tb_statement_int (row, 17);
  terms->tier_rate = tb_statement_int_or (row, 18, TB_DECIMAL_NONE);
  terms->pool_fee = tb_statement_int_or (row, 19, TB_DECIMAL_NONE);
  return terms;
}

TbRatingTerms *
tb_rating_terms_store_get (TbStore *store, guint32 terms_id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT " TERMS_COLUMNS ", pieces FROM terms WHERE id = $1", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, terms_id);
  if (!tb_statement_step (row, &has_row, error))
    return NULL;
  if (has_row)
    return terms_from_row (row);
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The books miss the terms %u of a rated call."), terms_id);
  return NULL;
}

/* Equal terms share one row: the text of all values is its key. */
static gboolean
store_terms (TbStore *store, const TbRatingTerms *terms, gint64 *ret, GError **error)
{
  g_autoptr (TbStatement) find = tb_db_prepare (tb_store_get_db (store), "SELECT id FROM terms WHERE content = $1", error);
  g_autoptr (TbStatement) add = NULL;
  g_autoptr (GString) content = g_string_new (NULL);
  gint64 columns[N_TERMS];
  gboolean has_row;

  terms_to_columns (terms, columns);
  for (guint i = 0; i < N_TERMS; i++)
    g_string_append_printf (content, "%" G_GINT64_FORMAT ";", columns[i]);
  g_string_append (content, terms->pieces != NULL ? terms->pieces : "");
  if (find == NULL)
    return FALSE;
  tb_statement_bind_text (find, 1, content->str);
  if (!tb_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *ret = tb_statement_int (find, 0);
      return TRUE;
    }

  add = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO terms (" TERMS_COLUMNS ", content, pieces) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
                       "$16, $17, $18, $19, $20, $21, $22)",
                       error);
  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < N_TERMS; i++)
    tb_statement_bind_int_or_null (add, (int) i + 1, columns[i], TB_DECIMAL_NONE);
  tb_statement_bind_text (add, N_TERMS + 1, content->str);
  tb_statement_bind_text (add, N_TERMS + 2, terms->pieces);
  if (!tb_statement_run (add, error))
    return FALSE;
  *ret = tb_db_last_insert_id (tb_store_get_db (store));
  return TRUE;
}

/* ---- rated calls ---- */

struct _TbRatedWriter
{
  TbStore *store;
  TbRating *rating;
  TbWords *words;
  TbStatement *put;
  TbServedWriter *served;
  GArray *terms; /* of gint64: stored id by the rating's index, 0 = not stored yet */
};

/* A call on an approved invoice never changes; the update then touches no row. EXISTS looks for the one invoice, where IN would list all drafts
 * anew for every call. */
#define PUT                                                                                                                                    \
  "INSERT INTO rated (id, status, service, rate, cost_rate, terms, rule, source, billed, charge, cost, free, client, number) "                  \
  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (id) DO UPDATE SET status = excluded.status, "               \
  "service = excluded.service, rate = excluded.rate, cost_rate = excluded.cost_rate, terms = excluded.terms, rule = excluded.rule, "            \
  "source = excluded.source, billed = excluded.billed, charge = excluded.charge, cost = excluded.cost, free = excluded.free, "                  \
  "client = excluded.client, number = excluded.number "                                                                                        \
  "WHERE rated.invoice IS NULL OR EXISTS (SELECT 1 FROM invoice WHERE invoice.id = rated.invoice AND invoice.state = 0)"

TbRatedWriter *
tb_rated_writer_new (TbStore *store, TbRating *rating, GError **error)
{
  g_autoptr (TbRatedWriter) self = g_new0 (TbRatedWriter, 1);

  self->store = store;
  self->rating = rating;
  self->terms = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->words = tb_words_new (store, error);
  self->served = self->words == NULL ? NULL : tb_served_writer_new (store, error);
  self->put = self->served == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), PUT, error);
  return self->put != NULL ? g_steal_pointer (&self) : NULL;
}

void
tb_rated_writer_free (TbRatedWriter *self)
{
  if (self == NULL)
    return;
  tb_statement_free (self->put);
  tb_served_writer_free (self->served);
  tb_words_free (self->words);
  g_array_unref (self->terms);
  g_free (self);
}

static gboolean
terms_id (TbRatedWriter *self, guint32 terms, gint64 *ret, GError **error)
{
  gint64 *slot;

  *ret = 0;
  if (terms == 0)
    return TRUE;
  if (terms > self->terms->len)
    g_array_set_size (self->terms, terms);
  slot = &g_array_index (self->terms, gint64, terms - 1);
  if (*slot == 0)
    {
      if (!store_terms (self->store, tb_rating_get_terms (self->rating, terms - 1), slot, error))
        return FALSE;
      tb_rating_forget_terms (self->rating, terms - 1);
    }
  *ret = *slot;
  return TRUE;
}

/* NULL when the number is what the callee's digits are. */
static gboolean
bind_number (TbRatedWriter *self, const char *callee, const char *number, GError **error)
{
  const char *at = number;
  gint64 packed;

  for (; *callee != '\0'; callee++)
    if (g_ascii_isdigit (*callee))
      {
        if (*callee != *at)
          break;
        at++;
      }
  if (*callee == '\0' && *at == '\0')
    {
      tb_statement_bind_null (self->put, 14);
      return TRUE;
    }
  if (!tb_words_pack_number (self->words, number, &packed, error))
    return FALSE;
  tb_statement_bind_int (self->put, 14, packed);
  return TRUE;
}

gboolean
tb_rated_writer_put (TbRatedWriter *self, gint64 call_id, const char *callee, const TbRatedCall *rated, GError **error)
{
  gint64 terms;

  if (!terms_id (self, rated->terms, &terms, error) || !bind_number (self, callee, rated->number, error)
      || !tb_served_writer_note (self->served, rated->service_id, rated->client_id, tb_call_id_tenant (call_id), error))
    return FALSE;
  tb_statement_bind_int (self->put, 1, call_id);
  tb_statement_bind_int (self->put, 2, rated->status);
  tb_statement_bind_int_or_null (self->put, 3, rated->service_id, 0);
  tb_statement_bind_int_or_null (self->put, 4, rated->rate_id, 0);
  tb_statement_bind_int_or_null (self->put, 5, rated->cost_rate_id, 0);
  tb_statement_bind_int_or_null (self->put, 6, terms, 0);
  tb_statement_bind_int_or_null (self->put, 7, rated->rule, 0);
  tb_statement_bind_int_or_null (self->put, 8, rated->source, 0);
  tb_statement_bind_int_or_null (self->put, 9, rated->billed, 0);
  tb_statement_bind_int_or_null (self->put, 10, rated->charge, 0);
  tb_statement_bind_int_or_null (self->put, 11, rated->cost, 0);
  tb_statement_bind_int_or_null (self->put, 12, rated->free, 0);
  tb_statement_bind_int_or_null (self->put, 13, rated->client_id, 0);
  if (!tb_statement_run (self->put, error))
    return FALSE;
  if (tb_db_changes (tb_store_get_db (self->store)) == 1)
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT, _("The call is on an approved invoice and cannot be rated again."));
  return FALSE;
}
