/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "tb-call-receiver.h"
#include "tb-error.h"
#include "tb-folder.h"
#include "tb-pbx-collect.h"
#include "tb-text.h"

#define SECRET "S3CR3T:with a colon"
#define URL "http://127.0.0.1:0/cdr"
#define INBOUND "841dc46d-cd62-5b84-9190-52277031d994"

/* ---- a receiver and its folder ---- */

static TbCallReceiver *
receive_at (const char *url, const char *user, const char *secret, GError **error)
{
  g_autoptr (TbConnection) connection = tb_connection_new ();

  tb_set_str (&connection->name, "switch");
  tb_set_str (&connection->kind, "push");
  tb_set_str (&connection->url, url);
  tb_set_str (&connection->user, user);
  return tb_call_receiver_new (connection, secret, error);
}

static TbCallReceiver *
receive (void)
{
  g_autoptr (GError) error = NULL;
  TbCallReceiver *receiver = receive_at (URL, "cdr", SECRET, &error);

  g_assert_no_error (error);
  return receiver;
}

/* Names of what is in the folder; all of it is removed. */
static char *
empty (TbCallReceiver *receiver)
{
  const char *folder = tb_call_receiver_get_folder (receiver);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_ptr_array_add (names, g_strdup (name));
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

/* ---- what posts: raw bytes, in a thread of its own ---- */

typedef struct
{
  guint16 port;
  const char *request;
  gsize len;
  gboolean cut; /* no more is sent after it */
  char *answer;
  gint done;
} Client;

static gpointer
talk (gpointer data)
{
  Client *self = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) answer = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), self->request, self->len, NULL, NULL, NULL);
  if (self->cut)
    g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  while ((n = g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (answer, buffer, n);
  self->answer = g_strdup (answer->str);
  g_atomic_int_set (&self->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

static guint16
port_of (TbCallReceiver *receiver)
{
  g_autofree char *address = tb_call_receiver_dup_address (receiver);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return (guint16) g_uri_get_port (uri);
}

/* The status of the answer; 0 = none. */
static guint
send_raw (TbCallReceiver *receiver, const char *request, gsize len, gboolean cut)
{
  Client client = { .port = port_of (receiver), .request = request, .len = len, .cut = cut };
  g_autoptr (GThread) thread = g_thread_new ("client", talk, &client);
  g_autofree char *answer = NULL;

  while (!g_atomic_int_get (&client.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (g_steal_pointer (&thread));
  answer = client.answer;
  g_test_message ("%.*s", (int) strcspn (answer, "\r"), answer);
  g_assert_null (strstr (answer, "S3CR3T"));
  return g_str_has_prefix (answer, "HTTP/1.1 ") ? (guint) atoi (answer + strlen ("HTTP/1.1 ")) : 0;
}

static guint
post_as (TbCallReceiver *receiver, const char *method, const char *target, const char *login, const char *type, const char *body, gsize len)
{
  g_autofree char *encoded = login != NULL ? g_base64_encode ((const guchar *) login, strlen (login)) : NULL;
  g_autoptr (GString) request = g_string_new (NULL);

  g_string_printf (request, "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n", method, target, len);
  if (encoded != NULL)
    g_string_append_printf (request, "Authorization: Basic %s\r\n", encoded);
  if (type != NULL)
    g_string_append_printf (request, "Content-Type: %s\r\n", type);
  g_string_append (request, "\r\n");
  g_string_append_len (request, body, (gssize) len);
  return send_raw (receiver, request->str, request->len, FALSE);
}

static guint
post (TbCallReceiver *receiver, const char *target, const char *type, const char *body)
{
  return post_as (receiver, "POST", target, "cdr:" SECRET, type, body, strlen (body));
}

/* ---- samples ---- */

static char *
read_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* As a sample was posted: "…\r\n\r\nbody". */
static char *
read_body (const char *name)
{
  g_autofree char *text = read_sample (name);
  const char *body = strstr (text, "\r\n\r\n");

  return g_strdup (body != NULL ? body + 4 : strstr (text, "\n\n") + 2);
}

typedef enum { AS_IT_IS, FIELD, BASE64, ESCAPED } Wrap;

static char *
wrap (const char *text, Wrap how)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);

  return how == AS_IT_IS ? g_strdup (text) : g_strconcat ("cdr=", how == FIELD ? text : how == BASE64 ? base64 : escaped, NULL);
}

/* What is collected afterwards is what the module's own file has. */
static void
test_encodings (void)
{
  static const char json[] = "freeswitch_json_cdr/a_" INBOUND ".cdr.json";
  static const char xml[] = "freeswitch_xml_cdr/a_216565f2-f9f0-5f1c-b1ba-8b38e371df53.cdr.xml";
  static const struct { const char *why, *file; Wrap wrap; const char *type, *uuid, *name, *caller; } rows[] = {
    { "mod_json_cdr, encode=false", "freeswitch_post_json_plain.http", AS_IT_IS, "application/json", INBOUND, INBOUND ".cdr.json",
      "Ng, Mei \"Mia\"" },
    { "mod_json_cdr as it comes, whose values lose their quotes", "freeswitch_post_json_default.LOSSY.http", AS_IT_IS,
      "application/x-www-form-urlencoded",
      INBOUND, INBOUND ".cdr.json", "Ng, Mei \"Mia\"" },
    { "mod_xml_cdr, encode=true", "freeswitch_post_xml.http", AS_IT_IS, "application/x-www-form-urlencoded", "a_216565f2",
      "a_216565f2.cdr.xml", "" },
    { "mod_xml_cdr, base64", xml, BASE64, "application/x-www-form-base64-encoded", "a_2", "a_2.cdr.xml", "" },
    { "mod_xml_cdr, textxml", xml, AS_IT_IS, "text/xml", "a_2", "a_2.cdr.xml", "" },
    { "mod_xml_cdr, encode=false", xml, FIELD, "application/x-www-form-plaintext", "a_2", "a_2.cdr.xml", "" },
    { "mod_json_cdr, base64", json, BASE64, "application/x-www-form-base64-encoded", INBOUND, INBOUND ".cdr.json", "Ng, Mei \"Mia\"" },
    { "a form that says its character set", json, ESCAPED, "application/x-www-form-urlencoded; charset=utf-8", "u", "u.cdr.json",
      "Ng, Mei \"Mia\"" },
    { "a form that does not say that it is one", json, ESCAPED, NULL, "u", "u.cdr.json", "Ng, Mei \"Mia\"" },
  };
  g_autoptr (TbCallReceiver) receiver = receive ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_str_has_suffix (rows[i].file, ".http") ? read_body (rows[i].file) : read_sample (rows[i].file);
      g_autofree char *body = wrap (text, rows[i].wrap), *target = g_strconcat ("/cdr?uuid=", rows[i].uuid, NULL);
      g_autoptr (TbPbx) pbx = tb_pbx_for_test ("push", URL, "cdr", SECRET);
      g_autoptr (TbCollected) collected = NULL;
      g_autofree char *names = NULL;

      g_test_message ("%s", rows[i].why);
      g_assert_cmpuint (post (receiver, target, rows[i].type, body), ==, 200);
      g_assert_cmpuint (post (receiver, target, rows[i].type, body), ==, 200); /* again: the answer was lost on its way */
      collected = tb_pbx_collect (pbx, 0, 1);
      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->calls, ==, 1);
      g_assert_cmpuint (collected->rejects, ==, 0);
      g_assert_nonnull (strstr (collected->lines->pdata[0], rows[i].caller));
      names = empty (receiver);
      g_assert_cmpstr (names, ==, rows[i].name);
    }
  g_assert_cmpuint (tb_call_receiver_get_taken (receiver), ==, 2 * G_N_ELEMENTS (rows));
}

/* ---- Vodia: one post a leg ---- */

static void
assert_lines (TbCollected *collected)
{
  static const char *const lines[] = {
    "acme.pbx.example.com/f43e459c2c6990af@192.0.2.30|2026-02-03T14:02:11Z|acme.pbx.example.com|1001|outbound|1001||+12045550142||||6|131|125",
    "acme.pbx.example.com/d4a50202b5fdd731@192.0.2.30|2026-02-03T14:10:00Z|acme.pbx.example.com||inbound|+12045550171||+12045550101|+12045550101|||9|70|61",
    "acme.pbx.example.com/a3dc669471d19268@192.0.2.30|2026-02-03T14:40:12Z|acme.pbx.example.com||inbound|+13125550144||+12045550101|+12045550101|||-1|22|0",
  };

  g_assert_no_error (collected->error);
  g_assert_cmpuint (collected->unique, ==, 4); /* C01, C02, C05 and C12 */
  g_assert_cmpuint (collected->rejects, ==, 0);
  g_assert_cmpint (collected->seconds, ==, 125 + 61 + 3601);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *uid = g_strndup (lines[i], strcspn (lines[i], "|"));

      g_assert_cmpstr (tb_collected_find (collected, uid), ==, lines[i]);
    }
}

static void
test_vodia (void)
{
  g_autofree char *text = read_sample ("vodia_json_cdr_push.PARTLY_ASSUMED.json");
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonArray *legs = json_node_get_array (root);
  g_autoptr (TbCallReceiver) receiver = receive ();

  for (gboolean together = FALSE; together <= TRUE; together++)
    {
      g_autoptr (TbPbx) pbx = tb_pbx_for_test ("push", URL, "cdr", SECRET);
      g_autoptr (TbCollected) collected = NULL;
      g_autofree char *left = NULL;

      for (guint i = 0; i < json_array_get_length (legs) && !together; i++)
        {
          g_autofree char *leg = json_to_string (json_array_get_element (legs, i), FALSE);

          g_assert_cmpuint (post (receiver, "/cdr", "application/json", leg), ==, 200);
        }
      if (together)
        g_assert_cmpuint (post (receiver, "/cdr", NULL, text), ==, 200);
      collected = tb_pbx_collect (pbx, 0, 1);
      assert_lines (collected);
      left = empty (receiver);
    }
}

#define LEG "{\"action\":\"call-data-record\",\"PrimaryCallID\":\"p\",\"CallID\":\"c\",\"Domain\":\"acme\",\"From\":\"<sip:1001@acme>\",\"To\":\"<sip:+12045550142@acme>\""
#define TRUNK LEG ",\"Type\":\"extcall\",\"Direction\":\"O\""

/* What is assumed of the posts may be otherwise. */
static void
test_vodia_shapes (void)
{
  static const struct { const char *why, *body; guint status; const char *end; } rows[] = {
    { "Unix seconds as texts, no length", TRUNK ",\"TimeStart\":\"1770127331.5\",\"TimeConnected\":\"1770127337.5\",\"TimeEnd\":\"1770127462.5\"}", 200, "|6|131|125" },
    { "Unix seconds as numbers", TRUNK ",\"TimeStart\":1770127331,\"TimeConnected\":1770127337,\"TimeEnd\":1770127462}", 200, "|6|131|125" },
    { "ISO 8601 with offset", TRUNK ",\"TimeStart\":\"2026-02-03T14:02:11Z\",\"TimeConnected\":\"2026-02-03T08:02:17-06:00\",\"TimeEnd\":\"2026-02-03T14:04:22Z\"}", 200, "|6|131|125" },
    { "a length alone", TRUNK ",\"TimeStart\":1770127331,\"DurationSeconds\":125}", 200, "|0|125|125" },
    { "nobody answered", TRUNK ",\"TimeStart\":1770127331,\"TimeConnected\":0,\"TimeEnd\":1770127351}", 200, "|-1|20|0" },
    { "a trunk, though no type is said", LEG ",\"Direction\":\"O\",\"TrunkID\":106,\"TimeStart\":1770127331,\"DurationSeconds\":5}", 200, "|0|5|5" },
    { "a phone's leg is no call", LEG ",\"Type\":\"extension\",\"Direction\":\"I\"}", 200, NULL },
    { "a trunk's leg without times", TRUNK "}", 400, NULL },
    { "it ends before it begins", TRUNK ",\"TimeStart\":1770127331,\"TimeEnd\":1770127330}", 400, NULL },
    { "a length that is none", TRUNK ",\"TimeStart\":1770127331,\"DurationSeconds\":\"long\"}", 400, NULL },
    { "an empty list", "[]", 400, NULL },
    { "calls of another PBX", "[{\"cdr_id\":1}]", 400, NULL },
  };
  g_autoptr (TbCallReceiver) receiver = receive ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbPbx) pbx = tb_pbx_for_test ("push", URL, "cdr", SECRET);
      g_autoptr (TbCollected) collected = NULL;
      g_autofree char *names = NULL;

      g_test_message ("%s", rows[i].why);
      g_assert_cmpuint (post (receiver, "/cdr", "application/json", rows[i].body), ==, rows[i].status);
      collected = tb_pbx_collect (pbx, 0, 1);
      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->calls, ==, rows[i].end != NULL);
      g_assert_cmpuint (collected->rejects, ==, 0);
      if (rows[i].end != NULL)
        g_assert_true (g_str_has_suffix (collected->lines->pdata[0], rows[i].end));
      names = empty (receiver);
    }
}

/* ---- names of files ---- */

static void
test_names (void)
{
  static const struct { const char *why, *target; gboolean hashed; } rows[] = {
    { "no id", "/cdr", TRUE },
    { "an id that leads out of the folder", "/cdr?uuid=..%2F..%2Fetc%2Fpasswd", TRUE },
    { "a hidden one", "/cdr?uuid=.bashrc", TRUE },
    { "none at all", "/cdr?uuid=", TRUE },
    { "an id", "/cdr?x=1&uuid=a_5-B", FALSE },
  };
  g_autofree char *body = read_body ("freeswitch_post_json_plain.http");
  g_autoptr (TbCallReceiver) receiver = receive ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *names = NULL;

      g_test_message ("%s", rows[i].why);
      g_assert_cmpuint (post (receiver, rows[i].target, "application/json", body), ==, 200);
      names = empty (receiver);
      if (rows[i].hashed)
        g_assert_cmpuint (strlen (names), ==, 64 + strlen (".cdr.json"));
      else
        g_assert_cmpstr (names, ==, "a_5-B.cdr.json");
    }
}

/* ---- what is refused ---- */

static void
test_refused (void)
{
  static const struct { const char *why, *method, *target, *login, *type, *body; guint status; } rows[] = {
    { "no password", "POST", "/cdr", NULL, "application/json", NULL, 401 },
    { "a wrong one", "POST", "/cdr", "cdr:guess", "application/json", NULL, 401 },
    { "a wrong user", "POST", "/cdr", "root:" SECRET, "application/json", NULL, 401 },
    { "a part of it", "POST", "/cdr", "cdr:S3CR3T", "application/json", NULL, 401 },
    { "no colon", "POST", "/cdr", "cdr", "application/json", NULL, 401 },
    { "nothing", "POST", "/cdr", "", "application/json", NULL, 401 },
    { "GET", "GET", "/cdr", "cdr:" SECRET, NULL, "", 405 },
    { "PUT", "PUT", "/cdr", "cdr:" SECRET, "application/json", NULL, 405 },
    { "another place", "POST", "/cdr/", "cdr:" SECRET, "application/json", NULL, 404 },
    { "no call", "POST", "/cdr", "cdr:" SECRET, "application/json", "{\"hello\":\"world\"}", 400 },
    { "nothing in it", "POST", "/cdr", "cdr:" SECRET, "application/json", "", 400 },
    { "nothing in the field", "POST", "/cdr", "cdr:" SECRET, "application/x-www-form-base64-encoded", "cdr=", 400 },
    { "no base64", "POST", "/cdr", "cdr:" SECRET, "application/x-www-form-base64-encoded", "cdr=!", 400 },
    { "cut XML", "POST", "/cdr", "cdr:" SECRET, "text/xml", "<?xml version=\"1.0\"?><cdr><variables><uuid>1</uuid>", 400 },
    { "cut JSON", "POST", "/cdr", "cdr:" SECRET, "application/json", "{\"variables\":{\"uuid\":\"1\",", 400 },
    { "no times", "POST", "/cdr", "cdr:" SECRET, "application/json", "{\"variables\":{\"uuid\":\"1\"}}", 400 },
    { "rows", "POST", "/cdr", "cdr:" SECRET, "text/csv", "uid,start\n", 400 },
  };
  g_autofree char *good = read_body ("freeswitch_post_json_plain.http");
  g_autoptr (TbCallReceiver) receiver = receive ();
  g_autofree char *names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *body = rows[i].body != NULL ? rows[i].body : good;

      g_test_message ("%s", rows[i].why);
      g_assert_cmpuint (post_as (receiver, rows[i].method, rows[i].target, rows[i].login, rows[i].type, body, strlen (body)), ==,
                        rows[i].status);
    }
  g_assert_cmpuint (tb_call_receiver_get_refused (receiver), ==, G_N_ELEMENTS (rows));
  g_assert_cmpuint (post (receiver, "/cdr?uuid=good", "application/json", good), ==, 200); /* it goes on */
  names = empty (receiver);
  g_assert_cmpstr (names, ==, "good.cdr.json");
}

static void
test_limits (void)
{
  enum { BIG = (4 << 20) + 1 };
  g_autofree char *big = g_strnfill (BIG, ' ');
  g_autofree char *login = g_base64_encode ((const guchar *) "cdr:" SECRET, strlen ("cdr:" SECRET));
  g_autofree char *head = g_strdup_printf ("POST /cdr HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\n"
                                           "Content-Type: application/json\r\n", login);
  g_autofree char *chunked = g_strdup_printf ("%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", head, (guint) BIG, big);
  g_autofree char *cut = g_strdup_printf ("%sContent-Length: 4000\r\n\r\n{\"variables\":{\"uuid\":\"1\"}}", head);
  g_autofree char *headers = g_strdup_printf ("%sX-Big: %.*s\r\nContent-Length: 2\r\n\r\n{}", head, 1 << 20, big);
  g_autoptr (TbCallReceiver) receiver = receive ();
  g_autofree char *names = NULL;
  guint status;

  g_test_message ("a body that says that it is too large");
  status = post_as (receiver, "POST", "/cdr", "cdr:" SECRET, "application/json", big, BIG);
  g_assert_true (status == 413 || status == 0); /* closed before all of it was sent */
  g_test_message ("one that does not say so");
  status = send_raw (receiver, chunked, strlen (chunked), FALSE);
  g_assert_true (status == 413 || status == 0);
  g_test_message ("a body that ends before its end");
  g_assert_cmpuint (send_raw (receiver, cut, strlen (cut), TRUE), !=, 200);
  g_test_message ("headers without end");
  g_assert_cmpuint (send_raw (receiver, headers, strlen (headers), FALSE), !=, 200);
  tb_call_receiver_set_deadline (receiver, 50);
  g_test_message ("one that never ends");
  g_assert_cmpuint (send_raw (receiver, cut, strlen (cut), FALSE), ==, 0);
  g_test_message ("nothing at all");
  g_assert_cmpuint (send_raw (receiver, "", 0, FALSE), ==, 0);
  names = empty (receiver);
  g_assert_cmpstr (names, ==, "");
}

/* Sixty-four that say nothing keep a sixty-fifth out, and it is let in when they are gone. */
static void
test_crowd (void)
{
  g_autoptr (TbCallReceiver) receiver = receive ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GPtrArray) crowd = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *body = read_body ("freeswitch_post_json_plain.http"), *names = NULL;

  for (guint i = 0; i < 64; i++)
    {
      GSocketConnection *connection = g_socket_client_connect_to_host (client, "127.0.0.1", port_of (receiver), NULL, NULL);

      g_assert_nonnull (connection);
      g_ptr_array_add (crowd, connection);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (post (receiver, "/cdr", "application/json", body), ==, 0);
  g_ptr_array_set_size (crowd, 0);
  for (guint i = 0; i < 1000 && post (receiver, "/cdr?uuid=1", "application/json", body) != 200; i++)
    g_usleep (1000);
  names = empty (receiver);
  g_assert_cmpstr (names, ==, "1.cdr.json");
}

/* ---- the disk ---- */

static void
test_full (void)
{
  g_autofree char *body = read_body ("freeswitch_post_json_plain.http"), *names = NULL;
  g_autoptr (TbCallReceiver) receiver = receive ();
  struct rlimit before, tight;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  tight = before;
  tight.rlim_cur = 1000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_cmpuint (post (receiver, "/cdr?uuid=1", "application/json", body), ==, 507);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  names = empty (receiver);
  g_assert_cmpstr (names, ==, ""); /* not a part of it either */
  g_assert_cmpuint (tb_call_receiver_get_taken (receiver), ==, 0);

  g_test_message ("its folder was taken away");
  g_assert_cmpint (g_rmdir (tb_call_receiver_get_folder (receiver)), ==, 0);
  g_assert_cmpuint (post (receiver, "/cdr?uuid=1", "application/json", body), ==, 500);
}

/* ---- what becomes of the files ---- */

static void
set_age (const char *path, int days)
{
  const struct timespec times[] = { { time (NULL) - days * 86400, 0 }, { time (NULL) - days * 86400, 0 } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

/* What is in the books is removed after a month, and nothing else is; a folder that was collected is collected again as if nothing had been. */
static void
test_old (void)
{
  static const struct { const char *why, *uuid; int days; gboolean known, changed; gboolean stays; } rows[] = {
    { "in the books since long", "a", 40, TRUE, FALSE, FALSE },
    { "in the books since a while", "b", 20, TRUE, FALSE, TRUE },
    { "old, but not collected yet", "c", 40, FALSE, FALSE, TRUE },
    { "posted again since", "d", 40, TRUE, TRUE, TRUE },
  };
  g_autofree char *body = read_body ("freeswitch_post_json_plain.http");
  g_autoptr (TbCallReceiver) receiver = receive ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const TbConnection connection = { .name = (char *) "switch", .kind = (char *) "push", .url = (char *) URL };
  g_autoptr (TbPbx) pbx = tb_pbx_new (&connection, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *target = g_strconcat ("/cdr?uuid=", rows[i].uuid, NULL), *name = g_strconcat (rows[i].uuid, ".cdr.json", NULL);
      g_autofree char *path = g_build_filename (tb_call_receiver_get_folder (receiver), name, NULL);
      struct stat info;

      g_assert_cmpuint (post (receiver, target, "application/json", body), ==, 200);
      set_age (path, rows[i].days);
      g_assert_cmpint (stat (path, &info), ==, 0);
      if (rows[i].known)
        g_hash_table_insert (known, g_strdup (name), rows[i].changed ? g_strdup ("another") : tb_folder_dup_version (&info));
    }
  tb_pbx_set_known_files (pbx, known);
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, 0, G_MAXUINT32);

      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->pages, ==, 2); /* the one that nobody knew, and the one that changed */
      g_assert_cmpuint (collected->unique, ==, 1);
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          g_autofree char *name = g_strconcat (rows[i].uuid, ".cdr.json", NULL), *path = g_build_filename (tb_call_receiver_get_folder (receiver), name, NULL);

          g_test_message ("%s", rows[i].why);
          g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == rows[i].stays);
        }
    }
  g_free (empty (receiver));
}

/* ---- where it listens ---- */

static void
test_addresses (void)
{
  static const struct { const char *why, *url, *secret; int code; } rows[] = {
    { "this computer", "http://localhost:0/cdr", SECRET, -1 },
    { "all of its addresses, as was asked for", "http://0.0.0.0:0/cdr", SECRET, -1 },
    { "no password", URL, NULL, TB_ERROR_AUTH },
    { "an empty one", URL, "", TB_ERROR_AUTH },
    { "others can reach it, and no password", "http://0.0.0.0:0/cdr", NULL, TB_ERROR_AUTH },
    { "no host", "http://:8089/cdr", SECRET, TB_ERROR_INVALID_INPUT },
    { "a name", "http://billing.example.com:8089/cdr", SECRET, TB_ERROR_INVALID_INPUT },
    { "no port", "http://127.0.0.1/cdr", SECRET, TB_ERROR_INVALID_INPUT },
    { "no path", "http://127.0.0.1:8089", SECRET, TB_ERROR_INVALID_INPUT },
    { "TLS, which is a proxy's", "https://127.0.0.1:8089/cdr", SECRET, TB_ERROR_INVALID_INPUT },
    { "a password where it would be shown", "http://cdr:S3CR3T@127.0.0.1:8089/cdr", SECRET, TB_ERROR_INVALID_INPUT },
    { "somebody else's address", "http://203.0.113.9:8089/cdr", SECRET, TB_ERROR_NETWORK },
    { "nothing", "", SECRET, TB_ERROR_INVALID_INPUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbCallReceiver) receiver = receive_at (rows[i].url, NULL, rows[i].secret, &error);

      g_test_message ("%s: %s", rows[i].why, error != NULL ? error->message : "OK");
      if (rows[i].code >= 0)
        g_assert_error (error, TB_ERROR, rows[i].code);
      else
        g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *data = g_dir_make_tmp ("tb-push-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/push/encodings", test_encodings);
  g_test_add_func ("/connectors/push/names", test_names);
  g_test_add_func ("/connectors/push/vodia", test_vodia);
  g_test_add_func ("/connectors/push/vodia-shapes", test_vodia_shapes);
  g_test_add_func ("/connectors/push/refused", test_refused);
  g_test_add_func ("/connectors/push/limits", test_limits);
  g_test_add_func ("/connectors/push/crowd", test_crowd);
  g_test_add_func ("/connectors/push/addresses", test_addresses);
  g_test_add_func ("/connectors/push/old", test_old);
  g_test_add_func ("/connectors/push/full", test_full);
  return g_test_run ();
}
