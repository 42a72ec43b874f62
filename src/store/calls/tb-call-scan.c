/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-scan-private.h"

#include <string.h>

#include "tb-clock.h"
#include "tb-setup-store.h"

#define BIT TB_CALL_COLUMN_BIT

static gboolean
is_of_rated (TbCallColumn column)
{
  return column >= TB_CALL_COLUMN_STATUS;
}

/* ---- what stands in the filter beside its tree ---- */

static guint64
columns_of_filter (const TbCallFilter *filter)
{
  return (filter->direction != TB_DIRECTION_UNKNOWN ? BIT (TB_CALL_COLUMN_DIRECTION) : 0)
         | (filter->statuses != 0 ? BIT (TB_CALL_COLUMN_STATUS) : 0) | (filter->client != NULL ? BIT (TB_CALL_COLUMN_CLIENT) : 0)
         | (filter->invoice_id != 0 ? BIT (TB_CALL_COLUMN_INVOICE) : 0) | (filter->uid != NULL ? BIT (TB_CALL_COLUMN_UID) : 0)
         | (filter->rates != NULL || filter->cost_rates != NULL ? BIT (TB_CALL_COLUMN_RATE) | BIT (TB_CALL_COLUMN_COST_RATE) : 0)
         | (filter->number != NULL ? BIT (TB_CALL_COLUMN_CALLER) | BIT (TB_CALL_COLUMN_CALLEE) : 0)
         | (filter->prefix != NULL ? BIT (TB_CALL_COLUMN_CALLEE) | BIT (TB_CALL_COLUMN_NUMBER) : 0);
}

static void
digits_of (const char *text, char ret[TB_CALL_MAX_TEXT + 1])
{
  guint n = 0;

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      ret[n++] = *text;
  ret[n] = '\0';
}

/* A rating without a number of its own is of the callee's digits, which has the callee begin with the prefix but for signs between. */
static gboolean
prefix_matches (TbCallScan *self)
{
  char callee[TB_CALL_MAX_TEXT + 1], digits[TB_CALL_MAX_TEXT + 1], buffer[24];
  gint64 number = tb_call_scan_get (self, TB_CALL_COLUMN_NUMBER);

  g_strlcpy (callee, tb_words_unpack_number (self->words, tb_call_scan_get (self, TB_CALL_COLUMN_CALLEE), buffer), sizeof callee);
  if (number != tb_call_scan_get (self, TB_CALL_COLUMN_CALLEE))
    return tb_call_matcher_matches_prefix (&self->matcher, tb_words_unpack_number (self->words, number, buffer), callee);
  digits_of (callee, digits);
  return tb_call_matcher_matches_prefix (&self->matcher, digits, callee);
}

static gboolean
number_matches (TbCallScan *self)
{
  char caller[TB_CALL_MAX_TEXT + 1], buffer[24];

  g_strlcpy (caller, tb_words_unpack_number (self->words, tb_call_scan_get (self, TB_CALL_COLUMN_CALLER), buffer), sizeof caller);
  return tb_call_matcher_matches_number (&self->matcher, caller,
                                         tb_words_unpack_number (self->words, tb_call_scan_get (self, TB_CALL_COLUMN_CALLEE), buffer));
}

static gboolean
uid_matches (TbCallScan *self)
{
  TbStatement *row = tb_call_scan_get_row (self);
  gsize len = 0;
  const guint8 *uid = row != NULL ? tb_statement_blob (row, self->cdr.positions[TB_CALL_COLUMN_UID], &len) : NULL;

  return len == self->matcher.uid_len && memcmp (uid, self->matcher.uid, len) == 0;
}

static gboolean
row_matches (TbCallScan *self)
{
  const TbCallFilter *filter = self->matcher.filter;
  const TbCallValues values = { tb_call_scan_get_value, tb_call_scan_get_text, self };

  return (filter->direction == TB_DIRECTION_UNKNOWN || tb_call_scan_get (self, TB_CALL_COLUMN_DIRECTION) == (gint64) filter->direction)
         && (filter->statuses == 0 || (filter->statuses & 1u << tb_call_scan_get (self, TB_CALL_COLUMN_STATUS)) != 0)
         && (self->matcher.client_id == 0 || tb_call_scan_get (self, TB_CALL_COLUMN_CLIENT) == self->matcher.client_id)
         && (filter->invoice_id == 0 || tb_call_scan_get (self, TB_CALL_COLUMN_INVOICE) == filter->invoice_id)
         && ((filter->rates == NULL && filter->cost_rates == NULL)
             || tb_call_matcher_matches_rate (&self->matcher, (guint32) tb_call_scan_get (self, TB_CALL_COLUMN_RATE),
                                              (guint32) tb_call_scan_get (self, TB_CALL_COLUMN_COST_RATE)))
         && (self->matcher.uid_len == 0 || uid_matches (self)) && (filter->prefix == NULL || prefix_matches (self))
         && (self->matcher.number == NULL || number_matches (self)) && (self->test == NULL || tb_call_test_matches (self->test, self->words, &values));
}

/* ---- the statement ---- */

static void
append_int (GString *sql, guint64 value)
{
  g_string_append_printf (sql, "%" G_GUINT64_FORMAT, value);
}

/* What the older fields of the filter narrow is told to SQL too. Numbers only: nothing that a person wrote. */
static void
append_filter (TbCallScan *self, GString *sql)
{
  const TbCallFilter *filter = self->matcher.filter;

  if (!self->rated_first && filter->direction != TB_DIRECTION_UNKNOWN)
    append_int (g_string_append (sql, " AND c.direction = "), filter->direction);
  if (self->rated_first && self->matcher.client_id != 0)
    append_int (g_string_append (sql, " AND r.client = "), self->matcher.client_id);
  if (self->rated_first && filter->invoice_id != 0)
    append_int (g_string_append (sql, " AND r.invoice = "), filter->invoice_id);
  if (!self->rated_first || filter->statuses == 0)
    return;
  g_string_append (sql, " AND r.status IN (-1");
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if ((filter->statuses & 1u << i) != 0)
      append_int (g_string_append (sql, ", "), i);
  g_string_append_c (sql, ')');
}

static gboolean
prepare (TbCallScan *self, TbCallScanSide *side, guint64 columns, const char *where, GError **error)
{
  gboolean rated = side == &self->rated;
  char name = rated ? 'r' : 'c';
  g_autoptr (GString) sql = g_string_new (NULL);
  int n = 1;

  g_string_append_printf (sql, "SELECT %c.id", name);
  for (guint i = 0; i < TB_CALL_N_COLUMNS; i++)
    {
      side->positions[i] = -1;
      if ((columns & BIT (i)) == 0 || i <= TB_CALL_COLUMN_TENANT || i == TB_CALL_COLUMN_MARGIN || is_of_rated (i) != rated)
        continue;
      g_string_append_printf (sql, ", %s", tb_call_column_get_plain_sql (i));
      side->positions[i] = n++;
    }
  g_string_append_printf (sql, " FROM %s %c WHERE %c.id >= $1 AND %c.id < $2%s ORDER BY %c.id", rated ? "rated" : "cdr", name, name, name, where, name);
  side->row = tb_db_prepare (tb_store_get_db (self->store), sql->str, error);
  side->at = G_MININT64;
  return side->row != NULL;
}

static gboolean
prepare_both (TbCallScan *self, guint64 columns, GError **error)
{
  const TbCallFilter *filter = self->matcher.filter;
  g_autoptr (GString) where = g_string_new (NULL);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  TbCallScanSide *first;

  self->rated_first = self->matcher.client_id != 0 || filter->invoice_id != 0 || (filter->statuses != 0 && (filter->statuses & 1) == 0)
                      || (self->test != NULL && tb_call_test_needs_rating (self->test));
  first = self->rated_first ? &self->rated : &self->cdr;
  if (self->test != NULL)
    tb_call_test_append_sql (self->test, where, self->rated_first, 2, values);
  append_filter (self, where);
  if ((columns & BIT (TB_CALL_COLUMN_NUMBER)) != 0)
    columns |= BIT (TB_CALL_COLUMN_CALLEE);
  if (!prepare (self, &self->cdr, columns, first == &self->cdr ? where->str : "", error)
      || !prepare (self, &self->rated, columns, first == &self->rated ? where->str : "", error))
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    tb_statement_bind_int (first->row, (int) i + 3, g_array_index (values, gint64, i));
  return TRUE;
}

/* ---- making it ---- */

static gboolean
find_tenants (TbCallScan *self, GError **error)
{
  self->tenants = tb_tenant_store_list (self->store, error);
  if (self->tenants == NULL)
    return FALSE;
  for (guint i = self->tenants->len; i-- > 0;)
    {
      const TbTenant *tenant = self->tenants->pdata[i];

      if (!tb_call_matcher_wants_tenant (&self->matcher, tenant) || (self->test != NULL && !tb_call_test_wants_tenant (self->test, tenant->id)))
        g_ptr_array_remove_index (self->tenants, i);
    }
  return TRUE;
}

static gboolean
read_company (TbCallScan *self, GError **error)
{
  const char *zone;

  self->setup = tb_setup_store_load_money (self->store, error);
  if (self->setup == NULL)
    return FALSE;
  zone = self->setup->company != NULL ? self->setup->company->time_zone : NULL;
  self->zone = zone != NULL ? tb_zone_new (zone, NULL) : NULL;
  if (self->zone == NULL)
    self->zone = tb_zone_new_utc ();
  return TRUE;
}

TbCallScan *
tb_call_scan_new (TbStore *store, const TbCallFilter *filter, guint64 columns, GError **error)
{
  g_autoptr (TbCallScan) self = g_new0 (TbCallScan, 1);

  self->store = store;
  self->words = tb_words_new (store, error);
  self->terms = self->words != NULL ? tb_terms_cache_new (store, error) : NULL;
  if (self->terms == NULL || !read_company (self, error) || !tb_call_matcher_init (&self->matcher, store, filter, error))
    return NULL;
  self->has_matcher = TRUE;
  if (!tb_call_where_is_empty (filter->where))
    {
      self->test = tb_call_test_new (store, filter->where, tb_clock_now (), self->zone, error);
      if (self->test == NULL)
        return NULL;
      columns |= tb_call_test_get_columns (self->test);
    }
  if ((columns & BIT (TB_CALL_COLUMN_MARGIN)) != 0)
    columns |= TB_CALL_SCAN_MONEY;
  self->from = CLAMP (self->matcher.from, 0, G_MAXUINT32);
  self->to = CLAMP (self->matcher.to, 0, (gint64) G_MAXUINT32 + 1);
  if (self->test != NULL)
    tb_call_test_narrow_span (self->test, &self->from, &self->to);
  if (!find_tenants (self, error) || !prepare_both (self, columns | columns_of_filter (filter), error))
    return NULL;
  return g_steal_pointer (&self);
}

void
tb_call_scan_free (TbCallScan *self)
{
  if (self == NULL)
    return;
  tb_statement_free (self->cdr.row);
  tb_statement_free (self->rated.row);
  g_clear_error (&self->failure);
  tb_call_test_free (self->test);
  if (self->has_matcher)
    tb_call_matcher_clear (&self->matcher);
  g_clear_pointer (&self->tenants, g_ptr_array_unref);
  tb_words_free (self->words);
  tb_terms_cache_free (self->terms);
  g_clear_pointer (&self->setup, tb_setup_free);
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_free (self);
}

/* ---- running it ---- */

static gint64
key_at (guint32 tenant, gint64 start)
{
  return start > G_MAXUINT32 ? tb_call_id_base (tenant + 1, 0) : tb_call_id_base (tenant, start);
}

/* The first of a tenant's calls in the span, or the last one. */
static gboolean
get_end (TbCallScan *self, TbStatement *row, guint32 tenant, gint64 *ret, gboolean *ret_some, GError **error)
{
  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, key_at (tenant, self->from));
  tb_statement_bind_int (row, 2, key_at (tenant, self->to));
  if (!tb_statement_step (row, ret_some, error))
    return FALSE;
  if (*ret_some)
    *ret = tb_call_id_start (tb_statement_int (row, 0));
  tb_statement_reset (row);
  return TRUE;
}

gboolean
tb_call_scan_get_bounds (TbCallScan *self, gint64 *ret_first, gint64 *ret_last, gboolean *ret_some, GError **error)
{
  g_autoptr (TbStatement) first = tb_db_prepare (tb_store_get_db (self->store), "SELECT id FROM cdr WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 1", error);
  g_autoptr (TbStatement) last = first == NULL ? NULL : tb_db_prepare (tb_store_get_db (self->store), "SELECT id FROM cdr WHERE id >= $1 AND id < $2 ORDER BY id DESC LIMIT 1", error);
  gint64 least = G_MAXINT64, most = 0, start = 0;

  if (last == NULL)
    return FALSE;
  for (guint i = 0; self->from < self->to && i < self->tenants->len; i++)
    {
      guint32 tenant = ((TbTenant *) self->tenants->pdata[i])->id;
      gboolean some;

      if (!get_end (self, first, tenant, &start, &some, error))
        return FALSE;
      least = some ? MIN (least, start) : least;
      if (some && !get_end (self, last, tenant, &start, &some, error))
        return FALSE;
      most = some ? MAX (most, start) : most;
    }
  *ret_some = least != G_MAXINT64;
  *ret_first = least;
  *ret_last = most;
  return TRUE;
}

guint
tb_call_scan_get_n_tenants (TbCallScan *self)
{
  return self->tenants->len;
}

/* Of the other table's errors, of a cancel most often, is known only afterwards. */
static gboolean
look (TbCallScan *self, TbCallScanFunc func, gpointer data, GError **error)
{
  gboolean wanted = row_matches (self), ok = self->failure == NULL && (!wanted || func (self, self->id, data, error));

  if (self->failure != NULL)
    {
      if (error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  return ok;
}

static void
begin_range (TbCallScan *self, TbStatement *row, guint32 tenant, gint64 from, gint64 to)
{
  self->end = key_at (tenant, to);
  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, key_at (tenant, from));
  tb_statement_bind_int (row, 2, self->end);
  self->cdr.at = self->rated.at = G_MININT64;
}

gboolean
tb_call_scan_run_tenant (TbCallScan *self, guint n, gint64 from, gint64 to, TbCallScanFunc func, gpointer data, GError **error)
{
  TbStatement *row = self->rated_first ? self->rated.row : self->cdr.row;
  gboolean has_row;

  from = MAX (from, self->from);
  to = MIN (to, self->to);
  if (from >= to)
    return TRUE;
  begin_range (self, row, ((TbTenant *) self->tenants->pdata[n])->id, from, to);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      self->id = tb_statement_int (row, 0);
      self->n_rows++;
      if (look (self, func, data, error))
        continue;
      tb_statement_reset (row);
      return FALSE;
    }
  return FALSE;
}

gboolean
tb_call_scan_run (TbCallScan *self, gint64 from, gint64 to, TbCallScanFunc func, gpointer data, GError **error)
{
  for (guint i = 0; i < self->tenants->len; i++)
    if (!tb_call_scan_run_tenant (self, i, from, to, func, data, error))
      return FALSE;
  return TRUE;
}

guint64
tb_call_scan_get_n_rows (TbCallScan *self)
{
  return self->n_rows;
}

TbZone *
tb_call_scan_get_zone (TbCallScan *self)
{
  return self->zone;
}

const TbSetup *
tb_call_scan_get_setup (TbCallScan *self)
{
  return self->setup;
}
