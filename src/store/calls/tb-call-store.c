/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-filter.h"
#include "tb-call-names.h"
#include "tb-error.h"

/* ---- tenants ---- */

void
tb_tenant_free (TbTenant *self)
{
  g_free (self->connection);
  g_free (self->name);
  g_free (self);
}

GPtrArray *
tb_tenant_store_list (TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) tenants = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_tenant_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT t.id, t.connection, n.name, t.name FROM tenant t JOIN connection n ON n.id = t.connection "
                                               "ORDER BY t.id",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  while (tb_statement_step (row, &has_row, error))
    {
      TbTenant *tenant;

      if (!has_row)
        return g_steal_pointer (&tenants);
      tenant = g_new0 (TbTenant, 1);
      tenant->id = (guint32) tb_statement_int (row, 0);
      tenant->connection_id = (guint32) tb_statement_int (row, 1);
      tenant->connection = tb_statement_dup_text (row, 2);
      tenant->name = tb_statement_dup_text (row, 3);
      g_ptr_array_add (tenants, tenant);
    }
  return NULL;
}

/* ---- calls that moved ---- */

#define MOVED "calls-moved"

gint64
tb_call_store_get_moved (TbStore *store)
{
  g_autofree char *text = tb_store_get_setting (store, MOVED);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : G_MAXINT64;
}

gboolean
tb_call_store_set_moved (TbStore *store, gint64 start, GError **error)
{
  g_autofree char *text = start != G_MAXINT64 ? g_strdup_printf ("%" G_GINT64_FORMAT, start) : NULL;

  return tb_store_set_setting (store, MOVED, text, error);
}

/* ---- one call ---- */

TbCallRow *
tb_call_row_copy (const TbCallRow *row)
{
  TbCallRow *copy = g_memdup2 (row, sizeof *row);
  const char **texts[] = { &copy->call.uid,  &copy->call.tenant, &copy->call.extension,    &copy->call.caller, &copy->call.caller_name,
                           &copy->call.callee, &copy->call.did,    &copy->call.account_code, &copy->call.cause };
  char **names[] = { &copy->connection, &copy->client, &copy->client_name, &copy->service, &copy->package,
                     &copy->prefix,     &copy->description, &copy->invoice };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i] != NULL ? *texts[i] : "");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    *names[i] = g_strdup (*names[i]);
  return copy;
}

void
tb_call_row_free (TbCallRow *self)
{
  const char *texts[9];

  if (self == NULL)
    return;
  memcpy (texts,
          ((const char *[]){ self->call.uid, self->call.tenant, self->call.extension, self->call.caller, self->call.caller_name, self->call.callee,
                             self->call.did, self->call.account_code, self->call.cause }),
          sizeof texts);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free ((char *) texts[i]);
  g_free (self->connection);
  g_free (self->client);
  g_free (self->client_name);
  g_free (self->service);
  g_free (self->package);
  g_free (self->prefix);
  g_free (self->description);
  g_free (self->invoice);
  g_free (self);
}

struct _TbCallRows
{
  TbWords *words;
  TbCallNames *names;
  TbTermsCache *terms;
  TbStatement *row;
  TbDecodedCall call;
  TbRatedCall rated;
  TbCallRow filled;
};

TbCallRows *
tb_call_rows_new (TbStore *store, GError **error)
{
  g_autoptr (TbCallRows) self = g_new0 (TbCallRows, 1);

  self->words = tb_words_new (store, error);
  self->names = self->words == NULL ? NULL : tb_call_names_new (store, error);
  self->terms = self->names == NULL ? NULL : tb_terms_cache_new (store, error);
  if (self->terms == NULL)
    return NULL;
  self->row = tb_db_prepare (tb_store_get_db (store),
                             "SELECT " TB_CDR_COLUMNS ", " TB_RATED_COLUMNS " FROM cdr c LEFT JOIN rated r ON r.id = c.id WHERE c.id = $1", error);
  return self->row != NULL ? g_steal_pointer (&self) : NULL;
}

void
tb_call_rows_free (TbCallRows *self)
{
  if (self == NULL)
    return;
  tb_words_free (self->words);
  tb_call_names_free (self->names);
  tb_terms_cache_free (self->terms);
  tb_statement_free (self->row);
  g_free (self);
}

const TbCallRow *
tb_call_rows_get (TbCallRows *self, gint64 call_id, GError **error)
{
  gboolean has_row;

  tb_statement_reset (self->row);
  tb_statement_bind_int (self->row, 1, call_id);
  if (!tb_statement_step (self->row, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("The call is no longer in the books."));
      return NULL;
    }
  tb_decode_call (self->row, 0, self->words, &self->call);
  tb_decode_rated (self->row, TB_CDR_N_COLUMNS, self->words, self->terms, self->call.callee, &self->rated);
  tb_call_names_fill (self->names, &self->call.call, &self->rated, (guint32) tb_statement_int (self->row, TB_CDR_N_COLUMNS + 11),
                      (guint32) tb_statement_int (self->row, TB_CDR_N_COLUMNS - 1), &self->filled);
  /* A reset lets the engine go: who shows rows holds no view of the books between two of them. */
  tb_statement_reset (self->row);
  return &self->filled;
}

TbCallRow *
tb_call_store_get (TbStore *store, gint64 call_id, GError **error)
{
  g_autoptr (TbCallRows) reader = tb_call_rows_new (store, error);
  const TbCallRow *row = reader != NULL ? tb_call_rows_get (reader, call_id, error) : NULL;

  return row != NULL ? tb_call_row_copy (row) : NULL;
}

/* No index on uid: ten million random keys would cost more than the whole import (DESIGN.md). One pass finds the few that are asked for. */
TbCallRow *
tb_call_store_find (TbStore *store, const char *uid, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id FROM cdr WHERE uid = $1", error);
  guint8 encoded[TB_CALL_UID_BUFFER];
  gboolean has_row;
  gint64 id;

  if (row == NULL)
    return NULL;
  tb_statement_bind_blob (row, 1, encoded, tb_uid_encode (uid, encoded));
  if (!tb_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no call “%s” in the books."), uid);
      return NULL;
    }
  id = tb_statement_int (row, 0);
  tb_statement_reset (row);
  return tb_call_store_get (store, id, error);
}

/* ---- all that match ---- */

static gboolean
wanted (const TbCallMatcher *matcher, const TbCall *call, const TbRatedCall *rated, guint32 invoice)
{
  const TbCallFilter *filter = matcher->filter;

  return (filter->direction == TB_DIRECTION_UNKNOWN || call->direction == filter->direction)
         && (filter->statuses == 0 || (filter->statuses & 1u << rated->status) != 0)
         && (matcher->client_id == 0 || rated->client_id == matcher->client_id)
         && (filter->invoice_id == 0 || invoice == filter->invoice_id) && (filter->uid == NULL || strcmp (filter->uid, call->uid) == 0)
         && tb_call_matcher_matches_rate (matcher, rated->rate_id, rated->cost_rate_id)
         && tb_call_matcher_matches_number (matcher, call->caller, call->callee)
         && tb_call_matcher_matches_prefix (matcher, rated->number, call->callee);
}

static gboolean
visit_tenant (TbStore *store, const TbTenant *tenant, const TbCallMatcher *matcher, TbCallNames *names, TbCallRowFunc func, gpointer data,
              GError **error)
{
  g_autoptr (TbCallCursor) cursor
      = tb_call_cursor_new (store, tenant->id, matcher->from, matcher->to == G_MAXINT64 ? 0 : matcher->to, error);
  g_autoptr (GError) failure = NULL;
  const TbCall *call;
  const TbRatedCall *rated;

  if (cursor == NULL)
    return FALSE;
  while (tb_call_cursor_next (cursor, &call, &rated, NULL, &failure))
    {
      guint32 invoice = tb_call_cursor_get_invoice (cursor);
      TbCallRow row;

      if (!wanted (matcher, call, rated, invoice))
        continue;
      tb_call_names_fill (names, call, rated, invoice, tb_call_cursor_get_import (cursor), &row);
      if (!func (&row, data, error))
        return FALSE;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* A filter with a tree is held against columns, not against whole rows: the few that match are read one by one. */
static gboolean
visit_found (TbStore *store, const TbCallFilter *filter, TbCallRowFunc func, gpointer data, GError **error)
{
  g_autoptr (GArray) ids = tb_call_store_list_ids (store, filter, TB_CALLS_BY_START, FALSE, NULL, error);
  g_autoptr (TbCallRows) reader = ids == NULL ? NULL : tb_call_rows_new (store, error);

  if (reader == NULL)
    return FALSE;
  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    {
      const TbCallRow *row = tb_call_rows_get (reader, g_array_index (ids, gint64, i), error);

      if (row == NULL || !func (row, data, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_call_store_foreach (TbStore *store, const TbCallFilter *filter, TbCallRowFunc func, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (TbCallNames) names = tenants == NULL ? NULL : tb_call_names_new (store, error);
  TbCallMatcher matcher;
  gboolean ok = TRUE;

  if (!tb_call_where_is_empty (filter->where))
    return visit_found (store, filter, func, data, error);
  if (names == NULL || !tb_call_matcher_init (&matcher, store, filter, error))
    return FALSE;
  for (guint i = 0; ok && i < tenants->len; i++)
    if (tb_call_matcher_wants_tenant (&matcher, tenants->pdata[i]))
      ok = visit_tenant (store, tenants->pdata[i], &matcher, names, func, data, error);
  tb_call_matcher_clear (&matcher);
  return ok;
}

typedef struct
{
  TbStatement *calls, *rated;
} StatusCount;

static void
bind_window (TbStatement *row, guint32 tenant, gint64 from, gint64 to)
{
  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, tb_call_id_base (tenant, CLAMP (from, 0, G_MAXUINT32)));
  tb_statement_bind_int (row, 2, to <= 0 || to > G_MAXUINT32 ? tb_call_id_base (tenant + 1, 0) : tb_call_id_base (tenant, to));
}

/* Counted here, and what has no rating by subtraction: a join with GROUP BY would look each rating up by itself and sort all of them, which
 * takes five times as long. */
static gboolean
count_tenant (const StatusCount *self, guint32 tenant, gint64 from, gint64 to, guint64 counts[TB_CALL_N_STATUS], GError **error)
{
  gboolean has_row;
  gint64 status;

  bind_window (self->calls, tenant, from, to);
  bind_window (self->rated, tenant, from, to);
  if (!tb_statement_step (self->calls, &has_row, error))
    return FALSE;
  counts[TB_CALL_UNRATED] += (guint64) tb_statement_int (self->calls, 0);
  while (tb_statement_step (self->rated, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      status = tb_statement_int (self->rated, 0);
      if (status > 0 && status < TB_CALL_N_STATUS)
        {
          counts[status]++;
          counts[TB_CALL_UNRATED]--;
        }
    }
  return FALSE;
}

gboolean
tb_call_store_count_statuses (TbStore *store, gint64 from, gint64 to, GHashTable *of, guint64 counts[TB_CALL_N_STATUS], GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (TbStatement) calls
      = tenants == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "SELECT count(*) FROM cdr WHERE id >= $1 AND id < $2", error);
  g_autoptr (TbStatement) rated
      = calls == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "SELECT status FROM rated WHERE id >= $1 AND id < $2", error);
  const StatusCount count = { calls, rated };

  memset (counts, 0, TB_CALL_N_STATUS * sizeof *counts);
  if (rated == NULL)
    return FALSE;
  for (guint i = 0; i < tenants->len; i++)
    {
      guint32 id = ((TbTenant *) tenants->pdata[i])->id;

      if ((of == NULL || g_hash_table_contains (of, GUINT_TO_POINTER (id))) && !count_tenant (&count, id, from, to, counts, error))
        return FALSE;
    }
  return TRUE;
}
