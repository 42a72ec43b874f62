/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup-index.h"
#include "tb-whmcs-push.h"

G_BEGIN_DECLS

/* The postings of one client, in order; the first that is open is at work. */
typedef struct
{
  GPtrArray *postings; /* of TbPosting, owned by the run */
  guint at;
  gboolean checked;    /* in this run WHMCS said that the client is one that can be posted to */
  guint changes;       /* that were sent for it after it was made, in this run */
  guint tries;         /* of the posting at work, in this run: sent again, or nobody reached */
  TbInvoice *invoice;  /* its document, as long as it is at work */
  TbPostingBill *bill;
  TbRemoteInvoice *seen;
  GArray *twins;       /* of TbRemoteMark: drafts with its marker beside it */
  GArray *surplus;     /* of gint64: lines of it that are there twice */
  GPtrArray *missing;  /* of TbPostingLine, borrowed from the bill */
  TbAmount applied;    /* what of credit must be on it after this run applied some; 0 = it did not */
} TbPushQueue;

typedef struct
{
  const TbPushTerms *terms;
  TbWhmcsPort *port;
  TbSetup *setup;
  TbSetupIndex *index;
  GPtrArray *postings; /* of TbPosting, all that are open */
  GPtrArray *queues;   /* of TbPushQueue */
  gint64 lease_until;
  guint unreached;     /* requests in a row that reached nobody */
  GError *stop;        /* why the run must end once what happened is in the books */
  TbPushResult *result;
} TbPush;

/* What a step came to: the event, a line for the story, and for trouble a line for people. */
typedef struct
{
  TbPostingEvent event;
  char *text;
  char *message;
  gboolean hold; /* not now, and no event at all: something else must happen first */
} TbPushOutcome;

/* Each reads or sends what its step says and fills *out; FALSE = the books failed. */
typedef gboolean (*TbPushStepFunc) (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);

/* Calls `func` where the books are, and waits for it. */
typedef gboolean (*TbPushBooksFunc) (TbStore *store, gpointer data, GError **error);
gboolean tb_push_in_books (const TbPushTerms *terms, TbPushBooksFunc func, gpointer data, GError **error);

void       tb_push_queue_forget (TbPushQueue *self); /* what it knew of the posting that was at work */
TbPosting *tb_push_queue_head (const TbPushQueue *self); /* NULL = none is left */

/* One request at most, and the move that it leads to (tb-whmcs-push-act.c). FALSE = the books failed. */
gboolean tb_push_act (TbPush *self, TbPushQueue *queue, GError **error);
/* Moves the posting, in memory and in the books; whoever lost the lease meanwhile is told so. */
gboolean tb_push_commit (TbPush *self, TbPosting *posting, const TbPostingEvent *event, const char *text, const char *message, GError **error);
gboolean tb_push_keep_lease (TbPush *self, TbStore *store, gboolean alone, GError **error);

const TbClient *tb_push_get_client (const TbPush *self, const TbPosting *posting);

/* Fill an outcome; they take `text` and give TRUE. */
gboolean tb_push_say (TbPushOutcome *out, TbPostingEventKind kind, char *text);
gboolean tb_push_need (TbPushOutcome *out, TbPostingStep step, gint64 at, char *text);
/* Something is wrong that a person must know of. */
gboolean tb_push_complain (TbPushOutcome *out, TbPostingEventKind kind, char *text);
/* Of a reply that is not DONE, to a request that reads or (`sent`) changes; takes `failure`. */
gboolean tb_push_tell_reply (TbPush *self, TbPushOutcome *out, TbReply reply, gboolean sent, GError *failure);
/* WHMCS says that the client can be posted to, once a run; else FALSE and *out says why not. */
gboolean tb_push_check_client (TbPush *self, TbPushQueue *queue, const TbPosting *posting, TbPushOutcome *out);

gboolean tb_push_look_invoice (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
gboolean tb_push_check_invoice (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
gboolean tb_push_change_invoice (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
gboolean tb_push_look_other (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
gboolean tb_push_send_other (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
/* Payments (tb-whmcs-push-payments.c). */
gboolean tb_push_look_payment (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
gboolean tb_push_send_payment (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
/* Credit for published drafts (tb-whmcs-push-apply.c). */
gboolean tb_push_look_apply (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
gboolean tb_push_send_apply (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error);
/* After credit was applied: whether just `wanted` is on the invoice now. */
gboolean tb_push_tell_applied (TbPush *self, gint64 invoice, TbAmount wanted, TbPushOutcome *out);
gboolean tb_push_tell_too_much (const TbRemoteInvoice *seen, TbPushOutcome *out);
/* Suspensions, fields and alerts (tb-whmcs-push-prepaid.c). */
gboolean tb_push_look_prepaid (TbPush *self, TbPosting *posting, TbPushOutcome *out);
TbReply  tb_push_send_prepaid (TbPush *self, const TbPosting *posting, GError **error);

G_END_DECLS
