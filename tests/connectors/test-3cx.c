/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-collect-files.h"

#define SECRET "S3CR3T-3cx"
#define REPORT "GET /xapi/v1/ReportCallLogData/Pbx.GetCallLogData("
#define PERIOD(from, to) REPORT "periodFrom=" from ",periodTo=" to ",sourceType=0,sourceFilter='',destinationType=0,destinationFilter='',callsType=0," \
                         "callTimeFilterType=0,callTimeFilterFrom='0:00:0',callTimeFilterTo='0:00:0',hidePcalls=true)"
#define YEAR PERIOD ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
#define LOGIN "client_id=billing&client_secret=" SECRET "&grant_type=client_credentials"
#define NOTHING "{\"value\":[]}"

static TbPbx *
make_pbx (TbFakeServer *server)
{
  return tb_pbx_for_test ("3cx", tb_fake_server_get_url (server), "billing", SECRET);
}

static void
test_pages (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST /connect/token", LOGIN, 200, "3cx_token.json");
  tb_fake_server_on (server, YEAR "?$top=500&$skip=0", NULL, 200, "3cx_xapi_calllog.page1.json");
  tb_fake_server_on (server, YEAR "?$top=500&$skip=15", NULL, 200, "3cx_xapi_calllog.page2.json");
  tb_fake_server_on (server, YEAR "?$top=500&$skip=27", NULL, 200, NOTHING);
  collected = tb_pbx_collect (pbx, 1767225600, 1798761600);
  tb_collected_assert_expected (collected, "3cx_xapi_calllog.page*.json");
  g_assert_cmpstr (tb_fake_server_get_header (server, "Authorization"), ==, "Bearer eyJhbGciOiJFUzI1NiJ9.c3ludGhldGlj.c2ln");
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 4);
  g_assert_cmpstr (tb_collected_find (collected, "2a7236ad-de9f-5e90-94e4-b2d27426bfd1"), ==,
                   "2a7236ad-de9f-5e90-94e4-b2d27426bfd1|2026-02-03T14:02:11Z||1001|outbound|1001|Alice Martin|+12045550142|||Answered|6|131|125");
  g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));
}

static void
test_repeats (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST /connect/token", LOGIN, 200, "3cx_token.json");
  tb_fake_server_on (server, REPORT, NULL, 200, "3cx_xapi_calllog.page1.json"); /* $skip is ignored */
  collected = tb_pbx_collect (pbx, 1767225600, 1798761600);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->calls, ==, 15);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 3);
}

static char *
make_report (guint n)
{
  GString *text = g_string_new ("{\"value\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"CdrId\":\"%u\",\"StartTime\":\"2026-02-03T14:02:11Z\",\"Answered\":true,\"SourceDn\":\"1001\",\"RingingDuration\":\"PT0S\","
                            "\"MainCallHistoryId\":\"m\",\"TalkingDuration\":\"PT1S\"}", i > 0 ? "," : "", i);
  return g_string_free (g_string_append (text, "]}"), FALSE);
}

/* 3CX ends a report at 20,000 rows and says nothing: the halves of its time are asked for. */
static void
test_row_limit (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;
  g_autofree char *full = make_report (20000), *first = make_report (12000), *second = make_report (20001);

  tb_fake_server_on (server, "POST /connect/token", LOGIN, 200, "3cx_token.json");
  tb_fake_server_on (server, PERIOD ("2026-02-03T00:00:00Z", "2026-02-04T00:00:00Z"), NULL, 200, full);
  tb_fake_server_on (server, PERIOD ("2026-02-03T00:00:00Z", "2026-02-03T12:00:00Z") "?$top=500&$skip=0", NULL, 200, first);
  tb_fake_server_on (server, PERIOD ("2026-02-03T00:00:00Z", "2026-02-03T12:00:00Z") "?$top=500&$skip=12000", NULL, 200, NOTHING);
  tb_fake_server_on (server, PERIOD ("2026-02-03T12:00:00Z", "2026-02-04T00:00:00Z"), NULL, 200, second);
  tb_fake_server_on (server, PERIOD ("2026-02-03T12:00:00Z", "2026-02-03T18:00:00Z"), NULL, 200, NOTHING);
  tb_fake_server_on (server, PERIOD ("2026-02-03T18:00:00Z", "2026-02-04T00:00:00Z"), NULL, 200, NOTHING);
  collected = tb_pbx_collect (pbx, 1770076800, 1770163200);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 20001);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 7);
}

static void
test_answers (void)
{
  static const struct { const char *why; guint token_status; const char *token; guint status; const char *report; int code; const char *says; guint requests; } rows[] = {
    { "no calls", 200, "{\"access_token\":\"t\"}", 200, NOTHING, -1, "0 calls", 2 },
    { "wrong key, one attempt only", 401, "{\"error\":\"invalid_client\"}", 200, NOTHING, TB_ERROR_AUTH, "invalid_client", 1 },
    { "no token", 200, "{}", 200, NOTHING, TB_ERROR_AUTH, "no token", 1 },
    { "the client is no System Owner", 200, "{\"access_token\":\"t\"}", 403, "{\"error\":{\"message\":\"Forbidden\"}}", TB_ERROR_AUTH, "Forbidden", 2 },
    { "the token ended: one more login", 200, "{\"access_token\":\"t\"}", 401, "{}", TB_ERROR_AUTH, "401", 4 },
    { "something else", 200, "{\"access_token\":\"t\"}", 200, "{\"odata\":1}", TB_ERROR_INVALID_INPUT, "value", 2 },
    { "records of another shape", 200, "{\"access_token\":\"t\"}", 200, "{\"value\":[{\"CdrId\":\"1\"}]}", TB_ERROR_INVALID_INPUT, "StartTime", 2 },
    { "a login page", 200, "<html>\n<form>login</form></html>\n", 200, NOTHING, TB_ERROR_AUTH, "login page", 1 },
    { "cut", 200, "{\"access_token\":\"t\"}", 200, "{\"value\":[{\n", TB_ERROR_INVALID_INPUT, "3CX", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server);

      tb_fake_server_on (server, "POST /connect/token", NULL, rows[i].token_status, rows[i].token);
      tb_fake_server_on (server, REPORT, NULL, rows[i].status, rows[i].report);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
    }
}

/* ---- cdr.log ---- */

#define LINE "Call 1,0001_1,00:02:05,2026/02/03 14:02:11,2026/02/03 14:02:17,2026/02/03 14:04:22,TerminatedBySrc,"

static void
test_log (void)
{
  g_autoptr (TbCollected) collected = tb_collect_files ("3cx_cdr.log", NULL, NULL);

  tb_collected_assert_expected (collected, "3cx_cdr.log");
  g_assert_cmpstr (collected->format, ==, "3cx");
  g_assert_cmpstr (tb_collected_find (collected, "0000E594512A5523_612501"), ==,
                   "0000E594512A5523_612501|2026-02-03T14:02:11Z||1001|outbound|1001|Alice Martin|+12045550142|||TerminatedBySrc|6|131|125");
  g_assert_nonnull (strstr (tb_collected_find (collected, "000034BC0E2CF371_612505"), "|1002|inbound|+13125550144|Ng  Mei \"Mia\"|+12045550101|+12045550101|"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "0000DAA5E0D12E0D_612509"), "|1001|local|1001|Alice Martin|1002|"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "00004C9678BC39DA_612507"), "|1003|inbound|"));
}

static void
test_log_lines (void)
{
  static const struct { const char *why, *line, *columns, *expected; } rows[] = {
    { "20 fields, as one PBX in the field writes them",
      "Call 612504,00000C21DE5C2470_6531,00:05:36,2023/09/19 13:33:54,2023/09/19 13:33:54,2023/09/19 13:39:31,TerminatedBySrc,+353861777149,Ext.960,10021,960,960,"
      "QFwdToDNA,Ext.504,504,,,,,Chain: +353861777149'Ext.960;Ext.963;Ext.509;Ext.504;", NULL,
      "00000C21DE5C2470_6531|2023-09-19T13:33:54Z||504|inbound|+353861777149||960|960||TerminatedBySrc|0|337|336" },
    { "a comma in the caller's name", LINE "+12045550171,Ext.1002,10021,1002,+12045550101,,Ext.1002,1002,,,,,Chain: x;,Line,Extension,Extension,Ng, Mei,,,", NULL,
      "0001_1|2026-02-03T14:02:11Z||1002|inbound|+12045550171|Ng, Mei|+12045550101|+12045550101||TerminatedBySrc|6|131|125" },
    { "a comma before fields that count", LINE "+12045550171,Ext.1002,10021,1002,+12045550101,,Ext.1002,1002,,,,Acme, Ltd,Chain: x;,Line,Extension,Extension,Ng,,,", NULL,
      "reject: 28 fields instead of 27" },
    { "types in other letters", LINE "+12045550171,Ivr.800,10021,800,+12045550101,,Ext.1002,1002,,,,,Chain: x;,line,ivr,extension,Ng,,,", NULL,
      "0001_1|2026-02-03T14:02:11Z||1002|inbound|+12045550171|Ng|+12045550101|+12045550101||TerminatedBySrc|6|131|125" },
    { "forwarded to a mobile: the extension's call", LINE "+12045550171,Ext.1002,10021,1002,+12045550101,FwdAll,+12045550142,10022,,,,,Chain: x;,Line,Extension,Line,Ng,,,", NULL,
      "0001_1|2026-02-03T14:02:11Z||1002|outbound|+12045550171|Ng|+12045550142|||TerminatedBySrc|6|131|125" },
    { "a name that begins with a quote", LINE "Ext.1001,+12045550142,1001,10021,12045550142,,+12045550142,10021,,,,,Chain: x;,Extension,Line,Line,\"Al\" M,,,", NULL,
      "0001_1|2026-02-03T14:02:11Z||1001|outbound|1001|\"Al\" M|+12045550142|||TerminatedBySrc|6|131|125" },
    { "a list of fields", "0001_1,2026/02/03 14:02:11,2026/02/03 14:04:22,2026/02/03 14:02:17,00:02:05,Ext.1001,+12045550142",
      "callid,time-start,time-end,time-answered,duration,from-no,to-no", "0001_1|2026-02-03T14:02:11Z||1001|outbound|1001||+12045550142||||6|131|125" },
    { "a list with places, local times, another separator", "0001_1;2026/07/03 14:02:11;x;00:02:05;Ext.1001;+12045550142",
      "callid=1,time-start=2,duration=4,from-no=5,to-no=6,times=local", "0001_1|2026-07-03T19:02:11Z||1001|outbound|1001||+12045550142||||0|125|125" },
    { "the words of a set-up file", "0001_1,2026/02/03 14:02:11,00:02:05,Ext.1001,+12045550142", "uid=1,start=2,billsec=3,caller=4,callee=5",
      "0001_1|2026-02-03T14:02:11Z||1001|outbound|1001||+12045550142||||0|125|125" },
    { "places of some of many fields", LINE "Ext.1001,+12045550142,1001,10021,12045550142,,+12045550142,10021,,,,,Chain: x;", "uid=1,start=4,billsec=3,caller=8,callee=9",
      "Call 1|2026-02-03T14:02:11Z||1001|outbound|1001||+12045550142||||0|125|125" },
    { "cut", LINE "Ext.1001,+12045550142\n" LINE "Ext.1", NULL, "0001_1|2026-02-03T14:02:11Z||1001|outbound|1001||+12045550142|||TerminatedBySrc|6|131|125" },
    { "an unknown field", "x", "callid,begin", "reject: “begin” is not a field" },
    { "a field that is missing", "x", "callid,time-start", "reject: time-start,duration,to-no" },
    { "neither zone", "x", "callid,times=here", "reject: neither" },
    { "no time", "Call 1,0001_1,00:02:05,yesterday,,,x,Ext.1001,+12045550142", NULL, "reject: yesterday" },
    { "no length", "Call 1,0001_1,long,2026/02/03 14:02:11,,,x,Ext.1001,+12045550142", NULL, "reject: duration" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbCollected) collected = tb_collect_text (rows[i].line, "3cx", rows[i].columns);

      g_test_message ("%s: %s", rows[i].why, collected->reason);
      if (g_str_has_prefix (rows[i].expected, "reject: "))
        {
          g_assert_cmpuint (collected->calls, ==, 0);
          g_assert_nonnull (strstr (collected->reason, rows[i].expected + strlen ("reject: ")));
          continue;
        }
      g_assert_cmpuint (collected->calls, ==, 1);
      g_assert_cmpstr (collected->lines->pdata[0], ==, rows[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/3cx/pages", test_pages);
  g_test_add_func ("/connectors/3cx/repeats", test_repeats);
  g_test_add_func ("/connectors/3cx/row-limit", test_row_limit);
  g_test_add_func ("/connectors/3cx/answers", test_answers);
  g_test_add_func ("/connectors/3cx/log", test_log);
  g_test_add_func ("/connectors/3cx/log-lines", test_log_lines);
  return g_test_run ();
}
