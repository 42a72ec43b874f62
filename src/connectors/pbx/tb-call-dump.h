/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Dumps of a database (mysqldump, pg_dump --inserts, .dump of sqlite3), as people save the table of calls of an Asterisk or a FusionPBX: the rows of its
 * first table that has a column "billsec" become CSV with titles, which the formats know. Private to connectors/pbx. */

/* `sample` is the begin of a file, NUL-ended. */
gboolean      tb_call_dump_is (const char *sample);
/* CSV with commas, all in quotes, those inside doubled. Reading fails with TB_ERROR_INVALID_INPUT when there is no such table. */
GInputStream *tb_call_dump_new (GInputStream *dump, const char *sample);

G_END_DECLS
