/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When a connection is collected without being asked to. All in seconds. */

#define TB_SCHEDULE_EVERY 900     /* when nothing else is said */
#define TB_SCHEDULE_MIN_EVERY 60
#define TB_SCHEDULE_MAX_EVERY (31 * 86400)
#define TB_SCHEDULE_ALARM 7200    /* a connection may fail so long before somebody is told, when nothing else is said */
#define TB_SCHEDULE_MAX_PAUSE 21600 /* the longest pause after failures, unless the connection is collected more rarely anyway */

/* When the next run is due: `every` after this one began; after `failures` in a row twice as long for each, up to TB_SCHEDULE_MAX_PAUSE, and up to a
 * tenth more by `random`, so that fifty connections of one PBX do not come back in the same moment. `every` 0 = off, and so is what is given. */
gint64 tb_schedule_next (gint64 every, guint failures, gint64 began, guint32 random);

/* "15m", "1h", "2h30m", "1d", "off" (0); a number alone is minutes. TB_ERROR_INVALID_INPUT beyond a minute and 31 days. */
gboolean tb_schedule_parse (const char *text, gint64 *ret, GError **error);
char    *tb_schedule_format (gint64 seconds); /* likewise */

G_END_DECLS
