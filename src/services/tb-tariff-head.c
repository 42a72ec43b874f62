/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-head.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-tariff-store.h"
#include "tb-text.h"

static gboolean
refuse (TbError code, const char *format, const char *name, GError **error)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, TB_ERROR, code, format, name);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
check (const TbTariff *head, GError **error)
{
  g_autoptr (TbZone) zone = NULL;

  if (head->name == NULL || *head->name == '\0')
    return refuse (TB_ERROR_INVALID_INPUT, _("A tariff has a name."), NULL, error);
  if (head->currency == TB_CURRENCY_NONE)
    return refuse (TB_ERROR_INVALID_INPUT, _("Give the currency of tariff “%s”."), head->name, error);
  zone = tb_zone_new (head->time_zone != NULL ? head->time_zone : "UTC", error);
  return zone != NULL;
}

static gboolean
add (TbStore *store, const TbTariff *head, TbJob *job, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (TbTariff) there = tb_tariff_store_load_head (store, head->name, &missing), tariff = NULL;

  if (there != NULL)
    return refuse (TB_ERROR_CONFLICT, _("There is a tariff “%s” already."), head->name, error);
  if (!g_error_matches (missing, TB_ERROR, TB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  tariff = tb_tariff_copy_head (head);
  tariff->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  return tb_tariff_store_save (store, tariff, NULL, job, error);
}

static gboolean
change (TbStore *store, const TbTariff *head, TbJob *job, GError **error)
{
  g_autoptr (TbTariff) tariff = tb_tariff_store_load_head (store, head->name, error);

  if (tariff == NULL)
    return FALSE;
  tb_set_str (&tariff->time_zone, head->time_zone);
  tariff->band = head->band;
  tariff->rounding = head->rounding;
  return tb_tariff_store_save (store, tariff, NULL, job, error);
}

gboolean
tb_tariff_head_add (TbStore *store, const TbTariff *head, TbJob *job, GError **error)
{
  gboolean own;

  return check (head, error) && tb_store_join (store, &own, error) && tb_store_leave (store, own, add (store, head, job, error), error);
}

gboolean
tb_tariff_head_change (TbStore *store, const TbTariff *head, TbJob *job, GError **error)
{
  gboolean own;

  return check (head, error) && tb_store_join (store, &own, error) && tb_store_leave (store, own, change (store, head, job, error), error);
}
