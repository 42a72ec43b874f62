/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-collect-files.h"
#include "tb-error.h"

#define SECRET "S3CR3T-nsapi"
#define DOMAINS "GET /ns-api/v2/domains?start=0&limit=1000"
#define RANGE "?datetime-start=2026-02-03T06%3A00%3A00Z&datetime-end=2026-02-04T05%3A59%3A59Z"
#define COUNT(domain) "GET /ns-api/v2/domains/" domain "/cdrs/count" RANGE
#define CDRS(domain) "GET /ns-api/v2/domains/" domain "/cdrs" RANGE "&start=0&limit=1000"
#define TWO "[{\"domain\":\"acme\",\"description\":\"Acme Ltd\"},{\"domain\":\"birch\"}]"

static TbPbx *
make_pbx (TbFakeServer *server)
{
  return tb_pbx_for_test ("netsapiens", tb_fake_server_get_url (server), NULL, SECRET);
}

static void
add_routes (TbFakeServer *server, const char *acme_count)
{
  tb_fake_server_on (server, DOMAINS, NULL, 200, TWO);
  tb_fake_server_on (server, COUNT ("acme"), NULL, 200, acme_count);
  tb_fake_server_on (server, COUNT ("birch"), NULL, 404, "{}");
  tb_fake_server_on (server, CDRS ("acme"), NULL, 200, "netsapiens_v2_cdrs.acme.json");
  tb_fake_server_on (server, CDRS ("birch"), NULL, 200, "netsapiens_v2_cdrs.birch.json");
}

static void
test_calls (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  add_routes (server, "{\"total\":20,\"sum\":30}");
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 20 + 7);
  g_assert_cmpuint (collected->answered, ==, 15 + 7);
  g_assert_cmpint (collected->seconds, ==, 1826 + 18157);
  g_assert_cmpuint (collected->rejects, ==, 0);
  g_assert_cmpstr (tb_fake_server_get_header (server, "Authorization"), ==, "Bearer " SECRET);
  g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));

  /* UTC, whatever the connection's zone. */
  g_assert_cmpstr (tb_collected_find (collected, "2026022823300021a51d13a4661342b6d07540"), ==,
                   "2026022823300021a51d13a4661342b6d07540|2026-02-28T23:30:00Z|birch|2001|outbound|12045550120|Dana Okafor|12045550142||birch|Orig: Bye|10|14410|14400");
  g_assert_cmpuint (tb_collected_count (collected, "|acme|1002|inbound|anonymous|"), ==, 1);
  g_assert_cmpuint (tb_collected_count (collected, "|local|"), ==, 1);
  g_assert_cmpuint (tb_collected_count (collected, "|inbound|"), ==, 8 + 1);
  g_assert_cmpuint (tb_collected_count (collected, "|1003|inbound|13125550144|"), ==, 1); /* the second part of a transferred call */
}

/* The PBX's own count tells that something was lost on the way. */
static void
test_count (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  add_routes (server, "{\"total\":\"21\"}");
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  g_assert_error (collected->error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (collected->error->message, "counts 21 records of “acme”, but gave 20"));
}

/* A key of one domain. */
static void
test_own_domain (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;
  g_autoptr (GPtrArray) tenants = NULL;

  add_routes (server, "{\"total\":20}");
  tb_fake_server_on (server, DOMAINS, NULL, 403, "{\"code\":403,\"message\":\"Forbidden\"}");
  tb_fake_server_on (server, "GET /ns-api/v2/domains/~", NULL, 200, "{\"domain\":\"acme\",\"description\":\"Acme Ltd\"}");
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 20);
  tenants = tb_pbx_collect_tenants (pbx);
  g_assert_cmpuint (tenants->len, ==, 1);
  g_assert_cmpstr (((TbPbxTenant *) tenants->pdata[0])->title, ==, "Acme Ltd");
}

#define RECORD(rest) "[{\"id\":\"1\",\"domain\":\"acme\",\"call-orig-call-id\":\"c\",\"call-start-datetime\":\"2026-02-03 14:02:11\",\"call-orig-to-user\":\"12045550142\"," \
                     "\"call-orig-from-user\":\"13125550144\",\"call-total-duration-seconds\":70,\"call-talking-duration-seconds\":61," rest "}]"

/* Who is a user on which side. */
static void
test_legs (void)
{
  static const struct { const char *why, *text, *holds; } rows[] = {
    { "a user calls out", RECORD ("\"call-orig-user\":\"1001\",\"call-term-user\":\"\",\"call-term-domain\":\"*\""), "|acme|1001|outbound|" },
    { "a call comes in", RECORD ("\"call-orig-user\":\"\",\"call-term-user\":\"1002\",\"call-term-domain\":\"acme\""), "|acme|1002|inbound|13125550144||12045550142|12045550142|" },
    { "to nobody in particular", RECORD ("\"call-term-domain\":\"acme\""), "|acme||inbound|" },
    { "two users", RECORD ("\"call-orig-user\":\"1001\",\"call-term-user\":\"front.desk\",\"call-term-domain\":\"acme\""), "|acme|1001|local|" },
    { "forwarded out again", RECORD ("\"call-orig-user\":\"\",\"call-term-domain\":\"*\",\"call-through-user\":\"1003\""), "|acme|1003|outbound|" },
    { "an answer is told", RECORD ("\"call-answer-datetime\":\"2026-02-03T14:02:20Z\""), "|9|70|61" },
    { "hidden", RECORD ("\"hide-from-results\":\"yes\""), NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbCollected) collected = tb_collect_text (rows[i].text, NULL, NULL);

      g_test_message ("%s", rows[i].why);
      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->calls, ==, rows[i].holds != NULL);
      g_assert_cmpuint (collected->skipped, ==, rows[i].holds == NULL);
      if (rows[i].holds != NULL)
        g_assert_nonnull (strstr (collected->lines->pdata[0], rows[i].holds));
    }
}

static void
test_answers (void)
{
  static const struct { const char *why; guint status; const char *domains; guint cdr_status; const char *cdrs; int code; const char *says; } rows[] = {
    { "fine", 200, TWO, 200, "[]", -1, "0 calls" },
    { "wrong key", 401, "{\"code\":401,\"message\":\"Invalid Key\"}", 200, "", TB_ERROR_AUTH, "Invalid Key" },
    { "no domain", 200, "[]", 200, "", TB_ERROR_AUTH, "no domain" },
    { "an object instead of records", 200, TWO, 200, "{\"message\":\"datetime-start is missing\"}", TB_ERROR_INVALID_INPUT, "datetime-start is missing" },
    { "no leave for calls", 200, TWO, 403, "{\"message\":\"scope\"}", TB_ERROR_AUTH, "scope" },
    { "a login page", 200, "<html>\n<form>login</form></html>\n", 200, "", TB_ERROR_AUTH, "login page" },
    { "cut", 200, TWO, 200, "[{\"id\":\n", TB_ERROR_INVALID_INPUT, "JSON" },
    { "a record without its start", 200, TWO, 200, "[{\"id\":\"1\",\"call-start-datetime\":\"0000-00-00 00:00:00\"}]", TB_ERROR_INVALID_INPUT, "call-start-datetime" },
    { "a broken server", 200, TWO, 500, "", TB_ERROR_NETWORK, "500" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server);

      tb_fake_server_on (server, DOMAINS, NULL, rows[i].status, rows[i].domains);
      tb_fake_server_on (server, "GET /ns-api/v2/domains/acme/cdrs?", NULL, rows[i].cdr_status, rows[i].cdrs);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/netsapiens/calls", test_calls);
  g_test_add_func ("/connectors/netsapiens/count", test_count);
  g_test_add_func ("/connectors/netsapiens/own-domain", test_own_domain);
  g_test_add_func ("/connectors/netsapiens/legs", test_legs);
  g_test_add_func ("/connectors/netsapiens/answers", test_answers);
  return g_test_run ();
}
