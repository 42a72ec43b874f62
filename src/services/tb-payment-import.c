/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment-import.h"

#include <glib/gi18n-lib.h>

#include "tb-balances.h"
#include "tb-error.h"

/* So many days apart a payment of the same amount may be the same money: what was written down when the cheque came, and booked by the bank later. */
#define DAYS_APART 7
#define NOBODY "-"

const char *
tb_review_kind_to_string (TbReviewKind self)
{
  static const char *const names[] = { [TB_REVIEW_RECORDED] = "recorded", [TB_REVIEW_KNOWN] = "known", [TB_REVIEW_PERHAPS] = "perhaps-known",
                                       [TB_REVIEW_OPEN] = "open",         [TB_REVIEW_OUT] = "out",     [TB_REVIEW_BAD] = "bad" };

  return names[self];
}

static void
review_free (gpointer data)
{
  TbPaymentReview *self = data;

  g_free (self->client);
  g_free (self->why);
  tb_payment_free (self->payment);
  g_free (self);
}

void
tb_payment_import_free (TbPaymentImport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* ---- one entry ---- */

typedef struct
{
  TbStore *store;
  const TbBankFile *file;
  GHashTable *assigned;
  gint64 now;
  TbPayers *payers;      /* as they are after what was recorded up to here */
  GPtrArray *others;     /* of TbAccount: of clients without documents, for whom people decided */
  GPtrArray *payments;   /* of TbPayment: those of the books before */
  GHashTable *by_client; /* key → GPtrArray of them, borrowed */
  GHashTable *prepaid;   /* keys of clients who pay in advance */
} Desk;

static void
desk_clear (Desk *self)
{
  g_clear_pointer (&self->payers, tb_payers_free);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->by_client, g_hash_table_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->prepaid, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static void
index_payments (Desk *self)
{
  self->by_client = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->payments->len; i++)
    {
      TbPayment *payment = self->payments->pdata[i];
      GPtrArray *its = g_hash_table_lookup (self->by_client, payment->client);

      if (its == NULL)
        g_hash_table_insert (self->by_client, payment->client, its = g_ptr_array_new ());
      g_ptr_array_add (its, payment);
    }
}

static gboolean
desk_open (Desk *self, GError **error)
{
  g_autoptr (GPtrArray) accounts = tb_account_store_list (self->store, NULL, error);
  g_autoptr (GPtrArray) balances = accounts != NULL ? tb_balances_list (self->store, error) : NULL;

  self->payments = balances != NULL ? tb_payment_store_list (self->store, NULL, error) : NULL;
  if (self->payments == NULL)
    return FALSE;
  self->payers = tb_payers_new (accounts);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_account_free);
  self->prepaid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < balances->len; i++)
    if (((TbClientBalance *) balances->pdata[i])->is_prepaid)
      g_hash_table_add (self->prepaid, g_strdup (((TbClientBalance *) balances->pdata[i])->client));
  index_payments (self);
  return TRUE;
}

static void
say (TbPaymentReview *review, TbReviewKind kind, char *why)
{
  review->kind = kind;
  g_free (review->why);
  review->why = why;
}

/* A payment of that client that may be this one, and came another way; 0 = there is none. */
static guint32
find_like (const Desk *self, const TbBankEntry *entry, const char *client)
{
  const GPtrArray *its = g_hash_table_lookup (self->by_client, client);

  for (guint i = 0; its != NULL && i < its->len; i++)
    {
      const TbPayment *payment = its->pdata[i];

      if (payment->source != TB_PAYMENT_FROM_BANK && payment->amount.currency == entry->amount.currency
          && payment->amount.amount == entry->amount.amount && ABS (payment->day - entry->day) <= DAYS_APART)
        return payment->id;
    }
  return 0;
}

static TbAccount *
find_account (Desk *self, const char *client, TbCurrency currency, GError **error)
{
  TbAccount *account = tb_payers_find (self->payers, client, currency);

  for (guint i = 0; account == NULL && i < self->others->len; i++)
    if (g_str_equal (((TbAccount *) self->others->pdata[i])->client, client) && ((TbAccount *) self->others->pdata[i])->currency == currency)
      account = self->others->pdata[i];
  if (account == NULL && (account = tb_payments_read_account (self->store, client, currency, error)) != NULL)
    g_ptr_array_add (self->others, account);
  return account;
}

static gboolean
record (Desk *self, TbPaymentReview *review, const char *client, GPtrArray *wanted, GError **error)
{
  const TbBankEntry *entry = review->entry;
  const TbPaymentOrder order = { .client = client,
                                 .currency = entry->amount.currency,
                                 .amount = entry->amount.amount,
                                 .day = entry->day,
                                 .source = TB_PAYMENT_FROM_BANK,
                                 .method = "bank transfer",
                                 .reference = entry->reference,
                                 .note = entry->text != NULL ? entry->text : entry->name,
                                 .origin = entry->origin,
                                 .wanted = wanted != NULL && wanted->len > 0 ? wanted : NULL };
  g_autoptr (GError) failure = NULL;
  TbAccount *account = find_account (self, client, entry->amount.currency, &failure);

  if (account != NULL)
    review->payment = tb_payments_record_on (self->store, account, g_hash_table_contains (self->prepaid, client), &order, self->now, &failure);
  if (review->payment == NULL && failure->code != TB_ERROR_INVALID_INPUT && failure->code != TB_ERROR_NOT_FOUND)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (review->payment == NULL) /* one that a person must look at, which does not keep the others out */
    say (review, TB_REVIEW_OPEN, g_strdup (failure->message));
  else
    review->kind = TB_REVIEW_RECORDED;
  return TRUE;
}

static gboolean
judge (Desk *self, TbPaymentReview *review, GError **error)
{
  const TbBankEntry *entry = review->entry;
  const TbPaymentHint hint = { entry->amount, entry->name, entry->reference, entry->text };
  const char *decided = self->assigned != NULL ? g_hash_table_lookup (self->assigned, GUINT_TO_POINTER (entry->number)) : NULL;
  g_auto (TbFoundPayer) found = tb_payment_match (&hint, self->payers);
  g_autoptr (GPtrArray) wanted = NULL; /* numbers are of `found` */
  guint32 like;

  review->found = found.kind;
  if (decided != NULL && g_str_equal (decided, NOBODY))
    {
      say (review, TB_REVIEW_OPEN, g_strdup (_("Left out, as it was decided.")));
      return TRUE;
    }
  review->client = g_strdup (decided != NULL ? decided : found.account != NULL ? found.account->client : NULL);
  say (review, TB_REVIEW_OPEN, g_strdup (tb_found_kind_to_display (found.kind)));
  if (decided == NULL && !tb_found_kind_is_sure (found.kind))
    return TRUE;
  like = decided == NULL ? find_like (self, entry, review->client) : 0;
  if (like != 0)
    {
      say (review, TB_REVIEW_PERHAPS, g_strdup_printf (_("Payment %u of the client may be the same money."), like));
      return TRUE;
    }
  if (found.account != NULL && g_strcmp0 (found.account->client, review->client) == 0 && found.kind != TB_FOUND_SEVERAL)
    wanted = tb_found_payer_fit (&found, entry->amount.amount);
  if (decided != NULL)
    say (review, TB_REVIEW_OPEN, g_strdup (_("As it was decided.")));
  return record (self, review, review->client, wanted, error);
}

static gboolean
review_entry (Desk *self, TbPaymentReview *review, GError **error)
{
  const TbBankEntry *entry = review->entry;
  gboolean known = FALSE;

  if (entry->problem != NULL)
    say (review, TB_REVIEW_BAD, g_strdup (entry->problem));
  else if (entry->amount.currency == TB_CURRENCY_NONE)
    say (review, TB_REVIEW_BAD, g_strdup (_("Nothing tells its currency.")));
  else if (entry->amount.amount <= 0 || entry->back)
    say (review, TB_REVIEW_OUT, g_strdup (entry->back ? _("The bank took back a payment: reverse that.") : _("It went out.")));
  else if (!tb_payment_store_has_origin (self->store, entry->origin, &known, error))
    return FALSE;
  else if (known)
    say (review, TB_REVIEW_KNOWN, g_strdup (_("It came in before.")));
  else
    return judge (self, review, error);
  return TRUE;
}

/* ---- the file ---- */

static TbPaymentImport *
review_all (Desk *self, GError **error)
{
  g_autoptr (TbPaymentImport) import = g_new0 (TbPaymentImport, 1);

  import->rows = g_ptr_array_new_with_free_func (review_free);
  if (!desk_open (self, error))
    return NULL;
  for (guint i = 0; i < self->file->entries->len; i++)
    {
      TbPaymentReview *review = g_new0 (TbPaymentReview, 1);

      g_ptr_array_add (import->rows, review);
      review->entry = self->file->entries->pdata[i];
      if (!review_entry (self, review, error))
        {
          g_prefix_error (error, _("entry %u: "), review->entry->number);
          return NULL;
        }
      import->counts[review->kind]++;
    }
  return g_steal_pointer (&import);
}

/* A dry run is done and taken back, so that it says what a run would. */
TbPaymentImport *
tb_payments_import (TbStore *store, const TbBankFile *file, GHashTable *assigned, gboolean dry_run, gint64 now, GError **error)
{
  g_auto (Desk) desk = { store, file, assigned, now };
  g_autoptr (TbPaymentImport) import = NULL;
  gboolean ok;

  if (!tb_store_begin (store, error))
    return NULL;
  import = review_all (&desk, error);
  ok = import != NULL && !dry_run && tb_store_commit (store, error);
  if (!ok)
    tb_store_rollback (store);
  for (guint i = 0; dry_run && import != NULL && i < import->rows->len; i++)
    if (((TbPaymentReview *) import->rows->pdata[i])->payment != NULL)
      ((TbPaymentReview *) import->rows->pdata[i])->payment->id = 0;
  return ok || (dry_run && import != NULL) ? g_steal_pointer (&import) : NULL;
}
