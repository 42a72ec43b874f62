/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-setup.h"

G_BEGIN_DECLS

/* Appends to a detail what is still missing until the first invoice, in order, with a way to each; nothing when nothing is missing. */
void tb_setup_steps_add (GtkWidget *detail, const TbSetup *setup);

G_END_DECLS
