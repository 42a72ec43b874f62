/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-ranks.h"

#include <string.h>

#include "tb-rated-call.h"

static const struct
{
  TbCallColumn column;
  const char *sql; /* id and name; NULL = the value itself */
} orders[] = {
  [TB_CALLS_BY_START] = { TB_CALL_COLUMN_START, NULL },
  [TB_CALLS_BY_CHARGE] = { TB_CALL_COLUMN_CHARGE, NULL },
  [TB_CALLS_BY_SECONDS] = { TB_CALL_COLUMN_SECONDS, NULL },
  [TB_CALLS_BY_CALLEE] = { TB_CALL_COLUMN_CALLEE, NULL },
  [TB_CALLS_BY_CALLER] = { TB_CALL_COLUMN_CALLER, NULL },
  [TB_CALLS_BY_CLIENT] = { TB_CALL_COLUMN_CLIENT, "SELECT id, coalesce(name, key) FROM client" },
  [TB_CALLS_BY_SERVICE] = { TB_CALL_COLUMN_SERVICE, "SELECT id, key FROM service" },
  [TB_CALLS_BY_TENANT] = { TB_CALL_COLUMN_TENANT, "SELECT id, name FROM tenant" },
  [TB_CALLS_BY_DESTINATION] = { TB_CALL_COLUMN_RATE, "SELECT id, description FROM rate WHERE description IS NOT NULL" },
  [TB_CALLS_BY_STATUS] = { TB_CALL_COLUMN_STATUS, NULL }, /* by what is shown of it, see below */
  [TB_CALLS_BY_DIRECTION] = { TB_CALL_COLUMN_DIRECTION, NULL },
  [TB_CALLS_BY_BILLED] = { TB_CALL_COLUMN_BILLED, NULL },
  [TB_CALLS_BY_COST] = { TB_CALL_COLUMN_COST, NULL },
  [TB_CALLS_BY_MARGIN] = { TB_CALL_COLUMN_MARGIN, NULL },
  [TB_CALLS_BY_INVOICE] = { TB_CALL_COLUMN_INVOICE, "SELECT id, coalesce(number, '') FROM invoice" },
  [TB_CALLS_BY_RING] = { TB_CALL_COLUMN_RING, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (orders) == TB_CALLS_N_ORDERS);

typedef struct
{
  char *text, *key;
  guint place;
} Name;

static void
name_free (gpointer data)
{
  Name *name = data;

  g_free (name->text);
  g_free (name->key);
  g_free (name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const Name *const *) a)->key, (*(const Name *const *) b)->key);
}

/* Each text once, with its ids: a deck of 250,000 rates has some thousand descriptions. */
typedef struct
{
  GHashTable *names; /* text → Name */
  GPtrArray *all;    /* of Name */
  GHashTable *ids;   /* id → Name */
} Names;

static void
add_name (Names *self, gint64 id, const char *text)
{
  Name *name = g_hash_table_lookup (self->names, text);

  if (name == NULL)
    {
      name = g_new0 (Name, 1);
      name->text = g_strdup (text);
      name->key = g_utf8_collate_key (text, -1);
      g_hash_table_insert (self->names, name->text, name);
      g_ptr_array_add (self->all, name);
    }
  g_hash_table_insert (self->ids, GUINT_TO_POINTER ((guint32) id), name);
}

static GHashTable *
places_of (Names *self)
{
  GHashTable *ranks = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer id, name;

  g_ptr_array_sort (self->all, compare_names);
  for (guint i = 0; i < self->all->len; i++)
    ((Name *) self->all->pdata[i])->place = i + 1;
  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &id, &name))
    g_hash_table_insert (ranks, id, GUINT_TO_POINTER (((Name *) name)->place));
  return ranks;
}

static gboolean
read_names (TbStore *store, const char *sql, Names *names, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      add_name (names, tb_statement_int (row, 0), tb_statement_text (row, 1));
    }
  return FALSE;
}

gboolean
tb_call_ranks_init (TbCallRanks *self, TbStore *store, TbCallOrder order, GError **error)
{
  Names names = { g_hash_table_new (g_str_hash, g_str_equal), g_ptr_array_new_with_free_func (name_free), g_hash_table_new (NULL, NULL) };
  gboolean ok = TRUE;

  *self = (TbCallRanks){ orders[order].column, NULL };
  if (orders[order].sql != NULL)
    ok = read_names (store, orders[order].sql, &names, error);
  else if (order == TB_CALLS_BY_STATUS)
    for (guint i = 0; i < TB_CALL_N_STATUS; i++)
      add_name (&names, i, tb_call_status_to_display (i));
  if (ok && names.all->len > 0)
    self->ranks = places_of (&names);
  g_hash_table_unref (names.names);
  g_hash_table_unref (names.ids);
  g_ptr_array_unref (names.all);
  return ok;
}

void
tb_call_ranks_clear (TbCallRanks *self)
{
  g_clear_pointer (&self->ranks, g_hash_table_unref);
}

gint64
tb_call_ranks_get (const TbCallRanks *self, gint64 value)
{
  return self->ranks == NULL ? value : GPOINTER_TO_UINT (g_hash_table_lookup (self->ranks, GUINT_TO_POINTER ((guint32) value)));
}
