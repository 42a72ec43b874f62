/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-window.h"

G_BEGIN_DECLS

/* TbCommandSearch: a dialog in which a person types what to open or do (Ctrl+K). Arrows choose, Enter goes there, Escape leaves. */
#define TB_TYPE_COMMAND_SEARCH (tb_command_search_get_type ())
G_DECLARE_FINAL_TYPE (TbCommandSearch, tb_command_search, TB, COMMAND_SEARCH, AdwWindow)

TbCommandSearch *tb_command_search_new (TbWindow *window);

G_END_DECLS
