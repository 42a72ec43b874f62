/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* How many calls have no price, beside the page's name; nothing when all have one. Follows the books. */
GtkWidget *tb_unrated_badge_new (void);
void       tb_unrated_badge_set_books (GtkWidget *badge, TbBooks *books); /* or NULL */

G_END_DECLS
