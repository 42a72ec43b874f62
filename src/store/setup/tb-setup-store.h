/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup.h"
#include "tb-store.h"

G_BEGIN_DECLS

typedef enum
{
  TB_SETUP_HEADS = 0,           /* tariffs without their rates (n_rates is filled) */
  TB_SETUP_WITH_RATES = 1 << 0, /* with the rates of each tariff's current version */
  TB_SETUP_TO_RATE = 1 << 1,    /* with of these only what a call's price depends on, for half the time (tb-rate-terms); never to be written back */
} TbSetupFlags;

/* Everything of the books' set-up; ids filled in. */
TbSetup *tb_setup_store_load (TbStore *store, TbSetupFlags flags, GError **error);
/* The company and its exchange rates alone, for who turns sums into its currency. */
TbSetup *tb_setup_store_load_money (TbStore *store, GError **error);

/* Merges `setup` into the books: every noun named in it is added or changed, nothing else is touched or removed; all or
 * nothing. Rates of a tariff that carries some replace its current version when they differ. *ret_changes (of char *,
 * may be NULL) gets one line a difference ("client C1001: email “a” → “b”", "tariff x: 12 rates added, 3 changed, 1 removed").
 * With `dry_run` nothing is written. Applying twice changes nothing the second time. */
gboolean tb_setup_store_apply (TbStore *store, const TbSetup *setup, gboolean dry_run, GPtrArray **ret_changes, TbJob *job,
                               GError **error);

G_END_DECLS
