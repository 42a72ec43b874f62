/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Rates as rows: what a tariff, a package and a client have in common. Kinds are stored in books: append only. */
typedef enum { TB_RATE_LIST_TARIFF = 0, TB_RATE_LIST_CUSTOM = 1, TB_RATE_LIST_FLAT = 2, TB_RATE_LIST_INBOUND = 3, TB_RATE_LIST_CLIENT = 4 } TbRateListKind;

typedef struct
{
  guint added, removed, changed, unchanged;
} TbRateListDifference;

/* *ret_id = 0 when there is none and `make` is FALSE. */
gboolean tb_rate_list_find (TbStore *store, TbRateListKind kind, const char *name, gboolean make, gint64 *ret_id, GError **error);
/* The rates in force in the current version, by prefix; of TbRate. */
GPtrArray *tb_rate_list_load (TbStore *store, gint64 list, GError **error);
/* Makes `rates` the list's current ones: equal rows stay, others are closed with `version` or added with it. In a transaction.
 * `before` is what tb_rate_list_load gave. `version` 0 = the list's next. */
gboolean tb_rate_list_save (TbStore *store, gint64 list, GPtrArray *before, GPtrArray *rates, guint32 version, TbJob *job, GError **error);
/* What saving would do. */
TbRateListDifference tb_rate_list_compare (GPtrArray *before, GPtrArray *rates);

/* The columns that a call's price depends on, and those that tb_rate_from_row reads, from column 0 on. tb_rate_read_terms takes the former into
 * a new rate, all but prefix and description. */
#define TB_RATE_TERMS \
  "r.id, r.prefix, r.description, r.rate, r.initial, r.next, r.style, r.steps, r.connect_fee, r.minimum, r.grace, r.included_seconds, " \
  "r.min_charge, r.max_charge, r.effective_from, r.effective_to, r.enabled, r.band, r.priority"
#define TB_RATE_N_TERMS 19
#define TB_RATE_COLUMNS TB_RATE_TERMS ", r.short_description, r.rate2, r.premium_rate, r.old_rate, r.changed, r.line"
#define TB_RATE_N_COLUMNS 25
TbRate *tb_rate_from_row (TbStatement *row);
void    tb_rate_read_terms (TbStatement *row, TbRate *rate);

G_END_DECLS
