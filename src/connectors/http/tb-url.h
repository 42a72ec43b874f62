/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Addresses, for those who check them without speaking HTTP (the set-up file). */

/* https://, or http:// to loopback, without user or password in it. TB_ERROR_INVALID_INPUT otherwise. */
GUri *tb_http_parse_url (const char *url, GError **error);

/* Milliseconds of what counts as a second where something is waited for: 1,000, or what TOLLBOOK_PATIENCE says, for tests in a hurry. */
guint tb_http_get_second (void);

G_END_DECLS
