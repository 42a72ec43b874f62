/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-bank-file.h"
#include "tb-payment-match.h"
#include "tb-payments.h"

G_BEGIN_DECLS

/* A bank's file, reviewed: what leaves no doubt is recorded, everything else is left to people. */

typedef enum
{
  TB_REVIEW_RECORDED, /* of a dry run: it would be */
  TB_REVIEW_KNOWN,    /* that entry came in before */
  TB_REVIEW_PERHAPS,  /* the client has a payment like it that came another way: by hand or from WHMCS */
  TB_REVIEW_OPEN,     /* for people to decide */
  TB_REVIEW_OUT,      /* went out, or takes back: for people, who reverse a payment */
  TB_REVIEW_BAD,      /* cannot be read */
} TbReviewKind;
const char *tb_review_kind_to_string (TbReviewKind self); /* "recorded" "known" "perhaps-known" "open" "out" "bad" */

typedef struct
{
  const TbBankEntry *entry; /* borrowed from the file */
  TbReviewKind kind;
  TbFoundKind found;
  char *client;       /* key: of whom it is, or may be; or NULL */
  char *why;          /* a sentence */
  TbPayment *payment; /* RECORDED: with what it pays; id 0 in a dry run */
} TbPaymentReview;

typedef struct
{
  GPtrArray *rows; /* of TbPaymentReview, in the order of the file */
  guint counts[TB_REVIEW_BAD + 1];
} TbPaymentImport;
void tb_payment_import_free (TbPaymentImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPaymentImport, tb_payment_import_free)

/* All that is recorded is, or nothing. `assigned`: what people decided, number of an entry → key of a client (or "-": of nobody), or NULL. */
TbPaymentImport *tb_payments_import (TbStore *store, const TbBankFile *file, GHashTable *assigned, gboolean dry_run, gint64 now, GError **error);

G_END_DECLS
