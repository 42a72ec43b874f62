/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-form-view.h"

G_BEGIN_DECLS

/* What stands beside or below the fields of some records while they are edited, and follows them; NULL for most. */
GtkWidget *tb_form_companion_new (TbFormView *view, gboolean *ret_beside);

G_END_DECLS
