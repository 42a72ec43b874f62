/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-account.h"

G_BEGIN_DECLS

/* Whose money came in, by what a bank says of it. Only what leaves no doubt is found; everything else is left to people, with what speaks for whom. */

typedef struct
{
  TbMoney amount; /* above zero */
  const char *name, *reference, *text; /* or NULL */
} TbPaymentHint;

typedef enum
{
  TB_FOUND_NOTHING,
  TB_FOUND_BY_NUMBER, /* it names open invoices of one client */
  TB_FOUND_BY_NAME,   /* the payer has the client's name, and the amount is what one invoice, or all of them, have open */
  TB_FOUND_CLOSED,    /* it names invoices that are paid: for people */
  TB_FOUND_SEVERAL,   /* it may be several clients': for people */
  TB_FOUND_AMOUNT,    /* only the amount fits, of one invoice alone: for people */
} TbFoundKind;
const char *tb_found_kind_to_string (TbFoundKind self);  /* "nothing" "number" "name" "closed" "several" "amount" */
const char *tb_found_kind_to_display (TbFoundKind self); /* a sentence, translated */
gboolean    tb_found_kind_is_sure (TbFoundKind self);

typedef struct
{
  TbFoundKind kind;
  TbAccount *account; /* borrowed; of the only or the likeliest client, or NULL */
  GPtrArray *wanted;  /* of TbAllocation, borrowed numbers: the invoices that it is for; empty = oldest first */
} TbFoundPayer;
void tb_found_payer_clear (TbFoundPayer *self);
/* As much of what it names as the money reaches, in that order: of TbAllocation, borrowed numbers. */
GPtrArray *tb_found_payer_fit (const TbFoundPayer *self, TbAmount amount);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TbFoundPayer, tb_found_payer_clear)

/* Who may pay: accounts, found by the numbers of their documents without walking through them. */
typedef struct _TbPayers TbPayers;
TbPayers    *tb_payers_new (GPtrArray *accounts /* of TbAccount, computed; referenced */);
void         tb_payers_free (TbPayers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPayers, tb_payers_free)
/* Borrowed, or NULL. */
TbAccount   *tb_payers_find (const TbPayers *self, const char *client, TbCurrency currency);
TbFoundPayer tb_payment_match (const TbPaymentHint *hint, const TbPayers *payers);
/* Whether text holds the number, however it is set apart or not: "INV-2026-00042" in "inv 2026/00042 thank you", but not in "INV-2026-000421". */
gboolean     tb_payment_names_number (const char *text, const char *number);
G_END_DECLS
