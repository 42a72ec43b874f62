/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* Which calls are asked for. Zero and NULL mean "any". */
typedef struct
{
  gint64 from, to;    /* start in [from, to); 0 = open */
  gboolean again;     /* those that are rated too; without it those that have no rating, or lacked an exchange rate that is there now */
  gboolean missing;   /* those whose money is missing or that were blocked, though they were looked at before */
  const char *client; /* key */
  const char *tariff; /* of their service's package */
} TbRatingScope;

/* Ids of the services that the scope asks for, as a set; *ret NULL = all, also those that belong to none. TB_ERROR_NOT_FOUND for a client or
 * tariff that is not there. */
gboolean tb_rating_scope_list_services (const TbRatingScope *self, const TbSetup *setup, GHashTable **ret, GError **error);

/**
 * A pass: stored calls rated by a compiled set-up, in the order that included minutes demand, each shown to a visitor beside what the books
 * hold of it. A rating run writes what it sees; a comparison only adds up.
 *
 * Where pools or volume tiers are involved, calls that were not asked for are rated too: from the beginning of the period on, because they
 * use the pool first, and to the end of what is there, because a late call moves the minutes of all after it.
 */
typedef struct
{
  const TbCall *call;
  const TbRatedCall *before; /* status TB_CALL_UNRATED when there is nothing; of an invoiced call with what corrections made of it */
  const TbRatedCall *after;  /* terms are indices of the rating */
  guint32 invoice;           /* approved one it is on, 0 = none */
  gboolean asked;            /* in the scope; else seen for its pools only */
  gboolean pooled;           /* included minutes or tiers link it with the other calls of its group: they are right together or not at all */
  gboolean tiered;           /* tiers do */
} TbRatingVisit;

/* A run rates it: it is asked for, or what it shares with others has changed. */
gboolean tb_rating_visit_is_due (const TbRatingVisit *self);

typedef struct
{
  gboolean (*visit) (const TbRatingVisit *visit, gpointer data, GError **error);
  gboolean (*end_group) (gpointer data, GError **error); /* after each group of tenants; may be NULL */
  gpointer data;
  gboolean invoiced; /* rates calls on approved invoices like others; else they are not visited and only use their share of pools */
} TbRatingVisitor;

/* `setup` is what `rating` was compiled from. `services` narrows the scope's times and is what tb_rating_scope_list_services gave, perhaps of
 * another state of the set-up. */
gboolean tb_rating_pass_run (TbStore *store, const TbSetup *setup, TbRating *rating, const TbRatingScope *scope, GHashTable *services,
                             const TbRatingVisitor *visitor, TbJob *job, GError **error);

G_END_DECLS
