/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-where-field.h"

G_BEGIN_DECLS

/**
 * TbCallWhere: which calls are meant, as a value: tests joined by and, or and not. It can be written, kept as a text in the books, and typed:
 *
 *   start:last-month client:C1,C2 not direction:inbound (seconds>=60 or charge>0.50) to:49*
 *
 * Tests beside each other must all hold; "or" and "and" join, "not" (or "!") turns round, parentheses group, "and" binds closer than "or".
 * A test is a field, ":" and values with commas between them, of which one must hold: `field:value`, `field:low..high` (either may be left
 * out), `field<value`, `<=`, `>`, `>=`, `field!=value`. In texts and phone numbers * stands for any rest and ? for one character; a backslash
 * takes that from them. Values with blanks or marks stand in "double quotes". A word alone is looked for anywhere in the numbers of both sides.
 * No text means all calls.
 */
typedef enum { TB_WHERE_ALL, TB_WHERE_ANY, TB_WHERE_NOT, TB_WHERE_TEST } TbWhereKind;

typedef enum { TB_WHERE_IS, TB_WHERE_BELOW, TB_WHERE_AT_MOST, TB_WHERE_ABOVE, TB_WHERE_AT_LEAST, TB_WHERE_BETWEEN } TbWhereOp;

typedef struct
{
  TbWhereOp op;
  char *text; /* as written, patterns with their backslashes; "low" of TB_WHERE_BETWEEN */
  char *high; /* of TB_WHERE_BETWEEN; NULL otherwise */
} TbWhereValue;

typedef struct
{
  TbWhereKind kind;
  GPtrArray *parts;  /* of TbCallWhere; one for NOT, NULL for TEST */
  TbWhereField field; /* TEST */
  GPtrArray *values; /* of TbWhereValue, TEST: one of them must hold */
} TbCallWhere;

#define TB_WHERE_MAX_TEXT 8192
#define TB_WHERE_MAX_DEPTH 32

TbCallWhere *tb_call_where_new (TbWhereKind kind); /* without parts; ALL without parts holds for every call */
TbCallWhere *tb_call_where_new_test (TbWhereField field, TbWhereOp op, const char *text);
TbCallWhere *tb_call_where_copy (const TbCallWhere *self);
void         tb_call_where_free (TbCallWhere *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallWhere, tb_call_where_free)
void         tb_call_where_add (TbCallWhere *self, TbCallWhere *part);  /* takes it; ALL, ANY, NOT */
void         tb_call_where_add_value (TbCallWhere *self, TbWhereOp op, const char *text, const char *high); /* TEST */
gboolean     tb_call_where_is_empty (const TbCallWhere *self); /* NULL, or ALL of nothing */

/* Values are read too, so that what is accepted can be asked. TB_ERROR_INVALID_INPUT names the place. The result is always ALL of what must hold. */
TbCallWhere *tb_call_where_parse (const char *text, GError **error);
/* What is parsed to the same again. "" for all calls. */
char        *tb_call_where_to_string (const TbCallWhere *self);
/* For people: "Client is C1 or C2". */
char        *tb_call_where_to_display (const TbCallWhere *self);
/* One value as it stands in a text: quoted where needed. For who puts a text together. */
void         tb_call_where_append_value (GString *text, const char *value);

G_END_DECLS
