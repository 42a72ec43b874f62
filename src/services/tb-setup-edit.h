/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup-record-file.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* One change of one record of the set-up by a person. What it may hold is what the set-up file may hold, read by the same code. */
typedef struct
{
  char *noun;   /* "clients"; see tb-setup-record-file.h */
  char *name;   /* which one in the books; NULL = a new one, and for nouns without names */
  char *record; /* JSON as in the set-up file; NULL = it is removed */
  char *base;   /* what it was made from: keys that are the same in both stay as the books have them by now; NULL = it takes the place of all */
} TbSetupEdit;

TbSetupEdit *tb_setup_edit_new (const char *noun, const char *name, const char *record, const char *base);
TbSetupEdit *tb_setup_edit_copy (const TbSetupEdit *self);
void         tb_setup_edit_free (TbSetupEdit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSetupEdit, tb_setup_edit_free)

/* Makes the change and writes down who made it, in one transaction. Returns the change that takes it back, whose `name` is what the record is called
 * now. Another name in the record renames it and whoever refers to it.
 *
 * TB_ERROR_INVALID_INPUT for what the file's reader and tb_setup_validate refuse, TB_ERROR_CONFLICT for a name that is taken, for a record that is
 * used and so cannot be removed, and for a key that somebody else changed meanwhile to something else, TB_ERROR_NOT_FOUND when it is gone. Messages
 * about a key begin with its path (tb_setup_record_split_message). */
TbSetupEdit *tb_setup_edit_run (TbStore *store, const TbSetupEdit *edit, TbJob *job, GError **error);

/* Whether the record can be read and its name is free, by the set-up at hand; references are left to tb_setup_edit_run. */
gboolean     tb_setup_edit_check (const TbSetup *setup, const TbSetupEdit *edit, GError **error);

G_END_DECLS
