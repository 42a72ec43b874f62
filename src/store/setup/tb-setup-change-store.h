/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* One change of a record of the set-up, as it was made. */
typedef struct
{
  gint64 id;
  gint64 time;
  char *who;        /* the login name, or NULL */
  char *noun;       /* the set-up file's: "clients" */
  char *name;       /* NULL for what there is one of only: the company, the filters of all packages */
  char *client;     /* whose it is: its id, or NULL */
  char *old_record; /* JSON as in the set-up file; NULL = it was added */
  char *new_record; /* NULL = it was removed */
} TbSetupChange;
void tb_setup_change_free (TbSetupChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSetupChange, tb_setup_change_free)

/* `id` is ignored. In the transaction that is open. */
gboolean   tb_setup_change_store_add (TbStore *store, const TbSetupChange *change, GError **error);
/* Of TbSetupChange, the newest first; `client` NULL = of all. At most `limit`. */
GPtrArray *tb_setup_change_store_list (TbStore *store, const char *client, guint limit, GError **error);
/* Those of one record, whatever it was called then; `name` NULL for what has none. */
GPtrArray *tb_setup_change_store_list_of (TbStore *store, const char *noun, const char *name, guint limit, GError **error);

G_END_DECLS
