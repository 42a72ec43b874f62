/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-pbx-collect.h"

#define SECRET "S3CR3T-fspbx"
#define BIRCH "80a2f745-86cc-55f3-afb9-d85a42387ce5"
#define ACME "00000000-1111-4222-8333-444444444444"
#define DOMAINS "GET /api/v1/domains?limit=100"
#define EXTENSIONS(domain) "GET /api/v1/domains/" domain "/extensions?limit=100"
#define CDRS(domain) "GET /api/v1/domains/" domain "/cdrs?date_from=1770098400&date_to=1770184799&limit=500"
#define A_LIST(more, rows) "{\"object\":\"list\",\"has_more\":" more ",\"data\":[" rows "]}"
#define A_DOMAIN(id, name) "{\"domain_uuid\":\"" id "\",\"object\":\"domain\",\"domain_name\":\"" name "\",\"domain_enabled\":true,\"domain_description\":\"The " name "\"}"
#define AN_EXTENSION(id, number) "{\"extension_uuid\":\"" id "\",\"extension\":\"" number "\"}"
#define A_CALL(id, rest) "{\"xml_cdr_uuid\":\"" id "\",\"direction\":\"outbound\",\"caller_id_number\":\"12045550120\",\"destination_number\":\"12045550142\",\"start_epoch\":1770130000," rest "}"
#define NO_CALLS A_LIST ("false", "")

static TbPbx *
make_pbx (TbFakeServer *server)
{
  return tb_pbx_for_test ("fspbx", tb_fake_server_get_url (server), NULL, SECRET);
}

/* Two domains on two pages, calls on two pages. */
static void
add_routes (TbFakeServer *server)
{
  tb_fake_server_on (server, DOMAINS, NULL, 200, A_LIST ("true", A_DOMAIN (ACME, "acme.pbx.example.com")));
  tb_fake_server_on (server, DOMAINS "&starting_after=" ACME, NULL, 200, A_LIST ("false", A_DOMAIN (BIRCH, "birch.pbx.example.com")));
  tb_fake_server_on (server, EXTENSIONS (ACME), NULL, 200, NO_CALLS);
  tb_fake_server_on (server, EXTENSIONS (BIRCH), NULL, 200, A_LIST ("true", AN_EXTENSION ("e67feb5a-221c-5563-941c-5b29b606bd98", "2001")));
  tb_fake_server_on (server, EXTENSIONS (BIRCH) "&starting_after=e67feb5a-221c-5563-941c-5b29b606bd98", NULL, 200, A_LIST ("false", AN_EXTENSION ("e1", "2000")));
  tb_fake_server_on (server, CDRS (BIRCH), NULL, 200, "fspbx_v1_cdrs.json");
  tb_fake_server_on (server, CDRS (ACME), NULL, 200,
                     A_LIST ("true", A_CALL ("a1", "\"answer_epoch\":null,\"end_epoch\":1770130060,\"duration\":60,\"hangup_cause\":\"NO_ANSWER\"")));
  tb_fake_server_on (server, CDRS (ACME) "&starting_after=a1", NULL, 200,
                     A_LIST ("false", A_CALL ("a2", "\"answer_epoch\":1770130010,\"end_epoch\":1770130060,\"duration\":60,\"hangup_cause\":\"NORMAL_CLEARING\"") ","
                                      A_CALL ("a3", "\"answer_epoch\":null,\"end_epoch\":1770130010,\"hangup_cause\":\"LOSE_RACE\"")));
}

static void
test_calls (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  add_routes (server);
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 7 + 2);
  g_assert_cmpuint (collected->answered, ==, 7 + 1);
  g_assert_cmpint (collected->seconds, ==, 18157 + 50);
  g_assert_cmpuint (collected->skipped, ==, 1);
  g_assert_cmpuint (collected->rejects, ==, 0);
  g_assert_cmpstr (tb_fake_server_get_header (server, "Authorization"), ==, "Bearer " SECRET);
  g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));

  g_assert_cmpstr (tb_collected_find (collected, "91221d37-301a-5d6b-82c4-9a51a1439a04"), ==,
                   "91221d37-301a-5d6b-82c4-9a51a1439a04|2026-02-28T23:30:00Z|birch.pbx.example.com|2001|outbound|12045550120|Dana Okafor|12045550142|||"
                   "NORMAL_CLEARING|10|14410|14400");
  g_assert_nonnull (strstr (tb_collected_find (collected, "216565f2-f9f0-5f1c-b1ba-8b38e371df53"), "|2001|inbound|442079460099|Zo ukaszewicz |12045550120|12045550120|"));
  /* Nobody answered, whatever the duration says. */
  g_assert_nonnull (strstr (tb_collected_find (collected, "a1"), "|acme.pbx.example.com||outbound|12045550120||12045550142|||NO_ANSWER|-1|60|0"));
}

static void
test_tenants (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (GPtrArray) tenants = NULL;
  const TbPbxTenant *birch;

  add_routes (server);
  tenants = tb_pbx_collect_tenants (pbx);
  g_assert_cmpuint (tenants->len, ==, 2);
  birch = tenants->pdata[1];
  g_assert_cmpstr (birch->name, ==, "birch.pbx.example.com");
  g_assert_cmpstr (birch->title, ==, "The birch.pbx.example.com");
  g_assert_cmpuint (g_strv_length (birch->extensions), ==, 2);
  g_assert_cmpstr (birch->extensions[0], ==, "2000");
  g_assert_null (strstr (tb_fake_server_get_log (server), "/cdrs"));
}

/* A server that gives the same page for ever must not be asked for ever, nor be believed. */
static void
test_same_page (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  add_routes (server);
  tb_fake_server_on (server, CDRS (ACME) "&starting_after=a1", NULL, 200, A_LIST ("true", A_CALL ("a1", "\"answer_epoch\":null,\"end_epoch\":1770130060")));
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  g_assert_error (collected->error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (collected->error->message, "same page"));
}

static void
test_answers (void)
{
  static const struct { const char *why; guint status; const char *domains; guint extension_status; const char *extensions; guint cdr_status; const char *cdrs; int code; const char *says; } rows[] = {
    { "fine", 200, A_LIST ("false", A_DOMAIN (ACME, "acme")), 200, NO_CALLS, 200, NO_CALLS, -1, "0 calls" },
    { "no leave for extensions", 200, A_LIST ("false", A_DOMAIN (ACME, "acme")), 403, "{}", 200, NO_CALLS, -1, "does not show extensions" },
    { "wrong token", 401, "{\"error\":{\"type\":\"authentication_error\",\"message\":\"Unauthenticated.\"}}", 200, "", 200, "", TB_ERROR_AUTH, "Unauthenticated." },
    { "no domain", 200, NO_CALLS, 200, "", 200, "", TB_ERROR_AUTH, "no domain" },
    { "no leave for calls", 200, A_LIST ("false", A_DOMAIN (ACME, "acme")), 200, NO_CALLS, 403,
      "{\"error\":{\"type\":\"permission_error\",\"message\":\"You do not have permission to access CDRs.\"}}", TB_ERROR_AUTH, "permission to access CDRs" },
    { "a list that is none", 200, A_LIST ("false", A_DOMAIN (ACME, "acme")), 200, NO_CALLS, 200, "{\"data\":{\"a\":1}}", TB_ERROR_INVALID_INPUT, "no list “data”" },
    { "a login page", 200, "<html>\n<form>login</form></html>\n", 200, "", 200, "", TB_ERROR_AUTH, "login page" },
    { "cut", 200, A_LIST ("false", A_DOMAIN (ACME, "acme")), 200, NO_CALLS, 200, "{\"data\":[{\"xml\n", TB_ERROR_INVALID_INPUT, "JSON" },
    { "records of another kind", 200, A_LIST ("false", A_DOMAIN (ACME, "acme")), 200, NO_CALLS, 200, A_LIST ("false", "{\"id\":1}"), TB_ERROR_INVALID_INPUT, "cannot be read" },
    { "a broken server", 502, "", 200, "", 200, "", TB_ERROR_NETWORK, "502" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server);

      tb_fake_server_on (server, DOMAINS, NULL, rows[i].status, rows[i].domains);
      tb_fake_server_on (server, EXTENSIONS (ACME), NULL, rows[i].extension_status, rows[i].extensions);
      tb_fake_server_on (server, "GET /api/v1/domains/" ACME "/cdrs", NULL, rows[i].cdr_status, rows[i].cdrs);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/fspbx/calls", test_calls);
  g_test_add_func ("/connectors/fspbx/tenants", test_tenants);
  g_test_add_func ("/connectors/fspbx/same-page", test_same_page);
  g_test_add_func ("/connectors/fspbx/answers", test_answers);
  return g_test_run ();
}
