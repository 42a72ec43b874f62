/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-deck.h"
#include "tb-tariff-revision.h"

G_BEGIN_DECLS

/* A deck and what it makes of a tariff. */
typedef struct
{
  TbDeck *deck;
  TbTariffRevision *revision;
} TbTariffImport;

/* What tb_tariff_import_run would do, without writing: shown first, it is then done by tb_tariff_revision_apply. */
TbTariffImport *tb_tariff_import_prepare (TbStore *store, const char *path, const char *name, const char *currency, const TbDeckOptions *options,
                                          TbJob *job, GError **error);
/* Reads a deck into the tariff `name` (made when missing, in `currency`, else what the deck says, else the company's). The deck replaces the
 * rates that are there, but a row that begins later leaves what holds until then (tb-tariff-succession.h). A deck of which no row could be
 * taken changes nothing. All or nothing; the same file again changes nothing. TB_ERROR_CONFLICT: the tariff is in another currency. */
TbTariffImport *tb_tariff_import_run (TbStore *store, const char *path, const char *name, const char *currency, const TbDeckOptions *options,
                                      TbJob *job, GError **error);
void            tb_tariff_import_free (TbTariffImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTariffImport, tb_tariff_import_free)

G_END_DECLS
