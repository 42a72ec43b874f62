/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of SQL, as it comes, in pieces of any length: what a dump of a database is made of. Private to connectors/pbx. */
typedef struct _TbSqlWords TbSqlWords;

/* cdr, 60, NULL · `cdr`, "cdr" · 'text', without its quotes */
typedef enum { TB_SQL_WORD, TB_SQL_NAME, TB_SQL_TEXT } TbSqlWord;
typedef void (*TbSqlWordFunc) (TbSqlWord kind, const char *word, gpointer data);
typedef void (*TbSqlSignFunc) (char sign, gpointer data);

/* `backslashes` escape in texts, as in MySQL; in PostgreSQL and SQLite they are letters. */
TbSqlWords *tb_sql_words_new (gboolean backslashes, TbSqlWordFunc word, TbSqlSignFunc sign, gpointer data);
void        tb_sql_words_free (TbSqlWords *self);
/* TB_ERROR_INVALID_INPUT = a word longer than a megabyte. */
gboolean    tb_sql_words_take (TbSqlWords *self, const char *bytes, gsize n, GError **error);

G_END_DECLS
