/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens the preferences over `parent`; each takes effect at once. */
void tb_preferences_run (GtkWindow *parent);

G_END_DECLS
