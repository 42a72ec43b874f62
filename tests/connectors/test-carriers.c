/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-pbx-collect.h"

/* Carriers that give their calls in pages of JSON. */

#define SECRET "S3CR3T-carrier"
#define FROM 1769904000 /* 2026-02-01T00:00:00Z */
#define TO (FROM + 86400)
#define ACCOUNT "ACac4f394f9bf9cc70c3deecc0fe9b5112"
#define TWILIO_CALLS "/2010-04-01/Accounts/" ACCOUNT "/Calls.json?StartTime%3E=2026-02-01&"
#define BANDWIDTH "GET /api/v1/voice/calls?accountId=9900000&startTime=gte%3A2026-02-01T00%3A00%3A00Z&endTime=lte%3A2026-03-05T00%3A00%3A00Z&sort=startTime%3Aasc&offset="
#define TELNYX "GET /v2/detail_records?filter%5Brecord_type%5D=sip-trunking&filter%5Bcreated_at%5D%5Bgte%5D=2026-02-01&filter%5Bcreated_at%5D%5Blt%5D=2026-02-02&"
#define VOIPMS "GET /api/v1/rest.php?api_username=me%40example.com&api_password=" SECRET "&method=getCDR&date_from=2026-01-31&date_to=2026-02-01&timezone=0&" \
               "answered=1&noanswer=1&busy=1&failed=1"

/* ---- the samples, against expected.json ---- */

typedef struct
{
  const char *kind, *path, *user;
  struct { const char *request, *sample; } pages[2];
  const char *authorization; /* NULL = there is none */
  guint calls, unique, answered, skipped;
  gint64 seconds;
  const char *uid, *line; /* one of them in full */
} Sample;

static const Sample samples[] = {
  { "voipms", "", "me@example.com", { { VOIPMS, "voipms_getcdr.json" } }, NULL, 24, 23, 19, 0, 19929, "3032581005",
    "3032581005|2026-02-03T14:40:12Z|100000_acme||inbound|13125550144|Ng, Mei \"Mia\"|12045550101|12045550101||NO ANSWER|-1|0|0" },
  { "voipms", "/api/v1/rest.php", "me@example.com", { { VOIPMS, "voipms_nocdr.json" } }, NULL, 0, 0, 0, 0, 0, NULL, NULL },
  { "telnyx", "/v2/", NULL, { { TELNYX "page%5Bnumber%5D=1&page%5Bsize%5D=50&sort=created_at", "telnyx_detail_records.page1.json" },
    { TELNYX "page%5Bnumber%5D=2&", "telnyx_detail_records.page2.json" } }, "Bearer " SECRET, 24, 24, 20, 0, 19938, "555b0d22-a346-5ab8-9ece-7a6006f2d5fa",
    "555b0d22-a346-5ab8-9ece-7a6006f2d5fa|2026-02-03T14:02:11Z|acme||outbound|+12045550101||+12045550142|||NORMAL_CLEARING|6|131|125" },
  { "twilio", "", ACCOUNT, { { "GET " TWILIO_CALLS "StartTime%3C=2026-02-02&PageSize=1000", "twilio_calls.page1.json" },
    { "GET " TWILIO_CALLS "PageSize=12&Page=1&PageToken=", "twilio_calls.page2.json" } },
    "Basic QUNhYzRmMzk0ZjliZjljYzcwYzNkZWVjYzBmZTliNTExMjpTM0NSM1QtY2Fycmllcg==", 23, 23, 19, 1, 19929, "CA1224592d35b467a95cd16cebb940e95b",
    "CA1224592d35b467a95cd16cebb940e95b|2026-02-03T14:40:12Z|TKd818bac4bbe70862cd73ce6846a544e5||inbound|+13125550144|Ng, Mei \"Mia\"|+12045550101|"
    "+12045550101||no-answer|-1|22|0" },
  { "twilio", "/2010-04-01/Accounts/" ACCOUNT "/Calls.json", "SKkey", { { "GET " TWILIO_CALLS "StartTime%3C=2026-02-02&PageSize=1000", "twilio_calls.page2.json" } },
    "Basic U0trZXk6UzNDUjNULWNhcnJpZXI=", 11, 11, 8, 1, 4471, NULL, NULL },
  { "signalwire", "", "project", { { "GET /api/voice/logs?created_after=2026-01-31&created_before=2026-02-02&page_size=50", "signalwire_voice_logs.json" } },
    "Basic cHJvamVjdDpTM0NSM1QtY2Fycmllcg==", 24, 24, 20, 1, 19938, "59c3f4f9-677a-5b30-a52e-c26a57fe01e6",
    "59c3f4f9-677a-5b30-a52e-c26a57fe01e6|2026-02-03T14:10:00Z|||inbound|+12045550171||+12045550101|+12045550101||completed|0|61|61" },
  { "bandwidth", "", "9900000/api", { { BANDWIDTH "0&limit=1000", "bandwidth_insights_calls.json" } }, "Basic YXBpOlMzQ1IzVC1jYXJyaWVy", 24, 24, 20, 0, 19938,
    "32541545-895c-56f6-89b4-1cf5238b4ea5",
    "32541545-895c-56f6-89b4-1cf5238b4ea5|2026-02-03T14:52:30Z|acme||outbound|+12045550101||+12045550188|||OK|7|7|0" },
  { "bandwidth", "/api/v1", "9900000", { { BANDWIDTH "0&limit=1000", "bandwidth_insights_calls.json" } }, "Bearer " SECRET, 24, 24, 20, 0, 19938, NULL, NULL },
};

static void
test_samples (void)
{
  for (const Sample *sample = samples; sample < samples + G_N_ELEMENTS (samples); sample++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autofree char *url = g_strconcat (tb_fake_server_get_url (server), sample->path, NULL);
      g_autoptr (TbPbx) pbx = tb_pbx_for_test (sample->kind, url, sample->user, SECRET);
      g_autoptr (TbCollected) collected = NULL;
      guint pages = 0;

      for (; pages < 2 && sample->pages[pages].request != NULL; pages++)
        tb_fake_server_on (server, sample->pages[pages].request, NULL, 200, sample->pages[pages].sample);
      g_test_message ("%s%s", sample->kind, sample->path);
      collected = tb_pbx_collect (pbx, FROM, TO);
      g_assert_no_error (collected->error);
      g_assert_cmpstr (collected->reason, ==, NULL);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, pages);
      g_assert_cmpuint (collected->calls, ==, sample->calls);
      g_assert_cmpuint (collected->unique, ==, sample->unique);
      g_assert_cmpuint (collected->answered, ==, sample->answered);
      g_assert_cmpuint (collected->skipped, ==, sample->skipped);
      g_assert_cmpint (collected->seconds, ==, sample->seconds);
      g_assert_cmpstr (tb_fake_server_get_header (server, "Authorization"), ==, sample->authorization);
      if (sample->uid != NULL)
        g_assert_cmpstr (tb_collected_find (collected, sample->uid), ==, sample->line);
      g_assert_cmpint (tb_pbx_get_overlap (pbx), ==, 7 * 86400);
    }
}

/* The answer of one page that says where the next is. */
static void
test_pages (void)
{
  static const struct { const char *why, *kind, *user, *answer; int code; const char *says; guint requests; } rows[] = {
    { "a full address of the same server", "signalwire", "p", "{\"links\":{\"next\":\"%s/api/voice/logs?page_token=2\"},\"data\":[]}", -1, NULL, 2 },
    { "an address without server", "signalwire", "p", "{\"links\":{\"next\":\"/api/voice/logs?page_token=2\"},\"data\":[]}", -1, NULL, 2 },
    { "another server gets no login", "signalwire", "p", "{\"links\":{\"next\":\"https://evil.example.net/api\"},\"data\":[]}", TB_ERROR_INVALID_INPUT, "evil.example.net", 1 },
    { "nor does another port", "twilio", "AC1", "{\"calls\":[],\"next_page_uri\":\"http://127.0.0.1:1/2010-04-01\"}", TB_ERROR_INVALID_INPUT, "another server", 1 },
    { "nor one that hides behind two slashes", "twilio", "AC1", "{\"calls\":[],\"next_page_uri\":\"//evil.example.net/2010\"}", TB_ERROR_INVALID_INPUT, "evil.example.net", 1 },
    { "nor a user in front of the server", "twilio", "AC1", "{\"calls\":[],\"next_page_uri\":\"%s@evil.example.net/\"}", TB_ERROR_INVALID_INPUT, "another server", 1 },
    { "the same page for ever", "twilio", "AC1", "{\"calls\":[],\"next_page_uri\":\"/2010-04-01/Accounts/AC1/Calls.json?Page=1\"}", TB_ERROR_INVALID_INPUT, "twice", 2 },
    { "a page is ignored", "telnyx", NULL, "{\"data\":[{\"id\":\"a\",\"cli\":\"1\",\"cld\":\"2\",\"record_type\":\"sip-trunking\"}],\"meta\":{\"total_pages\":9}}",
      TB_ERROR_INVALID_INPUT, "twice", 2 },
    { "no meta: until there is nothing", "telnyx", NULL, "{\"data\":[]}", -1, NULL, 1 },
    { "an offset is ignored", "bandwidth", "1/u", "{\"data\":{\"totalCount\":5000,\"calls\":[{\"callId\":\"a\",\"startTime\":\"2026-02-01T00:00:00Z\"}]}}",
      TB_ERROR_INVALID_INPUT, "twice", 2 },
    { "behind the window reading ends", "bandwidth", "1/u", "{\"data\":{\"totalCount\":5000,\"calls\":[{\"callId\":\"a\",\"startTime\":\"2026-02-02T00:00:00.5Z\"}]}}",
      -1, NULL, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = tb_pbx_for_test (rows[i].kind, tb_fake_server_get_url (server), rows[i].user, SECRET);
      g_auto (GStrv) parts = g_strsplit (rows[i].answer, "%s", -1);
      g_autofree char *answer = g_strjoinv (tb_fake_server_get_url (server), parts);
      g_autoptr (TbCollected) collected = NULL;

      g_test_message ("%s: %s", rows[i].kind, rows[i].why);
      tb_fake_server_on (server, "GET /", NULL, 200, answer);
      tb_fake_server_on (server, "GET /api/voice/logs?page_token=2", NULL, 200, "{\"links\":{\"next\":null},\"data\":[]}");
      collected = tb_pbx_collect (pbx, FROM, TO);
      if (rows[i].code < 0)
        g_assert_no_error (collected->error);
      else
        {
          g_assert_error (collected->error, TB_ERROR, rows[i].code);
          g_assert_nonnull (strstr (collected->error->message, rows[i].says));
          g_assert_null (strstr (collected->error->message, SECRET));
        }
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
    }
}

/* ---- bad answers ---- */

static void
test_answers (void)
{
  static const struct { const char *why, *kind, *user; guint status; const char *answer; int code; const char *says; guint requests; } rows[] = {
    { "no calls", "voipms", "u", 200, "voipms_nocdr.json", -1, "0 calls", 1 },
    { "wrong password", "voipms", "u", 200, "voipms_badlogin.json", TB_ERROR_AUTH, "API password", 1 },
    { "not from here", "voipms", "u", 200, "{\"status\":\"ip_not_enabled\"}", TB_ERROR_AUTH, "this computer", 1 },
    { "another word", "voipms", "u", 200, "{\"status\":\"invalid_daterange\"}", TB_ERROR_INVALID_INPUT, "invalid_daterange", 1 },
    { "success without calls", "voipms", "u", 200, "{\"status\":\"success\"}", TB_ERROR_INVALID_INPUT, "cdr", 1 },
    { "the password is not in a message about its page", "voipms", "u", 404, "gone", TB_ERROR_NOT_FOUND, "/api/v1/rest.php", 1 },
    { "a busy one is asked again", "voipms", "u", 503, "", TB_ERROR_NETWORK, "503", 4 },
    { "a login page", "voipms", "u", 200, "<html>\n<form>login</form></html>\n", TB_ERROR_AUTH, "login page", 1 },
    { "no user", "voipms", NULL, 200, "{}", TB_ERROR_AUTH, "E-mail", 0 },
    { "wrong key, once", "telnyx", NULL, 401, "{\"errors\":[{\"code\":\"10009\",\"title\":\"Authentication failed\"}]}", TB_ERROR_AUTH, "Authentication failed", 1 },
    { "too many requests", "telnyx", NULL, 429, "{\"errors\":[{\"title\":\"Too many requests\"}]}", TB_ERROR_NETWORK, "429", 4 },
    { "no list", "telnyx", NULL, 200, "{\"data\":{}}", TB_ERROR_INVALID_INPUT, "data", 1 },
    { "cut", "telnyx", NULL, 200, "{\"data\":[\n", TB_ERROR_INVALID_INPUT, "JSON", 1 },
    { "wrong token", "twilio", "AC1", 401, "{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}", TB_ERROR_AUTH, "Authenticate", 1 },
    { "no such account", "twilio", "AC1", 404, "{\"code\":20404,\"message\":\"The requested resource was not found\"}", TB_ERROR_NOT_FOUND, "not found", 1 },
    { "an object in place of calls", "twilio", "AC1", 200, "{\"message\":\"maintenance\"}", TB_ERROR_INVALID_INPUT, "maintenance", 1 },
    { "none of them can be read", "twilio", "AC1", 200, "{\"calls\":[{\"sid\":\"CA1\",\"account_sid\":\"AC1\",\"status\":\"completed\"}],\"next_page_uri\":null}",
      TB_ERROR_INVALID_INPUT, "start_time", 1 },
    { "a call under way is none yet", "twilio", "AC1", 200, "{\"calls\":[{\"sid\":\"CA1\",\"status\":\"in-progress\"}],\"next_page_uri\":null}", -1, "0 calls", 1 },
    { "forbidden", "signalwire", "p", 403, "{}", TB_ERROR_AUTH, "403", 1 },
    { "unprocessable", "signalwire", "p", 422, "{\"errors\":[{\"message\":\"created_after is bad\"}]}", TB_ERROR_FAILED, "created_after is bad", 1 },
    { "no list", "bandwidth", "1/u", 200, "{\"data\":null,\"errors\":[{\"description\":\"x\"}]}", TB_ERROR_INVALID_INPUT, "data/calls", 1 },
    { "a token that ended", "bandwidth", "1", 401, "{}", TB_ERROR_AUTH, "401", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = tb_pbx_for_test (rows[i].kind, tb_fake_server_get_url (server), rows[i].user, SECRET);

      tb_fake_server_on (server, "GET /", NULL, rows[i].status, rows[i].answer);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/carriers/samples", test_samples);
  g_test_add_func ("/connectors/carriers/pages", test_pages);
  g_test_add_func ("/connectors/carriers/answers", test_answers);
  return g_test_run ();
}
