/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-client-timeline.h"

G_BEGIN_DECLS

/* An event of a client's time line in words; new strings. */
char       *tb_client_event_dup_title (const TbClientEvent *event);
char       *tb_client_event_dup_detail (const TbClientEvent *event);
char       *tb_client_event_dup_amount (const TbClientEvent *event); /* "" for none */
const char *tb_client_event_get_icon (const TbClientEvent *event);
/* Page and item to open, as the action win.show-page takes them; FALSE = there is nothing to open. */
gboolean    tb_client_event_find_page (const TbClientEvent *event, const char *client, const char **ret_page, char **ret_item);

G_END_DECLS
