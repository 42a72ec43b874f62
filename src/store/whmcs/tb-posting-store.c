/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-posting-store.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define SITE "whmcs_site"

char *
tb_posting_store_dup_site (TbStore *store, GError **error)
{
  char *site = NULL;
  gboolean own, ok = TRUE;

  if (!tb_store_join (store, &own, error))
    return NULL;
  site = tb_store_get_setting (store, SITE);
  if (site == NULL)
    {
      site = tb_posting_site_new ();
      ok = tb_store_set_setting (store, SITE, site, error);
    }
  if (!tb_store_leave (store, own, ok, error))
    g_clear_pointer (&site, g_free);
  return site;
}

/* ---- writing ---- */

static gboolean
add_move (TbStore *store, const TbPosting *posting, const char *text, gint64 now, GError **error)
{
  g_autoptr (TbStatement) add
      = tb_db_prepare (tb_store_get_db (store), "INSERT INTO posting_event (posting, time, state, step, text) VALUES ($1, $2, $3, $4, $5)", error);

  if (add == NULL)
    return FALSE;
  tb_statement_bind_int (add, 1, posting->id);
  tb_statement_bind_int (add, 2, now);
  tb_statement_bind_int (add, 3, posting->place.state);
  tb_statement_bind_int (add, 4, posting->place.step);
  tb_statement_bind_text (add, 5, text);
  return tb_statement_run (add, error);
}

static void
bind_place (TbStatement *row, int first, const TbPosting *posting, gint64 now)
{
  const TbPostingPlace *place = &posting->place;
  const gint64 values[] = { place->state, place->step, place->not_before, place->since, place->looks, place->failures, place->sends, place->at,
                            place->refused, posting->above, now };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    tb_statement_bind_int (row, first + (int) i, values[i]);
}

/* One of these was planned already, perhaps by another workstation a moment ago. */
static gboolean
check_new (TbStore *store, const TbPosting *posting, GPtrArray *postings, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id, part FROM posting WHERE document = $1 AND kind = $2", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, posting->document);
  tb_statement_bind_int (row, 2, posting->kind);
  while (tb_statement_step (row, &has_row, error))
    {
      gboolean among = FALSE;

      if (!has_row)
        return TRUE;
      for (guint i = 0; i < postings->len; i++)
        among |= ((TbPosting *) postings->pdata[i])->id == tb_statement_int (row, 0);
      /* parts of an invoice must not meet its whole; what else there is of one document has occasions of its own */
      if (among || (posting->kind != TB_POSTING_INVOICE && g_strcmp0 (tb_statement_text (row, 1), posting->part) != 0))
        continue;
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                   _("The %s %s of client %s is in the ledger already, as number %" PRId64 "."),
                   tb_posting_kind_to_string (posting->kind), posting->number != NULL ? posting->number : "", posting->client,
                   tb_statement_int (row, 0));
      return FALSE;
    }
  return FALSE;
}

static gboolean
add (TbStore *store, TbPosting *posting, gint64 now, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO posting (kind, client, document, part, marker, amount, currency, options, remote_id, created, state, "
                       "step, not_before, since, looks, failures, sends, present, refused, above, changed, version) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 0)",
                       error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, posting->kind);
  tb_statement_bind_int (row, 2, posting->client_id);
  tb_statement_bind_int_or_null (row, 3, posting->document, 0);
  tb_statement_bind_text (row, 4, posting->part);
  tb_statement_bind_text (row, 5, posting->marker);
  tb_statement_bind_int (row, 6, posting->amount.amount);
  tb_statement_bind_int (row, 7, posting->amount.currency);
  tb_statement_bind_int (row, 8, posting->options);
  tb_statement_bind_int_or_null (row, 9, posting->remote_id, 0);
  tb_statement_bind_int (row, 10, now);
  bind_place (row, 11, posting, now);
  if (!tb_statement_run (row, error))
    return FALSE;
  posting->id = (guint32) tb_db_last_insert_id (tb_store_get_db (store));
  posting->created = posting->changed = now;
  return add_move (store, posting, _("Planned."), now, error);
}

gboolean
tb_posting_store_add (TbStore *store, GPtrArray *postings, gint64 now, GError **error)
{
  gboolean own, ok = TRUE;

  if (!tb_store_join (store, &own, error))
    return FALSE;
  for (guint i = 0; ok && i < postings->len; i++)
    ok = (((TbPosting *) postings->pdata[i])->document == 0 || check_new (store, postings->pdata[i], postings, error))
         && add (store, postings->pdata[i], now, error);
  return tb_store_leave (store, own, ok, error);
}

static gboolean
move (TbStore *store, TbPosting *posting, const char *text, gint64 now, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "UPDATE posting SET state = $1, step = $2, not_before = $3, since = $4, looks = $5, failures = $6, sends = $7, "
                       "present = $8, refused = $9, above = $10, changed = $11, remote_id = $12, message = $13, version = version + 1 "
                       "WHERE id = $14 AND version = $15",
                       error);

  if (row == NULL)
    return FALSE;
  bind_place (row, 1, posting, now);
  tb_statement_bind_int_or_null (row, 12, posting->remote_id, 0);
  tb_statement_bind_text (row, 13, posting->message);
  tb_statement_bind_int (row, 14, posting->id);
  tb_statement_bind_int (row, 15, posting->version);
  if (!tb_statement_run (row, error))
    return FALSE;
  if (tb_db_changes (tb_store_get_db (store)) == 1)
    return add_move (store, posting, text, now, error);
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("Number %u of the ledger was moved by another workstation."), posting->id);
  return FALSE;
}

gboolean
tb_posting_store_move (TbStore *store, TbPosting *posting, const char *text, gint64 now, GError **error)
{
  gboolean own;

  if (!tb_store_join (store, &own, error) || !tb_store_leave (store, own, move (store, posting, text, now, error), error))
    return FALSE;
  posting->version++;
  posting->changed = now;
  return TRUE;
}

/* ---- reading ---- */

#define POSTINGS                                                                                                                           \
  "SELECT p.id, p.kind, p.client, c.key, p.document, i.number, p.part, p.marker, p.amount, p.currency, p.options, p.state, p.step, "       \
  "p.not_before, p.since, "                                                                                                                \
  "p.looks, p.failures, p.sends, p.present, p.refused, p.above, p.version, p.remote_id, p.message, p.created, p.changed "                  \
  "FROM posting p JOIN client c ON c.id = p.client LEFT JOIN invoice i ON i.id = p.document "

static void
read_place (TbStatement *row, TbPostingPlace *place)
{
  place->state = (TbPostingState) tb_statement_int (row, 11);
  place->step = (TbPostingStep) tb_statement_int (row, 12);
  place->not_before = tb_statement_int (row, 13);
  place->since = tb_statement_int (row, 14);
  place->looks = (guint) tb_statement_int (row, 15);
  place->failures = (guint) tb_statement_int (row, 16);
  place->sends = (guint) tb_statement_int (row, 17);
  place->at = tb_statement_int (row, 18);
  place->refused = tb_statement_int (row, 19) != 0;
}

static TbPosting *
from_row (TbStatement *row)
{
  TbPosting *self = g_new0 (TbPosting, 1);

  self->id = (guint32) tb_statement_int (row, 0);
  self->kind = (TbPostingKind) tb_statement_int (row, 1);
  self->client_id = (guint32) tb_statement_int (row, 2);
  self->client = tb_statement_dup_text (row, 3);
  self->document = (guint32) tb_statement_int (row, 4);
  self->number = tb_statement_dup_text (row, 5);
  self->part = tb_statement_dup_text (row, 6);
  self->marker = tb_statement_dup_text (row, 7);
  self->amount = (TbMoney){ tb_statement_int (row, 8), (TbCurrency) tb_statement_int (row, 9) };
  self->options = (guint) tb_statement_int (row, 10);
  read_place (row, &self->place);
  self->above = tb_statement_int (row, 20);
  self->version = (guint32) tb_statement_int (row, 21);
  self->remote_id = tb_statement_int (row, 22);
  self->message = tb_statement_dup_text (row, 23);
  self->created = tb_statement_int (row, 24);
  self->changed = tb_statement_int (row, 25);
  return self;
}

/* Takes `row`, bound. */
static GPtrArray *
read_all (TbStatement *row, GError **error)
{
  g_autoptr (TbStatement) owned = row;
  g_autoptr (GPtrArray) postings = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_posting_free);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&postings);
      g_ptr_array_add (postings, from_row (row));
    }
  return NULL;
}

GPtrArray *
tb_posting_store_list (TbStore *store, const TbPostingFilter *filter, GError **error)
{
  TbStatement *row
      = tb_db_prepare (tb_store_get_db (store),
                       POSTINGS "WHERE p.state BETWEEN $1 AND $2 AND ($3 IS NULL OR c.key = $3) AND ($4 IS NULL OR p.document = $4) "
                                "ORDER BY p.id",
                       error);
  gboolean one = filter != NULL && filter->state >= 0;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, one ? filter->state : TB_POSTING_READY);
  tb_statement_bind_int (row, 2, one ? filter->state : filter != NULL && filter->open ? TB_POSTING_UNKNOWN : TB_POSTING_PARKED);
  tb_statement_bind_text (row, 3, filter != NULL ? filter->client : NULL);
  tb_statement_bind_int_or_null (row, 4, filter != NULL ? filter->document : 0, 0);
  return read_all (row, error);
}

TbPosting *
tb_posting_store_get (TbStore *store, guint32 id, GError **error)
{
  TbStatement *row = tb_db_prepare (tb_store_get_db (store), POSTINGS "WHERE p.id = $1", error);
  g_autoptr (GPtrArray) found = NULL;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, id);
  found = read_all (row, error);
  if (found == NULL)
    return NULL;
  if (found->len > 0)
    return g_ptr_array_steal_index (found, 0);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no number %u in the ledger."), id);
  return NULL;
}

GPtrArray *
tb_posting_store_list_left_drafts (TbStore *store, const char *client, GError **error)
{
  TbStatement *row = tb_db_prepare (tb_store_get_db (store),
                                    POSTINGS "WHERE p.kind = $1 AND p.state = $2 AND (p.options & $3) = $3 AND p.remote_id IS NOT NULL AND ($4 IS NULL OR c.key = $4) "
                                             "AND NOT EXISTS (SELECT 1 FROM posting o WHERE o.kind = $5 AND o.document = p.document AND o.part = p.part) ORDER BY p.id",
                                    error);

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, TB_POSTING_INVOICE);
  tb_statement_bind_int (row, 2, TB_POSTING_DONE);
  tb_statement_bind_int (row, 3, TB_POSTING_AS_DRAFT | TB_POSTING_APPLY_PAID);
  tb_statement_bind_text (row, 4, client);
  tb_statement_bind_int (row, 5, TB_POSTING_APPLY);
  return read_all (row, error);
}

gboolean
tb_posting_store_find (TbStore *store, TbPostingKind kind, guint32 document, const char *part, TbPosting **ret, GError **error)
{
  TbStatement *row = tb_db_prepare (tb_store_get_db (store), POSTINGS "WHERE p.kind = $1 AND p.document = $2 AND p.part = $3", error);
  g_autoptr (GPtrArray) found = NULL;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, kind);
  tb_statement_bind_int (row, 2, document);
  tb_statement_bind_text (row, 3, part);
  found = read_all (row, error);
  if (found == NULL)
    return FALSE;
  *ret = found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
  return TRUE;
}

gboolean
tb_posting_store_has_part (TbStore *store, TbPostingKind kind, const char *part, gboolean *ret, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT 1 FROM posting WHERE kind = $1 AND (part = $2 OR part LIKE $3 OR part LIKE $4) LIMIT 1", error);
  g_autofree char *longer = g_strconcat (part, " %", NULL), *again = g_strconcat (part, "/%", NULL);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, kind);
  tb_statement_bind_text (row, 2, part);
  tb_statement_bind_text (row, 3, longer);
  tb_statement_bind_text (row, 4, again);
  return tb_statement_step (row, ret, error);
}

GArray *
tb_posting_store_list_documents (TbStore *store, const char *client, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT i.id FROM invoice i JOIN client c ON c.id = i.client WHERE ($1 IS NULL OR c.key = $1) "
                                               "AND ((i.state = 1 AND NOT EXISTS (SELECT 1 FROM posting p WHERE p.document = i.id)) "
                                               "OR (i.state = 2 AND EXISTS (SELECT 1 FROM posting p WHERE p.document = i.id))) "
                                               "ORDER BY i.year, i.month, i.id",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, client);
  while (tb_statement_step (row, &has_row, error))
    {
      guint32 id = has_row ? (guint32) tb_statement_int (row, 0) : 0;

      if (!has_row)
        return g_steal_pointer (&ids);
      g_array_append_val (ids, id);
    }
  return NULL;
}

gboolean
tb_posting_store_sum_month (
    TbStore *store, guint32 client_id, TbCurrency currency, int year, int month, gboolean *ret_known, TbAmount *ret, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT count(*), coalesce(sum(total), 0) FROM invoice WHERE client = $1 AND currency = $2 AND year = $3 "
                       "AND month = $4 AND state = 1 AND kind = 0",
                       error);
  const gint64 values[] = { client_id, currency, year, month };
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    tb_statement_bind_int (row, (int) i + 1, values[i]);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret_known = has_row && tb_statement_int (row, 0) > 0;
  *ret = tb_statement_int (row, 1);
  return TRUE;
}

gboolean
tb_posting_store_count (TbStore *store, guint64 counts[TB_POSTING_PARKED + 1], GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT state, count(*) FROM posting GROUP BY state", error);
  gboolean has_row;

  for (guint i = 0; i <= TB_POSTING_PARKED; i++)
    counts[i] = 0;
  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      counts[tb_statement_int (row, 0)] = (guint64) tb_statement_int (row, 1);
    }
  return FALSE;
}

void
tb_posting_move_free (TbPostingMove *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

GPtrArray *
tb_posting_store_list_moves (TbStore *store, guint32 id, GError **error)
{
  g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_posting_move_free);
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT time, state, step, text FROM posting_event WHERE posting = $1 ORDER BY id", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, id);
  while (tb_statement_step (row, &has_row, error))
    {
      TbPostingMove *move;

      if (!has_row)
        return g_steal_pointer (&moves);
      move = g_new (TbPostingMove, 1);
      *move = (TbPostingMove){ tb_statement_int (row, 0), (TbPostingState) tb_statement_int (row, 1), (TbPostingStep) tb_statement_int (row, 2),
                               tb_statement_dup_text (row, 3) };
      g_ptr_array_add (moves, move);
    }
  return NULL;
}

/* ---- clients ---- */

gboolean
tb_posting_store_set_client (TbStore *store, guint32 client_id, gint64 whmcs_id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "UPDATE client SET whmcs_id = $1 WHERE id = $2 AND whmcs_id IN (0, $1) "
                                               "AND NOT EXISTS (SELECT 1 FROM client o WHERE o.whmcs_id = $1 AND o.id <> $2)",
                                               error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, whmcs_id);
  tb_statement_bind_int (row, 2, client_id);
  if (!tb_statement_run (row, error))
    return FALSE;
  if (tb_db_changes (tb_store_get_db (store)) == 1)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
               _("The client at WHMCS with the id %" PRId64 " belongs to another client of these books."), whmcs_id);
  return FALSE;
}
