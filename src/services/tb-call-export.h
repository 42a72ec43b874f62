/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-job.h"

G_BEGIN_DECLS

/* Calls as a table for spreadsheets: those that a filter lets through, in an order, with these columns. */
typedef struct
{
  const TbCallWhere *where; /* NULL = all */
  TbCallOrder order;
  gboolean descending;
  const char *const *columns; /* their names, NULL-ended: "start" "client" "from" "to" "seconds" "charge" … */
} TbCallExport;

/* Writes `path`, CSV or XLSX by its ending, row by row as they are found; it is there when all of it is. Amounts stand in columns of their own beside
 * their currency, durations are seconds, times the company's. Cancelled through the job, nothing is left. */
gboolean tb_call_export_run (TbStore *store, const TbCallExport *what, const char *path, TbJob *job, guint64 *ret_n, GError **error);
/* The names it knows, NULL-ended. */
const char *const *tb_call_export_list_columns (void);

G_END_DECLS
