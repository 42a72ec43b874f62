/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-pbx-collect.h"
#include "tb-text.h"

#define SECRET "S3CR3T-ictvoip"
#define EXPORT "POST /app/xml_cdr/export_cdr.php"
#define ANSWER(total, list) "{\"status\":\"success\",\"message\":\"CDR export completed\",\"total_records\":" total list "}"
#define OURS "{\"xml_cdr_uuid\":\"u1\",\"domain_name\":\"acme\",\"direction\":\"inbound\",\"caller_id_number\":\"12045550171\",\"caller_destination\":\"12045550101\"," \
             "\"destination_number\":\"1002\",\"start_epoch\":\"1770127800\",\"answer_stamp\":\"2026-02-03 14:10:09+00\",\"end_epoch\":1770127870,\"billsec\":61,\"leg\":\"a\"}"
#define OUR_LINE "u1|2026-02-03T14:10:00Z|acme|1002|inbound|12045550171||12045550101|12045550101|||9|70|61"
#define THEIRS "{\"call\":{\"ref\":\"u1\",\"began\":\"2026-02-03 08:10:00\"},\"who\":\"acme\",\"way\":\"in\",\"a\":\"12045550171\",\"b\":\"1002\",\"ddi\":\"12045550101\",\"talk\":\"0:01:01\"}"
#define MAPPING "records=/response/rows,uid=call/ref,start=call/began,tenant=who,direction=way,caller=a,callee=b,did=ddi,billsec=talk"

static TbPbx *
make_pbx (TbFakeServer *server, const char *columns, GError **error)
{
  g_autoptr (TbConnection) connection = tb_connection_new ();

  tb_set_str (&connection->name, "pbx 1");
  tb_set_str (&connection->kind, "fusionpbx-ictvoip");
  tb_set_str (&connection->url, tb_fake_server_get_url (server));
  tb_set_str (&connection->user, "clerk");
  tb_set_str (&connection->time_zone, "America/Winnipeg");
  tb_set_str (&connection->columns, columns);
  return tb_pbx_new (connection, SECRET, error);
}

/* Records at every place where they may be, and under names of their own. */
static void
test_places (void)
{
  static const struct { const char *why, *columns, *answer, *line; } rows[] = {
    { "at data", NULL, ANSWER ("1", ",\"data\":[" OURS "]"), OUR_LINE },
    { "at records", NULL, ANSWER ("1", ",\"records\":[" OURS "]"), OUR_LINE },
    { "the answer is the list", NULL, "[" OURS "]", OUR_LINE },
    { "said where", "records=/response/rows", ANSWER ("1", ",\"data\":[1],\"response\":{\"rows\":[" OURS "]}"), OUR_LINE },
    { "a column is called otherwise", "uid=other", ANSWER ("1", ",\"cdrs\":[{\"other\":7," "\"start_epoch\":1770127800,\"duration\":5,\"destination_number\":\"5\"}]"),
      "7|2026-02-03T14:10:00Z||||||5||||0|5|5" },
    { "all of it is called otherwise", MAPPING, ANSWER ("1", ",\"response\":{\"rows\":[" THEIRS "]}"),
      "u1|2026-02-03T14:10:00Z|acme|1002|inbound|12045550171||12045550101|12045550101|||0|61|61" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPbx) pbx = make_pbx (server, rows[i].columns, &error);
      g_autoptr (TbCollected) collected = NULL;

      g_test_message ("%s", rows[i].why);
      g_assert_no_error (error);
      tb_fake_server_on (server, EXPORT, "username=clerk&password=" SECRET "&date_start=2026-02-03&date_end=2026-02-03&format=JSON", 200, rows[i].answer);
      collected = tb_pbx_collect (pbx, 1770098400, 1770184800);
      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->calls, ==, 1);
      g_assert_cmpstr (collected->lines->pdata[0], ==, rows[i].line);
      g_assert_null (strstr (tb_fake_server_get_log (server), SECRET));
    }
}

static void
test_answers (void)
{
  static const struct { const char *why; guint status; const char *answer; int code; const char *says; } rows[] = {
    { "no calls, and no list of them", 200, ANSWER ("0", ""), -1, "0 calls" },
    { "an envelope without calls", 200, "fusionpbx_ictvoip_export.ENVELOPE_ONLY.json", TB_ERROR_INVALID_INPUT, "records=/data" },
    { "a list that was cut", 200, ANSWER ("3", ",\"data\":[" OURS "]"), TB_ERROR_INVALID_INPUT, "3 calls, but gave 1" },
    { "wrong password", 200, "fusionpbx_ictvoip_error.json", TB_ERROR_AUTH, "Invalid credentials" },
    { "another address", 200, "{\"status\":\"error\",\"message\":\"IP not in whitelist\"}", TB_ERROR_AUTH, "whitelist" },
    { "an error of its own", 200, "{\"status\":\"error\",\"message\":\"Database is down\"}", TB_ERROR_FAILED, "Database is down" },
    { "not installed", 404, "<html>", TB_ERROR_NOT_FOUND, "404" },
    { "too many", 429, "{}", TB_ERROR_NETWORK, "429" },
    { "a login page", 200, "<html>\n<form>login</form></html>\n", TB_ERROR_AUTH, "login page" },
    { "cut", 200, "{\"status\":\"succ\n", TB_ERROR_INVALID_INPUT, "JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = make_pbx (server, NULL, NULL);

      tb_fake_server_on (server, EXPORT, NULL, rows[i].status, rows[i].answer);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
    }
}

static void
test_bad_columns (void)
{
  static const struct { const char *columns, *says; } rows[] = {
    { "uuid=x", "uuid" }, /* no field of ours */
    { "uid", "uid" },     /* says nothing */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (GError) error = NULL;

      g_assert_null (make_pbx (server, rows[i].columns, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
      g_assert_nonnull (strstr (error->message, rows[i].says));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/fusionpbx-ictvoip/places", test_places);
  g_test_add_func ("/connectors/fusionpbx-ictvoip/answers", test_answers);
  g_test_add_func ("/connectors/fusionpbx-ictvoip/bad-columns", test_bad_columns);
  return g_test_run ();
}
