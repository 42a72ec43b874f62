/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fake-server.h"

#include <string.h>

/* Signed by itself, so trusted by nobody, and of use to nobody: openssl req -x509 -newkey ec -days 36500 -subj /CN=localhost */
static const char certificate_pem[] =
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBmzCCAUGgAwIBAgIUHyk8hcxM2wo+C30YI0YMu576xYMwCgYIKoZIzj0EAwIw\n"
  "FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDEyNTQyOVoYDzIxMjYxMDMx\n"
  "MTI1NDI5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
  "PQMBBwNCAAR23WlX7aCODcy9PmtkL7FmOODEv6/+5/IvZZLF1c3UtLc78o8X+k2F\n"
  "gS3fXWhwYhkUVkKI2U9WOOVKHUA6ldbgo28wbTAdBgNVHQ4EFgQUuNILUOdTSGO2\n"
  "+ukM04sDCpwdI6swHwYDVR0jBBgwFoAUuNILUOdTSGO2+ukM04sDCpwdI6swDwYD\n"
  "VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI\n"
  "zj0EAwIDSAAwRQIge9fl4/iojN++XjJASFJpdlcIGJ0zWFL+0rzhbUAOe/cCIQCx\n"
  "mk1E3aayKXQL217H7uKBN6sH6RDhQ+6JDLBjPYiOCA==\n"
  "-----END CERTIFICATE-----\n"
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7hJtOUM4ILIq1Dfw\n"
  "15V/chkb4GFqAeQ2P1vPRwUSGnehRANCAAR23WlX7aCODcy9PmtkL7FmOODEv6/+\n"
  "5/IvZZLF1c3UtLc78o8X+k2FgS3fXWhwYhkUVkKI2U9WOOVKHUA6ldbg\n"
  "-----END PRIVATE KEY-----\n";

typedef struct
{
  char *request, *holds;
  guint status;
  GBytes *body;
  gboolean once; /* gone after the first answer */
} Route;

struct _TbFakeServer
{
  SoupServer *server;
  char *url, *request, *body;
  GString *log;
  GHashTable *headers; /* of the last request */
  GPtrArray *routes;   /* of Route; empty = `mode` answers */
  guint count;

  TbFakeMode mode;
  guint status;
  char *header, *value;
  GBytes *answer;
};

/* A promise of twice the body, the body, and the end. */
static void
cut (TbFakeServer *self, SoupServerMessage *message)
{
  g_autoptr (GIOStream) connection = soup_server_message_steal_connection (message);
  gsize len;
  const char *data = g_bytes_get_data (self->answer, &len);
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", 2 * len + 1);
  GOutputStream *out = g_io_stream_get_output_stream (connection);

  g_assert_true (g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL));
  g_assert_true (g_output_stream_write_all (out, data, len, NULL, NULL, NULL));
  g_io_stream_close (connection, NULL, NULL);
}

static void
route_free (gpointer data)
{
  Route *route = data;

  g_free (route->request);
  g_free (route->holds);
  g_bytes_unref (route->body);
  g_free (route);
}

static Route *
find_route (TbFakeServer *self)
{
  Route *best = NULL;

  for (guint i = 0; i < self->routes->len; i++)
    {
      Route *route = self->routes->pdata[i];

      if (g_str_has_prefix (self->request, route->request) && (route->holds == NULL || strstr (self->body, route->holds) != NULL)
          && (best == NULL || strlen (route->request) >= strlen (best->request)))
        best = route;
    }
  return best;
}

static void
answer_by_route (TbFakeServer *self, SoupServerMessage *message)
{
  Route *route = find_route (self);
  gsize len;
  const char *body;

  if (route == NULL)
    g_error ("nobody expects %s with “%s”", self->request, self->body); /* aborts */
  body = g_bytes_get_data (route->body, &len);
  soup_server_message_set_status (message, route->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, len);
  if (route->once)
    g_ptr_array_remove (self->routes, route);
}

static void
note_header (const char *name, const char *value, gpointer headers)
{
  g_hash_table_insert (headers, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TbFakeServer *self = data;
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  gsize len;
  const char *answer = g_bytes_get_data (self->answer, &len);

  self->count++;
  g_free (self->request);
  self->request = g_strdup_printf ("%s %s%s%s", soup_server_message_get_method (message), path, g_uri_get_query (uri) != NULL ? "?" : "",
                                   g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "");
  g_free (self->body);
  self->body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  g_string_append_printf (self->log, "%s\n", self->request);
  g_hash_table_remove_all (self->headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), note_header, self->headers);
  if (self->routes->len > 0)
    {
      answer_by_route (self, message);
      return;
    }

  switch (self->mode)
    {
    case TB_FAKE_STALL:
      soup_server_message_pause (message);
      return;
    case TB_FAKE_CUT:
      cut (self, message);
      return;
    case TB_FAKE_ANSWER:
    default:
      if (self->header != NULL)
        soup_message_headers_replace (soup_server_message_get_response_headers (message), self->header, self->value);
      soup_server_message_set_status (message, self->status, NULL);
      soup_server_message_set_response (message, "application/octet-binary", SOUP_MEMORY_COPY, answer, len);
    }
}

static TbFakeServer *
make (gboolean tls)
{
  TbFakeServer *self = g_new0 (TbFakeServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  self->log = g_string_new (NULL);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->routes = g_ptr_array_new_with_free_func (route_free);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (tls)
    {
      g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (certificate_pem, -1, &error);

      g_assert_no_error (error);
      soup_server_set_tls_certificate (self->server, certificate);
    }
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | (tls ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("%s://127.0.0.1:%d", tls ? "https" : "http", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  tb_fake_server_set (self, TB_FAKE_ANSWER, 200, NULL, NULL, "", 0);
  return self;
}

TbFakeServer *
tb_fake_server_new (void)
{
  return make (FALSE);
}

TbFakeServer *
tb_fake_server_new_untrusted (void)
{
  return make (TRUE);
}

void
tb_fake_server_free (TbFakeServer *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_bytes_unref (self->answer);
  g_ptr_array_unref (self->routes);
  g_hash_table_unref (self->headers);
  g_string_free (self->log, TRUE);
  g_free (self->header);
  g_free (self->value);
  g_free (self->url);
  g_free (self->request);
  g_free (self->body);
  g_free (self);
}

const char *
tb_fake_server_get_url (TbFakeServer *self)
{
  return self->url;
}

void
tb_fake_server_set (TbFakeServer *self, TbFakeMode mode, guint status, const char *header, const char *value, const char *body, gssize len)
{
  self->mode = mode;
  self->status = status;
  g_free (self->header);
  self->header = g_strdup (header);
  g_free (self->value);
  self->value = g_strdup (value);
  g_clear_pointer (&self->answer, g_bytes_unref);
  self->answer = g_bytes_new (body, len < 0 ? strlen (body) : (gsize) len);
}

void
tb_fake_server_on_bytes (TbFakeServer *self, const char *request, const char *holds, guint status, GBytes *body)
{
  Route *route = g_new0 (Route, 1);

  route->request = g_strdup (request);
  route->holds = g_strdup (holds);
  route->status = status;
  route->body = g_bytes_ref (body);
  g_ptr_array_add (self->routes, route);
}

void
tb_fake_server_on (TbFakeServer *self, const char *request, const char *holds, guint status, const char *sample)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", sample, NULL);
  g_autoptr (GBytes) body = NULL;
  char *text;
  gsize len;

  if (strpbrk (sample, "{}\n/") == NULL && *sample != '\0' && g_file_get_contents (path, &text, &len, NULL))
    body = g_bytes_new_take (text, len);
  else
    body = g_bytes_new (sample, strlen (sample));
  tb_fake_server_on_bytes (self, request, holds, status, body);
}

void
tb_fake_server_on_once (TbFakeServer *self, const char *request, const char *holds, guint status, const char *sample)
{
  tb_fake_server_on (self, request, holds, status, sample);
  ((Route *) self->routes->pdata[self->routes->len - 1])->once = TRUE;
}

const char *
tb_fake_server_get_log (TbFakeServer *self)
{
  return self->log->str;
}

const char *
tb_fake_server_get_header (TbFakeServer *self, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->headers, key);
}

guint
tb_fake_server_get_count (TbFakeServer *self)
{
  return self->count;
}

const char *
tb_fake_server_get_request (TbFakeServer *self)
{
  return self->request;
}

const char *
tb_fake_server_get_body (TbFakeServer *self)
{
  return self->body;
}

static gboolean
on_too_long (gpointer data)
{
  g_error ("nothing happened for ten seconds"); /* aborts */
  return G_SOURCE_REMOVE;
}

void
tb_fake_server_wait (const gboolean *done)
{
  guint timer = g_timeout_add_seconds (10, on_too_long, NULL);

  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}
