/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-pin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-url.h"

#define PREFIX "sha256:"
#define DIGITS 64
#define PATIENCE 20 /* seconds without a byte */

struct _TbPin
{
  GTlsDatabase parent_instance;

  char *fingerprint;
};

G_DEFINE_FINAL_TYPE (TbPin, tb_pin, G_TYPE_TLS_DATABASE)

/* ---- fingerprints ---- */

char *
tb_pin_parse (const char *text, GError **error)
{
  const char *at = g_ascii_strncasecmp (text, PREFIX, strlen (PREFIX)) == 0 ? text + strlen (PREFIX) : "";
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *at != '\0' && (g_ascii_isxdigit (*at) || *at == ':'); at++)
    if (*at != ':')
      g_string_append_c (digits, g_ascii_tolower (*at));
    else if (digits->len % 2 != 0)
      break;
  if (*at == '\0' && digits->len == DIGITS)
    return g_strconcat (PREFIX, digits->str, NULL);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a certificate's fingerprint: “sha256:” and 64 hexadecimal digits."), text);
  return NULL;
}

char *
tb_pin_of (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *sum = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  return g_strconcat (PREFIX, sum, NULL);
}

/* ---- the database ---- */

/* In place of all other reasons: to be its authority is to be it. */
static GTlsCertificateFlags
tb_pin_verify_chain (GTlsDatabase *database, GTlsCertificate *chain, const char *purpose, GSocketConnectable *identity, GTlsInteraction *interaction,
                     GTlsDatabaseVerifyFlags flags, GCancellable *cancellable, GError **error)
{
  g_autofree char *shown = tb_pin_of (chain);

  return g_strcmp0 (shown, TB_PIN (database)->fingerprint) == 0 ? 0 : G_TLS_CERTIFICATE_UNKNOWN_CA;
}

static void
tb_pin_finalize (GObject *object)
{
  g_free (TB_PIN (object)->fingerprint);
  G_OBJECT_CLASS (tb_pin_parent_class)->finalize (object);
}

static void
tb_pin_class_init (TbPinClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tb_pin_finalize;
  G_TLS_DATABASE_CLASS (class)->verify_chain = tb_pin_verify_chain;
}

static void
tb_pin_init (TbPin *self)
{
}

TbPin *
tb_pin_new (const char *fingerprint)
{
  TbPin *self = g_object_new (TB_TYPE_PIN, NULL);

  self->fingerprint = g_strdup (fingerprint);
  return self;
}

const char *
tb_pin_get_fingerprint (TbPin *self)
{
  return self->fingerprint;
}

/* ---- looking ---- */

void
tb_shown_certificate_free (TbShownCertificate *self)
{
  if (self == NULL)
    return;
  g_free (self->fingerprint);
  g_free (self->subject);
  g_free (self->issuer);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_free (self);
}

/* Whatever it is, it is refused: so the talk ends there. */
static gboolean
on_certificate (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags flags, gpointer ret)
{
  g_set_object ((GTlsCertificate **) ret, certificate);
  return FALSE;
}

static void
on_event (GSocketClient *client, GSocketClientEvent event, GSocketConnectable *address, GIOStream *connection, gpointer ret)
{
  g_autoptr (TbPin) nobody = NULL;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;
  nobody = tb_pin_new (NULL);
  g_tls_connection_set_database (G_TLS_CONNECTION (connection), G_TLS_DATABASE (nobody));
  g_signal_connect (connection, "accept-certificate", G_CALLBACK (on_certificate), ret);
}

static GTlsCertificateFlags
ask_system (GTlsCertificate *certificate, GUri *uri)
{
  g_autoptr (GTlsDatabase) system = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  g_autoptr (GSocketConnectable) host = g_network_address_new (g_uri_get_host (uri), 443);

  return g_tls_database_verify_chain (system, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, host, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
}

static TbShownCertificate *
describe (GTlsCertificate *certificate, GUri *uri)
{
  TbShownCertificate *self = g_new0 (TbShownCertificate, 1);

  self->fingerprint = tb_pin_of (certificate);
  self->subject = g_tls_certificate_get_subject_name (certificate);
  self->issuer = g_tls_certificate_get_issuer_name (certificate);
  self->not_before = g_tls_certificate_get_not_valid_before (certificate);
  self->not_after = g_tls_certificate_get_not_valid_after (certificate);
  self->distrust = ask_system (certificate, uri);
  return self;
}

static GUri *
parse (const char *url, GError **error)
{
  g_autoptr (GUri) uri = tb_http_parse_url (url, error);

  if (uri == NULL || g_str_equal (g_uri_get_scheme (uri), "https"))
    return g_steal_pointer (&uri);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s is not spoken to by https://, so it shows no certificate."), g_uri_get_host (uri));
  return NULL;
}

TbShownCertificate *
tb_pin_look (const char *url, GCancellable *cancellable, GError **error)
{
  g_autoptr (GUri) uri = parse (url, error);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) failure = NULL;

  if (uri == NULL)
    return NULL;
  g_socket_client_set_tls (client, TRUE);
  g_socket_client_set_timeout (client, MAX (PATIENCE * tb_http_get_second () / 1000, 1));
  g_signal_connect (client, "event", G_CALLBACK (on_event), &certificate);
  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri), g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : 443, cancellable,
                                                &failure);
  if (certificate != NULL)
    return describe (certificate, uri);
  g_set_error (error, TB_ERROR, g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? TB_ERROR_CANCELLED : TB_ERROR_NETWORK,
               _("%s showed no certificate: %s"), g_uri_get_host (uri), failure != NULL ? failure->message : "");
  return NULL;
}
