/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-time.h"

G_BEGIN_DECLS

/**
 * TbBalance: what a client who pays in advance has left: the entries of the ledger, less what is used and on no approved invoice yet, with its
 * tax (a top-up is a payment, the tax is due on the use). Approval puts a settlement into the ledger in place of that use.
 */

/* The numbers are stored in books: append only. */
typedef enum
{
  TB_ENTRY_TOP_UP = 0,     /* above zero */
  TB_ENTRY_REFUND = 1,     /* below zero: paid back */
  TB_ENTRY_ADJUSTMENT = 2, /* either */
  TB_ENTRY_SETTLEMENT = 3, /* the use on an approved invoice; taken back when that is voided */
} TbBalanceEntryKind;

typedef struct
{
  guint32 id;
  guint32 client_id;
  TbBalanceEntryKind kind;
  gint64 time;
  TbMoney amount;
  char *reference; /* or NULL */
  char *note;      /* or NULL */
} TbBalanceEntry;

TbBalanceEntry *tb_balance_entry_new (void);
void            tb_balance_entry_free (TbBalanceEntry *self);
const char     *tb_balance_entry_kind_to_string (TbBalanceEntryKind self);  /* "top-up" "refund" "adjustment" "settlement" */
const char     *tb_balance_entry_kind_to_display (TbBalanceEntryKind self); /* translated */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbBalanceEntry, tb_balance_entry_free)
/* An amount that is none of its kind, or finer than the currency's minor units, is TB_ERROR_INVALID_INPUT. */
gboolean tb_balance_entry_validate (const TbBalanceEntry *self, GError **error);

typedef enum
{
  TB_BALANCE_OK,
  TB_BALANCE_LOW,   /* at the client's threshold or below */
  TB_BALANCE_EMPTY, /* nothing left, or less: the service may be suspended */
} TbBalanceState;

const char    *tb_balance_state_to_string (TbBalanceState self); /* "ok" "low" "empty" */
TbBalanceState tb_balance_get_state (TbAmount balance, TbDecimal low_balance /* TB_DECIMAL_NONE = none */);

/* Entries less `charges` with their tax (percent of the sum, rounded half-up to minor units as an invoice's is). */
gboolean tb_balance_compute (TbMoney entries, TbAmount charges, TbDecimal tax_percent, TbAmount *ret, GError **error);

/* ---- the statement ---- */

typedef struct
{
  gint64 time;     /* of the entry, or of the day's first call */
  gboolean is_use; /* calls of one day, else an entry */
  TbBalanceEntryKind kind;
  gint64 calls;
  TbAmount amount;  /* signed */
  TbAmount balance; /* after it */
  char *reference, *note;
} TbBalanceLine;

typedef struct
{
  gint64 start;
  TbAmount charge;
} TbBalanceUse;

typedef struct
{
  TbCurrency currency;
  GPtrArray *lines; /* of TbBalanceLine, in order of time */
  TbAmount balance;
  TbBalanceState state;
  gint64 since; /* when it came into that state, TB_TIME_NONE = always was */
} TbBalanceStatement;

/* `entries` (of TbBalanceEntry in `currency`) and `uses` (of TbBalanceUse) in order of time; days are those of `zone`. The last line's balance is
 * what tb_balance_compute says, to the last unit. */
TbBalanceStatement *tb_balance_statement_new (TbCurrency currency, GPtrArray *entries, GArray *uses, TbDecimal tax_percent, TbDecimal low_balance,
                                              TbZone *zone, GError **error);
void                tb_balance_statement_free (TbBalanceStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbBalanceStatement, tb_balance_statement_free)

G_END_DECLS
