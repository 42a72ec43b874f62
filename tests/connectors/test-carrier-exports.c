/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-gunzip.h"
#include "tb-pbx-collect.h"

/* Carriers that make a file of calls when asked, and say later where it is. */

#define SECRET "S3CR3T-export"
#define FROM 1769904000 /* 2026-02-01T00:00:00Z */
#define TO 1772323200   /* 2026-03-01T00:00:00Z */
#define DIDWW_ID "efb10867-5dfc-54b6-a503-fa145a4f3c93"
#define OUT_HEAD "Time Start (UTC),Source,CLI,Destination,Duration (secs),Disconnect Code,Disconnect Reason,CDR Type,Trunk Name\n"

/* ---- helpers ---- */

static GBytes *
gzip (const char *text, gsize len)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, (gssize) len, NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, converter);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_assert_cmpint (g_output_stream_splice (out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL), >=, 0);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
on_gzip (TbFakeServer *server, const char *request, const char *sample)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", sample, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) packed = NULL;
  gsize len;

  if (!g_file_get_contents (path, &text, &len, NULL))
    text = g_strdup (sample), len = strlen (sample);
  packed = gzip (text, len);
  tb_fake_server_on_bytes (server, request, NULL, 200, packed);
}

static char *
status (const char *id, const char *status, const char *member, const char *url)
{
  return g_strdup_printf ("{\"data\":{\"id\":%s,\"attributes\":{\"status\":\"%s\",\"%s\":%s%s%s}}}", id, status, member, url != NULL ? "\"" : "",
                          url != NULL ? url : "null", url != NULL ? "\"" : "");
}

static void
on_status (TbFakeServer *server, const char *request, const char *holds, const char *id, const char *state, const char *member, const char *base, const char *path)
{
  g_autofree char *url = path != NULL ? g_strconcat (base, path, NULL) : NULL;
  g_autofree char *answer = status (id, state, member, url);

  tb_fake_server_on (server, request, holds, 200, answer);
}

/* ---- the samples ---- */

static void
test_didww (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autofree char *url = g_strconcat (tb_fake_server_get_url (server), "/v3/", NULL);
  g_autoptr (TbPbx) pbx = tb_pbx_for_test ("didww", url, NULL, SECRET);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST /v3/exports", "{\"data\":{\"type\":\"exports\",\"attributes\":{\"export_type\":\"cdr_in\",\"filters\":{\"from\":\"2026-02-01 00:00:00\","
                     "\"to\":\"2026-02-28 23:59:59\"}}}}", 201, "didww_export_create.json");
  on_status (server, "POST /v3/exports", "cdr_out", "\"out/1\"", "processing", "url", NULL, NULL);
  on_status (server, "GET /v3/exports/" DIDWW_ID, NULL, "\"" DIDWW_ID "\"", "Completed", "url", tb_fake_server_get_url (server), "/v3/exports/in.csv.gz");
  on_status (server, "GET /v3/exports/out/1", NULL, "\"out/1\"", "completed", "url", tb_fake_server_get_url (server), "/v3/exports/out.csv.gz");
  on_gzip (server, "GET /v3/exports/in.csv.gz", "didww_cdr_in_api2026.csv");
  on_gzip (server, "GET /v3/exports/out.csv.gz", "didww_cdr_out.csv");

  collected = tb_pbx_collect (pbx, FROM, TO);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 7 + 17);
  g_assert_cmpuint (collected->answered, ==, 6 + 14);
  g_assert_cmpint (collected->seconds, ==, 4045 + 15893);
  g_assert_cmpuint (collected->rejects, ==, 0);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 6);
  g_assert_cmpstr (tb_fake_server_get_header (server, "Api-Key"), ==, SECRET); /* of the download, which is on the same server */
  g_assert_cmpstr (collected->lines->pdata[1], ==, "|2026-02-03T14:40:12Z|acme||inbound|13125550144|Ng, Mei \"Mia\"|12045550101|12045550101||Request Terminated|-1|22|0");
  g_assert_cmpstr (collected->lines->pdata[8], ==, "|2026-02-03T14:02:11Z|acme||outbound|12045550101||12045550142|||OK|0|125|125");
}

/* The file is on another server, which is asked without the keys. */
static void
test_flowroute (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbFakeServer) files = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = tb_pbx_for_test ("flowroute", tb_fake_server_get_url (server), "access", SECRET);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "POST /v2/cdrs/exports",
                     "{\"data\":{\"type\":\"cdrexport\",\"attributes\":{\"filter_parameters\":{\"start_call_start_time\":\"2026-02-01 00:00:00\","
                     "\"start_call_end_time\":\"2026-03-01 00:00:00\"}}}}", 201, "flowroute_export_processing.json");
  on_status (server, "GET /v2/cdrs/exports/203485", NULL, "203485", "completed", "download_url", tb_fake_server_get_url (files), "/203485.gz?X-Amz-Signature=1");
  on_gzip (files, "GET /203485.gz?X-Amz-Signature=1", "flowroute_cdr_export.csv");

  collected = tb_pbx_collect (pbx, FROM, TO);
  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 24);
  g_assert_cmpuint (collected->answered, ==, 20);
  g_assert_cmpint (collected->seconds, ==, 19938);
  g_assert_cmpstr (tb_fake_server_get_header (server, "Authorization"), ==, "Basic YWNjZXNzOlMzQ1IzVC1leHBvcnQ=");
  g_assert_cmpstr (tb_fake_server_get_header (server, "Content-Type"), ==, NULL); /* the last one had no body */
  g_assert_cmpuint (tb_fake_server_get_count (files), ==, 1);
  g_assert_null (tb_fake_server_get_header (files, "Authorization"));
  g_assert_cmpstr (collected->lines->pdata[1], ==, "|2026-02-03T14:02:11Z|||outbound|+12045550101||12045550142|||OK|6|131|125");
}

/* Attempts at one call, with and without success. */
static void
test_attempts (void)
{
  static const char rows[] = "Date/Time Start (UTC),Status,Source,Destination DID,Duration (sec),Attempt,Disconnect Code,Response\n"
                             "2026-02-03 14:10:00,Not answered,1204,1205,0,1,486,Busy\n" /* stands for the call */
                             "2026-02-03 14:10:00,Not answered,1204,1205,0,2,480,Gone\n" /* adds nothing */
                             "2026-02-03 14:10:00,Answered,1204,1205,9,3,200,OK\n"
                             "2026-02-03 14:11:00,Answered,1204,1205,0,2,200,OK\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (rows, -1, NULL);
  TbCallReaderOptions options = { .format = "didww" };
  g_autoptr (TbCallReader) reader = tb_call_reader_new (stream, &options, NULL, NULL);
  const gint32 rings[] = { -1, 0, 0 }, seconds[] = { 0, 9, 0 };
  const TbReadReject *reject;
  const TbCall *call;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (tb_call_reader_next (reader, &call, &reject, NULL), ==, TB_READ_CALL);
      g_assert_cmpint (call->ring, ==, rings[i]);
      g_assert_cmpint (call->seconds, ==, seconds[i]);
    }
  g_assert_cmpint (tb_call_reader_next (reader, &call, &reject, NULL), ==, TB_READ_END);
  g_assert_cmpuint (tb_call_reader_get_skipped (reader), ==, 1);
}

/* ---- bad answers ---- */

static void
test_answers (void)
{
  static const struct { const char *why; guint ordered; const char *order, *look; guint file_status; const char *file; int code; const char *says; guint requests; } rows[] = {
    { "no calls", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", "%s/file", 200, OUT_HEAD, -1, "0 calls", 3 },
    { "nothing in the file", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", "%s/file", 200, "", -1, "0 calls", 3 },
    { "done at once", 201, "{\"data\":{\"id\":1,\"attributes\":{\"status\":\"Completed\",\"url\":\"%s/file\"}}}", "", 200, OUT_HEAD, -1, "0 calls", 2 },
    { "wrong key, once", 401, "{\"errors\":[{\"title\":\"Unauthorized\"}]}", "", 200, "", TB_ERROR_AUTH, "Unauthorized", 1 },
    { "bad filters", 422, "{\"errors\":[{\"title\":\"is invalid\",\"detail\":\"from - is invalid\"}]}", "", 200, "", TB_ERROR_FAILED, "is invalid", 1 },
    { "no number", 201, "{\"data\":{}}", "", 200, "", TB_ERROR_INVALID_INPUT, "no number", 1 },
    { "it failed", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Failed\"}}}", "", 200, "", TB_ERROR_FAILED, "failed", 1 },
    { "never done", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", NULL, 200, "", TB_ERROR_TIMEOUT, "nine minutes", 41 },
    { "an unsafe place", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", "http://files.example.net/S3CR3T-signature", 200, "", TB_ERROR_INVALID_INPUT, "safe", 2 },
    { "no place at all", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", "file:///etc/passwd", 200, "", TB_ERROR_INVALID_INPUT, "safe", 2 },
    { "the file is gone", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", "%s/file?S3CR3T", 404, "<Error/>", TB_ERROR_NOT_FOUND, "404", 3 },
    { "a web page in its place", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", "%s/file", 200, "<html>\nlogin</html>\n", TB_ERROR_AUTH, "login page", 3 },
    { "another table", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", "%s/file", 200, "a,b,c\n1,2,3\n", TB_ERROR_INVALID_INPUT, "a, b, c", 3 },
    { "half a gzip", 201, "{\"data\":{\"id\":\"1\",\"attributes\":{\"status\":\"Pending\"}}}", "%s/file", 200, "\x1f\x8b\x08\n", TB_ERROR_STORAGE, "", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      g_autoptr (TbPbx) pbx = tb_pbx_for_test ("didww", tb_fake_server_get_url (server), NULL, SECRET);
      g_auto (GStrv) order = g_strsplit (rows[i].order, "%s", -1), look = g_strsplit (rows[i].look != NULL ? rows[i].look : "", "%s", -1);
      g_autofree char *ordered = g_strjoinv (tb_fake_server_get_url (server), order), *url = g_strjoinv (tb_fake_server_get_url (server), look);

      tb_fake_server_on (server, "POST /v3/exports", NULL, rows[i].ordered, ordered);
      on_status (server, "GET /v3/exports/1", NULL, "\"1\"", rows[i].look != NULL ? "Completed" : "Processing", "url", "", rows[i].look != NULL ? url : NULL);
      tb_fake_server_on (server, "GET /file", NULL, rows[i].file_status, rows[i].file);
      tb_pbx_assert_says (pbx, rows[i].why, rows[i].code, rows[i].says);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
    }
}

/* ---- gzip ---- */

static char *
read_all (GBytes *bytes, gint64 limit, GError **error)
{
  g_autoptr (GInputStream) stream = tb_gunzip_stream_new (bytes, limit);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_NONE, NULL, error) < 0)
    return NULL;
  g_output_stream_write (out, "", 1, NULL, NULL);
  return g_strdup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)));
}

static void
test_gzip (void)
{
  g_autofree char *large = g_strnfill (5 * 1024 * 1024, 'x');
  g_autoptr (GBytes) one = gzip ("one,", 4), two = gzip ("two", 3), none = gzip ("", 0), bomb = gzip (large, strlen (large));
  g_autoptr (GBytes) plain = g_bytes_new_static ("plain", 5), cut = g_bytes_new_from_bytes (one, 0, g_bytes_get_size (one) - 1);
  g_autoptr (GBytes) damaged = NULL;
  g_autoptr (GByteArray) parts = g_byte_array_new ();
  const struct { const char *why; GBytes *bytes; gint64 limit; const char *text; GQuark domain; } rows[] = {
    { "one part", one, 100, "one,", 0 },
    { "nothing packed", none, 100, "", 0 },
    { "not packed", plain, 100, "plain", 0 },
    { "exactly at the limit", one, 4, "one,", 0 },
    { "one beyond it", one, 3, NULL, TB_ERROR },
    { "a small file of many zeros", bomb, 1024 * 1024, NULL, TB_ERROR },
    { "cut", cut, 100, NULL, G_IO_ERROR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_all (rows[i].bytes, rows[i].limit, &error);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpuint (error != NULL ? error->domain : 0, ==, rows[i].domain);
    }
  g_byte_array_append (parts, g_bytes_get_data (one, NULL), (guint) g_bytes_get_size (one));
  g_byte_array_append (parts, g_bytes_get_data (two, NULL), (guint) g_bytes_get_size (two));
  damaged = g_byte_array_free_to_bytes (g_steal_pointer (&parts));
  {
    g_autofree char *text = read_all (damaged, 100, NULL);

    g_assert_cmpstr (text, ==, "one,two"); /* two parts, one after the other */
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/carrier-exports/didww", test_didww);
  g_test_add_func ("/connectors/carrier-exports/flowroute", test_flowroute);
  g_test_add_func ("/connectors/carrier-exports/attempts", test_attempts);
  g_test_add_func ("/connectors/carrier-exports/answers", test_answers);
  g_test_add_func ("/connectors/carrier-exports/gzip", test_gzip);
  return g_test_run ();
}
