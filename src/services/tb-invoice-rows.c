/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-rows.h"

#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-invoice-store.h"
#include "tb-payment-store.h"
#include "tb-posting-store.h"
#include "tb-setup-store.h"

static const struct { const char *name, *title; } standings[TB_N_STANDINGS] = {
  [TB_STANDING_DRAFT] = { "draft", N_ ("Draft") },
  [TB_STANDING_APPROVED] = { "approved", N_ ("Approved") },
  [TB_STANDING_PARTLY] = { "partly-paid", N_ ("Partly paid") },
  [TB_STANDING_OVERDUE] = { "overdue", N_ ("Overdue") },
  [TB_STANDING_PAID] = { "paid", N_ ("Paid") },
  [TB_STANDING_CREDITED] = { "credited", N_ ("Credited") },
  [TB_STANDING_VOID] = { "void", N_ ("Void") },
};

const char *
tb_standing_to_string (TbStanding self)
{
  return standings[self].name;
}

const char *
tb_standing_to_display (TbStanding self)
{
  return _(standings[self].title);
}

void
tb_invoice_row_free (TbInvoiceRow *self)
{
  tb_invoice_free (self->invoice);
  g_free (self);
}

/* ---- what is known of each ---- */

static gboolean
find_today (TbStore *store, TbDay *today, GError **error)
{
  g_autoptr (TbSetup) setup = *today == TB_DAY_NONE ? tb_setup_store_load (store, TB_SETUP_HEADS, error) : NULL;
  g_autoptr (TbZone) zone = NULL;

  if (*today != TB_DAY_NONE)
    return TRUE;
  if (setup == NULL)
    return FALSE;
  zone = tb_zone_new (setup->company != NULL && setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
  if (zone != NULL)
    *today = tb_zone_day_at (zone, tb_clock_now ());
  return zone != NULL;
}

static GHashTable *
index_items (GPtrArray *accounts)
{
  GHashTable *items = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < accounts->len; i++)
    {
      const TbAccount *account = accounts->pdata[i];

      for (guint j = 0; j < account->items->len; j++)
        g_hash_table_insert (items, GUINT_TO_POINTER (((TbOpenItem *) account->items->pdata[j])->id), account->items->pdata[j]);
    }
  return items;
}

/* The last one of each; a cancellation comes after the invoice. */
static GHashTable *
index_postings (GPtrArray *postings)
{
  GHashTable *last = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < postings->len; i++)
    if (((TbPosting *) postings->pdata[i])->document != 0)
      g_hash_table_insert (last, GUINT_TO_POINTER (((TbPosting *) postings->pdata[i])->document), postings->pdata[i]);
  return last;
}

static TbStanding
find_standing (const TbInvoice *invoice, const TbOpenItem *item, TbDay today)
{
  if (invoice->state != TB_INVOICE_APPROVED)
    return invoice->state == TB_INVOICE_DRAFT ? TB_STANDING_DRAFT : TB_STANDING_VOID;
  if (item == NULL)
    return TB_STANDING_APPROVED;
  if (item->open > 0)
    return tb_open_item_get_age (item, today) > 0 ? TB_STANDING_OVERDUE : item->state == TB_PAYMENT_PARTLY ? TB_STANDING_PARTLY : TB_STANDING_APPROVED;
  /* A credit note that nothing has taken yet is no more than approved. */
  if (item->total < 0 && item->state != TB_PAYMENT_PAID)
    return item->state == TB_PAYMENT_PARTLY ? TB_STANDING_PARTLY : TB_STANDING_APPROVED;
  return item->total > 0 && item->noted > 0 && item->allocated == 0 && item->credited == 0 ? TB_STANDING_CREDITED : TB_STANDING_PAID;
}

GPtrArray *
tb_invoice_rows_read (TbStore *store, TbDay today, GError **error)
{
  g_autoptr (GPtrArray) invoices = tb_invoice_store_list (store, NULL, error);
  g_autoptr (GPtrArray) accounts = invoices != NULL ? tb_account_store_list (store, NULL, error) : NULL;
  g_autoptr (GPtrArray) postings = accounts != NULL ? tb_posting_store_list (store, NULL, error) : NULL;
  g_autoptr (GHashTable) items = NULL, last = NULL;
  GPtrArray *rows;

  if (postings == NULL || !find_today (store, &today, error))
    return NULL;
  items = index_items (accounts);
  last = index_postings (postings);
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_row_free);
  g_ptr_array_set_free_func (invoices, NULL);
  for (guint i = 0; i < invoices->len; i++)
    {
      TbInvoiceRow *row = g_new0 (TbInvoiceRow, 1);
      const TbOpenItem *item;
      const TbPosting *posting;

      row->invoice = invoices->pdata[i];
      item = g_hash_table_lookup (items, GUINT_TO_POINTER (row->invoice->id));
      posting = g_hash_table_lookup (last, GUINT_TO_POINTER (row->invoice->id));
      row->standing = find_standing (row->invoice, item, today);
      row->open = item != NULL ? item->open : 0;
      row->is_posted = posting != NULL;
      row->posting = posting != NULL ? posting->place.state : TB_POSTING_READY;
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* ---- ageing ---- */

static TbAgeing *
get_currency (GArray *list, TbCurrency currency)
{
  TbAgeing fresh = { .currency = currency };

  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, TbAgeing, i).currency == currency)
      return &g_array_index (list, TbAgeing, i);
  g_array_append_val (list, fresh);
  return &g_array_index (list, TbAgeing, list->len - 1);
}

static gboolean
add_account (TbAgeing *ageing, const TbAccount *account, TbDay today, GError **error)
{
  for (guint i = 0; i < account->items->len; i++)
    {
      const TbOpenItem *item = account->items->pdata[i];
      guint age = tb_open_item_get_age (item, today);

      if (item->open <= 0)
        continue;
      if (!tb_amount_add (ageing->ages[age], item->open, &ageing->ages[age], error)
          || (age > 0 && !tb_amount_add (ageing->sum, item->open, &ageing->sum, error)))
        return FALSE;
      ageing->overdue += age > 0;
    }
  return TRUE;
}

GArray *
tb_ageing_read (TbStore *store, TbDay today, GError **error)
{
  g_autoptr (GPtrArray) accounts = tb_account_store_list (store, NULL, error);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (TbAgeing));

  if (accounts == NULL || !find_today (store, &today, error))
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    {
      const TbAccount *account = accounts->pdata[i];

      if (account->open > 0 && !add_account (get_currency (list, account->currency), account, today, error))
        return NULL;
    }
  return g_steal_pointer (&list);
}
