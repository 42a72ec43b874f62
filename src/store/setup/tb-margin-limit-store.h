/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-margin.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Whose limit it is. They are no part of the set-up file: whoever applies one again must not lift them. */
typedef struct
{
  guint32 client_id; /* 0 = the default, for what a client has no value of its own for */
  char *client;      /* its key; NULL for the default */
  TbMarginLimit limit;
} TbClientLimit;
void       tb_client_limit_free (TbClientLimit *self);

/* Of TbClientLimit: the default first, when there is one, then by key. */
GPtrArray *tb_margin_limit_store_list (TbStore *store, GError **error);
/* `client` NULL = the default. A limit without values is none. TB_ERROR_NOT_FOUND for a client that is not there. */
gboolean   tb_margin_limit_store_set (TbStore *store, const char *client, const TbMarginLimit *limit, GError **error);

/* In such a list: the own limit of a client (0 = the default), NULL when it has none; and what holds for a client after all. */
const TbMarginLimit *tb_client_limits_find (GPtrArray *limits, guint32 client_id);
TbMarginLimit        tb_client_limits_get (GPtrArray *limits, guint32 client_id);

G_END_DECLS
