/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-number-check.h"

G_BEGIN_DECLS

/* Calls whose dialled numbers have one fault in common, on one connection. */
typedef struct
{
  char *connection, *client; /* key; "" = no service */
  TbNumberCheck check;       /* of the first of them */
  char *dialled, *uid;       /* likewise */
  guint64 calls;
  gint64 seconds;
} TbNumberFault;

/**
 * TbNumberReport: the numbers of stored outbound calls checked by the number plan of their service's package; calls without a service by a plan
 * that knows only + and E.164 digits.
 */
typedef struct
{
  guint64 verdicts[TB_NUMBER_EXTENSION + 1]; /* calls, by TbNumberVerdict */
  GPtrArray *faults;                         /* of TbNumberFault, most calls first */
} TbNumberReport;

/* `filter` narrows the calls; its direction is taken as outbound. */
TbNumberReport *tb_number_report_new (TbStore *store, const TbCallFilter *filter, TbJob *job, GError **error);
void            tb_number_report_free (TbNumberReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbNumberReport, tb_number_report_free)

G_END_DECLS
