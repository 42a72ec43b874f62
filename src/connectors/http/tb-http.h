/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "tb-url.h"

G_BEGIN_DECLS

/**
 * One request over HTTP with everything that can go wrong told apart. No redirect is followed and no certificate is ever
 * accepted that the system does not trust, so a secret is not sent to anybody but the host that was named. Messages name
 * the host, never the query or the body.
 */
typedef struct
{
  guint timeout; /* seconds for the whole answer; 0 = 120 */
  gsize limit;   /* bytes of the answer; 0 = 256 MiB */
} TbHttpLimits;

/* Constant User-Agent (FusionPBX ties sessions to it), no cookies. */
SoupSession *tb_http_session_new (void);

/* Takes a reference on `message`. */
void tb_http_send_async (SoupSession *session, SoupMessage *message, const TbHttpLimits *limits, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data);
/* The body of a 2xx answer. TB_ERROR_AUTH for 401, 403 and a redirect to a login page; TB_ERROR_NETWORK for 429 and 5xx (with
 * what Retry-After says), unknown host, refused connection, untrusted certificate; TB_ERROR_TIMEOUT; TB_ERROR_NOT_FOUND for
 * 404 and 410; TB_ERROR_INVALID_INPUT for too large an answer and another place; TB_ERROR_CANCELLED. */
GBytes *tb_http_send_finish (GAsyncResult *result, GError **error);

G_END_DECLS
