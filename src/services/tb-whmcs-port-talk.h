/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup.h"
#include "tb-store.h"
#include "tb-whmcs-push.h"

G_BEGIN_DECLS

typedef struct _TbWhmcs TbWhmcs;

/* The port over a talk with a real WHMCS, which is borrowed. Free with tb_whmcs_port_free. */
TbWhmcsPort *tb_whmcs_port_new (TbWhmcs *whmcs);
void         tb_whmcs_port_free (TbWhmcsPort *self);

/* A talk with the WHMCS of the books' set-up; secrets come from where secrets are ("whmcs", and "whmcs access key" if there is one). Blocks. */
TbWhmcs *tb_whmcs_open (TbStore *store, GCancellable *cancellable, GError **error);
TbWhmcs *tb_whmcs_open_setup (const TbSetup *setup, GCancellable *cancellable, GError **error);

/* tb_whmcs_push and tb_whmcs_report with that, on the thread that has the store. */
TbPushResult *tb_whmcs_push_books (TbStore *store, const char *client, TbJob *job, GError **error);
GPtrArray    *tb_whmcs_report_books (TbStore *store, TbJob *job, GError **error);

G_END_DECLS
