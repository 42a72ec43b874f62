/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-pbx-collect.h"
#include "tb-pin.h"

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define KEY "S3CR3T-key-0123456789"

static void
test_parse (void)
{
  static const struct { const char *why, *text, *want; } rows[] = {
    { "as it is printed", "sha256:" HEX, "sha256:" HEX },
    { "as openssl prints it", "SHA256:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF", "sha256:" HEX },
    { "no name of the sum", HEX, NULL },
    { "another sum", "sha1:" HEX, NULL },
    { "two digits too many", "sha256:" HEX "00", NULL },
    { "a colon within a byte", "sha256:0:1" HEX, NULL },
    { "nothing", "", NULL },
    { "something behind it", "sha256:" HEX " ", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *parsed = tb_pin_parse (rows[i].text, &error);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpstr (parsed, ==, rows[i].want);
      g_assert_true ((error == NULL) == (rows[i].want != NULL));
    }
}

/* ---- looking ---- */

typedef struct
{
  const char *url;
  TbShownCertificate *shown;
  gboolean done;
} Look;

static gboolean
on_looked (gpointer data)
{
  ((Look *) data)->done = TRUE;
  return G_SOURCE_REMOVE;
}

static gpointer
look (gpointer data)
{
  Look *self = data;

  self->shown = tb_pin_look (self->url, NULL, NULL);
  g_idle_add (on_looked, self);
  return NULL;
}

static TbShownCertificate *
look_at (TbFakeServer *server)
{
  Look self = { tb_fake_server_get_url (server), NULL, FALSE };
  GThread *thread = g_thread_new ("look", look, &self);

  tb_fake_server_wait (&self.done);
  g_thread_join (thread);
  return self.shown;
}

static void
test_look (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new_untrusted ();
  g_autoptr (TbShownCertificate) shown = look_at (server);

  g_assert_nonnull (shown);
  g_assert_true (g_str_has_prefix (shown->fingerprint, "sha256:"));
  g_assert_cmpuint (shown->distrust & G_TLS_CERTIFICATE_UNKNOWN_CA, !=, 0);
  g_assert_nonnull (shown->subject);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 0);
}

static void
test_no_tls (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tb_pin_look ("http://127.0.0.1:1", NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
}

/* ---- being pinned ---- */

static void
test_connection (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new_untrusted ();
  g_autoptr (TbShownCertificate) shown = look_at (server);
  g_autofree char *other = g_strdup (shown->fingerprint);
  const struct { const char *why, *certificate; int code; const char *says; guint requests; } rows[] = {
    { "nobody vouches for it", NULL, TB_ERROR_NETWORK, "cannot be trusted", 0 },
    { "it is pinned", shown->fingerprint, -1, "0 calls", 1 },
    { "another one is pinned", other, TB_ERROR_NETWORK, shown->fingerprint, 0 },
  };

  other[strlen (other) - 1] = other[strlen (other) - 1] == '0' ? '1' : '0';
  tb_fake_server_set (server, TB_FAKE_ANSWER, 200, NULL, NULL, "\n\n", -1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TbConnection connection = { .name = (char *) "pbx1", .kind = (char *) "fusionpbx", .url = (char *) tb_fake_server_get_url (server),
                                        .certificate = (char *) rows[i].certificate };
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPbx) pbx = tb_pbx_new (&connection, KEY, &error);
      guint before = tb_fake_server_get_count (server);

      g_assert_no_error (error);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
      g_assert_cmpuint (tb_fake_server_get_count (server) - before, ==, rows[i].requests);
    }
}

/* A pin that could protect nothing. */
static void
test_refused (void)
{
  static const struct { const char *why, *kind, *url, *certificate; } rows[] = {
    { "plain HTTP shows no certificate", "fusionpbx", "http://127.0.0.1:1", "sha256:" HEX },
    { "a folder does not either", "folder", "/tmp", "sha256:" HEX },
    { "no fingerprint", "fusionpbx", "https://127.0.0.1:1", "sha256:12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TbConnection connection = { .name = (char *) "pbx1", .kind = (char *) rows[i].kind, .url = (char *) rows[i].url,
                                        .certificate = (char *) rows[i].certificate };
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPbx) pbx = tb_pbx_new (&connection, KEY, &error);

      g_test_message ("%s", rows[i].why);
      g_assert_null (pbx);
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/pin/parse", test_parse);
  g_test_add_func ("/connectors/pin/look", test_look);
  g_test_add_func ("/connectors/pin/no-tls", test_no_tls);
  g_test_add_func ("/connectors/pin/connection", test_connection);
  g_test_add_func ("/connectors/pin/refused", test_refused);
  return g_test_run ();
}
