/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-set-aside.h"

#include <glib/gi18n-lib.h>

#include "tb-call-store.h"
#include "tb-clock.h"
#include "tb-correction-booking.h"
#include "tb-error.h"
#include "tb-explain-private.h"
#include "tb-invoice-store.h"
#include "tb-set-aside-store.h"
#include "tb-setup-store.h"

/* ---- which ---- */

/* The open ones with that uid, newest first; borrowed from `all`. */
static GPtrArray *
find (TbStore *store, const char *connection, const char *uid, GPtrArray **ret_all, GError **error)
{
  g_autoptr (GPtrArray) all = tb_call_conflict_store_list (store, connection, 0, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((TbCallConflict *) all->pdata[i])->uid, uid))
      g_ptr_array_add (found, all->pdata[i]);
  if (found->len == 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("No call “%s” of “%s” is set aside."), uid, connection);
      return NULL;
    }
  *ret_all = g_steal_pointer (&all);
  return g_steal_pointer (&found);
}

static gboolean
settle (TbStore *store, const char *connection, const GPtrArray *conflicts, gint64 time, GError **error)
{
  for (guint i = 0; i < conflicts->len; i++)
    if (!tb_set_aside_store_dismiss (store, TB_SET_ASIDE_CALL, connection, ((TbCallConflict *) conflicts->pdata[i])->key, time, error))
      return FALSE;
  return TRUE;
}

/* ---- its price ---- */

static TbCall
changed_call (const TbCallConflict *conflict)
{
  return (TbCall){ .id = conflict->call,
                   .uid = conflict->uid,
                   .tenant = conflict->tenant,
                   .extension = conflict->extension,
                   .caller = conflict->caller,
                   .caller_name = conflict->caller_name,
                   .callee = conflict->callee,
                   .did = conflict->did,
                   .account_code = conflict->account,
                   .cause = conflict->cause,
                   .direction = conflict->direction,
                   .start = conflict->start,
                   .ring = conflict->ring,
                   .duration = conflict->duration,
                   .seconds = conflict->seconds };
}

static gboolean
refuse (const char *uid, const char *why, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The change of call “%s” cannot be billed: %s Dismiss it, or bill it by hand."), uid, why);
  return FALSE;
}

static gboolean
check (const TbCallConflict *conflict, const TbRatedCall *before, const TbRatedCall *after, TbRatingMemory memory, const TbInvoice *invoice,
       GError **error)
{
  if (tb_call_status_is_unrated (after->status))
    {
      g_autofree char *why = g_strdup_printf (_("by today’s set-up it has no price (%s)."), tb_call_status_to_display (after->status));

      return refuse (conflict->uid, why, error);
    }
  if (after->client_id != 0 && after->client_id != before->client_id)
    return refuse (conflict->uid, _("it would be another client’s."), error);
  if (after->currency != TB_CURRENCY_NONE && after->currency != invoice->currency)
    return refuse (conflict->uid, _("it would be in another currency."), error);
  if ((memory & (TB_RATING_MEMORY_TIERS | TB_RATING_MEMORY_TOTALS)) != 0 || before->free != 0 || after->free != 0)
    return refuse (conflict->uid, _("included minutes or tiers make its price depend on other calls."), error);
  return TRUE;
}

static gboolean
price (const TbSetup *setup, const TbCallConflict *conflict, const TbCallRow *row, const TbInvoice *invoice, TbRatedCall *ret, GError **error)
{
  g_autoptr (TbRating) rating = tb_rating_new (setup, error);
  g_autoptr (TbRatingState) state = rating != NULL ? tb_rating_state_new (rating) : NULL;
  const TbCall call = changed_call (conflict);
  guint connection = tb_explain_connection_index (setup, row->connection);
  TbRatingTenant *tenant;

  if (rating == NULL)
    return FALSE;
  if (connection == G_MAXUINT)
    return refuse (conflict->uid, _("its connection is gone."), error);
  tenant = tb_rating_get_tenant (rating, connection, call.tenant);
  return tb_rating_rate (rating, state, tenant, &call, ret, error)
         && check (conflict, &row->rated, ret, tb_rating_tenant_get_memory (tenant), invoice, error);
}

/* ---- the difference ---- */

/* To what was invoiced, and what corrections made of it since. */
static gboolean
subtract (TbStore *store, const TbCallRow *row, const TbRatedCall *after, TbCorrectedCall *ret, GError **error)
{
  g_autoptr (GHashTable) corrected = NULL;
  const TbCorrectedCall *earlier;

  if (!tb_correction_store_load_calls (store, &corrected, error))
    return FALSE;
  earlier = corrected != NULL ? g_hash_table_lookup (corrected, &row->call.id) : NULL;
  *ret = (TbCorrectedCall){ row->call.id, after->billed - row->rated.billed - (earlier != NULL ? earlier->billed : 0), 0, 0 };
  return tb_amount_subtract (after->charge, row->rated.charge, &ret->amount, error)
         && (earlier == NULL || tb_amount_subtract (ret->amount, earlier->amount, &ret->amount, error));
}

static gboolean
book (TbStore *store, const TbSetup *setup, const TbInvoice *invoice, guint32 service_id, const TbCorrectedCall *call, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) corrections = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_correction_free);
  TbCorrection *correction;

  if (call->amount == 0)
    return TRUE;
  correction = tb_correction_booking_new (setup, invoice, service_id);
  correction->time = now; /* of dismissing too: by that the two are known to belong together */
  g_ptr_array_add (corrections, correction);
  return tb_correction_add (correction, call, error) && tb_corrections_choose (corrections, FALSE, error) && tb_corrections_book (store, corrections, error);
}

static TbInvoice *
find_invoice (TbStore *store, const TbCallConflict *conflict, const TbCallRow *row, GError **error)
{
  g_autoptr (TbInvoice) invoice = row->invoice != NULL ? tb_invoice_store_get (store, row->invoice, NULL) : NULL;

  if (invoice != NULL && invoice->state == TB_INVOICE_APPROVED)
    return g_steal_pointer (&invoice);
  refuse (conflict->uid, _("it is on no approved invoice any more. Collect its day again."), error);
  return NULL;
}

static gboolean
accept (TbStore *store, const char *connection, const char *uid, TbMoney *ret, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) conflicts = find (store, connection, uid, &all, error);
  const TbCallConflict *conflict = conflicts != NULL ? conflicts->pdata[0] : NULL;
  g_autoptr (TbCallRow) row = conflict != NULL ? tb_call_store_get (store, conflict->call, error) : NULL;
  g_autoptr (TbInvoice) invoice = row != NULL ? find_invoice (store, conflict, row, error) : NULL;
  g_autoptr (TbSetup) setup = invoice != NULL ? tb_setup_store_load (store, TB_SETUP_WITH_RATES, error) : NULL;
  const gint64 now = tb_clock_now ();
  TbRatedCall after;
  TbCorrectedCall call;

  if (setup == NULL || !price (setup, conflict, row, invoice, &after, error) || !subtract (store, row, &after, &call, error)
      || !book (store, setup, invoice, row->rated.service_id, &call, now, error) || !settle (store, connection, conflicts, now, error))
    return FALSE;
  *ret = (TbMoney){ call.amount, invoice->currency };
  return TRUE;
}

gboolean
tb_set_aside_accept (TbStore *store, const char *connection, const char *uid, TbMoney *ret, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, accept (store, connection, uid, ret, error), error);
}

gboolean
tb_set_aside_dismiss (TbStore *store, const char *connection, const char *uid, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) conflicts = find (store, connection, uid, &all, error);

  return conflicts != NULL && settle (store, connection, conflicts, tb_clock_now (), error);
}
