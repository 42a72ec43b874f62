/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-collect-files.h"
#include "tb-error.h"

#define SECRET "S3CR3T-yeastar"
#define TOKEN "EXZMpZA086mbrKm6rFtgeb3rfcpC9uqS"
#define SEARCH "GET /openapi/v1.0/cdr/search?access_token="
#define PAGE(n) "&page=" n "&page_size=1000&sort_by=id&order_by=asc"
#define YEAR "&start_time=1767225600&end_time=1798761600"
#define NEWEST "&page=1&page_size=50&sort_by=id&order_by=desc"
#define NOTHING "{\"errcode\":0,\"errmsg\":\"SUCCESS\",\"total_number\":0,\"data\":[]}"
#define ERROR "{\"errcode\":10004,\"errmsg\":\"ACCESS TOKEN EXPIRED\"}"
#define RECORD(id, time, stamp) "{\"id\":" id ",\"time\":\"" time "\",\"timestamp\":" stamp ",\"call_from\":\"Al<1001>\",\"call_to\":\"12045550142\",\"duration\":9,"  \
                                "\"talk_duration\":4,\"disposition\":\"ANSWERED\",\"call_type\":\"Outbound\"}"
#define ANSWER(record) "{\"errcode\":0,\"total_number\":1,\"data\":[" record "]}"

static TbPbx *
make_pbx (TbFakeServer *server)
{
  tb_fake_server_on (server, "POST /openapi/v1.0/get_token", "{\"username\":\"client\",\"password\":\"" SECRET "\"}", 200, "yeastar_get_token.json");
  return tb_pbx_for_test ("yeastar", tb_fake_server_get_url (server), "client", SECRET);
}

static TbCollected *
collect_year (TbPbx *pbx)
{
  return tb_pbx_collect (pbx, 1767225600, 1798761600);
}

static void
test_pages (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, SEARCH TOKEN PAGE ("1") YEAR, NULL, 200, "yeastar_cdr_search.page1.json");
  tb_fake_server_on (server, SEARCH TOKEN PAGE ("2") YEAR, NULL, 200, "yeastar_cdr_search.page2.json");
  collected = collect_year (pbx);
  tb_collected_assert_expected (collected, "yeastar_cdr_search.page*.json");
  g_assert_cmpstr (tb_fake_server_get_header (server, "User-Agent"), ==, "OpenAPI");
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 3);
  g_assert_cmpstr (tb_collected_find (collected, "8931"), ==, "8931|2026-02-03T14:02:11Z||1001|outbound|1001|Alice Martin|12045550142|||ANSWERED|6|131|125");
  g_assert_cmpstr (tb_collected_find (collected, "8970"), ==,
                   "8970|2026-02-04T16:20:00Z||1001|inbound|12045550171|Wilma Reeve|12045550101|12045550101||VOICEMAIL|20|53|33");
  g_assert_nonnull (strstr (tb_collected_find (collected, "9000"), "|2026-11-01T07:30:00Z|"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "8994"), "|2026-11-01T06:30:00Z|")); /* the same local time an hour before */
}

/* A token that ended is renewed once in a talk. */
static void
test_token_ends (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on_once (server, "POST /openapi/v1.0/get_token", NULL, 200, "{\"errcode\":0,\"access_token\":\"old\"}");
  tb_fake_server_on (server, SEARCH "old" PAGE ("1"), NULL, 200, "yeastar_cdr_search.page1.json");
  tb_fake_server_on (server, SEARCH "old" PAGE ("2"), NULL, 200, "yeastar_error.CODE_ASSUMED.json");
  tb_fake_server_on (server, SEARCH TOKEN PAGE ("2"), NULL, 200, "yeastar_cdr_search.page2.json");
  collected = collect_year (pbx);
  tb_collected_assert_expected (collected, "yeastar_cdr_search.page*.json");
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 5);
}

/* Times are asked for as the newest records show them when seconds bring no call. */
static void
test_time_formats (void)
{
  static const struct { const char *why, *newest, *query, *says; } rows[] = {
    { "AM and PM, month first", RECORD ("1", "01/31/2026 02:02:11 PM", "1769889731"), "&start_time=02%2F03%2F2026%2012%3A00%3A00%20AM&end_time=02%2F03%2F2026%2012%3A00%3A00%20PM" },
    { "24 hours, day first", RECORD ("1", "31/01/2026 14:02:11", "1769889731"), "&start_time=03%2F02%2F2026%2000%3A00%3A00&end_time=03%2F02%2F2026%2012%3A00%3A00" },
    { "year first", RECORD ("1", "2026-01-31 14:02:11", "1769889731"), "&start_time=2026-02-03%2000%3A00%3A00&end_time=2026-02-03%2012%3A00%3A00" },
    { "the second of two records decides", RECORD ("2", "01/01/2026 14:02:11", "1767297731") "," RECORD ("1", "31/01/2026 14:02:11", "1769889731"),
      "&start_time=03%2F02%2F2026%2000%3A00%3A00" },
    { "another zone than the connection has", RECORD ("1", "31/01/2026 15:02:11", "1769889731"), NULL, "America/Winnipeg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server);
      g_autoptr (TbCollected) collected = NULL;
      g_autofree char *newest = g_strdup_printf ("{\"errcode\":0,\"data\":[%s]}", rows[i].newest);
      g_autofree char *query = g_strconcat (SEARCH TOKEN PAGE ("1"), rows[i].query, NULL);

      g_test_message ("%s", rows[i].why);
      tb_fake_server_on (server, SEARCH TOKEN NEWEST, NULL, 200, newest);
      tb_fake_server_on (server, SEARCH TOKEN PAGE ("1") "&start_time=1770098400&end_time=1770141600", NULL, 200, i % 2 == 0 ? NOTHING : ERROR);
      if (rows[i].query != NULL)
        tb_fake_server_on (server, query, NULL, 200, ANSWER (RECORD ("7", "x", "1770100000")));
      collected = tb_pbx_collect (pbx, 1770098400, 1770141600);
      if (rows[i].says != NULL)
        {
          g_assert_nonnull (strstr (collected->error->message, rows[i].says));
          continue;
        }
      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->calls, ==, 1);
    }
}

static void
test_answers (void)
{
  static const struct { const char *why, *token; guint status; const char *search; int code; const char *says; guint requests; } rows[] = {
    { "no calls at all", "{\"errcode\":0,\"access_token\":\"t\"}", 200, NOTHING, -1, "0 calls", 3 },
    { "wrong secret, one attempt only", "{\"errcode\":40002,\"errmsg\":\"USER OR PASSWORD INVALID\"}", 200, NOTHING, TB_ERROR_AUTH, "USER OR PASSWORD", 1 },
    { "no token", "{\"errcode\":0}", 200, NOTHING, TB_ERROR_AUTH, "refused", 1 },
    { "an error that a new login does not end", "{\"errcode\":0,\"access_token\":\"" SECRET "\"}", 200, ERROR, TB_ERROR_AUTH, "10004", 5 },
    { "the PBX is busy", "{\"errcode\":0,\"access_token\":\"" SECRET "\"}", 503, "busy", TB_ERROR_NETWORK, "503", 5 },
    { "not allowed", "{\"errcode\":0,\"access_token\":\"" SECRET "\"}", 403, "{\"errmsg\":\"IP FORBIDDEN\"}", TB_ERROR_AUTH, "IP FORBIDDEN", 2 },
    { "another page", "{\"errcode\":0,\"access_token\":\"" SECRET "\"}", 200, "<html>\n</html>", TB_ERROR_INVALID_INPUT, "Yeastar", 2 },
    { "no list", "{\"errcode\":0,\"access_token\":\"" SECRET "\"}", 200, "{\"errcode\":0}", TB_ERROR_INVALID_INPUT, "data", 2 },
    { "records of another shape", "{\"errcode\":0,\"access_token\":\"" SECRET "\"}", 200, ANSWER ("{\"id\":1}"), TB_ERROR_INVALID_INPUT, "time", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server);

      tb_fake_server_on (server, "POST /openapi/v1.0/get_token", NULL, 200, rows[i].token);
      tb_fake_server_on (server, SEARCH, NULL, rows[i].status, rows[i].search);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/yeastar/pages", test_pages);
  g_test_add_func ("/connectors/yeastar/token-ends", test_token_ends);
  g_test_add_func ("/connectors/yeastar/time-formats", test_time_formats);
  g_test_add_func ("/connectors/yeastar/answers", test_answers);
  return g_test_run ();
}
