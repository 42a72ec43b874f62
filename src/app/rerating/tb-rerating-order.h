/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rerating.h"
#include "tb-session.h"

G_BEGIN_DECLS

/* Rating again on its way to the worker: which calls, and what becomes of those on approved invoices. */
typedef struct
{
  TbRatingScope scope;
  char *client, *tariff; /* of the scope */
  char *fingerprint;     /* of the preview that is applied; NULL = none yet */
  TbInvoicedOutcome outcome;
} TbReratingOrder;

void tb_rerating_order_free (gpointer self);
/* TbSessionFuncs over a TbReratingOrder that return a TbRerating; the first changes nothing. */
gpointer tb_rerating_order_preview (TbStore *store, TbJob *job, gpointer order, GError **error);
gpointer tb_rerating_order_apply (TbStore *store, TbJob *job, gpointer order, GError **error);

G_END_DECLS
