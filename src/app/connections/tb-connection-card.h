/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-connection-facts.h"
#include "tb-connection-proof.h"

G_BEGIN_DECLS

/**
 * TbConnectionCard: one connection: what it is, what can be done with it, what runs now, and what came before. Its buttons activate
 * the "connection." actions of the page around it.
 */
#define TB_TYPE_CONNECTION_CARD (tb_connection_card_get_type ())
G_DECLARE_FINAL_TYPE (TbConnectionCard, tb_connection_card, TB, CONNECTION_CARD, AdwBin)

void tb_connection_card_show (TbConnectionCard *self, const TbConnectionItem *item, TbBooks *books); /* NULL = none */
void tb_connection_card_show_facts (TbConnectionCard *self, const char *name, const TbConnectionFacts *facts, TbBooks *books);
/* Comes later than the facts: it looks at weeks of calls. */
void tb_connection_card_show_proof (TbConnectionCard *self, const TbConnection *connection, const TbConnectionProof *proof, TbBooks *books);
/* The sync that runs, with its progress; NULL = none. */
void tb_connection_card_set_job (TbConnectionCard *self, TbJob *job);
/* What the last test or sync said; NULL = nothing. */
void tb_connection_card_set_said (TbConnectionCard *self, const char *text, gboolean failed);
void tb_connection_card_set_testing (TbConnectionCard *self, gboolean testing);

G_END_DECLS
