/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-session.h"

G_BEGIN_DECLS

/* What the filter bar asks for, and what comes back. */
typedef struct
{
  TbCallFilter filter;
  TbCallOrder order;
  gboolean descending;
} TbCallQuery;

typedef struct
{
  GArray *ids; /* of gint64 */
  TbCallSums sums;
} TbCallResult;

void     tb_call_query_free (gpointer query);
void     tb_call_result_free (gpointer result);
/* TbSessionFuncs. */
gpointer tb_call_query_run (TbStore *store, TbJob *job, gpointer query, GError **error);
gpointer tb_call_query_explain (TbStore *store, TbJob *job, gpointer id, GError **error); /* gint64 *; gives TbCallExplanation */

/* The bits of all statuses whose calls have no price. */
guint    tb_call_query_unrated_bits (void);
char    *tb_call_sums_to_text (const TbCallSums *sums);

G_END_DECLS
