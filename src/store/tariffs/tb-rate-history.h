/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate-list.h"

G_BEGIN_DECLS

/* A rate row with the versions of its list in which it holds: [since, until). */
typedef struct
{
  TbRate *rate;
  guint32 since;
  guint32 until; /* G_MAXUINT32 = still */
} TbRatePast;

/* All rows that a list ever had for prefixes of `digits`, whatever their version; a few look-ups by key. Of TbRatePast *. */
GPtrArray *tb_rate_past_list (TbStore *store, gint64 list, const char *digits, GError **error);

/* Appends to `rates` those of a tariff's current version whose prefix begins `digits`: all that can price the number. */
gboolean tb_rate_list_add_current (TbStore *store, const char *tariff, const char *digits, GPtrArray *rates, GError **error);

/* The list that a stored rate row is of, and since when it holds. FALSE when there is no such rate. */
gboolean tb_rate_past_find (TbStore *store, guint32 rate_id, gint64 *ret_list, TbRateListKind *ret_kind, char **ret_owner, guint32 *ret_since,
                            GError **error);

/* When a version of a list came and from which file, where that is known: of tariffs. Else TB_TIME_NONE and NULL. */
gboolean tb_rate_list_get_version (TbStore *store, gint64 list, guint32 version, gint64 *ret_time, char **ret_file, GError **error);

/* The newest version of a list; 0 when it never had a rate. */
gboolean tb_rate_list_get_newest (TbStore *store, gint64 list, guint32 *ret, GError **error);

G_END_DECLS
