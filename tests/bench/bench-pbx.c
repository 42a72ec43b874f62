/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-pbx.h"
#include "bench-shape.h"

/* bench-pbx CALLS CONNECTIONS END: the month's calls behind as many PBXs and carriers, which one server on loopback plays: connection 7 is at
 * /c07. All answers are slices of texts that are rendered before, so that serving costs little beside what is measured. It prints its address,
 * and serves until its standard input ends. GET /requests tells what was asked since the last time, for bench-fetch to ask the same. */

#define LISTS 1000 /* at most: of connections, or of their tenants */
#define VODIA_PAGE 500
#define TELNYX_PAGE 50

typedef struct
{
  gint64 start;
  gsize at, end; /* in the text */
} Record;

/* Calls of one connection, or of one tenant where the API wants tenants. */
typedef struct
{
  GPtrArray *calls;  /* of BenchCall, until they are rendered */
  GString *text;
  GArray *records;   /* of Record, in the order of the text */
} List;

static List lists[LISTS];
static GString *requests;
static guint n_connections;

/* ---- rendering ---- */

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const BenchCall *x = *(BenchCall *const *) a, *y = *(BenchCall *const *) b;

  return (x->start > y->start) - (x->start < y->start);
}

static guint
tenant_of (const BenchCall *call)
{
  return (guint) atoi (call->tenant + 1) - 1;
}

/* By tenant first: those of one are the calls of one connection. */
static void
sort_out (guint64 n, gint64 shift)
{
  g_autoptr (GArray) deck = bench_deck_new (5000);
  BenchCalls *calls = bench_calls_new (deck, n);
  BenchCall call;

  for (guint i = 0; i < LISTS; i++)
    lists[i] = (List){ g_ptr_array_new_with_free_func (g_free), g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (Record)) };
  while (bench_calls_next (calls, &call))
    {
      guint tenant = tenant_of (&call), connection = tenant % n_connections;

      call.start += shift;
      g_ptr_array_add (lists[bench_kind_of (connection) == BENCH_VODIA ? n_connections + tenant : connection].calls, g_memdup2 (&call, sizeof call));
    }
  bench_calls_free (calls);
}

/* The export of FusionPBX gives the newest first, the others' lists are asked for oldest first. */
static void
render (List *list, BenchKind kind)
{
  static void (*const writers[]) (const BenchCall *call, guint64 n, GString *to) = { bench_write_fusionpbx, bench_write_vodia, bench_write_telnyx };
  guint n = list->calls->len;

  g_ptr_array_sort (list->calls, compare_starts);
  for (guint i = 0; i < n; i++)
    {
      const BenchCall *call = list->calls->pdata[kind == BENCH_FUSIONPBX ? n - 1 - i : i];
      Record record = { call->start, list->text->len, 0 };

      writers[kind] (call, i, list->text);
      record.end = list->text->len;
      if (kind != BENCH_FUSIONPBX)
        g_string_append_c (list->text, ',');
      g_array_append_val (list->records, record);
    }
  g_ptr_array_set_size (list->calls, 0);
}

/* ---- answering ---- */

static const Record *
record_at (const List *list, guint i)
{
  return &g_array_index (list->records, Record, i);
}

/* Those that started in [from, to), as [first, end) of a list. */
static void
find (const List *list, gint64 from, gint64 to, guint *ret_first, guint *ret_end)
{
  guint first = 0, end;

  while (first < list->records->len && (record_at (list, first)->start < from || record_at (list, first)->start >= to))
    first++;
  for (end = first; end < list->records->len && record_at (list, end)->start >= from && record_at (list, end)->start < to;)
    end++;
  *ret_first = first;
  *ret_end = end;
}

static void
append (SoupServerMessage *message, const char *text, gsize len)
{
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, text, len);
}

static void
append_records (SoupServerMessage *message, const List *list, guint first, guint end)
{
  if (first < end)
    append (message, list->text->str + record_at (list, first)->at, record_at (list, end - 1)->end - record_at (list, first)->at);
}

static void
copy_text (SoupServerMessage *message, const char *text)
{
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, text, strlen (text));
}

static gint64
number_in (GHashTable *values, const char *name)
{
  const char *value = g_hash_table_lookup (values, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

/* "20261101", "2026-11-01"; 0 = it is none. */
static gint64
day_in (GHashTable *values, const char *name)
{
  g_autofree char *digits = g_strdup (g_hash_table_lookup (values, name));
  guint to = 0;
  g_autoptr (GDateTime) date = NULL;

  for (guint i = 0; digits != NULL && digits[i] != '\0'; i++)
    if (g_ascii_isdigit (digits[i]))
      digits[to++] = digits[i];
  if (to != 8)
    return 0;
  digits[8] = '\0';
  date = g_date_time_new_utc (atoi (digits) / 10000, atoi (digits) / 100 % 100, atoi (digits) % 100, 0, 0, 0);
  return date != NULL ? g_date_time_to_unix (date) : 0;
}

static void
answer_fusionpbx (SoupServerMessage *message, const List *list)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *form = g_strndup (body->data, (gsize) body->length);
  g_autoptr (GHashTable) values = soup_form_decode (form);
  guint first, end;

  find (list, number_in (values, "start_epoch"), number_in (values, "stop_epoch") + 1, &first, &end);
  if (first == end)
    copy_text (message, "\n\n");
  else
    append (message, bench_fusionpbx_titles, strlen (bench_fusionpbx_titles));
  append_records (message, list, first, end);
}

static void
answer_domains (SoupServerMessage *message, guint connection)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint tenant = connection; tenant < BENCH_TENANTS; tenant += n_connections)
    g_string_append_printf (text, "%s\"t%03u.pbx.example\"", text->len > 1 ? ", " : "", tenant + 1);
  g_string_append_c (text, ']');
  copy_text (message, text->str);
}

static void
answer_page (SoupServerMessage *message, const List *list, guint first, guint end, guint page, guint size)
{
  first = MIN (first + page * size, end);
  append (message, "[", 1);
  append_records (message, list, first, MIN (first + size, end));
  append (message, "]", 1);
}

static void
answer_vodia (SoupServerMessage *message, const char *rest, GHashTable *query, guint connection)
{
  const char *domain = g_str_has_prefix (rest, "/rest/domain/t") ? rest + strlen ("/rest/domain/t") : NULL;
  const List *list = domain != NULL ? &lists[n_connections + (guint) atoi (domain) - 1] : NULL;
  guint first, end;

  if (list == NULL)
    {
      if (g_str_has_suffix (rest, "/domains"))
        answer_domains (message, connection);
      else
        copy_text (message, "\"k3Jx9q0u4yq2b7wz\"");
      return;
    }
  find (list, day_in (query, "start"), day_in (query, "end") + 86400, &first, &end);
  answer_page (message, list, first, end, (guint) number_in (query, "page") - 1, VODIA_PAGE);
}

static void
answer_telnyx (SoupServerMessage *message, GHashTable *query, const List *list)
{
  guint page = (guint) number_in (query, "page[number]"), first, end, pages;
  g_autofree char *meta = NULL;

  find (list, day_in (query, "filter[created_at][gte]"), day_in (query, "filter[created_at][lt]"), &first, &end);
  pages = (end - first + TELNYX_PAGE - 1) / TELNYX_PAGE;
  meta = g_strdup_printf (", \"meta\": {\"page_number\": %u, \"page_size\": %d, \"total_pages\": %u, \"total_results\": %u}}", page, TELNYX_PAGE, pages, end - first);
  append (message, "{\"data\": ", strlen ("{\"data\": "));
  answer_page (message, list, first, end, page - 1, TELNYX_PAGE);
  copy_text (message, meta);
}

static void
note (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  g_string_append_printf (requests, "%s %s%s%s\t%.*s\n", soup_server_message_get_method (message), g_uri_get_path (uri),
                          g_uri_get_query (uri) != NULL ? "?" : "", g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "", (int) body->length,
                          body->data != NULL ? body->data : "");
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  guint connection = g_str_has_prefix (path, "/c") ? (guint) atoi (path + 2) : 0;
  g_autoptr (GHashTable) none = g_hash_table_new (NULL, NULL);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "application/octet-stream", NULL);
  if (g_str_equal (path, "/requests"))
    {
      copy_text (message, requests->str);
      g_string_truncate (requests, 0);
      return;
    }
  note (message);
  if (connection >= n_connections || strlen (path) < 4)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (bench_kind_of (connection) == BENCH_FUSIONPBX)
    answer_fusionpbx (message, &lists[connection]);
  else if (bench_kind_of (connection) == BENCH_VODIA)
    answer_vodia (message, strchr (path + 1, '/'), query != NULL ? query : none, connection);
  else
    answer_telnyx (message, query != NULL ? query : none, &lists[connection]);
}

/* ---- the program ---- */

static gboolean
on_input (GIOChannel *channel, GIOCondition condition, gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  guint64 n = argc == 4 ? g_ascii_strtoull (argv[1], NULL, 10) : 0;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  n_connections = argc == 4 ? (guint) atoi (argv[2]) : 0;
  if (n == 0 || n_connections == 0 || n_connections > BENCH_TENANTS)
    {
      fprintf (stderr, "usage: %s CALLS CONNECTIONS END\n", argv[0]);
      return 2;
    }
  requests = g_string_new (NULL);
  sort_out (n, g_ascii_strtoll (argv[3], NULL, 10) - BENCH_END);
  for (guint i = 0; i < n_connections + BENCH_TENANTS; i++)
    render (&lists[i], i < n_connections ? bench_kind_of (i) : BENCH_VODIA);
  soup_server_add_handler (server, NULL, on_request, NULL, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  uris = soup_server_get_uris (server);
  printf ("http://127.0.0.1:%d\n", g_uri_get_port (uris->data));
  fflush (stdout);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input, loop);
  g_main_loop_run (loop);
  return 0;
}
