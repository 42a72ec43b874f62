/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-calls-list.h"
#include "tb-page.h"

G_BEGIN_DECLS

/* Millions of calls: filter, sort, sums, and why each cost what it cost. Items to show: "status=13;month=2026-10;client=C1",
 * "invoice=12 INV-2026-00001", "rates=17,23 Poland" (ids of rates that charged), "cost-rates=…", "uid=…", "day=2026-11-03 pbx" (of a connection),
 * "status=13;prefix=33" (as rated or dialled), "where=…" (a filter as it is typed), "order=3-;where=…"
 * (the same, sorted). */
#define TB_TYPE_CALLS_PAGE (tb_calls_page_get_type ())
G_DECLARE_FINAL_TYPE (TbCallsPage, tb_calls_page, TB, CALLS_PAGE, TbPage)

GtkSingleSelection *tb_calls_page_get_selection (TbCallsPage *self); /* over its list; for tests */
TbCallsList        *tb_calls_page_get_list (TbCallsPage *self);      /* likewise */
guint               tb_calls_page_count_lists (TbCallsPage *self);   /* likewise: how many lists began to be shown */

G_END_DECLS
