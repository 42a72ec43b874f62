/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-format.h"
#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* What carriers have in common. Their direction is the account's own: inbound is a call that came in on one of its numbers. What a carrier
 * rounds and charges is its own affair, so calls have the seconds that were talked. Private to connectors/pbx. */

/* Carriers show some calls late and price them later still. */
#define TB_CARRIER_OVERLAP (7 * 86400)

/* ---- records of JSON (tb-carrier-record.c) ---- */

/* Paths in the record; of several the first that says something. */
typedef const char *TbCarrierPaths[3];

typedef struct
{
  TbCarrierPaths uid, tenant, direction, caller, caller_name, callee, cause;
  TbCarrierPaths start, answer, end, seconds;
  TbCallUnit unit;      /* of seconds; 0 = TB_UNIT_SECONDS */
  TbCarrierPaths status;
  const char *answered; /* what `status` is for a call that was answered, though perhaps for 0 seconds; NULL = only its times tell */
} TbCarrierRecord;

TbRowResult tb_carrier_record_read (const TbCarrierRecord *self, TbCallRecord *record, TbCall *call, GError **error);
/* For a vendor that finds out the direction in its own way. */
void tb_carrier_set_direction (TbCall *call, TbDirection direction);
/* TRUE for a second leg within a call that is there on its own: from a call to a phone or an application of the account's, not to a number. */
gboolean tb_carrier_is_inner_leg (TbCallRecord *record, const char *parent, const char *to);

/* ---- tables (tb-carrier-table.c) ---- */

typedef struct
{
  const char *titles;    /* "Source|DID|…": all of them are there; NULL = it has no titles */
  const char *mapping;   /* "start=Date/Time (UTC)|Time Start,caller=Source,…", numbers from 1 where there are no titles */
  TbDirection direction; /* UNKNOWN = the column says */
  const char *code;      /* column of the SIP code: 200 is an answered call, though perhaps for 0 seconds */
  const char *attempt;   /* column that numbers the attempts at one call */
  gboolean utc;          /* times without offset are UTC, whatever the zone of the connection */
} TbCarrierTable;

/* `tables` end with an entry without mapping. The first whose titles are there is the one. */
gboolean    tb_carrier_table_guess (TbCallSource *source, const TbCarrierTable *tables);
gboolean    tb_carrier_table_open (TbCallSource *source, const TbCarrierTable *tables, GError **error);
TbRowResult tb_carrier_table_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error);

/* ---- requests (tb-carrier-request.c) ---- */

/* People paste an address from the vendor's pages: what begins with `path` ("/v2") is cut from its end. */
void tb_carrier_cut_address (TbPbx *pbx, const char *path);
/* The day of a time in UTC, as filters want it. */
char *tb_carrier_day (gint64 time);
/* A page that says at the path `next` where the one after it is: its calls are at `list`. */
gboolean     tb_carrier_hear_page (TbPbxTalk *talk, const TbHttpAnswer *answer, const char *list, const char *next, GError **error);
/* "GET" of the page after it; only of the same server, because the login goes with it. */
SoupMessage *tb_carrier_next_page (TbPbxTalk *talk, GError **error);
gboolean     tb_carrier_is_own (TbPbx *pbx, GUri *uri);

/* ---- exports (tb-carrier-export.c) ---- */

/* An export is ordered, asked after until it is done, and downloaded. Orders and answers are JSON:API. */
typedef struct
{
  const char *path;                                 /* "/v3/exports" */
  guint n;                                          /* exports of a window: calls in and calls out are two with some */
  const char *url;                                  /* attribute: where it can be downloaded */
  JsonObject *(*order) (TbPbxTalk *talk, guint n);  /* the attributes of the n-th; given away */
  const char *type;                                 /* of the order */
  void (*authorize) (TbPbx *pbx, SoupMessage *message);
} TbCarrierExport;

SoupMessage *tb_carrier_export_ask (TbPbxTalk *talk, const TbCarrierExport *self, GError **error);
gboolean     tb_carrier_export_hear (TbPbxTalk *talk, const TbCarrierExport *self, const TbHttpAnswer *answer, GError **error);

G_END_DECLS
