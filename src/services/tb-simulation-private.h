/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-simulation.h"

G_BEGIN_DECLS

/* tb_simulate_list by a set-up at hand, whose tariffs have the rates that these numbers meet. */
TbSimulatedList *tb_simulate_list_with (TbStore *store, TbSetup *setup, const TbSimulationOrder *order, const char *text, gint32 seconds,
                                        GCancellable *cancellable, GError **error);

G_END_DECLS
