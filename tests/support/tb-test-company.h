/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-writer.h"
#include "tb-setup.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* A small company for tests: connection "pbx1" with the tenants acme, beta, gamma and delta.
 *
 * C1 (CAD, 13 % HST) has S1 on acme, metered at tariff + 25 %, fee 29.95. C2 (CAD, no tax) has S2 on beta and S4 on delta, 600 included
 * seconds shared by both. C3 (USD) has S3 on gamma, metered. The tariff is in USD: 1204 at 0.02, 1 at 0.01, 44 at 0.05 in 30/6 with a
 * fee of 0.01; 1 USD is 1.40 CAD. */
TbSetup *tb_test_company_new (void);
/* New books with that company and a fixed key of the seen calls, so that equal work makes equal books. */
TbStore *tb_test_books_new (const char *path);
void     tb_test_apply (TbStore *store, const TbSetup *setup);

/* An answered outbound call of that many seconds. */
TbCall   tb_test_call (const char *uid, const char *tenant, gint64 start, const char *callee, gint32 seconds);
/* One import; asserts that it goes well. */
TbImportCounts tb_test_import (TbStore *store, const TbCall *calls, guint n);

gint64   tb_test_query_int (TbStore *store, const char *sql);
char    *tb_test_query_text (TbStore *store, const char *sql);
void     tb_test_exec (TbStore *store, const char *sql);
/* Asserts that "check" finds nothing. */
void     tb_test_assert_sound (TbStore *store);

G_END_DECLS
