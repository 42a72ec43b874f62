/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-effect.h"

#include <glib/gi18n-lib.h>

#include "tb-setup-store.h"

void
tb_tariff_effect_free (TbTariffEffect *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->comparison, tb_rating_comparison_free);
  g_clear_pointer (&self->bought, tb_rating_comparison_free);
  g_free (self);
}

/* ---- the rates as of a day ---- */

/* TB_TIME_NONE when every change is felt at `from` already. */
static gint64
last_start (const TbTariffRevision *revision, gint64 from)
{
  gint64 last = TB_TIME_NONE;

  for (guint i = 0; i < revision->changes->len; i++)
    last = MAX (last, g_array_index (revision->changes, TbTariffChange, i).from);
  return last > from ? last : TB_TIME_NONE;
}

/* What holds then, held for ever. */
static TbTariff *
freeze (const TbTariff *tariff, gint64 as_of)
{
  g_autoptr (GPtrArray) rates = tb_tariff_list_at (tariff->rates, as_of);
  TbTariff *frozen = tb_tariff_copy_head (tariff);

  frozen->rates = g_ptr_array_new_full (rates->len, (GDestroyNotify) tb_rate_free);
  for (guint i = 0; i < rates->len; i++)
    {
      TbRate *rate = tb_rate_copy (rates->pdata[i]);

      rate->effective_from = rate->effective_to = TB_TIME_NONE;
      g_ptr_array_add (frozen->rates, rate);
    }
  return frozen;
}

/* ---- the month ---- */

static gboolean
is_bought_by (const TbSetup *setup, const char *tariff)
{
  for (guint i = 0; i < setup->providers->len; i++)
    if (g_strcmp0 (((const TbProvider *) setup->providers->pdata[i])->tariff, tariff) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_sold_by (const TbSetup *setup, const char *tariff)
{
  for (guint i = 0; i < setup->packages->len; i++)
    if (g_strcmp0 (((const TbPackage *) setup->packages->pdata[i])->tariff, tariff) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
find_month (const TbSetup *setup, int year, int month, TbRatingScope *scope, GError **error)
{
  const char *name = setup->company != NULL ? setup->company->time_zone : NULL;
  g_autoptr (TbZone) zone = tb_zone_new (name != NULL ? name : "UTC", error);
  TbDay first = tb_day_from_ymd (year, month, 1);

  if (zone == NULL)
    return FALSE;
  scope->from = tb_zone_to_utc (zone, first, 0, FALSE);
  scope->to = tb_zone_to_utc (zone, tb_day_add_months (first, 1, 1), 0, FALSE);
  return TRUE;
}

/* What is sold by the tariff is the calls of packages on it; what is bought by it may be anybody's. */
static gboolean
compare (TbTariffEffect *self, TbStore *store, const TbSetup *setup, const TbTariff *after, TbRatingScope *scope, TbJob *job, GError **error)
{
  const char *name = after->name;
  TbWhatIf what_if = TB_WHAT_IF_NOTHING;

  what_if.deck = after;
  if (is_sold_by (setup, name))
    {
      scope->tariff = name;
      self->comparison = tb_rating_compare (store, scope, &what_if, job, error);
      if (self->comparison == NULL)
        return FALSE;
    }
  if (!is_bought_by (setup, name))
    return TRUE;
  scope->tariff = NULL;
  self->bought = tb_rating_compare (store, scope, &what_if, job, error);
  return self->bought != NULL;
}

TbTariffEffect *
tb_tariff_effect_new (TbStore *store, const TbTariffRevision *revision, int year, int month, TbJob *job, GError **error)
{
  g_autoptr (TbTariffEffect) self = g_new0 (TbTariffEffect, 1);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  TbRatingScope scope = { 0 };
  g_autoptr (TbTariff) frozen = NULL;

  if (setup == NULL || !find_month (setup, year, month, &scope, error))
    return NULL;
  self->year = year;
  self->month = month;
  self->as_of = last_start (revision, scope.from);
  if (revision->before == NULL)
    return g_steal_pointer (&self);
  if (self->as_of != TB_TIME_NONE)
    frozen = freeze (revision->after, self->as_of);
  tb_job_report (job, -1, _("Pricing the month’s calls"));
  return compare (self, store, setup, frozen != NULL ? frozen : revision->after, &scope, job, error) ? g_steal_pointer (&self) : NULL;
}
