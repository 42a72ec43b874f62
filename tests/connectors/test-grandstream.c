/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-collect-files.h"
#include "tb-error.h"

#define SECRET "S3CR3T-grandstream"
#define COOKIE "sid02584346-1652831717"
#define CHALLENGE "{\"response\":{\"challenge\":\"0000001652831717\"},\"status\":0}"
#define LOGGED_IN "{\"response\":{\"cookie\":\"" COOKIE "\"},\"status\":0}"
#define EXPIRED "{\"response\":{},\"status\":-6}"
#define NOTHING "{\"cdr_root\":[]}"
#define YEAR "\"startTime\":\"2025-12-31T18:00:00\",\"endTime\":\"2026-12-31T18:00:00\",\"timeFilterType\":\"End\""
#define READ(offset) "{\"request\":{\"action\":\"cdrapi\",\"cookie\":\"" COOKIE "\",\"format\":\"json\",\"numRecords\":\"1000\",\"offset\":\"" offset "\","

static TbPbx *
make_pbx (TbFakeServer *server)
{
  /* md5 ("0000001652831717" + SECRET) */
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, "0000001652831717" SECRET, -1);
  g_autofree char *login = g_strdup_printf ("{\"request\":{\"action\":\"login\",\"user\":\"cdrapi\",\"token\":\"%s\"}}", sum);

  tb_fake_server_on (server, "POST /api", "{\"request\":{\"action\":\"challenge\",\"user\":\"cdrapi\",\"version\":\"1.0\"}}", 200, CHALLENGE);
  tb_fake_server_on (server, "POST /api", login, 200, LOGGED_IN);
  return tb_pbx_for_test ("grandstream", tb_fake_server_get_url (server), "cdrapi", SECRET);
}

static void
assert_truth (TbCollected *collected)
{
  tb_collected_assert_expected (collected, "grandstream_cdrapi.json");
  g_assert_cmpstr (tb_collected_find (collected, "901"), ==,
                   "901|2026-02-03T14:02:11Z|acme-01|1001|outbound|1001|Alice Martin|12045550142||acme-01|ANSWERED|6|131|125");
  g_assert_nonnull (strstr (tb_collected_find (collected, "906"), "|1002|inbound|13125550144|Ng, Mei \"Mia\"|1002|"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "912"), "|1001|local|"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "923"), "|NO ANSWER|-1|60|0")); /* has an answer, but nobody did */
  g_assert_nonnull (strstr (tb_collected_find (collected, "926"), "|2026-11-01T06:30:00Z|"));
  g_assert_nonnull (strstr (tb_collected_find (collected, "928"), "|2026-11-01T07:30:00Z|")); /* the same local time, an hour later */
}

/* Too large an offset repeats the last page, as some firmware does. */
static void
test_new_api (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST /api", READ ("0") YEAR, 200, "grandstream_cdrapi.json");
  tb_fake_server_on (server, "POST /api", READ ("25") YEAR, 200, "grandstream_cdrapi.json");
  collected = tb_pbx_collect (pbx, 1767225600, 1798761600);
  assert_truth (collected);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 4);
  g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));
}

static void
test_session_ends (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST /api", READ ("25"), 200, NOTHING);
  tb_fake_server_on (server, "POST /api", READ ("0"), 200, "grandstream_cdrapi.json");
  tb_fake_server_on_once (server, "POST /api", READ ("0"), 200, EXPIRED);
  collected = tb_pbx_collect (pbx, 1767225600, 1798761600);
  assert_truth (collected);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 7);
}

/* No /api there: the older one, with times that carry an offset and no name that it does not know. */
static void
test_old_api (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST /api", NULL, 404, "{}");
  tb_fake_server_on (server, "GET /cdrapi?format=json&numRecords=1000&offset=0&startTime=2026-01-01T00%3A00%3A00Z&endTime=2027-01-01T00%3A00%3A00Z", NULL, 200,
                     "grandstream_cdrapi.json");
  tb_fake_server_on (server, "GET /cdrapi?format=json&numRecords=1000&offset=25&", NULL, 200, NOTHING);
  collected = tb_pbx_collect (pbx, 1767225600, 1798761600);
  assert_truth (collected);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 3);
}

/* The old API asks for Digest; what it refuses with a login is refused. */
static void
test_digest (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = tb_pbx_for_test ("grandstream", tb_fake_server_get_url (server), "cdrapi", SECRET);

  tb_fake_server_set (server, TB_FAKE_ANSWER, 401, "WWW-Authenticate", "Digest realm=\"ucm\", nonce=\"abc\", qop=\"auth\"", "{}", -1);
  tb_pbx_assert_says (pbx, "wrong password", TB_ERROR_AUTH, "401");
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 2);
  g_assert_true (g_str_has_prefix (tb_fake_server_get_header (server, "Authorization"), "Digest username=\"cdrapi\""));
  g_assert_null (strstr (tb_fake_server_get_header (server, "Authorization"), SECRET));
}

/* In the night when clocks go back, 1:10 is later than 1:50: the end that is asked for must not be before the beginning. */
static void
test_repeated_hour (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST /api", READ ("0") "\"startTime\":\"2026-11-01T01:50:00\",\"endTime\":\"2026-11-01T02:10:00\"", 200, NOTHING);
  collected = tb_pbx_collect (pbx, 1793515800, 1793517000);
  g_assert_no_error (collected->error);
}

static void
test_answers (void)
{
  static const struct { const char *why; guint status; const char *challenge, *login, *calls; int code; const char *says; guint requests; } rows[] = {
    { "no calls", 200, CHALLENGE, LOGGED_IN, NOTHING, -1, "0 calls", 3 },
    { "an unknown user", 200, "{\"response\":{},\"status\":-1}", LOGGED_IN, NOTHING, TB_ERROR_AUTH, "status -1", 1 },
    { "no challenge", 200, "{\"response\":{},\"status\":0}", LOGGED_IN, NOTHING, TB_ERROR_AUTH, "refused", 1 },
    { "wrong password, one attempt only", 200, CHALLENGE, "{\"response\":{},\"status\":-37}", NOTHING, TB_ERROR_AUTH, "status -37", 2 },
    { "no cookie", 200, CHALLENGE, "{\"response\":{},\"status\":0}", NOTHING, TB_ERROR_AUTH, "refused", 2 },
    { "may not read calls", 200, CHALLENGE, LOGGED_IN, "{\"response\":{},\"status\":-10}", TB_ERROR_AUTH, "does not allow", 3 },
    { "the session ends again and again", 200, CHALLENGE, LOGGED_IN, EXPIRED, TB_ERROR_AUTH, "status -6", 6 },
    { "no list", 200, CHALLENGE, LOGGED_IN, "{\"status\":0}", TB_ERROR_INVALID_INPUT, "cdr_root", 3 },
    { "records of another shape", 200, CHALLENGE, LOGGED_IN, "{\"cdr_root\":[{\"AcctId\":\"1\"}]}", TB_ERROR_INVALID_INPUT, "time", 3 },
    { "a login page", 200, "<html>\n<form>login</form></html>\n", LOGGED_IN, NOTHING, TB_ERROR_AUTH, "login page", 1 },
    { "cut", 200, CHALLENGE, LOGGED_IN, "{\"cdr_root\":[{\n", TB_ERROR_INVALID_INPUT, "Grandstream", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = tb_pbx_for_test ("grandstream", tb_fake_server_get_url (server), "cdrapi", SECRET);

      tb_fake_server_on (server, "POST /api", "\"challenge\"", rows[i].status, rows[i].challenge);
      tb_fake_server_on (server, "POST /api", "\"login\"", 200, rows[i].login);
      tb_fake_server_on (server, "POST /api", "\"cdrapi\",\"cookie\"", 200, rows[i].calls);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/grandstream/new-api", test_new_api);
  g_test_add_func ("/connectors/grandstream/session-ends", test_session_ends);
  g_test_add_func ("/connectors/grandstream/old-api", test_old_api);
  g_test_add_func ("/connectors/grandstream/digest", test_digest);
  g_test_add_func ("/connectors/grandstream/repeated-hour", test_repeated_hour);
  g_test_add_func ("/connectors/grandstream/answers", test_answers);
  return g_test_run ();
}
