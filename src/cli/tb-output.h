/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include "tb-money.h"
#include "tb-time.h"

G_BEGIN_DECLS

/**
 * TbOutput: what a command has to say, said once: a tree of named fields, printed as JSON for programs or as text for people.
 *
 * A field has a key (JSON) and a translated title (text). In text an object is lines of "title  value", a list of objects a table whose
 * columns are the titles of its rows, a list of texts its lines. A value that is not there is null in JSON and left out in text.
 * Nothing is printed before `tb_output_print`, so that a command that fails leaves standard output untouched.
 */
typedef struct _TbOutput TbOutput;

TbOutput *tb_output_new (void); /* an empty object */
void      tb_output_free (TbOutput *self);
void      tb_output_set_zone (TbOutput *self, TbZone *zone); /* of times */

void tb_output_text (TbOutput *self, const char *key, const char *title, const char *value); /* NULL = not there */
/* A figure that is text already: a decimal string, or (`integer`) a JSON number. */
void tb_output_figure (TbOutput *self, const char *key, const char *title, const char *value, gboolean integer);
void tb_output_int (TbOutput *self, const char *key, const char *title, gint64 value);
void tb_output_bool (TbOutput *self, const char *key, const char *title, gboolean value);
/* Decimal strings, minor units at least; not there without a currency. */
void tb_output_money (TbOutput *self, const char *key, const char *title, TbMoney money);
/* Amount and, as "currency", its code. */
void tb_output_amount (TbOutput *self, const char *key, const char *title, TbMoney money);
void tb_output_decimal (TbOutput *self, const char *key, const char *title, TbDecimal value); /* TB_DECIMAL_NONE = not there */
void tb_output_time (TbOutput *self, const char *key, const char *title, gint64 time);        /* RFC 3339; TB_TIME_NONE = not there */
void tb_output_day (TbOutput *self, const char *key, const char *title, TbDay day);           /* TB_DAY_NONE = not there */
void tb_output_strv (TbOutput *self, const char *key, const char *title, GPtrArray *texts);   /* a list of char * */
void tb_output_moneys (TbOutput *self, const char *key, const char *title, GArray *moneys);   /* a list of amounts with currencies */

/* What follows up to the matching `end` lies inside. `tb_output_row` opens an object in a list. */
void tb_output_object (TbOutput *self, const char *key, const char *title);
void tb_output_list (TbOutput *self, const char *key, const char *title);
void tb_output_row (TbOutput *self);
void tb_output_end (TbOutput *self);
/* The document is a list of rows instead of an object. */
void tb_output_be_list (TbOutput *self);

/* The document is `text` as it is (a deck, a set-up file), in both forms. */
void tb_output_verbatim (TbOutput *self, char *text /* taken */);
/* The same for what may be too large for memory: a temporary file to write to; NULL when there can be none. */
FILE *tb_output_spool (TbOutput *self, GError **error);

/* Appends `text` as a JSON string. Bad UTF-8 is replaced. */
void tb_output_append_json (GString *json, const char *text);

gboolean tb_output_print (TbOutput *self, gboolean json, FILE *to, GError **error);

G_END_DECLS
