/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-whmcs-push.h"

G_BEGIN_DECLS

/**
 * A company with everything that can be posted, and two workstations on the same books, of which one dies now and then and the other comes along. What
 * WHMCS has to hold in the end follows from its plan alone.
 */

/* Clients by number, from 1; none when `to` is below `from`. */
typedef struct
{
  guint from, to;
} ClientRange;

typedef struct
{
  guint known, fresh;          /* clients that WHMCS has, whose ids there are their numbers, and, after them, new ones */
  guint bills, bills_of_fresh; /* each, one a month from January on */
  ClientRange notes;           /* have a credit note */
  ClientRange prepaid;         /* the first bill was paid in advance in part */
  ClientRange lengthy;         /* the first bill has more lines than one request takes */
  ClientRange voided;          /* the second bill is voided after it was posted */
  ClientRange in_part, in_full, in_excess; /* paid here */
  ClientRange back;            /* of these, the payment comes back after it was told */
  ClientRange ahead;           /* pay on account, which is put on the first bill once it was told */
  ClientRange drafts;          /* a sixth bill, paid in advance in part, is left as a draft and published by staff */
} CompanyPlan;

/* What clients pay on account, and what is paid of a bill in part, or too much. */
#define COMPANY_AHEAD (TB_AMOUNT_ONE / 100 * 101)
#define COMPANY_PART (10 * TB_AMOUNT_ONE)
#define COMPANY_LINES 450 /* of a lengthy bill */
#define COMPANY_NOW G_GINT64_CONSTANT (1793400000)

typedef struct
{
  const CompanyPlan *plan;
  TbWhmcsPort *port;
  TbPushClock *clock;
  void (*pass) (gint64 seconds, gpointer data); /* between two runs */
  gpointer data;
  char *books, *link; /* the same file; by another name it has another lock, as on another computer */
  TbStore *store;
  guint runs, deaths, conflicts;
} Company;

guint range_count (ClientRange self);
guint company_plan_count_invoices (const CompanyPlan *self);
guint company_plan_count_payments (const CompanyPlan *self); /* that are transactions or credit at WHMCS, there and back */
guint company_plan_count_postings (const CompanyPlan *self);

/* New books of the plan at `path`; all that is to be posted but the drafts is in them. */
void company_make_books (const CompanyPlan *plan, const char *path);

/* Copies those books, so that markers are the same whatever happens. Port, clock and pass are the caller's to fill in. */
void company_open (Company *self, const CompanyPlan *plan, const char *base_books);
void company_close (Company *self);

/* One run after the other, by the clock or by a person, until nothing is left. */
void company_post_all (Company *self);
/* Another workstation. As long as the first one's lease holds it is refused; when it is over it takes what the first one had. */
void company_post_elsewhere (Company *self, gboolean over, TbJob *job);
/* After it died (or not) it is there again. */
void company_revive (Company *self);
/* Our program dies: of what it writes from the n-th change on nothing reaches the disk. */
void company_die (guint n);

void company_void_some (Company *self);
void company_move_some (Company *self);   /* payments come back, and what was on account is put on bills */
void company_leave_drafts (Company *self);
/* The ledger has all of it done, nothing refused and nothing put aside; the books are sound. */
void company_assert_done (Company *self);

G_END_DECLS
