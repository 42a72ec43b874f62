/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-form-view.h"

G_BEGIN_DECLS

/* Beside a package that is edited: calls, and what they would cost by it as it is now: billed, included, charged. The calls can be changed. */
GtkWidget *tb_package_example_view_new (TbFormView *view);

G_END_DECLS
