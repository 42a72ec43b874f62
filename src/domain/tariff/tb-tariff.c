/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff.h"

#include <string.h>

TbTariff *
tb_tariff_new (void)
{
  TbTariff *self = g_new0 (TbTariff, 1);

  self->time_zone = g_strdup ("UTC");
  self->rounding = (TbRounding){ TB_ROUND_HALF_UP, 6 };
  self->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  return self;
}

TbTariff *
tb_tariff_copy_head (const TbTariff *self)
{
  TbTariff *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->time_zone = g_strdup (self->time_zone);
  copy->rates = NULL;
  copy->pool = NULL;
  return copy;
}

TbTariff *
tb_tariff_copy (const TbTariff *self)
{
  TbTariff *copy = tb_tariff_copy_head (self);

  if (self->rates != NULL)
    {
      copy->rates = g_ptr_array_new_full (self->rates->len, (GDestroyNotify) tb_rate_free);
      for (guint i = 0; i < self->rates->len; i++)
        g_ptr_array_add (copy->rates, tb_rate_copy (self->rates->pdata[i]));
    }
  return copy;
}

void
tb_tariff_free (TbTariff *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->time_zone);
  g_clear_pointer (&self->rates, g_ptr_array_unref);
  g_clear_pointer (&self->pool, tb_rate_pool_free);
  g_free (self);
}

/* ---- differences ---- */

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  return tb_rate_compare_keys (*(const TbRate *const *) a, *(const TbRate *const *) b);
}

static GPtrArray *
sorted (GPtrArray *rates)
{
  GPtrArray *list = g_ptr_array_sized_new (rates != NULL ? rates->len : 0);

  for (guint i = 0; rates != NULL && i < rates->len; i++)
    g_ptr_array_add (list, rates->pdata[i]);
  g_ptr_array_sort (list, compare_rates);
  return list;
}

static TbTariffChangeKind
kind_of (const TbRate *before, const TbRate *after)
{
  if (after->rate != before->rate)
    return after->rate > before->rate ? TB_TARIFF_DEARER : TB_TARIFF_CHEAPER;
  return tb_rate_equal (before, after) ? TB_TARIFF_UNCHANGED : TB_TARIFF_CHANGED;
}

GArray *
tb_tariff_diff_full (GPtrArray *before, GPtrArray *after, GArray *unchanged)
{
  g_autoptr (GPtrArray) old = sorted (before);
  g_autoptr (GPtrArray) new = sorted (after);
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (TbTariffChange));

  for (guint i = 0, k = 0; i < old->len || k < new->len;)
    {
      const TbRate *a = i < old->len ? old->pdata[i] : NULL;
      const TbRate *b = k < new->len ? new->pdata[k] : NULL;
      int order = a == NULL ? 1 : b == NULL ? -1 : tb_rate_compare_keys (a, b);
      TbTariffChange change = { .before = order <= 0 ? a : NULL,
                                .after = order >= 0 ? b : NULL,
                                .from = order > 0 ? b->effective_from : a->effective_from };

      i += order <= 0;
      k += order >= 0;
      change.kind = order < 0 ? TB_TARIFF_REMOVED : order > 0 ? TB_TARIFF_ADDED : kind_of (a, b);
      if (change.kind != TB_TARIFF_UNCHANGED)
        g_array_append_val (changes, change);
      else if (unchanged != NULL)
        g_array_append_val (unchanged, change);
    }
  return changes;
}

GArray *
tb_tariff_diff (GPtrArray *before, GPtrArray *after, guint *ret_unchanged)
{
  g_autoptr (GArray) unchanged = g_array_new (FALSE, FALSE, sizeof (TbTariffChange));
  GArray *changes = tb_tariff_diff_full (before, after, unchanged);

  if (ret_unchanged != NULL)
    *ret_unchanged = unchanged->len;
  return changes;
}

gboolean
tb_tariff_change_get_percent (const TbTariffChange *self, TbDecimal *ret)
{
  const TbRate *before = self->before, *after = self->after;
  gint64 tenths;

  if (self->kind == TB_TARIFF_REMOVED || self->kind == TB_TARIFF_ADDED || before == NULL || after == NULL || before->rate <= 0
      || !before->enabled || !after->enabled
      || !tb_round_divide (((TbWide) after->rate - before->rate) * 1000, before->rate, TB_ROUND_HALF_UP, &tenths, NULL)
      || ABS ((TbWide) tenths) > G_MAXINT64 / (TB_DECIMAL_ONE / 10))
    return FALSE;
  *ret = tenths * (TB_DECIMAL_ONE / 10);
  return TRUE;
}
