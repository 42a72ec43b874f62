/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-page.h"

G_BEGIN_DECLS

/* What was found since the last time; sums and fraction are of all so far. */
typedef struct
{
  GArray *ids; /* of gint64 */
  TbCallSums sums;
  double fraction;
  gboolean first; /* of its list */
} TbCallBatch;

/* `page` gets what is found as it is found, on the main thread: batches of the newest list only. */
typedef void (*TbCallBatchFunc) (TbPage *page, const TbCallBatch *batch);
/* All is found: `total` calls are in the books. */
typedef void (*TbCallFoundFunc) (TbPage *page, guint64 total);

/**
 * TbCallSearch: the lists of a page, one at a time: a newer one stops the one before. They are found by a reader of their own, so that ten million calls
 * being added up keep no other page waiting.
 */
typedef struct _TbCallSearch TbCallSearch;

TbCallSearch *tb_call_search_new (TbPage *page, TbCallBatchFunc func, TbCallFoundFunc found);
void          tb_call_search_free (TbCallSearch *self); /* before its page is gone; nothing is told afterwards */
/* `where` is copied. */
void          tb_call_search_run (TbCallSearch *self, const TbCallWhere *where, TbCallOrder order, gboolean descending);
void          tb_call_search_stop (TbCallSearch *self);
/* The books are others, or have other calls. */
void          tb_call_search_forget (TbCallSearch *self);

gpointer tb_call_query_explain (TbStore *store, TbJob *job, gpointer data, GError **error); /* gint64 *; gives TbCallExplanation */

/* Of what is shown: minutes, charges, costs, margin; a new string. */
char *tb_call_sums_to_text (const TbCallSums *sums);

G_END_DECLS
