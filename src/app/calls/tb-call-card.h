/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-explain.h"

G_BEGIN_DECLS

/* Everything about one call, and why it cost what it cost. */
#define TB_TYPE_CALL_CARD (tb_call_card_get_type ())
G_DECLARE_FINAL_TYPE (TbCallCard, tb_call_card, TB, CALL_CARD, AdwBin)

void tb_call_card_show (TbCallCard *self, const TbCallExplanation *call, TbZone *zone); /* NULL = none */
/* What it says while there is no call; translated. */
void tb_call_card_set_empty (TbCallCard *self, const char *title, const char *description);
/* To the clipboard: a text fit for a reply to the client, or (`all`) one for staff. Nothing without a call. */
void tb_call_card_copy (TbCallCard *self, gboolean all);

G_END_DECLS
