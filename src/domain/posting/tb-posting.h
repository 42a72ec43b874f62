/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"

G_BEGIN_DECLS

/**
 * A posting is one thing that is to be at WHMCS exactly once. WHMCS has no key that would make a repeated request harmless, and a reply that
 * is lost may mean an invoice that exists. So each posting has a marker of its own that is written into what is sent, what is about to be sent is
 * committed before a byte of it leaves, and after an outcome that is not known nothing is sent again before it was looked for, four times, the last
 * time when no server can still be at work on the request.
 */

/* The numbers of these are stored in books: append only. */
typedef enum
{
  TB_POSTING_CLIENT_NEW = 0,    /* a client of ours that WHMCS does not have */
  TB_POSTING_CLIENT_CHANGE = 1, /* fields of a client that were changed here */
  TB_POSTING_INVOICE = 2,       /* an approved invoice, or one service's part of it */
  TB_POSTING_CANCEL = 3,        /* a posted invoice that was voided here */
  TB_POSTING_CREDIT = 4,        /* money into the client's credit, or (below zero) out of it */
  TB_POSTING_SUSPEND = 5,       /* a service of a client who pays in advance and has nothing left */
  TB_POSTING_RESUME = 6,        /* … and has again */
  TB_POSTING_FIELD = 7,         /* the value of one custom field of the client */
  TB_POSTING_ALERT = 8,         /* a mail to a client whose balance is low or empty */
  TB_POSTING_PAYMENT = 9,       /* money that was recorded here, or (below zero) went back: for a posted invoice, or into the client's credit */
  TB_POSTING_APPLY = 10,        /* what was paid in advance, from the client's credit to an invoice that was left as a draft and that people published since */
} TbPostingKind;
#define TB_POSTING_N_KINDS (TB_POSTING_APPLY + 1)

typedef enum
{
  TB_POSTING_READY = 0,   /* its step is to be taken */
  TB_POSTING_SENDING = 1, /* its step may be under way: committed before a byte of it */
  TB_POSTING_UNKNOWN = 2, /* its step was sent, and whether it was done is being looked for */
  TB_POSTING_DONE = 3,
  TB_POSTING_FAILED = 4,  /* WHMCS refused it and has nothing of it */
  TB_POSTING_PARKED = 5,  /* left to a person: something is not as it should be */
} TbPostingState;

typedef enum
{
  TB_STEP_LOOK = 0,    /* read: is the marker there? */
  TB_STEP_SEND = 1,    /* create it, or do it */
  TB_STEP_CHECK = 2,   /* read: is it what was sent, and what is missing still? */
  TB_STEP_FILL = 3,    /* more lines, for one request takes so many only */
  TB_STEP_TRIM = 4,    /* take away what is there twice: lines, and drafts with the same marker */
  TB_STEP_PUBLISH = 5,
  TB_STEP_APPLY = 6,   /* what was paid in advance, from the client's credit */
  TB_STEP_LOG = 7,     /* a line in the activity log of WHMCS, for its staff */
} TbPostingStep;

/* Where a posting stands: all that the machine needs and changes. Times are seconds since 1970. */
typedef struct
{
  TbPostingState state;
  TbPostingStep step;
  gint64 not_before; /* when the next thing may be done */
  gint64 since;      /* UNKNOWN: since when */
  guint looks;       /* UNKNOWN: how often it was looked for and not found */
  guint failures;    /* in a row that sent nothing or read nothing */
  guint sends;       /* how often bytes may have left */
  gint64 at;         /* what was there already when the step was sent (FILL: lines; APPLY: credit), to tell whether it took effect */
  gboolean refused;  /* UNKNOWN: WHMCS said no, which is believed once it was looked for */
} TbPostingPlace;

typedef enum
{
  TB_EVENT_OPENED,   /* somebody else had it last, or this program before it ended, or older books */
  TB_EVENT_BEGUN,    /* the step is about to be sent: commit, then send */
  TB_EVENT_ACCEPTED, /* WHMCS says it did it */
  TB_EVENT_REFUSED,  /* WHMCS says it did not */
  TB_EVENT_NOT_SENT, /* nothing left the house */
  TB_EVENT_LOST,     /* no answer, none that can be read, or the program ended: it may be done or not */
  TB_EVENT_NEEDS,    /* looked: a step is still to be taken */
  TB_EVENT_COMPLETE, /* looked: everything is there */
  TB_EVENT_UNREAD,   /* could not look */
  TB_EVENT_DIFFERS,  /* looked: something is there that is not what was sent */
  TB_EVENT_BLOCKED,  /* it may not be sent as things are; nothing of it is there */
  TB_EVENT_VOID,     /* there is nothing to send any more, and nothing is there */
  TB_EVENT_PARK,     /* a person puts it aside */
  TB_EVENT_RETRY,    /* a person wants it tried again */
} TbPostingEventKind;

typedef struct
{
  TbPostingEventKind kind;
  TbPostingStep needs; /* of NEEDS */
  gint64 at;           /* of NEEDS: how much is there */
} TbPostingEvent;

/**
 * The machine, pure: where a posting of that kind stands after `event`. FALSE, and *place as it was, when the event has no meaning there.
 */
gboolean tb_posting_place_move (TbPostingPlace *place, TbPostingKind kind, const TbPostingEvent *event, gint64 now);
/* Where it begins. */
TbPostingPlace tb_posting_place_first (TbPostingKind kind);
/* What to read in order to learn more: for UNKNOWN and for steps that read; else the step itself. */
TbPostingStep  tb_posting_place_get_action (const TbPostingPlace *place, TbPostingKind kind);
gboolean       tb_posting_step_sends (TbPostingStep step);
/* Neither done nor left to a person. */
gboolean       tb_posting_place_is_open (const TbPostingPlace *place);
/* A clock that was set back does not put off what was due by the old one. */
gboolean       tb_posting_place_is_due (const TbPostingPlace *place, gint64 now);

typedef enum
{
  TB_POSTING_AS_DRAFT = 1 << 0,    /* left as a draft, for staff to publish */
  TB_POSTING_LESS_PAID = 1 << 1,   /* without the lines that were paid in advance */
  TB_POSTING_APPLY_PAID = 1 << 2,  /* whole, and what was paid in advance is applied from the client's credit */
  TB_POSTING_FROM_CREDIT = 1 << 3, /* a payment that WHMCS has as the client's credit already, and that is applied to the invoice */
} TbPostingOptions;

typedef struct
{
  guint32 id;
  TbPostingKind kind;
  guint32 client_id;
  char *client;      /* key; filled in by the store */
  guint32 document;  /* the invoice of ours; 0 = none */
  char *number;      /* its number; filled in by the store */
  char *part;        /* what of it: a service's key, the fields that changed, the occasion of a credit; "" = all */
  char *marker;
  TbMoney amount;    /* what the client is asked for; CREDIT: signed */
  guint options;     /* of TbPostingOptions, as they were when it was made */
  TbPostingPlace place;
  guint32 version;   /* counts the moves: whoever moves it must have seen the last one */
  gint64 remote_id;  /* at WHMCS; 0 = not known */
  gint64 above;      /* the highest id of its client's invoices before the first try; −1 = not looked yet */
  char *message;     /* the last thing worth telling a person, or NULL */
  gint64 created, changed;
} TbPosting;

TbPosting *tb_posting_new (TbPostingKind kind);
TbPosting *tb_posting_copy (const TbPosting *self);
void       tb_posting_free (TbPosting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPosting, tb_posting_free)

const char *tb_posting_kind_to_string (TbPostingKind self);    /* "invoice" … */
const char *tb_posting_kind_to_display (TbPostingKind self);   /* translated */
const char *tb_posting_state_to_string (TbPostingState self);  /* "ready" … */
const char *tb_posting_state_to_display (TbPostingState self); /* translated */
gboolean    tb_posting_state_parse (const char *text, TbPostingState *ret, GError **error);
const char *tb_posting_step_to_string (TbPostingStep self);    /* "look" … */
/* "invoice INV-2026-00042 of client C1001", for messages. */
char       *tb_posting_describe (const TbPosting *self);

/* ---- markers ---- */

/* A random name for these books: six of [A-Z0-9]. Copies and backups keep it, so that what was posted is known to them. */
char    *tb_posting_site_new (void);
/* How every marker begins, whosever it is. */
#define TB_POSTING_MARKER_HEAD "TB-"
/* "TB-K7Q2XN-INV202600042-1A2B3C4D": the same for the same thing, whenever and from whichever copy of the books it is posted. `name` is for people,
 * `content` (a text that says it all) makes it unique. */
char    *tb_posting_make_marker (const char *site, const char *name, const char *content);
/* Whether `text`, whatever else people wrote into it, holds the whole marker. */
gboolean tb_posting_marker_is_in (const char *marker, const char *text);

G_END_DECLS
