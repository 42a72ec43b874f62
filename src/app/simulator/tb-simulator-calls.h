/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-page.h"

G_BEGIN_DECLS

/* Calls of the books against another tariff, package, increment or deck: the difference per client and destination. Stands inside a TbPage,
 * which lends its books. */
#define TB_TYPE_SIMULATOR_CALLS (tb_simulator_calls_get_type ())
G_DECLARE_FINAL_TYPE (TbSimulatorCalls, tb_simulator_calls, TB, SIMULATOR_CALLS, AdwBin)

void tb_simulator_calls_load (TbSimulatorCalls *self); /* the books changed */
void tb_simulator_calls_focus (TbSimulatorCalls *self);
void tb_simulator_calls_save (TbSimulatorCalls *self); /* what is seen, as CSV; asks where to */

G_END_DECLS
