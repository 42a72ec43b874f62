/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-explanation.h"

G_BEGIN_DECLS

/* Fills title, lines, advice and client_text from the facts and the prices (tb-explanation-text.c). */
void tb_explanation_write (TbExplanation *self, const TbExplanationFacts *facts);

/* ---- its parts: each appends lines ---- */

/* One line. */
void tb_explanation_say (TbExplanation *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A list that was asked, with the prefixes tried in it (tb-explanation-lists.c). */
void tb_explanation_write_list (TbExplanation *self, const TbExplanationFacts *facts, const TbTriedList *list);
/* With which version of its list, and from which line of a file, a rate came; nothing when that is unknown (tb-explanation-lists.c). */
void tb_explanation_write_origin (TbExplanation *self, const TbRate *rate, const TbRateOrigin *origin, TbZone *zone);
/* From the rate to the rounded amount, by self->price and self->cost, which must not be NULL (tb-explanation-money.c). */
void tb_explanation_write_charge (TbExplanation *self, const TbExplanationFacts *facts);
void tb_explanation_write_cost (TbExplanation *self, const TbExplanationFacts *facts);
/* What became of the charge after it was invoiced (tb-explanation-corrections.c). */
void tb_explanation_write_corrections (TbExplanation *self, const TbExplanationFacts *facts);
/* The charge and all corrections of it; FALSE when there are none. */
gboolean tb_explanation_sum_corrected (const TbExplanationFacts *facts, TbAmount *ret);

/* The text for the client (tb-explanation-client.c). */
char *tb_explanation_write_client (const TbExplanation *self, const TbExplanationFacts *facts);

/* ---- words they share; new strings ---- */

char       *tb_explanation_moment (gint64 time, TbZone *zone); /* "2026-10-02 09:14:03" */
char       *tb_explanation_day (gint64 time, TbZone *zone);    /* "2026-10-02" */
char       *tb_explanation_price_text (TbDecimal price);
char       *tb_explanation_money_text (TbAmount amount, TbCurrency currency);
char       *tb_explanation_prefix_text (const TbRate *rate);                    /* "prefix 44 (United Kingdom)" */
char       *tb_explanation_list_text (const TbTriedList *list, TbZone *zone); /* with what is known of its version */
const char *tb_explanation_describe_rule (TbNumberRule rule);

G_END_DECLS
