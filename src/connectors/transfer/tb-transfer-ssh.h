/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

/* Who an SSH host is, and who we are to it. Private to connectors/transfer. */

typedef enum { TB_TRANSFER_HOST_FINE, TB_TRANSFER_HOST_UNKNOWN, TB_TRANSFER_HOST_CHANGED } TbTransferHostState;

typedef struct
{
  TbTransferHostState state;
  char *key; /* "ED25519 key SHA256:…" as ssh-keygen -l shows it */
} TbTransferHost;
void tb_transfer_host_clear (TbTransferHost *self);

/* Only hosts of ~/.ssh/known_hosts; the agent, a key file (tollbook, id_ed25519, id_ecdsa, id_rsa), the password, in that order. `secret` is also
 * the passphrase of the key file. */
void    tb_transfer_ssh_set_up (CURL *easy, TbTransferHost *host, const char *secret);
GError *tb_transfer_host_diagnose (const TbTransferHost *self, const char *host);

G_END_DECLS
