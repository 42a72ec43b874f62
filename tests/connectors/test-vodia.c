/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-pbx-collect.h"

#define SECRET "S3CR3T-vodia"

static TbPbx *
make_pbx (TbFakeServer *server, const char *user)
{
  return tb_pbx_for_test ("vodia", tb_fake_server_get_url (server), user, SECRET);
}

static void
add_calls (TbFakeServer *server)
{
  tb_fake_server_on (server, "GET /rest/system/domains", NULL, 200, "[\"acme.pbx.example.com\",{\"name\":\"birch.pbx.example.com\"}]");
  tb_fake_server_on (server, "GET /rest/domain/acme.pbx.example.com/cdrs?start=20260203&end=20260203&page=1&size=500", NULL, 200, "vodia_rest_cdrs.acme.json");
  tb_fake_server_on (server, "GET /rest/domain/birch.pbx.example.com/cdrs?start=20260203&end=20260203&page=1&size=500", NULL, 200, "vodia_rest_cdrs.birch.json");
}

static void
assert_truth (TbCollected *collected)
{
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 18 + 7);
  g_assert_cmpuint (collected->answered, ==, 14 + 7);
  g_assert_cmpint (collected->seconds, ==, 1826 + 18157);
  g_assert_cmpuint (collected->rejects, ==, 0);
  g_assert_cmpstr (tb_collected_find (collected, "acme.pbx.example.com/20701"), ==,
                   "acme.pbx.example.com/20701|2026-02-03T14:02:11Z|acme.pbx.example.com|1001|outbound|1001|Alice Martin|+12045550142||||6|131|125");
  g_assert_nonnull (strstr (tb_collected_find (collected, "acme.pbx.example.com/20709"), "|local|"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "acme.pbx.example.com/20705"), "|1002|inbound|+13125550144|Ng, Mei \"Mia\"|+12045550101|+12045550101|"));
}

/* Before 69: a session, its cookie, all domains. */
static void
test_session (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server, "admin");
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "PUT /rest/system/session", "{\"name\":\"auth\",\"value\":\"admin " SECRET "\"}", 200, "\"k3Jx9q0u4yq2b7wz\"\n");
  add_calls (server);
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  assert_truth (collected);
  g_assert_cmpstr (tb_fake_server_get_header (server, "Cookie"), ==, "session=k3Jx9q0u4yq2b7wz");
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 4);
  g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));
}

/* 69 and later: no session, Basic. */
static void
test_basic (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server, "admin");
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "PUT /rest/system/session", NULL, 403, "{}");
  add_calls (server);
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  assert_truth (collected);
  g_assert_cmpstr (tb_fake_server_get_header (server, "Authorization"), ==, "Basic YWRtaW46UzNDUjNULXZvZGlh");
}

static void
test_answers (void)
{
  static const struct { const char *why, *user; guint status; const char *session; guint cdr_status; const char *cdrs; int code; const char *says; guint requests; } rows[] = {
    { "fine", "a@acme", 200, "\"t\"", 200, "[]", -1, "0 calls", 2 },
    { "wrong password, one attempt only", "a@acme", 401, "{}", 200, "[]", TB_ERROR_AUTH, "401", 1 },
    { "no token", "a@acme", 200, "null", 200, "[]", TB_ERROR_AUTH, "did not accept", 1 },
    { "no permission", "a@acme", 200, "\"t\"", 403, "{\"error\":\"API access off\"}", TB_ERROR_AUTH, "API access off", 2 },
    { "the session ended: one more login", "a@acme", 200, "\"t\"", 401, "{}", TB_ERROR_AUTH, "401", 4 },
    { "an object instead of records", "a@acme", 200, "\"t\"", 200, "{\"message\":\"down for work\"}", TB_ERROR_INVALID_INPUT, "down for work", 2 },
    { "a login page", "a@acme", 200, "\"t\"", 200, "<html>\n<form>login</form></html>\n", TB_ERROR_AUTH, "login page", 2 },
    { "cut", "a@acme", 200, "\"t\"", 200, "[{\"id\":1,\n", TB_ERROR_INVALID_INPUT, "JSON", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server, rows[i].user);

      tb_fake_server_on (server, "PUT /rest/system/session", NULL, rows[i].status, rows[i].session);
      tb_fake_server_on (server, "GET /rest/domain/acme/cdrs", NULL, rows[i].cdr_status, rows[i].cdrs);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/vodia/session", test_session);
  g_test_add_func ("/connectors/vodia/basic", test_basic);
  g_test_add_func ("/connectors/vodia/answers", test_answers);
  return g_test_run ();
}
