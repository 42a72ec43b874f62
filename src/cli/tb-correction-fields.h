/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-output.h"

G_BEGIN_DECLS

/* Of TbCorrection, a row each; `key` NULL = in the list that is open. What is not booked is said to be kept. */
void tb_correction_fields_say (TbOutput *out, const char *key, GPtrArray *corrections);

G_END_DECLS
