/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-connection-store.h"
#include "tb-session.h"
#include "tb-sync-run-store.h"

G_BEGIN_DECLS

/* A connection as the page's list has it: the set-up's and the books' side of it. */
typedef struct
{
  TbConnection *connection;
  TbConnectionState *state; /* or NULL */
} TbConnectionItem;
void tb_connection_item_free (gpointer self);
/* All that is known of it, for telling whether anything of it has changed; not for people. */
char *tb_connection_item_describe (const TbConnectionItem *self);

/* What is read when one is chosen. */
typedef struct
{
  GPtrArray *tenants; /* of TbTenant, those of the connection */
  GPtrArray *imports; /* of TbImport, newest first */
  GPtrArray *runs;    /* of TbSyncRun, newest first */
} TbConnectionFacts;
void tb_connection_facts_free (gpointer self);

/* TbSessionFuncs. */
gpointer tb_connection_items_read (TbStore *store, TbJob *job, gpointer data, GError **error); /* a GPtrArray of TbConnectionItem */
gpointer tb_connection_facts_read (TbStore *store, TbJob *job, gpointer name, GError **error);

G_END_DECLS
