/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-remote-review-store.h"

/* ---- agreed ---- */

static void
agreed_free (TbAgreed *fields)
{
  for (guint i = 0; i < TB_CLIENT_FIELDS; i++)
    g_free (fields[i].value);
  g_free (fields);
}

GHashTable *
tb_remote_review_list_agreed (TbStore *store, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT client, field, value FROM whmcs_agreed ORDER BY id", error);
  g_autoptr (GHashTable) agreed = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) agreed_free);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      gpointer client;
      TbAgreed *fields;
      gint64 field;

      if (!has_row)
        return g_steal_pointer (&agreed);
      client = GUINT_TO_POINTER (tb_statement_int (row, 0));
      field = tb_statement_int (row, 1);
      fields = g_hash_table_lookup (agreed, client);
      if (fields == NULL)
        {
          fields = g_new0 (TbAgreed, TB_CLIENT_FIELDS);
          g_hash_table_insert (agreed, client, fields);
        }
      if (field >= 0 && field < TB_CLIENT_FIELDS)
        fields[field] = (TbAgreed){ TRUE, tb_statement_dup_text (row, 2) };
    }
  return NULL;
}

gboolean
tb_remote_review_agree (TbStore *store, guint32 client_id, TbClientField field, const char *value, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "INSERT INTO whmcs_agreed (client, field, value) VALUES ($1, $2, $3) "
                                               "ON CONFLICT (client, field) DO UPDATE SET value = excluded.value",
                                               error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, client_id);
  tb_statement_bind_int (row, 2, field);
  tb_statement_bind_text (row, 3, value);
  return tb_statement_run (row, error);
}

/* ---- choices ---- */

void
tb_remote_choice_free (TbRemoteChoice *self)
{
  if (self == NULL)
    return;
  g_free (self->ours);
  g_free (self->theirs);
  g_free (self);
}

GPtrArray *
tb_remote_review_list_choices (TbStore *store, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT client, field, ours, theirs, chosen_at FROM whmcs_choice ORDER BY client, field", error);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_remote_choice_free);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbRemoteChoice *choice;

      if (!has_row)
        return g_steal_pointer (&choices);
      choice = g_new (TbRemoteChoice, 1);
      *choice = (TbRemoteChoice){ (guint32) tb_statement_int (row, 0), (TbClientField) tb_statement_int (row, 1),
                                  tb_statement_dup_text (row, 2), tb_statement_dup_text (row, 3), tb_statement_int (row, 4) };
      g_ptr_array_add (choices, choice);
    }
  return NULL;
}

gboolean
tb_remote_review_choose_ours (TbStore *store, const TbRemoteChoice *choice, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO whmcs_choice (client, field, ours, theirs, chosen_at) VALUES ($1, $2, $3, $4, $5) "
                       "ON CONFLICT (client, field) DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs, "
                       "chosen_at = excluded.chosen_at",
                       error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, choice->client_id);
  tb_statement_bind_int (row, 2, choice->field);
  tb_statement_bind_text (row, 3, choice->ours);
  tb_statement_bind_text (row, 4, choice->theirs);
  tb_statement_bind_int (row, 5, choice->chosen_at);
  return tb_statement_run (row, error);
}

/* A statement with two integers and nothing to read. */
static gboolean
run_with (TbStore *store, const char *sql, gint64 first, gint64 second, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, first);
  tb_statement_bind_int (row, 2, second);
  return tb_statement_run (row, error);
}

gboolean
tb_remote_review_drop_choice (TbStore *store, guint32 client_id, TbClientField field, GError **error)
{
  return run_with (store, "DELETE FROM whmcs_choice WHERE client = $1 AND field = $2", client_id, field, error);
}

/* ---- ignored, and services ---- */

/* Rows of an id at WHMCS and a number of ours, which may be the id again. */
static GHashTable *
list_ids (TbStatement *row /* taken */, GError **error)
{
  g_autoptr (TbStatement) owned = row;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      gint64 *id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = g_new (gint64, 1);
      *id = tb_statement_int (row, 0);
      g_hash_table_insert (ids, id, GUINT_TO_POINTER (tb_statement_int (row, 1)));
    }
  return NULL;
}

GHashTable *
tb_remote_review_list_ignored (TbStore *store, TbRemoteKind kind, GError **error)
{
  TbStatement *row = tb_db_prepare (tb_store_get_db (store), "SELECT remote, 1 FROM whmcs_ignored WHERE kind = $1", error);

  if (row != NULL)
    tb_statement_bind_int (row, 1, kind);
  return list_ids (row, error);
}

gboolean
tb_remote_review_ignore (TbStore *store, TbRemoteKind kind, gint64 remote, gboolean ignore, GError **error)
{
  return run_with (store,
                   ignore ? "INSERT INTO whmcs_ignored (kind, remote) VALUES ($1, $2) ON CONFLICT (kind, remote) DO NOTHING"
                          : "DELETE FROM whmcs_ignored WHERE kind = $1 AND remote = $2",
                   kind, remote, error);
}

GHashTable *
tb_remote_review_list_services (TbStore *store, GError **error)
{
  return list_ids (tb_db_prepare (tb_store_get_db (store), "SELECT remote, service FROM whmcs_service_link", error), error);
}

gboolean
tb_remote_review_link_service (TbStore *store, gint64 remote, guint32 service_id, GError **error)
{
  return run_with (
      store,
      "INSERT INTO whmcs_service_link (remote, service) VALUES ($1, $2) ON CONFLICT (remote) DO UPDATE SET service = excluded.service",
      remote, service_id, error);
}
