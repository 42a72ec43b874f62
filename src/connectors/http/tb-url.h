/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Addresses, for those who check them without speaking HTTP (the set-up file). */

/* https://, or http:// to loopback, without user or password in it. TB_ERROR_INVALID_INPUT otherwise. */
GUri *tb_http_parse_url (const char *url, GError **error);

G_END_DECLS
