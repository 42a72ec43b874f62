/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-whmcs-port.h"

G_BEGIN_DECLS

/**
 * What WHMCS has of ours beside what the books say of it: each invoice that is in either, once.
 */
typedef enum
{
  TB_REPORT_OPEN,      /* in both, to be paid */
  TB_REPORT_PARTLY,    /* in both, a part of it was paid, from credit or, as the last pull knows, by other money */
  TB_REPORT_PAID,
  TB_REPORT_DRAFT,     /* in both, not published */
  TB_REPORT_CANCELLED, /* in both: there cancelled, here void */
  TB_REPORT_REFUNDED,
  TB_REPORT_DIFFERS,   /* in both, and one says that it is not to be paid: cancelled there, or void here */
  TB_REPORT_NOT_HERE,  /* bears the mark of these books, which know nothing of it */
  TB_REPORT_NOT_THERE, /* approved here, since WHMCS was connected, and not there: not posted yet, or gone */
} TbWhmcsFinding;
const char *tb_whmcs_finding_to_string (TbWhmcsFinding self); /* "open" "not-here" … */

typedef struct
{
  TbWhmcsFinding finding;
  char *client;     /* key, or NULL */
  char *number;     /* ours, or NULL */
  char *part;       /* "" = all */
  gint64 remote_id; /* 0 = none */
  char *status;     /* at WHMCS, or NULL */
  TbMoney amount;   /* ours; of NOT_HERE what WHMCS says, without a currency */
} TbWhmcsReportRow;

/* Of TbWhmcsReportRow: what is wrong first. Asks WHMCS for all of its invoices. */
GPtrArray *tb_whmcs_report_new (TbStore *store, TbWhmcsPort *port, GError **error);

G_END_DECLS
