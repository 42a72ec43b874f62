/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-decode.h"
#include "tb-call-store.h"

G_BEGIN_DECLS

/* A filter made ready for one pass over the calls: names turned into ids, the number pattern into a GPatternSpec. */
typedef struct
{
  const TbCallFilter *filter;
  gint64 from, to; /* as given; `to` G_MAXINT64 when open */
  guint32 client_id;
  GHashTable *served; /* ids of tenants where the client has calls; NULL = any */
  gboolean nothing; /* a name that does not exist: no call matches */
  GPatternSpec *number;
  guint8 uid[TB_CALL_UID_BUFFER];
  gsize uid_len;
} TbCallMatcher;

gboolean tb_call_matcher_init (TbCallMatcher *self, TbStore *store, const TbCallFilter *filter, GError **error);
void     tb_call_matcher_clear (TbCallMatcher *self);
gboolean tb_call_matcher_wants_tenant (const TbCallMatcher *self, const TbTenant *tenant);
gboolean tb_call_matcher_matches_rate (const TbCallMatcher *self, guint32 rate, guint32 cost_rate);
gboolean tb_call_matcher_matches_number (const TbCallMatcher *self, const char *caller, const char *callee);
gboolean tb_call_matcher_matches_prefix (const TbCallMatcher *self, const char *number, const char *callee);

G_END_DECLS
