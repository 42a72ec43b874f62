/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-party.h"

G_BEGIN_DECLS

/**
 * TbCallReceiver: takes the call records that FreeSWITCH posts, one file each, for the kind `push` to collect. A post is answered 200 when
 * its file is on the disk, not before; whatever else is answered, FreeSWITCH keeps the record itself (err-log-dir).
 */
typedef struct _TbCallReceiver TbCallReceiver;

/* Listens from now on, served by the thread's default main context. `secret` is what those who post must know; TB_ERROR_AUTH without.
 * TB_ERROR_INVALID_INPUT for a bad address, TB_ERROR_NETWORK when it cannot be listened at, TB_ERROR_STORAGE when there is no folder to
 * write to. */
TbCallReceiver *tb_call_receiver_new (const TbConnection *connection, const char *secret, GError **error);
void            tb_call_receiver_free (TbCallReceiver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallReceiver, tb_call_receiver_free)

char       *tb_call_receiver_dup_address (TbCallReceiver *self); /* with the port it got, if 0 was asked for */
const char *tb_call_receiver_get_folder (TbCallReceiver *self);
guint64     tb_call_receiver_get_taken (TbCallReceiver *self); /* posts answered 200 */
guint64     tb_call_receiver_get_refused (TbCallReceiver *self); /* posts answered otherwise */
/* For tests: how long a post may take, 15,000 ms unless told. */
void        tb_call_receiver_set_deadline (TbCallReceiver *self, guint milliseconds);

G_END_DECLS
