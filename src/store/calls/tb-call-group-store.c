/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-group-store.h"

#include <string.h>

#include "tb-call-adder.h"

/* One pass, a table of sums: GROUP BY would sort ten million rows. */

typedef struct
{
  TbCallsGroupBy by;
  GHashTable *groups;   /* number → Group: a client's id, a rate's id, a day */
  gint64 from, to;      /* of the day at hand */
  TbDay day;
} Grouping;

void
tb_call_group_free (TbCallGroup *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  tb_call_sums_clear (&self->sums);
  g_free (self);
}

static void
adder_free (gpointer data)
{
  tb_call_adder_clear (data);
  g_free (data);
}

static gint64
number_of (Grouping *self, TbCallScan *scan, gint64 id)
{
  gint64 start = tb_call_id_start (id);

  if (self->by == TB_CALLS_GROUP_CLIENT)
    return tb_call_scan_get (scan, TB_CALL_COLUMN_CLIENT);
  if (self->by == TB_CALLS_GROUP_DESTINATION)
    return tb_call_scan_get (scan, TB_CALL_COLUMN_RATE);
  if (start < self->from || start >= self->to)
    self->day = tb_zone_day_around (tb_call_scan_get_zone (scan), start, &self->from, &self->to);
  return self->day;
}

static gboolean
add_call (TbCallScan *scan, gint64 id, gpointer data, GError **error)
{
  Grouping *self = data;
  gpointer number = GSIZE_TO_POINTER ((gsize) number_of (self, scan, id));
  TbCallAdder *adder = g_hash_table_lookup (self->groups, number);

  if (adder == NULL)
    {
      adder = g_new (TbCallAdder, 1);
      tb_call_adder_init (adder);
      g_hash_table_insert (self->groups, number, adder);
    }
  return tb_call_adder_add (adder, scan, error);
}

/* ---- names ---- */

static const char *const names_sql[] = {
  [TB_CALLS_GROUP_CLIENT] = "SELECT key, name FROM client WHERE id = $1",
  [TB_CALLS_GROUP_DESTINATION] = "SELECT description, NULL FROM rate WHERE id = $1",
};

static gboolean
name_group (TbStatement *row, gint64 number, TbCallGroup *group, GError **error)
{
  gboolean has_row;

  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, number);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  group->key = g_strdup (has_row ? tb_statement_text (row, 0) : "");
  group->name = has_row ? tb_statement_dup_text (row, 1) : NULL;
  return TRUE;
}

static void
add_sums (GArray *to, GArray *from)
{
  for (guint i = 0; i < from->len; i++)
    tb_money_add_to (to, g_array_index (from, TbMoney, i), NULL);
}

/* Many rates have one description. */
static void
merge (TbCallAdder *into, const TbCallAdder *from)
{
  into->sums.calls += from->sums.calls;
  into->sums.answered += from->sums.answered;
  into->sums.seconds += from->sums.seconds;
  into->sums.billed += from->sums.billed;
  into->sums.costless += from->sums.costless;
  into->sums.unexchanged += from->sums.unexchanged;
  add_sums (into->sums.charges, from->sums.charges);
  add_sums (into->sums.costs, from->sums.costs);
  tb_margin_sum_add_sum (&into->margin, &from->margin, NULL);
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  const TbCallGroup *x = *(const TbCallGroup *const *) a, *y = *(const TbCallGroup *const *) b;

  if (GPOINTER_TO_INT (data) == TB_CALLS_GROUP_DAY)
    return strcmp (y->key, x->key);
  return x->sums.calls != y->sums.calls ? (x->sums.calls < y->sums.calls ? 1 : -1) : strcmp (x->key, y->key);
}

typedef struct
{
  TbCallGroup group;
  TbCallAdder *adder; /* borrowed */
} Named;

static gboolean
take_group (GHashTable *named, TbCallGroup group /* taken */, TbCallAdder *adder)
{
  Named *known = g_hash_table_lookup (named, group.key);

  if (known != NULL)
    {
      merge (known->adder, adder);
      g_free (group.key);
      g_free (group.name);
      return TRUE;
    }
  known = g_new (Named, 1);
  *known = (Named){ group, adder };
  return g_hash_table_insert (named, known->group.key, known);
}

static void
named_free (gpointer data)
{
  Named *named = data;

  g_free (named->group.key);
  g_free (named->group.name);
  g_free (named);
}

static GHashTable *
name_all (TbStore *store, Grouping *self, GError **error)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, named_free);
  g_autoptr (TbStatement) row = self->by != TB_CALLS_GROUP_DAY ? tb_db_prepare (tb_store_get_db (store), names_sql[self->by], error) : NULL;
  GHashTableIter iter;
  gpointer number, adder;

  if (self->by != TB_CALLS_GROUP_DAY && row == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, &number, &adder))
    {
      TbCallGroup group = { NULL };

      if (self->by == TB_CALLS_GROUP_DAY)
        group.key = tb_day_format ((TbDay) GPOINTER_TO_SIZE (number));
      else if (!name_group (row, (gint64) GPOINTER_TO_SIZE (number), &group, error))
        return NULL;
      take_group (named, group, adder);
    }
  return g_steal_pointer (&named);
}

static GPtrArray *
finish (TbStore *store, Grouping *self, TbCallScan *scan, GError **error)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_call_group_free);
  g_autoptr (GHashTable) named = name_all (store, self, error);
  GHashTableIter iter;
  gpointer value;

  if (named == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, named);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Named *one = value;
      TbCallGroup *group = g_new0 (TbCallGroup, 1);

      if (!tb_call_adder_finish (one->adder, scan, error))
        {
          g_free (group);
          return NULL;
        }
      *group = (TbCallGroup){ g_strdup (one->group.key), g_strdup (one->group.name), one->adder->sums };
      group->sums.charges = g_array_ref (one->adder->sums.charges);
      group->sums.costs = g_array_ref (one->adder->sums.costs);
      g_ptr_array_add (groups, group);
    }
  g_ptr_array_sort_with_data (groups, compare_groups, GINT_TO_POINTER (self->by));
  return g_steal_pointer (&groups);
}

GPtrArray *
tb_call_store_group (TbStore *store, const TbCallFilter *filter, TbCallsGroupBy by, void (*progress) (double fraction, gpointer data), gpointer data,
                     GError **error)
{
  static const guint64 columns[] = { TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_CLIENT), TB_CALL_COLUMN_BIT (TB_CALL_COLUMN_RATE), 0 };
  g_autoptr (TbCallScan) scan = tb_call_scan_new (store, filter, TB_CALL_ADDER_COLUMNS | columns[by], error);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (NULL, NULL, NULL, adder_free);
  Grouping self = { by, groups, 0, 0, 0 };
  guint n = scan != NULL ? tb_call_scan_get_n_tenants (scan) : 0;

  if (scan == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      if (!tb_call_scan_run_tenant (scan, i, 0, G_MAXINT64, add_call, &self, error))
        return NULL;
      if (progress != NULL)
        progress ((double) (i + 1) / n, data);
    }
  return finish (store, &self, scan, error);
}
