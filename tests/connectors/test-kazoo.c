/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-collect-files.h"
#include "tb-error.h"
#include "tb-text.h"

#define SECRET "S3CR3T-kazoo"
#define LOGGED_IN "{\"auth_token\":\"t0k3n\",\"data\":{\"account_id\":\"acc-1\",\"owner_id\":\"o\"},\"status\":\"success\"}"
#define USER_AUTH "PUT /v2/user_auth"
#define OWN "GET /v2/accounts/acc-1"
#define BELOW "GET /v2/accounts/acc-1/descendants?page_size=200"
#define RANGE "created_from=63937317600&created_to=63937404000&page_size=200"
#define CDRS(account) "GET /v2/accounts/" account "/cdrs?" RANGE
#define NOTHING "{\"data\":[],\"status\":\"success\"}"

static TbPbx *
make_pbx (TbFakeServer *server, const char *user)
{
  return tb_pbx_for_test ("kazoo", tb_fake_server_get_url (server), user, SECRET);
}

static void
add_accounts (TbFakeServer *server)
{
  tb_fake_server_on (server, OWN, NULL, 200, "{\"data\":{\"id\":\"acc-1\",\"name\":\"Reseller\",\"realm\":\"reseller.example.com\"}}");
  tb_fake_server_on (server, BELOW, NULL, 200, "{\"data\":[{\"id\":\"acc-2\",\"name\":\"Acme\",\"realm\":\"acme.pbx.example.com\"}],\"next_start_key\":63937}");
  tb_fake_server_on (server, BELOW "&start_key=63937", NULL, 200, "{\"data\":[{\"id\":\"acc-3\",\"name\":\"Old\"}]}");
  tb_fake_server_on (server, CDRS ("acc-1"), NULL, 200, NOTHING);
  tb_fake_server_on (server, CDRS ("acc-2"), NULL, 200, "kazoo_cdrs.acme.page1.json");
  tb_fake_server_on (server, CDRS ("acc-2") "&start_key=g2wAAAACbgUAAx", NULL, 200, "kazoo_cdrs.acme.page2.json");
  tb_fake_server_on (server, CDRS ("acc-3"), NULL, 200, NOTHING);
}

static void
test_calls (void)
{
  static const struct { const char *why, *user, *login, *holds; } rows[] = {
    /* echo -n 'al@example.com:S3CR3T-kazoo' | md5sum */
    { "user and password, hashed", "al@example.com@reseller", USER_AUTH,
      "{\"data\":{\"credentials\":\"6fd5627f6f2f6e3bd37434c283262477\",\"account_name\":\"reseller\",\"method\":\"md5\"}}" },
    { "the account's key", NULL, "PUT /v2/api_auth", "{\"data\":{\"api_key\":\"" SECRET "\"}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server, rows[i].user);
      g_autoptr (TbCollected) collected = NULL;

      g_test_message ("%s", rows[i].why);
      tb_fake_server_on (server, rows[i].login, rows[i].holds, 201, LOGGED_IN);
      add_accounts (server);
      collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->unique, ==, 18);
      g_assert_cmpuint (collected->answered, ==, 14);
      g_assert_cmpint (collected->seconds, ==, 1826);
      g_assert_cmpuint (collected->rejects, ==, 0);
      g_assert_cmpuint (collected->skipped, ==, 14); /* the other legs */
      g_assert_cmpstr (tb_fake_server_get_header (server, "X-Auth-Token"), ==, "t0k3n");
      g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));

      g_assert_cmpstr (tb_collected_find (collected, "202602-0127250785ae0b258d1222535c55bc36"), ==,
                       "202602-0127250785ae0b258d1222535c55bc36|2026-02-03T14:02:11Z|acme.pbx.example.com|1001|outbound|12045550101|Alice Martin|12045550142|||"
                       "NORMAL_CLEARING|6|131|125");
      g_assert_nonnull (strstr (tb_collected_find (collected, "202602-7a3561d8ee9ccf57580a88f570f1ec78"),
                                "|1002|inbound|13125550144|Ng, Mei \"Mia\"|12045550101|12045550101|"));
      g_assert_cmpuint (tb_collected_count (collected, "|inbound|"), ==, 6);
      g_assert_cmpuint (tb_collected_count (collected, "|local|"), ==, 1);
    }
}

static void
test_tenants (void)
{
  static const struct { const char *why; guint status; guint n; } rows[] = {
    { "those below, on two pages", 200, 3 },
    { "who may not see them has their own", 403, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server, "al@reseller");
      g_autoptr (GPtrArray) tenants = NULL;

      g_test_message ("%s", rows[i].why);
      tb_fake_server_on (server, USER_AUTH, NULL, 201, LOGGED_IN);
      add_accounts (server);
      if (rows[i].status != 200)
        tb_fake_server_on (server, BELOW, NULL, rows[i].status, "{\"message\":\"forbidden\"}");
      tenants = tb_pbx_collect_tenants (pbx);
      g_assert_cmpuint (tenants->len, ==, rows[i].n);
      g_assert_cmpstr (((TbPbxTenant *) tenants->pdata[0])->name, ==, "reseller.example.com");
      g_assert_cmpstr (((TbPbxTenant *) tenants->pdata[0])->title, ==, "Reseller");
    }
}

static void
test_answers (void)
{
  static const struct { const char *why; guint status; const char *login; guint cdr_status; const char *cdrs; int code; const char *says; } rows[] = {
    { "fine", 201, LOGGED_IN, 200, NOTHING, -1, "0 calls" },
    { "wrong password", 401, "{\"data\":{\"message\":\"invalid credentials\"},\"error\":\"401\",\"message\":\"invalid_credentials\",\"status\":\"error\"}", 200, "",
      TB_ERROR_AUTH, "invalid_credentials" },
    { "no token", 200, "{\"data\":{}}", 200, "", TB_ERROR_AUTH, "did not accept" },
    { "too long a span", 201, LOGGED_IN, 400, "{\"message\":\"validation error\"}", TB_ERROR_FAILED, "validation error" },
    { "no leave for calls", 201, LOGGED_IN, 403, "{\"message\":\"forbidden\"}", TB_ERROR_AUTH, "forbidden" },
    { "an error instead of data", 201, LOGGED_IN, 200, "{\"data\":{},\"status\":\"error\",\"message\":\"datastore_fault\"}", TB_ERROR_INVALID_INPUT, "datastore_fault" },
    { "the same page for ever", 201, LOGGED_IN, 200, "{\"data\":[],\"next_start_key\":\"k\"}", -1, "0 calls" }, /* the test reads one page */
    { "a login page", 200, "<html>\n<form>login</form></html>\n", 200, "", TB_ERROR_AUTH, "login page" },
    { "cut", 201, LOGGED_IN, 200, "{\"data\":[{\"id\n", TB_ERROR_INVALID_INPUT, "JSON" },
    { "a record without times", 201, LOGGED_IN, 200, "{\"data\":[{\"id\":\"1\",\"direction\":\"inbound\"}]}", TB_ERROR_INVALID_INPUT, "timestamp" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server, "al@reseller");

      add_accounts (server);
      tb_fake_server_on (server, USER_AUTH, NULL, rows[i].status, rows[i].login);
      tb_fake_server_on (server, "GET /v2/accounts/acc-1/cdrs", NULL, rows[i].cdr_status, rows[i].cdrs);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
    }
}

static void
test_same_page (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = make_pbx (server, "al@reseller");
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, USER_AUTH, NULL, 201, LOGGED_IN);
  add_accounts (server);
  tb_fake_server_on (server, CDRS ("acc-2") "&start_key=g2wAAAACbgUAAx", NULL, 200, "kazoo_cdrs.acme.page1.json");
  collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
  g_assert_error (collected->error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (collected->error->message, "same page"));
}

#define TITLES "id,call_id,caller_id_number,caller_id_name,callee_id_number,callee_id_name,duration_seconds,billing_seconds,timestamp,hangup_cause,other_leg_call_id," \
               "owner_id,to,from,direction,request,authorizing_id,cost,dialed_number,calling_from,datetime,unix_timestamp,rfc_1036,call_type,interaction_id\n"
#define REST "22,0,63937348812,ORIGINATOR_CANCEL,,o,12045550101@acme,13125550144@acme,inbound,r,a,0,12045550101,13125550144,2026-02-03_14:40:12,1770129612," \
             "Tue, 03 Feb 2026 14:40:12 GMT,,i\n"
#define LINE(name) "1|2026-02-03T14:40:12Z|acme|1002|inbound|13125550144|" name "|12045550101|12045550101||ORIGINATOR_CANCEL|-1|22|0"

/* Nothing is quoted, so a name can be any number of cells. */
static void
test_rows (void)
{
  static const struct { const char *why, *text, *line, *reason; } rows[] = {
    { "no comma", TITLES "1,c,13125550144,Mei Ng,1002,Bruno Cote," REST, LINE ("Mei Ng") },
    { "a comma and quotes", TITLES "1,c,13125550144,Ng, Mei \"Mia\",1002,Bruno Cote," REST, LINE ("Ng, Mei \"Mia\"") },
    { "it begins with a quote", TITLES "1,c,13125550144,\"Mia\" Ng, MD,1002,Bruno Cote," REST, LINE ("\"Mia\" Ng, MD") },
    { "three commas", TITLES "1,c,13125550144,a,b,c,d,1002,Bruno Cote," REST, LINE ("a,b,c,d") },
    { "a comma in the name of who was called", TITLES "1,c,13125550144,Mei Ng,1002,Cote, Bruno," REST, LINE ("Mei Ng") },
    { "commas in both", TITLES "1,c,13125550144,Ng, Mei,1002,Cote, Bruno," REST, LINE ("Ng, Mei") },
    { "cut", TITLES "1,c,13125550144,Mei Ng,1002,Bruno Cote,22,0,63937348812,ORIGINATOR_CANCEL,,o,12045550101@ac", NULL, "cut" },
    { "cut before the times", TITLES "1,c,13125550144,Mei Ng", NULL, "cut" },
    { "a second leg", TITLES "1,c,1,A,2,B,9,9,63937348812,NORMAL_CLEARING,x,o,2@acme,1@acme,outbound,r,a,0,2,1,d,1770129612,Tue, 03 Feb 2026 14:40:12 GMT,,i\n", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbCollected) collected = tb_collect_text (rows[i].text, NULL, NULL);

      g_test_message ("%s", rows[i].why);
      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->calls, ==, rows[i].line != NULL);
      g_assert_cmpuint (collected->rejects, ==, rows[i].reason != NULL);
      if (rows[i].line != NULL)
        g_assert_cmpstr (collected->lines->pdata[0], ==, rows[i].line);
      if (rows[i].reason != NULL)
        g_assert_nonnull (strstr (collected->reason, rows[i].reason));
    }
}

/* The sample whose caller's name has a comma and quotes: two calls, one other leg. */
static void
test_comma_sample (void)
{
  g_autoptr (TbCollected) collected = tb_collect_files ("kazoo_cdrs.UNQUOTED_COMMA.csv", NULL, NULL);

  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 2);
  g_assert_cmpuint (collected->skipped, ==, 1);
  g_assert_cmpuint (collected->rejects, ==, 0);
  g_assert_cmpuint (tb_collected_count (collected, "|acme.pbx.example.com|1002|inbound|13125550144|Ng, Mei \"Mia\"|12045550101|"), ==, 1);
}

/* "user" alone could be either half. */
static void
test_bad_user (void)
{
  static const char *const users[] = { "al", "@acme", "al@" };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (TbConnection) connection = tb_connection_new ();
      g_autoptr (GError) error = NULL;

      tb_set_str (&connection->kind, "kazoo");
      tb_set_str (&connection->url, "https://api.example.com:8443");
      tb_set_str (&connection->user, users[i]);
      g_assert_null (tb_pbx_new (connection, SECRET, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/kazoo/calls", test_calls);
  g_test_add_func ("/connectors/kazoo/tenants", test_tenants);
  g_test_add_func ("/connectors/kazoo/answers", test_answers);
  g_test_add_func ("/connectors/kazoo/same-page", test_same_page);
  g_test_add_func ("/connectors/kazoo/rows", test_rows);
  g_test_add_func ("/connectors/kazoo/comma-sample", test_comma_sample);
  g_test_add_func ("/connectors/kazoo/bad-user", test_bad_user);
  return g_test_run ();
}
