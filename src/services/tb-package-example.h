/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-simulation.h"

G_BEGIN_DECLS

/* What calls would cost by a package that is only being written: rated by the rating itself, beside the books. `record` is the package as in the
 * set-up file (tb-setup-record-file.h). */

/* Calls worth a look: its own prefixes, those its minutes are for, and one of each part of the world that its tariff reaches. A line each, as
 * tb_simulate_list takes them; a new string, "" where there is nothing to call. */
char *tb_package_example_propose (TbStore *store, const char *record, GError **error);

/* Prices such lines in their order, so that they share the included minutes. `at` is when they begin. Only the rates that these numbers meet are
 * read, however long the tariff. TB_ERROR_INVALID_INPUT for a package that cannot be. */
TbSimulatedList *tb_package_example_price (TbStore *store, const char *record, gint64 at, const char *text, GCancellable *cancellable, GError **error);

G_END_DECLS
