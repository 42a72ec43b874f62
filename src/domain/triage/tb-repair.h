/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup.h"

G_BEGIN_DECLS

typedef enum
{
  TB_REPAIR_RATE,        /* a price for a prefix: in a tariff, among a package's own rates, or a client's */
  TB_REPAIR_NUMBER_PLAN, /* of a package */
  TB_REPAIR_ASSIGN,      /* a service gets extensions or numbers of a tenant, or is made */
  TB_REPAIR_FILTER,      /* calls to a pattern are shown or hidden, never billed */
  TB_REPAIR_RATE_CALLS,  /* nothing is missing but the rating */
} TbRepairKind;

/**
 * TbRepair: one change of the set-up that gives calls a price.
 *
 * Of the owners of a rate exactly one is named. A service that is to be made has a client and a package; one that is there is named by its
 * key, and loses nothing: what it gets is taken off other services of its tenant.
 */
typedef struct
{
  TbRepairKind kind;
  char *tariff, *package, *client; /* whose rate; whose number plan or filter (package NULL: all packages'); who gets a new service */
  TbRate *rate;                    /* TB_REPAIR_RATE; price TB_DECIMAL_NONE = somebody must say it */
  TbNumberPlan plan;               /* TB_REPAIR_NUMBER_PLAN, whole */
  char *service;                   /* TB_REPAIR_ASSIGN: key */
  char *connection, *tenant;       /* TB_REPAIR_ASSIGN; connection of a filter for all packages */
  char **extensions, **dids;
  TbDay starts;                    /* of a new service, or an earlier one of one that is there; TB_DAY_NONE = as it is */
  char *pattern;                   /* TB_REPAIR_FILTER, on the destination */
  TbFilterAction action;
} TbRepair;

TbRepair *tb_repair_new (TbRepairKind kind);
TbRepair *tb_repair_copy (const TbRepair *self);
void      tb_repair_free (TbRepair *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRepair, tb_repair_free)

const char *tb_repair_kind_to_string (TbRepairKind self); /* "rate" "number-plan" "assign" "filter" "rate-calls" */
/* What it does, in one line: "Add 8816 to tariff retail at 3.50 a minute". */
char       *tb_repair_describe (const TbRepair *self);
/* How it is taken back. */
char       *tb_repair_describe_undo (const TbRepair *self);
/* Nothing more must be said before it can be done. */
gboolean    tb_repair_is_ready (const TbRepair *self);
/* An assignment to a service that is not there yet. */
gboolean    tb_repair_makes_service (const TbRepair *self);

/* Makes the change to `setup`, whose tariffs are loaded with rates. TB_ERROR_NOT_FOUND names what is not there, TB_ERROR_INVALID_INPUT what
 * cannot be. Rates and services that are new have id 0. */
gboolean    tb_repair_change (const TbRepair *self, TbSetup *setup, GError **error);
/* Of a changed set-up only what the repair touches, to be applied: of copies. */
TbSetup    *tb_repair_extract (const TbRepair *self, const TbSetup *setup);

G_END_DECLS
