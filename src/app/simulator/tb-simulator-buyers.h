/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-setup.h"
#include "tb-simulation.h"

G_BEGIN_DECLS

/* Whom a price is asked for: a drop-down of packages, and of clients with each package that they have. It can be searched by typing. */
void     tb_simulator_buyers_fill (GtkWidget *drop_down, const TbSetup *setup); /* what was chosen stays so, when it is still there */
/* FALSE when there is nobody to choose. The strings of `ret` are new. */
gboolean tb_simulator_buyers_get (GtkWidget *drop_down, TbSimulationOrder *ret);
/* Chooses a client's service or a package by its key; nothing when it is not there. */
void     tb_simulator_buyers_choose (GtkWidget *drop_down, const char *service, const char *package);

G_END_DECLS
