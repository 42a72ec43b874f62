/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-explain.h"
#include "tb-output.h"

G_BEGIN_DECLS

/* Why, as fields of the open object: sentences and what was charged for people; with `structured` also the lists that were asked, terms, pools
 * and the rest as fields for programs. */
void tb_explanation_fields_say (TbOutput *out, const TbCallExplanation *explained, gboolean structured);

G_END_DECLS
