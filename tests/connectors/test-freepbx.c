/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-collect-files.h"
#include "tb-error.h"

#define SECRET "S3CR3T-freepbx"
#define TOKEN "POST /admin/api/api/token"
#define QUERY "POST /admin/api/api/gql"
#define DAY(day) "startDate:\\\"" day "\\\",endDate:\\\"" day "\\\""
#define AN_ANSWER(list) "{\"data\":{\"fetchAllCdrs\":{\"status\":true,\"message\":\"CDR data found successfully\",\"totalCount\":29,\"cdrs\":" list "}}}"

static TbPbx *
make_pbx (TbFakeServer *server)
{
  return tb_pbx_for_test ("freepbx", tb_fake_server_get_url (server), "client-1", SECRET);
}

/* A window of UTC touches two days of the PBX. */
static void
test_days (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, TOKEN, "grant_type=client_credentials&client_id=client-1&client_secret=" SECRET "&scope=gql", 200, "freepbx_token.json");
  tb_fake_server_on (server, QUERY, DAY ("2026-02-03"), 200, "freepbx_fetchAllCdrs_2026-02-03.json");
  tb_fake_server_on (server, QUERY, DAY ("2026-02-04"), 200, "freepbx_fetchAllCdrs_empty.json");
  collected = tb_pbx_collect (pbx, 1770120000, 1770120000 + 86400);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->calls, ==, 13); /* C01 is there twice */
  g_assert_cmpuint (collected->unique, ==, 12);
  g_assert_cmpuint (collected->answered, ==, 7);
  g_assert_cmpint (collected->seconds, ==, 4409);
  g_assert_cmpuint (collected->rejects, ==, 0);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 3);
  g_assert_nonnull (strstr (tb_fake_server_get_body (server), "first:100000"));
  g_assert_true (g_str_has_prefix (tb_fake_server_get_header (server, "Authorization"), "Bearer eyJ"));
  g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));

  g_assert_cmpstr (tb_collected_find (collected, "1770127331.102/3"), ==,
                   "1770127331.102/3|2026-02-03T14:02:11Z|acme-01|1001|outbound|1001|Alice Martin|12045550142||acme-01|ANSWERED|6|131|125");
  g_assert_nonnull (strstr (tb_collected_find (collected, "1770129612.110/15"), "|1002|inbound|13125550144|Ng, Mei \"Mia\"|1002|12045550101|"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "1770132600.118/27"), "|local|"));
  /* Its day in UTC is the next. */
  g_assert_nonnull (strstr (tb_collected_find (collected, "1770163800.124/36"), "|2026-02-04T00:10:00Z|"));
}

/* The token ends after an hour: one more login, and the same day again. */
static void
test_token_ends (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, TOKEN, NULL, 200, "freepbx_token.json");
  tb_fake_server_on (server, QUERY, NULL, 401, "{\"error\":\"access_denied\",\"message\":\"The resource owner denied the request.\"}");
  collected = tb_pbx_collect (pbx, 1770127200, 1770130800);
  g_assert_error (collected->error, TB_ERROR, TB_ERROR_AUTH);
  g_assert_cmpstr (tb_fake_server_get_log (server), ==, TOKEN "\n" QUERY "\n" TOKEN "\n" QUERY "\n");
}

static void
test_answers (void)
{
  static const struct { const char *why; guint token_status; const char *token; guint status; const char *answer; int code; const char *says; } rows[] = {
    { "fine", 200, "freepbx_token.json", 200, AN_ANSWER ("[]"), -1, "0 calls" },
    { "wrong secret", 401, "{\"error\":\"invalid_client\",\"message\":\"Client authentication failed\"}", 200, "", TB_ERROR_AUTH, "Client authentication failed" },
    { "no token", 200, "{}", 200, "", TB_ERROR_AUTH, "no token" },
    { "the module api is not there", 404, "<html>", 200, "", TB_ERROR_NOT_FOUND, "404" },
    { "a date it does not take", 200, "freepbx_token.json", 400, "freepbx_error.json", TB_ERROR_FAILED, "Invalid Start Date Format" },
    { "no scope for calls", 200, "freepbx_token.json", 200, "{\"errors\":[{\"message\":\"Cannot query field \\\"fetchAllCdrs\\\" on type \\\"Query\\\".\"}]}",
      TB_ERROR_INVALID_INPUT, "gql:cdr:read" },
    { "status false", 200, "freepbx_token.json", 200, "{\"data\":{\"fetchAllCdrs\":{\"status\":false,\"message\":\"Please provide both dates\",\"cdrs\":null}}}",
      TB_ERROR_INVALID_INPUT, "Please provide both dates" },
    { "a login page", 200, "freepbx_token.json", 200, "<html>\n<form>login</form></html>\n", TB_ERROR_AUTH, "login page" },
    { "cut", 200, "freepbx_token.json", 200, "{\"data\":{\"fetch\n", TB_ERROR_INVALID_INPUT, "JSON" },
    { "records of another kind", 200, "freepbx_token.json", 200, AN_ANSWER ("[{\"a\":1}]"), TB_ERROR_INVALID_INPUT, "cannot be read" },
    { "a broken server", 200, "freepbx_token.json", 503, "", TB_ERROR_NETWORK, "503" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server);

      tb_fake_server_on (server, TOKEN, NULL, rows[i].token_status, rows[i].token);
      tb_fake_server_on (server, QUERY, NULL, rows[i].status, rows[i].answer);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
    }
}

/* Rows of the table, and the hour that autumn repeats: the id says which it is. */
static void
test_rows (void)
{
  static const char text[] = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,accountcode,uniqueid,did,outbound_cnum,sequence\n"
                             "2026-11-01 01:30:00,\"\"\"Al\"\" <1001>\",1001,12045550142,from-internal,PJSIP/1001-1,PJSIP/t-2,Dial,x,64,60,ANSWERED,acme,1793514600.1,,,7\n"
                             "2026-11-01 01:30:00,\"\"\"Al\"\" <1001>\",1001,12045550142,from-internal,PJSIP/1001-1,PJSIP/t-2,Dial,x,64,60,ANSWERED,acme,1793518200.1,,,8\n";
  static const char json[] = "[{\"uniqueid\":\"1793518200.1\",\"sequence\":\"8\",\"calldate\":\"2026-11-01 01:30:00\",\"dcontext\":\"from-internal\",\"src\":\"1001\","
                             "\"dst\":\"12045550142\",\"duration\":64,\"billsec\":60,\"disposition\":\"\",\"channel\":\"PJSIP/1001-1\",\"dstchannel\":\"PJSIP/t-2\"}]";
  static const struct { const char *why, *text; guint n; const char *holds[2]; } rows[] = {
    { "two calls with one wall clock", text, 2, { "/7|2026-11-01T06:30:00Z|acme|1001|outbound|1001|Al|", "/8|2026-11-01T07:30:00Z|" } },
    { "JSON without timestamp and disposition", json, 1, { "/8|2026-11-01T07:30:00Z||1001|outbound|1001||12045550142||||4|64|60" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbCollected) collected = tb_collect_text (rows[i].text, NULL, NULL);

      g_test_message ("%s", rows[i].why);
      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->calls, ==, rows[i].n);
      for (guint n = 0; n < rows[i].n; n++)
        g_assert_nonnull (strstr (collected->lines->pdata[n], rows[i].holds[n]));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/freepbx/days", test_days);
  g_test_add_func ("/connectors/freepbx/token-ends", test_token_ends);
  g_test_add_func ("/connectors/freepbx/answers", test_answers);
  g_test_add_func ("/connectors/freepbx/rows", test_rows);
  return g_test_run ();
}
