/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-account.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Payments, whose rows stay, and what they are for. */

/* Writes it with its allocations and sets its id. A reference that the client has for one of that kind already, an origin or a transaction at WHMCS that is
 * recorded already, are TB_ERROR_CONFLICT, in words that say which payment that is. */
gboolean   tb_payment_store_add (TbStore *store, TbPayment *payment, GError **error);
/* Adds to what is for invoices: of TbAllocation, below zero takes back. */
gboolean   tb_payment_store_allocate (TbStore *store, guint32 id, GPtrArray *allocations, gint64 now, GError **error);
/* The transaction at WHMCS that it is. */
gboolean   tb_payment_store_set_remote (TbStore *store, guint32 id, gint64 remote_id, GError **error);

typedef struct
{
  const char *client;  /* key, or NULL */
  TbCurrency currency; /* NONE = any */
  guint32 id;          /* 0 = any */
  guint32 reverses_id; /* only what takes back that one; 0 = any */
} TbPaymentFilter;
/* Of TbPayment, by day; NULL = all. Allocations to invoices that were voided since are left out. */
GPtrArray *tb_payment_store_list (TbStore *store, const TbPaymentFilter *filter, GError **error);
TbPayment *tb_payment_store_get (TbStore *store, guint32 id, GError **error); /* TB_ERROR_NOT_FOUND */
/* Whether one of the bank has that origin. */
gboolean   tb_payment_store_has_origin (TbStore *store, const char *origin, gboolean *ret, GError **error);

/* Of TbAccount, computed: one a client and currency in which there is a document or a payment, in the order of clients. `client` (key) NULL = all. */
GPtrArray *tb_account_store_list (TbStore *store, const char *client, GError **error);

G_END_DECLS
