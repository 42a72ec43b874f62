/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"

G_BEGIN_DECLS

/**
 * TbConnectionWorks: what goes on with each connection, whether it is shown or not: the test or the sync that runs, and what the last one said.
 * Emits "changed" when one of that changed.
 */
#define TB_TYPE_CONNECTION_WORKS (tb_connection_works_get_type ())
G_DECLARE_FINAL_TYPE (TbConnectionWorks, tb_connection_works, TB, CONNECTION_WORKS, GObject)

typedef struct
{
  TbJob *job;            /* the sync that runs; NULL = none */
  GCancellable *testing; /* the test that runs; NULL = none */
  char *said;            /* by the last of them */
  gboolean failed;
} TbConnectionWork;

TbConnectionWorks      *tb_connection_works_new (void);
const TbConnectionWork *tb_connection_works_get (TbConnectionWorks *self, const char *name); /* never NULL */
gboolean                tb_connection_work_is_idle (const TbConnectionWork *self);

void tb_connection_works_test (TbConnectionWorks *self, TbBooks *books, const char *name);
/* From its cursor; where `from` is not 0, what started from there on is read again too. */
void tb_connection_works_sync (TbConnectionWorks *self, TbBooks *books, const char *name, gint64 from);
/* Each on its own, those that are idle: one that fails stops no other. */
void tb_connection_works_sync_all (TbConnectionWorks *self, TbBooks *books);
void tb_connection_works_cancel (TbConnectionWorks *self, const char *name);
/* The window is closed: tests are stopped, and syncs are the session's. */
void tb_connection_works_stop (TbConnectionWorks *self);

G_END_DECLS
