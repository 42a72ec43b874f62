/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TbClientTimelineView: what happened with a client, the newest first: its calls by day, and by month what is longer ago, invoices, payments and
 * changes. A row opens what it is about. Rows are made while they are looked at; calls are read month by month, so that nobody waits for a long past.
 */
#define TB_TYPE_CLIENT_TIMELINE_VIEW (tb_client_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (TbClientTimelineView, tb_client_timeline_view, TB, CLIENT_TIMELINE_VIEW, GtkBox)

GtkWidget *tb_client_timeline_view_new (void);
/* `client` is a key; NULL = nobody. Reads again. */
void       tb_client_timeline_view_show (TbClientTimelineView *self, TbBooks *books, const char *client);
/* Nothing more is being read; for tests. */
gboolean   tb_client_timeline_view_is_idle (TbClientTimelineView *self);
/* As shown: of TbItem of TbClientEvent. Borrowed. */
GListModel *tb_client_timeline_view_get_list (TbClientTimelineView *self);

G_END_DECLS
