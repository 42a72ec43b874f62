/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-http.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-pin.h"
#include "tb-text.h"

#define BLOCK (64 * 1024)
#define DEFAULT_TIMEOUT 120
#define DEFAULT_LIMIT ((gsize) 256 * 1024 * 1024)
#define SILENCE 60      /* seconds without a byte */
#define STRIDE 30       /* seconds from look to look at what came */
#define HEAD_STRIDES 3
#define MIN_STRIDE 1024 /* bytes that came since the last look; less is a drip, which would hold the others up for long */
#define ERROR_LIMIT ((gsize) 64 * 1024) /* of a body that is only looked at for what it complains of */

/* One request under way. Its own cancellable stops it for the user and for the deadline. */
typedef struct
{
  SoupMessage *message;
  TbPin *pin; /* NULL = what the system trusts is accepted */
  GInputStream *stream;
  GByteArray *body;
  gsize limit;
  guint timeout;
  GCancellable *stop;
  GCancellable *user;
  gulong link;
  GSource *deadline;
  guint strides;  /* looks at it */
  guint seen;     /* bytes of the body at the last look */
  guint too_late; /* seconds after which it was given up; 0 = it was not */
  GError *bad; /* a status other than 2xx, whose body is still read */
  gboolean started;
} Request;

guint
tb_http_get_second (void)
{
  const char *held = g_getenv ("TOLLBOOK_PATIENCE");
  guint64 milliseconds;

  return held != NULL && g_ascii_string_to_unsigned (held, 10, 1, 1000, &milliseconds, NULL) ? (guint) milliseconds : 1000;
}

SoupSession *
tb_http_session_new (void)
{
  return soup_session_new_with_options ("user-agent", "Tollbook/" TB_VERSION, "timeout", MAX (SILENCE * tb_http_get_second () / 1000, 1), "idle-timeout",
                                        30, NULL);
}

void
tb_http_session_pin (SoupSession *session, const char *fingerprint)
{
  g_autoptr (TbPin) pin = tb_pin_new (fingerprint);

  soup_session_set_tls_database (session, G_TLS_DATABASE (pin));
}

/* ---- addresses ---- */

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address) : g_ascii_strcasecmp (host, "localhost") == 0;
}

GUri *
tb_http_parse_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0')
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not an address like https://pbx.example.com."), url != NULL ? url : "");
  else if (g_uri_get_password (uri) != NULL || g_uri_get_user (uri) != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The address of %s holds a user or password. Give them on their own."), host);
  else if (g_str_equal (g_uri_get_scheme (uri), "http") && !is_loopback (host))
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                 _("http://%s would send the key in the clear. Use https://; http:// is only for this computer (localhost)."), host);
  else if (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http"))
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” does not begin with https://."), url);
  else
    return g_steal_pointer (&uri);
  return NULL;
}

/* ---- diagnosis ---- */

static const char *
certificate_reason (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return _("the certificate has expired");
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _("the certificate is not valid yet; is the clock right?");
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _("the certificate is for another name");
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return _("the certificate was revoked");
  if (flags & G_TLS_CERTIFICATE_INSECURE)
    return _("the certificate uses an insecure algorithm");
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _("the certificate is not signed by an authority that this computer trusts");
  return _("no secure connection could be made");
}

static GError *
diagnose_certificate (Request *self)
{
  GTlsCertificate *shown = soup_message_get_tls_peer_certificate (self->message);
  const char *host = g_uri_get_host (soup_message_get_uri (self->message));
  g_autofree char *fingerprint = shown != NULL ? tb_pin_of (shown) : NULL;

  if (self->pin != NULL && fingerprint != NULL)
    return g_error_new (TB_ERROR, TB_ERROR_NETWORK,
                        _("%s shows another certificate than the one that is pinned: %s. Nothing was sent. Either it was given a new one, to be pinned in "
                          "its place, or somebody else answers."),
                        host, fingerprint);
  return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("%s cannot be trusted: %s. Nothing was sent."), host,
                      certificate_reason (soup_message_get_tls_peer_certificate_errors (self->message)));
}

static GError *
diagnose (Request *self, const GError *cause)
{
  const char *host = g_uri_get_host (soup_message_get_uri (self->message));

  if (self->too_late > 0)
    return g_error_new (TB_ERROR, TB_ERROR_TIMEOUT, _("%s did not answer completely within %u seconds: %u bytes came."), host, self->too_late,
                        self->body->len);
  if (g_cancellable_is_cancelled (self->user))
    return g_error_new_literal (TB_ERROR, TB_ERROR_CANCELLED, _("Cancelled."));
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (TB_ERROR, TB_ERROR_TIMEOUT, _("%s does not answer."), host);
  if (cause->domain == G_RESOLVER_ERROR)
    return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("The name %s was not found. Is it right, and is there a network?"), host);
  if (cause->domain == G_TLS_ERROR)
    return diagnose_certificate (self);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("%s refuses the connection: no web server listens at that port."), host);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("%s cannot be reached over the network."), host);
  if (self->stream != NULL || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("The connection to %s broke off after %u bytes of the answer."), host, self->body->len);
  return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("%s was not reached: %s"), host, cause->message);
}

/* FusionPBX sends whoever is not logged in to "/?path=…"; other systems to something with "login" in it. Permanently moved,
 * or the same page elsewhere, is an address to correct. */
static GError *
diagnose_redirect (Request *self, guint status)
{
  GUri *asked = soup_message_get_uri (self->message);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Location");
  g_autoptr (GUri) to = location != NULL ? g_uri_parse_relative (asked, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (to != NULL && (status == 301 || status == 308 || g_strcmp0 (g_uri_get_host (to), g_uri_get_host (asked)) != 0
                     || g_str_equal (g_uri_get_path (to), g_uri_get_path (asked))))
    {
      /* With its port, without what follows the question mark: that may hold a key. */
      g_autofree char *shown = g_uri_to_string_partial (to, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);

      return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s sends the request on to %s. Enter that address if it is right."), g_uri_get_host (asked), shown);
    }
  return g_error_new (TB_ERROR, TB_ERROR_AUTH, _("%s asks to log in: the key or the user was not accepted."), g_uri_get_host (asked));
}

/* Seconds from now, or a date (RFC 9110, 10.2.3). -1 = neither. */
static gint64
retry_after (Request *self)
{
  const char *after = soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (after == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (after, 10, 0, G_MAXINT32, &seconds, NULL))
    return (gint64) seconds;
  date = soup_date_time_new_from_http_string (after);
  return date != NULL ? MAX (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0) : -1;
}

static GError *
diagnose_busy (Request *self, guint status)
{
  const char *host = g_uri_get_host (soup_message_get_uri (self->message));
  gint64 after = retry_after (self);

  if (after >= 0)
    return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("%s cannot answer now (HTTP %u). Try again in %" PRId64 " seconds."), host, status, after);
  return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("%s cannot answer now (HTTP %u). Try again later."), host, status);
}

/* NULL for an answer whose body counts. */
static GError *
diagnose_status (Request *self)
{
  guint status = soup_message_get_status (self->message);
  const char *host = g_uri_get_host (soup_message_get_uri (self->message));

  if (status == SOUP_STATUS_PARTIAL_CONTENT) /* which was not asked for */
    return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("%s answered only a part (HTTP %u)."), host, status);
  if (status >= 200 && status < 300)
    return NULL;
  if (status >= 300 && status < 400)
    return diagnose_redirect (self, status);
  if (status == 401 || status == 407)
    return g_error_new (TB_ERROR, TB_ERROR_AUTH, _("%s did not accept the key or the user (HTTP %u)."), host, status);
  if (status == 403)
    return g_error_new (TB_ERROR, TB_ERROR_AUTH, _("%s forbids it (HTTP 403): the user lacks permission, or this address is not allowed in."), host);
  if (status == 404 || status == 410)
    return g_error_new (TB_ERROR, TB_ERROR_NOT_FOUND, _("%s has no page %s (HTTP %u). Is the address right?"), host,
                        g_uri_get_path (soup_message_get_uri (self->message)), status);
  if (status == 408)
    return g_error_new (TB_ERROR, TB_ERROR_TIMEOUT, _("%s gave up waiting for the request (HTTP 408)."), host);
  if (status == 429 || status >= 500)
    return diagnose_busy (self, status);
  return g_error_new (TB_ERROR, TB_ERROR_FAILED, _("%s answered with HTTP %u."), host, status);
}

/* ---- one request ---- */

/* The connection is there, certificate and all, and the first byte is next. */
static void
on_starting (SoupMessage *message, gpointer data)
{
  Request *self = data;

  self->started = TRUE;
}

static void
request_free (gpointer data)
{
  Request *self = data;

  if (self->link != 0)
    g_cancellable_disconnect (self->user, self->link);
  g_signal_handlers_disconnect_by_func (self->message, on_starting, self);
  if (self->deadline != NULL)
    {
      g_source_destroy (self->deadline);
      g_source_unref (self->deadline);
    }
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->pin);
  g_clear_object (&self->stop);
  g_clear_object (&self->user);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_error (&self->bad);
  g_free (self);
}

static guint
stride_of (const Request *self)
{
  return MIN (STRIDE, self->timeout);
}

/* A socket's own timeout begins anew with every byte. */
static gboolean
on_stride (gpointer data)
{
  Request *self = data;
  guint came = self->body->len - self->seen, after = ++self->strides * stride_of (self);

  if (after < self->timeout && (self->stream != NULL ? came >= MIN_STRIDE || self->bad != NULL : self->strides < HEAD_STRIDES))
    {
      self->seen = self->body->len;
      return G_SOURCE_CONTINUE;
    }
  self->too_late = after;
  g_cancellable_cancel (self->stop);
  return G_SOURCE_REMOVE;
}

static void
on_user_cancelled (GCancellable *cancellable, gpointer stop)
{
  g_cancellable_cancel (stop);
}

/* Takes `bad`, which is NULL when all went well. */
static void
finish (GTask *task, GError *bad, gboolean passing)
{
  Request *self = g_task_get_task_data (task);
  TbHttpAnswer *answer = g_new0 (TbHttpAnswer, 1);

  answer->status = soup_message_get_status (self->message);
  answer->message = g_object_ref (self->message);
  answer->headers = answer->status != 0 ? soup_message_get_response_headers (self->message) : NULL;
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  answer->bad = bad;
  answer->passing = passing;
  answer->unsent = !self->started;
  answer->retry_after = answer->status != 0 ? retry_after (self) : -1;
  g_task_return_pointer (task, answer, (GDestroyNotify) tb_http_answer_free);
}

/* What the network did, not the server. A name that is not found, a refused connection and a bad certificate do not pass in a moment,
 * nor does a silence that was waited for already. */
static void
finish_broken (GTask *task, const GError *cause)
{
  Request *self = g_task_get_task_data (task);
  gboolean passing = (self->stream != NULL && !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
                     || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);

  finish (task, diagnose (self, cause), passing && self->too_late == 0 && !g_cancellable_is_cancelled (self->user));
}

static void
finish_whole (GTask *task)
{
  Request *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);

  finish (task, g_steal_pointer (&self->bad), status == 408 || status == 429 || status >= 500);
}

static void read_more (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize room = (self->bad != NULL ? MIN (self->limit, ERROR_LIMIT) : self->limit) - self->body->len;

  if (bytes == NULL && self->bad == NULL)
    return finish_broken (task, error);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0 || (self->bad != NULL && g_bytes_get_size (bytes) > room))
    return finish_whole (task);
  if (g_bytes_get_size (bytes) > room)
    return finish (task, g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT, _("The answer of %s is larger than %zu bytes."),
                                      g_uri_get_host (soup_message_get_uri (self->message)), self->limit),
                   FALSE);
  g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  read_more (g_steal_pointer (&task));
}

static void
read_more (GTask *task)
{
  Request *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, BLOCK, G_PRIORITY_DEFAULT, self->stop, on_read, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    return finish_broken (task, error);
  self->stream = stream;
  self->bad = diagnose_status (self);
  read_more (g_steal_pointer (&task));
}

static void
watch (Request *self)
{
  self->deadline = g_timeout_source_new (stride_of (self) * tb_http_get_second ());
  g_source_set_callback (self->deadline, on_stride, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
  if (self->user != NULL)
    self->link = g_cancellable_connect (self->user, G_CALLBACK (on_user_cancelled), g_object_ref (self->stop), g_object_unref);
}

void
tb_http_send_async (SoupSession *session, SoupMessage *message, const TbHttpLimits *limits, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, NULL, callback, data);
  Request *self = g_new0 (Request, 1);

  self->message = g_object_ref (message);
  self->pin = TB_IS_PIN (soup_session_get_tls_database (session)) ? g_object_ref (TB_PIN (soup_session_get_tls_database (session))) : NULL;
  self->body = g_byte_array_new ();
  self->limit = limits != NULL && limits->limit > 0 ? MIN (limits->limit, (gsize) G_MAXINT32) : DEFAULT_LIMIT;
  self->timeout = limits != NULL && limits->timeout > 0 ? limits->timeout : DEFAULT_TIMEOUT;
  self->stop = g_cancellable_new ();
  self->user = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_task_set_task_data (task, self, request_free);
  g_task_set_source_tag (task, tb_http_send_async);
  watch (self);

  g_signal_connect (message, "starting", G_CALLBACK (on_starting), self);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, self->stop, on_sent, g_steal_pointer (&task));
}

TbHttpAnswer *
tb_http_answer_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

void
tb_http_answer_free (TbHttpAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_error (&self->bad);
  g_free (self);
}

GBytes *
tb_http_send_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (TbHttpAnswer) answer = tb_http_answer_finish (result);

  if (answer->bad == NULL)
    return g_bytes_ref (answer->body);
  g_propagate_error (error, g_steal_pointer (&answer->bad));
  return NULL;
}
