/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-daemon.h"
#include "tb-error.h"
#include "tb-pbx-collect.h"
#include "tb-text.h"

/* Against a real PostgreSQL with FusionPBX's table. */

#define SECRET "S3CR3T-postgres"
#define FIRST G_GINT64_CONSTANT (1767225600) /* 2026-01-01 */

static TbDaemon *server;
static guint16 port;

static void
psql (const char *database, const char *sql)
{
  g_autofree char *number = g_strdup_printf ("%u", port);

  tb_daemon_run (server, "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", tb_daemon_get_folder (server), "-p", number, "-U", "owner", "-d", database, "-c", sql, NULL);
}

static char *
find_program (const char *name)
{
  const char *argv[] = { "pg_config", "--bindir", NULL };
  g_autofree char *out = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL));
  return g_build_filename (g_strstrip (out), name, NULL);
}

static void
start_server (void)
{
  g_autofree char *initdb = find_program ("initdb"), *postgres = find_program ("postgres"), *data = NULL, *number = NULL, *sample = NULL, *sql = NULL;

  server = tb_daemon_new ();
  port = tb_daemon_find_port ();
  data = tb_daemon_path (server, "data");
  number = g_strdup_printf ("%u", port);
  tb_daemon_run (server, initdb, "-D", data, "-U", "owner", "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync", NULL);
  tb_daemon_write (server, "data/pg_hba.conf", "local all owner trust\nlocal all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n");
  tb_daemon_start (server, postgres, "-D", data, "-k", tb_daemon_get_folder (server), "-p", number, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", NULL);
  tb_daemon_run (server, "sh", "-c", "for i in $(seq 100); do pg_isready -q -h \"$1\" -p \"$2\" && exit 0; sleep 0.1; done; exit 1", "sh", tb_daemon_get_folder (server), number, NULL);
  sample = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", "fusionpbx_v_xml_cdr.sql", NULL);
  g_assert_true (g_file_get_contents (sample, &sql, NULL, NULL));
  psql ("postgres", "CREATE DATABASE fusionpbx");
  psql ("postgres", "CREATE DATABASE other");
  psql ("fusionpbx", sql);
  psql ("postgres", "CREATE ROLE reader LOGIN PASSWORD '" SECRET "'");
  psql ("postgres", "CREATE ROLE nobody_much LOGIN PASSWORD '" SECRET "'");
  psql ("fusionpbx", "GRANT SELECT ON v_xml_cdr, v_domains, v_extensions TO reader");
}

static TbPbx *
connect_to (const char *database, const char *user, const char *secret)
{
  g_autofree char *url = g_strdup_printf ("postgresql://127.0.0.1:%u/%s", port, database);

  return tb_pbx_for_test ("fusionpbx-postgres", url, user, secret);
}

static void
assert_truth (TbCollected *collected)
{
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 25);
  g_assert_cmpuint (collected->answered, ==, 21);
  g_assert_cmpint (collected->seconds, ==, 19983);
  g_assert_cmpuint (collected->rejects, ==, 0);
}

static void
test_sample (void)
{
  g_autoptr (TbPbx) pbx = connect_to ("fusionpbx", "reader", SECRET);
  g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, FIRST, FIRST + 1);

  assert_truth (collected);
  g_assert_cmpuint (collected->pages, ==, 1);
}

static void
test_socket (void)
{
  g_autofree char *url = g_strdup_printf ("postgresql://:%u/fusionpbx?host=%s", port, tb_daemon_get_folder (server));
  g_autoptr (TbPbx) pbx = tb_pbx_for_test ("fusionpbx-postgres", url, "reader", SECRET);
  g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, FIRST, FIRST + 1);

  assert_truth (collected);
}

/* C22 began on the 5th at 09:05 and was inserted 26 hours later: who has read up to the 6th gets it all the same. */
static void
test_late (void)
{
  static const struct { const char *from; gboolean there; } rows[] = {
    { "2026-02-05T09:00:00Z", TRUE }, { "2026-02-06T11:00:00Z", TRUE }, { "2026-02-06T11:07:00Z", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbPbx) pbx = connect_to ("fusionpbx", "reader", SECRET);
      g_autoptr (TbCollected) collected = NULL;
      gint64 from;

      g_assert_true (tb_time_parse (rows[i].from, -1, NULL, &from, NULL));
      collected = tb_pbx_collect (pbx, from, from + 1);
      g_assert_no_error (collected->error);
      g_assert_cmpint (tb_collected_find (collected, "e663ba4c-6852-5784-9a3f-8966208c69c9") != NULL, ==, rows[i].there);
    }
}

/* Several thousand rows, many of one moment, by pages; quotes and separators in names survive. */
static void
test_pages (void)
{
  g_autoptr (TbPbx) pbx = connect_to ("other", "reader", SECRET);
  g_autoptr (TbCollected) collected = NULL;

  psql ("other", "CREATE TABLE v_xml_cdr (xml_cdr_uuid uuid PRIMARY KEY, domain_name text, direction text, caller_id_name text, caller_id_number text, "
                 "destination_number text, start_epoch numeric, end_stamp timestamptz, billsec numeric)");
  psql ("other", "GRANT SELECT ON v_xml_cdr TO reader");
  psql ("other", "INSERT INTO v_xml_cdr SELECT gen_random_uuid (), 'acme', 'outbound', 'A \"B\", C', '1001', '12045550142', 1770127331 + i, "
                 "to_timestamp (1770127400 + i / 700), 10 FROM generate_series (1, 3500) i");
  collected = tb_pbx_collect (pbx, FIRST, FIRST + 1);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->pages, ==, 4);
  g_assert_cmpuint (collected->unique, ==, 3500);
  g_assert_cmpuint (collected->calls, ==, 3500);
  g_assert_nonnull (strstr (collected->lines->pdata[0], "|A \"B\", C|"));
}

static void
test_refused (void)
{
  static const struct { const char *why, *database, *user, *secret; int code; const char *says; } rows[] = {
    { "a wrong password", "fusionpbx", "reader", "wr0ng-pa55", TB_ERROR_AUTH, "refused the login" },
    { "no password", "fusionpbx", "reader", NULL, TB_ERROR_AUTH, "refused the login" },
    { "no such role", "fusionpbx", "stranger", SECRET, TB_ERROR_AUTH, "refused the login" },
    { "no permission", "fusionpbx", "nobody_much", SECRET, TB_ERROR_AUTH, "GRANT SELECT" },
    { "not FusionPBX's", "postgres", "reader", SECRET, TB_ERROR_AUTH, "v_xml_cdr" },
    { "no such database", "nowhere", "reader", SECRET, TB_ERROR_AUTH, "nowhere" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbPbx) pbx = connect_to (rows[i].database, rows[i].user, rows[i].secret);
      g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, FIRST, FIRST + 1);

      g_assert_nonnull (collected->error);
      g_test_message ("%s: %s", rows[i].why, collected->error->message);
      g_assert_error (collected->error, TB_ERROR, rows[i].code);
      g_assert_nonnull (strstr (collected->error->message, rows[i].says));
      g_assert_null (strstr (collected->error->message, rows[i].secret != NULL ? rows[i].secret : SECRET));
    }
}

static void
test_addresses (void)
{
  static const char *const bad[] = { "postgresql://user:" SECRET "@host/fusionpbx", "mysql://host/fusionpbx", "host", "", NULL };

  for (guint i = 0; bad[i] != NULL; i++)
    {
      g_autoptr (TbConnection) connection = tb_connection_new ();
      g_autoptr (GError) error = NULL;

      tb_set_str (&connection->kind, "fusionpbx-postgres");
      tb_set_str (&connection->url, bad[i]);
      tb_set_str (&connection->time_zone, "UTC");
      g_assert_null (tb_pbx_new (connection, NULL, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
      g_assert_null (strstr (error->message, SECRET));
    }
}

typedef struct
{
  gboolean done;
  GError *error;
} Outcome;

static void
on_next (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  g_assert_null (tb_pbx_talk_next_finish (NULL, result, &outcome->error));
  outcome->done = TRUE;
}

static gboolean
on_cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* A query that would take a minute is left at once. */
static void
test_cancel (void)
{
  g_autoptr (TbPbx) pbx = connect_to ("slow", "reader", SECRET);
  g_autoptr (TbPbxTalk) talk = tb_pbx_talk_new (pbx, FIRST, FIRST + 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { FALSE };

  psql ("postgres", "CREATE DATABASE slow");
  psql ("slow", "CREATE VIEW v_xml_cdr AS SELECT gen_random_uuid () AS xml_cdr_uuid, now () AS end_stamp, 1 AS billsec, pg_sleep (60)::text AS caller_id_name");
  psql ("slow", "GRANT SELECT ON v_xml_cdr TO reader");
  g_timeout_add (1000, on_cancel, cancellable);
  tb_pbx_talk_next_async (talk, cancellable, on_next, &outcome);
  tb_fake_server_wait (&outcome.done);
  g_assert_error (outcome.error, TB_ERROR, TB_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  start_server ();
  g_test_add_func ("/connectors/fusionpbx-postgres/sample", test_sample);
  g_test_add_func ("/connectors/fusionpbx-postgres/socket", test_socket);
  g_test_add_func ("/connectors/fusionpbx-postgres/late", test_late);
  g_test_add_func ("/connectors/fusionpbx-postgres/pages", test_pages);
  g_test_add_func ("/connectors/fusionpbx-postgres/refused", test_refused);
  g_test_add_func ("/connectors/fusionpbx-postgres/addresses", test_addresses);
  g_test_add_func ("/connectors/fusionpbx-postgres/cancel", test_cancel);
  result = g_test_run ();
  tb_daemon_free (server);
  return result;
}
