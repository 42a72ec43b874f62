/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-package.h"

#include "tb-filter.h"

static const struct { const char *word; int months; } cycles[] = {
  { "monthly", 1 }, { "quarterly", 3 }, { "semi-annual", 6 }, { "annual", 12 }, { "one-off", 0 },
};

#define PRIORITY_DEFAULT 10

gboolean
tb_moment_is_equal (TbMoment a, TbMoment b)
{
  return a.day == b.day && a.time == b.time;
}

gint64
tb_moment_to_utc (TbMoment self, TbZone *zone, gint64 open)
{
  if (self.time != TB_TIME_NONE)
    return self.time;
  return self.day != TB_DAY_NONE ? tb_zone_to_utc (zone, self.day, 0, FALSE) : open;
}

TbAllowance *
tb_allowance_new (void)
{
  TbAllowance *self = g_new0 (TbAllowance, 1);

  self->unit = 1;
  self->priority = PRIORITY_DEFAULT;
  self->from = TB_MOMENT_OPEN;
  self->to = TB_MOMENT_OPEN;
  self->connect_fee = TB_DECIMAL_NONE;
  return self;
}

TbAllowance *
tb_allowance_copy (const TbAllowance *self)
{
  TbAllowance *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->scope = g_strdupv (self->scope);
  return copy;
}

void
tb_allowance_free (TbAllowance *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_strfreev (self->scope);
  g_free (self);
}

TbPackage *
tb_package_new (void)
{
  TbPackage *self = g_new0 (TbPackage, 1);

  self->markup_connect_fee = TRUE;
  self->rounding = TB_ROUNDING_DEFAULT;
  self->minimum = -1;
  self->grace = -1;
  self->connect_fee = TB_DECIMAL_NONE;
  self->included = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_allowance_free);
  self->custom_rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  self->tiers = g_array_new (FALSE, FALSE, sizeof (TbTier));
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_filter_free);
  return self;
}

typedef gpointer (*CopyItem) (gconstpointer item);

static GPtrArray *
copy_list (GPtrArray *list, CopyItem copy, GDestroyNotify free_item)
{
  GPtrArray *result = g_ptr_array_new_full (list->len, free_item);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (result, copy (list->pdata[i]));
  return result;
}

TbPackage *
tb_package_copy (const TbPackage *self)
{
  TbPackage *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->tariff = g_strdup (self->tariff);
  tb_number_plan_copy (&self->number_plan, &copy->number_plan);
  copy->included = copy_list (self->included, (CopyItem) tb_allowance_copy, (GDestroyNotify) tb_allowance_free);
  copy->custom_rates = copy_list (self->custom_rates, (CopyItem) tb_rate_copy, (GDestroyNotify) tb_rate_free);
  copy->filters = copy_list (self->filters, (CopyItem) tb_filter_copy, (GDestroyNotify) tb_filter_free);
  copy->tiers = g_array_copy (self->tiers);
  copy->flat_rate = self->flat_rate != NULL ? tb_rate_copy (self->flat_rate) : NULL;
  copy->inbound_rate = self->inbound_rate != NULL ? tb_rate_copy (self->inbound_rate) : NULL;
  return copy;
}

void
tb_package_free (TbPackage *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->tariff);
  tb_number_plan_clear (&self->number_plan);
  g_ptr_array_unref (self->included);
  g_ptr_array_unref (self->custom_rates);
  g_ptr_array_unref (self->filters);
  g_array_unref (self->tiers);
  tb_rate_free (self->flat_rate);
  tb_rate_free (self->inbound_rate);
  g_free (self);
}

const char *
tb_cycle_to_string (TbCycle self)
{
  return cycles[self].word;
}

gboolean
tb_cycle_parse (const char *text, TbCycle *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS (cycles); i++)
    if (g_strcmp0 (text, cycles[i].word) == 0)
      {
        *ret = i;
        return TRUE;
      }
  return FALSE;
}

int
tb_cycle_get_months (TbCycle self)
{
  return cycles[self].months;
}
