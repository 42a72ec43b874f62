/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-balances.h"

#include <glib/gi18n-lib.h>

#include "tb-balance-store.h"
#include "tb-error.h"
#include "tb-setup-index.h"
#include "tb-setup-store.h"
#include "tb-text.h"
#include "tb-unbilled-store.h"

#define NOTE_MAX 500
#define REFERENCE_MAX 100

void
tb_client_balance_free (TbClientBalance *self)
{
  if (self == NULL)
    return;
  g_free (self->client);
  g_free (self->name);
  g_free (self);
}

/* ---- reading ---- */

/* What the books say, once for all clients. */
typedef struct
{
  const TbSetup *setup;
  TbSetupIndex *index;
  GArray *entries;  /* of TbBalanceSum, by client and currency */
  GArray *unbilled; /* of TbUnbilledSum, by service and currency */
} Sums;

static void
sums_clear (Sums *self)
{
  g_clear_pointer (&self->index, tb_setup_index_free);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->unbilled, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sums, sums_clear)

static gboolean
sums_read (Sums *self, TbStore *store, const TbSetup *setup, GError **error)
{
  self->setup = setup;
  self->index = tb_setup_index_new (setup);
  self->entries = tb_balance_store_sum (store, error);
  self->unbilled = self->entries == NULL ? NULL : tb_unbilled_store_sum (store, error);
  return self->unbilled != NULL;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const TbBalanceSum *x = a, *y = b;

  if (x->client_id != y->client_id)
    return x->client_id < y->client_id ? -1 : 1;
  return (x->amount.currency > y->amount.currency) - (x->amount.currency < y->amount.currency);
}

static int
compare_unbilled (gconstpointer a, gconstpointer b)
{
  const TbUnbilledSum *x = a, *y = b;

  if (x->service_id != y->service_id)
    return x->service_id < y->service_id ? -1 : 1;
  return (x->charge.currency > y->charge.currency) - (x->charge.currency < y->charge.currency);
}

static TbAmount
find_entries (const Sums *self, guint32 client, TbCurrency currency)
{
  const TbBalanceSum wanted = { client, { 0, currency } };
  guint at;

  return g_array_binary_search (self->entries, &wanted, compare_entries, &at) ? g_array_index (self->entries, TbBalanceSum, at).amount.amount : 0;
}

static TbAmount
find_unbilled (const Sums *self, guint32 service, TbCurrency currency)
{
  const TbUnbilledSum wanted = { service, { 0, currency } };
  guint at;

  return g_array_binary_search (self->unbilled, &wanted, compare_unbilled, &at) ? g_array_index (self->unbilled, TbUnbilledSum, at).charge.amount : 0;
}

static gboolean
add_services (const Sums *self, TbClientBalance *balance, GError **error)
{
  GPtrArray *services = tb_setup_index_list_services (self->index, balance->client);

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      const TbService *service = services->pdata[i];
      const TbPackage *package = tb_setup_find_package (self->setup, service->package);

      if (package == NULL || package->mode != TB_PACKAGE_PREPAID)
        continue;
      balance->is_prepaid = TRUE;
      if (!tb_amount_add (balance->charges, find_unbilled (self, service->id, balance->currency), &balance->charges, error))
        return FALSE;
    }
  return TRUE;
}

static TbClientBalance *
balance_of (const Sums *self, const TbClient *client, GError **error)
{
  g_autoptr (TbClientBalance) balance = g_new0 (TbClientBalance, 1);
  const TbTax *tax = client->tax != NULL ? tb_setup_find_tax (self->setup, client->tax) : NULL;

  balance->client_id = client->id;
  balance->client = g_strdup (client->key);
  balance->name = g_strdup (client->name);
  balance->currency = client->currency != TB_CURRENCY_NONE ? client->currency : tb_setup_get_currency (self->setup);
  balance->low_balance = client->low_balance;
  balance->tax_percent = tax != NULL ? tax->percent : 0;
  balance->entries = find_entries (self, client->id, balance->currency);
  if (!add_services (self, balance, error)
      || !tb_balance_compute ((TbMoney){ balance->entries, balance->currency }, balance->charges, balance->tax_percent, &balance->balance, error))
    {
      g_prefix_error (error, _("client %s: "), client->key);
      return NULL;
    }
  balance->state = tb_balance_get_state (balance->balance, balance->low_balance);
  return g_steal_pointer (&balance);
}

GPtrArray *
tb_balances_list (TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) balances = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_balance_free);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_auto (Sums) sums = { 0 };

  if (setup == NULL || !sums_read (&sums, store, setup, error))
    return NULL;
  for (guint i = 0; i < setup->clients->len; i++)
    {
      TbClientBalance *balance = balance_of (&sums, setup->clients->pdata[i], error);

      if (balance == NULL)
        return NULL;
      if (balance->is_prepaid || balance->entries != 0)
        g_ptr_array_add (balances, balance);
      else
        tb_client_balance_free (balance);
    }
  return g_steal_pointer (&balances);
}

static TbClientBalance *
get (TbStore *store, const TbSetup *setup, const char *key, GError **error)
{
  const TbClient *client = tb_setup_find_client (setup, key);
  g_auto (Sums) sums = { 0 };

  if (client == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no client “%s”."), key);
      return NULL;
    }
  return sums_read (&sums, store, setup, error) ? balance_of (&sums, client, error) : NULL;
}

TbClientBalance *
tb_balances_get (TbStore *store, const char *client, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);

  return setup != NULL ? get (store, setup, client, error) : NULL;
}

TbBalanceStatement *
tb_balances_read_statement (TbStore *store, const char *client, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbClientBalance) balance = setup != NULL ? get (store, setup, client, error) : NULL;
  g_autoptr (GPtrArray) entries = balance != NULL ? tb_balance_store_list (store, client, balance->currency, error) : NULL;
  g_autoptr (GArray) uses = entries != NULL ? tb_unbilled_store_list_calls (store, client, balance->currency, error) : NULL;
  g_autoptr (TbZone) zone = NULL;

  if (uses == NULL)
    return NULL;
  zone = tb_zone_new (setup->company != NULL && setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
  if (zone == NULL)
    return NULL;
  return tb_balance_statement_new (balance->currency, entries, uses, balance->tax_percent, balance->low_balance, zone, error);
}

/* ---- alerts ---- */

GPtrArray *
tb_balances_find_fallen (GPtrArray *before, GPtrArray *after)
{
  g_autoptr (GHashTable) earlier = g_hash_table_new (NULL, NULL); /* id of a client → TbClientBalance */
  GPtrArray *fallen = g_ptr_array_new ();

  for (guint i = 0; i < before->len; i++)
    g_hash_table_insert (earlier, GUINT_TO_POINTER (((TbClientBalance *) before->pdata[i])->client_id), before->pdata[i]);
  for (guint i = 0; i < after->len; i++)
    {
      TbClientBalance *balance = after->pdata[i];
      const TbClientBalance *was = g_hash_table_lookup (earlier, GUINT_TO_POINTER (balance->client_id));

      if (balance->is_prepaid && balance->state > (was != NULL ? was->state : TB_BALANCE_OK))
        g_ptr_array_add (fallen, balance);
    }
  return fallen;
}

/* ---- booking ---- */

gboolean
tb_balance_order_parse_amount (const char *text, TbBalanceEntryKind kind, TbCurrency currency, TbAmount *ret, GError **error)
{
  TbBalanceEntry entry = { .kind = kind, .amount.currency = currency };
  TbAmount said;

  if (!tb_decimal_parse (text, -1, TB_AMOUNT_SCALE, &said, error))
    return FALSE;
  entry.amount.amount = kind == TB_ENTRY_REFUND ? -said : said;
  if (!tb_balance_entry_validate (&entry, error))
    return FALSE;
  *ret = said;
  return TRUE;
}

static gboolean
check_text (const char *text, glong max, const char *what, GError **error)
{
  if (text == NULL || g_utf8_strlen (text, -1) <= max)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The %s is longer than %ld characters."), what, max);
  return FALSE;
}

static gboolean
check_order (const TbClientBalance *balance, const TbBalanceEntry *entry, GError **error)
{
  if (!tb_balance_entry_validate (entry, error) || !check_text (entry->reference, REFERENCE_MAX, _("reference"), error)
      || !check_text (entry->note, NOTE_MAX, _("note"), error))
    return FALSE;
  if (!balance->is_prepaid && balance->entries == 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                   _("Client “%s” pays afterwards: none of their services is on a package that is paid in advance."), balance->client);
      return FALSE;
    }
  if (entry->kind == TB_ENTRY_REFUND && -entry->amount.amount > balance->balance)
    {
      g_autofree char *left = tb_money_to_display ((TbMoney){ balance->balance, balance->currency });

      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("Client “%s” has only %s left, so no more can be paid back."), balance->client, left);
      return FALSE;
    }
  return TRUE;
}

static char *
dup_stripped (const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

/* Asked and written under one lock: two refunds of the last coin do not both find it. */
static TbClientBalance *
book (TbStore *store, const char *client, const TbBalanceOrder *order, GError **error)
{
  g_autoptr (TbClientBalance) balance = tb_balances_get (store, client, error);
  g_autoptr (TbBalanceEntry) entry = tb_balance_entry_new ();

  if (balance == NULL)
    return NULL;
  entry->client_id = balance->client_id;
  entry->kind = order->kind;
  entry->time = order->time;
  entry->amount = (TbMoney){ order->kind == TB_ENTRY_REFUND ? -order->amount : order->amount, balance->currency };
  entry->reference = dup_stripped (order->reference);
  entry->note = dup_stripped (order->note);
  if (!check_order (balance, entry, error) || !tb_balance_store_add (store, entry, error))
    return NULL;
  return tb_balances_get (store, client, error);
}

TbClientBalance *
tb_balances_book (TbStore *store, const char *client, const TbBalanceOrder *order, GError **error)
{
  g_autoptr (TbClientBalance) balance = NULL;
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return NULL;
  balance = book (store, client, order, error);
  return tb_store_leave (store, own, balance != NULL, error) ? g_steal_pointer (&balance) : NULL;
}
