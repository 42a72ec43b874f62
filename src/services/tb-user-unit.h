/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Units of the user's systemd that collect and receive while no window is open (data/): asked and switched through `systemctl --user`, in the background.
 */

typedef struct
{
  gboolean enabled; /* also after the next login */
  gboolean active;  /* now */
  gint64 next;      /* when a timer is due; 0 = it is not known */
  char *failed;     /* how it ended, in systemd's word ("exit-code"); NULL = it did not fail */
} TbUserUnitState;
void tb_user_unit_state_free (TbUserUnitState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbUserUnitState, tb_user_unit_state_free)

/* The timer that collects the books at `path`; TB_ERROR_UNSUPPORTED when the path is too long for a unit's name. */
char *tb_user_unit_for_sync (const char *path, GError **error);
/* The service that takes what is posted to a connection of those books. */
char *tb_user_unit_for_receiver (const char *path, const char *connection);
/* What that service reads when it starts: whose posts it takes. To be written before it is switched on. TB_ERROR_STORAGE. */
gboolean tb_user_unit_prepare_receiver (const char *path, const char *connection, GError **error);

/* TB_ERROR_UNSUPPORTED, with a sentence that says what is missing: no systemd, no session of it, no such unit, or the program is in a sandbox. */
void             tb_user_unit_query_async (const char *unit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
TbUserUnitState *tb_user_unit_query_finish (GAsyncResult *result, GError **error);
/* Starts it now and with each login, or stops it for good. */
void     tb_user_unit_switch_async (const char *unit, gboolean on, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean tb_user_unit_switch_finish (GAsyncResult *result, GError **error);

G_END_DECLS
