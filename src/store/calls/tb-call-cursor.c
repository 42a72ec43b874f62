/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-decode.h"
#include "tb-call-store.h"

/* Two walks in key order, over cdr and over rated, joined here: a join in SQL would look each rating up by itself. Calls of one second are
 * held back until all are there, to be given in order of uid. */

typedef struct
{
  TbDecodedCall call;
  TbRatedCall rated;
  guint32 invoice, import;
  gboolean frozen;
} Row;

struct _TbCallCursor
{
  char *tenant;
  TbStatement *calls, *rated;
  TbWords *words;
  TbTermsCache *terms;
  gboolean has_call, has_rated;
  GPtrArray *rows; /* of Row, those of the second at hand; kept for use again */
  guint n, at;
};

static char *
tenant_name (TbStore *store, guint32 id, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (store), "SELECT name FROM tenant WHERE id = $1", error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  tb_statement_bind_int (statement, 1, id);
  if (!tb_statement_step (statement, &has_row, error))
    return NULL;
  return g_strdup (has_row ? tb_statement_text (statement, 0) : "");
}

static TbStatement *
range_statement (TbStore *store, const char *sql, gint64 from, gint64 to, GError **error)
{
  TbStatement *statement = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (statement != NULL)
    {
      tb_statement_bind_int (statement, 1, from);
      tb_statement_bind_int (statement, 2, to);
    }
  return statement;
}

TbCallCursor *
tb_call_cursor_new (TbStore *store, guint32 tenant_id, gint64 from, gint64 to, GError **error)
{
  g_autoptr (TbCallCursor) self = g_new0 (TbCallCursor, 1);
  gint64 low = tb_call_id_base (tenant_id, CLAMP (from, 0, G_MAXUINT32));
  gint64 high = to <= 0 || to > G_MAXUINT32 ? tb_call_id_base (tenant_id + 1, 0) : tb_call_id_base (tenant_id, to);

  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->words = tb_words_new (store, error);
  self->terms = self->words == NULL ? NULL : tb_terms_cache_new (store, error);
  self->tenant = self->terms == NULL ? NULL : tenant_name (store, tenant_id, error);
  if (self->tenant == NULL)
    return NULL;
  self->calls = range_statement (store, "SELECT " TB_CDR_COLUMNS " FROM cdr c WHERE c.id >= $1 AND c.id < $2 ORDER BY c.id", low, high, error);
  if (self->calls == NULL)
    return NULL;
  self->rated = range_statement (store,
                                 "SELECT " TB_RATED_COLUMNS ", i.state FROM rated r LEFT JOIN invoice i ON i.id = r.invoice "
                                 "WHERE r.id >= $1 AND r.id < $2 ORDER BY r.id",
                                 low, high, error);
  if (self->rated == NULL || !tb_statement_step (self->calls, &self->has_call, error)
      || !tb_statement_step (self->rated, &self->has_rated, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
tb_call_cursor_free (TbCallCursor *self)
{
  if (self == NULL)
    return;
  tb_statement_free (self->calls);
  tb_statement_free (self->rated);
  tb_words_free (self->words);
  tb_terms_cache_free (self->terms);
  g_ptr_array_unref (self->rows);
  g_free (self->tenant);
  g_free (self);
}

static gboolean
read_rated (TbCallCursor *self, Row *row, GError **error)
{
  gint64 id = row->call.call.id;

  memset (&row->rated, 0, sizeof row->rated);
  row->invoice = 0;
  row->frozen = FALSE;
  while (self->has_rated && tb_statement_int (self->rated, 0) < id)
    if (!tb_statement_step (self->rated, &self->has_rated, error))
      return FALSE;
  if (!self->has_rated || tb_statement_int (self->rated, 0) != id)
    return TRUE;
  tb_decode_rated (self->rated, 0, self->words, self->terms, row->call.callee, &row->rated);
  row->invoice = (guint32) tb_statement_int (self->rated, 11);
  row->frozen = tb_statement_int (self->rated, TB_RATED_N_COLUMNS) == 1;
  return TRUE;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = *(const Row *const *) a, *y = *(const Row *const *) b;

  return strcmp (x->call.uid, y->call.uid);
}

static gboolean
read_second (TbCallCursor *self, GError **error)
{
  gint64 second = self->has_call ? tb_statement_int (self->calls, 0) >> TB_CALL_START_SHIFT : 0;

  self->n = self->at = 0;
  while (self->has_call && tb_statement_int (self->calls, 0) >> TB_CALL_START_SHIFT == second)
    {
      Row *row;

      if (self->n == self->rows->len)
        g_ptr_array_add (self->rows, g_new (Row, 1));
      row = self->rows->pdata[self->n++];
      tb_decode_call (self->calls, 0, self->words, &row->call);
      row->call.call.tenant = self->tenant;
      row->import = (guint32) tb_statement_int (self->calls, TB_CDR_N_COLUMNS - 1);
      if (!read_rated (self, row, error) || !tb_statement_step (self->calls, &self->has_call, error))
        return FALSE;
    }
  if (self->n > 1)
    qsort (self->rows->pdata, self->n, sizeof (gpointer), compare_rows);
  return TRUE;
}

gboolean
tb_call_cursor_next (TbCallCursor *self, const TbCall **ret_call, const TbRatedCall **ret_rated, guint32 *ret_invoice, GError **error)
{
  Row *row;

  if (self->at == self->n && (!self->has_call || !read_second (self, error)))
    return FALSE;
  row = self->rows->pdata[self->at++];
  *ret_call = &row->call.call;
  if (ret_rated != NULL)
    *ret_rated = &row->rated;
  if (ret_invoice != NULL)
    *ret_invoice = row->frozen ? row->invoice : 0;
  return TRUE;
}

guint32
tb_call_cursor_get_invoice (TbCallCursor *self)
{
  return ((Row *) self->rows->pdata[self->at - 1])->invoice;
}

guint32
tb_call_cursor_get_import (TbCallCursor *self)
{
  return ((Row *) self->rows->pdata[self->at - 1])->import;
}

/* By steps and not by min(): the engine would otherwise read on to the end of the range. */
gboolean
tb_call_store_first (TbStore *store, guint32 tenant_id, gint64 from, gint64 to, gboolean unrated, gint64 *ret, GError **error)
{
  g_autoptr (TbStatement) row = range_statement (
      store,
      unrated ? "SELECT c.id FROM cdr c LEFT JOIN rated r ON r.id = c.id WHERE c.id >= $1 AND c.id < $2 AND (r.id IS NULL OR r.status = 0 OR (r.status = 13 AND r.rate IS NOT NULL)) "
                "ORDER BY c.id LIMIT 1"
              : "SELECT c.id FROM cdr c WHERE c.id >= $1 AND c.id < $2 ORDER BY c.id LIMIT 1",
      tb_call_id_base (tenant_id, CLAMP (from, 0, G_MAXUINT32)),
      to > G_MAXUINT32 ? tb_call_id_base (tenant_id + 1, 0) : tb_call_id_base (tenant_id, MAX (to, 0)), error);
  gboolean has_row;

  if (row == NULL || !tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = has_row ? tb_call_id_start (tb_statement_int (row, 0)) : G_MAXINT64;
  return TRUE;
}
