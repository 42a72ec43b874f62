/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A list of all kinds of connections, searched by what they are called. `done` gets the kind as the set-up file names it. */
typedef void (*TbKindChosen) (const char *kind, gpointer data);
GtkWidget *tb_kind_chooser_new (TbKindChosen done, gpointer data);

/* "fusionpbx" → "FusionPBX"; kinds that are not known stand as they are. */
const char *tb_kind_get_title (const char *kind);

G_END_DECLS
