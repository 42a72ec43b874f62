/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-receiver.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "tb-call-post.h"
#include "tb-call-spool.h"
#include "tb-error.h"
#include "tb-push.h"
#include "tb-secret.h"

#define MAX_BODY (4u << 20)
#define MAX_CONNECTIONS 64
#define DEADLINE 15000 /* milliseconds from the connection to the end of the post */

struct _TbCallReceiver
{
  SoupServer *server;
  TbCallSpool *spool;
  char *folder, *path;
  char *user, *secret; /* user NULL = any */
  guint deadline;
  guint open; /* connections */
  guint64 taken, refused;
};

/* A connection that waits for a post or is in the midst of one. */
typedef struct
{
  TbCallReceiver *receiver;
  GByteArray *body;
  gboolean too_large;
  GSource *deadline;
} Post;

static GQuark
post_quark (void)
{
  return g_quark_from_static_string ("tb-call-post");
}

static Post *
post_of (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (message), post_quark ());
}

/* ---- life ---- */

static void
clear (gpointer data)
{
  TbCallReceiver *self = data;

  g_clear_object (&self->server);
  g_clear_pointer (&self->spool, tb_call_spool_free);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->user);
  tb_secret_free (self->secret);
}

static void
post_free (gpointer data)
{
  Post *post = data;

  post->receiver->open--;
  g_rc_box_release_full (post->receiver, clear);
  g_source_destroy (post->deadline);
  g_source_unref (post->deadline);
  g_byte_array_unref (post->body);
  g_free (post);
}

void
tb_call_receiver_free (TbCallReceiver *self)
{
  if (self == NULL)
    return;
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_rc_box_release_full (self, clear);
}

/* ---- answers ---- */

static void
answer (SoupServerMessage *message, guint status, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Connection", "close");
  if (status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Basic realm=\"Tollbook\"");
  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_replace (headers, "Allow", "POST");
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY, line, strlen (line));
  soup_server_message_set_status (message, status, NULL);
}

static void
refuse (TbCallReceiver *self, SoupServerMessage *message, guint status, const char *text)
{
  self->refused++;
  answer (message, status, text);
}

/* ---- who posts ---- */

/* As long for a wrong password as for the right one, whatever they have in common. */
static gboolean
is_equal (const char *given, const char *wanted)
{
  g_autofree char *first = g_compute_checksum_for_string (G_CHECKSUM_SHA256, given, -1);
  g_autofree char *second = g_compute_checksum_for_string (G_CHECKSUM_SHA256, wanted, -1);
  guint different = 0;

  for (guint i = 0; first[i] != '\0'; i++)
    different |= (guint) (first[i] ^ second[i]);
  return different == 0;
}

static gboolean
is_allowed (TbCallReceiver *self, SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree guchar *bytes = NULL;
  g_autofree char *login = NULL;
  char *colon;
  gsize len;
  gboolean knows;

  if (header == NULL || g_ascii_strncasecmp (header, "Basic ", 6) != 0)
    return FALSE;
  bytes = g_base64_decode (header + 6, &len);
  login = g_strndup ((const char *) bytes, len);
  colon = strchr (login, ':');
  if (colon == NULL)
    return FALSE;
  *colon = '\0';
  knows = is_equal (colon + 1, self->secret);
  return (self->user == NULL || is_equal (login, self->user)) && knows;
}

/* ---- a post ---- */

/* Its head is there: what will not be taken is not read either. */
static void
on_head (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TbCallReceiver *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE); /* on_chunk does, within limits */
  if (!g_str_equal (path, self->path))
    refuse (self, message, SOUP_STATUS_NOT_FOUND, _("Calls are not received here."));
  else if (!g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_POST))
    refuse (self, message, SOUP_STATUS_METHOD_NOT_ALLOWED, _("Calls are received by POST."));
  else if (!is_allowed (self, message))
    refuse (self, message, SOUP_STATUS_UNAUTHORIZED, _("User or password are wrong."));
  else if (soup_message_headers_get_content_length (headers) > MAX_BODY)
    refuse (self, message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, _("That is too much for one call."));
}

static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Post *post = data;
  gsize len;
  const guint8 *bytes = g_bytes_get_data (chunk, &len);

  if (soup_server_message_get_status (message) != 0)
    return; /* refused already */
  post->too_large |= len > MAX_BODY - post->body->len;
  if (!post->too_large)
    g_byte_array_append (post->body, bytes, (guint) len);
}

static void
store (TbCallReceiver *self, SoupServerMessage *message, const TbCallPost *post, const char *uuid)
{
  g_autofree char *name = tb_call_post_dup_name (post, uuid);
  int code = tb_call_spool_put (self->spool, name, post->document);

  if (code != 0)
    {
      gboolean full = code == ENOSPC || code == EDQUOT || code == EFBIG;

      refuse (self, message, full ? SOUP_STATUS_INSUFFICIENT_STORAGE : SOUP_STATUS_INTERNAL_SERVER_ERROR, g_strerror (code));
      return;
    }
  self->taken++;
  answer (message, SOUP_STATUS_OK, "OK");
}

static void
on_body (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TbCallReceiver *self = data;
  Post *post = post_of (message);
  const char *type = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Content-Type");
  TbCallPost content = { NULL, NULL };
  g_autoptr (GError) error = NULL;

  if (soup_server_message_get_status (message) != 0)
    return;
  if (post == NULL || post->too_large)
    refuse (self, message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, _("That is too much for one call."));
  else if (!tb_call_post_read (&content, type, (const char *) post->body->data, post->body->len, &error))
    refuse (self, message, SOUP_STATUS_BAD_REQUEST, error->message);
  else
    store (self, message, &content, query != NULL ? g_hash_table_lookup (query, "uuid") : NULL);
  tb_call_post_clear (&content);
}

/* ---- connections ---- */

static void
hang_up (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static gboolean
deadline_cb (gpointer data)
{
  hang_up (data);
  return G_SOURCE_REMOVE;
}

static void
on_connection (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  TbCallReceiver *self = data;
  Post *post;

  if (self->open >= MAX_CONNECTIONS)
    {
      hang_up (message);
      return;
    }
  post = g_new0 (Post, 1);
  post->receiver = g_rc_box_acquire (self);
  post->body = g_byte_array_new ();
  post->deadline = g_timeout_source_new (self->deadline);
  g_source_set_callback (post->deadline, deadline_cb, message, NULL);
  g_source_attach (post->deadline, g_main_context_get_thread_default ());
  self->open++;
  g_object_set_qdata_full (G_OBJECT (message), post_quark (), post, post_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), post);
}

static gboolean
listen_at (TbCallReceiver *self, GUri *address, GError **error)
{
  const char *host = g_uri_get_host (address);
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (g_str_equal (host, "localhost") ? "127.0.0.1" : host);
  g_autoptr (GSocketAddress) socket = g_inet_socket_address_new (inet, (guint16) g_uri_get_port (address));
  g_autoptr (GError) failure = NULL;

  if (soup_server_listen (self->server, socket, 0, &failure))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_NETWORK, _("Calls cannot be received at %s port %d: %s."), host, g_uri_get_port (address),
               failure->message);
  return FALSE;
}

static void
serve (TbCallReceiver *self)
{
  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_connection), self);
  soup_server_add_early_handler (self->server, NULL, on_head, self, NULL);
  soup_server_add_handler (self->server, NULL, on_body, self, NULL);
}

TbCallReceiver *
tb_call_receiver_new (const TbConnection *connection, const char *secret, GError **error)
{
  g_autoptr (GUri) address = tb_push_parse_address (connection->url, error);
  g_autoptr (TbCallReceiver) self = NULL;

  if (address == NULL)
    return NULL;
  if (secret == NULL || *secret == '\0')
    {
      g_set_error (error, TB_ERROR, TB_ERROR_AUTH,
                   _("There is no password for “%s”: without one anybody could post calls. Enter it at the connection."), connection->name);
      return NULL;
    }
  self = g_rc_box_new0 (TbCallReceiver);
  self->deadline = DEADLINE;
  self->folder = tb_push_dup_folder (address);
  self->path = g_strdup (g_uri_get_path (address));
  self->user = connection->user != NULL && *connection->user != '\0' ? g_strdup (connection->user) : NULL;
  self->secret = g_strdup (secret);
  self->spool = tb_call_spool_new (self->folder, error);
  if (self->spool == NULL)
    return NULL;
  serve (self);
  return listen_at (self, address, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- what it is doing ---- */

char *
tb_call_receiver_dup_address (TbCallReceiver *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  GUri *first = uris->data;
  g_autofree char *root = g_uri_to_string (first);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  root[strlen (root) - (g_str_has_suffix (root, "/") ? 1 : 0)] = '\0';
  return g_strconcat (root, self->path, NULL);
}

const char *
tb_call_receiver_get_folder (TbCallReceiver *self)
{
  return self->folder;
}

guint64
tb_call_receiver_get_taken (TbCallReceiver *self)
{
  return self->taken;
}

guint64
tb_call_receiver_get_refused (TbCallReceiver *self)
{
  return self->refused;
}

void
tb_call_receiver_set_deadline (TbCallReceiver *self, guint milliseconds)
{
  self->deadline = milliseconds;
}
