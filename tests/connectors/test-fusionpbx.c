/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "tb-error.h"
#include "tb-fake-server.h"
#include "tb-http.h"
#include "tb-pbx-collect.h"
#include "tb-secret.h"
#include "tb-text.h"

#define KEY "0123456789abcdef0123456789abcdef01234567"
#define EXPORT "/app/xml_cdr/xml_cdr_export.php?export_format=csv&show=all"

typedef struct
{
  gboolean done;
  GBytes *bytes;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->bytes = tb_http_send_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static TbPbx *
make_pbx (const char *url, const char *user)
{
  return tb_pbx_for_test ("fusionpbx", url, user, KEY);
}

/* ---- fetching ---- */

static void
test_fetch (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (tb_fake_server_get_url (server), NULL);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST " EXPORT, "key=" KEY "&export_format=csv&show=all&leg=a&start_epoch=1770076800&stop_epoch=1770163199", 200, "fusionpbx_export_all.csv");
  collected = tb_pbx_collect (pbx, 1770076800, 1770163200);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->calls, ==, 26);
  g_assert_cmpuint (collected->unique, ==, 25);
  g_assert_cmpint (collected->seconds, ==, 19983);
  g_assert_cmpuint (collected->skipped, >, 0);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 1);
  for (guint i = 0; i < collected->lines->len; i++)
    g_assert_nonnull (strstr (collected->lines->pdata[i], ".pbx.example.com|"));
  g_assert_cmpint (tb_pbx_get_max_window (pbx), ==, 86400);
  g_assert_cmpint (tb_pbx_get_overlap (pbx), ==, 48 * 3600);
}

static void
test_login (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (tb_fake_server_get_url (server), "billing@acme");
  g_autoptr (TbCollected) collected = NULL;

  /* An epoch of 0 would mean everything. */
  tb_fake_server_on (server, "POST " EXPORT, "username=billing%40acme&password=" KEY "&export_format=csv&show=all&leg=a&start_epoch=1&stop_epoch=99", 200, "\n\n");
  collected = tb_pbx_collect (pbx, 0, 100);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->calls, ==, 0);
}

static void
test_answers (void)
{
  static const struct
  {
    const char *why;
    TbFakeMode mode;
    guint status;
    const char *header, *value, *body;
    int code; /* -1 = a sentence */
    const char *says;
    guint requests;
  } rows[] = {
    { "no calls", TB_FAKE_ANSWER, 200, NULL, NULL, "\n\n", -1, "0 calls in the last hour.", 1 },
    { "one domain only", TB_FAKE_ANSWER, 200, NULL, NULL,
      "\"xml_cdr_uuid\",\"start_epoch\",\"billsec\",\"destination_number\"\n\"u\",\"1770127331\",\"5\",\"204\"\n", -1, "xml_cdr_all", 1 },
    { "key not accepted", TB_FAKE_ANSWER, 302, "Location", "/?path=%2Fapp%2Fxml_cdr", "", TB_ERROR_AUTH, "log in", 1 },
    { "key not accepted, page at once", TB_FAKE_ANSWER, 200, NULL, NULL, "<!DOCTYPE html><form><input type='password'>", TB_ERROR_AUTH, "login page", 1 },
    { "no permission to export", TB_FAKE_ANSWER, 200, NULL, NULL, "access denied", TB_ERROR_AUTH, "permission", 1 },
    { "no permission to export as CSV", TB_FAKE_ANSWER, 200, NULL, NULL, "", TB_ERROR_AUTH, "xml_cdr_export_csv", 1 },
    { "HTTP log-in", TB_FAKE_ANSWER, 401, "WWW-Authenticate", "Basic realm=\"x\"", "", TB_ERROR_AUTH, "401", 1 },
    { "forbidden", TB_FAKE_ANSWER, 403, NULL, NULL, "", TB_ERROR_AUTH, "403", 1 },
    { "not there", TB_FAKE_ANSWER, 404, NULL, NULL, "", TB_ERROR_NOT_FOUND, "xml_cdr_export.php", 1 },
    { "moved for good", TB_FAKE_ANSWER, 301, "Location", "https://new.example.com/app/xml_cdr/xml_cdr_export.php?x=1", "", TB_ERROR_INVALID_INPUT, "https://new.example.com/app", 1 },
    { "too many requests, longer than a run waits", TB_FAKE_ANSWER, 429, "Retry-After", "1700", "", TB_ERROR_NETWORK, "1700 seconds", 1 },
    { "down", TB_FAKE_ANSWER, 503, "Retry-After", "Fri, 31 Dec 2100 23:59:59 GMT", "", TB_ERROR_NETWORK, "seconds", 1 },
    { "broken", TB_FAKE_ANSWER, 500, NULL, NULL, "PHP Fatal error", TB_ERROR_NETWORK, "500", 4 },
    { "cut in the middle", TB_FAKE_CUT, 200, NULL, NULL, "\"xml_cdr_uuid\",\"start_epoch\"\n", TB_ERROR_NETWORK, "broke off", 4 },
    { "another product", TB_FAKE_ANSWER, 200, NULL, NULL, "{\"error\":1}", TB_ERROR_INVALID_INPUT, "JSON", 1 },
    { "a database error in place of records", TB_FAKE_ANSWER, 200, NULL, NULL,
      "\"xml_cdr_uuid\",\"start_epoch\",\"billsec\",\"destination_number\"\nFatal error\n", TB_ERROR_NETWORK, "ends early", 4 },
  };
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (tb_fake_server_get_url (server), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const guint before = tb_fake_server_get_count (server);
      g_autofree char *said = NULL;
      int code;

      tb_fake_server_set (server, rows[i].mode, rows[i].status, rows[i].header, rows[i].value, rows[i].body, -1);
      said = tb_pbx_collect_test (pbx, &code);
      g_test_message ("%s: %s", rows[i].why, said);
      g_assert_cmpint (code, ==, rows[i].code);
      g_assert_nonnull (strstr (said, rows[i].says));
      g_assert_null (strstr (said, KEY)); /* secrets never appear in messages */
      /* No redirect followed; nothing sent twice but what may pass in a moment. */
      g_assert_cmpuint (tb_fake_server_get_count (server) - before, ==, rows[i].requests);
    }
}

/* ---- HTTP ---- */

static void
send_and_wait (const char *url, const TbHttpLimits *limits, GCancellable *cancellable, Outcome *outcome)
{
  g_autoptr (SoupSession) session = tb_http_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

  tb_http_send_async (session, message, limits, cancellable, on_sent, outcome);
  tb_fake_server_wait (&outcome->done);
}

static gboolean
cancel_it (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_limits (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *url = tb_fake_server_get_url (server);
  const TbHttpLimits ten = { .limit = 10 }, one_second = { .timeout = 1 };
  g_auto (Outcome) fits = { 0 }, large = { 0 }, late = { 0 }, cancelled = { 0 };

  tb_fake_server_set (server, TB_FAKE_ANSWER, 200, NULL, NULL, "0123456789", -1);
  send_and_wait (url, &ten, NULL, &fits);
  g_assert_no_error (fits.error);
  g_assert_cmpuint (g_bytes_get_size (fits.bytes), ==, 10);

  tb_fake_server_set (server, TB_FAKE_ANSWER, 200, NULL, NULL, "0123456789x", -1);
  send_and_wait (url, &ten, NULL, &large);
  g_assert_error (large.error, TB_ERROR, TB_ERROR_INVALID_INPUT);

  tb_fake_server_set (server, TB_FAKE_STALL, 200, NULL, NULL, "", -1);
  send_and_wait (url, &one_second, NULL, &late);
  g_assert_error (late.error, TB_ERROR, TB_ERROR_TIMEOUT);

  g_timeout_add (20, cancel_it, cancellable);
  send_and_wait (url, NULL, cancellable, &cancelled);
  g_assert_error (cancelled.error, TB_ERROR, TB_ERROR_CANCELLED);
}

/* Nobody there, no such name, and somebody who pretends: nothing of the request reaches him. */
static void
test_unreachable (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new_untrusted ();
  TbFakeServer *gone = tb_fake_server_new ();
  g_autofree char *gone_url = g_strdup (tb_fake_server_get_url (gone));
  g_auto (Outcome) refused = { 0 }, unknown = { 0 }, untrusted = { 0 };

  tb_fake_server_free (gone);
  send_and_wait (gone_url, NULL, NULL, &refused);
  g_assert_error (refused.error, TB_ERROR, TB_ERROR_NETWORK);
  g_assert_nonnull (strstr (refused.error->message, "refuses"));

  send_and_wait ("https://no-such-host.invalid/", NULL, NULL, &unknown);
  g_assert_error (unknown.error, TB_ERROR, TB_ERROR_NETWORK);
  g_assert_nonnull (strstr (unknown.error->message, "no-such-host.invalid"));

  send_and_wait (tb_fake_server_get_url (server), NULL, NULL, &untrusted);
  g_assert_error (untrusted.error, TB_ERROR, TB_ERROR_NETWORK);
  g_assert_nonnull (strstr (untrusted.error->message, "cannot be trusted"));
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 0);
}

static void
test_new (void)
{
  static const struct { const char *why, *kind, *url; int code; } rows[] = {
    { "plain http to another computer", "fusionpbx", "http://pbx.example.com", TB_ERROR_INVALID_INPUT },
    { "an address that only begins like loopback", "fusionpbx", "http://127.0.0.1.example.com", TB_ERROR_INVALID_INPUT },
    { "and another", "fusionpbx", "http://localhost.example.com", TB_ERROR_INVALID_INPUT },
    { "another scheme", "fusionpbx", "ftp://pbx.example.com", TB_ERROR_INVALID_INPUT },
    { "no scheme", "fusionpbx", "pbx.example.com", TB_ERROR_INVALID_INPUT },
    { "no address", "fusionpbx", NULL, TB_ERROR_INVALID_INPUT },
    { "a password in the address", "fusionpbx", "https://u:p@pbx.example.com", TB_ERROR_INVALID_INPUT },
    { "files only", "csv", "https://pbx.example.com", TB_ERROR_UNSUPPORTED },
    { "fine", "fusionpbx", "https://pbx.example.com", -1 },
    { "fine: this computer", "fusionpbx", "http://localhost:8080", -1 },
    { "fine: this computer, IPv6", "fusionpbx", "http://[::1]:8080/", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbConnection) connection = tb_connection_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPbx) pbx = NULL;

      g_test_message ("%s", rows[i].why);
      tb_set_str (&connection->kind, rows[i].kind);
      tb_set_str (&connection->url, rows[i].url);
      pbx = tb_pbx_new (connection, KEY, &error);
      if (rows[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, TB_ERROR, rows[i].code);
      g_assert_true ((pbx != NULL) == (error == NULL));
    }
  g_assert_true (tb_pbx_kind_is_network ("fusionpbx"));
  g_assert_false (tb_pbx_kind_is_network ("asterisk"));
  g_assert_false (tb_pbx_kind_is_network (NULL));
}

/* Addresses as people copy them out of the browser. */
static void
test_addresses (void)
{
  static const struct { const char *path, *request; } rows[] = {
    { "", "POST " EXPORT }, { "/", "POST " EXPORT }, { "/app/xml_cdr/xml_cdr.php", "POST " EXPORT }, { "/index.php", "POST " EXPORT },
    { "/core/dashboard/?x=1", "POST " EXPORT }, { "/pbx/", "POST /pbx" EXPORT }, { "/pbx/app/xml_cdr/", "POST /pbx" EXPORT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autofree char *url = g_strconcat (tb_fake_server_get_url (server), rows[i].path, NULL);
      g_autoptr (TbPbx) pbx = make_pbx (url, NULL);
      g_autofree char *said = NULL;
      int code;

      tb_fake_server_set (server, TB_FAKE_ANSWER, 200, NULL, NULL, "\n\n", -1);
      said = tb_pbx_collect_test (pbx, &code);
      g_assert_cmpstr (tb_fake_server_get_request (server), ==, rows[i].request);
    }
}

/* ---- secrets ---- */

static void
test_secrets (void)
{
  g_autofree char *dir = g_dir_make_tmp ("tollbook-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "secrets", NULL);
  g_autofree char *variable = tb_secret_variable_name ("pbx 1");
  g_autoptr (GError) error = NULL;
  char *secret;

  g_assert_cmpstr (variable, ==, "TOLLBOOK_SECRET_PBX_1");
  g_assert_false (tb_secret_use_file (path, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "# keys\r\npbx 1=a=b \r\n\nTOLLBOOK_SECRET_WHMCS=c", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_false (tb_secret_use_file (path, &error)); /* the group could read it */
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_true (tb_secret_use_file (path, &error));
  g_assert_no_error (error);
  secret = tb_secret_lookup ("pbx 1", NULL, &error);
  g_assert_cmpstr (secret, ==, "a=b "); /* blanks may be part of a secret */
  tb_secret_free (secret);
  secret = tb_secret_lookup ("whmcs", NULL, &error);
  g_assert_cmpstr (secret, ==, "c");
  tb_secret_free (secret);

  g_setenv (variable, "from the environment", TRUE);
  secret = tb_secret_lookup ("pbx 1", NULL, &error);
  g_assert_cmpstr (secret, ==, "from the environment");
  tb_secret_free (secret);
  g_unsetenv (variable);

  /* No service on this bus: nothing is found, and storing says what to do instead. */
  g_assert_null (tb_secret_lookup ("other", NULL, &error));
  g_assert_no_error (error);
  g_assert_false (tb_secret_store ("other", "x", NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "TOLLBOOK_SECRET_OTHER"));

  g_unlink (path);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  /* Before anything connects: no bus, so that no test ever touches somebody's keyring. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_setenv ("no_proxy", "*", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/fusionpbx/fetch", test_fetch);
  g_test_add_func ("/connectors/fusionpbx/login", test_login);
  g_test_add_func ("/connectors/fusionpbx/answers", test_answers);
  g_test_add_func ("/connectors/fusionpbx/new", test_new);
  g_test_add_func ("/connectors/fusionpbx/addresses", test_addresses);
  g_test_add_func ("/connectors/http/limits", test_limits);
  g_test_add_func ("/connectors/http/unreachable", test_unreachable);
  g_test_add_func ("/connectors/secrets", test_secrets);
  return g_test_run ();
}
