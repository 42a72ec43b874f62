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
/* How the decks of a tariff were read last, as far as somebody said it then. *ret_columns (new; NULL = detect) is what *ret's columns point to.
 * *ret_found FALSE: nobody said anything; *ret is untouched. */
gboolean        tb_tariff_import_recall (TbStore *store, const char *name, TbDeckOptions *ret, char **ret_columns, gboolean *ret_found, GError **error);
/* Applies what was prepared (tb_tariff_revision_apply), and remembers for the next deck how this one was read: what in `options` is not the
 * default, but the effective day. */
gboolean        tb_tariff_import_apply (TbTariffImport *self, const TbDeckOptions *options, TbStore *store, TbJob *job, GError **error);
void            tb_tariff_import_free (TbTariffImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTariffImport, tb_tariff_import_free)

G_END_DECLS
