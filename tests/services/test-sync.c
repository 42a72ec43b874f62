/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <string.h>

#include "tb-clock.h"
#include "tb-connection-store.h"
#include "tb-error.h"
#include "tb-fake-server.h"
#include "tb-pbx.h"
#include "tb-setup-store.h"
#include "tb-sync.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

#define DAY 86400
#define FIRST_DAY G_GINT64_CONSTANT (1790812800) /* 2026-10-01T00:00:00Z */
#define CALLS 80

/* ---- a FusionPBX that has calls, and bad moments ---- */

typedef enum { FINE, ERROR_500, CUT, NOTHING, LOGIN, N_FAULTS } Fault;

typedef struct
{
  SoupServer *server;
  char *url;
  Fault fault;
  guint fault_at; /* from which request of a sync on it goes wrong */
  guint faults;   /* how often; 0 = for good */
  guint requests;
  gint64 earliest; /* asked for */
} Pbx;

#define TITLES "\"xml_cdr_uuid\",\"start_epoch\",\"billsec\",\"caller_id_name\",\"destination_number\",\"domain_name\"\n"

/* Every 97 minutes a call; each seventh lasts half a day. It is shown when it has ended, the newest first. */
static void
append_calls (GString *text, gint64 from, gint64 to, gint64 now)
{
  for (guint i = CALLS; i-- > 0;)
    {
      gint64 start = FIRST_DAY + i * 97 * 60, seconds = i % 7 == 0 ? 12 * 3600 : 30 + i;

      if (start >= from && start <= to && start + seconds + 5 <= now)
        g_string_append_printf (text, "\"555b0d22-a346-5ab8-9ece-7a60%08x\",\"%" G_GINT64_FORMAT "\",\"%d\",\"Al \"Big\" Bo\",\"12045550%03u\",\"acme.example.com\"\n", i, start,
                                (int) seconds, i);
    }
}

static void
answer (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/csv", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
cut_off (SoupServerMessage *message, const char *text)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", strlen (text));

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text) / 2, NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Pbx *pbx = data;
  g_autofree char *body = g_strndup (soup_server_message_get_request_body (message)->data, (gsize) soup_server_message_get_request_body (message)->length);
  g_autoptr (GHashTable) form = soup_form_decode (body);
  g_autoptr (GString) text = g_string_new (TITLES);
  gint64 from = g_ascii_strtoll (g_hash_table_lookup (form, "start_epoch"), NULL, 10);
  Fault fault = ++pbx->requests >= pbx->fault_at && (pbx->faults == 0 || pbx->requests < pbx->fault_at + pbx->faults) ? pbx->fault : FINE;

  pbx->earliest = MIN (pbx->earliest, from);
  append_calls (text, from, g_ascii_strtoll (g_hash_table_lookup (form, "stop_epoch"), NULL, 10), tb_clock_now ());
  if (text->len == strlen (TITLES))
    g_string_assign (text, "\n\n");
  switch (fault)
    {
    case ERROR_500:
      answer (message, 500, "PHP Fatal error");
      break;
    case CUT:
      cut_off (message, text->str);
      break;
    case NOTHING:
      answer (message, 200, "");
      break;
    case LOGIN:
      answer (message, 200, "<!DOCTYPE html>\n<html><form action=\"/login.php\"><input name=\"username\"></form></html>\n");
      break;
    case FINE:
    default:
      answer (message, 200, text->str);
      break;
    }
}

static void
pbx_start (Pbx *pbx)
{
  GSList *uris;

  *pbx = (Pbx){ .server = soup_server_new (NULL, NULL), .earliest = G_MAXINT64 };
  soup_server_add_handler (pbx->server, NULL, on_request, pbx, NULL);
  g_assert_true (soup_server_listen_local (pbx->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (pbx->server);
  pbx->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
pbx_stop (Pbx *pbx)
{
  soup_server_disconnect (pbx->server);
  g_object_unref (pbx->server);
  g_free (pbx->url);
}

/* ---- syncing ---- */

typedef struct
{
  gboolean done;
  TbSyncResult *result;
  GError *error;
} Outcome;

static void
on_synced (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->result = tb_sync_finish (TB_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
set_day (guint day)
{
  g_autofree char *now = tb_time_format (FIRST_DAY + day * DAY, NULL);

  g_setenv ("TOLLBOOK_NOW", now, TRUE);
}

/* One sync, `fault` at its n-th request; TRUE when it went well. */
static gboolean
sync_once (TbSession *session, Pbx *pbx, Fault fault, guint at)
{
  Outcome outcome = { FALSE };
  gboolean ok;

  pbx->fault = fault;
  pbx->fault_at = at;
  pbx->requests = 0;
  tb_sync_async (session, "pbx1", NULL, on_synced, &outcome);
  tb_fake_server_wait (&outcome.done);
  g_assert_true ((outcome.result == NULL) == (outcome.error != NULL));
  ok = outcome.result != NULL;
  if (!ok)
    g_assert_nonnull (strstr (outcome.error->message, "pbx1")); /* whose it is */
  g_clear_pointer (&outcome.result, tb_sync_result_free);
  g_clear_error (&outcome.error);
  return ok;
}

static TbSession *
new_session (const char *name, const Pbx *pbx)
{
  g_autofree char *path = test_path (name);
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (GError) error = NULL;
  TbConnection *connection = setup->connections->pdata[0];
  TbStore *store = tb_test_books_new (path);
  TbSession *session;

  tb_set_str (&connection->kind, "fusionpbx");
  tb_set_str (&connection->url, pbx->url);
  connection->since = tb_day_from_ymd (2026, 10, 1);
  tb_test_apply (store, setup);
  g_assert_true (tb_store_set_setting (store, "demo", "1", NULL)); /* these books may hold the clock */
  tb_store_close (store);
  session = tb_session_new (path, FALSE, &error);
  g_assert_no_error (error);
  return session;
}

static char *
calls_of (TbSession *session)
{
  return tb_test_query_text (tb_session_get_store (session), "SELECT group_concat(line, char(10)) FROM (SELECT hex(uid) || ' ' || id || ' ' || seconds "
                                                             "|| ' ' || callee || ' ' || caller_name AS line FROM cdr ORDER BY uid)");
}

static gint64
cursor_of (TbSession *session)
{
  return tb_test_query_int (tb_session_get_store (session), "SELECT coalesce(max(cursor), 0) FROM connection_state");
}

/* Whatever goes wrong, and whenever: after the next good sync the books hold the calls of the world in which nothing went wrong. */
static void
test_faults (void)
{
  Pbx pbx;
  g_autofree char *expected = NULL;

  pbx_start (&pbx);
  for (Fault fault = FINE; fault < N_FAULTS; fault++)
    for (guint at = 1; at <= (fault == FINE ? 1 : 4); at++)
      {
        g_autofree char *name = g_strdup_printf ("faults-%d-%u", fault, at), *calls = NULL;
        g_autoptr (TbSession) session = new_session (name, &pbx);

        /* A request for each day and one for what is older; the first day's oldest call is of its first second. */
        g_test_message ("fault %d at request %u", fault, at);
        set_day (4);
        g_assert_true (sync_once (session, &pbx, fault, at) == (fault == FINE));
        g_assert_cmpint (cursor_of (session), ==, fault == FINE ? FIRST_DAY + 4 * DAY : at == 1 ? 0 : FIRST_DAY + at / 2 * DAY);
        if (fault != FINE)
          g_assert_cmpint (tb_test_query_int (tb_session_get_store (session), "SELECT length(last_error) > 10 FROM connection_state"), ==, 1);
        set_day (6);
        g_assert_true (sync_once (session, &pbx, FINE, 0));
        g_assert_cmpint (cursor_of (session), ==, FIRST_DAY + 6 * DAY);
        g_assert_cmpint (tb_test_query_int (tb_session_get_store (session), "SELECT last_error IS NULL FROM connection_state"), ==, 1);
        calls = calls_of (session);
        if (expected == NULL)
          {
            expected = g_strdup (calls);
            /* also those that lasted over the day of the first sync, thanks to the overlap */
            g_assert_cmpint (tb_test_query_int (tb_session_get_store (session), "SELECT count(*) FROM cdr"), ==, CALLS);
          }
        g_assert_cmpstr (calls, ==, expected);
        tb_test_assert_sound (tb_session_get_store (session));
      }
  pbx_stop (&pbx);
}

/* What passes in a moment costs a request and nothing else. */
static void
test_passing (void)
{
  static const Fault passing[] = { ERROR_500, CUT };
  Pbx pbx;

  pbx_start (&pbx);
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    {
      g_autofree char *name = g_strdup_printf ("passing-%u", i);
      g_autoptr (TbSession) session = new_session (name, &pbx);

      set_day (6);
      pbx.faults = 2;
      g_assert_true (sync_once (session, &pbx, passing[i], 3));
      g_assert_cmpuint (pbx.requests, ==, 1 + 2 * 5 + 2);
      g_assert_cmpint (tb_test_query_int (tb_session_get_store (session), "SELECT count(*) FROM cdr"), >, CALLS - 10);
    }
  pbx_stop (&pbx);
}

/* A PBX that fails in the second window day after day: the cursor stays, and so what is asked for does not reach back further each time. */
static void
test_fails_on (void)
{
  Pbx pbx;
  g_autoptr (TbSession) session = NULL;

  pbx_start (&pbx);
  session = new_session ("fails-on", &pbx);
  set_day (6);
  g_assert_true (sync_once (session, &pbx, FINE, 0));
  pbx.earliest = G_MAXINT64;
  for (guint i = 0; i < 5; i++)
    {
      g_assert_false (sync_once (session, &pbx, ERROR_500, 2));
      g_assert_cmpint (cursor_of (session), ==, FIRST_DAY + 6 * DAY);
    }
  g_assert_cmpint (pbx.earliest, >=, FIRST_DAY + 4 * DAY);
  g_assert_cmpint (tb_test_query_int (tb_session_get_store (session), "SELECT count(*) FROM cdr"), ==, CALLS);
  pbx_stop (&pbx);
}

static void
test_unknown (void)
{
  Pbx pbx;
  g_autoptr (TbSession) session = NULL;
  Outcome outcome = { FALSE };

  pbx_start (&pbx);
  session = new_session ("unknown", &pbx);
  tb_sync_async (session, "pbx9", NULL, on_synced, &outcome);
  tb_fake_server_wait (&outcome.done);
  g_assert_error (outcome.error, TB_ERROR, TB_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (outcome.error->message, "pbx9"));
  g_clear_error (&outcome.error);
  pbx_stop (&pbx);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TOLLBOOK_SECRET_PBX1", "0123456789abcdef", TRUE);
  set_day (4);
  tb_pbx_set_patience (1);
  g_test_add_func ("/sync/faults", test_faults);
  g_test_add_func ("/sync/passing", test_passing);
  g_test_add_func ("/sync/fails-on", test_fails_on);
  g_test_add_func ("/sync/unknown", test_unknown);
  return test_run_in_folder ();
}
