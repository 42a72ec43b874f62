/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-time.h"

G_BEGIN_DECLS

/* One client's calls of a day, or of several added up. */
typedef struct
{
  TbDay first, last;
  gint64 calls, seconds;
  GArray *charges; /* of TbMoney, one a currency */
} TbClientDays;
TbClientDays *tb_client_days_new (TbDay first, TbDay last);
void          tb_client_days_free (TbClientDays *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbClientDays, tb_client_days_free)

/* Of TbClientDays, a day each that has calls with start in [from, to), by days of `zone`, the first one first. One pass through the ranges of the
 * tenants where the client has calls; hidden calls are left out, as in all reports. `client` is its key; an unknown one has none. */
GPtrArray *tb_client_days_list (TbStore *store, const char *client, gint64 from, gint64 to, TbZone *zone, GError **error);

G_END_DECLS
