/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-output.h"
#include "tb-triage.h"

G_BEGIN_DECLS

/* "causes" and "repairs", the latter with the group they belong to and the command that makes them. */
void  tb_triage_fields_say (TbOutput *out, const TbTriage *triage, TbZone *zone);
/* "repair add-rate 8816 --tariff retail --price 3.5 …"; what somebody must say stands in capitals. */
char *tb_repair_to_command (const TbRepair *repair, TbZone *zone);
/* "causes": a list of words, of bits (1 << TbCallStatus). */
void  tb_triage_fields_say_causes (TbOutput *out, guint causes);
/* Sums in several currencies as "12.00 CAD + 3.00 USD". */
char *tb_triage_money_to_text (GArray *moneys);

G_END_DECLS
