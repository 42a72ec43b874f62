/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"

G_BEGIN_DECLS

/* A list of calls that somebody comes back to: a filter under a name, and how it is sorted. */
typedef struct
{
  gint64 id;
  char *name;
  char *filter; /* as it is typed; times that move stay what they are called */
  TbCallOrder order;
  gboolean descending;
} TbCallView;

void       tb_call_view_free (TbCallView *self);
GPtrArray *tb_call_view_store_list (TbStore *store, GError **error); /* of TbCallView, by name */
/* A view of that name takes these values. TB_ERROR_INVALID_INPUT when it has no name or its filter cannot be read. */
gboolean   tb_call_view_store_put (TbStore *store, const TbCallView *view, GError **error);
gboolean   tb_call_view_store_remove (TbStore *store, gint64 id, GError **error); /* nothing is wrong when it is gone already */

/* How many calls a filter lets through: without sums, which takes a part of the time. */
gboolean   tb_call_store_count_matching (TbStore *store, const TbCallFilter *filter, guint64 *ret, GError **error);

/* Whose calls match, and when they were. */
typedef struct
{
  guint64 calls;
  gint64 first, last;                /* starts */
  char client[TB_CALL_MAX_TEXT + 1]; /* the key when all are one client's, else "" */
} TbCallsMatching;
gboolean   tb_call_store_describe_matching (TbStore *store, const TbCallFilter *filter, TbCallsMatching *ret, GError **error);

G_END_DECLS
