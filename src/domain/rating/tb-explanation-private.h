/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-explanation.h"

G_BEGIN_DECLS

/* tb-explanation-text.c: fills title, lines, advice and client_text from the facts and the prices. */
void tb_explanation_write (TbExplanation *self, const TbExplanationFacts *facts);

/* ---- words that the text for staff and that for the client share (tb-explanation-text.c) ---- */

char       *tb_explanation_moment (gint64 time, TbZone *zone); /* "2026-10-02 09:14:03" */
char       *tb_explanation_price_text (TbDecimal price);
char       *tb_explanation_money_text (TbAmount amount, TbCurrency currency);
const char *tb_explanation_describe_rule (TbNumberRule rule);
/* The charge and all corrections of it; FALSE when there are none. */
gboolean    tb_explanation_sum_corrected (const TbExplanationFacts *facts, TbAmount *ret);
/* The text for the client (tb-explanation-client.c). */
char       *tb_explanation_write_client (const TbExplanation *self, const TbExplanationFacts *facts);

G_END_DECLS
