/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tb-daemon.h"
#include "tb-error.h"
#include "tb-pbx-collect.h"
#include "tb-text.h"

/* Files fetched from servers on loopback: a real OpenSSH, an FTP server with TLS, and the fake web server. */

#define HEAD "uid,start,caller,callee,billsec\n"
#define ROW(uid) uid ",2026-02-03T14:02:11Z,1001,12045550142,60\n"
#define SECRET "S3CR3T-remote"

static char *home; /* with .ssh in it */

static char *
home_path (const char *name)
{
  return g_build_filename (home, ".ssh", name, NULL);
}

static void
add_files (TbDaemon *server)
{
  g_autofree char *folder = tb_daemon_path (server, "cdr");
  g_autofree char *inner = tb_daemon_path (server, "cdr/old.csv.d");

  tb_daemon_run (server, "mkdir", "-p", folder, inner, NULL);
  tb_daemon_write (server, "cdr/2026-02-03.csv", HEAD ROW ("b1") ROW ("b2"));
  tb_daemon_write (server, "cdr/2026-02-02 a b.csv", HEAD ROW ("a1"));
  tb_daemon_write (server, "cdr/notes.txt", "nothing to see\n");
  tb_daemon_write (server, "cdr/2026-02-04.csv.part", HEAD ROW ("c1"));
}

static char *
uids_of (TbCollected *collected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < collected->lines->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (collected->lines->pdata[i], "|", 2);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", parts[0]);
    }
  return g_strdup (text->str);
}

typedef struct
{
  const char *why, *path;
  const char *uids;
  int code; /* -1 = none */
  const char *says;
} Fetch;

static void
check_fetches (const char *kind, const char *base, const char *user, const char *secret, const Fetch *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url = g_strconcat (base, rows[i].path, NULL);
      g_autoptr (TbPbx) pbx = tb_pbx_for_test (kind, url, user, secret);
      g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, 0, 1);
      g_autofree char *uids = uids_of (collected);

      g_test_message ("%s: %s %s", rows[i].why, uids, collected->error != NULL ? collected->error->message : "");
      g_assert_cmpint (collected->error != NULL ? collected->error->code : -1, ==, rows[i].code);
      if (rows[i].says != NULL)
        g_assert_nonnull (strstr (collected->error->message, rows[i].says));
      if (collected->error != NULL)
        g_assert_null (strstr (collected->error->message, secret));
      g_assert_cmpstr (uids, ==, rows[i].uids);
    }
}

/* What was collected is not fetched again; what changed is. */
static void
check_known (TbDaemon *server, const char *kind, const char *url, const char *user, const char *secret)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  static const struct { const char *text, *uids; } rows[] = {
    { HEAD ROW ("a"), "a" }, { NULL, "" }, { HEAD ROW ("a") ROW ("b"), "a b" }, { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbPbx) pbx = tb_pbx_for_test (kind, url, user, secret);
      g_autoptr (TbCollected) collected = NULL;
      g_autofree char *uids = NULL;

      if (rows[i].text != NULL)
        tb_daemon_write (server, "cdr/Master.log", rows[i].text);
      tb_pbx_set_known_files (pbx, known);
      collected = tb_pbx_collect (pbx, 0, 1);
      uids = uids_of (collected);
      g_assert_no_error (collected->error);
      g_assert_cmpstr (uids, ==, rows[i].uids);
      if (collected->file != NULL)
        g_hash_table_replace (known, g_strdup (collected->file), g_strdup (collected->version));
    }
  g_assert_cmpuint (g_hash_table_size (known), ==, 1);
}

/* ---- SFTP ---- */

/* Without PAM an account that is locked lets nobody in, not even with a key; with it, who is refused waits for seconds. */
static guint16
start_sshd (TbDaemon *server, gboolean lets_in)
{
  guint16 port = tb_daemon_find_port ();
  const char *folder = tb_daemon_get_folder (server);
  g_autofree char *key = home_path ("tollbook"), *public = home_path ("tollbook.pub");
  g_autofree char *host_key = tb_daemon_path (server, "host_key"), *config_path = tb_daemon_path (server, "sshd_config");
  g_autofree char *text = NULL;
  g_autofree char *config = g_strdup_printf ("Port %u\nListenAddress 127.0.0.1\nHostKey %s/host_key\nAuthorizedKeysFile %s/authorized_keys\nStrictModes no\n"
                                             "UsePAM %s\nPidFile none\nSubsystem sftp internal-sftp\nForceCommand internal-sftp\nPasswordAuthentication yes\n",
                                             port, folder, folder, lets_in ? "yes" : "no");

  g_assert_true (g_file_get_contents (public, &text, NULL, NULL));
  tb_daemon_run (server, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host_key, NULL);
  tb_daemon_write (server, "authorized_keys", text);
  tb_daemon_write (server, "sshd_config", config);
  tb_daemon_start (server, "/usr/sbin/sshd", "-D", "-e", "-f", config_path, NULL);
  tb_daemon_wait_for_port (server, port);
  return port;
}

/* As ssh does when its user says yes. */
static void
accept_host (TbDaemon *server, guint16 port)
{
  g_autofree char *public = tb_daemon_path (server, "host_key.pub"), *known_hosts = home_path ("known_hosts");
  g_autofree char *key = NULL, *line = NULL;

  g_assert_true (g_file_get_contents (public, &key, NULL, NULL));
  line = g_strdup_printf ("[127.0.0.1]:%u %s", port, key);
  g_assert_true (g_file_set_contents (known_hosts, line, -1, NULL));
}

static char *
fingerprint_of (TbDaemon *server)
{
  g_autofree char *public = tb_daemon_path (server, "host_key.pub"), *out = NULL;
  const char *argv[] = { "ssh-keygen", "-lf", public, NULL };
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL));
  parts = g_strsplit (out, " ", 3);
  return g_strdup (parts[1]);
}

static void
test_sftp (void)
{
  static const Fetch rows[] = {
    { "a pattern; names with blanks, what is being uploaded, folders", "/cdr/*.csv", "a1 b1 b2", -1, NULL },
    { "a folder, with a file that holds no calls", "/cdr/", "a1 b1 b2", TB_ERROR_INVALID_INPUT, "notes.txt" },
    { "a folder without a slash", "/cdr", "a1 b1 b2", TB_ERROR_INVALID_INPUT, "notes.txt" },
    { "one file", "/cdr/2026-02-03.csv", "b1 b2", -1, NULL },
    { "a pattern for which there is nothing", "/cdr/*.xml", "", -1, NULL },
    { "no such folder", "/nowhere/*.csv", "", TB_ERROR_NOT_FOUND, "no such" },
    { "no such file", "/cdr/gone.csv", "", TB_ERROR_NOT_FOUND, "no such" },
  };
  g_autoptr (TbDaemon) server = tb_daemon_new ();
  guint16 port = start_sshd (server, TRUE);
  g_autofree char *base = g_strdup_printf ("sftp://%s@127.0.0.1:%u%s", tb_daemon_get_user (), port, tb_daemon_get_folder (server));
  g_autofree char *master = g_strconcat (base, "/cdr/Master.log", NULL);

  accept_host (server, port);
  add_files (server);
  check_fetches ("sftp", base, NULL, SECRET, rows, G_N_ELEMENTS (rows));
  check_known (server, "sftp", master, NULL, SECRET);
}

/* Whom one does not know one tells nothing. */
static void
test_sftp_host (void)
{
  g_autoptr (TbDaemon) server = tb_daemon_new ();
  guint16 port = start_sshd (server, FALSE);
  g_autofree char *url = g_strdup_printf ("sftp://127.0.0.1:%u%s/", port, tb_daemon_get_folder (server));
  g_autofree char *fingerprint = fingerprint_of (server), *known_hosts = home_path ("known_hosts"), *log_path = tb_daemon_path (server, "log");
  static const struct { const char *why; const char *line; const char *says; } rows[] = {
    { "no known_hosts", NULL, "is not known yet; nothing was sent" },
    { "another host", "[127.0.0.1]:1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6ndjyEeKlDMv/3wEHCdGxaCfAQhC7DDFOXXXOg7Irv\n", "is not known yet; nothing was sent" },
    { "another key", "[127.0.0.1]:%u ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6ndjyEeKlDMv/3wEHCdGxaCfAQhC7DDFOXXXOg7Irv\n", "another key than the one that is known" },
  };
  g_autofree char *log = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbPbx) pbx = tb_pbx_for_test ("sftp", url, tb_daemon_get_user (), SECRET);
      g_autoptr (TbCollected) collected = NULL;
      g_auto (GStrv) parts = rows[i].line != NULL ? g_strsplit (rows[i].line, "%u", 2) : NULL;
      g_autofree char *line = parts == NULL ? NULL : parts[1] == NULL ? g_strdup (parts[0]) : g_strdup_printf ("%s%u%s", parts[0], port, parts[1]);

      g_unlink (known_hosts);
      if (line != NULL)
        g_assert_true (g_file_set_contents (known_hosts, line, -1, NULL));
      collected = tb_pbx_collect (pbx, 0, 1);
      g_assert_error (collected->error, TB_ERROR, TB_ERROR_AUTH);
      g_test_message ("%s: %s", rows[i].why, collected->error->message);
      g_assert_nonnull (strstr (collected->error->message, rows[i].says));
      g_assert_nonnull (strstr (collected->error->message, fingerprint));
    }
  g_assert_true (g_file_get_contents (log_path, &log, NULL, NULL));
  g_assert_null (strstr (log, "Accepted"));
  g_assert_null (strstr (log, "Failed"));
}

static void
test_sftp_login (void)
{
  g_autoptr (TbDaemon) server = tb_daemon_new ();
  guint16 port = start_sshd (server, FALSE);
  g_autofree char *base = g_strdup_printf ("sftp://127.0.0.1:%u%s", port, tb_daemon_get_folder (server));
  g_autofree char *key = home_path ("tollbook"), *away = home_path ("away");
  static const Fetch refused[] = { { "no key, and a wrong password", "/", "", TB_ERROR_AUTH, "refused the login" } };

  accept_host (server, port);
  g_assert_cmpint (g_rename (key, away), ==, 0);
  check_fetches ("sftp", base, tb_daemon_get_user (), SECRET, refused, G_N_ELEMENTS (refused));
  g_assert_cmpint (g_rename (away, key), ==, 0);
}

/* ---- FTPS ---- */

static void
check_nothing_said (TbDaemon *server)
{
  g_autofree char *path = tb_daemon_path (server, "log");
  g_autofree char *log = NULL;

  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "in the clear: AUTH"));
  g_assert_null (strstr (log, "USER"));
  g_assert_null (strstr (log, "PASS"));
}

static void
test_ftps (void)
{
  static const Fetch good[] = {
    { "a pattern", "/cdr/*.csv", "a1 b1 b2", -1, NULL },
    { "one file", "/cdr/2026-02-03.csv", "b1 b2", -1, NULL },
    { "no such folder", "/nowhere/*.csv", "", TB_ERROR_AUTH, "does not let" },
  };
  static const Fetch wrong[] = { { "a wrong password", "/cdr/*.csv", "", TB_ERROR_AUTH, "refused the login" } };
  static const Fetch untrusted[] = { { "nobody trusts it", "/cdr/*.csv", "", TB_ERROR_NETWORK, "Nothing was sent" } };
  static const Fetch clear[] = { { "no TLS", "/cdr/*.csv", "", TB_ERROR_NETWORK, "no secure connection" } };
  static const struct { const char *kind, *scheme; } servers[] = { { "explicit", "ftpes" }, { "implicit", "ftps" }, { "clear", "ftpes" } };
  g_autofree char *script = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "support", "ftps-server.py", NULL);
  g_autofree char *code = NULL;

  g_assert_true (g_file_get_contents (script, &code, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (TbDaemon) server = tb_daemon_new ();
      guint16 port = tb_daemon_find_port ();
      g_autofree char *number = g_strdup_printf ("%u", port), *base = g_strdup_printf ("%s://127.0.0.1:%u", servers[i].scheme, port);
      g_autofree char *certificate = tb_daemon_path (server, "certificate.pem"), *program = tb_daemon_path (server, "server.py");
      g_autofree char *master = g_strconcat (base, "/cdr/Master.log", NULL);

      g_test_message ("%s", servers[i].kind);
      tb_daemon_write (server, "server.py", code);
      tb_daemon_run (server, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                     "subjectAltName=IP:127.0.0.1", "-keyout", certificate, "-out", "only.pem", NULL);
      tb_daemon_run (server, "sh", "-c", "cat only.pem >>certificate.pem", NULL);
      tb_daemon_start (server, "python3", program, tb_daemon_get_folder (server), number, certificate, servers[i].kind, NULL);
      tb_daemon_wait_for_port (server, port);
      add_files (server);
      if (g_str_equal (servers[i].kind, "clear"))
        {
          check_fetches ("ftps", base, "user", "pass-word", clear, G_N_ELEMENTS (clear));
          check_nothing_said (server);
          continue;
        }
      check_fetches ("ftps", base, "user", "pass-word", untrusted, G_N_ELEMENTS (untrusted));
      g_setenv ("SSL_CERT_FILE", certificate, TRUE);
      check_fetches ("ftps", base, "user", "pass-word", good, G_N_ELEMENTS (good));
      check_fetches ("ftps", base, "user", SECRET, wrong, G_N_ELEMENTS (wrong));
      check_known (server, "ftps", master, "user", "pass-word");
      g_unsetenv ("SSL_CERT_FILE");
    }
}

/* ---- HTTPS ---- */

static void
test_https (void)
{
  static const struct { const char *why; TbFakeMode mode; guint status; const char *header, *value, *body; int code; const char *says; guint calls, requests; } rows[] = {
    { "fine", TB_FAKE_ANSWER, 200, "ETag", "\"7\"", HEAD ROW ("a"), -1, NULL, 1, 1 },
    { "wrong password, once", TB_FAKE_ANSWER, 401, NULL, NULL, "no", TB_ERROR_AUTH, "401", 0, 1 },
    { "gone", TB_FAKE_ANSWER, 404, NULL, NULL, "no", TB_ERROR_NOT_FOUND, "404", 0, 1 },
    { "elsewhere", TB_FAKE_ANSWER, 302, "Location", "http://127.0.0.1:1/", "", TB_ERROR_INVALID_INPUT, "another address", 0, 1 },
    { "busy: asked three times", TB_FAKE_ANSWER, 503, NULL, NULL, "", TB_ERROR_NETWORK, "503", 0, 3 },
    { "cut off: asked three times", TB_FAKE_CUT, 200, NULL, NULL, HEAD ROW ("a"), TB_ERROR_NETWORK, "broke off", 0, 3 },
    { "a login page", TB_FAKE_ANSWER, 200, NULL, NULL, "<html><form>login</form></html>", TB_ERROR_AUTH, "login page", 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autofree char *url = g_strconcat (tb_fake_server_get_url (server), "/cdr/Master.csv?token=" SECRET, NULL);
      g_autoptr (TbPbx) pbx = tb_pbx_for_test ("https", url, "user", SECRET);
      g_autoptr (TbCollected) collected = NULL;

      tb_fake_server_set (server, rows[i].mode, rows[i].status, rows[i].header, rows[i].value, rows[i].body, -1);
      collected = tb_pbx_collect (pbx, 0, 1);
      g_test_message ("%s: %s", rows[i].why, collected->error != NULL ? collected->error->message : "");
      g_assert_cmpint (collected->error != NULL ? collected->error->code : -1, ==, rows[i].code);
      if (rows[i].says != NULL)
        g_assert_nonnull (strstr (collected->error->message, rows[i].says));
      if (collected->error != NULL)
        g_assert_null (strstr (collected->error->message, SECRET));
      g_assert_cmpuint (collected->calls, ==, rows[i].calls);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
    }
}

static void
test_https_known (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autofree char *url = g_strconcat (tb_fake_server_get_url (server), "/cdr/Master.csv", NULL);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (TbPbx) pbx = tb_pbx_for_test ("https", url, NULL, SECRET);
  g_autoptr (TbCollected) first = NULL, again = NULL;

  tb_fake_server_set (server, TB_FAKE_ANSWER, 200, "ETag", "\"7\"", HEAD ROW ("a"), -1);
  first = tb_pbx_collect (pbx, 0, 1);
  g_assert_cmpstr (first->file, ==, "Master.csv");
  g_assert_cmpstr (first->version, ==, "\"7\"");
  g_assert_cmpstr (tb_fake_server_get_header (server, "Authorization"), ==, "Bearer " SECRET);
  g_hash_table_insert (known, first->file, first->version);
  tb_pbx_set_known_files (pbx, known);
  tb_fake_server_set (server, TB_FAKE_ANSWER, 304, NULL, NULL, "", 0);
  again = tb_pbx_collect (pbx, 0, 1);
  g_assert_no_error (again->error);
  g_assert_cmpuint (again->pages, ==, 0);
  g_assert_cmpstr (tb_fake_server_get_header (server, "If-None-Match"), ==, "\"7\"");
}

static void
test_https_untrusted (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new_untrusted ();
  g_autofree char *url = g_strconcat (tb_fake_server_get_url (server), "/Master.csv", NULL);
  g_autoptr (TbPbx) pbx = tb_pbx_for_test ("https", url, "user", SECRET);
  g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, 0, 1);

  g_assert_error (collected->error, TB_ERROR, TB_ERROR_NETWORK);
  g_assert_nonnull (strstr (collected->error->message, "Nothing was sent"));
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 0);
}

/* ---- all of them ---- */

static void
test_addresses (void)
{
  static const struct { const char *kind, *url; } rows[] = {
    { "sftp", "sftp://user:" SECRET "@host/cdr" },
    { "sftp", "ftp://host/cdr" },
    { "sftp", "host/cdr" },
    { "sftp", "sftp:///cdr" },
    { "ftps", "ftp://host/cdr" },
    { "ftps", "https://host/cdr" },
    { "https", "http://pbx.example.com/cdr.csv" },
    { "https", "https://user:" SECRET "@pbx.example.com/cdr.csv" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbConnection) connection = tb_connection_new ();
      g_autoptr (GError) error = NULL;

      tb_set_str (&connection->kind, rows[i].kind);
      tb_set_str (&connection->url, rows[i].url);
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

/* A server that never answers is left at once. */
static void
test_cancel (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autofree char *url = g_strconcat (tb_fake_server_get_url (server), "/Master.csv", NULL);
  g_autoptr (TbPbx) pbx = tb_pbx_for_test ("https", url, NULL, NULL);
  g_autoptr (TbPbxTalk) talk = tb_pbx_talk_new (pbx, 0, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { FALSE };

  tb_fake_server_set (server, TB_FAKE_STALL, 200, NULL, NULL, "", 0);
  g_timeout_add (100, on_cancel, cancellable);
  tb_pbx_talk_next_async (talk, cancellable, on_next, &outcome);
  tb_fake_server_wait (&outcome.done);
  g_assert_error (outcome.error, TB_ERROR, TB_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

int
main (int argc, char *argv[])
{
  g_autofree char *ssh = NULL, *key = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  home = g_dir_make_tmp ("tollbook-home-XXXXXX", NULL);
  g_setenv ("HOME", home, TRUE);
  g_unsetenv ("SSH_AUTH_SOCK");
  ssh = home_path ("");
  key = home_path ("tollbook");
  g_assert_cmpint (g_mkdir (ssh, 0700), ==, 0);
  {
    const char *keygen[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key, NULL };

    g_assert_true (g_spawn_sync (NULL, (char **) keygen, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  }
  g_test_add_func ("/connectors/remote/sftp", test_sftp);
  g_test_add_func ("/connectors/remote/sftp-host", test_sftp_host);
  g_test_add_func ("/connectors/remote/sftp-login", test_sftp_login);
  g_test_add_func ("/connectors/remote/ftps", test_ftps);
  g_test_add_func ("/connectors/remote/https", test_https);
  g_test_add_func ("/connectors/remote/https-known", test_https_known);
  g_test_add_func ("/connectors/remote/https-untrusted", test_https_untrusted);
  g_test_add_func ("/connectors/remote/addresses", test_addresses);
  g_test_add_func ("/connectors/remote/cancel", test_cancel);
  result = g_test_run ();
  {
    const char *rm[] = { "rm", "-rf", "--", home, NULL };

    g_spawn_sync (NULL, (char **) rm, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  }
  return result;
}
