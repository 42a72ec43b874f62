/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * JSON from outside. json-glib 1.6 calls itself for each level until the stack ends, wraps integers that do not fit, takes the last of
 * two equal keys and reads more than JSON (comments, octal numbers), so the bytes are looked at before it sees them.
 */
typedef enum
{
  TB_JSON_OURS,    /* a person wrote it for us: doubled keys and numbers that do not fit are errors */
  TB_JSON_FOREIGN, /* a machine's answer: those are its own affair, and text that is not UTF-8 is Windows-1252 */
} TbJsonRules;

/* `len` -1 = to NUL. At most 128 MiB, 8 Mi values and 32 levels (foreign: 64). TB_ERROR_INVALID_INPUT that names the line otherwise. */
JsonNode *tb_json_parse (const char *json, gssize len, TbJsonRules rules, GError **error);
/* "response/cdr_root": members of objects, from `root` on; "" is the root itself. Borrowed; NULL when something on the way is not there. */
JsonNode *tb_json_at (JsonNode *root, const char *path);
/* The text at `path`; NULL when there is none. Borrowed. */
const char *tb_json_get_text (JsonNode *root, const char *path);
/* A whole number at `path`, also one written as a text. */
gint64 tb_json_get_int (JsonNode *root, const char *path, gint64 otherwise);
/* What an API complains of in one of the usual members ("message", "error/message", "errmsg" …), fit for a message; NULL = nothing. */
char *tb_json_dup_complaint (JsonNode *root);

G_END_DECLS
