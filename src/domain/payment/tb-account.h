/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"
#include "tb-payment-status.h"

G_BEGIN_DECLS

/**
 * TbAccount: what one client owes in one currency, computed from what the books say of approved documents, payments and WHMCS, and stored nowhere.
 *
 * An invoice is paid by what of payments is for it, by credit notes that correct it, and by credit that WHMCS applied to it. WHMCS credits what it got
 * too much, and what we told it of credit notes and of payments in advance: such credit is the same money a second time, so of what is applied there only
 * what is more than those counts, and it lessens the credit on account here, as far as there is some.
 */
typedef struct
{
  guint32 id;
  char *number;
  guint32 corrects_id; /* of a credit note: its invoice; 0 = none */
  TbDay issued, due;
  TbAmount total;      /* below zero: the client's */
  TbAmount settled;    /* of the total, by what was paid in advance */
  TbAmount allocated;  /* of payments, less what reversals took back */
  TbAmount refunded;   /* what refunds took back of that, which nobody asks for again */
  TbAmount returned;   /* what returns took back, which is owed again */
  TbDay last;          /* of the last payment for it; TB_DAY_NONE = none */
  gboolean applied;    /* at WHMCS the invoice has what was paid in advance, and credit was applied for it */
  gboolean posted;     /* WHMCS has it, and `status` is what became of it there */
  TbPaymentStatus status;
  /* computed */
  TbAmount noted;      /* by credit notes; of a credit note: what of it an invoice took */
  TbAmount credited;   /* at WHMCS, from credit that is not all that */
  TbAmount open;       /* what is asked for still */
  TbAmount waived;     /* what is not paid and not asked for: it was refunded, cancelled or marked as paid */
  TbPaymentState state;
} TbOpenItem;

TbOpenItem *tb_open_item_new (void);
void        tb_open_item_free (TbOpenItem *self);
/* What was paid of it, in whatever way but in advance. */
TbAmount    tb_open_item_get_paid (const TbOpenItem *self);
/* How much of a payment it can take, whether it is asked for or not. */
TbAmount    tb_open_item_get_room (const TbOpenItem *self);

/* Days past due at which a column of the ageing begins: not due yet, 1, 31, 61, 91. */
#define TB_AGES 5
guint       tb_open_item_get_age (const TbOpenItem *self, TbDay today);

typedef struct
{
  guint32 client_id;
  char *client;       /* key */
  char *name;         /* or NULL */
  TbCurrency currency;
  TbAmount free;       /* of payments: for no document */
  TbAmount free_there; /* what of that WHMCS has as credit, too */
  GPtrArray *items;   /* of TbOpenItem */
  /* computed */
  TbAmount credit;    /* on account */
  TbAmount given;     /* applied at WHMCS from credit of which nothing is known here */
  TbAmount open;      /* of all items */
  TbAmount balance;   /* open less credit: what is owed */
} TbAccount;

TbAccount *tb_account_new (void);
void       tb_account_free (TbAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbAccount, tb_account_free)
/* Sorts the items, oldest due first, and computes. */
gboolean   tb_account_compute (TbAccount *self, GError **error);
/* Borrowed, or NULL. */
TbOpenItem *tb_account_find (const TbAccount *self, const char *number);
TbOpenItem *tb_account_find_id (const TbAccount *self, guint32 invoice_id);
/* What is open by age, TB_AGES of them. */
gboolean   tb_account_sum_ages (const TbAccount *self, TbDay today, TbAmount ret[TB_AGES], GError **error);

/* Puts what of `payment` is for no invoice on what is open: `wanted` (of TbAllocation, by number; amount 0 = as much as is open) in that order, or NULL =
 * oldest due first. What is wanted and not there, or more than is open, is TB_ERROR_NOT_FOUND or TB_ERROR_INVALID_INPUT. */
gboolean   tb_account_allocate (const TbAccount *self, TbPayment *payment, GPtrArray *wanted, GError **error);

/* What the account is with that payment, which is new in it. */
gboolean   tb_account_take (TbAccount *self, const TbPayment *payment, GError **error);

/* ---- the statement ---- */

typedef enum
{
  TB_STATEMENT_INVOICE,
  TB_STATEMENT_CREDIT_NOTE,
  TB_STATEMENT_PAYMENT,
  TB_STATEMENT_CREDIT, /* applied at WHMCS, of unknown origin */
  TB_STATEMENT_WAIVED, /* not asked for any more */
} TbStatementKind;

typedef struct
{
  TbStatementKind kind;
  TbDay day;
  guint32 id;        /* of the document or payment; 0 = none */
  char *number;      /* of the document */
  const TbPayment *payment;
  TbAmount amount;   /* above zero: owed; below: paid */
  TbAmount balance;  /* after it */
} TbStatementLine;

typedef struct
{
  TbCurrency currency;
  TbAmount before;   /* what was owed on the morning of `from` */
  TbAmount balance;  /* what is owed in the evening of `to` */
  GPtrArray *lines;  /* of TbStatementLine */
} TbStatementOfAccount;

/* Of days from `from` to `to`, both of them; TB_DAY_NONE = from the beginning, to the end. `payments` (of TbPayment) are all of the account and are
 * borrowed by the lines. A document counts by what was not paid in advance. */
TbStatementOfAccount *tb_account_make_statement (const TbAccount *self, GPtrArray *payments, TbDay from, TbDay to, GError **error);
void                  tb_statement_of_account_free (TbStatementOfAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbStatementOfAccount, tb_statement_of_account_free)
const char           *tb_statement_kind_to_string (TbStatementKind self); /* "invoice" "credit-note" "payment" "credit" "not-asked" */

G_END_DECLS
