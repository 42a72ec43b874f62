/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-tariff-succession.h"

G_BEGIN_DECLS

/**
 * TbTariffRevision: a tariff's next version before it is one: what it would be, beside what it is. It is shown, weighed (tb-tariff-effect.h)
 * and then applied as it was shown, or not at all. Shared between threads by reference; nobody changes it once it is made, but apply.
 */
typedef struct
{
  gatomicrefcount references;
  TbTariff *before;  /* with rates; NULL when the tariff is new */
  TbTariff *after;   /* as it would be, with rates */
  GArray *changes;   /* of TbTariffChange, into the two above */
  GArray *unchanged; /* likewise */
  guint counts[TB_TARIFF_N_CHANGE_KINDS];
  char *source;      /* for the history: the deck's file name, or NULL */
  guint32 restores;  /* the version whose rates it takes again; 0 = none */
} TbTariffRevision;

/* Takes both tariffs. */
TbTariffRevision *tb_tariff_revision_new (TbTariff *before, TbTariff *after, const char *source);
/* Back to the rates of an older version, as a new one: rated calls keep the rows that they point to. `version` 0 = the one before the
 * present. TB_ERROR_NOT_FOUND for a version that is not there. */
TbTariffRevision *tb_tariff_revision_new_rollback (TbStore *store, const char *tariff, guint32 version, GError **error);
/* From one version to another, to look at. */
TbTariffRevision *tb_tariff_revision_new_comparison (TbStore *store, const char *tariff, guint32 from, guint32 to, GError **error);
TbTariffRevision *tb_tariff_revision_ref (TbTariffRevision *self);
void              tb_tariff_revision_unref (TbTariffRevision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTariffRevision, tb_tariff_revision_unref)

/* Writes it as the tariff's next version; all or nothing, and nothing when there are no changes. TB_ERROR_CONFLICT: the tariff is not what
 * it was when the revision was made. */
gboolean tb_tariff_revision_apply (TbTariffRevision *self, TbStore *store, TbJob *job, GError **error);

G_END_DECLS
