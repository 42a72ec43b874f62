/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TbTransfer: files over SFTP, FTPS and HTTPS (libcurl). Blocks: never on the main loop.
 *
 * Fails closed: an SSH host must stand in ~/.ssh/known_hosts with the key it shows, a TLS server must be trusted by the system (or by
 * SSL_CERT_FILE), FTP is never spoken in the clear, a redirect is never followed, so a secret goes to nobody but the host that was named. What
 * passes is tried again. Messages name the host, never the secret or a query.
 */
typedef struct _TbTransfer TbTransfer;

typedef struct
{
  const char *user;   /* NULL = none */
  const char *secret; /* NULL = none: the key files of ~/.ssh, the agent */
  const char *host;   /* for messages */
  guint patience;     /* milliseconds before something is tried again, doubled each time */
} TbTransferLogin;

typedef enum { TB_TRANSFER_FILE, TB_TRANSFER_NAMES, TB_TRANSFER_LISTING } TbTransferWhat;

/* Copies. One host and login; the connection is kept between transfers. */
TbTransfer *tb_transfer_new (const TbTransferLogin *login);
void        tb_transfer_free (TbTransfer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTransfer, tb_transfer_free)

/* Asks HTTP only for what is another version than this (of tb_transfer_get_version); NULL = for anything. */
void tb_transfer_set_known_version (TbTransfer *self, const char *version);
/* Writes what stands at `url` into `fd`, which is emptied first: a file, or the names (or the whole listing) of a folder, whose address ends in a
 * slash. TB_ERROR_AUTH for a refused login or an unknown host; TB_ERROR_NETWORK, TB_ERROR_TIMEOUT, TB_ERROR_NOT_FOUND, TB_ERROR_CANCELLED;
 * TB_ERROR_INVALID_INPUT for what is too large or somewhere else. */
gboolean tb_transfer_get (TbTransfer *self, const char *url, TbTransferWhat what, int fd, GCancellable *cancellable, GError **error);
/* After an HTTP answer: its ETag or Last-Modified; NULL = it has none. */
const char *tb_transfer_get_version (TbTransfer *self);
gboolean    tb_transfer_is_unchanged (TbTransfer *self); /* it is the known version: nothing was written */

G_END_DECLS
