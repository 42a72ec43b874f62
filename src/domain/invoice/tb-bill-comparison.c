/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-bill-comparison.h"

void
tb_bill_row_free (TbBillRow *self)
{
  g_free (self->client);
  g_free (self->name);
  g_free (self);
}

static TbBillRow *
get_row (GPtrArray *rows, GHashTable *found, const TbInvoice *invoice)
{
  gint64 key = (gint64) invoice->client_id << 32 | invoice->currency;
  TbBillRow *row = g_hash_table_lookup (found, &key);

  if (row != NULL)
    return row;
  row = g_new0 (TbBillRow, 1);
  row->client_id = invoice->client_id;
  row->client = g_strdup (invoice->client);
  row->currency = invoice->currency;
  g_ptr_array_add (rows, row);
  g_hash_table_insert (found, g_memdup2 (&key, sizeof key), row);
  return row;
}

static void
count_document (TbBillRow *row, const TbInvoice *invoice, gboolean now)
{
  gboolean draft = now && invoice->state == TB_INVOICE_DRAFT;

  row->bills += now;
  row->bills_before += !now;
  row->drafts += draft;
  if (draft && row->draft == 0)
    row->draft = invoice->id;
  if (row->name == NULL && invoice->buyer != NULL)
    row->name = g_strdup (invoice->buyer->name);
}

static gboolean
add_documents (GPtrArray *rows, GHashTable *found, GPtrArray *invoices, gboolean now, GError **error)
{
  for (guint i = 0; i < invoices->len; i++)
    {
      const TbInvoice *invoice = invoices->pdata[i];
      TbBillRow *row = invoice->state != TB_INVOICE_VOID ? get_row (rows, found, invoice) : NULL;
      TbAmount *sum = row == NULL ? NULL : now ? &row->now : &row->before;

      if (row == NULL)
        continue;
      count_document (row, invoice, now);
      if (!tb_amount_add (*sum, invoice->net, sum, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the score ---- */

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  TbAmount x = *(const TbAmount *) a, y = *(const TbAmount *) b;

  return (x > y) - (x < y);
}

static TbAmount
size_of (TbAmount amount)
{
  return amount < 0 ? -MAX (amount, -G_MAXINT64) : amount;
}

/* The median of the bills that ask for something; 0 = there is nothing to compare with. */
static TbAmount
find_usual (GPtrArray *rows, TbCurrency currency)
{
  guint before = 0;
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (TbAmount));

  for (guint i = 0; i < rows->len; i++)
    {
      const TbBillRow *row = rows->pdata[i];
      TbAmount both[] = { size_of (row->now), size_of (row->before) };

      before += row->currency == currency ? row->bills_before : 0;
      for (guint j = 0; row->currency == currency && j < G_N_ELEMENTS (both); j++)
        if (both[j] > 0)
          g_array_append_val (sizes, both[j]);
    }
  g_array_sort (sizes, compare_sizes);
  return sizes->len > 0 && before > 0 ? g_array_index (sizes, TbAmount, sizes->len / 2) : 0;
}

static guint
score (const TbBillRow *row, TbAmount usual)
{
  __int128 change = size_of (row->difference), greater = MAX (size_of (row->now), size_of (row->before));

  if (change == 0 || usual == 0)
    return 0;
  if (change >= usual)
    return (guint) (change * 100 / greater);
  return (guint) (change * 10000 / greater * change / usual / 100);
}

static gboolean
finish (GPtrArray *rows, GError **error)
{
  TbCurrency currency = TB_CURRENCY_NONE;
  TbAmount usual = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      TbBillRow *row = rows->pdata[i];

      if (!tb_amount_subtract (row->now, row->before, &row->difference, error))
        return FALSE;
      row->is_new = row->bills_before == 0;
      row->is_gone = row->bills == 0;
      if (currency != row->currency)
        usual = find_usual (rows, row->currency);
      currency = row->currency;
      row->score = score (row, usual);
      row->outlier = row->score >= TB_BILL_OUTLIER;
    }
  return TRUE;
}

static int
compare_currencies (gconstpointer a, gconstpointer b)
{
  const TbBillRow *x = *(gpointer *) a, *y = *(gpointer *) b;

  return (x->currency > y->currency) - (x->currency < y->currency);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const TbBillRow *x = *(gpointer *) a, *y = *(gpointer *) b;
  TbAmount dx = size_of (x->difference), dy = size_of (y->difference);

  if (x->score != y->score)
    return x->score < y->score ? 1 : -1;
  if (dx != dy)
    return dx < dy ? 1 : -1;
  return g_strcmp0 (x->client, y->client);
}

GPtrArray *
tb_bills_compare (GPtrArray *now, GPtrArray *before, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_bill_row_free);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (!add_documents (rows, found, now, TRUE, error) || !add_documents (rows, found, before, FALSE, error))
    return NULL;
  g_ptr_array_sort (rows, compare_currencies);
  if (!finish (rows, error))
    return NULL;
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}
