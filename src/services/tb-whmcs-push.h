/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-session.h"
#include "tb-whmcs-port.h"

G_BEGIN_DECLS

/**
 * Posting: everything that waits in the ledger is taken to WHMCS, each thing once (tb-posting.h). Before a request that changes something its intent is
 * committed; while one thing waits for proof, others go on; those of one client keep their order. Whoever posts has the lease, renewed with each
 * commit. It may be cancelled, or end in any other way, at any moment: the next run goes on from the books.
 */

/* The time, and waiting for it. */
typedef struct _TbPushClock TbPushClock;
struct _TbPushClock
{
  gint64 (*now) (TbPushClock *self); /* seconds since 1970 */
  gboolean (*wait) (TbPushClock *self, gint64 until, GCancellable *cancellable, GError **error); /* FALSE = cancelled */
};
/* The computer's; seconds that are waited for pass as fast as TOLLBOOK_PATIENCE says. */
TbPushClock *tb_push_clock_new (void);

typedef struct
{
  TbStore *store;     /* of the calling thread; or NULL, and … */
  TbSession *session; /* … the books are on the worker of this one, on which the push waits in a thread of its own */
  TbWhmcsPort *port;
  TbPushClock *clock;
  const char *client; /* key: only this one's; NULL = all */
  const char *holder; /* of the lease: a name that nobody else has */
  const char *host;   /* where it runs, for people */
} TbPushTerms;

typedef struct
{
  guint done, failed, parked;
  guint waiting;        /* neither: the next run goes on with them */
  GPtrArray *troubles;  /* of char *: a line for each that is not done, and for what could not be planned */
} TbPushResult;
void tb_push_result_free (TbPushResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPushResult, tb_push_result_free)

/* Plans what is new (tb-whmcs-plan.h), then posts. NULL and the error when it could not go on to its end: TB_ERROR_CONFLICT (another workstation posts),
 * TB_ERROR_AUTH (at the first refusal, for three of them ban the address), TB_ERROR_NETWORK (WHMCS is not to be reached), TB_ERROR_CANCELLED. */
TbPushResult *tb_whmcs_push (const TbPushTerms *terms, TbJob *job, GError **error);

G_END_DECLS
