/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"
#include "tb-call-store.h"
#include "tb-sync-run-store.h"

G_BEGIN_DECLS

/* The lists of a connection's card. They are filled again each second while calls come in; rows that say the same stay (tb-kept-rows.h). */
void tb_connection_lists_show_tenants (GtkWidget *list, const char *connection, GPtrArray *tenants, TbBooks *books); /* of TbTenant */
void tb_connection_lists_show_imports (GtkWidget *list, GPtrArray *imports, TbZone *zone);                           /* of TbImport, newest first */
void tb_connection_lists_show_runs (GtkWidget *list, GPtrArray *runs, TbZone *zone);                                 /* of TbSyncRun, newest first */

G_END_DECLS
