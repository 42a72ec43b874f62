/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-party.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What the books know of a connection's collecting. The set-up itself is in tb-setup-store. */
typedef struct
{
  char *name;
  gint64 cursor;     /* everything that started before it was collected; 0 = nothing yet */
  gint64 last_run, last_success;
  char *last_error;  /* NULL when the last run was good */
  guint64 calls;
} TbConnectionState;
void       tb_connection_state_free (TbConnectionState *self);
GPtrArray *tb_connection_store_list_states (TbStore *store, GError **error);
/* Everything that started before `cursor` was collected; it never moves back. */
gboolean   tb_connection_store_set_cursor (TbStore *store, const char *name, gint64 cursor, GError **error);
gboolean   tb_connection_store_note_run (TbStore *store, const char *name, gint64 time, const char *failure, GError **error);
/* Files that were collected, name → version, for tb_pbx_set_known_files. */
GHashTable *tb_connection_store_load_files (TbStore *store, const char *name, GError **error);

G_END_DECLS
