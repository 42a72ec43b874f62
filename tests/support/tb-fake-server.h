/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A web server on loopback inside the test's own main context, which can also misbehave. Every request is recorded. */
typedef struct _TbFakeServer TbFakeServer;

typedef enum
{
  TB_FAKE_ANSWER, /* status, headers and body as set */
  TB_FAKE_STALL,  /* never answers */
  TB_FAKE_CUT,    /* promises more than the body and closes */
} TbFakeMode;

TbFakeServer *tb_fake_server_new (void);
TbFakeServer *tb_fake_server_new_untrusted (void); /* https:// with a certificate that nobody trusts */
void          tb_fake_server_free (TbFakeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbFakeServer, tb_fake_server_free)

const char *tb_fake_server_get_url (TbFakeServer *self); /* "http://127.0.0.1:12345" */
/* `header`, `value` may be NULL. `len` -1 = to NUL. Holds for all requests from now on. */
void        tb_fake_server_set (TbFakeServer *self, TbFakeMode mode, guint status, const char *header, const char *value, const char *body, gssize len);
/* An API: a request that begins with `request` ("GET /rest/domain/acme/cdrs?page=2", the longest wins) and whose body holds `holds` (NULL =
 * anything) gets this. What fits nothing is a test failure. `sample` names a file in tests/data/cdr, or is the body itself when it is
 * none. */
void        tb_fake_server_on (TbFakeServer *self, const char *request, const char *holds, guint status, const char *sample);
void        tb_fake_server_on_bytes (TbFakeServer *self, const char *request, const char *holds, guint status, GBytes *body);
/* The same for the next request like it; of several the last that was set is first. */
void        tb_fake_server_on_once (TbFakeServer *self, const char *request, const char *holds, guint status, const char *sample);
/* The last requests, one a line, newest last. */
const char *tb_fake_server_get_log (TbFakeServer *self);
const char *tb_fake_server_get_header (TbFakeServer *self, const char *name); /* of the last request; NULL = it had none */
guint       tb_fake_server_get_count (TbFakeServer *self);
const char *tb_fake_server_get_request (TbFakeServer *self); /* "POST /path?query" of the last one */
const char *tb_fake_server_get_body (TbFakeServer *self);

/* Runs the default main context until *done, at most ten seconds. */
void tb_fake_server_wait (const gboolean *done);

G_END_DECLS
