/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-http.h"

#include <string.h>

#include "tb-error.h"
#include "tb-http.h"

#define PATH "/includes/api.php"
#define LIMIT ((gsize) 64 * 1024 * 1024) /* 250 rows are some hundred KiB; lists without pages may be long */

/* Its loop is its own, so that it can block any thread that it is used from. */
typedef struct
{
  TbWhmcsTransport transport;
  GUri *url;
  GMainContext *context;
  GThread *thread; /* the session's, which must not be used from another */
  SoupSession *session;
} Http;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  TbHttpAnswer **answer = data;

  *answer = tb_http_answer_finish (result);
}

static SoupSession *
get_session (Http *self)
{
  if (self->thread == g_thread_self ())
    return self->session;
  g_clear_object (&self->session);
  self->session = tb_http_session_new ();
  self->thread = g_thread_self ();
  return self->session;
}

/* libsoup gives a POST a connection of its own and sends it once; the flags say so too. Only what is harmless to repeat may share
 * connections, and be sent again when one of them turns out to be closed. */
static SoupMessage *
make_message (Http *self, GBytes *form, gboolean changes)
{
  SoupMessage *message = soup_message_new_from_uri ("POST", self->url);

  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", form);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  soup_message_add_flags (message, changes ? SOUP_MESSAGE_NEW_CONNECTION : SOUP_MESSAGE_IDEMPOTENT);
  return message;
}

static TbHttpAnswer *
post (TbWhmcsTransport *transport, GBytes *form, gboolean changes, guint timeout, GCancellable *cancellable)
{
  Http *self = (Http *) transport;
  const TbHttpLimits limits = { .timeout = timeout, .limit = LIMIT };
  g_autoptr (SoupMessage) message = make_message (self, form, changes);
  TbHttpAnswer *answer = NULL;

  g_main_context_push_thread_default (self->context);
  tb_http_send_async (get_session (self), message, &limits, cancellable, on_answered, &answer);
  while (answer == NULL)
    g_main_context_iteration (self->context, TRUE);
  g_main_context_pop_thread_default (self->context);
  return answer;
}

/* In short pieces, so that a cancel is heard. */
static gboolean
wait_seconds (TbWhmcsTransport *transport, guint seconds, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) seconds * tb_http_get_second () * 1000;

  while (g_get_monotonic_time () < end)
    {
      if (tb_error_if_cancelled (cancellable, error))
        return FALSE;
      g_usleep ((gulong) CLAMP (end - g_get_monotonic_time (), 0, G_USEC_PER_SEC / 10));
    }
  return !tb_error_if_cancelled (cancellable, error);
}

static void
http_free (TbWhmcsTransport *transport)
{
  Http *self = (Http *) transport;

  g_main_context_push_thread_default (self->context);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_uri_unref (self->url);
  g_free (self);
}

static GUri *
complete (GUri *url)
{
  const char *given = g_uri_get_path (url);
  g_autofree char *folder = g_str_has_suffix (given, PATH) ? g_strndup (given, strlen (given) - strlen (PATH)) : g_strdup (given);
  g_autofree char *path = NULL;

  while (g_str_has_suffix (folder, "/"))
    folder[strlen (folder) - 1] = '\0';
  path = g_strconcat (folder, PATH, NULL);
  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (url), NULL, g_uri_get_host (url), g_uri_get_port (url), path, NULL, NULL);
}

TbWhmcsTransport *
tb_whmcs_http_new (GUri *url)
{
  Http *self = g_new0 (Http, 1);

  self->transport = (TbWhmcsTransport){ post, wait_seconds, http_free };
  self->url = complete (url);
  self->context = g_main_context_new ();
  return &self->transport;
}
