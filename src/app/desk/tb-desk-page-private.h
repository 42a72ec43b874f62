/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-desk-page.h"
#include "tb-desk-work.h"
#include "tb-run.h"

G_BEGIN_DECLS

/* What the steps do (tb-desk-page-work.c), and what that needs of the page. */
void         tb_desk_page_install_work (TbDeskPage *self, GActionMap *actions);

TbDeskOrder *tb_desk_page_new_order (TbDeskPage *self); /* of its month and step */
GArray      *tb_desk_page_list_chosen (TbDeskPage *self); /* drafts, of guint32 */
/* Nothing can be done meanwhile. */
void         tb_desk_page_set_busy (TbDeskPage *self, gboolean busy);
/* As tb_run, and busy until `done` says that it is over. */
void         tb_desk_page_work (TbDeskPage *self, const char *title, gboolean changes, TbSessionFunc func, TbDeskOrder *order,
                                GDestroyNotify free_result, TbRunDone done);

G_END_DECLS
