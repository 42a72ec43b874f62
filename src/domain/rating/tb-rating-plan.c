/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-rating-private.h"

/* Tariffs and packages compiled: patterns, books, pools and tiers, ready to be asked. */

static void
compiled_filter_clear (gpointer data)
{
  tb_pattern_free (((TbCompiledFilter *) data)->pattern);
}

void
tb_compiled_tariff_free (gpointer data)
{
  TbCompiledTariff *self = data;

  tb_rate_book_free (self->book);
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_free (self);
}

void
tb_plan_free (gpointer data)
{
  TbPlan *self = data;

  tb_rate_book_free (self->custom);
  tb_rate_book_free (self->flat);
  g_clear_pointer (&self->tiers, g_array_unref);
  g_clear_pointer (&self->filters, g_array_unref);
  g_clear_pointer (&self->pools, g_array_unref);
  g_free (self);
}

gboolean
tb_rating_compile_filters (TbRating *self, GPtrArray *rules, GArray **ret, GError **error)
{
  g_autoptr (GArray) filters = g_array_new (FALSE, TRUE, sizeof (TbCompiledFilter));

  g_array_set_clear_func (filters, compiled_filter_clear);
  for (guint i = 0; i < rules->len; i++)
    {
      const TbFilter *rule = rules->pdata[i];
      TbCompiledFilter filter = { rule, rule->connection != NULL ? tb_rating_connection_index (self, rule->connection) : G_MAXUINT, NULL };

      filter.pattern = tb_pattern_new (rule->pattern, error);
      if (filter.pattern == NULL)
        return FALSE;
      g_array_append_val (filters, filter);
    }
  *ret = g_steal_pointer (&filters);
  return TRUE;
}

const TbCompiledTariff *
tb_rating_compile_tariff (TbRating *self, const char *name, GError **error)
{
  TbCompiledTariff *compiled = g_hash_table_lookup (self->tariffs, name);
  const TbTariff *tariff;

  if (compiled != NULL)
    return compiled;
  tariff = tb_setup_find_tariff (self->setup, name);
  if (tariff == NULL || tariff->rates == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no tariff “%s”."), name);
      return NULL;
    }
  compiled = g_new0 (TbCompiledTariff, 1);
  compiled->tariff = tariff;
  compiled->zone = tb_zone_new (tariff->time_zone != NULL ? tariff->time_zone : "UTC", error);
  if (compiled->zone == NULL)
    {
      tb_compiled_tariff_free (compiled);
      return NULL;
    }
  compiled->book = tb_rate_book_new (tariff->rates, compiled->zone);
  if (tariff->band != TB_BAND_SPLIT)
    tb_simple_price_init (&compiled->simple, tb_fraction_new (1, 1), tb_fraction_new (1, 1), tariff->rounding);
  g_hash_table_insert (self->tariffs, tariff->name, compiled);
  return compiled;
}

static int
compare_pools (gconstpointer a, gconstpointer b)
{
  const TbCompiledPool *x = a, *y = b;

  return x->allowance->priority > y->allowance->priority ? -1 : x->allowance->priority < y->allowance->priority;
}

static void
compile_pools (TbPlan *plan, TbZone *zone)
{
  plan->pools = g_array_new (FALSE, TRUE, sizeof (TbCompiledPool));
  for (guint i = 0; i < plan->package->included->len; i++)
    {
      const TbAllowance *allowance = plan->package->included->pdata[i];
      const char *const *scope = (const char *const *) allowance->scope;
      TbCompiledPool pool = { .allowance = allowance,
                              .from = tb_moment_to_utc (allowance->from, zone, G_MININT64),
                              .to = tb_moment_to_utc (allowance->to, zone, G_MAXINT64) };

      pool.all = scope == NULL || *scope == NULL || g_strv_contains (scope, "all");
      pool.national = scope != NULL && g_strv_contains (scope, "national");
      pool.inbound = scope != NULL && g_strv_contains (scope, "inbound");
      g_array_append_val (plan->pools, pool);
    }
  g_array_sort (plan->pools, compare_pools); /* GLib sorts stably: equal ones stay as written */
}

static TbRateBook *
flat_book (TbRating *self, const TbPackage *package)
{
  g_autoptr (GPtrArray) rates = g_ptr_array_new ();

  if (package->flat_rate == NULL)
    return NULL;
  g_ptr_array_add (rates, package->flat_rate);
  return tb_rate_book_new (rates, self->zone);
}

static guint
actions_of (const GArray *filters)
{
  guint actions = 0;

  for (guint i = 0; i < filters->len; i++)
    actions |= 1u << g_array_index (filters, TbCompiledFilter, i).rule->action;
  return actions;
}

const TbPlan *
tb_rating_compile_plan (TbRating *self, const TbPackage *package, GError **error)
{
  TbPlan *plan = g_hash_table_lookup (self->plans, package);

  if (plan != NULL)
    return plan;

  if (package->included->len > TB_POOLS_MAX)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("The package “%s” has more than %d pools of included minutes."), package->name,
                   TB_POOLS_MAX);
      return NULL;
    }
  plan = g_new0 (TbPlan, 1);
  plan->package = package;
  plan->markup = tb_fraction_new (100 * TB_DECIMAL_ONE + package->markup, 100 * TB_DECIMAL_ONE);
  plan->custom = tb_rate_book_new (package->custom_rates, self->zone);
  plan->flat = flat_book (self, package);
  if (package->inbound_rate != NULL)
    tb_rate_entry_init (&plan->inbound, package->inbound_rate);
  compile_pools (plan, self->zone);
  if (!tb_tiers_compile (plan, error) || !tb_rating_compile_filters (self, package->filters, &plan->filters, error)
      || (package->tariff != NULL && (plan->tariff = tb_rating_compile_tariff (self, package->tariff, error)) == NULL))
    {
      g_prefix_error (error, _("package “%s”: "), package->name);
      tb_plan_free (plan);
      return NULL;
    }
  plan->actions = actions_of (plan->filters) | actions_of (self->filters);
  plan->simple = tb_plan_is_simple (plan);
  g_hash_table_insert (self->plans, (gpointer) package, plan);
  return plan;
}
