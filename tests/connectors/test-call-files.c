/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-collect-files.h"

/* Vendors whose calls come as files. */

static void
test_samples (void)
{
  static const struct { const char *files, *expected, *format; guint skipped; const char *uid, *line; } rows[] = {
    { "freeswitch_Master.csv", NULL, "freeswitch", 0, "555b0d22-a346-5ab8-9ece-7a6006f2d5fa",
      "|2026-02-03T14:02:11Z|acme.pbx.example.com|1001|outbound|1001|Alice Martin|12045550142||acme-01|NORMAL_CLEARING|6|131|125" },
    { "freeswitch_Master.csv", NULL, "freeswitch", 0, "841dc46d-cd62-5b84-9190-52277031d994", /* quotes that are not escaped; nobody answered */
      "|2026-02-03T14:40:12Z||1002|inbound|13125550144|Ng, Mei \"Mia\"|1002||acme-01|ORIGINATOR_CANCEL|-1|22|0" },
    { "freeswitch_Master.csv", NULL, "freeswitch", 0, "526ffb08-a3d8-5a68-a6eb-42625c30a00a", /* ends at an earlier text than it began */
      "|2026-11-01T06:58:20Z|acme.pbx.example.com|1003|outbound|1003|Chloe Dubois|13125550144||acme-02|NORMAL_CLEARING|5|545|540" },
    { "freeswitch_json_cdr", "freeswitch_json_cdr/*.cdr.json", "freeswitch", 0, "216565f2-f9f0-5f1c-b1ba-8b38e371df53",
      "|2026-02-04T00:10:00Z|birch.pbx.example.com|2001|inbound|442079460099|Zoë Łukaszewicz 東京|12045550120|12045550120|birch|NORMAL_CLEARING|6|3607|3601" },
    { "cucm_cdr_StandAloneCluster_01_202602051530_412", NULL, "cucm", 1, "e47eafd7-79b2-5df8-b1bf-94fc0ab3d70c", NULL },
    { "vitalpbx_cdr.CALLTYPE_CODES_ASSUMED.csv", NULL, "vitalpbx", 0, "1770127331.102/3",
      "|2026-02-03T14:02:11Z||1001|outbound|1001|Alice Martin|12045550142|||ANSWERED|6|131|125" },
    { "vitalpbx_cdr.CALLTYPE_CODES_ASSUMED.csv", NULL, "vitalpbx", 0, "1793518200.148/72", /* the second 1:30 of that night, by its id */
      "|2026-11-01T07:30:00Z||1001|outbound|1001|Alice Martin|12045550142|||ANSWERED|4|64|60" },
    { "wildix_callhistory.json", NULL, "wildix", 0, "71001", "|2026-02-03T14:02:11Z||1001|outbound|1001||12045550142|||ANSWERED|6|131|125" },
    { "wildix_callhistory.json", NULL, "wildix", 0, "71006", "|2026-02-03T14:40:12Z||1002|inbound|13125550144||12045550101|12045550101||NO ANSWER|-1|0|0" },
    { "wildix_callhistory.json", NULL, "wildix", 0, "71012", "|2026-02-03T15:30:00Z||1001|local|1001||1002|||ANSWERED|3|48|45" },
    { "wildix_callhistory.json", NULL, "wildix", 0, "71017", "|2026-02-04T16:15:00Z||2001|outbound|2001||933|||ANSWERED|1|10|9" }, /* 933 is no phone */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbCollected) collected = tb_collect_files (rows[i].files, NULL, NULL);
      const char *line = tb_collected_find (collected, rows[i].uid);

      g_test_message ("%s: %s", rows[i].files, line);
      tb_collected_assert_expected (collected, rows[i].expected != NULL ? rows[i].expected : rows[i].files);
      g_assert_cmpstr (collected->format, ==, rows[i].format);
      g_assert_cmpuint (collected->skipped, ==, rows[i].skipped);
      if (rows[i].line != NULL)
        g_assert_cmpstr (line + strlen (rows[i].uid), ==, rows[i].line);
    }
}

/* Eight good files of which one is a second leg, and one that is still written. */
static void
test_freeswitch_xml (void)
{
  g_autoptr (TbCollected) collected = tb_collect_files ("freeswitch_xml_cdr", NULL, NULL);

  g_assert_cmpuint (collected->rejects, ==, 1);
  g_assert_nonnull (strstr (collected->reason, "cut"));
  g_assert_cmpuint (collected->skipped, ==, 1);
  g_clear_pointer (&collected->reason, g_free);
  tb_collected_assert_expected (collected, "freeswitch_xml_cdr/*.cdr.xml");
  g_assert_cmpstr (tb_collected_find (collected, "555b0d22-a346-5ab8-9ece-7a6006f2d5fa"), ==,
                   "555b0d22-a346-5ab8-9ece-7a6006f2d5fa|2026-02-03T14:02:11Z|acme.pbx.example.com|1001|outbound|12045550101|Alice Martin|12045550142||acme-01|"
                   "NORMAL_CLEARING|6|131|125");
  g_assert_nonnull (strstr (tb_collected_find (collected, "216565f2-f9f0-5f1c-b1ba-8b38e371df53"), "|Zoë Łukaszewicz 東京|"));
}

#define XML(variables, profile) "<?xml version=\"1.0\"?>\n<cdr><variables>" variables "</variables><callflow><caller_profile>" profile "</caller_profile></callflow></cdr>"
#define PLAIN "<uuid>u1</uuid><start_epoch>1770127331</start_epoch><duration>131</duration><billsec>125</billsec>"
#define JSON(variables, profile) "{\"variables\":{" variables "},\"callflow\":[{\"caller_profile\":{" profile "}}]}"
#define FS_ROW(name, duration, end) "\"" name "\",\"1001\",\"12045550142\",\"default\",\"2026-11-01 01:50:00\",\"\",\"" end "\",\"" duration "\",\"0\",\"NO_ANSWER\"," \
                                    "\"a70b9d87-8280-5770-b01a-522aa8e7677f\",\"\",\"\",\"\",\"\""
#define CUCM "cdrRecordType,globalCallID_callId,dateTimeOrigination,callingPartyNumber,origCause_value,originalCalledPartyNumber,finalCalledPartyNumber," \
             "destCause_value,dateTimeConnect,dateTimeDisconnect,lastRedirectDn,pkid,duration,origDeviceName,destDeviceName,clientMatterCode\n"

static void
test_records (void)
{
  static const struct { const char *why, *text, *format, *expected; } rows[] = {
    { "elements that XML does not allow", XML (PLAIN "<set >x</set ><1>2</1><nolocal:a>b</nolocal:a><a&b>c</a&b><call_direction>outbound</call_direction>",
                                               "<destination_number>933</destination_number><caller_id_number>1001</caller_id_number>"), NULL,
      "u1|2026-02-03T14:02:11Z||1001|outbound|1001||933||||6|131|125" },
    { "no direction: from the public context it came in", XML (PLAIN, "<context>public</context><destination_number>1002</destination_number>"
                                                               "<caller_id_number>1204</caller_id_number><caller_id_name>A&amp;B &#xEB;&#99;</caller_id_name>"), NULL,
      "u1|2026-02-03T14:02:11Z||1002|inbound|1204|A&B ëc|1002||||6|131|125" },
    { "no direction: between phones", XML (PLAIN, "<context>default</context><destination_number>1002</destination_number><caller_id_number>1001</caller_id_number>"), NULL,
      "u1|2026-02-03T14:02:11Z||1001|local|1001||1002||||6|131|125" },
    { "values that were not encoded", JSON ("\"uuid\":\"u1\",\"start_epoch\":\"1770127331\",\"duration\":\"9\",\"billsec\":\"0\",\"answer_epoch\":\"0\",\"caller_id_name\":\"100% Co\"",
                                            "\"destination_number\":\"12045550142\",\"username\":\"1001\",\"caller_id_number\":\"1001\""), NULL,
      "u1|2026-02-03T14:02:11Z||1001|outbound|1001|100% Co|12045550142||||-1|9|0" },
    { "a stamp where there is no epoch", JSON ("\"uuid\":\"u1\",\"start_stamp\":\"2026-02-03%2008%3A02%3A11\",\"duration\":\"9\",\"billsec\":\"4\"",
                                               "\"destination_number\":\"12045550142\",\"caller_id_number\":\"1001\""), NULL,
      "u1|2026-02-03T14:02:11Z||1001|outbound|1001||12045550142||||5|9|4" },
    { "no uuid", JSON ("\"billsec\":\"0\"", "\"a\":\"b\""), NULL, "reject: uuid" },
    { "no length", XML ("<uuid>u1</uuid><start_epoch>1770127331</start_epoch>", ""), NULL, "reject: billsec" },
    { "no time", XML ("<uuid>u1</uuid><billsec>1</billsec>", ""), NULL, "reject: time" },
    { "XML of another kind", "<?xml version=\"1.0\"?>\n<Invoice><Id>1</Id></Invoice>", NULL, "reject: cannot be told" },
    { "XML that ends in a tag", "<cdr><variables><uuid", NULL, "reject: cut" },
    { "the end of a document, not its middle", "<cdr><variables></cdr>", NULL, "reject: cannot be told" },
    { "the second of two equal hours, by its end", FS_ROW ("Al", "900", "2026-11-01 02:05:00"), NULL, "a70b9d87-8280-5770-b01a-522aa8e7677f|2026-11-01T07:50:00Z|"
      "|1001|outbound|1001|Al|12045550142|||NO_ANSWER|-1|900|0" },
    { "the first of them", FS_ROW ("Al", "4500", "2026-11-01 02:05:00"), NULL, "a70b9d87-8280-5770-b01a-522aa8e7677f|2026-11-01T06:50:00Z|"
      "|1001|outbound|1001|Al|12045550142|||NO_ANSWER|-1|4500|0" },
    { "a cut row", "\"Al\",\"1001\",\"12045550142\",\"default\",\"2026-11-01 01:50:00\",\"\",\"2026-1", "freeswitch", "reject: cut" },
    { "another template", "\"Al\",\"1001\"", "freeswitch", "reject: 2 columns" },
    { "CUCM: no types, forwarded over trunks, a matter",
      CUCM "1,7,1770127331,12045550171,16,12045550101,12045550199,0,1770127337,1770127400,1002,p1,63,gw-a,gw-b,M77", NULL,
      "p1|2026-02-03T14:02:11Z||1002|outbound|12045550171||12045550199||M77|16|6|69|63" },
    { "CUCM: quality records", CUCM "2,7,1770127331,,,,,,,,,p1,,,,", NULL, "nothing" },
    { "CUCM: no time", CUCM "1,7,0,1001,16,1002,1002,0,0,0,,p1,0,SEP1,SEP2,", NULL, "reject: dateTimeOrigination" },
    { "CUCM: cut", CUCM "1,7,1770127331,1001,16,10", NULL, "reject: cut" },
    { "CUCM: a column is missing", "cdrRecordType,globalCallID_callId,pkid\n1,2,3", NULL, "reject: dateTimeOrigination" },
    { "Wildix: an error", "{\"type\":\"error\",\"message\":\"Access denied\"}", "wildix", "reject: Access denied" },
    { "Wildix: no length", "{\"result\":{\"records\":[{\"id\":\"1\",\"start\":\"2026-02-03 08:02:11\",\"from_number\":\"1001\",\"to_number\":\"2\",\"disposition\":\"BUSY\"}]}}", NULL,
      "reject: duration" },
    { "Wildix: no time", "{\"result\":{\"records\":[{\"id\":\"1\",\"start\":\"0000-00-00 00:00:00\",\"from_number\":\"1001\",\"to_number\":\"2\",\"disposition\":\"BUSY\"}]}}", NULL,
      "reject: start" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbCollected) collected = tb_collect_text (rows[i].text, rows[i].format, NULL);

      g_test_message ("%s: %s", rows[i].why, collected->reason);
      g_assert_no_error (collected->error);
      if (g_str_has_prefix (rows[i].expected, "reject: "))
        g_assert_nonnull (strstr (collected->reason, rows[i].expected + strlen ("reject: ")));
      else if (g_str_equal (rows[i].expected, "nothing"))
        g_assert_cmpuint (collected->calls + collected->rejects, ==, 0);
      else
        {
          g_assert_cmpuint (collected->calls, ==, 1);
          g_assert_cmpstr (collected->lines->pdata[0], ==, rows[i].expected);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/call-files/samples", test_samples);
  g_test_add_func ("/connectors/call-files/freeswitch-xml", test_freeswitch_xml);
  g_test_add_func ("/connectors/call-files/records", test_records);
  return g_test_run ();
}
