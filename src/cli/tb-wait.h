/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waiting for something asynchronous: the network runs on the main context of the thread that asks for it, which is a command's and not the one that
 * watches for signals. Begin, call the function with tb_wait_done and the TbWait, finish it with the result that run gives, end. */
typedef struct
{
  GMainContext *context;
  GAsyncResult *result;
} TbWait;

void          tb_wait_begin (TbWait *self);
void          tb_wait_done (GObject *source, GAsyncResult *result, gpointer self);
GAsyncResult *tb_wait_run (TbWait *self); /* borrowed until the end */
void          tb_wait_end (TbWait *self);

G_END_DECLS
