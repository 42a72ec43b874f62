/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-call-group-store.h"
#include "tb-call-where.h"

G_BEGIN_DECLS

/**
 * TbCallsGroups: calls by client, destination or day, each group with its sums. Choosing one asks for its calls: "open" comes with the part of a filter that
 * they pass (TbCallWhere *, borrowed).
 */
#define TB_TYPE_CALLS_GROUPS (tb_calls_groups_get_type ())
G_DECLARE_FINAL_TYPE (TbCallsGroups, tb_calls_groups, TB, CALLS_GROUPS, GtkBox)

/* Takes `groups` (of TbCallGroup). */
void  tb_calls_groups_show (TbCallsGroups *self, TbCallsGroupBy by, GPtrArray *groups);
guint tb_calls_groups_count (TbCallsGroups *self); /* for tests */
/* Opens the n-th of those that are shown. */
void  tb_calls_groups_open (TbCallsGroups *self, guint position);

G_END_DECLS
