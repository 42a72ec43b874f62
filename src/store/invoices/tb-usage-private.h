/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice-store.h"

G_BEGIN_DECLS

/* Adds calls to the groups of a usage: the same for what may be billed and for what lies on an invoice, so that the two can be compared. */
typedef struct
{
  GHashTable *descriptions; /* rate id → number of its text */
  GHashTable *numbers;      /* text → its number, from 1 */
  GPtrArray *texts;         /* by number; borrowed */
  TbStatement *description;
} TbUsageAdder;

gboolean tb_usage_adder_init (TbUsageAdder *self, TbStore *store, GError **error);
void     tb_usage_adder_clear (TbUsageAdder *self);
/* The row begins with these columns of "rated". */
#define TB_USAGE_COLUMNS "id, status, service, rate, source, billed, free, charge"
gboolean tb_usage_adder_add (TbUsageAdder *self, TbServiceUsage *usage, TbStatement *row, GError **error);
/* Groups in the order of an invoice's lines. */
void     tb_service_usage_sort (TbServiceUsage *self);

G_END_DECLS
