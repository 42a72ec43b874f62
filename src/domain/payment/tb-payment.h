/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-time.h"

G_BEGIN_DECLS

/**
 * TbPayment: money that a client paid, or got back. It is never changed nor deleted once it is recorded: what was wrong is reversed by a payment of its
 * own, below zero, that names the first. What of it pays which invoice is said by allocations; what pays none is the client's credit on account.
 */

/* The numbers of these are stored in books: append only. */
typedef enum
{
  TB_PAYMENT_RECEIVED = 0, /* above zero */
  TB_PAYMENT_REFUND = 1,   /* below zero: given back */
  TB_PAYMENT_RETURN = 2,   /* below zero: a debit or cheque that the bank took back, or a mistake: what it paid is owed again */
} TbPaymentKind;

typedef enum
{
  TB_PAYMENT_BY_HAND = 0,
  TB_PAYMENT_FROM_WHMCS = 1,
  TB_PAYMENT_FROM_BANK = 2, /* a file of the bank */
} TbPaymentSource;

/* What of a payment is for an invoice: below zero takes back what an earlier one gave. */
typedef struct
{
  guint32 invoice_id;
  char *number; /* of the invoice */
  TbAmount amount;
} TbAllocation;

typedef struct
{
  guint32 id;
  TbPaymentKind kind;
  TbPaymentSource source;
  guint32 client_id;
  char *client;        /* key */
  TbDay day;           /* when the money came or went */
  TbMoney amount;
  char *method;        /* "bank transfer", "cash" …; of WHMCS: its gateway; or NULL */
  char *reference;     /* what names it: once a client and kind; or NULL */
  char *note;          /* or NULL */
  char *origin;        /* of a bank's entry: what names it in the bank's files, for a file that is read twice; else NULL */
  guint32 reverses_id; /* the payment that this takes back; 0 = none */
  gint64 remote_id;    /* of the transaction at WHMCS; 0 = not known there */
  gint64 recorded;
  GPtrArray *allocations; /* of TbAllocation: one an invoice, as they are summed now */
} TbPayment;

TbPayment  *tb_payment_new (void);
void        tb_payment_free (TbPayment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPayment, tb_payment_free)
const char *tb_payment_kind_to_string (TbPaymentKind self);  /* "payment" "refund" "return" */
const char *tb_payment_kind_to_display (TbPaymentKind self); /* translated */
gboolean    tb_payment_kind_parse (const char *text, TbPaymentKind *ret, GError **error);
const char *tb_payment_source_to_string (TbPaymentSource self);  /* "hand" "whmcs" "bank" */
const char *tb_payment_source_to_display (TbPaymentSource self); /* translated */

/* Adds to what is for that invoice already. */
gboolean tb_payment_add_allocation (TbPayment *self, guint32 invoice_id, const char *number, TbAmount amount, GError **error);
/* What of it is for no invoice; below zero for what takes back credit on account. */
gboolean tb_payment_get_rest (const TbPayment *self, TbAmount *ret, GError **error);
/* An amount that is none of its kind, or finer than the currency's minor units, and allocations to more than it has, are TB_ERROR_INVALID_INPUT. */
gboolean tb_payment_validate (const TbPayment *self, GError **error);

/* Fills a payment's allocations as it takes back `amount` (above zero) of `payment`, of which earlier reversals (of TbPayment) took a part: first what of
 * it is for no invoice, then the invoices, the last one first. TB_ERROR_CONFLICT when so much is not left of it. */
gboolean tb_payment_reverse (TbPayment *reversal, const TbPayment *payment, GPtrArray *earlier, TbAmount amount, GError **error);
/* What is left of it after them. */
gboolean tb_payment_get_left (const TbPayment *self, GPtrArray *earlier, TbAmount *ret, GError **error);

/* ---- what became of an invoice ---- */

typedef enum
{
  TB_PAYMENT_DRAFT = 0,     /* at WHMCS, where staff has not published it */
  TB_PAYMENT_OPEN = 1,      /* nothing was paid */
  TB_PAYMENT_PARTLY = 2,
  TB_PAYMENT_PAID = 3,
  TB_PAYMENT_CANCELLED = 4,
  TB_PAYMENT_REFUNDED = 5,
  TB_PAYMENT_OVERPAID = 6,  /* more than it asks for, less its credit notes */
} TbPaymentState;
const char *tb_payment_state_to_string (TbPaymentState self);  /* "draft" "open" "partly-paid" "paid" "cancelled" "refunded" "overpaid" */
const char *tb_payment_state_to_display (TbPaymentState self); /* translated */
/* Whether the client still owes something, so that there is something to remind of. */
gboolean    tb_payment_state_is_due (TbPaymentState self);

G_END_DECLS
