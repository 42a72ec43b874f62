/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A real server that a test starts for itself in a folder of its own: as the user of the test, or as "nobody" when that is root, since no server
 * should be. It is gone with the test, also with one that crashes. */
typedef struct _TbDaemon TbDaemon;

TbDaemon *tb_daemon_new (void);
void      tb_daemon_free (TbDaemon *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDaemon, tb_daemon_free)

const char *tb_daemon_get_folder (TbDaemon *self);
const char *tb_daemon_get_user (void); /* whom it runs as */
guint16     tb_daemon_find_port (void); /* free on loopback a moment ago */
char       *tb_daemon_path (TbDaemon *self, const char *name);
/* A file there that its user owns and may read alone. */
void        tb_daemon_write (TbDaemon *self, const char *name, const char *text);
/* Runs to its end, which must be a good one. Arguments, NULL. */
void        tb_daemon_run (TbDaemon *self, const char *program, ...) G_GNUC_NULL_TERMINATED;
/* Starts it; what it says goes into the file "log". */
void        tb_daemon_start (TbDaemon *self, const char *program, ...) G_GNUC_NULL_TERMINATED;
/* Until somebody listens there, ten seconds at most. */
void        tb_daemon_wait_for_port (TbDaemon *self, guint16 port);
void        tb_daemon_wait_for_file (TbDaemon *self, const char *name);
G_END_DECLS
