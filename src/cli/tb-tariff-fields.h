/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-command.h"
#include "tb-tariff-effect.h"

G_BEGIN_DECLS

/* "added", "dearer", …: of a change, in the order of TbTariffChangeKind. */
const char *tb_tariff_fields_change_key (TbTariffChangeKind kind);

/* Counts of each kind of change. */
void tb_tariff_fields_say_counts (TbOutput *out, const guint counts[TB_TARIFF_N_CHANGE_KINDS]);
/* A list of them, with lines of the file, as "changes". */
void tb_tariff_fields_say_changes (TbOutput *out, GArray *changes);
/* What begins later, as `key`: "from 2026-12-01: 312 dearer, 4 removed"; for programs a list. `zone` is the tariff's. */
void tb_tariff_fields_say_starts (TbOutput *out, gboolean json, const char *key, const char *title, GArray *starts, TbZone *zone);

#define TB_OPTION_EFFECT { "effect", 0, N_("YYYY-MM"), N_("also say what that month's calls would have cost, per client") }
/* TRUE and *ret NULL when --effect was not given; to be asked before anything is written. */
gboolean tb_tariff_fields_foretell (TbRun *run, const TbTariffRevision *revision, TbTariffEffect **ret, GError **error);
void     tb_tariff_fields_say_effect (TbOutput *out, const TbTariffEffect *effect); /* NULL = says nothing */

/* "NAME", its present rates, or "NAME@VERSION". */
TbTariff *tb_tariff_fields_load (TbRun *run, const char *text, GError **error);
/* In which the tariff's dates begin. */
TbZone   *tb_tariff_fields_new_zone (const TbTariff *tariff, GError **error);

G_END_DECLS
