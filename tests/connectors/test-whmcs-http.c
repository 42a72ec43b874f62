/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-fake-server.h"
#include "tb-fake-whmcs.h"
#include "tb-whmcs-clients.h"
#include "tb-whmcs-invoices.h"
#include "tb-whmcs-system.h"

/* The talk over real sockets: what is sent how often, and what is told of connections that fail. */

#define SECRET TB_FAKE_WHMCS_SECRET

/* A call that blocks, away from the loop that the servers of tb-fake-server.h live in. */
typedef struct
{
  const char *url;
  gboolean changes;
  TbWhmcsOutcome outcome;
  GError *error;
  gboolean done;
} Call;

static TbWhmcs *
make_talk (const char *url)
{
  const TbWhmcsLogin login = { .url = url, .identifier = TB_FAKE_WHMCS_IDENTIFIER, .secret = SECRET };
  g_autoptr (GError) error = NULL;
  TbWhmcs *talk = tb_whmcs_new (&login, &error);

  g_assert_no_error (error);
  return talk;
}

static gboolean
on_done (gpointer data)
{
  ((Call *) data)->done = TRUE;
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  Call *self = data;
  g_autoptr (TbWhmcs) talk = make_talk (self->url);
  g_autoptr (TbWhmcsAbout) about = NULL;

  if (self->changes)
    self->outcome = tb_whmcs_log_activity (talk, 1, "x", &self->error);
  else
    about = tb_whmcs_get_about (talk, &self->error);
  if (self->error != NULL)
    {
      g_test_message ("%s", self->error->message);
      g_assert_true (self->error->domain == TB_ERROR);
      g_assert_null (strstr (self->error->message, SECRET));
    }
  g_idle_add (on_done, self);
  return NULL;
}

static void
call_in_thread (Call *self)
{
  GThread *thread = g_thread_new ("call", run, self);

  tb_fake_server_wait (&self->done);
  g_thread_join (thread);
}

/* ---- all of it, over a socket ---- */

static void
test_world (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (9, TB_FAKE_QUIRK_ENTITIES);
  g_autoptr (TbWhmcs) talk = make_talk (tb_fake_whmcs_listen (fake));
  g_autoptr (GPtrArray) clients = NULL;
  g_autoptr (GError) error = NULL;
  TbWhmcsNewInvoice invoice = TB_WHMCS_NEW_INVOICE;
  gint64 id = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *email = g_strdup_printf ("c%u@example.com", i);

      tb_fake_whmcs_add_client (fake, "A & B", email, "USD", 0);
    }
  clients = tb_whmcs_list_clients (talk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (clients->len, ==, 300);
  invoice.client = 7;
  g_assert_cmpint (tb_whmcs_create_invoice (talk, &invoice, &id, &error), ==, TB_WHMCS_DONE);
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, 1);
}

static void
test_faults (void)
{
  static const struct { const char *why; TbFakeFault fault; TbWhmcsOutcome outcome; gboolean passes; } rows[] = {
    { "broke off before", TB_FAKE_FAULT_RESET, TB_WHMCS_UNKNOWN, TRUE },
    { "broke off after", TB_FAKE_FAULT_LOST, TB_WHMCS_UNKNOWN, TRUE },
    { "silence", TB_FAKE_FAULT_SILENCE, TB_WHMCS_UNKNOWN, FALSE },
    { "500", TB_FAKE_FAULT_500, TB_WHMCS_UNKNOWN, TRUE },
    { "502", TB_FAKE_FAULT_502, TB_WHMCS_UNKNOWN, TRUE },
    { "429", TB_FAKE_FAULT_BUSY, TB_WHMCS_UNKNOWN, TRUE },
    { "half", TB_FAKE_FAULT_CUT, TB_WHMCS_UNKNOWN, TRUE },
    { "a warning", TB_FAKE_FAULT_WARNING, TB_WHMCS_DONE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
      g_autoptr (TbWhmcs) talk = make_talk (tb_fake_whmcs_listen (fake));
      g_autoptr (TbWhmcsClient) client = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].why);
      tb_fake_whmcs_add_client (fake, "A", "a@example.com", "USD", 0);
      client = tb_whmcs_get_client (talk, 1, &error); /* a connection that could be used again */
      g_assert_no_error (error);
      tb_fake_whmcs_fail_next (fake, "LogActivity", rows[i].fault, 1);
      g_assert_cmpint (tb_whmcs_log_activity (talk, 1, "x", NULL), ==, rows[i].outcome);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, "LogActivity"), ==, 1);
      tb_fake_whmcs_fail_next (fake, "GetCurrencies", rows[i].fault, 1);
      {
        g_autoptr (GPtrArray) currencies = tb_whmcs_list_currencies (talk, &error);

        g_assert_cmpint (currencies != NULL, ==, rows[i].passes);
      }
    }
}

static void
cancel_meanwhile (TbFakeWhmcs *fake, const char *action, gpointer job)
{
  tb_job_cancel (job);
}

/* While a change is under way: it may be done or not. While something is waited for: at once. */
static void
test_cancel (void)
{
  static const struct { const char *why; TbFakeFault fault; gboolean changes; TbWhmcsOutcome outcome; } rows[] = {
    { "a change that is sent", TB_FAKE_FAULT_SILENCE, TRUE, TB_WHMCS_UNKNOWN },
    { "a question", TB_FAKE_FAULT_SILENCE, FALSE, 0 },
    { "between two tries of a question", TB_FAKE_FAULT_502, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
      g_autoptr (TbWhmcs) talk = make_talk (tb_fake_whmcs_listen (fake));
      g_autoptr (TbJob) job = tb_job_new ("push");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].why);
      tb_whmcs_set_job (talk, job, 0, 1);
      tb_fake_whmcs_fail_next (fake, NULL, rows[i].fault, 100);
      tb_fake_whmcs_set_meanwhile (fake, cancel_meanwhile, job);
      if (rows[i].changes)
        g_assert_cmpint (tb_whmcs_log_activity (talk, 1, "x", &error), ==, rows[i].outcome);
      else
        g_assert_null (tb_whmcs_get_about (talk, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, NULL), ==, 1);
      g_assert_false (tb_whmcs_is_stopped (talk));
    }
}

/* ---- connections ---- */

/* Answers the first `good` requests of each connection, and closes it upon the next one. */
typedef struct
{
  guint good;
  int connections, requests;
} Fickle;

static gboolean
read_request (GDataInputStream *in)
{
  gsize length = 0;
  g_autofree char *body = NULL;

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (in, NULL, NULL, NULL);

      if (line == NULL)
        return FALSE;
      g_strchomp (line);
      if (*line == '\0')
        break;
      if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
        length = (gsize) g_ascii_strtoull (line + 15, NULL, 10);
    }
  body = g_malloc0 (length + 1);
  return g_input_stream_read_all (G_INPUT_STREAM (in), body, length, NULL, NULL, NULL);
}

static gboolean
on_connection (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: keep-alive\r\n\r\n{\"result\":\"success\"}";
  Fickle *self = data;
  g_autoptr (GDataInputStream) in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  g_atomic_int_inc (&self->connections);
  g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_ANY);
  for (guint i = 0; read_request (in); i++)
    {
      g_atomic_int_inc (&self->requests);
      if (i == self->good)
        break;
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer, sizeof answer - 1, NULL, NULL, NULL);
    }
  return TRUE;
}

typedef struct
{
  const char *url;
  guint changes, outcomes[4], reads;
  gboolean done;
} Series;

static gboolean
on_series_done (gpointer data)
{
  ((Series *) data)->done = TRUE;
  return G_SOURCE_REMOVE;
}

static gpointer
run_series (gpointer data)
{
  Series *self = data;
  g_autoptr (TbWhmcs) talk = make_talk (self->url);

  for (guint i = 0; i < self->reads; i++)
    {
      g_autoptr (TbWhmcsAbout) about = tb_whmcs_get_about (talk, NULL);

      g_assert_nonnull (about);
    }
  for (guint i = 0; i < self->changes; i++)
    self->outcomes[tb_whmcs_log_activity (talk, 1, "x", NULL)]++;
  g_idle_add (on_series_done, self);
  return NULL;
}

/* What libsoup does with a POST on a connection that the server closes instead of answering: see README.md. */
static void
test_connections (void)
{
  static const struct { const char *why; guint good, reads, changes, done, unknown; int connections, requests; } rows[] = {
    { "each change has a connection of its own", 100, 0, 3, 3, 0, 3, 3 },
    { "reads share one", 100, 5, 0, 0, 0, 1, 5 },
    { "a change does not go over the one of reads, though it is open", 100, 5, 2, 2, 0, 3, 7 },
    { "a change whose connection is closed is sent once", 0, 0, 2, 0, 2, 2, 2 },
    { "a read whose shared connection is closed is sent again", 1, 2, 0, 0, 0, 2, 3 },
    { "a change after reads over a connection that would be closed upon it", 1, 1, 1, 1, 0, 2, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GSocketService) service = g_threaded_socket_service_new (10);
      Fickle fickle = { .good = rows[i].good };
      g_autoptr (GError) error = NULL;
      guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
      Series series = { .url = url, .reads = rows[i].reads, .changes = rows[i].changes };
      GThread *thread;

      g_assert_no_error (error);
      g_test_message ("%s", rows[i].why);
      g_signal_connect (service, "run", G_CALLBACK (on_connection), &fickle);
      thread = g_thread_new ("series", run_series, &series);
      tb_fake_server_wait (&series.done);
      g_thread_join (thread);
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
      g_assert_cmpuint (series.outcomes[TB_WHMCS_DONE], ==, rows[i].done);
      g_assert_cmpuint (series.outcomes[TB_WHMCS_UNKNOWN], ==, rows[i].unknown);
      g_assert_cmpint (g_atomic_int_get (&fickle.requests), ==, rows[i].requests);
      g_assert_cmpint (g_atomic_int_get (&fickle.connections), ==, rows[i].connections);
      g_usleep (50000); /* until its threads have seen the end of their connections */
    }
}

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static void
test_not_sent (void)
{
  g_autoptr (TbFakeServer) untrusted = tb_fake_server_new_untrusted ();
  g_autofree char *refused = g_strdup_printf ("http://127.0.0.1:%u", find_free_port ());
  Call calls[] = { { .url = refused, .changes = TRUE }, { .url = tb_fake_server_get_url (untrusted), .changes = TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      call_in_thread (&calls[i]);
      g_assert_cmpint (calls[i].outcome, ==, TB_WHMCS_NOT_SENT);
      g_assert_error (calls[i].error, TB_ERROR, TB_ERROR_NETWORK);
      g_assert_nonnull (strstr (calls[i].error->message, i == 0 ? "refuses the connection" : "cannot be trusted"));
      g_clear_error (&calls[i].error);
    }
  g_assert_cmpuint (tb_fake_server_get_count (untrusted), ==, 0);
}

static void
test_answers (void)
{
  static const struct
  {
    const char *why;
    TbFakeMode mode;
    guint status;
    const char *header, *value, *body;
    int code;
    const char *says;
    guint requests;
  } rows[] = {
    { "to https", TB_FAKE_ANSWER, 301, "Location", "https://billing.example.org/includes/api.php?x=1", "", TB_ERROR_INVALID_INPUT,
      "https://billing.example.org/includes/api.php (HTTP 301)", 1 },
    { "to a log-in page", TB_FAKE_ANSWER, 302, "Location", "/login", "", TB_ERROR_INVALID_INPUT, "127.0.0.1/login", 1 },
    { "a place that says nothing", TB_FAKE_ANSWER, 302, NULL, NULL, "", TB_ERROR_INVALID_INPUT, "another place", 1 },
    { "no such page", TB_FAKE_ANSWER, 404, NULL, NULL, "<html><title>404</title></html>", TB_ERROR_NOT_FOUND, "/includes/api.php", 1 },
    { "wait a moment", TB_FAKE_ANSWER, 503, "Retry-After", "1", "", TB_ERROR_NETWORK, "503", 4 },
    { "wait for a day: not now", TB_FAKE_ANSWER, 429, "Retry-After", "86400", "", TB_ERROR_NETWORK, "86400", 1 },
    { "cut off", TB_FAKE_CUT, 200, NULL, NULL, "{\"result\":", TB_ERROR_NETWORK, "broke off", 4 },
    { "a page", TB_FAKE_ANSWER, 200, NULL, NULL, "<title>Parked domain</title>", TB_ERROR_INVALID_INPUT, "Parked domain", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeServer) server = tb_fake_server_new ();
      Call read = { .url = tb_fake_server_get_url (server) }, change = { .url = tb_fake_server_get_url (server), .changes = TRUE };

      g_test_message ("%s", rows[i].why);
      tb_fake_server_set (server, rows[i].mode, rows[i].status, rows[i].header, rows[i].value, rows[i].body, -1);
      call_in_thread (&read);
      g_assert_error (read.error, TB_ERROR, rows[i].code);
      g_assert_nonnull (strstr (read.error->message, rows[i].says));
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests);
      call_in_thread (&change);
      g_assert_cmpint (change.outcome, ==, TB_WHMCS_UNKNOWN);
      g_assert_cmpuint (tb_fake_server_get_count (server), ==, rows[i].requests + 1);
      g_assert_cmpstr (tb_fake_server_get_request (server), ==, "POST /includes/api.php"); /* no secret in the address */
      g_assert_true (g_str_has_prefix (tb_fake_server_get_body (server),
                                       "action=LogActivity&identifier=" TB_FAKE_WHMCS_IDENTIFIER "&secret=" SECRET "&responsetype=json&"));
      g_assert_cmpstr (tb_fake_server_get_header (server, "Content-Type"), ==, "application/x-www-form-urlencoded");
      g_clear_error (&read.error);
      g_clear_error (&change.error);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TOLLBOOK_PATIENCE", "10", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/whmcs-http/world", test_world);
  g_test_add_func ("/connectors/whmcs-http/faults", test_faults);
  g_test_add_func ("/connectors/whmcs-http/cancel", test_cancel);
  g_test_add_func ("/connectors/whmcs-http/connections", test_connections);
  g_test_add_func ("/connectors/whmcs-http/not-sent", test_not_sent);
  g_test_add_func ("/connectors/whmcs-http/answers", test_answers);
  return g_test_run ();
}
