/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-number-check.h"

G_BEGIN_DECLS

/* Calls of one client on one connection whose dialled numbers have the same verdict for the same reason, and the same shape. */
typedef struct
{
  char *connection, *client, *client_name; /* client: its key; "" = no service */
  TbNumberCheck check;                     /* of the first of them */
  char *dialled, *uid;                     /* likewise */
  char *fix;                               /* for the connection's PBX, see tb-number-fix.h; NULL = nothing to mend */
  guint64 calls;
  gint64 seconds;
} TbNumberPattern;

gboolean tb_number_pattern_is_fault (const TbNumberPattern *self); /* wrong country or invalid */
void     tb_number_pattern_free (TbNumberPattern *self);

/**
 * TbNumberReport: the numbers of stored outbound calls checked by the number plan of their service's package; calls without a service by a plan
 * that knows only + and E.164 digits.
 */
typedef struct
{
  guint64 verdicts[TB_NUMBER_EXTENSION + 1]; /* calls, by TbNumberVerdict */
  GPtrArray *patterns;                       /* of TbNumberPattern: faults first, most calls first */
} TbNumberReport;

/* `filter` narrows the calls; its direction is taken as outbound. A job that somebody watches costs a count of the calls beforehand. */
TbNumberReport *tb_number_report_new (TbStore *store, const TbCallFilter *filter, TbJob *job, GError **error);
void            tb_number_report_free (TbNumberReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbNumberReport, tb_number_report_free)

/* The patterns as a CSV file with a header row. */
char           *tb_number_report_to_csv (GPtrArray *patterns);

G_END_DECLS
