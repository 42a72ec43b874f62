/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment-store.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"

/* ---- writing ---- */

/* The same money named the same way is one payment, whoever recorded it. */
static gboolean
refuse_known (TbStore *store, const TbPayment *payment, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT id, day, amount, currency FROM payment WHERE origin = $1 OR remote = $2 "
                       "OR (client = $3 AND kind = $4 AND reference = $5) ORDER BY id LIMIT 1",
                       error);
  g_autofree char *amount = NULL, *day = NULL;
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, payment->origin);
  tb_statement_bind_int_or_null (row, 2, payment->remote_id, 0);
  tb_statement_bind_int (row, 3, payment->client_id);
  tb_statement_bind_int (row, 4, payment->kind);
  tb_statement_bind_text (row, 5, payment->source == TB_PAYMENT_BY_HAND ? payment->reference : NULL);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  amount = tb_money_to_display ((TbMoney){ tb_statement_int (row, 2), (TbCurrency) tb_statement_int (row, 3) });
  day = tb_day_format ((TbDay) tb_statement_int (row, 1));
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
               _("“%s” is recorded already: payment %" PRId64 ", %s on %s. If this is another one, give it a reference of its own."),
               payment->reference != NULL ? payment->reference : payment->origin != NULL ? payment->origin : "", tb_statement_int (row, 0), amount, day);
  return FALSE;
}

static gboolean
write_payment (TbStore *store, TbPayment *payment, GError **error)
{
  g_autoptr (TbStatement) add = tb_db_prepare (tb_store_get_db (store),
                                               "INSERT INTO payment (client, kind, source, day, amount, currency, method, reference, note, origin, reverses, "
                                               "remote, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                                               error);
  const gint64 numbers[] = { payment->client_id, payment->kind, payment->source, payment->day, payment->amount.amount, payment->amount.currency };
  const char *const texts[] = { payment->method, payment->reference, payment->note, payment->origin };

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    tb_statement_bind_int (add, 1 + (int) i, numbers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    tb_statement_bind_text (add, 7 + (int) i, texts[i]);
  tb_statement_bind_int_or_null (add, 11, payment->reverses_id, 0);
  tb_statement_bind_int_or_null (add, 12, payment->remote_id, 0);
  tb_statement_bind_int (add, 13, payment->recorded);
  if (!tb_statement_run (add, error))
    return FALSE;
  payment->id = (guint32) tb_db_last_insert_id (tb_store_get_db (store));
  return tb_payment_store_allocate (store, payment->id, payment->allocations, payment->recorded, error);
}

gboolean
tb_payment_store_add (TbStore *store, TbPayment *payment, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error)
         && tb_store_leave (store, own,
                            tb_payment_validate (payment, error) && refuse_known (store, payment, error) && write_payment (store, payment, error),
                            error);
}

gboolean
tb_payment_store_allocate (TbStore *store, guint32 id, GPtrArray *allocations, gint64 now, GError **error)
{
  g_autoptr (TbStatement) add
      = tb_db_prepare (tb_store_get_db (store), "INSERT INTO payment_allocation (payment, invoice, amount, time) VALUES ($1, $2, $3, $4)", error);

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < allocations->len; i++)
    {
      const TbAllocation *allocation = allocations->pdata[i];

      if (allocation->amount == 0)
        continue;
      tb_statement_bind_int (add, 1, id);
      tb_statement_bind_int (add, 2, allocation->invoice_id);
      tb_statement_bind_int (add, 3, allocation->amount);
      tb_statement_bind_int (add, 4, now);
      if (!tb_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_payment_store_set_remote (TbStore *store, guint32 id, gint64 remote_id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "UPDATE payment SET remote = $1 WHERE id = $2", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, remote_id);
  tb_statement_bind_int (row, 2, id);
  return tb_statement_run (row, error);
}

/* ---- reading ---- */

static TbPayment *
payment_from_row (TbStatement *row)
{
  TbPayment *self = tb_payment_new ();

  self->id = (guint32) tb_statement_int (row, 0);
  self->client_id = (guint32) tb_statement_int (row, 1);
  self->client = tb_statement_dup_text (row, 2);
  self->kind = (TbPaymentKind) tb_statement_int (row, 3);
  self->source = (TbPaymentSource) tb_statement_int (row, 4);
  self->day = (TbDay) tb_statement_int (row, 5);
  self->amount = (TbMoney){ tb_statement_int (row, 6), (TbCurrency) tb_statement_int (row, 7) };
  self->method = tb_statement_dup_text (row, 8);
  self->reference = tb_statement_dup_text (row, 9);
  self->note = tb_statement_dup_text (row, 10);
  self->origin = tb_statement_dup_text (row, 11);
  self->reverses_id = (guint32) tb_statement_int (row, 12);
  self->remote_id = tb_statement_int (row, 13);
  self->recorded = tb_statement_int (row, 14);
  return self;
}

#define WHERE "WHERE ($1 IS NULL OR c.key = $1) AND ($2 IS NULL OR p.currency = $2) AND ($3 IS NULL OR p.id = $3) AND ($4 IS NULL OR p.reverses = $4) "

static TbStatement *
prepare_list (TbStore *store, const TbPaymentFilter *filter, const char *sql, GError **error)
{
  TbStatement *row = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, filter != NULL ? filter->client : NULL);
  tb_statement_bind_int_or_null (row, 2, filter != NULL ? filter->currency : 0, 0);
  tb_statement_bind_int_or_null (row, 3, filter != NULL ? filter->id : 0, 0);
  tb_statement_bind_int_or_null (row, 4, filter != NULL ? filter->reverses_id : 0, 0);
  return row;
}

static gboolean
read_allocations (TbStore *store, const TbPaymentFilter *filter, GHashTable *by_id, GError **error)
{
  g_autoptr (TbStatement) row = prepare_list (store, filter,
                                              "SELECT a.payment, a.invoice, i.number, a.amount FROM payment_allocation a JOIN payment p ON p.id = a.payment "
                                              "JOIN client c ON c.id = p.client JOIN invoice i ON i.id = a.invoice " WHERE "AND i.state = 1 ORDER BY a.id",
                                              error);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbPayment *payment = has_row ? g_hash_table_lookup (by_id, GUINT_TO_POINTER ((guint) tb_statement_int (row, 0))) : NULL;

      if (!has_row)
        return TRUE;
      if (payment != NULL
          && !tb_payment_add_allocation (payment, (guint32) tb_statement_int (row, 1), tb_statement_text (row, 2), tb_statement_int (row, 3), error))
        return FALSE;
    }
  return FALSE;
}

/* What was put on an invoice and taken back is for it no more. */
static void
drop_empty (GPtrArray *payments)
{
  for (guint i = 0; i < payments->len; i++)
    {
      GPtrArray *allocations = ((TbPayment *) payments->pdata[i])->allocations;

      for (guint j = allocations->len; j-- > 0;)
        if (((TbAllocation *) allocations->pdata[j])->amount == 0)
          g_ptr_array_remove_index (allocations, j);
    }
}

GPtrArray *
tb_payment_store_list (TbStore *store, const TbPaymentFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) payments = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_payment_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (NULL, NULL);
  g_autoptr (TbStatement) row = prepare_list (store, filter,
                                              "SELECT p.id, p.client, c.key, p.kind, p.source, p.day, p.amount, p.currency, p.method, p.reference, p.note, "
                                              "p.origin, p.reverses, p.remote, p.recorded FROM payment p JOIN client c ON c.id = p.client " WHERE
                                              "ORDER BY p.day, p.id",
                                              error);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbPayment *payment;

      if (!has_row)
        {
          if (!read_allocations (store, filter, by_id, error))
            return NULL;
          drop_empty (payments);
          return g_steal_pointer (&payments);
        }
      payment = payment_from_row (row);
      g_ptr_array_add (payments, payment);
      g_hash_table_insert (by_id, GUINT_TO_POINTER (payment->id), payment);
    }
  return NULL;
}

TbPayment *
tb_payment_store_get (TbStore *store, guint32 id, GError **error)
{
  const TbPaymentFilter its = { .id = id };
  g_autoptr (GPtrArray) found = tb_payment_store_list (store, &its, error);

  if (found == NULL)
    return NULL;
  if (id != 0 && found->len > 0)
    return g_ptr_array_steal_index (found, 0);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no payment %u."), id);
  return NULL;
}

gboolean
tb_payment_store_has_origin (TbStore *store, const char *origin, gboolean *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT 1 FROM payment WHERE origin = $1", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, origin);
  return tb_statement_step (row, ret, error);
}
