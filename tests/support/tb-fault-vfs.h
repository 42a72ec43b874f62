/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * A layer between SQLite and the disk that counts everything that changes a file (writes, syncs, truncations, deletions), and at the n-th of
 * them lets the process die, the disk fill up or the disk fail. Becomes the default of this process, so the product needs no knowledge of it.
 */
typedef enum
{
  TB_FAULT_NONE,
  TB_FAULT_KILL,   /* dies before the n-th change, or, when it is a write and n is even, in the middle of it */
  TB_FAULT_FULL,   /* the disk is full from the n-th change on */
  TB_FAULT_BROKEN, /* the disk fails from the n-th change on */
  TB_FAULT_HICCUP, /* the disk fails once */
} TbFault;

#define TB_FAULT_EXIT 86 /* status of a process that was killed so */

void  tb_fault_vfs_install (void);
/* Counts from 1 again. */
void  tb_fault_vfs_set (TbFault fault, guint at);
guint tb_fault_vfs_get_count (void);

G_END_DECLS
