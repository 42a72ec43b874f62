/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-party.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What the books know of a connection's collecting. The set-up itself is in tb-setup-store. */
typedef struct
{
  char *name;
  gint64 covered_from; /* everything that started from here … */
  gint64 cursor;       /* … to here was collected; 0 = nothing yet */
  gint64 last_run, last_success;
  char *last_error;    /* NULL when the last run was good */
  guint64 calls;
  gint64 every;        /* seconds between two runs (tb-schedule.h); 0 = off */
  gint64 alarm;        /* seconds it may fail before somebody is told; 0 = nobody ever is */
  guint failures;      /* runs in a row that failed */
  gint64 failing_since; /* when the first of them ended; 0 = the last one was good */
  gint64 next_due;     /* 0 = at once, if it is ever */
} TbConnectionState;
void       tb_connection_state_free (TbConnectionState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbConnectionState, tb_connection_state_free)
/* A clock that was set back does not put off what was due by the old one. */
gboolean   tb_connection_state_is_due (const TbConnectionState *self, gint64 now);
/* It has failed for longer than it may. */
gboolean   tb_connection_state_is_alarming (const TbConnectionState *self, gint64 now);

GPtrArray *tb_connection_store_list_states (TbStore *store, GError **error);
TbConnectionState *tb_connection_store_get_state (TbStore *store, const char *name, GError **error); /* TB_ERROR_NOT_FOUND */
/* Everything that started before `cursor` was collected; it never moves back. */
gboolean   tb_connection_store_set_cursor (TbStore *store, const char *name, gint64 cursor, GError **error);
/* −1 = leave it as it is. The next run is due by the new schedule. */
gboolean   tb_connection_store_set_schedule (TbStore *store, const char *name, gint64 every, gint64 alarm, GError **error);

G_END_DECLS
