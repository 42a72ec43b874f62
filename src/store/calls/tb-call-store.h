/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call.h"
#include "tb-call-where.h"
#include "tb-margin.h"
#include "tb-rated-call.h"
#include "tb-rating.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* ---- reading in order, for rating and reports ---- */

/* Tenants as interned: calls of one tenant lie together in the books, in order of start. */
typedef struct
{
  guint32 id;
  guint32 connection_id;
  char *connection;
  char *name;
  guint64 calls;
} TbTenant;
void       tb_tenant_free (TbTenant *self);
GPtrArray *tb_tenant_store_list (TbStore *store, GError **error); /* of TbTenant */

/* A cursor over one tenant's calls with [from, to), in order of (start, uid). Rated values come with them. */
typedef struct _TbCallCursor TbCallCursor;
TbCallCursor *tb_call_cursor_new (TbStore *store, guint32 tenant_id, gint64 from, gint64 to, GError **error);
void          tb_call_cursor_free (TbCallCursor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallCursor, tb_call_cursor_free)
/* Views valid until the next call; FALSE without error at the end. `ret_invoice` = the approved invoice it is on, 0 = none.
 * `ret_rated` status is TB_CALL_UNRATED when not rated. Its `terms` is the stored terms id. */
gboolean tb_call_cursor_next (TbCallCursor *self, const TbCall **ret_call, const TbRatedCall **ret_rated, guint32 *ret_invoice, GError **error);
/* Of the call given last: the invoice it is on, drafts included (0 = none), and the import that brought it. */
guint32 tb_call_cursor_get_invoice (TbCallCursor *self);
guint32 tb_call_cursor_get_import (TbCallCursor *self);

/* When the tenant's first call in [from, to) began, or its first one that has no rating or lacked an exchange rate; G_MAXINT64 = there is none. `to` G_MAXINT64 = open. */
gboolean tb_call_store_first (TbStore *store, guint32 tenant_id, gint64 from, gint64 to, gboolean unrated, gint64 *ret, GError **error);

/* The earliest start that a rated call had which has since moved to another time or tenant; G_MAXINT64 = none has. What shared included
 * minutes with it there must be rated again. */
gint64   tb_call_store_get_moved (TbStore *store);
gboolean tb_call_store_set_moved (TbStore *store, gint64 start, GError **error);

/* ---- writing results ---- */

/* Rated rows are written in the order of calls, in the open transaction. Terms indices of `rating` are turned into stored
 * terms ids (equal terms share one row). A call on an approved invoice is refused with
 * TB_ERROR_CONFLICT; one on a draft keeps its place there, and approval sees the difference. */
typedef struct _TbRatedWriter TbRatedWriter;
TbRatedWriter *tb_rated_writer_new (TbStore *store, TbRating *rating, GError **error);
gboolean       tb_rated_writer_put (TbRatedWriter *self, gint64 call_id, const char *callee, const TbRatedCall *rated, GError **error);
void           tb_rated_writer_free (TbRatedWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRatedWriter, tb_rated_writer_free)
TbRatingTerms *tb_rating_terms_store_get (TbStore *store, guint32 terms_id, GError **error); /* g_free */

/* ---- one call, with everything a row or an explanation shows ---- */

typedef struct
{
  TbCall call;         /* its strings are owned by this struct */
  TbRatedCall rated;
  char *connection, *client, *client_name, *service, *package;
  char *prefix, *description; /* of the rate */
  TbDecimal rate;      /* first step's sell price a minute, TB_DECIMAL_NONE without a rate */
  char *invoice;       /* its number, "draft" while it has none, or NULL */
  guint32 import_id;
} TbCallRow;
void       tb_call_row_free (TbCallRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallRow, tb_call_row_free)
TbCallRow *tb_call_store_get (TbStore *store, gint64 call_id, GError **error);
TbCallRow *tb_call_store_find (TbStore *store, const char *uid, GError **error); /* TB_ERROR_NOT_FOUND */

/* ---- lists ---- */

/* What a list of calls is narrowed to. Zero and NULL mean "any". */
typedef struct
{
  gint64 from, to;       /* start in [from, to); 0 = open */
  char *connection;
  char *tenant;
  char *client;          /* key */
  guint32 invoice_id;
  TbDirection direction;
  guint statuses;        /* bit (1 << TbCallStatus) */
  char *number;          /* caller or callee: digits, with * or ? as wildcards; no wildcard = contains */
  char *prefix;          /* the number as it was rated, or as it was dialled, begins with that */
  char *uid;
  GHashTable *tenants;    /* ids of tenants, as a set: of one of them */
  GHashTable *rates;      /* ids of rates, as a set: charged by one of them */
  GHashTable *cost_rates; /* likewise: cost by one of them */
  const TbCallWhere *where; /* and what this says, as of now in the company's zone; borrowed */
} TbCallFilter;
void tb_call_filter_clear (TbCallFilter *self);

/* What has a name is in the order of its name as people here sort it. Ties are in the order of start. */
typedef enum
{
  TB_CALLS_BY_START,
  TB_CALLS_BY_CHARGE,
  TB_CALLS_BY_SECONDS,
  TB_CALLS_BY_CALLEE,
  TB_CALLS_BY_CALLER,
  TB_CALLS_BY_CLIENT,
  TB_CALLS_BY_SERVICE,
  TB_CALLS_BY_TENANT,
  TB_CALLS_BY_DESTINATION,
  TB_CALLS_BY_STATUS,
  TB_CALLS_BY_DIRECTION,
  TB_CALLS_BY_BILLED,
  TB_CALLS_BY_COST,
  TB_CALLS_BY_MARGIN,
  TB_CALLS_BY_INVOICE,
  TB_CALLS_BY_RING,
  TB_CALLS_N_ORDERS
} TbCallOrder;

typedef struct
{
  guint64 calls, answered;
  gint64 seconds, billed;
  GArray *charges; /* of TbMoney, one a currency */
  GArray *costs;   /* of TbMoney */
  TbMargin margin; /* in the company's currency, each call by the exchange rate of its day */
  guint64 costless; /* calls with a charge whose cost is not known: their margin would be a guess, and is in no sum */
  guint64 unexchanged; /* calls whose money has no exchange rate on its day: in no margin either */
} TbCallSums;
void tb_call_sums_clear (TbCallSums *self);

/* What was found since the last time. */
typedef struct
{
  const gint64 *ids; /* the next ones in order, `n` of them; often none while they are sorted */
  gsize n;
  const TbCallSums *sums; /* of all so far; the margin only at the end */
  double fraction;        /* of what is to be looked at; 1 = that was all */
} TbCallsFound;
typedef gboolean (*TbCallsFoundFunc) (const TbCallsFound *found, gpointer data, GError **error);

/* Finds all that match, in order, and tells `func` of them as they come: by start the first ones come at once, otherwise all must be seen first. It
 * stops when that returns FALSE with its error set, and within milliseconds when the database's cancellable is cancelled. */
gboolean tb_call_store_find_all (TbStore *store, const TbCallFilter *filter, TbCallOrder order, gboolean descending, TbCallsFoundFunc func,
                                 gpointer data, GError **error);
/* The ids of all that match, in order: 8 bytes a call. GArray of gint64. Sums may be NULL. */
GArray *tb_call_store_list_ids (TbStore *store, const TbCallFilter *filter, TbCallOrder order, gboolean descending, TbCallSums *ret_sums,
                                GError **error);
/* How many calls the books hold. */
gboolean tb_call_store_count (TbStore *store, guint64 *ret, GError **error);

/* Rows one after the other, for who shows or writes them by id; names are read once. What it gives holds until the next. */
typedef struct _TbCallRows TbCallRows;
TbCallRows      *tb_call_rows_new (TbStore *store, GError **error);
void             tb_call_rows_free (TbCallRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallRows, tb_call_rows_free)
const TbCallRow *tb_call_rows_get (TbCallRows *self, gint64 call_id, GError **error); /* TB_ERROR_NOT_FOUND when it is gone */
TbCallRow       *tb_call_row_copy (const TbCallRow *row); /* with texts of its own */

/* Calls `func` for each match in order of (tenant, start, uid), with `where` of (tenant, start, arrival); stops when it returns FALSE with its error
 * set. */
typedef gboolean (*TbCallRowFunc) (const TbCallRow *row, gpointer data, GError **error);
gboolean tb_call_store_foreach (TbStore *store, const TbCallFilter *filter, TbCallRowFunc func, gpointer data, GError **error);

/* Numbers of calls per status in [from, to), index = TbCallStatus; of `tenants`, a set of ids, NULL = all. */
gboolean tb_call_store_count_statuses (TbStore *store, gint64 from, gint64 to, GHashTable *tenants, guint64 counts[TB_CALL_N_STATUS],
                                       GError **error);

/* ---- history of imports ---- */
typedef struct
{
  guint32 id;
  char *connection, *source, *format;
  gint64 time;
  guint64 read, added, duplicate, changed, conflict, rejected;
} TbImport;
void       tb_import_free (TbImport *self);
GPtrArray *tb_import_store_list (TbStore *store, const char *connection, guint limit, GError **error); /* newest first; NULL = all */
typedef struct { guint64 line; char *reason; char *raw; } TbReject;
void       tb_reject_free (TbReject *self);
GPtrArray *tb_import_store_list_rejects (TbStore *store, guint32 import_id, guint limit, GError **error);

G_END_DECLS
