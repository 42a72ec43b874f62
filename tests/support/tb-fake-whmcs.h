/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs.h"

G_BEGIN_DECLS

/**
 * A WHMCS in memory that speaks the documented shapes, keeps clients, services, invoices, payments, credit and activity, reckons tax by its
 * own rules, and misbehaves when it is told to. Without a socket (a transport) or behind one (a server in a thread of its own). The same
 * requests have the same result.
 */
typedef struct _TbFakeWhmcs TbFakeWhmcs;

#define TB_FAKE_WHMCS_IDENTIFIER "id-7Qw2mLp9"
#define TB_FAKE_WHMCS_SECRET "S3CR3T-whmcs-0123456789"
#define TB_FAKE_WHMCS_USER "ann" /* with the same secret as password */

/* How its answers look: all of these were seen. */
typedef enum
{
  TB_FAKE_QUIRK_TEXT_IDS = 1 << 0,      /* "1" in place of 1 */
  TB_FAKE_QUIRK_NUMBER_MONEY = 1 << 1,  /* 15.95 in place of "15.95" */
  TB_FAKE_QUIRK_OBJECT_LISTS = 1 << 2,  /* {"0":…,"1":…} */
  TB_FAKE_QUIRK_LONE_ROWS = 1 << 3,     /* a list of one is that one */
  TB_FAKE_QUIRK_FLAT_LISTS = 1 << 4,    /* without the singular */
  TB_FAKE_QUIRK_EMPTY_TEXTS = 1 << 5,   /* "" for an empty list, else [] */
  TB_FAKE_QUIRK_ENTITIES = 1 << 6,
  TB_FAKE_QUIRK_STATUS = 1 << 7,        /* in place of result, where it has no other meaning */
  TB_FAKE_QUIRK_TOP_LEVEL = 1 << 8,     /* GetClientsDetails without "client" */
  TB_FAKE_QUIRK_SMALL_PAGES = 1 << 9,   /* never more than seven rows, whatever is asked for */
  TB_FAKE_QUIRK_ANY_ORDER = 1 << 10,    /* whatever order is asked for */
  TB_FAKE_QUIRK_NO_NOTES = 1 << 11,     /* a hook takes the notes of new invoices away; a behaviour rather than a shape */
  TB_FAKE_QUIRKS = (1 << 11) - 1,
} TbFakeQuirks;

typedef enum
{
  TB_FAKE_FAULT_NONE,
  TB_FAKE_FAULT_REFUSED,   /* no connection */
  TB_FAKE_FAULT_RESET,     /* nothing done, the connection broke off */
  TB_FAKE_FAULT_LOST,      /* done, the connection broke off */
  TB_FAKE_FAULT_SILENCE,   /* nothing done, no answer in time */
  TB_FAKE_FAULT_LATE,      /* done, no answer in time */
  TB_FAKE_FAULT_500,       /* done, and an “Oops” page */
  TB_FAKE_FAULT_502,       /* nothing done */
  TB_FAKE_FAULT_BUSY,      /* nothing done, 429 with Retry-After: 3 */
  TB_FAKE_FAULT_PAGE,      /* nothing done, a log-in page with 200 */
  TB_FAKE_FAULT_CUT,       /* done, half the answer */
  TB_FAKE_FAULT_EMPTY,     /* done, no body */
  TB_FAKE_FAULT_WARNING,   /* done, and a warning of PHP before the answer */
  TB_FAKE_FAULT_TWICE,     /* done twice, as by a proxy that repeats; the last answer */
  TB_FAKE_FAULT_DOUBLED,   /* done, the answer written twice */
  TB_FAKE_FAULT_TWICE_LOST, /* done twice, the connection broke off */
  TB_FAKE_FAULT_OTHERS,    /* done, and an answer that came in place of it names the invoice 1 */
  TB_FAKE_FAULT_DENIED,    /* done, and the answer says that it was not */
  TB_FAKE_FAULT_DELAYED,   /* the connection broke off, and it is done once time has passed (tb_fake_whmcs_pass) */
  TB_FAKE_N_FAULTS
} TbFakeFault;

/* `version` 8 or 9 (an invoice that is no draft any more cannot be changed). */
TbFakeWhmcs *tb_fake_whmcs_new (guint version, guint quirks);
void         tb_fake_whmcs_free (TbFakeWhmcs *self); /* after its transports */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbFakeWhmcs, tb_fake_whmcs_free)

/* ---- ways to it ---- */

TbWhmcsTransport *tb_fake_whmcs_transport_new (TbFakeWhmcs *self);
TbWhmcs          *tb_fake_whmcs_talk_new (TbFakeWhmcs *self); /* with the right credentials, over a transport */
const char       *tb_fake_whmcs_listen (TbFakeWhmcs *self);   /* "http://127.0.0.1:12345/whmcs" */

/* ---- what is there ---- */

/* `percent` of tax for the lines that are taxed. Ids count from 1. */
gint64 tb_fake_whmcs_add_client (TbFakeWhmcs *self, const char *company, const char *email, const char *currency, TbDecimal percent);
gint64 tb_fake_whmcs_add_product (TbFakeWhmcs *self, const char *name, const char *module);
gint64 tb_fake_whmcs_add_service (TbFakeWhmcs *self, gint64 client, gint64 product, const char *domain, const char *username);
void   tb_fake_whmcs_set_credit (TbFakeWhmcs *self, gint64 client, TbAmount credit);
void   tb_fake_whmcs_close_client (TbFakeWhmcs *self, gint64 client);
/* Staff publish what is a draft. */
guint  tb_fake_whmcs_publish_drafts (TbFakeWhmcs *self);
/* All of it, a line each, the same for the same world: invoices that were never published and are cancelled count for nothing. */
char  *tb_fake_whmcs_tell (TbFakeWhmcs *self);
guint  tb_fake_whmcs_count_mails (TbFakeWhmcs *self);

/* ---- how it behaves ---- */

/* The next `times` requests for `action` (NULL = any). */
void   tb_fake_whmcs_fail_next (TbFakeWhmcs *self, const char *action, TbFakeFault fault, guint times);
/* Every request, one in a thousand times `per_mille`, with any fault before TWICE but PAGE and those of `without` (bits 1 << fault). */
void   tb_fake_whmcs_fail_at_random (TbFakeWhmcs *self, guint32 seed, guint per_mille, guint without);
/* Every request, as `choose` says; called with the lock of the fake, in the thread that serves. */
typedef TbFakeFault (*TbFakeChoice) (TbFakeWhmcs *self, const char *action, gpointer data);
void   tb_fake_whmcs_set_choice (TbFakeWhmcs *self, TbFakeChoice choose, gpointer data);
/* Time passes for what is delayed, which is done within a hundred seconds. */
void   tb_fake_whmcs_pass (TbFakeWhmcs *self, gint64 seconds);
/* HTTP `status` with that message to everything; NULL = no more. */
void   tb_fake_whmcs_refuse (TbFakeWhmcs *self, guint status, const char *message);
/* A role that lacks this action; NULL = none is lacking. */
void   tb_fake_whmcs_forbid (TbFakeWhmcs *self, const char *action);
/* Called before each request is acted on, with its action: the world changes meanwhile. */
void   tb_fake_whmcs_set_meanwhile (TbFakeWhmcs *self, void (*func) (TbFakeWhmcs *self, const char *action, gpointer data), gpointer data);

guint       tb_fake_whmcs_count (TbFakeWhmcs *self, const char *action); /* requests that came for it; NULL = in all */
const char *tb_fake_whmcs_get_body (TbFakeWhmcs *self);                  /* of the last request */
guint64     tb_fake_whmcs_get_waited (TbFakeWhmcs *self);                /* seconds that its transports were told to wait */

G_END_DECLS
