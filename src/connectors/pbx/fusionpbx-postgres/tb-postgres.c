/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-postgres.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-text.h"

#define CONNECT_SECONDS 30
#define SILENCE_SECONDS 120 /* for one page of rows */
#define AUTHORITIES "/etc/ssl/certs/ca-certificates.crt" /* libpq 15 does not find the system's by itself */

/* ---- the address ---- */

GUri *
tb_postgres_parse_url (const char *url, GError **error)
{
  g_autofree char *socket = *url == '/' ? g_uri_escape_string (url, "/", FALSE) : NULL;
  g_autofree char *full = socket != NULL ? g_strconcat ("postgresql:///fusionpbx?host=", socket, NULL) : g_strdup (url);
  g_autoptr (GUri) uri = g_uri_parse (full, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if (!g_str_equal (scheme, "postgresql") && !g_str_equal (scheme, "postgres"))
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not an address like postgresql://pbx.example.com/fusionpbx."), url);
  else if (g_uri_get_password (uri) != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The address of %s holds a password. Give it on its own."), g_uri_get_host (uri));
  else
    return g_steal_pointer (&uri);
  return NULL;
}

static gboolean
is_here (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return *host == '/' || g_ascii_strcasecmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* ---- waiting ---- */

/* FALSE = cancelled or nothing came in time. */
static gboolean
wait_for (PGconn *connection, GIOCondition condition, gint64 until, const char *host, GCancellable *cancellable, GError **error)
{
  GPollFD fds[2] = { { .fd = PQsocket (connection), .events = (gushort) condition } };
  gboolean has_fd = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[1]);
  int ready = g_poll (fds, has_fd ? 2 : 1, (gint) MAX ((until - g_get_monotonic_time ()) / 1000, 0));

  if (has_fd)
    g_cancellable_release_fd (cancellable);
  if (tb_error_if_cancelled (cancellable, error))
    return FALSE;
  if (ready == 0)
    g_set_error (error, TB_ERROR, TB_ERROR_TIMEOUT, _("%s did not answer in time."), host);
  return ready != 0;
}

/* ---- connecting ---- */

static void
refuse (PGconn *connection, const char *host, GError **error)
{
  g_autofree char *raw = g_strstrip (g_strdup (PQerrorMessage (connection)));
  g_autofree char *said = tb_text_for_message (raw, -1, 500);
  gboolean login = PQconnectionNeedsPassword (connection) || PQconnectionUsedPassword (connection) || strstr (raw, "authentication") != NULL
                   || strstr (raw, "pg_hba") != NULL || strstr (raw, "role") != NULL;

  g_set_error (error, TB_ERROR, login ? TB_ERROR_AUTH : TB_ERROR_NETWORK, login ? _("%s refused the login: %s") : _("%s was not reached: %s"), host, said);
}

static gboolean
finish_connecting (PGconn *connection, const char *host, GCancellable *cancellable, GError **error)
{
  gint64 until = g_get_monotonic_time () + CONNECT_SECONDS * G_USEC_PER_SEC;
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;

  if (PQstatus (connection) == CONNECTION_BAD)
    state = PGRES_POLLING_FAILED;
  while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING)
    {
      if (!wait_for (connection, state == PGRES_POLLING_READING ? G_IO_IN : G_IO_OUT, until, host, cancellable, error))
        return FALSE;
      state = PQconnectPoll (connection);
    }
  if (state == PGRES_POLLING_OK)
    return TRUE;
  refuse (connection, host, error);
  return FALSE;
}

PGconn *
tb_postgres_connect (GUri *uri, const char *user, const char *secret, const char *host, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) query = g_uri_get_query (uri) != NULL ? g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  const char *socket = query != NULL ? g_hash_table_lookup (query, "host") : NULL;
  const char *authorities = query != NULL ? g_hash_table_lookup (query, "sslrootcert") : NULL;
  const char *at = socket != NULL ? socket : g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' ? g_uri_get_host (uri) : "localhost";
  g_autofree char *port = g_uri_get_port (uri) > 0 ? g_strdup_printf ("%d", g_uri_get_port (uri)) : NULL;
  const char *database = strlen (g_uri_get_path (uri)) > 1 ? g_uri_get_path (uri) + 1 : "fusionpbx";
  gboolean here = is_here (at);
  const struct { const char *name, *value; } parameters[] = {
    { "host", at }, { "port", port }, { "dbname", database }, { "user", user }, { "password", secret },
    { "sslmode", here ? "prefer" : "verify-full" }, { "sslrootcert", here ? NULL : authorities != NULL ? authorities : AUTHORITIES },
    { "client_encoding", "UTF8" }, { "application_name", "tollbook" },
    { "options", "-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO -c statement_timeout=100s" },
  };
  const char *names[G_N_ELEMENTS (parameters) + 1] = { NULL }, *values[G_N_ELEMENTS (parameters) + 1] = { NULL };
  guint n = 0;
  PGconn *connection;

  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (parameters[i].value != NULL)
      {
        names[n] = parameters[i].name;
        values[n++] = parameters[i].value;
      }
  connection = PQconnectStartParams (names, values, 0);
  if (finish_connecting (connection, host, cancellable, error))
    return connection;
  PQfinish (connection);
  return NULL;
}

/* ---- asking ---- */

static void
stop_query (PGconn *connection)
{
  PGcancel *cancel = PQgetCancel (connection);
  char reason[256];

  if (cancel != NULL)
    PQcancel (cancel, reason, sizeof reason);
  PQfreeCancel (cancel);
}

static void
diagnose (PGconn *connection, const PGresult *result, const char *host, GError **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *raw = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  g_autofree char *said = tb_text_for_message (raw != NULL ? raw : PQerrorMessage (connection), -1, 500);

  if (g_strcmp0 (state, "42501") == 0)
    g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s does not let this user read: %s. Its administrator runs: GRANT SELECT ON v_xml_cdr, v_domains, v_extensions TO the user."), host,
                 said);
  else if (g_strcmp0 (state, "57014") == 0)
    g_set_error (error, TB_ERROR, TB_ERROR_TIMEOUT, _("%s did not answer in time."), host);
  else
    g_set_error (error, TB_ERROR, state != NULL ? TB_ERROR_INVALID_INPUT : TB_ERROR_NETWORK, _("%s refused to tell its calls: %s"), host, said);
}

PGresult *
tb_postgres_query (PGconn *connection, const char *sql, const char *const *values, const char *host, GCancellable *cancellable, GError **error)
{
  gint64 until = g_get_monotonic_time () + SILENCE_SECONDS * G_USEC_PER_SEC;
  PGresult *result, *rest;

  if (PQsendQueryParams (connection, sql, (int) g_strv_length ((char **) values), NULL, values, NULL, NULL, 0) != 1)
    {
      diagnose (connection, NULL, host, error);
      return NULL;
    }
  while (PQisBusy (connection))
    {
      if (!wait_for (connection, G_IO_IN, until, host, cancellable, error))
        {
          stop_query (connection);
          return NULL;
        }
      if (PQconsumeInput (connection) == 0)
        break;
    }
  result = PQgetResult (connection);
  while ((rest = PQgetResult (connection)) != NULL)
    PQclear (rest);
  if (PQresultStatus (result) == PGRES_TUPLES_OK)
    return result;
  diagnose (connection, result, host, error);
  PQclear (result);
  return NULL;
}
