/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A button in the header bar that spins while jobs run and lists them, with progress and cancel, in a popover. */
#define TB_TYPE_JOBS_BUTTON (tb_jobs_button_get_type ())
G_DECLARE_FINAL_TYPE (TbJobsButton, tb_jobs_button, TB, JOBS_BUTTON, AdwBin)

void tb_jobs_button_set_jobs (TbJobsButton *self, GListModel *jobs); /* of TbJob; NULL = none */

G_END_DECLS
