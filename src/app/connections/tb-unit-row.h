/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-party.h"
#include "tb-time.h"

G_BEGIN_DECLS

/**
 * TbUnitRow: a switch for a unit of the user's systemd: what collects while no window is open, or what takes posted calls. It says how the unit is, and
 * where there can be none, why.
 */
#define TB_TYPE_UNIT_ROW (tb_unit_row_get_type ())
G_DECLARE_FINAL_TYPE (TbUnitRow, tb_unit_row, TB, UNIT_ROW, AdwActionRow)

/* The timer of the books at `path`, which may be the one that is shown already. */
void tb_unit_row_show_timer (TbUnitRow *self, const char *path, TbZone *zone);
/* The receiver of a connection of theirs. */
void tb_unit_row_show_receiver (TbUnitRow *self, const char *path, const TbConnection *connection);

G_END_DECLS
