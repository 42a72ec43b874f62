/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "tb-url.h"

G_BEGIN_DECLS

/**
 * One request over HTTP with everything that can go wrong told apart. No redirect is followed and no certificate is ever
 * accepted that neither the system trusts nor the user pinned (tb-pin.h), so a secret is not sent to anybody but the host that was named. Messages name
 * the host, never the query or the body.
 */
typedef struct
{
  guint timeout; /* seconds for the whole answer; 0 = 120. Within them, 90 for its head, and a KiB of the rest in each 30 */
  gsize limit;   /* bytes of the answer; 0 = 256 MiB */
} TbHttpLimits;

/* Constant User-Agent (FusionPBX ties sessions to it), no cookies. */
SoupSession *tb_http_session_new (void);
/* From now on only the certificate with this fingerprint is accepted, as tb_pin_parse gives it. */
void         tb_http_session_pin (SoupSession *session, const char *fingerprint);

/* What came back, good or bad. */
typedef struct _TbHttpAnswer
{
  guint status;                 /* 0 = no answer at all */
  SoupMessageHeaders *headers;  /* NULL without an answer; lives as long as this */
  GBytes *body;                 /* whole for 2xx, else its first 64 KiB; never NULL */
  GError *bad;                  /* NULL for 2xx; else as tb_http_send_finish has it */
  gboolean passing;             /* what went wrong may be right in a moment: 408, 429, 5xx, a connection that broke off */
  gboolean unsent;              /* there was never a connection to send it over: nobody can have acted on it */
  gint64 retry_after;           /* seconds the server asks to wait; -1 = it does not say */
  SoupMessage *message;
} TbHttpAnswer;
void tb_http_answer_free (TbHttpAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbHttpAnswer, tb_http_answer_free)

/* Takes a reference on `message`. */
void tb_http_send_async (SoupSession *session, SoupMessage *message, const TbHttpLimits *limits, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data);
/* Never NULL. */
TbHttpAnswer *tb_http_answer_finish (GAsyncResult *result);
/* The body of a 2xx answer. TB_ERROR_AUTH for 401, 403 and a redirect to a login page; TB_ERROR_NETWORK for 429 and 5xx (with
 * what Retry-After says), unknown host, refused connection, untrusted certificate; TB_ERROR_TIMEOUT; TB_ERROR_NOT_FOUND for
 * 404 and 410; TB_ERROR_INVALID_INPUT for too large an answer and another place; TB_ERROR_CANCELLED. */
GBytes *tb_http_send_finish (GAsyncResult *result, GError **error);

G_END_DECLS
