/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-job.h"
#include "tb-pbx.h"

G_BEGIN_DECLS

/* What a PBX has of late, in the common model, before anything of it is in the books. */
typedef struct
{
  GPtrArray *calls;   /* of TbCallRow of which only `call` is filled, the newest first, at most the number asked for */
  GPtrArray *rejects; /* of TbReject, at most 1,000 */
  guint64 n_calls, n_rejects; /* of all that was looked at */
  guint64 n_skipped;  /* records that are second legs of calls that are there */
  gint64 from, to;    /* what was looked at */
} TbCallPreview;
void tb_call_preview_free (TbCallPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallPreview, tb_call_preview_free)

#define TB_CALL_PREVIEW_DAYS 7

/* Looks back from `now`, one window of the PBX after the other, until there are `wanted` calls or TB_CALL_PREVIEW_DAYS are over. Nothing is stored,
 * no cursor moves. Records are read on a thread of their own. `job` may be NULL; it is reported to and asked, and finished by who made it. */
void           tb_call_preview_async (TbPbx *pbx, gint64 now, guint wanted, TbJob *job, GAsyncReadyCallback callback, gpointer data);
TbCallPreview *tb_call_preview_finish (TbPbx *pbx, GAsyncResult *result, GError **error);

G_END_DECLS
