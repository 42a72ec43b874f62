/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup.h"

G_BEGIN_DECLS

/**
 * TbSetupIndex: the clients and services of a set-up, found without looking through all of them. For whoever asks once a client or once a call: with
 * ten thousand clients tb_setup_find_… in such a loop takes longer than all the rest. Borrows from the set-up and is true until that changes.
 */
typedef struct _TbSetupIndex TbSetupIndex;

TbSetupIndex *tb_setup_index_new (const TbSetup *setup);
void          tb_setup_index_free (TbSetupIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSetupIndex, tb_setup_index_free)

/* Borrowed; NULL when there is none, and for key NULL or id 0. */
const TbClient  *tb_setup_index_get_client (const TbSetupIndex *self, const char *key);
const TbClient  *tb_setup_index_get_client_by_id (const TbSetupIndex *self, guint32 id);
const TbService *tb_setup_index_get_service (const TbSetupIndex *self, const char *key);
/* Of TbService, those of a client (key), in the order of the set-up; borrowed, NULL when there are none. */
GPtrArray       *tb_setup_index_list_services (const TbSetupIndex *self, const char *client);

G_END_DECLS
