/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs.h"

G_BEGIN_DECLS

/* Money that came in or went out. */
typedef struct
{
  gint64 id, client, invoice; /* 0 = none */
  gint64 currency_id;         /* 0 = the client's */
  gint64 refund_of;
  char *gateway, *description;
  char *reference;            /* "transid" */
  TbDay date;
  TbAmount in, fees, out;
  TbDecimal rate;             /* to the default currency; 1 for new ones in it */
} TbWhmcsTransaction;

TbWhmcsTransaction *tb_whmcs_transaction_new (void);
void                tb_whmcs_transaction_free (TbWhmcsTransaction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsTransaction, tb_whmcs_transaction_free)
/* A row as GetTransactions and GetInvoice have it. */
gpointer            tb_whmcs_transaction_read (TbWhmcsFields *row, gpointer data);

/* Each 0 or NULL = any; one at least is needed on a WHMCS of size, for it does not page. Of TbWhmcsTransaction. */
GPtrArray *tb_whmcs_list_transactions (TbWhmcs *self, gint64 client, gint64 invoice, const char *reference, GError **error);

/* `amount` TB_DECIMAL_NONE = what is open. WHMCS is not known to refuse a reference that is there already: look first. No mail when `quiet`. */
TbWhmcsOutcome tb_whmcs_add_payment (TbWhmcs *self, gint64 invoice, const char *reference, const char *gateway, TbDay date, TbAmount amount,
                                     TbAmount fees, gboolean quiet, GError **error);
/* Into the client's credit when `to_credit`. A reference that is there already is TB_ERROR_CONFLICT, so that this can be sent again. The
 * date is written as WHMCS is set up to show it: `date_format` as its setting "DateFormat" says ("DD/MM/YYYY"); NULL = today. */
TbWhmcsOutcome tb_whmcs_add_transaction (TbWhmcs *self, const TbWhmcsTransaction *transaction, gboolean to_credit, const char *date_format,
                                         GError **error);

typedef struct
{
  gint64 id;
  TbDay date;
  char *description; /* decoded */
  TbAmount amount;   /* signed */
  gint64 related;
} TbWhmcsCredit;

void tb_whmcs_credit_free (TbWhmcsCredit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsCredit, tb_whmcs_credit_free)

/* Of TbWhmcsCredit. */
GPtrArray     *tb_whmcs_list_credits (TbWhmcs *self, gint64 client, GError **error);
/* `amount` signed: below 0 takes it away. Repeating it does it again. `ret_balance` may be NULL; TB_DECIMAL_NONE where WHMCS does not say it. */
TbWhmcsOutcome tb_whmcs_add_credit (TbWhmcs *self, gint64 client, TbAmount amount, const char *description, TbAmount *ret_balance,
                                    GError **error);
/* From the client's credit. No mail when `quiet`. */
TbWhmcsOutcome tb_whmcs_apply_credit (TbWhmcs *self, gint64 invoice, TbAmount amount, gboolean quiet, GError **error);

G_END_DECLS
