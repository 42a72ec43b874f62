/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <string.h>

#include "tb-error.h"
#include "tb-fake-whmcs-private.h"
#include "tb-http.h"

#define MAX_INPUT_VARS 1000 /* of PHP: what comes after is dropped without a word */

/* ---- requests ---- */

const char *
fake_arg (FakeCall *call, const char *name)
{
  const char *value = g_hash_table_lookup (call->args, name);

  return value != NULL ? value : "";
}

gint64
fake_arg_id (FakeCall *call, const char *name)
{
  return g_ascii_strtoll (fake_arg (call, name), NULL, 10);
}

gboolean
fake_arg_flag (FakeCall *call, const char *name)
{
  const char *value = fake_arg (call, name);

  return *value != '\0' && !g_str_equal (value, "0"); /* as PHP has it: "false" is true */
}

/* What has more than two decimals is rounded half-up, as a DECIMAL (10, 2) does. */
gint64
fake_cents (const char *text)
{
  gint64 amount = 0, cents = 0;

  if (tb_decimal_parse (text, -1, TB_AMOUNT_SCALE, &amount, NULL))
    g_assert_true (tb_round_divide (amount, TB_AMOUNT_ONE / 100, TB_ROUND_HALF_UP, &cents, NULL));
  return cents;
}

char *
fake_money (gint64 cents)
{
  return tb_decimal_format (cents, 2, 2);
}

static char *
unescape (const char *text, gsize len)
{
  g_autofree char *plain = g_strndup (text, len);

  g_strdelimit (plain, "+", ' ');
  return g_uri_unescape_string (plain, NULL);
}

static void
parse_form (FakeCall *call, const char *body)
{
  call->args = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  call->names = g_ptr_array_new ();
  while (*body != '\0' && call->names->len < MAX_INPUT_VARS)
    {
      gsize len = strcspn (body, "&"), name_len = strcspn (body, "=&");
      char *name = unescape (body, name_len);
      char *value = name_len < len ? unescape (body + name_len + 1, len - name_len - 1) : g_strdup ("");

      g_assert_true (name != NULL && value != NULL);
      if (!g_hash_table_contains (call->args, name))
        g_ptr_array_add (call->names, name);
      g_hash_table_replace (call->args, name, value);
      body += len + (body[len] == '&');
    }
}

static FakeAction
find_action (const char *name)
{
  static const FakeActionRow *const tables[] = { fake_client_actions, fake_invoice_actions, fake_money_actions };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint k = 0; tables[i][k].name != NULL; k++)
      if (g_ascii_strcasecmp (tables[i][k].name, name) == 0)
        return tables[i][k].act;
  return NULL;
}

static gboolean
may_enter (FakeCall *call)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_MD5, TB_FAKE_WHMCS_SECRET, -1);

  return (g_str_equal (fake_arg (call, "identifier"), TB_FAKE_WHMCS_IDENTIFIER) && g_str_equal (fake_arg (call, "secret"), TB_FAKE_WHMCS_SECRET))
         || (g_str_equal (fake_arg (call, "username"), TB_FAKE_WHMCS_USER) && g_str_equal (fake_arg (call, "password"), hash));
}

static char *
tell_error (const char *message)
{
  g_autofree char *escaped = g_strescape (message, NULL);

  return g_strdup_printf ("{\"result\":\"error\",\"message\":\"%s\"}", escaped);
}

/* The answer; *ret_status is that of HTTP. */
static char *
act (TbFakeWhmcs *self, const char *body, guint *ret_status)
{
  FakeCall call = { .fake = self };
  FakeAction action;
  const char *message;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GHashTable) args = NULL;
  g_autoptr (GPtrArray) names = NULL;
  gboolean by_status;

  parse_form (&call, body);
  args = call.args;
  names = call.names;
  call.out = out;
  *ret_status = self->refuse_message != NULL ? self->refuse_status : 200;
  if (self->refuse_message != NULL)
    return tell_error (self->refuse_message);
  *ret_status = 403;
  if (!may_enter (&call))
    return tell_error ("Authentication Failed");
  if (g_strcmp0 (self->forbidden, fake_arg (&call, "action")) == 0)
    return g_strdup_printf ("{\"result\":\"error\",\"message\":\"Invalid Permissions: API action \\\"%s\\\" is not allowed\"}", self->forbidden);
  *ret_status = 200;
  action = find_action (fake_arg (&call, "action"));
  if (action == NULL)
    return tell_error ("Command Not Found");
  message = action (&call);
  by_status = (self->quirks & TB_FAKE_QUIRK_STATUS) != 0 && strstr (out->str, "\"status\":") == NULL;
  if (message != NULL)
    return tell_error (message);
  return g_strdup_printf ("{\"%s\":\"success\"%s%s}", by_status ? "status" : "result", out->len > 0 && out->str[0] != ',' ? "," : "", out->str);
}

/* ---- faults ---- */

typedef enum { WHOLE, GONE, SILENT, NOWHERE, PAGE, OOPS, HALF, NOTHING, WARNED, DOUBLED, OTHERS, DENIED } Shape;

static const struct { guint acts; guint status; Shape shape; } faults[TB_FAKE_N_FAULTS] = {
  [TB_FAKE_FAULT_NONE] = { 1, 0, WHOLE },      [TB_FAKE_FAULT_REFUSED] = { 0, 0, NOWHERE }, [TB_FAKE_FAULT_RESET] = { 0, 0, GONE },
  [TB_FAKE_FAULT_LOST] = { 1, 0, GONE },       [TB_FAKE_FAULT_SILENCE] = { 0, 0, SILENT },  [TB_FAKE_FAULT_LATE] = { 1, 0, SILENT },
  [TB_FAKE_FAULT_500] = { 1, 500, OOPS },      [TB_FAKE_FAULT_502] = { 0, 502, OOPS },      [TB_FAKE_FAULT_BUSY] = { 0, 429, OOPS },
  [TB_FAKE_FAULT_PAGE] = { 0, 200, PAGE },     [TB_FAKE_FAULT_CUT] = { 1, 200, HALF },      [TB_FAKE_FAULT_EMPTY] = { 1, 200, NOTHING },
  [TB_FAKE_FAULT_WARNING] = { 1, 200, WARNED }, [TB_FAKE_FAULT_TWICE] = { 2, 0, WHOLE },    [TB_FAKE_FAULT_DOUBLED] = { 1, 200, DOUBLED },
  [TB_FAKE_FAULT_TWICE_LOST] = { 2, 0, GONE },  [TB_FAKE_FAULT_OTHERS] = { 1, 200, OTHERS }, [TB_FAKE_FAULT_DENIED] = { 1, 200, DENIED },
  [TB_FAKE_FAULT_DELAYED] = { 0, 0, GONE },
};

static TbFakeFault
choose_fault (TbFakeWhmcs *self, const char *action)
{
  TbFakeFault fault;

  if (self->times > 0 && (self->next_action == NULL || g_str_equal (self->next_action, action)))
    {
      self->times--;
      return self->next;
    }
  if (self->choose != NULL)
    return self->choose (self, action, self->choose_data);
  if (self->rand == NULL || (guint) g_rand_int_range (self->rand, 0, 1000) >= self->per_mille)
    return TB_FAKE_FAULT_NONE;
  do
    fault = (TbFakeFault) g_rand_int_range (self->rand, 1, TB_FAKE_FAULT_DOUBLED + 1);
  while (fault == TB_FAKE_FAULT_PAGE || fault == TB_FAKE_FAULT_TWICE || (self->without & (1u << fault)) != 0);
  return fault;
}

typedef struct
{
  guint status;
  Shape shape;
  char *body;
} Answer;

static void
shape_body (Answer *answer)
{
  g_autofree char *whole = g_steal_pointer (&answer->body);

  if (answer->shape == PAGE)
    answer->body = g_strdup (
        "<!DOCTYPE html><html><head><title>Log In &amp; Go</title></head><body><form><input type=\"password\"></form></body></html>");
  else if (answer->shape == OOPS)
    answer->body = g_strdup ("<html><head><title>Oops!</title></head><body>Something went wrong.</body></html>");
  else if (answer->shape == HALF)
    answer->body = g_strndup (whole, strlen (whole) / 2);
  else if (answer->shape == NOTHING)
    answer->body = g_strdup ("");
  else if (answer->shape == WARNED)
    answer->body = g_strconcat ("<br />\n<b>Warning</b>: Undefined array key {x} in <b>/var/www/hook.php</b> on line <b>7</b><br />\n",
                                whole, "\n", NULL);
  else if (answer->shape == OTHERS)
    answer->body = g_strdup ("{\"result\":\"success\",\"invoiceid\":1,\"status\":\"Draft\"}");
  else if (answer->shape == DENIED)
    answer->body = tell_error ("Something went wrong.");
  else if (answer->shape == DOUBLED)
    answer->body = g_strconcat (whole, whole, NULL);
  else
    answer->body = g_steal_pointer (&whole);
}

/* "action" is the first field. */
static char *
read_action (const char *body)
{
  g_assert_true (g_str_has_prefix (body, "action="));
  return g_strndup (body + 7, strcspn (body + 7, "&"));
}

typedef struct
{
  gint64 due;
  char *body;
} FakeLate;

void
fake_late_free (gpointer data)
{
  FakeLate *self = data;

  g_free (self->body);
  g_free (self);
}

/* Not all at the same time, and the same ones at the same time whenever this is run. */
static void
delay (TbFakeWhmcs *self, const char *body)
{
  FakeLate *late = g_new (FakeLate, 1);

  late->due = self->now + 1 + self->count * 37 % 100;
  late->body = g_strdup (body);
  g_ptr_array_add (self->late, late);
}

void
tb_fake_whmcs_pass (TbFakeWhmcs *self, gint64 seconds)
{
  guint status;

  g_mutex_lock (&self->lock);
  self->now += seconds;
  for (guint i = 0; i < self->late->len;)
    {
      const FakeLate *late = self->late->pdata[i];

      if (late->due > self->now)
        {
          i++;
          continue;
        }
      g_free (act (self, late->body, &status));
      g_ptr_array_remove_index (self->late, i);
    }
  g_mutex_unlock (&self->lock);
}

static Answer
serve (TbFakeWhmcs *self, const char *body)
{
  g_autofree char *action = read_action (body);
  Answer answer = { 0 };
  TbFakeFault fault;
  gpointer count = g_hash_table_lookup (self->counts, action);

  self->count++;
  g_hash_table_replace (self->counts, g_strdup (action), GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
  g_free (self->body);
  self->body = g_strdup (body);
  if (self->meanwhile != NULL)
    self->meanwhile (self, action, self->data);
  fault = choose_fault (self, action);
  if (fault == TB_FAKE_FAULT_DELAYED)
    delay (self, body);
  for (guint i = 0; i < faults[fault].acts; i++)
    {
      g_free (answer.body);
      answer.body = act (self, body, &answer.status);
    }
  if (faults[fault].status != 0)
    answer.status = faults[fault].status;
  answer.shape = faults[fault].shape;
  shape_body (&answer);
  return answer;
}

/* ---- a transport ---- */

typedef struct
{
  TbWhmcsTransport transport;
  TbFakeWhmcs *fake;
} Transport;

/* As tb-http would have it. */
static TbHttpAnswer *
post (TbWhmcsTransport *transport, GBytes *form, gboolean changes, guint timeout, GCancellable *cancellable)
{
  TbFakeWhmcs *self = ((Transport *) transport)->fake;
  g_autofree char *body = g_strndup (g_bytes_get_data (form, NULL), g_bytes_get_size (form));
  TbHttpAnswer *http = g_new0 (TbHttpAnswer, 1);
  Answer answer;
  gboolean none;

  g_mutex_lock (&self->lock);
  answer = serve (self, body);
  g_mutex_unlock (&self->lock);
  none = answer.shape == GONE || answer.shape == SILENT || answer.shape == NOWHERE;
  http->status = none ? 0 : answer.status;
  http->body = none || answer.body == NULL ? g_bytes_new_static ("", 0) : g_bytes_new (answer.body, strlen (answer.body));
  http->unsent = answer.shape == NOWHERE;
  http->retry_after = http->status == 429 ? 3 : -1;
  http->passing = answer.shape == GONE || http->status == 429 || http->status >= 500;
  if (none)
    http->bad = g_error_new (TB_ERROR, answer.shape == SILENT ? TB_ERROR_TIMEOUT : TB_ERROR_NETWORK, "no answer");
  else if (http->status != 200)
    http->bad = g_error_new (TB_ERROR, http->status >= 429 ? TB_ERROR_NETWORK : TB_ERROR_AUTH, "HTTP %u", http->status);
  g_free (answer.body);
  return http;
}

static gboolean
wait_seconds (TbWhmcsTransport *transport, guint seconds, GCancellable *cancellable, GError **error)
{
  ((Transport *) transport)->fake->waited += seconds;
  return !tb_error_if_cancelled (cancellable, error);
}

static void
transport_free (TbWhmcsTransport *transport)
{
  g_free (transport);
}

TbWhmcsTransport *
tb_fake_whmcs_transport_new (TbFakeWhmcs *self)
{
  Transport *transport = g_new0 (Transport, 1);

  transport->transport = (TbWhmcsTransport){ post, wait_seconds, transport_free };
  transport->fake = self;
  return &transport->transport;
}

TbWhmcs *
tb_fake_whmcs_talk_new (TbFakeWhmcs *self)
{
  const TbWhmcsLogin login = { .url = "https://billing.example.com", .identifier = TB_FAKE_WHMCS_IDENTIFIER, .secret = TB_FAKE_WHMCS_SECRET };

  return tb_whmcs_new_with_transport (&login, tb_fake_whmcs_transport_new (self));
}

/* ---- a server ---- */

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TbFakeWhmcs *self = data;
  SoupMessageBody *request = soup_server_message_get_request_body (message);
  g_autofree char *body = g_strndup (request->data != NULL ? request->data : "", (gsize) request->length);
  Answer answer;

  if (!g_str_equal (path, "/whmcs/includes/api.php") || !g_str_equal (soup_server_message_get_method (message), "POST"))
    {
      soup_server_message_set_status (message, 404, NULL);
      return;
    }
  g_mutex_lock (&self->lock);
  answer = serve (self, body);
  g_mutex_unlock (&self->lock);
  if (answer.shape == GONE || answer.shape == NOWHERE)
    {
      g_autoptr (GIOStream) connection = soup_server_message_steal_connection (message);

      g_io_stream_close (connection, NULL, NULL);
    }
  else if (answer.shape == SILENT)
    soup_server_message_pause (message);
  else
    {
      if (answer.status == 429)
        soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "3");
      soup_server_message_set_status (message, answer.status, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer.body, strlen (answer.body));
    }
  g_free (answer.body);
}

typedef struct
{
  TbFakeWhmcs *self;
  GMutex lock;
  GCond cond;
} Start;

static gpointer
run_server (gpointer data)
{
  Start *start = data;
  TbFakeWhmcs *self = start->self;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  self->loop = g_main_loop_new (context, FALSE);
  g_mutex_lock (&start->lock);
  self->url = g_strdup_printf ("http://127.0.0.1:%d/whmcs", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_cond_signal (&start->cond);
  g_mutex_unlock (&start->lock);
  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  g_clear_object (&server);
  /* Connections are closed by threads of GLib, which tell this one: what comes after it has gone would be lost. */
  for (guint i = 0; i < 50; i++)
    if (!g_main_context_iteration (context, FALSE))
      g_usleep (1000);
  g_main_context_pop_thread_default (context);
  return NULL;
}

const char *
tb_fake_whmcs_listen (TbFakeWhmcs *self)
{
  Start start = { .self = self };

  if (self->url != NULL)
    return self->url;
  g_mutex_init (&start.lock);
  g_cond_init (&start.cond);
  g_mutex_lock (&start.lock);
  self->thread = g_thread_new ("fake WHMCS", run_server, &start);
  while (self->url == NULL)
    g_cond_wait (&start.cond, &start.lock);
  g_mutex_unlock (&start.lock);
  g_mutex_clear (&start.lock);
  g_cond_clear (&start.cond);
  return self->url;
}

static gboolean
on_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
fake_stop_server (TbFakeWhmcs *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->thread == NULL)
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, on_quit, self->loop, NULL);
  g_source_attach (source, g_main_loop_get_context (self->loop));
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_free (self->url);
}
