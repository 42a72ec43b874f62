/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs.h"

G_BEGIN_DECLS

/* Between the files of a talk. */

/* To the job, if there is one: so many of `total` `what`. */
void tb_whmcs_report (TbWhmcs *self, guint64 done, guint64 total, const char *what);

G_END_DECLS
