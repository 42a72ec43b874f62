/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* What a page with a list of records can do with the one that is chosen: add one more, edit it (F2, Return), duplicate it (Ctrl+D), remove it (Delete). */

/* Of a page, which record is chosen: its noun, and its name (NULL for what has none). FALSE = none is. Both borrowed. */
typedef gboolean (*TbRecordChosen) (TbListPage *page, const char **ret_noun, const char **ret_name);

/* Once, in the page's init, after tb_list_page_set_up: the actions, and a button for `noun` beside the search and on the empty page. */
void tb_record_actions_install (TbListPage *page, const char *noun, TbRecordChosen chosen);
/* The same without adding: for a page of several nouns, which brings its own. */
void tb_record_actions_install_chosen (TbListPage *page, TbRecordChosen chosen);
/* When another one is chosen. */
void tb_record_actions_update (TbListPage *page);
/* A record was added from somewhere in a page: the page shows it, when it is one of its own. */
void tb_record_actions_show (GtkWidget *widget, const char *noun, const char *name);
/* Edit, duplicate, remove: at the end of the title that was just added to a detail. */
void tb_record_actions_add_buttons (GtkWidget *detail);

G_END_DECLS
