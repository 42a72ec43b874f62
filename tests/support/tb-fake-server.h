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
guint       tb_fake_server_get_count (TbFakeServer *self);
const char *tb_fake_server_get_request (TbFakeServer *self); /* "POST /path?query" of the last one */
const char *tb_fake_server_get_body (TbFakeServer *self);

/* Runs the default main context until *done, at most ten seconds. */
void tb_fake_server_wait (const gboolean *done);

G_END_DECLS
