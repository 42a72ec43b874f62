/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a newcomer meets: the way from nothing to the first invoice in five steps, or demo books. Emits "books-ready" with TbBooks. */
#define TB_TYPE_FIRST_RUN (tb_first_run_get_type ())
G_DECLARE_FINAL_TYPE (TbFirstRun, tb_first_run, TB, FIRST_RUN, AdwBin)

G_END_DECLS
