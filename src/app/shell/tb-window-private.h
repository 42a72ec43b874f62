/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-window.h"

G_BEGIN_DECLS

/* What the menu does; in files of their own because they are many. */
void tb_window_install_actions (TbWindow *self);
void tb_window_update_actions (TbWindow *self);

G_END_DECLS
