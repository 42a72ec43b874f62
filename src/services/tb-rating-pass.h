/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"

G_BEGIN_DECLS

/* Which calls are asked for. Zero and NULL mean "any". */
typedef struct
{
  gint64 from, to;    /* start in [from, to); 0 = open */
  gboolean again;     /* those that are rated too */
  const char *client; /* key */
  const char *tariff; /* of their service's package */
} TbRatingScope;

/**
 * A pass: stored calls rated by a compiled set-up, in the order that included minutes demand, each shown to a visitor beside what the books
 * hold of it. A rating run writes what it sees; a comparison only adds up.
 *
 * Where pools are involved, calls that were not asked for are rated too: from the beginning of the period on, because they use the pool
 * first, and to the end of what is there, because a late call moves the minutes of all after it.
 */
typedef struct
{
  const TbCall *call;
  const TbRatedCall *before; /* status TB_CALL_UNRATED when there is nothing */
  const TbRatedCall *after;  /* terms are indices of the rating */
  guint32 invoice;           /* approved one it is on, 0 = none */
  gboolean asked;            /* in the scope; else seen for its pools only */
  gboolean pooled;           /* included minutes link it with the other calls of its group: they are right together or not at all */
} TbRatingVisit;

typedef struct
{
  gboolean (*visit) (const TbRatingVisit *visit, gpointer data, GError **error);
  gboolean (*end_group) (gpointer data, GError **error); /* after each group of tenants; may be NULL */
  gpointer data;
  gboolean invoiced; /* rates calls on approved invoices like others; else they are not visited and only use their share of pools */
} TbRatingVisitor;

/* `setup` is what `rating` was compiled from; its services carry ids. TB_ERROR_NOT_FOUND for a client or tariff that is not there. */
gboolean tb_rating_pass_run (TbStore *store, const TbSetup *setup, TbRating *rating, const TbRatingScope *scope, const TbRatingVisitor *visitor,
                             TbJob *job, GError **error);

G_END_DECLS
