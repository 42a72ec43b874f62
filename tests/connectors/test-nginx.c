/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "tb-daemon.h"
#include "tb-error.h"
#include "tb-pbx-collect.h"
#include "tb-pin.h"
#include "tb-text.h"

/* A real nginx with TLS, HTTP/2 and gzip, as stands before nearly every FusionPBX and many a folder of call records. */

#define SECRET "S3CR3T-0123456789abcdef"
#define FIRST G_GINT64_CONSTANT (1767225600) /* 2026-01-01 */
#define HEAD "uid,start,caller,callee,billsec\n"
#define ROW(uid) uid ",2026-02-03T14:02:11Z,1001,12045550142,60\n"

static const char config[] = "worker_processes 1;\ndaemon off;\npid @/pid;\nevents { worker_connections 64; }\n"
                             "http {\n"
                             "  log_format all '$request_method $uri $server_protocol $status';\n"
                             "  access_log @/access all;\n"
                             "  client_body_temp_path @/t1; proxy_temp_path @/t2; fastcgi_temp_path @/t3; uwsgi_temp_path @/t4; scgi_temp_path @/t5;\n"
                             "  default_type text/csv; gzip on; gzip_types *; gzip_min_length 1;\n"
                             "  server {\n"
                             "    listen 127.0.0.1:# ssl~;\n"
                             "    ssl_certificate @/only.pem; ssl_certificate_key @/key.pem;\n"
                             "    root @/www;\n"
                             "    location /app/ { error_page 405 =200 $uri; }\n" /* a POST is answered like a GET */
                             "    location /cdr/ { auth_basic cdr; auth_basic_user_file @/users; }\n"
                             "    location /moved/ { return 301 https://127.0.0.1:#/app/; }\n"
                             "  }\n"
                             "}\n";

static char *
fill_in (const char *folder, guint16 port, const char *protocol)
{
  GString *text = g_string_new (config);
  g_autofree char *number = g_strdup_printf ("%u", port);

  g_string_replace (text, "@", folder, 0);
  g_string_replace (text, "#", number, 0);
  g_string_replace (text, "~", protocol, 0);
  return g_string_free (text, FALSE);
}

static char *
load_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static guint16
start_nginx (TbDaemon *server, const char *protocol)
{
  guint16 port = tb_daemon_find_port ();
  const char *folder = tb_daemon_get_folder (server);
  g_autofree char *text = fill_in (folder, port, protocol), *conf = tb_daemon_path (server, "nginx.conf"), *log = tb_daemon_path (server, "error");
  g_autofree char *export = load_sample ("fusionpbx_export_all.csv");

  tb_daemon_run (server, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=pbx", "-addext",
                 "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "only.pem", NULL);
  tb_daemon_run (server, "mkdir", "-p", "www/app/xml_cdr", "www/cdr", NULL);
  tb_daemon_write (server, "www/app/xml_cdr/xml_cdr_export.php", export);
  tb_daemon_write (server, "www/cdr/Master.csv", HEAD ROW ("a"));
  tb_daemon_write (server, "users", "user:{PLAIN}pass-word\n");
  tb_daemon_write (server, "nginx.conf", text);
  tb_daemon_start (server, "/usr/sbin/nginx", "-p", folder, "-e", log, "-c", conf, NULL);
  tb_daemon_wait_for_port (server, port);
  return port;
}

/* What nginx was asked, a line a request. */
static char *
access_of (TbDaemon *server)
{
  g_autofree char *path = tb_daemon_path (server, "access");
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static TbPbx *
fusionpbx_new (const char *url, const char *certificate)
{
  const TbConnection connection = { .name = (char *) "pbx1", .kind = (char *) "fusionpbx", .url = (char *) url, .time_zone = (char *) "America/Winnipeg",
                                    .certificate = (char *) certificate };
  g_autoptr (GError) error = NULL;
  TbPbx *pbx = tb_pbx_new (&connection, SECRET, &error);

  g_assert_no_error (error);
  return pbx;
}

static void
test_fusionpbx (gconstpointer protocol)
{
  g_autoptr (TbDaemon) server = tb_daemon_new ();
  guint16 port = start_nginx (server, protocol);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port), *moved = g_strdup_printf ("%s/moved", url), *access = NULL;
  g_autofree char *address = g_strdup_printf (" %s/app/. Enter that address", url);
  g_autoptr (TbPbx) untrusted = fusionpbx_new (url, NULL), trusted = NULL, elsewhere = NULL;
  g_autoptr (TbCollected) nothing = tb_pbx_collect (untrusted, FIRST, FIRST + 366 * 86400), all = NULL;
  g_autoptr (TbShownCertificate) shown = tb_pin_look (url, NULL, NULL);

  g_assert_error (nothing->error, TB_ERROR, TB_ERROR_NETWORK);
  g_assert_nonnull (strstr (nothing->error->message, "Nothing was sent"));
  access = access_of (server);
  g_assert_cmpstr (access, ==, "");

  g_assert_nonnull (shown);
  trusted = fusionpbx_new (url, shown->fingerprint);
  all = tb_pbx_collect (trusted, FIRST, FIRST + 366 * 86400);
  g_assert_no_error (all->error);
  g_assert_cmpuint (all->unique, ==, 25);
  g_assert_cmpuint (all->answered, ==, 21);
  g_assert_cmpint (all->seconds, ==, 19983);
  g_assert_cmpuint (all->rejects, ==, 0);

  elsewhere = fusionpbx_new (moved, shown->fingerprint);
  tb_pbx_assert_says (elsewhere, "moved for good", TB_ERROR_INVALID_INPUT, address);
  g_free (access);
  access = access_of (server);
  g_test_message ("%s", access);
  g_assert_nonnull (strstr (access, "/app/xml_cdr/xml_cdr_export.php HTTP/"));
  g_assert_null (strstr (access, SECRET));
}

typedef struct
{
  const char *why, *path, *secret;
  gboolean trusts;
  int code; /* -1 = none */
  const char *says;
  guint calls;
} Fetch;

static void
check_fetch (const Fetch *fetch, const char *base, const char *authority, GHashTable *known)
{
  g_autofree char *url = g_strconcat (base, fetch->path, NULL);
  g_autoptr (TbPbx) pbx = NULL;
  g_autoptr (TbCollected) collected = NULL;

  if (fetch->trusts)
    g_setenv ("SSL_CERT_FILE", authority, TRUE);
  else
    g_unsetenv ("SSL_CERT_FILE");
  pbx = tb_pbx_for_test ("https", url, "user", fetch->secret);
  tb_pbx_set_known_files (pbx, known);
  collected = tb_pbx_collect (pbx, 0, 1);
  g_test_message ("%s: %u calls %s", fetch->why, collected->calls, collected->error != NULL ? collected->error->message : "");
  g_assert_cmpint (collected->error != NULL ? collected->error->code : -1, ==, fetch->code);
  if (fetch->says != NULL)
    g_assert_nonnull (strstr (collected->error->message, fetch->says));
  g_assert_cmpuint (collected->calls, ==, fetch->calls);
  if (collected->file != NULL)
    g_hash_table_replace (known, g_strdup (collected->file), g_strdup (collected->version));
}

static void
test_files (void)
{
  static const Fetch first[] = {
    { "nobody vouches for it", "/cdr/Master.csv", "pass-word", FALSE, TB_ERROR_NETWORK, "Nothing was sent", 0 },
    { "a wrong password", "/cdr/Master.csv", SECRET, TRUE, TB_ERROR_AUTH, "401", 0 },
    { "no such file", "/cdr/gone.csv", "pass-word", TRUE, TB_ERROR_NOT_FOUND, "404", 0 },
    { "fine", "/cdr/Master.csv", "pass-word", TRUE, -1, NULL, 1 },
    { "as it was: not read again", "/cdr/Master.csv", "pass-word", TRUE, -1, NULL, 0 },
  };
  static const Fetch grown = { "it has grown", "/cdr/Master.csv", "pass-word", TRUE, -1, NULL, 2 };
  static const Fetch other = { "the certificate is for another name", "/cdr/Master.csv", "pass-word", TRUE, TB_ERROR_NETWORK, "Nothing was sent", 0 };
  g_autoptr (TbDaemon) server = tb_daemon_new ();
  guint16 port = start_nginx (server, " http2");
  g_autofree char *base = g_strdup_printf ("https://127.0.0.1:%u", port), *named = g_strdup_printf ("https://localhost:%u", port), *access = NULL, *after = NULL;
  g_autofree char *authority = tb_daemon_path (server, "only.pem");
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    check_fetch (&first[i], base, authority, known);
  tb_daemon_write (server, "www/cdr/Master.csv", HEAD ROW ("a") ROW ("b"));
  check_fetch (&grown, base, authority, known);
  access = access_of (server);
  g_assert_nonnull (strstr (access, " 304\n"));
  check_fetch (&other, named, authority, known);
  after = access_of (server);
  g_assert_cmpstr (after, ==, access);
  g_unsetenv ("SSL_CERT_FILE");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("SSL_CERT_FILE");
  tb_pbx_set_patience (1);
  g_test_add_data_func ("/connectors/nginx/fusionpbx", "", test_fusionpbx);
  g_test_add_data_func ("/connectors/nginx/fusionpbx-http2", " http2", test_fusionpbx);
  g_test_add_func ("/connectors/nginx/files", test_files);
  return g_test_run ();
}
