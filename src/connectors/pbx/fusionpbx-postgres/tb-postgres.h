/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* A connection to PostgreSQL that only reads and can be cancelled at any moment. Blocks. Private to fusionpbx-postgres. */

/* The secret goes as a parameter of its own, never into a text. Encrypted and checked (verify-full) unless it stays on this computer. TB_ERROR_AUTH,
 * TB_ERROR_NETWORK, TB_ERROR_TIMEOUT, TB_ERROR_CANCELLED. */
PGconn *tb_postgres_connect (GUri *uri, const char *user, const char *secret, const char *host, GCancellable *cancellable, GError **error);
/* Rows as text; PQclear. `values` are $1, $2, …, NULL-ended. */
PGresult *tb_postgres_query (PGconn *connection, const char *sql, const char *const *values, const char *host, GCancellable *cancellable, GError **error);
/* postgresql://host[:port]/database[?host=/folder/of/socket][&sslrootcert=/file], or the folder of a socket; without a password in it. */
GUri *tb_postgres_parse_url (const char *url, GError **error);

G_END_DECLS
