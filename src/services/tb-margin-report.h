/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-margin-limit-store.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/**
 * TbMarginReport: charge beside cost of a span of calls, in the company's currency, each call's money exchanged by the rate in force on its day.
 *
 * A call is sold below cost when its own charge is below its cost and no included minutes paid for it: those are paid by the package's fee,
 * which is no part of any margin here. Such calls are told for each row, also where the row as a whole earns.
 */
typedef enum { TB_MARGIN_BY_CLIENT, TB_MARGIN_BY_DESTINATION, TB_MARGIN_BY_TARIFF, TB_MARGIN_BY_PROVIDER, TB_MARGIN_BY_CALL, TB_MARGIN_N_BY } TbMarginBy;

const char *tb_margin_by_to_string (TbMarginBy self); /* "client" "destination" "tariff" "provider" "call" */
gboolean    tb_margin_by_parse (const char *text, TbMarginBy *ret);

typedef struct
{
  gint64 from, to;    /* start in [from, to); 0 = open */
  TbMarginBy by;
  const char *client; /* key; NULL = all */
  gboolean losses;    /* only rows that lose, or hold calls sold below cost */
  guint limit;        /* at most so many rows, the worst; 0 = all */
} TbMarginQuery;

typedef struct
{
  /* client: its key and name. destination: prefix and description of the rate. tariff: what the rates belong to. provider: its name. call: uid
   * and the number as dialled. "" where there is none; name may be NULL. */
  char *key, *name;
  guint32 client_id;       /* by client */
  gint64 call_id;          /* by call */
  GHashTable *rates;       /* by destination, tariff and provider: the ids of its rates (a provider's: of what it takes), as a set; else NULL */
  gint64 calls, seconds;   /* of calls with a charge or a cost */
  gint64 losses, costless; /* sold below cost; charged while the cost is not known */
  TbMargin money;
  TbMoney lost;            /* what the losses add up to, not below 0 */
  TbMoney included;        /* cost of the calls that included minutes paid for */
  TbMarginLimit limit;     /* by client: what holds for it */
  TbMarginBreach breach;
  TbMarginSum sum, lost_sum, included_sum; /* exact */
} TbMarginRow;
void tb_margin_row_free (TbMarginRow *self);

typedef struct
{
  TbCurrency currency;
  GPtrArray *rows;     /* of TbMarginRow, the worst first */
  TbMarginRow *total;  /* of all calls, whatever rows there are; its breach holds those of all clients, by client */
  gint64 left_out;     /* rows beyond the limit */
  guint below, above;  /* by client: breaches of the minimum margin and of the maximum usage */
} TbMarginReport;

TbMarginReport *tb_margin_report_new (TbStore *store, const TbMarginQuery *query, TbJob *job, GError **error);
void            tb_margin_report_free (TbMarginReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMarginReport, tb_margin_report_free)

gboolean tb_margin_row_loses (const TbMarginRow *self); /* as a whole or with some calls */

/* One call's margin in the company's currency; FALSE when it has no charge and no cost, or no exchange rate. */
gboolean tb_margin_of_call (const TbSetup *setup, TbZone *zone, const TbCall *call, const TbRatedCall *rated, TbMargin *ret);

/* ---- after a run ---- */

typedef struct
{
  guint below, above; /* clients and months below their minimum margin, above their maximum usage */
} TbMarginBreaches;

/* Of every month of the company's zone that holds calls from `first` to `last`. Without limits in the books nothing is read. */
gboolean tb_margin_count_breaches (TbStore *store, gint64 first, gint64 last, TbMarginBreaches *ret, TbJob *job, GError **error);

G_END_DECLS
