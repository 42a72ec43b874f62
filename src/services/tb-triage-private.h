/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-destination.h"
#include "tb-number.h"
#include "tb-rating.h"
#include "tb-setup-index.h"
#include "tb-triage.h"

G_BEGIN_DECLS

/* A group while it is being made, with what its repairs are chosen by. */
typedef struct
{
  TbTriageGroup group;
  const TbPackage *owner;  /* package of the first call, or NULL */
  gboolean inbound, misdialled;
  gboolean unexchanged, exchangeable; /* the tariff's currency could not be turned into the client's; now it can */
  GHashTable *clients;     /* keys */
  GHashTable *numbers;     /* dialled, some of them */
  GHashTable *extensions;  /* that made the calls, or took them */
  GHashTable *dids;        /* numbers that were called, of inbound calls without an extension */
  guint32 cost_rate;       /* of the provider, of the first call that has one */
} TbTriageBucket;

/* Two walks over the calls without a price. The first finds the groups, from which the repairs are chosen; then those are made in memory, and
 * the second rates the calls to see what they would bring. */
typedef struct
{
  TbStore *store;
  TbSetup *setup; /* with rates, as it is: by it calls are grouped */
  TbSetupIndex *index; /* of it */
  TbSetup *trial; /* the same with the first repair of each group: by it the second walk rates */
  TbZone *zone;
  GHashTable *windows; /* service id → GArray of TbTriageWindow, in which its calls hold its client; NULL = always */
  TbRating *rating;
  TbRatingState *state;
  GHashTable *decks;   /* tariff or NULL → TbDeckIndex */
  GHashTable *tenants; /* "connection\ntenant" → GPtrArray of TbService: tb_triage_list_services of those met so far */
  GHashTable *buckets; /* key → TbTriageBucket */
  GHashTable *clients; /* key → TbHeldClient */
  GString *key;
  TbTriage *result;
  TbJob *job;
  guint n;
} TbTriageWork;

/* What a call's group depends on. */
typedef struct
{
  const TbPackage *package;
  char prefix[TB_E164_BUFFER];
  const char *extension; /* or the number that was called */
  const char *reason;
  gboolean misdialled, inbound, unexchanged, exchangeable;
} TbTriagePlace;

/* Fills `ret`, and the key of its group into the work. */
void tb_triage_place (TbTriageWork *self, const TbCallRow *row, TbTriagePlace *ret);
/* TRUE, with an error, when the user stopped it; looks now and then only. */
gboolean tb_triage_is_cancelled (TbTriageWork *self, GError **error);
/* The two walks, for tb_call_store_foreach; the work is their data. */
gboolean tb_triage_find_group (const TbCallRow *row, gpointer data, GError **error);
gboolean tb_triage_find_money (const TbCallRow *row, gpointer data, GError **error);

/* Proposes repairs for a group, from a set-up with rates. */
void tb_triage_propose (TbTriageBucket *bucket, const TbSetup *setup, TbZone *zone);

/* The services that may claim calls of a tenant; borrowed. */
GPtrArray *tb_triage_list_services (const TbSetup *setup, const char *connection, const char *tenant);
/* The same for the tenant of a call, remembered; the list is the work's. */
GPtrArray *tb_triage_get_services (TbTriageWork *self, const TbCallRow *row);
/* Rates and services that the books do not hold get ids from the top down, so that a rated call can name them. */
void       tb_triage_number_new (TbSetup *setup);

G_END_DECLS
