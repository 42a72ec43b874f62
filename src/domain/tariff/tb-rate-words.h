/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"

G_BEGIN_DECLS

/* What of a rate is a list, in words that stand in one cell: of the product's own decks, and of a table. Texts are new strings; what cannot be
 * read is FALSE, and nothing is changed then. */

/* "1-5 08:00-19:00" (Monday to Friday), "12/25" for a holiday (month/day); "" = always. */
char    *tb_rate_when_to_text (const TbRateBand *band);
gboolean tb_rate_parse_when (const char *text, TbRateBand *ret);
/* "0 0.05/60 30; 30 0.04/60 6": from second 0 on 0.05 for each 60 seconds in units of 30, from second 30 on …; "" = none. */
char    *tb_rate_steps_to_text (const TbRate *rate);
gboolean tb_rate_parse_steps (const char *text, TbRate *rate);

G_END_DECLS
