/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-rated-call.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Sums for reports and the overview; [from, to) by the calls' start. Each returns a GPtrArray of its row. */
typedef struct
{
  char *client, *client_name;
  gint64 calls, seconds, billed, free;
  TbMoney charge;
  TbMoney cost;          /* in one cost currency; several give several rows */
} TbUsageRow;
void       tb_usage_row_free (TbUsageRow *self);
GPtrArray *tb_report_store_usage (TbStore *store, gint64 from, gint64 to, const char *client, GError **error); /* its key; NULL = all */

typedef struct
{
  TbCallStatus status;
  char *connection, *tenant;
  char *prefix; /* first digits of the number */
  gint64 calls, seconds;
  char *example; /* a uid */
} TbUnratedRow;
void       tb_unrated_row_free (TbUnratedRow *self);
GPtrArray *tb_report_store_unrated (TbStore *store, gint64 from, gint64 to, GError **error);

typedef struct
{
  TbDay day;
  gint64 calls, seconds;
  TbMoney charge, cost; /* a row for each pair of currencies */
} TbDayRow;
/* By day of `zone`. */
GPtrArray *tb_report_store_days (TbStore *store, gint64 from, gint64 to, TbZone *zone, GError **error);

G_END_DECLS
