/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-explanation.h"

G_BEGIN_DECLS

/* tb-explanation-text.c: fills title, lines, advice and client_text from the facts and the prices. */
void tb_explanation_write (TbExplanation *self, const TbExplanationFacts *facts);

G_END_DECLS
