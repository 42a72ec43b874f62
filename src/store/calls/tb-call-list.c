/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "tb-call-adder.h"
#include "tb-call-ranks.h"
#include "tb-error.h"
#include "tb-pair-sort.h"

/* Lists of calls. By start they come in spans of time, each read from all tenants and put in order, so that the first rows are there after some
 * milliseconds and no more than one span is ever sorted. By anything else there is no index to go along (one would cost more than the whole import,
 * schema/README.md): all are read, and sorted in runs. */

#define BIT TB_CALL_COLUMN_BIT
#define FIRST_SPAN 300          /* seconds */
#define SHORT_US 12000          /* a span that took less is doubled … */
#define LONG_US 50000           /* … more: halved */
#define FIRST_ROWS 300          /* what a window shows, and some */
#define PATIENCE_US 30000       /* for the first rows, when they are few */
#define TELL_US 100000          /* from then on */
#define BLOCK 32768             /* ids that are told at once */
#define ROWS_A_LOOK 8192        /* rows between two looks at the clock */

typedef struct
{
  TbStore *store;
  TbCallScan *scan;
  TbCallOrder order;
  gboolean descending;
  TbCallRanks ranks;
  GArray *span;  /* of gint64: by start, the calls of the span at hand, as (start, tenant, n) */
  GArray *spare; /* to sort them */
  GArray *found; /* of gint64: in order, not told yet */
  TbPairSort *sort;
  TbCallAdder adder;
  TbCallsFoundFunc func;
  gpointer data;
  double fraction;
  gint64 told; /* when, g_get_monotonic_time */
  gboolean told_some;
  guint64 looked;
} List;

/* ---- telling ---- */

static gboolean
tell (List *list, GError **error)
{
  TbCallsFound found = { (const gint64 *) list->found->data, list->found->len, &list->adder.sums, list->fraction };
  gboolean ok = tb_call_adder_finish (&list->adder, list->scan, error) && list->func (&found, list->data, error);

  list->told = g_get_monotonic_time ();
  list->told_some = list->told_some || list->found->len > 0;
  g_array_set_size (list->found, 0);
  return ok;
}

static gboolean
tell_when_due (List *list, GError **error)
{
  gint64 since = g_get_monotonic_time () - list->told;
  gboolean due = list->told_some ? since > TELL_US || list->found->len >= BLOCK : list->found->len >= FIRST_ROWS || since > PATIENCE_US;

  return !due || tell (list, error);
}

/* ---- by start ---- */

/* (start, tenant, n) in one number, and back: the order by start that one comparison tells. */
static gint64
by_start (gint64 id)
{
  return tb_call_id_start (id) << 31 | (gint64) tb_call_id_tenant (id) << TB_CALL_START_SHIFT | (id & (TB_CALL_PER_SECOND - 1));
}

static gint64
id_of (gint64 value)
{
  return tb_call_id_base ((guint32) (value >> TB_CALL_START_SHIFT & 0xffff), value >> 31) | (value & (TB_CALL_PER_SECOND - 1));
}

/* Bytes in which all are alike, most of a span's, are passed over. */
static void
sort_span (List *list)
{
  guint64 *values = (guint64 *) list->span->data, *other, differing = 0;
  guint n = list->span->len;

  for (guint i = 1; i < n; i++)
    differing |= values[i] ^ values[0];
  g_array_set_size (list->spare, n);
  for (guint shift = 0; shift < 64; shift += 8)
    {
      guint at[256] = { 0 }, sum = 0;
      GArray *swap = list->spare;

      if ((differing >> shift & 255) == 0)
        continue;
      values = (guint64 *) list->span->data;
      other = (guint64 *) list->spare->data;
      for (guint i = 0; i < n; i++)
        at[values[i] >> shift & 255]++;
      for (guint i = 0; i < 256; i++)
        {
          guint count = at[i];

          at[i] = sum;
          sum += count;
        }
      for (guint i = 0; i < n; i++)
        other[at[values[i] >> shift & 255]++] = values[i];
      list->spare = list->span;
      list->span = swap;
    }
}

static gboolean
add_to_span (TbCallScan *scan, gint64 id, gpointer data, GError **error)
{
  List *list = data;
  gint64 value = by_start (id);

  g_array_append_val (list->span, value);
  return tb_call_adder_add (&list->adder, scan, error);
}

static gboolean
read_span (List *list, gint64 from, gint64 to, GError **error)
{
  g_array_set_size (list->span, 0);
  if (!tb_call_scan_run (list->scan, from, to, add_to_span, list, error))
    return FALSE;
  sort_span (list);
  for (guint i = 0; i < list->span->len; i++)
    {
      gint64 id = id_of (g_array_index (list->span, gint64, list->descending ? list->span->len - 1 - i : i));

      g_array_append_val (list->found, id);
    }
  return TRUE;
}

static gboolean
list_by_start (List *list, GError **error)
{
  gint64 first, last, from, to, width = FIRST_SPAN;
  gboolean some;

  if (!tb_call_scan_get_bounds (list->scan, &first, &last, &some, error) || !some)
    return !some;
  from = first;
  to = last + 1;
  while (from < to)
    {
      gint64 step = MIN (width, to - from), began = g_get_monotonic_time (), took;

      if (!read_span (list, list->descending ? to - step : from, list->descending ? to : from + step, error))
        return FALSE;
      if (list->descending)
        to -= step;
      else
        from += step;
      list->fraction = 1 - (double) (to - from) / (double) (last + 1 - first);
      took = g_get_monotonic_time () - began;
      width = took < SHORT_US / 4 ? width * 4 : took < SHORT_US ? width * 2 : took > LONG_US ? MAX (width / 2, 1) : width;
      if (from < to && !tell_when_due (list, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- by anything else ---- */

static gboolean
add_to_sort (TbCallScan *scan, gint64 id, gpointer data, GError **error)
{
  List *list = data;
  gboolean known = TRUE;
  gint64 value;

  if (list->ranks.column == TB_CALL_COLUMN_MARGIN)
    value = tb_call_scan_get_margin (scan, &known);
  else
    value = tb_call_ranks_get (&list->ranks, tb_call_scan_get (scan, list->ranks.column));
  if (++list->looked % ROWS_A_LOOK == 0 && !tell_when_due (list, error))
    return FALSE;
  return tb_pair_sort_add (list->sort, known ? value : G_MININT64, id, error) && tb_call_adder_add (&list->adder, scan, error);
}

static gboolean
give_sorted (List *list, GError **error)
{
  gsize n;

  if (!tb_pair_sort_finish (list->sort, list->descending, error))
    return FALSE;
  do
    {
      g_array_set_size (list->found, BLOCK);
      if (!tb_pair_sort_next (list->sort, (gint64 *) list->found->data, BLOCK, &n, error))
        return FALSE;
      g_array_set_size (list->found, (guint) n);
      if (n == BLOCK && !tell (list, error))
        return FALSE;
    }
  while (n == BLOCK);
  return TRUE;
}

static gboolean
list_sorted (List *list, GError **error)
{
  guint n = tb_call_scan_get_n_tenants (list->scan);

  list->sort = tb_pair_sort_new ();
  list->told_some = TRUE; /* no hurry for rows that are not there */
  for (guint i = 0; i < n; i++)
    {
      list->fraction = 0.95 * i / n;
      if (!tb_call_scan_run_tenant (list->scan, i, 0, G_MAXINT64, add_to_sort, list, error) || !tell_when_due (list, error))
        return FALSE;
    }
  return give_sorted (list, error);
}

/* ---- both ---- */

static gboolean
list_all (List *list, GError **error)
{
  if (!(list->order == TB_CALLS_BY_START ? list_by_start (list, error) : list_sorted (list, error)))
    return FALSE;
  list->fraction = 1;
  return tell (list, error);
}

gboolean
tb_call_store_find_all (TbStore *store, const TbCallFilter *filter, TbCallOrder order, gboolean descending, TbCallsFoundFunc func, gpointer data,
                        GError **error)
{
  List list = { .store = store, .order = order, .descending = descending, .func = func, .data = data, .told = g_get_monotonic_time () };
  gboolean ok = tb_call_ranks_init (&list.ranks, store, order, error);

  tb_call_adder_init (&list.adder);
  list.span = g_array_new (FALSE, FALSE, sizeof (gint64));
  list.spare = g_array_new (FALSE, FALSE, sizeof (gint64));
  list.found = g_array_new (FALSE, FALSE, sizeof (gint64));
  list.scan = ok ? tb_call_scan_new (store, filter, TB_CALL_ADDER_COLUMNS | BIT (list.ranks.column), error) : NULL;
  ok = list.scan != NULL && list_all (&list, error);

  tb_call_scan_free (list.scan);
  tb_pair_sort_free (list.sort);
  tb_call_ranks_clear (&list.ranks);
  g_array_unref (list.span);
  g_array_unref (list.spare);
  g_array_unref (list.found);
  tb_call_adder_clear (&list.adder);
  return ok;
}

/* ---- as one array ---- */

typedef struct
{
  GArray *ids;
  TbCallSums *sums; /* or NULL */
} Collected;

static gboolean
collect (const TbCallsFound *found, gpointer data, GError **error)
{
  Collected *collected = data;

  g_array_append_vals (collected->ids, found->ids, (guint) found->n);
  if (found->fraction < 1 || collected->sums == NULL)
    return TRUE;
  *collected->sums = *found->sums;
  collected->sums->charges = g_array_copy (found->sums->charges);
  collected->sums->costs = g_array_copy (found->sums->costs);
  return TRUE;
}

GArray *
tb_call_store_list_ids (TbStore *store, const TbCallFilter *filter, TbCallOrder order, gboolean descending, TbCallSums *ret_sums, GError **error)
{
  Collected collected = { g_array_new (FALSE, FALSE, sizeof (gint64)), ret_sums };

  if (tb_call_store_find_all (store, filter, order, descending, collect, &collected, error))
    return collected.ids;
  g_array_unref (collected.ids);
  return NULL;
}

gboolean
tb_call_store_count (TbStore *store, guint64 *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT count(*) FROM cdr", error);
  gboolean has_row;

  if (row == NULL || !tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = (guint64) tb_statement_int (row, 0);
  return TRUE;
}
