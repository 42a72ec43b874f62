/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-form-view.h"

G_BEGIN_DECLS

/* What the filter that is being edited would do to the calls of the last 31 days: how many it meets, what they cost, some of them. */
GtkWidget *tb_filter_trial_view_new (TbFormView *view);

G_END_DECLS
