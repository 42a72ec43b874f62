/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder in which a file is whole and on the disk, or is not there. */
typedef struct _TbCallSpool TbCallSpool;

/* Makes the folder (mode 0700) when it is not there. TB_ERROR_STORAGE. */
TbCallSpool *tb_call_spool_new (const char *path, GError **error);
void         tb_call_spool_free (TbCallSpool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallSpool, tb_call_spool_free)

/* 0 = it is there and survives a power cut, in place of one of the same name; else an errno, and nothing has changed. */
int tb_call_spool_put (TbCallSpool *self, const char *name, GBytes *content);

G_END_DECLS
