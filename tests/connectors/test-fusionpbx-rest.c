/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-pbx-collect.h"

#define SECRET "S3CR3T-rest"
#define REST "POST /app/rest_api/rest.php"
#define DOMAINS "{\"data\":[{\"domain_uuid\":\"d-1\",\"domain_name\":\"acme.pbx.example.com\",\"domain_description\":null}]}"
#define EXTENSIONS "{\"data\":[{\"extension_uuid\":\"be49b060-e254-504b-a40c-5523ffbc177d\",\"extension\":\"1001\"}]}"
#define RANGE "\"domain_uuid\":\"d-1\",\"start_date\":\"2026-02-03T06:00:00Z\",\"end_date\":\"2026-02-04T05:59:59Z\",\"sort\":\"start_stamp\","

static TbPbx *
make_pbx (TbFakeServer *server)
{
  return tb_pbx_for_test ("fusionpbx-rest", tb_fake_server_get_url (server), "key-1", SECRET);
}

static void
add_lists (TbFakeServer *server)
{
  tb_fake_server_on (server, REST, "{\"action\":\"domain-list\",", 200, DOMAINS);
  tb_fake_server_on (server, REST, "{\"action\":\"extension-list\",\"domain_uuid\":\"d-1\",", 200, EXTENSIONS);
}

static void
test_calls (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  add_lists (server);
  tb_fake_server_on (server, REST, "{\"action\":\"cdr-search\"," RANGE "\"page\":1,\"per_page\":200}", 200, "fusionpbx_cakedc_cdr_search.page1.json");
  tb_fake_server_on (server, REST, "{\"action\":\"cdr-search\"," RANGE "\"page\":2,\"per_page\":200}", 200, "fusionpbx_cakedc_cdr_search.page2.json");
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->pages, ==, 2);
  g_assert_cmpuint (collected->unique, ==, 18);
  g_assert_cmpuint (collected->answered, ==, 13); /* an answered call of 0 s cannot be told */
  g_assert_cmpint (collected->seconds, ==, 1826);
  g_assert_cmpuint (collected->rejects, ==, 0);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 4);
  g_assert_cmpstr (tb_fake_server_get_header (server, "Authorization"), ==, "Basic a2V5LTE6UzNDUjNULXJlc3Q=");
  g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));

  g_assert_cmpstr (tb_collected_find (collected, "555b0d22-a346-5ab8-9ece-7a6006f2d5fa"), ==,
                   "555b0d22-a346-5ab8-9ece-7a6006f2d5fa|2026-02-03T14:02:11Z|acme.pbx.example.com|1001|outbound|12045550101|Alice Martin|12045550142|||"
                   "NORMAL_CLEARING|6|131|125");
  /* The DID is not told: it has the extension that was reached. */
  g_assert_nonnull (strstr (tb_collected_find (collected, "59c3f4f9-677a-5b30-a52e-c26a57fe01e6"), "|1002|inbound|12045550171|Wilma Reeve|1002||"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "3005d366-31db-5923-a937-369a42db7421"), "|local|"));
}

static void
test_tenants (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (GPtrArray) tenants = NULL;
  const TbPbxTenant *acme;

  add_lists (server);
  tenants = tb_pbx_collect_tenants (pbx);
  g_assert_cmpuint (tenants->len, ==, 1);
  acme = tenants->pdata[0];
  g_assert_cmpstr (acme->name, ==, "acme.pbx.example.com");
  g_assert_cmpstr (acme->extensions[0], ==, "1001");
}

static void
test_answers (void)
{
  static const struct { const char *why; guint status; const char *domains; guint extension_status; guint cdr_status; const char *cdrs; int code; const char *says; } rows[] = {
    { "fine", 200, DOMAINS, 200, 200, "{\"data\":[],\"pagination\":{\"page\":1,\"per_page\":200,\"total\":0}}", -1, "0 calls" },
    { "no leave for extensions", 200, DOMAINS, 403, 200, "{\"data\":[]}", -1, "does not show extensions" },
    { "wrong key", 401, "{\"error\":\"invalid key\"}", 200, 200, "", TB_ERROR_AUTH, "invalid key" },
    { "no leave for domains", 403, "{\"missing_permissions\":[\"domain_view\"]}", 200, 200, "", TB_ERROR_AUTH, "domain_view" },
    { "the add-on is not there", 404, "<html>", 200, 200, "", TB_ERROR_NOT_FOUND, "404" },
    { "no domain", 200, "{\"data\":[]}", 200, 200, "", TB_ERROR_AUTH, "no domain" },
    { "an error with 200", 200, DOMAINS, 200, 200, "{\"error\":\"unknown action\"}", TB_ERROR_INVALID_INPUT, "unknown action" },
    { "a login page", 200, "<html>\n<form>login</form></html>\n", 200, 200, "", TB_ERROR_AUTH, "login page" },
    { "fewer records than it counts", 200, DOMAINS, 200, 200, "{\"data\":[],\"pagination\":{\"page\":1,\"per_page\":200,\"total\":2}}", TB_ERROR_INVALID_INPUT,
      "counts 2 records of “acme.pbx.example.com”, but gave 0" },
    { "cut", 200, DOMAINS, 200, 200, "{\"data\":[{\"xml\n", TB_ERROR_INVALID_INPUT, "JSON" },
    { "a length that is none", 200, DOMAINS, 200, 200, "{\"data\":[{\"xml_cdr_uuid\":\"a\",\"start_stamp\":\"2026-02-03 14:02:11+00\",\"duration\":\"soon\"}]}",
      TB_ERROR_INVALID_INPUT, "duration “soon”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server);

      tb_fake_server_on (server, REST, "domain-list", rows[i].status, rows[i].domains);
      tb_fake_server_on (server, REST, "extension-list", rows[i].extension_status, EXTENSIONS);
      tb_fake_server_on (server, REST, "cdr-search", rows[i].cdr_status, rows[i].cdrs);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/fusionpbx-rest/calls", test_calls);
  g_test_add_func ("/connectors/fusionpbx-rest/tenants", test_tenants);
  g_test_add_func ("/connectors/fusionpbx-rest/answers", test_answers);
  return g_test_run ();
}
