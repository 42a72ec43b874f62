/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* So long a file that is gone is still known, in seconds: longer than calls of a carrier may come late (28 days). A disk that was away, or a backup that
 * was put back, does not make thousands of files new. */
#define TB_COLLECTED_FILE_MEMORY ((gint64) 35 * 86400)

/* Files that were collected, name → version, for tb_pbx_set_known_files. They are written with their calls (tb_call_writer_set_file). */
GHashTable *tb_collected_file_store_load (TbStore *store, const char *connection, GError **error);

/* `listed` is a set of the names that are there now. What is known and not among them is gone since `now`; what is gone for longer than the memory is
 * forgotten, unless records of it still wait for a person.
 *
 * To forget a file can bill no call twice: calls are known by their uids for as long as there are books, so one that comes back years later brings
 * duplicates. What being known saves is to read it again. Nothing there at all says nothing: that is how a disk looks that is not mounted. */
gboolean tb_collected_file_store_note_listing (TbStore *store, const char *connection, GHashTable *listed, gint64 now, GError **error);

G_END_DECLS
