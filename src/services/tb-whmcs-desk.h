/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs-push.h"

G_BEGIN_DECLS

/* What the workstation does with WHMCS: the network and the waiting in a thread of their own, the books on the session's worker, one order at a time, so
 * that others come in between. The job is added to the session and finished here. */

void          tb_whmcs_push_async (TbSession *session, TbJob *job, GAsyncReadyCallback callback, gpointer data);
TbPushResult *tb_whmcs_push_finish (TbSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
