/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "tb-call-codec.h"
#include "tb-call-decode.h"
#include "tb-invoice-store.h"

/* The itemised list: ranges of rows that carry the invoice's id. */

#define CALLS_SQL                                                                                                                              \
  "SELECT " TB_CDR_COLUMNS ", " TB_RATED_COLUMNS ", s.key, t.description FROM rated r JOIN cdr c ON c.id = r.id "                               \
  "LEFT JOIN service s ON s.id = r.service LEFT JOIN rate t ON t.id = r.rate WHERE r.id >= $1 AND r.id <= $2 AND r.invoice = $3 "                \
  "AND r.service = $4 ORDER BY r.id"

typedef struct
{
  TbWords *words;
  TbTermsCache *terms;
  TbStatement *rows;
  GPtrArray *calls;
} Reader;

static TbInvoiceCall *
call_from_row (const Reader *reader, gint64 period_from)
{
  TbInvoiceCall *item = tb_invoice_call_new ();
  TbDecodedCall call;
  TbRatedCall rated;

  tb_decode_call (reader->rows, 0, reader->words, &call);
  tb_decode_rated (reader->rows, TB_CDR_N_COLUMNS, reader->words, reader->terms, call.callee, &rated);
  item->start = call.call.start;
  item->inbound = rated.source == TB_RATE_SOURCE_INBOUND;
  item->caller = g_strdup (*call.extension != '\0' && !item->inbound ? call.extension : call.caller);
  item->number = g_strdup (*rated.number != '\0' ? rated.number : call.callee);
  item->seconds = call.call.seconds;
  item->billed = rated.billed;
  item->free = rated.free;
  item->charge = rated.charge;
  item->late = call.call.start < period_from;
  item->service = tb_statement_dup_text (reader->rows, TB_CDR_N_COLUMNS + TB_RATED_N_COLUMNS);
  item->description = tb_statement_dup_text (reader->rows, TB_CDR_N_COLUMNS + TB_RATED_N_COLUMNS + 1);
  return item;
}

static gboolean
read_range (Reader *reader, guint32 invoice, TbStatement *range, GError **error)
{
  gboolean has_row;

  tb_statement_reset (reader->rows);
  tb_statement_bind_int (reader->rows, 1, tb_statement_int (range, 0));
  tb_statement_bind_int (reader->rows, 2, tb_statement_int (range, 1));
  tb_statement_bind_int (reader->rows, 3, invoice);
  tb_statement_bind_int (reader->rows, 4, tb_statement_int (range, 2));
  while (tb_statement_step (reader->rows, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      g_ptr_array_add (reader->calls, call_from_row (reader, tb_statement_int (range, 3)));
    }
  return FALSE;
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const TbInvoiceCall *x = *(const TbInvoiceCall *const *) a, *y = *(const TbInvoiceCall *const *) b;
  int order = g_strcmp0 (x->service, y->service);

  if (order != 0)
    return order;
  return x->start < y->start ? -1 : x->start > y->start;
}

static gboolean
read_ranges (Reader *reader, TbStore *store, guint32 invoice, GError **error)
{
  g_autoptr (TbStatement) range = tb_db_prepare (
      tb_store_get_db (store), "SELECT first, last, service, period_from FROM invoice_range WHERE invoice = $1 AND first <= last ORDER BY id", error);
  gboolean has_row;

  if (range == NULL)
    return FALSE;
  tb_statement_bind_int (range, 1, invoice);
  while (tb_statement_step (range, &has_row, error))
    if (!has_row)
      return TRUE;
    else if (!read_range (reader, invoice, range, error))
      return FALSE;
  return FALSE;
}

GPtrArray *
tb_invoice_store_list_calls (TbStore *store, guint32 id, GError **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_call_free);
  g_autoptr (TbWords) words = tb_words_new (store, error);
  g_autoptr (TbTermsCache) terms = tb_terms_cache_new (store, error);
  g_autoptr (TbStatement) rows = words == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), CALLS_SQL, error);
  Reader reader = { words, terms, rows, calls };

  if (rows == NULL || !read_ranges (&reader, store, id, error))
    return NULL;
  g_ptr_array_sort (calls, compare_calls); /* stable: rows come in order of key */
  return g_steal_pointer (&calls);
}
