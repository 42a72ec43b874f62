/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx-postgres.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-postgres.h"
#include "tb-text.h"

#define PAGE 1000

typedef struct
{
  PGconn *connection;
  char *sql;        /* of a page */
  char *key, *uuid; /* of the last row that was read */
} Database;

static void
database_free (gpointer data)
{
  Database *self = data;

  PQfinish (self->connection);
  g_free (self->sql);
  g_free (self->key);
  g_free (self->uuid);
  g_free (self);
}

/* ---- the question ---- */

/* The names of a table's columns; empty when it is not there or may not be seen. */
static GHashTable *
columns_of (Database *self, const char *table, const char *host, GCancellable *cancellable, GError **error)
{
  const char *values[] = { table, NULL };
  GHashTable *columns;
  PGresult *rows = tb_postgres_query (self->connection,
                                      "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND table_schema = ANY (current_schemas (false))",
                                      values, host, cancellable, error);

  if (rows == NULL)
    return NULL;
  columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < PQntuples (rows); i++)
    g_hash_table_add (columns, g_strdup (PQgetvalue (rows, i, 0)));
  PQclear (rows);
  return columns;
}

/* When a row came to be there: calls of an importer that stood still have an old start and a new insert_date (since 5.1). */
static char *
key_of (GHashTable *columns)
{
  static const char *const stamps[] = { "insert_date", "end_stamp", "start_stamp" };
  g_autoptr (GString) key = g_string_new ("coalesce(");

  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    if (g_hash_table_contains (columns, stamps[i]))
      g_string_append_printf (key, "%sc.%s", key->str[key->len - 1] == '(' ? "" : ", ", stamps[i]);
  g_string_append_c (key, ')');
  return g_strdup (key->str);
}

static char *
page_sql (GHashTable *columns, gboolean has_extensions)
{
  static const char *const texts[] = { "domain_name", "direction", "duration", "billsec", "caller_id_name", "caller_id_number", "caller_destination", "source_number",
                                       "destination_number", "hangup_cause", "status", "accountcode", "start_stamp", "answer_stamp", "end_stamp", "leg" };
  static const char *const epochs[] = { "start_epoch", "answer_epoch", "end_epoch" };
  g_autofree char *key = key_of (columns);
  g_autoptr (GString) sql = g_string_new (NULL);

  has_extensions = has_extensions && g_hash_table_contains (columns, "extension_uuid");
  g_string_append_printf (sql, "SELECT %s::text, c.xml_cdr_uuid::text AS xml_cdr_uuid", key);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_hash_table_contains (columns, texts[i]))
      g_string_append_printf (sql, ", c.%s::text AS %s", texts[i], texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (epochs); i++)
    if (g_hash_table_contains (columns, epochs[i]))
      g_string_append_printf (sql, ", c.%s::bigint::text AS %s", epochs[i], epochs[i]);
  g_string_append_printf (sql, "%s FROM v_xml_cdr c%s WHERE (%s, c.xml_cdr_uuid) > ($1::timestamptz, $2::uuid)", has_extensions ? ", e.extension" : "",
                          has_extensions ? " LEFT JOIN v_extensions e ON e.extension_uuid = c.extension_uuid" : "", key);
  if (g_hash_table_contains (columns, "leg"))
    g_string_append (sql, " AND (c.leg = 'a' OR c.leg IS NULL)");
  g_string_append_printf (sql, " ORDER BY %s, c.xml_cdr_uuid LIMIT %d", key, PAGE);
  return g_strdup (sql->str);
}

static gboolean
prepare (TbPbxTalk *talk, Database *self, GCancellable *cancellable, GError **error)
{
  const char *host = talk->pbx->host;
  g_autoptr (GHashTable) columns = columns_of (self, "v_xml_cdr", host, cancellable, error);
  g_autoptr (GHashTable) extensions = columns != NULL ? columns_of (self, "v_extensions", host, cancellable, error) : NULL;

  if (extensions == NULL)
    return FALSE;
  if (!g_hash_table_contains (columns, "xml_cdr_uuid") || !g_hash_table_contains (columns, "billsec"))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_AUTH,
                   _("The database of %s shows no table v_xml_cdr to this user. Is it FusionPBX's? Its administrator runs: GRANT SELECT ON v_xml_cdr, v_domains, v_extensions TO the user."),
                   host);
      return FALSE;
    }
  self->sql = page_sql (columns, g_hash_table_contains (extensions, "extension"));
  self->key = tb_pbx_time (talk->from, "%Y-%m-%d %H:%M:%S+00", NULL);
  self->uuid = g_strdup ("00000000-0000-0000-0000-000000000000");
  return TRUE;
}

static Database *
get_database (TbPbxTalk *talk, GCancellable *cancellable, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  TbPbx *pbx = talk->pbx;
  Database *self = talk->data;

  if (self != NULL)
    return self;
  uri = tb_postgres_parse_url (pbx->base, error);
  if (uri == NULL || !tb_pbx_need_user (pbx, error))
    return NULL;
  self = g_new0 (Database, 1);
  self->connection = tb_postgres_connect (uri, pbx->user, pbx->secret, pbx->host, cancellable, error);
  if (self->connection != NULL && prepare (talk, self, cancellable, error))
    {
      talk->data = self;
      talk->data_free = database_free;
      return self;
    }
  database_free (self);
  return NULL;
}

/* ---- the answer ---- */

/* As the export of FusionPBX has it, but with quotes inside values doubled: titles without quotes say so. */
static GBytes *
write_csv (const PGresult *rows)
{
  GString *csv = g_string_new (NULL);

  for (int column = 1; column < PQnfields (rows); column++)
    g_string_append_printf (csv, "%s%s", column > 1 ? "," : "", PQfname (rows, column));
  for (int row = 0; row < PQntuples (rows); row++)
    for (int column = 1; column < PQnfields (rows); column++)
      {
        g_string_append (csv, column > 1 ? ",\"" : "\n\"");
        for (const char *c = PQgetvalue (rows, row, column); *c != '\0'; c++)
          g_string_append_len (csv, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
        g_string_append_c (csv, '"');
      }
  g_string_append_c (csv, '\n');
  return g_string_free_to_bytes (csv);
}

static gboolean
pull (TbPbxTalk *talk, GCancellable *cancellable, GError **error)
{
  Database *self;
  PGresult *rows;
  g_autoptr (GBytes) csv = NULL;
  int n;

  talk->over = talk->purpose == TB_PBX_TENANTS; /* they are known by their calls */
  if (talk->over)
    return TRUE;
  self = get_database (talk, cancellable, error);
  rows = self == NULL ? NULL : tb_postgres_query (self->connection, self->sql, (const char *const[]){ self->key, self->uuid, NULL }, talk->pbx->host, cancellable, error);
  if (rows == NULL)
    return FALSE;
  n = PQntuples (rows);
  talk->over = n < PAGE;
  if (n > 0)
    {
      tb_set_str (&self->key, PQgetvalue (rows, n - 1, 0));
      tb_set_str (&self->uuid, PQgetvalue (rows, n - 1, 1));
    }
  csv = write_csv (rows);
  PQclear (rows);
  return tb_pbx_give (talk, csv, NULL, error);
}

/* ---- the kind ---- */

static gboolean
check (TbPbx *pbx, GError **error)
{
  g_autoptr (GUri) uri = tb_postgres_parse_url (pbx->base, error);

  if (uri == NULL)
    return FALSE;
  if (pbx->user == NULL)
    tb_set_str (&pbx->user, g_uri_get_user (uri));
  if (g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0')
    tb_set_str (&pbx->host, g_uri_get_host (uri));
  return TRUE;
}

/* Pages follow each other by the time a row was inserted, so one talk takes all that is new. */
const TbPbxKind tb_fusionpbx_postgres_kind = {
  .form = {
    .kind = "fusionpbx-postgres",
    .title = N_("FusionPBX (database)"),
    .url = "postgresql://pbx.example.com/fusionpbx",
    .user = N_("User"),
    .secret = N_("Password"),
    .hint = N_("A role of PostgreSQL that may read: GRANT SELECT ON v_xml_cdr, v_domains, v_extensions TO it."),
  },
  .format = "fusionpbx",
  .max_window = TB_PBX_ALL_AT_ONCE,
  .overlap = 48 * 3600,
  .is_local = TRUE,
  .check = check,
  .pull = pull,
};
