/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"

G_BEGIN_DECLS

typedef enum { TB_CALLS_GROUP_CLIENT, TB_CALLS_GROUP_DESTINATION, TB_CALLS_GROUP_DAY, TB_CALLS_N_GROUPS } TbCallsGroupBy;

/* Calls that have something in common, added up. */
typedef struct
{
  char *key;  /* as a filter asks for it: a client's key, a destination's description, a day of the company's zone; "" = none */
  char *name; /* for people; NULL = the key */
  TbCallSums sums;
} TbCallGroup;
void       tb_call_group_free (TbCallGroup *self);

/* The groups of all that match, those with the most calls first, days the newest first. Of TbCallGroup. `progress` (may be NULL) is told now and then how
 * far it is, on this thread. */
GPtrArray *tb_call_store_group (TbStore *store, const TbCallFilter *filter, TbCallsGroupBy by, void (*progress) (double fraction, gpointer data),
                                gpointer data, GError **error);

G_END_DECLS
