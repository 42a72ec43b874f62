/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-simulator-order.h"

#include "tb-tariff-import.h"

void
tb_simulator_order_free (gpointer data)
{
  TbSimulatorOrder *self = data;

  g_free (self->client);
  g_free (self->package);
  g_free (self->tariff);
  g_free (self->deck);
  g_free (self);
}

void
tb_simulator_result_free (gpointer data)
{
  TbSimulatorResult *self = data;

  tb_rating_comparison_free (self->comparison);
  tb_comparison_totals_clear (&self->totals);
  g_free (self);
}

gpointer
tb_simulator_order_run (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbSimulatorOrder *order = data;
  const TbRatingScope scope = { .from = order->from, .to = order->to, .client = order->client };
  const TbDeckOptions options = tb_deck_options_default ();
  TbWhatIf what_if = { order->package, order->tariff, NULL, order->initial, order->next, order->style };
  g_autoptr (TbTariffImport) import = NULL;
  g_autoptr (TbRatingComparison) comparison = NULL;
  TbSimulatorResult *result;
  TbComparisonTotals totals;

  if (order->deck != NULL)
    {
      import = tb_tariff_import_prepare (store, order->deck, order->tariff, NULL, &options, job, error);
      if (import == NULL)
        return NULL;
      what_if.deck = import->revision->after;
      what_if.tariff = NULL;
    }
  comparison = tb_rating_compare (store, &scope, &what_if, job, error);
  if (comparison == NULL || !tb_comparison_totals_init (&totals, comparison, error))
    return NULL;
  result = g_new (TbSimulatorResult, 1);
  *result = (TbSimulatorResult){ g_steal_pointer (&comparison), totals };
  return result;
}
