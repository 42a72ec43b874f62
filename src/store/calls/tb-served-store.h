/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* Which tenants have rated calls of whom. Calls are clustered by tenant and time, so that who asks for one client's month goes through the
 * ranges of a few tenants instead of all calls. */

/* Sets of tenant ids (GUINT_TO_POINTER): every tenant with a rating of the client, or of one of the services (ids likewise), and perhaps some
 * that had one once. */
GHashTable *tb_served_store_list_by_client (TbStore *store, guint32 client_id, GError **error);
GHashTable *tb_served_store_list_by_services (TbStore *store, GHashTable *services, GError **error);

/* Notes whom a rating belongs to (0 = nobody), in the open transaction; each is written once a writer. */
typedef struct _TbServedWriter TbServedWriter;
TbServedWriter *tb_served_writer_new (TbStore *store, GError **error);
gboolean        tb_served_writer_note (TbServedWriter *self, guint32 service_id, guint32 client_id, guint32 tenant_id, GError **error);
void            tb_served_writer_free (TbServedWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbServedWriter, tb_served_writer_free)

G_END_DECLS
