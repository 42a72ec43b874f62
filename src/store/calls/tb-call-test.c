/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-test-private.h"
#include "tb-glob.h"
#include "tb-served-store.h"

/* Sets of more ranges than that are told to SQL by their ends alone; what lies between is found out by the set. */
#define MAX_SQL_RANGES 24
/* Beyond so many clients or services it is not worth asking where each has calls. */
#define MAX_SERVED 64

/* NULL in a row is 0 (RING: −1), in the books and here. */
static const struct { const char *plain, *sql; } columns_sql[] = {
  [TB_CALL_COLUMN_START] = { NULL, "(id >> 15 & 4294967295)" },
  [TB_CALL_COLUMN_TENANT] = { NULL, "(id >> 47)" },
  [TB_CALL_COLUMN_EXTENSION] = { "c.extension", "coalesce(c.extension, 0)" },
  [TB_CALL_COLUMN_CALLER] = { "c.caller", "coalesce(c.caller, 0)" },
  [TB_CALL_COLUMN_CALLEE] = { "c.callee", "coalesce(c.callee, 0)" },
  [TB_CALL_COLUMN_DID] = { "c.did", "coalesce(c.did, 0)" },
  [TB_CALL_COLUMN_DIRECTION] = { "c.direction", "c.direction" },
  [TB_CALL_COLUMN_RING] = { "c.ring", "coalesce(c.ring, -1)" },
  [TB_CALL_COLUMN_SECONDS] = { "c.seconds", "c.seconds" },
  [TB_CALL_COLUMN_CAUSE] = { "c.cause", "coalesce(c.cause, 0)" },
  [TB_CALL_COLUMN_ACCOUNT] = { "c.account", "coalesce(c.account, 0)" },
  [TB_CALL_COLUMN_IMPORT] = { "c.import", "c.import" },
  [TB_CALL_COLUMN_UID] = { "c.uid", NULL },
  [TB_CALL_COLUMN_NAME] = { "c.caller_name", NULL },
  [TB_CALL_COLUMN_STATUS] = { "r.status", "r.status" },
  [TB_CALL_COLUMN_SERVICE] = { "r.service", "coalesce(r.service, 0)" },
  [TB_CALL_COLUMN_CLIENT] = { "r.client", "coalesce(r.client, 0)" },
  [TB_CALL_COLUMN_RATE] = { "r.rate", "coalesce(r.rate, 0)" },
  [TB_CALL_COLUMN_COST_RATE] = { "r.cost_rate", "coalesce(r.cost_rate, 0)" },
  [TB_CALL_COLUMN_TERMS] = { "r.terms", "coalesce(r.terms, 0)" },
  [TB_CALL_COLUMN_SOURCE] = { "r.source", "coalesce(r.source, 0)" },
  [TB_CALL_COLUMN_BILLED] = { "r.billed", "coalesce(r.billed, 0)" },
  [TB_CALL_COLUMN_FREE] = { "r.free", "coalesce(r.free, 0)" },
  [TB_CALL_COLUMN_CHARGE] = { "r.charge", "coalesce(r.charge, 0)" },
  [TB_CALL_COLUMN_COST] = { "r.cost", "coalesce(r.cost, 0)" },
  [TB_CALL_COLUMN_INVOICE] = { "r.invoice", "coalesce(r.invoice, 0)" },
  [TB_CALL_COLUMN_NUMBER] = { "r.number", NULL }, /* of both tables */
  [TB_CALL_COLUMN_MARGIN] = { NULL, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (columns_sql) == TB_CALL_N_COLUMNS);

const char *
tb_call_column_get_plain_sql (TbCallColumn self)
{
  return columns_sql[self].plain;
}

/* ---- making it ---- */

/* "Not" goes down: not (a and b) is (not a) or (not b). */
static TbTestNode *
compile (TbStore *store, const TbCallWhere *where, gboolean negated, gint64 now, TbZone *zone, GError **error)
{
  TbTestNode *node;

  if (where->kind == TB_WHERE_TEST)
    return tb_test_node_compile (store, where, negated, now, zone, error);
  if (where->kind == TB_WHERE_NOT)
    return compile (store, where->parts->pdata[0], !negated, now, zone, error);
  node = tb_test_node_new ((where->kind == TB_WHERE_ALL) != negated ? TB_TEST_ALL : TB_TEST_ANY, TB_CALL_COLUMN_START);
  for (guint i = 0; i < where->parts->len; i++)
    {
      TbTestNode *part = compile (store, where->parts->pdata[i], negated, now, zone, error);

      if (part == NULL)
        {
          tb_test_node_free (node);
          return NULL;
        }
      g_ptr_array_add (node->parts, part);
    }
  return node;
}

static guint64
columns_of (const TbTestNode *node)
{
  guint64 columns = 0;

  if (node->parts == NULL)
    return TB_CALL_COLUMN_BIT (node->column);
  for (guint i = 0; i < node->parts->len; i++)
    columns |= columns_of (node->parts->pdata[i]);
  return columns;
}

/* Ids of a set that is small and has not 0 in it: who has none is served nowhere. */
static GHashTable *
small_set (TbIntSet *set)
{
  const TbIntRange *ranges = tb_int_set_get_ranges (set);
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < tb_int_set_get_n_ranges (set); i++)
    {
      if (ranges[i].low <= 0 || ranges[i].high > G_MAXUINT32 || ranges[i].high - ranges[i].low >= MAX_SERVED)
        return NULL;
      for (gint64 id = ranges[i].low; id <= ranges[i].high; id++)
        g_hash_table_add (ids, GUINT_TO_POINTER ((guint32) id));
    }
  return g_hash_table_size (ids) <= MAX_SERVED ? g_steal_pointer (&ids) : NULL;
}

static GHashTable *
tenants_of_clients (TbStore *store, GHashTable *clients, GError **error)
{
  g_autoptr (GHashTable) all = g_hash_table_new (NULL, NULL);
  GHashTableIter clients_at, tenants_at;
  gpointer client, tenant;

  g_hash_table_iter_init (&clients_at, clients);
  while (g_hash_table_iter_next (&clients_at, &client, NULL))
    {
      g_autoptr (GHashTable) some = tb_served_store_list_by_client (store, GPOINTER_TO_UINT (client), error);

      if (some == NULL)
        return NULL;
      g_hash_table_iter_init (&tenants_at, some);
      while (g_hash_table_iter_next (&tenants_at, &tenant, NULL))
        g_hash_table_add (all, tenant);
    }
  return g_steal_pointer (&all);
}

/* Only the first such test: the others are asked of each call. */
static gboolean
find_served (TbCallTest *self, TbStore *store, GError **error)
{
  for (guint i = 0; i < self->root->parts->len; i++)
    {
      const TbTestNode *node = self->root->parts->pdata[i];
      gboolean of_clients = node->column == TB_CALL_COLUMN_CLIENT;
      g_autoptr (GHashTable) ids = NULL;

      if (node->kind != TB_TEST_IN_SET || (!of_clients && node->column != TB_CALL_COLUMN_SERVICE))
        continue;
      ids = small_set (node->set);
      if (ids == NULL)
        continue;
      self->served = of_clients ? tenants_of_clients (store, ids, error) : tb_served_store_list_by_services (store, ids, error);
      return self->served != NULL;
    }
  return TRUE;
}

TbCallTest *
tb_call_test_new (TbStore *store, const TbCallWhere *where, gint64 now, TbZone *zone, GError **error)
{
  g_autoptr (TbCallTest) self = g_new0 (TbCallTest, 1);
  TbTestNode *node = compile (store, where, FALSE, now, zone, error);

  if (node == NULL)
    return NULL;
  if (node->kind == TB_TEST_ALL)
    self->root = node;
  else
    {
      self->root = tb_test_node_new (TB_TEST_ALL, TB_CALL_COLUMN_START);
      g_ptr_array_add (self->root->parts, node);
    }
  self->columns = columns_of (self->root);
  return find_served (self, store, error) ? g_steal_pointer (&self) : NULL;
}

void
tb_call_test_free (TbCallTest *self)
{
  if (self == NULL)
    return;
  tb_test_node_free (self->root);
  g_clear_pointer (&self->served, g_hash_table_unref);
  g_free (self);
}

/* ---- asking it ---- */

static gboolean
is_like (const TbTestNode *node, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < node->patterns->len; i++)
    if (tb_glob_matches (node->patterns->pdata[i], folded))
      return TRUE;
  return FALSE;
}

/* Digits need no folding. */
static gboolean
is_number_like (const TbTestNode *node, gint64 number, TbWords *words)
{
  char buffer[24];
  const char *text;

  if (number <= 0)
    return tb_int_set_has (node->set, number);
  text = tb_words_unpack_number (words, number, buffer);
  for (guint i = 0; i < node->patterns->len; i++)
    if (tb_glob_matches (node->patterns->pdata[i], text) || (*text == '+' && tb_glob_matches (node->patterns->pdata[i], text + 1)))
      return TRUE;
  return FALSE;
}

static gboolean
matches (const TbTestNode *node, TbWords *words, const TbCallValues *values)
{
  gboolean known = TRUE, wanted = node->kind == TB_TEST_ALL;
  gint64 value;

  if (node->parts != NULL)
    {
      for (guint i = 0; i < node->parts->len; i++)
        if (matches (node->parts->pdata[i], words, values) != wanted)
          return !wanted;
      return wanted;
    }
  if (node->column == TB_CALL_COLUMN_UID || node->column == TB_CALL_COLUMN_NAME)
    return is_like (node, values->get_text (node->column, values->data)) != node->negated;
  value = values->get_int (node->column, values->data, &known);
  if (!known)
    return node->unknown;
  return node->kind == TB_TEST_IN_SET ? tb_int_set_has (node->set, value) : is_number_like (node, value, words) != node->negated;
}

gboolean
tb_call_test_matches (TbCallTest *self, TbWords *words, const TbCallValues *values)
{
  return matches (self->root, words, values);
}

guint64
tb_call_test_get_columns (TbCallTest *self)
{
  return self->columns;
}

/* ---- what of it shows in the keys ---- */

void
tb_call_test_narrow_span (TbCallTest *self, gint64 *from, gint64 *to)
{
  for (guint i = 0; i < self->root->parts->len; i++)
    {
      const TbTestNode *node = self->root->parts->pdata[i];
      guint n = node->kind == TB_TEST_IN_SET && node->column == TB_CALL_COLUMN_START ? tb_int_set_get_n_ranges (node->set) : 0;
      const TbIntRange *ranges = n > 0 ? tb_int_set_get_ranges (node->set) : NULL;

      if (node->kind != TB_TEST_IN_SET || node->column != TB_CALL_COLUMN_START)
        continue;
      *from = n > 0 ? MAX (*from, ranges[0].low) : G_MAXINT64;
      *to = n == 0 ? 0 : ranges[n - 1].high == G_MAXINT64 ? *to : MIN (*to, ranges[n - 1].high + 1);
    }
}

gboolean
tb_call_test_wants_tenant (TbCallTest *self, guint32 tenant)
{
  if (self->served != NULL && !g_hash_table_contains (self->served, GUINT_TO_POINTER (tenant)))
    return FALSE;
  for (guint i = 0; i < self->root->parts->len; i++)
    {
      const TbTestNode *node = self->root->parts->pdata[i];

      if (node->kind == TB_TEST_IN_SET && node->column == TB_CALL_COLUMN_TENANT && !tb_int_set_has (node->set, tenant))
        return FALSE;
    }
  return TRUE;
}

/* ---- as SQL ---- */

static void
append_range (GString *sql, const char *column, TbIntRange range, guint *n, GArray *values)
{
  if (range.low > G_MININT64 && range.low == range.high)
    g_string_append_printf (sql, "%s = $%u", column, ++*n);
  else if (range.low > G_MININT64 && range.high < G_MAXINT64)
    {
      g_string_append_printf (sql, "%s BETWEEN $%u AND $%u", column, *n + 1, *n + 2);
      *n += 2;
    }
  else
    g_string_append_printf (sql, "%s %s $%u", column, range.low > G_MININT64 ? ">=" : "<=", ++*n);
  if (range.low > G_MININT64)
    g_array_append_val (values, range.low);
  if (range.high < G_MAXINT64 && range.high != range.low)
    g_array_append_val (values, range.high);
}

/* FALSE when SQL is told nothing of it. */
static gboolean
append_set (GString *sql, const TbTestNode *node, guint *n, GArray *values)
{
  guint n_ranges = tb_int_set_get_n_ranges (node->set);
  const TbIntRange *ranges = tb_int_set_get_ranges (node->set);
  TbIntRange whole;

  if (n_ranges == 0)
    {
      g_string_append (sql, "1 = 0");
      return TRUE;
    }
  whole = (TbIntRange){ ranges[0].low, ranges[n_ranges - 1].high };
  if (n_ranges > MAX_SQL_RANGES || (whole.low == G_MININT64 && whole.high == G_MAXINT64 && n_ranges == 1))
    {
      n_ranges = 1;
      ranges = &whole;
    }
  if (ranges[0].low == G_MININT64 && ranges[0].high == G_MAXINT64)
    return FALSE;
  g_string_append (sql, n_ranges > 1 ? "(" : "");
  for (guint i = 0; i < n_ranges; i++)
    {
      g_string_append (sql, i > 0 ? " OR " : "");
      append_range (sql, columns_sql[node->column].sql, ranges[i], n, values);
    }
  g_string_append (sql, n_ranges > 1 ? ")" : "");
  return TRUE;
}

static gboolean
append_node (GString *sql, const TbTestNode *node, gboolean rated, guint *n, GArray *values)
{
  gsize before = sql->len;
  guint n_before = *n, n_values = values->len, told = 0;

  if (node->parts == NULL)
    return node->kind == TB_TEST_IN_SET && columns_sql[node->column].sql != NULL
           && (node->column <= TB_CALL_COLUMN_TENANT || (node->column >= TB_CALL_COLUMN_STATUS) == rated) && append_set (sql, node, n, values);
  g_string_append_c (sql, '(');
  for (guint i = 0; i < node->parts->len; i++)
    {
      gsize at = sql->len;

      g_string_append (sql, told == 0 ? "" : node->kind == TB_TEST_ALL ? " AND " : " OR ");
      if (append_node (sql, node->parts->pdata[i], rated, n, values))
        told++;
      else
        g_string_truncate (sql, at);
    }
  g_string_append_c (sql, ')');
  /* Of alternatives all must be told; of nothing there is nothing to tell, but that "any of none" never holds. */
  if (node->kind == TB_TEST_ANY ? told == node->parts->len && told > 0 : told > 0)
    return TRUE;
  g_string_truncate (sql, before);
  g_array_set_size (values, n_values);
  *n = n_before;
  if (node->kind != TB_TEST_ANY || node->parts->len > 0)
    return FALSE;
  g_string_append (sql, "1 = 0");
  return TRUE;
}

/* A test of one column of "rated" that what has no rating fails: 0 is not in its set, and nothing is known of a margin. */
static gboolean
needs_rating (const TbTestNode *node)
{
  return node->kind == TB_TEST_IN_SET && node->column >= TB_CALL_COLUMN_STATUS && node->column != TB_CALL_COLUMN_NUMBER
         && (node->column == TB_CALL_COLUMN_MARGIN ? !node->unknown : !tb_int_set_has (node->set, 0));
}

gboolean
tb_call_test_needs_rating (TbCallTest *self)
{
  for (guint i = 0; i < self->root->parts->len; i++)
    if (needs_rating (self->root->parts->pdata[i]))
      return TRUE;
  return FALSE;
}

void
tb_call_test_append_sql (TbCallTest *self, GString *sql, gboolean rated, guint n_parameters, GArray *ret_values)
{
  for (guint i = 0; i < self->root->parts->len; i++)
    {
      gsize before = sql->len;

      g_string_append (sql, " AND ");
      if (!append_node (sql, self->root->parts->pdata[i], rated, &n_parameters, ret_values))
        g_string_truncate (sql, before);
    }
}
