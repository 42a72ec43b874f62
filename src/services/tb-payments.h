/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-payment-store.h"

G_BEGIN_DECLS

/* Recording what clients paid. Each function is one transaction: the payment is in the books with what it is for, or it is not. */

/* What is recorded. Texts are borrowed; empty ones count as NULL. */
typedef struct
{
  const char *client;  /* key */
  TbCurrency currency; /* NONE = the client's */
  TbAmount amount;     /* above zero */
  TbDay day;
  TbPaymentSource source;
  const char *method, *reference, *note;
  const char *origin;  /* as TbPayment has it */
  gint64 remote_id;    /* likewise */
  GPtrArray *wanted;   /* of TbAllocation, by number (amount 0 = as much as is open); NULL = oldest due first; empty = none */
} TbPaymentOrder;

/* The client's account in that currency (NONE = the client's), which may be empty. TB_ERROR_NOT_FOUND. */
TbAccount *tb_payments_read_account (TbStore *store, const char *client, TbCurrency currency, GError **error);
/* What recording it would do, without an id: nothing is written. */
TbPayment *tb_payments_preview (TbStore *store, const TbPaymentOrder *order, GError **error);
/* Refused: what tb_payment_validate refuses, a day that is to come (TB_ERROR_INVALID_INPUT), what is recorded already (TB_ERROR_CONFLICT), and for a
 * client who pays in advance what is more than is open, for that is a top-up of the balance. */
TbPayment *tb_payments_record (TbStore *store, const TbPaymentOrder *order, gint64 now, GError **error);

/* The same on an account that was read (or, with none of the client's documents, made) before: of many payments in one transaction, each sees what the ones
 * before it left. `in_advance`: the client pays in advance. */
TbPayment *tb_payments_record_on (TbStore *store, TbAccount *account, gboolean in_advance, const TbPaymentOrder *order, gint64 now, GError **error);

/* A transaction at WHMCS for that document, as a payment: it pays that as far as it goes, and the rest is credit there as it is here. Of one who pays in
 * advance it is in the balance, and only what pays the document is recorded. */
TbPayment *tb_payments_take_over (TbStore *store, const TbMirrorPayment *row, const char *client, guint32 document, gint64 now, GError **error);

/* What takes back a payment, or a part of it. */
typedef struct
{
  TbPaymentKind kind; /* REFUND or RETURN */
  TbAmount amount;    /* above zero; 0 = all that is left */
  TbDay day;
  TbPaymentSource source;
  const char *method, *reference, *note, *origin;
  gint64 remote_id;
} TbReversalOrder;
TbPayment *tb_payments_reverse (TbStore *store, guint32 id, const TbReversalOrder *order, gint64 now, GError **error);

/* Puts what of the payment is free on invoices, `wanted` as above; with `again` what it is for now is free first, unless WHMCS was told of it. */
TbPayment *tb_payments_allocate (TbStore *store, guint32 id, GPtrArray *wanted, gboolean again, gint64 now, GError **error);

/* "INV-2026-00042=10.50,INV-2026-00043": a list for `wanted`. TB_ERROR_INVALID_INPUT. */
GPtrArray *tb_payments_parse_wanted (const char *text, GError **error);
/* An amount as it is typed: above zero, in the currency's smallest coin. TB_ERROR_INVALID_INPUT. */
gboolean   tb_payments_parse_amount (const char *text, TbCurrency currency, TbAmount *ret, GError **error);

G_END_DECLS
