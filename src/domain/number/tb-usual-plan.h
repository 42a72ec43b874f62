/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-number-plan.h"

G_BEGIN_DECLS

/* How numbers are dialled in a country as a rule: its code, the international prefix, the trunk prefix. An offer to start from, for a PBX may have
 * rules of its own. `country` is ISO 3166 alpha-2; FALSE for one that is not known here, and *ret stays as it is. */
gboolean tb_usual_plan_find (const char *country, TbNumberPlan *ret);

G_END_DECLS
