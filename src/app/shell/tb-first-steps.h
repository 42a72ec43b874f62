/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-session.h"

G_BEGIN_DECLS

/* What the first run's forms say, and the work of its steps, for the session's worker. */
typedef struct
{
  char *company, *currency, *country, *zone, *email, *tax, *tax_percent;
  char *deck, *tariff, *tariff_currency;
  char *client, *package, *markup, *fee, *tenant;
  char *calls;
  int year, month;
} TbFirstOrder;

void tb_first_order_free (gpointer order);

/* Each returns a sentence on what was done, or NULL with the error set. */
gpointer tb_first_steps_company (TbStore *store, TbJob *job, gpointer order, GError **error);
gpointer tb_first_steps_tariff (TbStore *store, TbJob *job, gpointer order, GError **error);
gpointer tb_first_steps_client (TbStore *store, TbJob *job, gpointer order, GError **error);
gpointer tb_first_steps_calls (TbStore *store, TbJob *job, gpointer order, GError **error);
gpointer tb_first_steps_invoice (TbStore *store, TbJob *job, gpointer order, GError **error);

G_END_DECLS
