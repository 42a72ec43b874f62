/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-tariff-succession.h"

G_BEGIN_DECLS

/* One version of a tariff, as its history tells it. */
typedef struct
{
  guint32 version;
  gint64 time;      /* when it was made */
  char *source;     /* the deck's file name, or NULL */
  char *author;     /* login name of who made it, or NULL */
  guint32 restores; /* the version whose rates it took again; 0 = none */
  guint n_rates;
  guint counts[TB_TARIFF_N_CHANGE_KINDS]; /* against the version before it */
  GArray *starts;   /* of TbTariffStart: those of its changes that were not felt yet when it was made */
} TbTariffVersion;

void tb_tariff_version_free (TbTariffVersion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTariffVersion, tb_tariff_version_free)

/* All versions of a tariff, the newest first; of TbTariffVersion. TB_ERROR_NOT_FOUND. One pass over the rates of all versions. */
GPtrArray *tb_tariff_version_list (TbStore *store, const char *tariff, GError **error);
/* The tariff with the rates of one of its versions; its head is the present one, but for version and n_rates. TB_ERROR_NOT_FOUND. */
TbTariff  *tb_tariff_version_load (TbStore *store, const char *tariff, guint32 version, GError **error);
/* Writes down that the tariff's newest version took the rates of an older one again. */
gboolean   tb_tariff_version_note_restored (TbStore *store, const char *tariff, guint32 restored, GError **error);

/* What the present versions hold in store after `now`: tariff name → GArray of TbTariffStart, only those with any. */
GHashTable *tb_tariff_version_list_pending (TbStore *store, gint64 now, GError **error);

G_END_DECLS
