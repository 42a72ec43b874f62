/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-page.h"

G_BEGIN_DECLS

/* One number: its price and why, while it is typed. Stands inside a TbPage, which lends its books. */
#define TB_TYPE_SIMULATOR_NUMBER (tb_simulator_number_get_type ())
G_DECLARE_FINAL_TYPE (TbSimulatorNumber, tb_simulator_number, TB, SIMULATOR_NUMBER, AdwBin)

void tb_simulator_number_load (TbSimulatorNumber *self); /* the books changed */
void tb_simulator_number_focus (TbSimulatorNumber *self);

G_END_DECLS
