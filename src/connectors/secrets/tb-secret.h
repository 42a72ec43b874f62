/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Secrets live in the Secret Service and nowhere else. Headless, TOLLBOOK_SECRET_<NAME> (capitals, other characters than
 * letters and digits as _) or a file given by --secrets-from (lines NAME=secret, refused unless mode 0600) come first.
 */
char    *tb_secret_variable_name (const char *name); /* "pbx 1" → "TOLLBOOK_SECRET_PBX_1" */
gboolean tb_secret_use_file (const char *path, GError **error);
/* NULL without error when there is none. Blocks on D-Bus: never on the main loop. Free with tb_secret_free. */
char    *tb_secret_lookup (const char *name, GCancellable *cancellable, GError **error);
gboolean tb_secret_store (const char *name, const char *secret, GCancellable *cancellable, GError **error);
gboolean tb_secret_clear (const char *name, GCancellable *cancellable, GError **error);
void     tb_secret_free (char *secret); /* wipes */

G_END_DECLS
