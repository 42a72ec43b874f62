/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-setup.h"
#include "tb-triage.h"

G_BEGIN_DECLS

/* A group while it is being made, with what its repairs are chosen by. */
typedef struct
{
  TbTriageGroup group;
  const TbPackage *owner;  /* package of the first call, or NULL */
  gboolean inbound, misdialled;
  GHashTable *clients;     /* keys */
  GHashTable *numbers;     /* dialled, some of them */
  GHashTable *extensions;  /* that made the calls, or took them */
  GHashTable *dids;        /* numbers that were called, of inbound calls without an extension */
  guint32 cost_rate;       /* of the provider, of the first call that has one */
} TbTriageBucket;

/* Proposes repairs for a group, from a set-up with rates. */
void tb_triage_propose (TbTriageBucket *bucket, const TbSetup *setup, TbZone *zone);

/* The services that may claim calls of a tenant; borrowed. */
GPtrArray *tb_triage_list_services (const TbSetup *setup, const char *connection, const char *tenant);
/* Adds to a list of TbMoney, one a currency. */
gboolean   tb_triage_add_money (GArray *sums, TbMoney money, GError **error);
/* Rates and services that the books do not hold get ids from the top down, so that a rated call can name them. */
void       tb_triage_number_new (TbSetup *setup);

G_END_DECLS
