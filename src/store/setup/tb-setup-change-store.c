/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-change-store.h"

void
tb_setup_change_free (TbSetupChange *self)
{
  if (self == NULL)
    return;
  g_free (self->who);
  g_free (self->noun);
  g_free (self->name);
  g_free (self->client);
  g_free (self->old_record);
  g_free (self->new_record);
  g_free (self);
}

gboolean
tb_setup_change_store_add (TbStore *store, const TbSetupChange *change, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "INSERT INTO setup_change (time, who, noun, name, client, old_record, new_record) VALUES ($1, $2, $3, $4, $5, $6, $7)", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, change->time);
  tb_statement_bind_text (row, 2, change->who);
  tb_statement_bind_text (row, 3, change->noun);
  tb_statement_bind_text (row, 4, change->name);
  tb_statement_bind_text (row, 5, change->client);
  tb_statement_bind_text (row, 6, change->old_record);
  tb_statement_bind_text (row, 7, change->new_record);
  return tb_statement_run (row, error);
}

static TbSetupChange *
from_row (TbStatement *row)
{
  TbSetupChange *change = g_new (TbSetupChange, 1);

  *change = (TbSetupChange){ tb_statement_int (row, 0),      tb_statement_int (row, 1),      tb_statement_dup_text (row, 2),
                             tb_statement_dup_text (row, 3), tb_statement_dup_text (row, 4), tb_statement_dup_text (row, 5),
                             tb_statement_dup_text (row, 6), tb_statement_dup_text (row, 7) };
  return change;
}

#define COLUMNS "id, time, who, noun, name, client, old_record, new_record"

static GPtrArray *
collect (TbStatement *row, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_setup_change_free);
  gboolean has_row;

  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&changes);
      g_ptr_array_add (changes, from_row (row));
    }
  return NULL;
}

GPtrArray *
tb_setup_change_store_list (TbStore *store, const char *client, guint limit, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       client != NULL ? "SELECT " COLUMNS " FROM setup_change WHERE client = $1 ORDER BY time DESC, id DESC LIMIT $2"
                                      : "SELECT " COLUMNS " FROM setup_change ORDER BY time DESC, id DESC LIMIT $1",
                       error);

  if (row == NULL)
    return NULL;
  if (client != NULL)
    tb_statement_bind_text (row, 1, client);
  tb_statement_bind_int (row, client != NULL ? 2 : 1, limit);
  return collect (row, error);
}

GPtrArray *
tb_setup_change_store_list_of (TbStore *store, const char *noun, const char *name, guint limit, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "SELECT " COLUMNS " FROM setup_change WHERE noun = $1 AND coalesce(name, '') = $2 ORDER BY time DESC, id DESC LIMIT $3", error);

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, noun);
  tb_statement_bind_text (row, 2, name != NULL ? name : "");
  tb_statement_bind_int (row, 3, limit);
  return collect (row, error);
}
