/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-job.h"
#include "tb-remote-store.h"

G_BEGIN_DECLS

typedef struct _TbWhmcs TbWhmcs;

/**
 * Pulling: what WHMCS has is read into the books' copy of it (tb-remote-store.h), and what follows from it without overwriting anybody is done: a
 * client of WHMCS whom nobody here is like becomes one here (but for closed and ignored ones), one with the e-mail address of exactly one here is
 * linked to it, and what became of our invoices is kept. Everything else waits to be reviewed (tb-whmcs-review.h).
 *
 * Usually only what changed is read: the list of clients, and in detail those that are new, that changed in it or that are clients here; invoices
 * that are new, open or refunded (that a part was given back of one that is paid is seen by a whole pull alone). `whole` reads everything. What was
 * read is committed as it comes; a pull that was cut short is gone on with by the next one, for a day.
 */
typedef struct
{
  gboolean whole;
  gboolean continued; /* of one that was cut short */
  char *version;      /* of WHMCS, or NULL */
  TbRemoteCounts currencies, methods, products, clients, services, invoices, payments, credits;
  guint details;        /* clients that were read in detail */
  GPtrArray *created;   /* of char *: keys of the clients that are new here */
  GPtrArray *linked;    /* of char *: keys of those that were found to be one of WHMCS */
  guint booked;         /* rows of credit that came into balances here */
  guint settled;        /* invoices of ours of which something else became */
  guint differences;    /* fields that wait for somebody */
  guint unsure;         /* clients of WHMCS that may be one here */
  GPtrArray *lost;      /* of char *: keys of clients here whose id WHMCS does not have */
  GPtrArray *notes;     /* of char *: what could not be taken over as it is */
  GPtrArray *troubles;  /* of char *: what could not be read */
} TbPullResult;
void tb_pull_result_free (TbPullResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPullResult, tb_pull_result_free)

/* Blocks; on the thread that has the store. `url` says which WHMCS this is. NULL when it was cut short, with the talk's error, or
 * TB_ERROR_CONFLICT when another program on this computer pulls into these books. */
TbPullResult *tb_whmcs_pull (TbStore *store, TbWhmcs *whmcs, const char *url, gboolean whole, TbJob *job, GError **error);
/* The same with the WHMCS of the books' set-up. */
TbPullResult *tb_whmcs_pull_books (TbStore *store, gboolean whole, TbJob *job, GError **error);
/* What it would do: done and taken back, all in one transaction, so that nobody else writes meanwhile. */
TbPullResult *tb_whmcs_pull_try (TbStore *store, gboolean whole, TbJob *job, GError **error);

G_END_DECLS
