/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-balance.h"
#include "tb-job.h"
#include "tb-setup.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Balances of the clients who pay in advance: those with a service on a prepaid package, and those who have something in the ledger. */
typedef struct
{
  guint32 client_id;
  char *client; /* key */
  char *name;   /* or NULL */
  TbCurrency currency;
  TbDecimal low_balance; /* TB_DECIMAL_NONE = none */
  TbDecimal tax_percent;
  gboolean is_prepaid;   /* has such a service */
  TbAmount entries;      /* of the ledger */
  TbAmount charges;      /* on no approved invoice, without tax */
  TbAmount balance;
  TbBalanceState state;
} TbClientBalance;
void tb_client_balance_free (TbClientBalance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbClientBalance, tb_client_balance_free)

/* Of TbClientBalance, in the order of clients. Writes nothing. */
GPtrArray       *tb_balances_list (TbStore *store, GError **error);
/* TB_ERROR_NOT_FOUND for a client that is not there; for one who pays afterwards is_prepaid is FALSE. */
TbClientBalance *tb_balances_get (TbStore *store, const char *client, GError **error);
/* Entries and each day's use with what was left after them. */
TbBalanceStatement *tb_balances_read_statement (TbStore *store, const char *client, GError **error);

/* Whose state got worse: of TbClientBalance (borrowed from `after`) that are low or empty and were better in `before`, or were not there. */
GPtrArray *tb_balances_find_fallen (GPtrArray *before, GPtrArray *after);

/* What is booked: an amount as it is said (a refund's is above zero), a time, a reference and a note or NULL. */
typedef struct
{
  TbBalanceEntryKind kind;
  TbAmount amount;
  gint64 time;
  const char *reference, *note;
} TbBalanceOrder;

/* Refused: an amount that is none of its kind (TB_ERROR_INVALID_INPUT), a client who pays afterwards, a refund of more than is left, a
 * reference that is booked already (TB_ERROR_CONFLICT). Gives the balance after it. */
TbClientBalance *tb_balances_book (TbStore *store, const char *client, const TbBalanceOrder *order, GError **error);
/* The same question for a form, before anything is booked. */
gboolean         tb_balance_order_parse_amount (const char *text, TbBalanceEntryKind kind, TbCurrency currency, TbAmount *ret, GError **error);

G_END_DECLS
