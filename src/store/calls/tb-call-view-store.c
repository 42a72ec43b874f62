/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-view-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-scan.h"
#include "tb-error.h"

static const char *const order_words[] = { "start", "charge", "seconds", "to", "from", "client", "service", "tenant", "destination", "status", "direction",
                                           "billed", "cost", "margin", "invoice", "ring" };

G_STATIC_ASSERT (G_N_ELEMENTS (order_words) == TB_CALLS_N_ORDERS);

void
tb_call_view_free (TbCallView *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->filter);
  g_free (self);
}

/* A word of a newer version is the usual order. */
static TbCallOrder
read_order (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (order_words); i++)
    if (strcmp (order_words[i], word) == 0)
      return i;
  return TB_CALLS_BY_START;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(const TbCallView *const *) a)->name, (*(const TbCallView *const *) b)->name);
}

GPtrArray *
tb_call_view_store_list (TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_call_view_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id, name, filter, sorting, descending FROM call_view", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  while (tb_statement_step (row, &has_row, error))
    {
      TbCallView *view;

      if (!has_row)
        {
          g_ptr_array_sort (views, compare_names);
          return g_steal_pointer (&views);
        }
      view = g_new0 (TbCallView, 1);
      *view = (TbCallView){ tb_statement_int (row, 0), tb_statement_dup_text (row, 1), tb_statement_dup_text (row, 2),
                            read_order (tb_statement_text (row, 3)), tb_statement_int (row, 4) != 0 };
      g_ptr_array_add (views, view);
    }
  return NULL;
}

gboolean
tb_call_view_store_put (TbStore *store, const TbCallView *view, GError **error)
{
  g_autoptr (TbCallWhere) where = tb_call_where_parse (view->filter, error);
  g_autoptr (TbStatement) row = NULL;

  if (where == NULL)
    return FALSE;
  if (view->name == NULL || *view->name == '\0' || strlen (view->name) > TB_CALL_MAX_TEXT)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("A view needs a short name."));
      return FALSE;
    }
  row = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO call_view (name, filter, sorting, descending) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO UPDATE SET "
                       "filter = excluded.filter, sorting = excluded.sorting, descending = excluded.descending",
                       error);
  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, view->name);
  tb_statement_bind_text (row, 2, view->filter);
  tb_statement_bind_text (row, 3, order_words[view->order]);
  tb_statement_bind_int (row, 4, view->descending);
  return tb_statement_run (row, error);
}

gboolean
tb_call_view_store_remove (TbStore *store, gint64 id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "DELETE FROM call_view WHERE id = $1", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, id);
  return tb_statement_run (row, error);
}

static gboolean
count_one (TbCallScan *scan, gint64 id, gpointer data, GError **error)
{
  (*(guint64 *) data)++;
  return TRUE;
}

gboolean
tb_call_store_count_matching (TbStore *store, const TbCallFilter *filter, guint64 *ret, GError **error)
{
  g_autoptr (TbCallScan) scan = tb_call_scan_new (store, filter, 0, error);
  guint64 n = 0;

  if (scan == NULL || !tb_call_scan_run (scan, 0, G_MAXINT64, count_one, &n, error))
    return FALSE;
  *ret = n;
  return TRUE;
}

typedef struct
{
  TbCallsMatching *matching;
  gint64 client; /* −1 before the first, −2 several */
} Describing;

static gboolean
describe_one (TbCallScan *scan, gint64 id, gpointer data, GError **error)
{
  Describing *self = data;
  gint64 client = tb_call_scan_get (scan, TB_CALL_COLUMN_CLIENT), start = tb_call_id_start (id);

  self->matching->first = self->matching->calls == 0 ? start : MIN (self->matching->first, start);
  self->matching->last = MAX (self->matching->last, start);
  self->matching->calls++;
  self->client = self->client == -1 || self->client == client ? client : -2;
  return TRUE;
}

static gboolean
name_client (TbStore *store, gint64 id, TbCallsMatching *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT key FROM client WHERE id = $1", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, id);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  g_strlcpy (ret->client, has_row ? tb_statement_text (row, 0) : "", sizeof ret->client);
  return TRUE;
}

gboolean
tb_call_store_describe_matching (TbStore *store, const TbCallFilter *filter, TbCallsMatching *ret, GError **error)
{
  g_autoptr (TbCallScan) scan = tb_call_scan_new (store, filter, TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_CLIENT), error);
  TbCallsMatching matching = { 0 };
  Describing describing = { &matching, -1 };

  if (scan == NULL || !tb_call_scan_run (scan, 0, G_MAXINT64, describe_one, &describing, error))
    return FALSE;
  if (describing.client > 0 && !name_client (store, describing.client, &matching, error))
    return FALSE;
  *ret = matching;
  return TRUE;
}
