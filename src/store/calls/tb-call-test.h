/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-codec.h"
#include "tb-call-where.h"
#include "tb-int-set.h"

G_BEGIN_DECLS

/* What of a call's two rows can be looked at. */
typedef enum
{
  TB_CALL_COLUMN_START,
  TB_CALL_COLUMN_TENANT,
  TB_CALL_COLUMN_EXTENSION,
  TB_CALL_COLUMN_CALLER,
  TB_CALL_COLUMN_CALLEE,
  TB_CALL_COLUMN_DID,
  TB_CALL_COLUMN_DIRECTION,
  TB_CALL_COLUMN_RING, /* −1 = not answered */
  TB_CALL_COLUMN_SECONDS,
  TB_CALL_COLUMN_CAUSE,
  TB_CALL_COLUMN_ACCOUNT,
  TB_CALL_COLUMN_IMPORT,
  TB_CALL_COLUMN_UID,
  TB_CALL_COLUMN_NAME,
  TB_CALL_COLUMN_STATUS,
  TB_CALL_COLUMN_SERVICE,
  TB_CALL_COLUMN_CLIENT,
  TB_CALL_COLUMN_RATE,
  TB_CALL_COLUMN_COST_RATE,
  TB_CALL_COLUMN_TERMS,
  TB_CALL_COLUMN_SOURCE,
  TB_CALL_COLUMN_BILLED,
  TB_CALL_COLUMN_FREE,
  TB_CALL_COLUMN_CHARGE,
  TB_CALL_COLUMN_COST,
  TB_CALL_COLUMN_INVOICE,
  TB_CALL_COLUMN_NUMBER, /* as rated, else as dialled: with or without a plus */
  TB_CALL_COLUMN_MARGIN, /* not in SQL: its sign and size depend on the exchange rates of the day */
  TB_CALL_N_COLUMNS
} TbCallColumn;

#define TB_CALL_COLUMN_BIT(column) (G_GUINT64_CONSTANT (1) << (column))

/* Of a column but START, TENANT and MARGIN, as it stands in "cdr c" or "rated r". From STATUS on they are of the latter. */
const char *tb_call_column_get_plain_sql (TbCallColumn self);

/* A row at hand: whole numbers, and for UID and NAME texts. */
typedef struct
{
  gint64 (*get_int) (TbCallColumn column, gpointer data, gboolean *ret_known);
  const char *(*get_text) (TbCallColumn column, gpointer data);
  gpointer data;
} TbCallValues;

/**
 * TbCallTest: a TbCallWhere made ready for one pass: names are ids, patterns of numbers are ranges of packed numbers, "not" has been brought to the
 * leaves, so that each is "this column is in that set". The set is what decides; the SQL made of it only keeps most of what does not match from
 * ever being looked at.
 */
typedef struct _TbCallTest TbCallTest;

/* `now` and `zone` are for times that move. */
TbCallTest *tb_call_test_new (TbStore *store, const TbCallWhere *where, gint64 now, TbZone *zone, GError **error);
void        tb_call_test_free (TbCallTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallTest, tb_call_test_free)

gboolean tb_call_test_matches (TbCallTest *self, TbWords *words, const TbCallValues *values);
guint64  tb_call_test_get_columns (TbCallTest *self); /* bits of those it looks at */

/* What must hold of every match, as far as it shows in the keys: start in [*from, *to), narrowed further, and the tenant. */
void     tb_call_test_narrow_span (TbCallTest *self, gint64 *from, gint64 *to);
gboolean tb_call_test_wants_tenant (TbCallTest *self, guint32 tenant);
/* No call without a rating can match. */
gboolean tb_call_test_needs_rating (TbCallTest *self);
/* Adds " AND …" to a statement over one of the tables, whose parameters up to `n_parameters` are taken: true of every match, and of what that table
 * cannot tell from one. The values go to `ret_values` (of gint64). */
void     tb_call_test_append_sql (TbCallTest *self, GString *sql, gboolean rated, guint n_parameters, GArray *ret_values);

G_END_DECLS
