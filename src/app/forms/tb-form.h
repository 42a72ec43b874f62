/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "tb-setup-record-file.h"

G_BEGIN_DECLS

/**
 * Forms as tables: a noun of the set-up file is a table of its keys, a row each, and from the table come its editor, what is shown of a record and
 * the words of a change. What a key may hold is not said here: that is for the reader of the set-up file, which is asked while one types.
 */
typedef enum
{
  TB_FORM_TEXT,
  TB_FORM_LINES,     /* a list of texts, a line each */
  TB_FORM_WORDS,     /* a list of short texts, with commas */
  TB_FORM_DECIMAL,
  TB_FORM_INT,
  TB_FORM_NUMBER,    /* a whole number, or something else that is then a text: "unlimited" */
  TB_FORM_SWITCH,
  TB_FORM_CHOICE,    /* one of the file's words */
  TB_FORM_REFERENCE, /* the name of another record */
  TB_FORM_DAY,
  TB_FORM_PART,      /* a record inside the record */
  TB_FORM_OPTIONAL,  /* the same, that need not be there */
  TB_FORM_RECORDS,   /* a list of records */
} TbFormKind;

typedef struct _TbFormTable TbFormTable;

typedef struct
{
  const char *key;
  const char *label; /* marked by N_, as are all words here */
  TbFormKind kind;
  const char *help;          /* or NULL */
  const char *group;         /* a heading above this field; NULL = the group goes on */
  const char *const *labels; /* of a choice: what its words mean, in the file's order */
  const char *noun;          /* of a reference */
  const TbFormTable *table;  /* of records */
} TbFormField;

struct _TbFormTable
{
  const char *path;  /* as tb_setup_record_list_keys takes it */
  const char *title; /* one such record: "Included minutes" */
  const TbFormField *fields;
  guint n_fields;
  const char *summary; /* keys of what is shown of one in a list, with commas; NULL = the first */
  const char *toggle;  /* key of a switch or a choice: while that is off, or the first, the other fields are hidden; NULL = none */
  gboolean ordered;    /* their order in a list means something */
  /* Fills in what follows from what was typed, where nothing stands yet; FALSE when there is nothing. NULL = nothing ever does. */
  gboolean (*complete) (JsonNode *record);
};

/* Of a noun that has names, and "company"; "filters" is the list of all, as the key "filters" of a record. NULL = there is no form for it. */
const TbFormTable *tb_form_table_find (const char *noun);
const TbFormField *tb_form_table_find_field (const TbFormTable *table, const char *key);

/* ---- values (tb-form-value.c) ---- */

/* What stands in an entry for a value; a new string. */
char    *tb_form_value_to_text (const TbFormField *field, JsonNode *value);
/* *ret is NULL when nothing is typed. TB_ERROR_INVALID_INPUT for what no reader could take for such a value. */
gboolean tb_form_value_parse (const TbFormField *field, const char *text, JsonNode **ret, GError **error);
/* A value in words, for people; "" for none. */
char    *tb_form_value_describe (const TbFormTable *table, const TbFormField *field, JsonNode *value);
/* A line for a record in a list. */
char    *tb_form_summarise (const TbFormTable *table, JsonNode *record);
/* "Included minutes 2, Minutes" for "included[1].minutes"; of an item of a list "2, Minutes" for "[1].minutes". */
char    *tb_form_describe_path (const TbFormTable *table, const char *path);

/* What became different from one text of a record to another, a line each, NULL-ended (tb-form-change.c). */
char   **tb_form_list_changes (const TbFormTable *table, const char *before, const char *after);

/* ---- JSON (tb-form-json.c) ---- */

/* Members of an object; a value of NULL takes the key away, others are taken over. Borrowed, or NULL. */
JsonNode *tb_form_json_get (JsonNode *record, const char *key);
void      tb_form_json_set (JsonNode *record, const char *key, JsonNode *value);
JsonNode *tb_form_json_new (void); /* an empty object */
JsonNode *tb_form_json_new_array (void);
JsonNode *tb_form_json_copy (JsonNode *node); /* deep */
gboolean  tb_form_json_same (JsonNode *a, JsonNode *b);
JsonNode *tb_form_json_parse (const char *text); /* ours, so it can be read */
char     *tb_form_json_to_text (JsonNode *node);
/* What a new record of that path has; an empty object where nothing is known. */
JsonNode *tb_form_json_new_record (const char *path);

G_END_DECLS
