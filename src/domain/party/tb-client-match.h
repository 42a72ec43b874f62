/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-mirror.h"
#include "tb-party.h"

G_BEGIN_DECLS

/**
 * Which client of WHMCS is which of ours, and what the two sides say differently of one. Pure; nothing is decided here that changes either side.
 */

/* What both sides know of a client. The numbers are stored in books: append only. */
typedef enum
{
  TB_CLIENT_NAME = 0,
  TB_CLIENT_EMAIL = 1,
  TB_CLIENT_CURRENCY = 2,
  TB_CLIENT_COUNTRY = 3,
  TB_CLIENT_ADDRESS = 4,
  TB_CLIENT_TAX_ID = 5,
} TbClientField;
#define TB_CLIENT_FIELDS 6

const char *tb_client_field_to_string (TbClientField self);  /* "name" "email" … as the set-up file has them */
const char *tb_client_field_to_display (TbClientField self); /* translated */
gboolean    tb_client_field_parse (const char *text, TbClientField *ret, GError **error);

/* A field's value as one text, an address with commas; NULL = not given. `base`: the company's currency, which a client without one has. */
char    *tb_client_field_dup_ours (TbClientField self, const TbClient *client, TbCurrency base);
char    *tb_client_field_dup_theirs (TbClientField self, const TbMirrorClient *client);
/* Whether two values mean the same: addresses and tax ids apart from punctuation, e-mail addresses apart from case. */
gboolean tb_client_field_is_same (TbClientField self, const char *a, const char *b);

/* The company, else first and last name. */
char     *tb_mirror_client_dup_name (const TbMirrorClient *self);
gboolean  tb_mirror_client_is_closed (const TbMirrorClient *self);
/* Makes the field of `client` theirs. TB_ERROR_UNSUPPORTED for a currency that is none of ISO 4217. */
gboolean  tb_client_take_theirs (TbClient *client, TbClientField field, const TbMirrorClient *theirs, GError **error);

/* ---- matching ---- */

typedef enum
{
  TB_MATCH_LINKED, /* ours has its id */
  TB_MATCH_SURE,   /* the e-mail address is theirs and ours, and nobody else's on either side */
  TB_MATCH_MAYBE,  /* alike, for a person to decide */
  TB_MATCH_NONE,
} TbMatchKind;
const char *tb_match_kind_to_string (TbMatchKind self); /* "linked" "sure" "maybe" "none" */

typedef struct
{
  const TbMirrorClient *theirs; /* borrowed, as all of these */
  TbMatchKind kind;
  const TbClient *ours;         /* of LINKED and SURE */
  GPtrArray *alike;             /* of TbClient, of MAYBE: the most alike first */
} TbClientMatch;

/* One for each of `theirs` (of TbMirrorClient), in their order; `ours` of TbClient. A closed one is never sure. */
GPtrArray *tb_client_match_all (GPtrArray *theirs, GPtrArray *ours);
/* Those of ours whose id none of `theirs` has. */
GPtrArray *tb_client_match_list_lost (GPtrArray *theirs, GPtrArray *ours);

/* ---- differences ---- */

typedef enum
{
  TB_NEWER_UNKNOWN, /* they never said the same as far as we know */
  TB_NEWER_OURS,    /* changed here since */
  TB_NEWER_THEIRS,  /* changed at WHMCS since */
  TB_NEWER_BOTH,
} TbNewer;
const char *tb_newer_to_string (TbNewer self);  /* "unknown" "ours" "theirs" "both" */
const char *tb_newer_to_display (TbNewer self); /* translated */

/* What a field was when both sides last said the same. */
typedef struct
{
  gboolean known;
  char *value;
} TbAgreed;

typedef struct
{
  TbClientField field;
  char *ours, *theirs; /* NULL = not given */
  TbNewer newer;
} TbClientDifference;
void tb_client_difference_free (TbClientDifference *self);
/* What would be done if our side (`ours`), or theirs, is to hold: "e-mail at WHMCS: “a” → “b”". */
char *tb_client_difference_describe (const TbClientDifference *self, gboolean ours);

/* Of TbClientDifference, in order of fields. `agreed`: TB_CLIENT_FIELDS of them. */
GPtrArray *tb_client_compare (const TbClient *ours, TbCurrency base, const TbMirrorClient *theirs, const TbAgreed *agreed);

G_END_DECLS
