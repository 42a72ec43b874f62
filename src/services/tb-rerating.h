/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-correction.h"
#include "tb-rating-comparison.h"
#include "tb-rating-run.h"

G_BEGIN_DECLS

/* What becomes of the difference of invoiced calls, which themselves never change. */
typedef enum
{
  TB_INVOICED_KEEP,   /* nothing; it is told */
  TB_INVOICED_LINE,   /* a line on the client's next bill */
  TB_INVOICED_CREDIT, /* a credit note where money is given back, else a line */
} TbInvoicedOutcome;

const char *tb_invoiced_outcome_to_string (TbInvoicedOutcome self); /* "keep" "line" "credit" */
gboolean    tb_invoiced_outcome_parse (const char *text, TbInvoicedOutcome *ret);

/**
 * TbRerating: rating again, as it would be or as it was done.
 *
 * With an outcome other than keep the invoiced calls are looked at as if they were rated again with all others, so that included minutes go
 * where today's set-up sends them; corrections remember the share, and later runs respect it. With keep, invoiced calls hold what they took.
 */
typedef struct
{
  TbRatingComparison *comparison; /* of the calls asked for, and of those that share minutes or tiers with them */
  TbInvoicedOutcome outcome;
  GPtrArray *corrections;         /* of TbCorrection, by invoice: the differences of invoiced calls; booked ones have an id */
  guint64 unsettled; /* invoiced calls that have no difference to speak of: they would lack a price, belong to another client or currency,
                      * or are billed by what the PBX said of them later (tb-set-aside.h) */
  char *fingerprint; /* of all that would change */
  TbRatingCounts counts; /* when it was done */
} TbRerating;

void tb_rerating_free (TbRerating *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRerating, tb_rerating_free)

/* Writes nothing. */
TbRerating *tb_rerating_preview (TbStore *store, const TbRatingScope *scope, TbInvoicedOutcome outcome, TbJob *job, GError **error);
/* In one transaction: all of it or nothing. TB_ERROR_CONFLICT when it would not do what the preview with that fingerprint told. Without a
 * fingerprint and with TB_INVOICED_KEEP the rated calls are committed bit by bit, and `comparison` holds the invoiced ones only. */
TbRerating *tb_rerating_apply (TbStore *store, const TbRatingScope *scope, TbInvoicedOutcome outcome, const char *fingerprint, TbJob *job,
                               GError **error);

G_END_DECLS
