/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice-store.h"
#include "tb-rated-call.h"

G_BEGIN_DECLS

/* Adds calls to the groups of a usage: the same for what may be billed and for what lies on an invoice, so that the two can be compared. */
typedef struct
{
  guint32 *descriptions; /* by rate id: the number of its text, 0 = not asked for yet */
  gint64 last_rate;
  GHashTable *numbers; /* text → its number, from 1 */
  GPtrArray *texts;    /* by number; borrowed */
  TbStatement *description;
} TbUsageAdder;

gboolean tb_usage_adder_init (TbUsageAdder *self, TbStore *store, GError **error);
void     tb_usage_adder_clear (TbUsageAdder *self);

/* A row of "rated", of which each column is fetched once: ten million are. */
#define TB_USAGE_COLUMNS "id, status, service, rate, source, billed, free, charge, terms"
typedef struct
{
  gint64 id, billed, free;
  TbAmount charge;
  guint32 service, rate, terms;
  TbCallStatus status;
  TbRateSource source;
} TbUsageCall;
void     tb_usage_call_read (TbUsageCall *self, TbStatement *row);
gboolean tb_usage_adder_add (TbUsageAdder *self, TbServiceUsage *usage, const TbUsageCall *call, GError **error);
/* Groups in the order of an invoice's lines. */
void     tb_service_usage_sort (TbServiceUsage *self);

G_END_DECLS
