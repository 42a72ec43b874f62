/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-invoice.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* A client whose bill would not be whole, so that there is none. */
typedef struct
{
  char *client;
  guint64 calls;     /* without a price: of the client's services, or perhaps */
  TbMoney estimate;  /* of what is missing; no currency = it cannot be said */
  guint64 estimated; /* calls that are in it */
  guint causes;      /* bit (1 << TbCallStatus) */
} TbBillingHold;
char *tb_billing_hold_describe (const TbBillingHold *self); /* "client C1 is not billed: 12 calls (no rate) …" */

typedef enum
{
  TB_BILLING_DRY_RUN = 1 << 0,    /* nothing is written */
  TB_BILLING_INCOMPLETE = 1 << 1, /* clients of whom calls have no price are billed all the same */
} TbBillingFlags;

typedef struct
{
  int year, month;
  GPtrArray *invoices; /* of TbInvoice: the run's drafts (with dry_run: as they would be) */
  guint created, replaced, unchanged, approved_before;
  GPtrArray *warnings; /* of char *: "client C1: 12 calls have no rate" */
  GPtrArray *held;     /* of TbBillingHold, by client; their drafts, if any, are as they were */
} TbBillingRun;

/* Drafts for every service period that ends in the month (an end at 00:00 on the 1st belongs to the month before), one invoice per
 * client, in the client's currency. A second run changes nothing. `client` NULL = all. A
 * client is held back when calls of the periods at hand have no rate or were not rated, or lie where it cannot be said whose they are and
 * may be the client's; numbers that are none and calls without a service are warnings. */
TbBillingRun *tb_billing_run (TbStore *store, int year, int month, const char *client, TbBillingFlags flags, TbJob *job, GError **error);
void          tb_billing_run_free (TbBillingRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbBillingRun, tb_billing_run_free)

/* Number, freeze. `name` is an id (drafts have no number). */
TbInvoice *tb_billing_approve (TbStore *store, const char *name, GError **error);
gboolean   tb_billing_void (TbStore *store, const char *name, GError **error);
/* Draws the invoice with its calls into a PDF; drafts are marked as such. */
gboolean   tb_billing_write_pdf (TbStore *store, const char *name, const char *path, GError **error);

G_END_DECLS
