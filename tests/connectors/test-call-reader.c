/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "tb-call-reader.h"
#include "tb-error.h"

#define HEADER "id,start,tenant,extension,direction,src,dst,duration,billsec,hangup_cause\n"
#define FUSION "\"xml_cdr_uuid\",\"start_epoch\",\"billsec\",\"caller_id_name\",\"destination_number\",\"domain_name\"\n"
#define ASTERISK "\"acme\",\"1001\",\"12045550142\",\"from-internal\",\"\"\"Al\"\" <1001>\",\"PJSIP/1001-01\",\"PJSIP/trunk-02\",\"Dial\",\"x\","

/* What a reader made of a whole file. */
typedef struct
{
  guint calls, rejects, answered, unique;
  gint64 seconds, unique_seconds;
  guint unique_answered;
  guint64 reject_line;
  char *reason, *format;
  char *first; /* the first call as text */
  GError *error;
} Result;

static void
result_clear (Result *self)
{
  g_free (self->reason);
  g_free (self->format);
  g_free (self->first);
  g_clear_error (&self->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static char *
call_to_text (const TbCall *call)
{
  g_autofree char *start = tb_time_format (call->start, NULL);

  return g_strdup_printf ("%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%d|%d|%d", call->uid, start, call->tenant, call->extension,
                          tb_direction_to_string (call->direction), call->caller, call->caller_name, call->callee, call->did, call->account_code,
                          call->cause, call->ring, call->duration, call->seconds);
}

static void
count_call (Result *self, const TbCall *call, GHashTable *seen)
{
  char *text = call_to_text (call);

  self->calls++;
  self->answered += call->ring >= 0;
  self->seconds += call->seconds;
  if (self->first == NULL)
    self->first = g_strdup (text);
  /* With an id the id decides, without one the content. */
  if (g_hash_table_add (seen, *call->uid != '\0' ? g_strdup (call->uid) : g_strdup (text)))
    {
      self->unique++;
      self->unique_answered += call->ring >= 0;
      self->unique_seconds += call->seconds;
    }
  g_free (text);
}

static Result
read_all (const char *data, gssize len, const TbCallReaderOptions *options)
{
  Result result = { 0 };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, len < 0 ? (gssize) strlen (data) : len, NULL);
  g_autoptr (TbCallReader) reader = tb_call_reader_new (stream, options, NULL, &result.error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const TbReadReject *reject;
  const TbCall *call;
  TbReadResult got;

  if (reader == NULL)
    {
      g_assert_nonnull (result.error);
      return result;
    }
  result.format = g_strdup (tb_call_reader_get_format (reader));
  while ((got = tb_call_reader_next (reader, &call, &reject, &result.error)) == TB_READ_CALL || got == TB_READ_REJECT)
    if (got == TB_READ_CALL)
      count_call (&result, call, seen);
    else if (result.rejects++ == 0)
      {
        g_assert_cmpuint (strlen (reject->raw), <=, (gsize) len);
        result.reason = g_strdup (reject->reason);
        result.reject_line = reject->line;
      }
  g_assert_true ((got == TB_READ_ERROR) == (result.error != NULL));
  return result;
}

static char *
load (const char *name, gsize *ret_len)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;

  g_file_get_contents (path, &data, ret_len, &error);
  g_assert_no_error (error);
  return data;
}

static TbZone *
winnipeg (void)
{
  return tb_zone_new ("America/Winnipeg", NULL);
}

/* ---- the samples, against expected.json ---- */

static void
test_samples (void)
{
  static const struct { const char *name, *format; gboolean in_utc; } rows[] = {
    { "fusionpbx_export_all.csv", "fusionpbx" }, /* second legs are left out, C01 comes twice */
    { "fusionpbx_export_admin.csv", "fusionpbx" }, /* no domain_name, hangup_cause, accountcode, tta */
    { "fusionpbx_export_5.1.csv", "fusionpbx" }, /* duration includes ringing */
    { "asterisk_Master.csv", "asterisk" },
    { "freepbx_asteriskcdrdb.sql", "freepbx" },
    { "fusionpbx_v_xml_cdr.sql", "fusionpbx" },
    { "asterisk_Master_newcdr_utc.csv", "asterisk", TRUE },
    { "asterisk_Master_newcdr_utc.csv", "asterisk", FALSE }, /* usegmtime is seen from the ids, whatever the zone */
    { "fspbx_v1_cdrs.json", "fspbx" },
    { "kazoo_cdrs.birch.csv", "kazoo" }, /* nothing is quoted; second legs are left out */
    { "netsapiens_v2_cdrs.acme.json", "netsapiens" },
    { "netsapiens_v2_cdrs.birch.json", "netsapiens" },
    { "freepbx_fetchAllCdrs_2026-02-03.json", "freepbx" },
    { "realworld_generic.csv", "csv" },
    { "voipms_getcdr.json", "voipms" }, /* C01 comes twice; times are those of timezone=0, whatever the zone */
    { "telnyx_batch_report.COLUMN_SET_PARTLY_ASSUMED.csv", "telnyx" }, /* UTC, though no title says so */
    { "bandwidth_insights_calls.json", "bandwidth" }, /* milliseconds */
    { "signalwire_voice_logs.json", "signalwire" }, /* what was deleted is no call */
    { "didww_cdr_in_api2017.csv", "didww" },
    { "didww_cdr_in_api2026.csv", "didww" },
    { "didww_cdr_out.csv", "didww" }, /* 0 seconds with code 200 are an answered call */
    { "flowroute_cdr_export.csv", "flowroute" },
    { "voicetel_cdr.json", "voicetel" },
    { "lesnet_cdr_ASSUMED_LAYOUT.txt", "lesnet" }, /* local times: two of November look the same */
    { "voipinnovations_20260203_20260204.FIRST_7_COLUMNS.CDR", "voipinnovations" }, /* GMT, no titles, no numbers */
  };
  gsize len;
  g_autofree char *json = load ("expected.json", &len);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *files;

  g_assert_true (json_parser_load_from_data (parser, json, (gssize) len, NULL));
  files = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), "files");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JsonObject *expected = json_object_get_object_member (files, rows[i].name);
      g_autoptr (TbZone) zone = rows[i].in_utc ? tb_zone_new_utc () : winnipeg ();
      TbCallReaderOptions options = { .zone = zone };
      g_autofree char *data = load (rows[i].name, &len);
      g_auto (Result) result = read_all (data, (gssize) len, &options);

      g_test_message ("%s", rows[i].name);
      g_assert_no_error (result.error);
      g_assert_cmpstr (result.reason, ==, NULL);
      g_assert_cmpstr (result.format, ==, rows[i].format);
      g_assert_cmpint (result.calls, ==, json_object_get_int_member (expected, "raw_records"));
      g_assert_cmpint (result.unique, ==, json_object_get_int_member (expected, "unique_records"));
      g_assert_cmpint (result.unique_answered, ==, json_object_get_int_member (expected, "answered_records"));
      g_assert_cmpint (result.unique_seconds, ==, json_object_get_int_member (expected, "answered_seconds"));
    }
}

/* Every call of the truth is there with its times and numbers, across both changes of clocks. */
static void
test_truth (void)
{
  static const char *const names[] = { "fusionpbx_export_all.csv", "asterisk_Master.csv", "asterisk_Master_newcdr_utc.csv" };
  gsize len;
  g_autofree char *json = load ("expected.json", &len);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *calls;

  g_assert_true (json_parser_load_from_data (parser, json, (gssize) len, NULL));
  calls = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "calls");
  for (guint file = 0; file < G_N_ELEMENTS (names); file++)
    {
      g_autoptr (TbZone) zone = winnipeg ();
      TbCallReaderOptions options = { .zone = zone };
      g_autoptr (GHashTable) starts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree char *data = load (names[file], &len);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) len, NULL);
      g_autoptr (TbCallReader) reader = tb_call_reader_new (stream, &options, NULL, NULL);
      const TbReadReject *reject;
      const TbCall *call;

      while (tb_call_reader_next (reader, &call, &reject, NULL) == TB_READ_CALL)
        {
          g_autofree char *start = tb_time_format (call->start, NULL);

          g_hash_table_add (starts, g_strdup_printf ("%s %s %d %s", start, tb_direction_to_string (call->direction), call->seconds, call->extension));
        }
      for (guint i = 0; i < json_array_get_length (calls); i++)
        {
          JsonObject *truth = json_array_get_object_element (calls, i);
          g_autofree char *key = g_strdup_printf ("%s %s %d %s", json_object_get_string_member (truth, "start_utc"),
                                                  json_object_get_string_member (truth, "direction"),
                                                  (int) json_object_get_int_member (truth, "talk_s"),
                                                  json_object_get_string_member (truth, "extension"));

          /* Transferred: two records in Asterisk, one with the last extension in FusionPBX. */
          if (g_str_equal (json_object_get_string_member (truth, "k"), "C14"))
            continue;
          g_test_message ("%s: %s %s", names[file], json_object_get_string_member (truth, "k"), key);
          g_assert_true (g_hash_table_contains (starts, key));
        }
    }
}

/* ---- texts ---- */

static void
test_calls (void)
{
  static const struct { const char *why, *format, *columns, *zone, *text, *first; guint calls, rejects; } rows[] = {
    { "plain titles need no mapping", "csv", NULL, NULL, HEADER "a1,2026-02-03T14:02:11Z,acme,1001,outbound,12045550101,12045550142,131,125,NORMAL_CLEARING\n",
      "a1|2026-02-03T14:02:11Z|acme|1001|outbound|12045550101||12045550142|||NORMAL_CLEARING|6|131|125", 1, 0 },
    { "the same is guessed, with BOM, CRLF and semicolons", NULL, NULL, NULL,
      "\xef\xbb\xbfid;start;src;dst;billsec\r\na1;2026-02-03 14:02:11;1001;12045550142;125\r\n",
      "a1|2026-02-03T14:02:11Z||||1001||12045550142||||0|125|125", 1, 0 },
    { "TAB, no id: left to the books", NULL, NULL, NULL, "Start Time\tFrom\tTo\tBillable Seconds\n2026-02-03 14:02:11\t1001\t204\t5\n",
      "|2026-02-03T14:02:11Z||||1001||204||||0|5|5", 1, 0 },
    { "bars, sep line, blank line, no line end at the end", NULL, NULL, NULL, "sep=|\nstart|to|duration\n\n2026-02-03 14:02:11|204|5",
      "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "mapping by title and number", "csv", "uid=2,start=When,callee=B,billsec=Talk", NULL, "When,Ref,A,B,Talk\n1770127331,r1,1001,204,00:02:05\n",
      "r1|2026-02-03T14:02:11Z||||||204||||0|125|125", 1, 0 },
    { "mapping by numbers, no titles", "csv", "start=1,caller=2,callee=3,billsec=4", NULL, "1770127331,1001,204,5\n1770127332,1001,204,6\n",
      "|2026-02-03T14:02:11Z||||1001||204||||0|5|5", 2, 0 },
    { "an empty mapping switches a column off", "csv", "tenant=", NULL, HEADER "a1,2026-02-03T14:02:11Z,acme,1001,outbound,1,2,131,125,X\n",
      "a1|2026-02-03T14:02:11Z||1001|outbound|1||2|||X|6|131|125", 1, 0 },
    { "local time in its zone", "csv", NULL, "America/Winnipeg", "start,to,billsec\n2026-02-03 08:02:11,204,5\n", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "a title that says UTC beats the zone", "csv", NULL, "America/Winnipeg", "Start (UTC),to,billsec\n2026-02-03 14:02:11,204,5\n",
      "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "an offset in the text beats the zone", "csv", NULL, "America/Winnipeg", "start,to,billsec\n2026-02-03T15:02:11+01:00,204,5\n",
      "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "two exports, one behind the other: titles again are no record", "csv", NULL, NULL, "start,to,billsec\n1770127331,204,5\nstart,to,billsec\n1770127332,204,6\n",
      "|2026-02-03T14:02:11Z||||||204||||0|5|5", 2, 0 },
    { "a word of the titles is not yet the titles", "csv", NULL, NULL, "start,to,billsec\n1770127331,204,5\n1770127332,to,6\n",
      "|2026-02-03T14:02:11Z||||||204||||0|5|5", 2, 0 },
    { "milliseconds since 1970", "csv", NULL, NULL, "start,to,billsec\n1770127331999,204,5\n", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "microseconds since 1970", "csv", NULL, NULL, "start,to,billsec\n1770127331999999,204,5\n", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "day first, known from another row", "csv", NULL, NULL, "start,to,billsec\n03/02/2026 14:02:11,204,5\n13/02/2026 14:02:11,204,5\n",
      "|2026-02-03T14:02:11Z||||||204||||0|5|5", 2, 0 },
    { "month first, known from another row", "csv", NULL, NULL, "start,to,billsec\n2/3/2026 14:02:11,204,5\n2/13/2026 14:02:11,204,5\n",
      "|2026-02-03T14:02:11Z||||||204||||0|5|5", 2, 0 },
    { "AM and PM go with the month first", "csv", NULL, NULL, "start,to,billsec\n02/03/2026 02:02:11 PM,204,5\n", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "the mapping decides", "csv", "dates=dmy", NULL, "start,to,billsec\n03/02/2026 14:02:11,204,5\n", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "mail dates", "csv", NULL, NULL, "start;to;billsec\nTue, 03 Feb 2026 14:02:11 +0000;204;5\n", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "date and time in two columns", "csv", NULL, NULL, "Date,Time,To,Duration\n2026-02-03,14:02:11,204,5\n", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "fractions of billable seconds go up", "csv", NULL, NULL, "start,to,billsec\n1770127331,204,60.001\n", "|2026-02-03T14:02:11Z||||||204||||0|61|61", 1, 0 },
    { "milliseconds by title", "csv", NULL, NULL, "start,to,Duration (ms)\n1770127331,204,60001\n", "|2026-02-03T14:02:11Z||||||204||||0|61|61", 1, 0 },
    { "minutes by title", "csv", NULL, NULL, "start,to,Duration (min)\n1770127331,204,1.5\n", "|2026-02-03T14:02:11Z||||||204||||0|90|90", 1, 0 },
    { "only a duration, and nobody answered: nothing billable", "csv", NULL, NULL, "start,to,duration,status\n1770127331,204,20,NO ANSWER\n",
      "|2026-02-03T14:02:11Z||||||204|||NO ANSWER|-1|20|0", 1, 0 },
    { "answer and end give the billable seconds", "csv", NULL, NULL, "start,answer,end,to,duration\n1770127331,1770127337,1770127462,204,131\n",
      "|2026-02-03T14:02:11Z||||||204||||6|131|125", 1, 0 },
    { "what a carrier billed is rounded: the duration counts", "csv", NULL, NULL, "start_time,destination,duration,billed_duration\n1770127331,204,125,126\n",
      "|2026-02-03T14:02:11Z||||||204||||0|125|125", 1, 0 },
    { "titles with units and zones in them", NULL, NULL, "America/Winnipeg", "Date/Time Start (UTC);Date/Time Connect (UTC);Source;Destination;Duration (sec)\n2026-02-03 14:02:11;2026-02-03 14:02:17;1001;204;125\n",
      "|2026-02-03T14:02:11Z||||1001||204||||6|125|125", 1, 0 },
    { "Windows-1252 text", "csv", NULL, NULL, "start,to,billsec,caller_name\n1770127331,204,5,Zo\xeb\n", "|2026-02-03T14:02:11Z|||||Zoë|204||||0|5|5", 1, 0 },
    { "blanks around values", "csv", NULL, NULL, "start, to, billsec\n1770127331, 204 , 5 \n", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },
    { "escaped quotes", "csv", NULL, NULL, "start,to,billsec,caller_name\n1770127331,204,5,\"Ng, \"\"Mia\"\"\"\n", "|2026-02-03T14:02:11Z|||||Ng, \"Mia\"|204||||0|5|5", 1, 0 },
    { "quotes not escaped, separator inside", "csv", NULL, NULL, "\"start\",\"caller_name\",\"to\",\"billsec\"\n\"1770127331\",\"Ng \"Mia\", Mei\",\"204\",\"5\"\n",
      "|2026-02-03T14:02:11Z|||||Ng \"Mia\", Mei|204||||0|5|5", 1, 0 },
    { "negative, empty, wordy seconds", "csv", NULL, NULL, "start,to,billsec\n1770127331,204,-5\n1770127331,204,\n1770127331,204,five\n", NULL, 0, 3 },
    { "wordy seconds that are not UTF-8: the reason is", "csv", NULL, NULL, "start,to,billsec\n1770127331,204,f\xfcnf\n", NULL, 0, 1 },
    { "thousands or a decimal comma: not guessed", "csv", NULL, NULL, "start;to;billsec\n1770127331;204;1,234\n", NULL, 0, 1 },
    { "more than 31 days", "csv", NULL, NULL, "start,to,billsec\n1770127331,204,99999999\n", NULL, 0, 1 },
    { "no number at all, no start", "csv", NULL, NULL, "start,from,to,billsec\n1770127331,,,5\n,1,2,5\n", NULL, 0, 2 },
    { "a separator too many shifts columns", "csv", NULL, NULL, "start,name,to,billsec\n1770127331,Ng, Mei,204,5\n", NULL, 0, 1 },
    { "the last line is cut", "csv", NULL, NULL, "start,to,billsec\n1770127331,204,5\n1770127332,20", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 1 },
    { "a quote that is never closed", "csv", NULL, NULL, "start,to,billsec,x\n1770127331,204,5,x\n1770127332,204,5,\"x", "|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 1 },
    { "dates of the other kind", "csv", "dates=dmy", NULL, "start,to,billsec\n02/13/2026 14:02,204,5\n", NULL, 0, 1 },

    { "FusionPBX: two blank lines are no calls", "fusionpbx", NULL, NULL, "\n\n", NULL, 0, 0 },
    { "FusionPBX: found by itself", NULL, NULL, NULL, "\n\n", NULL, 0, 0 },
    { "FusionPBX: quotes are not escaped", NULL, NULL, NULL, FUSION "\"u1\",\"1770127331\",\"5\",\"Ng, Mei \"Mia\"\",\"204\",\"acme\"\n",
      "u1|2026-02-03T14:02:11Z|acme||||Ng, Mei \"Mia\"|204||||0|5|5", 1, 0 },
    { "FusionPBX: a value cut in the last line", NULL, NULL, NULL, FUSION "\"u1\",\"1770127331\",\"5\",\"A\",\"204\",\"acme\"\n\"u2\",\"1770127331\",\"5\",\"A\",\"204\",\"ac",
      "u1|2026-02-03T14:02:11Z|acme||||A|204||||0|5|5", 1, 1 },
    { "FusionPBX: cut after an opening quote", NULL, NULL, NULL, FUSION "\"u2\",\"1770127331\",\"5\",\"A\",\"204\",\"", NULL, 0, 1 },
    { "FusionPBX: cut between values", NULL, NULL, NULL, FUSION "\"u2\",\"1770127331\",\"5\",\"A\",\"204\"", NULL, 0, 1 },
    { "FusionPBX: an error in the middle of the export", NULL, NULL, NULL, FUSION "<br />Fatal error: Allowed memory size exhausted\n", NULL, 0, 1 },
    { "FusionPBX: saved again by a spreadsheet", NULL, NULL, NULL, "xml_cdr_uuid,start_epoch,billsec,destination_number\nu1,1770127331,5,204\n",
      "u1|2026-02-03T14:02:11Z||||||204||||0|5|5", 1, 0 },

    { "Asterisk: 16 columns, no id", NULL, NULL, NULL, ASTERISK "\"2026-02-03 14:02:11\",\"2026-02-03 14:02:17\",\"2026-02-03 14:04:22\",131,125,\"ANSWERED\",\"DOCUMENTATION\"\n",
      "|2026-02-03T14:02:11Z|acme|1001|outbound|1001|Al|12045550142||acme|ANSWERED|6|131|125", 1, 0 },
    { "Asterisk: 17 columns, id with a system name", NULL, NULL, NULL, ASTERISK "\"2026-02-03 14:02:11\",,\"2026-02-03 14:02:15\",4,0,\"BUSY\",\"DOCUMENTATION\",\"pbx-1770127331.7\"\n",
      "pbx-1770127331.7/PJSIP/trunk-02/1770127331|2026-02-03T14:02:11Z|acme|1001|outbound|1001|Al|12045550142||acme|BUSY|-1|4|0", 1, 0 },
    { "Asterisk: the sequence at the end may be half of it", NULL, NULL, NULL, ASTERISK "\"2026-02-03 14:02:11\",,\"2026-02-03 14:02:15\",4,0,\"BUSY\",\"DOCUMENTATION\",\"1770127331.7\",\"\",\"\",\"1770127331.7\",5",
      NULL, 0, 1 },
    { "Asterisk: with titles, from the database", NULL, NULL, NULL,
      "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,accountcode,uniqueid,did\n"
      "2026-02-03 14:02:11,\"\"\"W\"\" <1204>\",1204,1002,from-did-direct,PJSIP/trunk-1,PJSIP/1002-2,Dial,x,70,61,ANSWERED,,1770127331.1,12045550101\n",
      "1770127331.1/PJSIP/1002-2/1770127331|2026-02-03T14:02:11Z||1002|inbound|1204|W|1002|12045550101||ANSWERED|9|70|61", 1, 0 },
    { "Asterisk: an unknown disposition is a shifted record", "asterisk", NULL, NULL, ASTERISK "\"2026-02-03 14:02:11\",,\"2026-02-03 14:02:15\",4,0,\"17\",\"DOCUMENTATION\"\n", NULL, 0, 1 },
    { "Asterisk: a fresh file is empty", "asterisk", NULL, NULL, "", NULL, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbZone) zone = rows[i].zone != NULL ? tb_zone_new (rows[i].zone, NULL) : NULL;
      TbCallReaderOptions options = { .format = rows[i].format, .columns = rows[i].columns, .zone = zone };
      g_auto (Result) result = read_all (rows[i].text, -1, &options);

      g_test_message ("%s; %s", rows[i].why, result.reason);
      g_assert_no_error (result.error);
      g_assert_cmpuint (result.calls, ==, rows[i].calls);
      g_assert_cmpuint (result.rejects, ==, rows[i].rejects);
      g_assert_cmpstr (result.first, ==, rows[i].first);
      g_assert_true (result.reason == NULL || g_utf8_validate (result.reason, -1, NULL));
    }
}

static void
test_refusals (void)
{
  static const struct { const char *why, *format, *columns, *text; int code; const char *says; } rows[] = {
    { "no permission", NULL, NULL, "access denied", TB_ERROR_AUTH, "access denied" },
    { "the same, named", "fusionpbx", NULL, "\naccess denied\n", TB_ERROR_AUTH, "access denied" },
    { "a login page", "fusionpbx", NULL, "<!DOCTYPE html><html><head><title>Login</title>", TB_ERROR_AUTH, "login page" },
    { "another page", "csv", NULL, "<html>It works</html>", TB_ERROR_INVALID_INPUT, "web page" },
    { "a document of nobody's", NULL, NULL, "{\"cdrs\":[]}", TB_ERROR_INVALID_INPUT, "Name it" },
    { "a spreadsheet", NULL, NULL, "PK\003\004....", TB_ERROR_INVALID_INPUT, "spreadsheet" },
    { "an unknown format", "nobodys", NULL, "a,b\n", TB_ERROR_INVALID_INPUT, "nobodys" },
    { "no start: the message names what is there", "csv", NULL, "Foo,To,Billsec\n1,2,3\n", TB_ERROR_INVALID_INPUT, "Foo, To, Billsec" },
    { "no seconds", NULL, NULL, "start,to\n1770127331,2\n", TB_ERROR_INVALID_INPUT, "billsec" },
    { "no number", NULL, NULL, "start,billsec\n1770127331,2\n", TB_ERROR_INVALID_INPUT, "callee" },
    { "a mapped column that is not there", "csv", "start=When", "start,to,billsec\n1,2,3\n", TB_ERROR_INVALID_INPUT, "When" },
    { "a field that is not there", "csv", "begin=start", "start,to,billsec\n1,2,3\n", TB_ERROR_INVALID_INPUT, "begin" },
    { "not a mapping", "csv", "start", "start,to,billsec\n1,2,3\n", TB_ERROR_INVALID_INPUT, "mapping" },
    { "day or month: nobody knows", "csv", NULL, "start,to,billsec\n02/03/2026 14:02,204,5\n", TB_ERROR_INVALID_INPUT, "dates=dmy" },
    { "day and month both come first", "csv", NULL, "start,to,billsec\n13/02/2026 14:02,204,5\n02/13/2026 14:02,204,5\n", TB_ERROR_INVALID_INPUT, "both|day first" },
    { "not FusionPBX", "fusionpbx", NULL, "start,to,billsec\n1,2,3\n", TB_ERROR_INVALID_INPUT, "xml_cdr_uuid" },
    { "not Asterisk", "asterisk", NULL, "start,to,billsec\n1,2,3\n", TB_ERROR_INVALID_INPUT, "Master.csv" },
    { "nothing", NULL, NULL, "", TB_ERROR_INVALID_INPUT, "empty" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbCallReaderOptions options = { .format = rows[i].format, .columns = rows[i].columns };
      g_auto (Result) result = read_all (rows[i].text, -1, &options);
      const char *says = strchr (rows[i].says, '|') != NULL ? strchr (rows[i].says, '|') + 1 : rows[i].says;

      g_test_message ("%s: %s", rows[i].why, result.error != NULL ? result.error->message : "no error");
      g_assert_error (result.error, TB_ERROR, rows[i].code);
      g_assert_nonnull (strstr (result.error->message, says));
    }
}

static void
test_bytes (void)
{
  static const char nul[] = "start,to,billsec\n1770127331,2\0004,5\n1770127331,204,5\n";
  static const char text[] = "start,to,billsec,caller_name\n1770127331,204,5,Łukasz\n";
  static const char *const wide[] = { "UTF-16", "UTF-16LE", "UTF-16BE" };
  g_auto (Result) result = read_all (nul, sizeof nul - 1, NULL);

  g_assert_no_error (result.error);
  g_assert_cmpuint (result.calls, ==, 1); /* reading goes on after the bad line */
  g_assert_cmpuint (result.rejects, ==, 1);
  g_assert_cmpuint (result.reject_line, ==, 2);

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      gsize len;
      g_autofree char *data = g_convert (text, -1, wide[i], "UTF-8", NULL, &len, NULL);
      g_auto (Result) got = read_all (data, (gssize) len, NULL);

      g_test_message ("%s", wide[i]);
      g_assert_no_error (got.error);
      g_assert_cmpstr (got.first, ==, "|2026-02-03T14:02:11Z|||||Łukasz|204||||0|5|5");
    }
}

/* Cut anywhere, a file never gives a call that the whole file does not have. */
static void
test_cut_anywhere (void)
{
  static const char *const names[] = { "fusionpbx_export_5.1.csv", "asterisk_Master_newcdr_utc.csv", "realworld_generic.csv" };

  for (guint file = 0; file < G_N_ELEMENTS (names); file++)
    {
      gsize len;
      g_autofree char *data = load (names[file], &len);
      g_auto (Result) all = read_all (data, (gssize) len, NULL);
      const char *end = data + len - 1;

      while (end[-1] != '\n')
        end--;
      for (gsize cut = (gsize) (end - data) + 1; cut < len - 1; cut++)
        {
          g_auto (Result) result = read_all (data, (gssize) cut, NULL);

          g_test_message ("%s at %" G_GSIZE_FORMAT, names[file], cut);
          g_assert_no_error (result.error);
          g_assert_cmpuint (result.calls + result.rejects, ==, all.calls);
          /* The last column of the generic file is not used: cut there, the call is whole. */
          if (result.rejects == 0)
            g_assert_cmpint (result.seconds, ==, all.seconds);
        }
    }
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (HEADER, -1, NULL);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tb_call_reader_new (stream, NULL, cancellable, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/call-reader/samples", test_samples);
  g_test_add_func ("/connectors/call-reader/truth", test_truth);
  g_test_add_func ("/connectors/call-reader/calls", test_calls);
  g_test_add_func ("/connectors/call-reader/refusals", test_refusals);
  g_test_add_func ("/connectors/call-reader/bytes", test_bytes);
  g_test_add_func ("/connectors/call-reader/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/connectors/call-reader/cancel", test_cancel);
  return g_test_run ();
}
