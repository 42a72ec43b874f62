/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-scan.h"

G_BEGIN_DECLS

/* One of the two tables. The first is gone along, with what of the filter can be told of it in SQL; the other follows, row by row where both are
 * dense and by seeking where few match. A join in SQL would look each of ten million ratings up by itself, also of calls that do not match. */
typedef struct
{
  TbStatement *row;
  int positions[TB_CALL_N_COLUMNS]; /* −1 = not asked for */
  gint64 at;                        /* of the other: id of its row, G_MAXINT64 past the end, G_MININT64 before it was asked */
} TbCallScanSide;

struct _TbCallScan
{
  TbStore *store;
  TbCallMatcher matcher;
  gboolean has_matcher;
  TbCallTest *test; /* NULL = the filter has no tree */
  TbSetup *setup;   /* company and exchange rates */
  TbZone *zone;
  GPtrArray *tenants; /* of TbTenant, those that are wanted */
  TbWords *words;
  TbTermsCache *terms;
  TbCallScanSide cdr, rated;
  gboolean rated_first; /* no call without a rating can match: go along those */
  gint64 from, to;      /* [from, to), `to` at most 2^32 */
  gint64 id;            /* of the row at hand */
  gint64 end;           /* of the range at hand */
  GError *failure;      /* of the other table, which is read when it is asked for */
  guint64 n_rows;
  char uid[TB_CALL_UID_BUFFER];
  /* Of the day at hand, by currency: charge's and cost's. */
  struct { TbCurrency currency; gint64 from, to; TbDecimal rate; } known[2];
};

/* The statement that stands on the call's row of "cdr"; NULL when it has none. */
TbStatement *tb_call_scan_get_row (TbCallScan *self);
/* For tests of whole filters. */
gint64       tb_call_scan_get_value (TbCallColumn column, gpointer scan, gboolean *ret_known);
const char  *tb_call_scan_get_text (TbCallColumn column, gpointer scan);

G_END_DECLS
