/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-balance-store.h"
#include "tb-balances.h"
#include "tb-posting-store.h"
#include "tb-setup-store.h"
#include "tb-text.h"
#include "tb-whmcs-pull-private.h"

/* Credit at WHMCS of those who pay in advance, taken over into the ledger of balances row by row, each once by its id: what was paid in is a top-up, what
 * staff took out or what paid for something else is an adjustment. Left out is what stands in the ledger by itself: what a push put there, and credit
 * applied to our own invoices, which their approval has settled here. */

#define REFERENCE "whmcs-%" G_GINT64_FORMAT

typedef struct
{
  TbPull *pull;
  const TbClient *client;
  TbCurrency currency;
  TbZone *zone;
  char *mark;       /* how every marker of these books begins */
  GHashTable *ours; /* ids of invoices at WHMCS that a push put there: a set of gint64 * */
  GHashTable *had;  /* references that are booked */
  guint by_hand;    /* entries that nobody at WHMCS knows */
} Desk;

static void
desk_clear (Desk *self)
{
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_clear_pointer (&self->ours, g_hash_table_unref);
  g_clear_pointer (&self->had, g_hash_table_unref);
  g_free (self->mark);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

/* "Credit Applied to Invoice #17" and whatever else names an invoice. */
static gboolean
names_ours (const Desk *self, const char *description)
{
  const char *at = description != NULL ? strchr (description, '#') : NULL;
  gint64 id = at != NULL ? g_ascii_strtoll (at + 1, NULL, 10) : 0;

  return id > 0 && g_hash_table_contains (self->ours, &id);
}

static gboolean
is_ours (const Desk *self, const TbMirrorCredit *row)
{
  return row->amount == 0 || names_ours (self, row->description) || (row->description != NULL && strstr (row->description, self->mark) != NULL);
}

static gboolean
book (const Desk *self, const TbMirrorCredit *row, const char *reference, GError **error)
{
  g_autoptr (TbBalanceEntry) entry = tb_balance_entry_new ();

  entry->client_id = self->client->id;
  entry->kind = row->amount > 0 ? TB_ENTRY_TOP_UP : TB_ENTRY_ADJUSTMENT;
  entry->time = row->date != TB_DAY_NONE ? tb_zone_to_utc (self->zone, row->date, 0, FALSE) : tb_pull_now (self->pull);
  entry->amount = (TbMoney){ row->amount, self->currency };
  tb_set_str (&entry->reference, reference);
  tb_set_str (&entry->note, row->description);
  return tb_balance_entry_validate (entry, error) && tb_balance_store_add (self->pull->store, entry, error);
}

static gboolean
book_rows (Desk *self, GError **error)
{
  g_autoptr (GPtrArray) rows = tb_remote_store_list (self->pull->store, &tb_mirror_credit_noun, self->client->whmcs_id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const TbMirrorCredit *row = rows->pdata[i];
      g_autofree char *reference = g_strdup_printf (REFERENCE, row->id);

      if (is_ours (self, row) || g_hash_table_contains (self->had, reference))
        continue;
      if (!book (self, row, reference, error))
        return FALSE;
      self->pull->result->booked++;
    }
  return rows != NULL;
}

/* ---- what is known of one client ---- */

static gboolean
read_entries (Desk *self, GError **error)
{
  g_autoptr (GPtrArray) entries = tb_balance_store_list (self->pull->store, self->client->key, self->currency, error);

  self->had = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TbBalanceEntry *entry = entries->pdata[i];

      if (entry->reference != NULL)
        g_hash_table_add (self->had, g_strdup (entry->reference));
      self->by_hand += entry->kind != TB_ENTRY_SETTLEMENT && (entry->reference == NULL || !g_str_has_prefix (entry->reference, "whmcs-"));
    }
  return entries != NULL;
}

static gboolean
read_ours (Desk *self, GError **error)
{
  const TbPostingFilter its = { -1, FALSE, self->client->key, 0 };
  g_autoptr (GPtrArray) postings = tb_posting_store_list (self->pull->store, &its, error);

  self->ours = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; postings != NULL && i < postings->len; i++)
    {
      const TbPosting *posting = postings->pdata[i];

      if (posting->kind == TB_POSTING_INVOICE && posting->remote_id > 0 && (posting->options & TB_POSTING_APPLY_PAID) != 0)
        g_hash_table_add (self->ours, g_memdup2 (&posting->remote_id, sizeof posting->remote_id));
    }
  return postings != NULL;
}

static gboolean
take_over (TbPull *pull, const TbSetup *setup, const TbClient *client, TbCurrency currency, GError **error)
{
  g_autofree char *site = tb_posting_store_dup_site (pull->store, error);
  g_auto (Desk) desk = { pull, client, currency };

  if (site == NULL)
    return FALSE;
  desk.mark = g_strdup_printf ("TB-%s-", site);
  desk.zone = tb_zone_new (setup->company != NULL && setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
  if (desk.zone == NULL || !read_entries (&desk, error) || !read_ours (&desk, error) || !book_rows (&desk, error))
    return FALSE;
  if (desk.by_hand > 0)
    tb_pull_note (pull, g_strdup_printf (ngettext ("client %s: %u entry of the balance was booked here by hand, and is not in the credit at WHMCS.",
                                                   "client %s: %u entries of the balance were booked here by hand, and are not in the credit at WHMCS.",
                                                   desk.by_hand),
                                         client->key, desk.by_hand));
  return TRUE;
}

/* ---- all of them ---- */

static gboolean
take_over_all (TbPull *self, const TbSetup *setup, GPtrArray *balances, GError **error)
{
  for (guint i = 0; i < balances->len; i++)
    {
      const TbClientBalance *balance = balances->pdata[i];
      const TbClient *client = tb_setup_find_client (setup, balance->client);

      if (balance->is_prepaid && client != NULL && client->whmcs_id > 0 && !take_over (self, setup, client, balance->currency, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_pull_balances (TbPull *self, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (self->store, TB_SETUP_HEADS, error);
  g_autoptr (GPtrArray) balances = setup != NULL ? tb_balances_list (self->store, error) : NULL;
  gboolean own;

  return balances != NULL && tb_store_join (self->store, &own, error)
         && tb_store_leave (self->store, own, take_over_all (self, setup, balances, error), error);
}
