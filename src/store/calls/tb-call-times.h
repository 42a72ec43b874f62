/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* Of a connection's calls that began in [from, to), when, and by which id; tenant by tenant, in order of time within each. `uid` holds until the
 * function returns. */
typedef void (*TbCallTimeFunc) (gint64 start, const char *uid, gpointer data);
gboolean tb_call_times_foreach (TbStore *store, const char *connection, gint64 from, gint64 to, TbCallTimeFunc func, gpointer data, GError **error);

G_END_DECLS
