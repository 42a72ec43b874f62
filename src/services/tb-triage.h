/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-rated-call.h"
#include "tb-repair.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Calls without a price that one repair can mend: they lack the same thing, and their numbers begin alike. */
typedef struct
{
  TbCallStatus cause;      /* TB_CALL_UNRATED: nobody has rated them */
  char *connection;        /* of the first of them */
  char *tenant;            /* NULL when there are several */
  char *client, *package;  /* NULL when there are several, or none */
  char *prefix;            /* what their numbers begin with; "" = nothing in common, or it does not matter */
  char *extension;         /* of a tenant's calls; "" = does not matter */
  const char *reason;      /* what is wrong with the numbers; "" = nothing */
  const char *destination; /* translated; NULL = not known */
  guint64 calls;
  gint64 seconds;
  gint64 first, last;      /* start */
  char *uid, *dialled;     /* of the first one */
  GArray *money;           /* of TbMoney, one a currency: what is missing, as far as it can be said */
  guint64 estimated;       /* calls that are in it */
  char *basis;             /* how it was estimated; NULL = it could not be */
  GPtrArray *repairs;      /* of TbRepair, the best first */
} TbTriageGroup;

/* What a bill of the client would lack: calls of its services, and those that may be its own. */
typedef struct
{
  char *client;
  guint64 calls, estimated;
  GArray *money; /* of TbMoney */
  guint causes;  /* bit (1 << TbCallStatus) */
} TbHeldClient;

/**
 * TbTriage: the calls of some time that nobody pays for, by cause and number, with what is missing and how to mend it.
 */
typedef struct
{
  guint64 calls;      /* without a price, blocked ones apart */
  GPtrArray *groups;  /* of TbTriageGroup, most calls first, blocked ones last */
  GPtrArray *clients; /* of TbHeldClient, by key: no-rate, not rated, ambiguous */
} TbTriage;

/* Calls with start in [from, to); 0 = open. */
TbTriage *tb_triage_new (TbStore *store, gint64 from, gint64 to, TbJob *job, GError **error);
/* The clients are those whose services lack something in their own windows [from, to). Looks at calls of `tenants` only, a set of ids; NULL =
 * all. */
typedef struct
{
  guint32 service_id;
  gint64 from, to;
} TbTriageWindow;
TbTriage *tb_triage_new_for_windows (TbStore *store, GArray *windows, GHashTable *tenants, TbJob *job, GError **error);
void      tb_triage_free (TbTriage *self);
void      tb_triage_group_free (gpointer group);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTriage, tb_triage_free)
/* NULL = no call of the client lacks its price. Borrowed. */
const TbHeldClient *tb_triage_find_client (const TbTriage *self, const char *client);

/* "no rate", "not rated yet": for people. */
const char *tb_triage_cause_to_display (TbCallStatus cause);
const char *tb_triage_cause_to_string (TbCallStatus cause); /* "no-rate", "unrated": for programs */

/* What was, or would be, mended. */
typedef struct
{
  guint64 calls;     /* that had no price and have one now, or need none */
  guint64 priced;    /* out of them: charged, included or in grace */
  guint64 remaining; /* calls without a price that the repair looked at and could not mend */
  guint64 others;    /* calls with a price that would have another if they were rated again */
  GArray *money;     /* of TbMoney: charges of those priced */
  GPtrArray *changes; /* of char *: of the set-up, a line each; when it was done */
} TbRepairResult;

/* What the repair would do to the calls with start in [from, to), without writing anything. */
TbRepairResult *tb_repair_preview (TbStore *store, const TbRepair *repair, gint64 from, gint64 to, TbJob *job, GError **error);
/* Does it in one transaction, and rates those calls that had no price. */
TbRepairResult *tb_repair_apply (TbStore *store, const TbRepair *repair, gint64 from, gint64 to, TbJob *job, GError **error);
/* Several (of TbRepair) at once: all or nothing. */
TbRepairResult *tb_repairs_preview (TbStore *store, GPtrArray *repairs, gint64 from, gint64 to, TbJob *job, GError **error);
TbRepairResult *tb_repairs_apply (TbStore *store, GPtrArray *repairs, gint64 from, gint64 to, TbJob *job, GError **error);
void            tb_repair_result_free (TbRepairResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRepairResult, tb_repair_result_free)

G_END_DECLS
