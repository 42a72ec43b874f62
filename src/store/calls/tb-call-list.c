/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "tb-call-filter.h"
#include "tb-money.h"

/* Lists of calls: one pass over the key ranges of the tenants asked for, 8 bytes a call kept (16 while sorting by a value). */

typedef struct
{
  gint64 id, key;
} Entry;

typedef struct
{
  TbCallMatcher matcher;
  TbCallOrder order;
  TbWords *words;
  TbTermsCache *terms;
  GArray *entries; /* of Entry */
  TbCallSums sums;
} List;

/* Columns: id, uid, caller, callee, direction, seconds, status, client, invoice, terms, billed, charge, cost, cost_rate, rate, number. */
#define LIST_SQL                                                                                                                               \
  "SELECT c.id, c.uid, c.caller, c.callee, c.direction, c.seconds, r.status, r.client, r.invoice, r.terms, r.billed, r.charge, r.cost, "         \
  "r.cost_rate, r.rate, r.number FROM cdr c LEFT JOIN rated r ON r.id = c.id WHERE c.id >= $1 AND c.id < $2"

/* A rating without a number of its own is of the callee's digits, which has the callee begin with the prefix but for signs between. */
static gboolean
prefix_matches (const List *list, TbStatement *row)
{
  char callee[TB_CALL_MAX_TEXT + 1], digits[TB_CALL_MAX_TEXT + 1], buffer[24];
  guint n = 0;

  if (list->matcher.filter->prefix == NULL)
    return TRUE;
  g_strlcpy (callee, tb_words_unpack_number (list->words, tb_statement_int (row, 3), buffer), sizeof callee);
  if (!tb_statement_is_null (row, 15))
    return tb_call_matcher_matches_prefix (&list->matcher, tb_words_unpack_number (list->words, tb_statement_int (row, 15), buffer), callee);
  for (const char *at = callee; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      digits[n++] = *at;
  digits[n] = '\0';
  return tb_call_matcher_matches_prefix (&list->matcher, digits, callee);
}

static gboolean
row_matches (const List *list, TbStatement *row)
{
  const TbCallFilter *filter = list->matcher.filter;
  char caller[TB_CALL_MAX_TEXT + 1], buffer[24];
  gsize len;
  const guint8 *uid;

  if ((filter->direction != TB_DIRECTION_UNKNOWN && tb_statement_int (row, 4) != (gint64) filter->direction)
      || (filter->statuses != 0 && (filter->statuses & 1u << tb_statement_int (row, 6)) == 0)
      || (list->matcher.client_id != 0 && tb_statement_int (row, 7) != list->matcher.client_id)
      || (filter->invoice_id != 0 && tb_statement_int (row, 8) != filter->invoice_id)
      || !tb_call_matcher_matches_rate (&list->matcher, (guint32) tb_statement_int (row, 14), (guint32) tb_statement_int (row, 13)))
    return FALSE;
  if (list->matcher.uid_len > 0)
    {
      uid = tb_statement_blob (row, 1, &len);
      if (len != list->matcher.uid_len || memcmp (uid, list->matcher.uid, len) != 0)
        return FALSE;
    }
  if (!prefix_matches (list, row))
    return FALSE;
  if (list->matcher.number == NULL)
    return TRUE;
  g_strlcpy (caller, tb_words_unpack_number (list->words, tb_statement_int (row, 2), buffer), sizeof caller);
  return tb_call_matcher_matches_number (&list->matcher, caller, tb_words_unpack_number (list->words, tb_statement_int (row, 3), buffer));
}

static gboolean
add_row (List *list, TbStatement *row, GError **error)
{
  Entry entry = { tb_statement_int (row, 0), 0 };
  const TbRatingTerms *terms = tb_terms_cache_get (list->terms, (guint32) tb_statement_int (row, 9));

  switch (list->order)
    {
    case TB_CALLS_BY_CHARGE:
      entry.key = tb_statement_int (row, 11);
      break;
    case TB_CALLS_BY_SECONDS:
      entry.key = tb_statement_int (row, 5);
      break;
    case TB_CALLS_BY_CALLEE:
      entry.key = tb_statement_int (row, 3);
      break;
    case TB_CALLS_BY_START:
    default:
      entry.key = tb_call_id_start (entry.id);
      break;
    }
  g_array_append_val (list->entries, entry);
  list->sums.calls++;
  list->sums.answered += tb_statement_int (row, 5) > 0;
  list->sums.seconds += tb_statement_int (row, 5);
  list->sums.billed += tb_statement_int (row, 10);
  if (terms == NULL)
    return TRUE;
  if (tb_statement_int (row, 11) != 0 && !tb_money_add_to (list->sums.charges, (TbMoney){ tb_statement_int (row, 11), terms->currency }, error))
    return FALSE;
  return tb_statement_int (row, 13) == 0 || tb_money_add_to (list->sums.costs, (TbMoney){ tb_statement_int (row, 12), terms->cost_currency }, error);
}

static gboolean
list_tenant (List *list, TbStatement *rows, const TbTenant *tenant, GError **error)
{
  gboolean has_row;

  tb_statement_reset (rows);
  tb_statement_bind_int (rows, 1, tb_call_id_base (tenant->id, CLAMP (list->matcher.from, 0, G_MAXUINT32)));
  tb_statement_bind_int (rows, 2, list->matcher.to > G_MAXUINT32 ? tb_call_id_base (tenant->id + 1, 0) : tb_call_id_base (tenant->id, list->matcher.to));
  while (tb_statement_step (rows, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (row_matches (list, rows) && !add_row (list, rows, error))
        return FALSE;
    }
  return FALSE;
}

static int
compare_entries (const void *a, const void *b)
{
  const Entry *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

static GArray *
sorted_ids (GArray *entries, gboolean descending)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), entries->len);

  if (entries->len > 0)
    qsort (entries->data, entries->len, sizeof (Entry), compare_entries);
  for (guint i = 0; i < entries->len; i++)
    g_array_append_val (ids, g_array_index (entries, Entry, descending ? entries->len - 1 - i : i).id);
  return ids;
}

static gboolean
list_all (List *list, TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (TbStatement) rows = tenants == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), LIST_SQL, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < tenants->len; i++)
    if (tb_call_matcher_wants_tenant (&list->matcher, tenants->pdata[i]) && !list_tenant (list, rows, tenants->pdata[i], error))
      return FALSE;
  return TRUE;
}

GArray *
tb_call_store_list_ids (TbStore *store, const TbCallFilter *filter, TbCallOrder order, gboolean descending, TbCallSums *ret_sums, GError **error)
{
  List list = { .order = order };
  GArray *ids = NULL;

  list.entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  list.sums.charges = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  list.sums.costs = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  list.words = tb_words_new (store, error);
  list.terms = tb_terms_cache_new (store, error);
  if (list.words != NULL && tb_call_matcher_init (&list.matcher, store, filter, error) && list_all (&list, store, error))
    ids = sorted_ids (list.entries, descending);

  if (ids != NULL && ret_sums != NULL)
    *ret_sums = list.sums;
  else
    tb_call_sums_clear (&list.sums);
  g_array_unref (list.entries);
  tb_words_free (list.words);
  tb_terms_cache_free (list.terms);
  tb_call_matcher_clear (&list.matcher);
  return ids;
}
