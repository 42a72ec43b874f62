/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Lets go of icons on the main thread only. To be called once, on that thread, before the first window.
 *
 * GTK 4.8 looks icons up on the main thread in a table without references, and an icon leaves that table only while it is finalized
 * (gtkicontheme.c: icon_cache_lookup, icon_cache_remove). Its threads that load icons push others out of a list of the hundred used
 * last, and so may be the ones that let go of an icon last: a window that is being built then finds an icon that is half gone
 * ("g_object_ref: assertion '!object_already_finalized' failed") and the program ends.
 */
void tb_icons_keep_to_main_thread (void);

G_END_DECLS
