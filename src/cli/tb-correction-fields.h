/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-output.h"

G_BEGIN_DECLS

/* Of TbCorrection, a row each; `key` NULL = in the list that is open. `kept`: nothing becomes of them. */
void tb_correction_fields_say (TbOutput *out, const char *key, GPtrArray *corrections, gboolean kept);

G_END_DECLS
