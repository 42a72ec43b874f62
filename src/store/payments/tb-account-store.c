/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment-store.h"

/* Kinds of payments and of postings, and states and options of these, as they are stored (tb-payment.h, tb-posting.h). */

#define ITEMS                                                                                                                                  \
  "SELECT i.client, c.key, c.name, i.currency, i.id, i.number, i.corrects, i.issued, i.due, i.total, i.paid, coalesce(a.amount, 0), "          \
  "coalesce(a.refunded, 0), coalesce(a.returned, 0), a.last, s.invoice IS NOT NULL, s.state, s.total, s.paid, s.refunded, s.credit, s.since, "  \
  "EXISTS (SELECT 1 FROM posting t WHERE t.document = i.id AND t.kind = 2 AND (t.options & 4) <> 0) "                                         \
  "FROM invoice i JOIN client c ON c.id = i.client LEFT JOIN invoice_payment s ON s.invoice = i.id LEFT JOIN "                                 \
  "(SELECT l.invoice, sum(l.amount) AS amount, max(p.day) AS last, sum(CASE WHEN p.kind = 1 THEN -l.amount ELSE 0 END) AS refunded, "          \
  "sum(CASE WHEN p.kind = 2 THEN -l.amount ELSE 0 END) AS returned FROM payment_allocation l JOIN payment p ON p.id = l.payment "              \
  "GROUP BY l.invoice) a ON a.invoice = i.id WHERE i.state = 1 AND ($1 IS NULL OR c.key = $1) ORDER BY c.id, i.currency, i.id"

/* What of payments is for no invoice, and what of that is credit at WHMCS: of what came from there, and of what a posting brought there. */
#define FREE                                                                                                                                   \
  "SELECT f.client, f.key, f.name, f.currency, sum(f.amount), sum(CASE WHEN f.there THEN f.amount ELSE 0 END) FROM "                           \
  "(SELECT p.client, c.key, c.name, p.currency, p.amount - coalesce((SELECT sum(l.amount) FROM payment_allocation l JOIN invoice i "           \
  "ON i.id = l.invoice WHERE l.payment = p.id AND i.state = 1), 0) AS amount, (o.source = 1 OR EXISTS (SELECT 1 FROM posting t "               \
  "WHERE t.kind = 9 AND t.document IS NULL AND t.state = 3 AND t.part = 'payment ' || o.id)) AS there FROM payment p "                         \
  "JOIN payment o ON o.id = coalesce(p.reverses, p.id) JOIN client c ON c.id = p.client WHERE ($1 IS NULL OR c.key = $1)) f "                  \
  "GROUP BY f.client, f.key, f.name, f.currency ORDER BY f.client, f.currency"

/* Both lists come by client and currency. */
static TbAccount *
find_account (GHashTable *known, GPtrArray *accounts, TbStatement *row)
{
  gint64 key = tb_statement_int (row, 0) << 24 | tb_statement_int (row, 3); /* a currency is three bytes */
  TbAccount *account = g_hash_table_lookup (known, &key);

  if (account != NULL)
    return account;
  account = tb_account_new ();
  account->client_id = (guint32) tb_statement_int (row, 0);
  account->client = tb_statement_dup_text (row, 1);
  account->name = tb_statement_dup_text (row, 2);
  account->currency = (TbCurrency) tb_statement_int (row, 3);
  g_ptr_array_add (accounts, account);
  g_hash_table_insert (known, g_memdup2 (&key, sizeof key), account);
  return account;
}

static TbOpenItem *
item_from_row (TbStatement *row)
{
  TbOpenItem *self = tb_open_item_new ();

  self->id = (guint32) tb_statement_int (row, 4);
  self->number = tb_statement_dup_text (row, 5);
  self->corrects_id = (guint32) tb_statement_int (row, 6);
  self->issued = (TbDay) tb_statement_int_or (row, 7, TB_DAY_NONE);
  self->due = (TbDay) tb_statement_int_or (row, 8, TB_DAY_NONE);
  self->total = tb_statement_int (row, 9);
  self->settled = tb_statement_int (row, 10);
  self->allocated = tb_statement_int (row, 11);
  self->refunded = tb_statement_int (row, 12);
  self->returned = tb_statement_int (row, 13);
  self->last = (TbDay) tb_statement_int_or (row, 14, TB_DAY_NONE);
  self->posted = tb_statement_int (row, 15) != 0;
  self->applied = tb_statement_int (row, 22) != 0;
  self->status = (TbPaymentStatus){ .invoice_id = self->id,
                                    .state = (TbPaymentState) tb_statement_int (row, 16),
                                    .total = tb_statement_int (row, 17),
                                    .paid = tb_statement_int (row, 18),
                                    .refunded = tb_statement_int (row, 19),
                                    .credit = tb_statement_int (row, 20),
                                    .since = tb_statement_int (row, 21) };
  return self;
}

static void
take_item (GHashTable *known, GPtrArray *accounts, TbStatement *row)
{
  g_ptr_array_add (find_account (known, accounts, row)->items, item_from_row (row));
}

static void
take_free (GHashTable *known, GPtrArray *accounts, TbStatement *row)
{
  TbAccount *account = find_account (known, accounts, row);

  account->free = tb_statement_int (row, 4);
  account->free_there = tb_statement_int (row, 5);
}

static gboolean
read_rows (TbStore *store, const char *sql, const char *client, void (*take) (GHashTable *, GPtrArray *, TbStatement *), GHashTable *known,
           GPtrArray *accounts, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, client);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      take (known, accounts, row);
    }
  return FALSE;
}

static int
compare_accounts (gconstpointer a, gconstpointer b)
{
  const TbAccount *one = *(TbAccount *const *) a, *other = *(TbAccount *const *) b;

  if (one->client_id != other->client_id)
    return one->client_id < other->client_id ? -1 : 1;
  return one->currency < other->currency ? -1 : one->currency > other->currency;
}

GPtrArray *
tb_account_store_list (TbStore *store, const char *client, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_account_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (!read_rows (store, ITEMS, client, take_item, known, accounts, error) || !read_rows (store, FREE, client, take_free, known, accounts, error))
    return NULL;
  g_ptr_array_sort (accounts, compare_accounts);
  for (guint i = 0; i < accounts->len; i++)
    if (!tb_account_compute (accounts->pdata[i], error))
      {
        g_prefix_error (error, "%s: ", ((TbAccount *) accounts->pdata[i])->client);
        return NULL;
      }
  return g_steal_pointer (&accounts);
}
