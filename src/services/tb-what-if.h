/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rating-comparison.h"

G_BEGIN_DECLS

/* Makes of a set-up with rates, loaded for this, what it would be for those services (NULL = all). Rates that the books do not hold get ids of their own, from the top down, so
 * that a rated call can name them. `what_if` NULL = nothing. */
gboolean tb_what_if_apply (TbSetup *setup, GHashTable *services, const TbWhatIf *what_if, GError **error);

G_END_DECLS
