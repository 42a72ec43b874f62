/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-page.h"

G_BEGIN_DECLS

/* A pasted list of numbers: what calls to them cost, as a table with its sum. Stands inside a TbPage, which lends its books. */
#define TB_TYPE_SIMULATOR_LIST (tb_simulator_list_get_type ())
G_DECLARE_FINAL_TYPE (TbSimulatorList, tb_simulator_list, TB, SIMULATOR_LIST, AdwBin)

void tb_simulator_list_load (TbSimulatorList *self); /* the books changed */
void tb_simulator_list_focus (TbSimulatorList *self);
void tb_simulator_list_save (TbSimulatorList *self); /* as CSV; asks where to */

G_END_DECLS
