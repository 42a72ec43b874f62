/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/**
 * TbRecord: one noun of the set-up as a table of its fields, from which loading, saving and comparing all follow, so that a field is
 * written down once. A column is what the schema calls it; a label is what people read in a line of changes.
 */
typedef enum
{
  TB_FIELD_TEXT,     /* char * */
  TB_FIELD_LINES,    /* char **, a line each */
  TB_FIELD_INT,      /* gint32, or an enum */
  TB_FIELD_WORD,     /* an enum with words */
  TB_FIELD_LONG,     /* gint64 */
  TB_FIELD_BOOL,     /* gboolean */
  TB_FIELD_BYTE,     /* guint8 */
  TB_FIELD_DAY,      /* TbDay; TB_DAY_NONE = NULL */
  TB_FIELD_DECIMAL,  /* TbDecimal; TB_DECIMAL_NONE = NULL */
  TB_FIELD_CURRENCY, /* TbCurrency */
} TbFieldKind;

typedef struct
{
  const char *column;
  const char *label;
  TbFieldKind kind;
  gsize offset;
  const char *const *words; /* of TB_FIELD_WORD */
} TbField;

typedef struct
{
  const char *table;
  const char *noun; /* "client", for a line of changes */
  const TbField *fields; /* the key first */
  guint n_fields;
  gboolean single; /* the books have one at most: row 1 */
  gsize id_offset; /* of a guint32 that takes the row's id; G_MAXSIZE = none */
  gpointer (*create) (void);
} TbRecord;

/* Rows in order of their ids, appended to `items`. */
gboolean tb_record_load (TbStore *store, const TbRecord *self, GPtrArray *items, GError **error);
/* Adds the row or makes it equal to `item`; *ret_id (may be NULL) is its id. */
gboolean tb_record_save (TbStore *store, const TbRecord *self, gconstpointer item, gint64 *ret_id, GError **error);
/* A line a difference into `changes`; `before` NULL = it is new. TRUE when there is one. */
gboolean tb_record_compare (const TbRecord *self, gconstpointer before, gconstpointer after, GPtrArray *changes);
/* "client C1001", for lines about what a record's own fields do not say. */
char    *tb_record_describe (const TbRecord *self, gconstpointer item);

G_END_DECLS
