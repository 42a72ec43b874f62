/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-what-if.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

static GPtrArray *
list_asked (const TbSetup *setup, GHashTable *ids)
{
  GPtrArray *services = g_ptr_array_new ();

  for (guint i = 0; i < setup->services->len; i++)
    if (ids == NULL || g_hash_table_contains (ids, GUINT_TO_POINTER (((TbService *) setup->services->pdata[i])->id)))
      g_ptr_array_add (services, setup->services->pdata[i]);
  return services;
}

/* ---- a package that only those have ---- */

/* Others may be on the same package and stay as they are, so the change is made to a copy, under a name that nobody can have given: it begins
 * with a control character. */
static TbPackage *
own_package (TbSetup *setup, GHashTable *copies, const char *name)
{
  TbPackage *copy = g_hash_table_lookup (copies, name);
  const TbPackage *package = tb_setup_find_package (setup, name);

  if (copy != NULL || package == NULL)
    return copy;
  copy = tb_package_copy (package);
  g_free (copy->name);
  copy->name = g_strdup_printf ("\001%s", name);
  g_ptr_array_add (setup->packages, copy);
  g_hash_table_insert (copies, g_strdup (name), copy);
  return copy;
}

static void
change_packages (TbSetup *setup, GPtrArray *services, const TbWhatIf *what_if)
{
  g_autoptr (GHashTable) copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < services->len; i++)
    {
      TbService *service = services->pdata[i];
      TbPackage *package = own_package (setup, copies, service->package);

      if (package == NULL)
        continue;
      if (what_if->tariff != NULL && g_strcmp0 (package->tariff, what_if->tariff) != 0)
        {
          g_free (package->tariff);
          package->tariff = g_strdup (what_if->tariff);
        }
      if (what_if->initial >= 0)
        {
          package->initial = what_if->initial;
          package->next = what_if->next;
        }
      g_free (service->package);
      service->package = g_strdup (package->name);
    }
}

static void
change_package (GPtrArray *services, const char *name)
{
  for (guint i = 0; i < services->len; i++)
    {
      TbService *service = services->pdata[i];

      g_free (service->package);
      service->package = g_strdup (name);
    }
}

/* ---- rates ---- */

static void
change_style (const TbSetup *setup, GPtrArray *services, TbIncrementStyle style)
{
  for (guint i = 0; i < services->len; i++)
    {
      const TbPackage *package = tb_setup_find_package (setup, ((TbService *) services->pdata[i])->package);
      const TbTariff *tariff = package != NULL && package->tariff != NULL ? tb_setup_find_tariff (setup, package->tariff) : NULL;

      for (guint r = 0; tariff != NULL && r < tariff->rates->len; r++)
        ((TbRate *) tariff->rates->pdata[r])->increment_style = style;
    }
}

static void
put_tariff (TbSetup *setup, const TbTariff *deck)
{
  TbTariff *copy = tb_tariff_copy (deck);
  guint at;

  for (guint i = 0; i < copy->rates->len; i++)
    {
      TbRate *rate = copy->rates->pdata[i];

      if (rate->id == 0)
        rate->id = G_MAXUINT32 - i;
    }
  if (!g_ptr_array_find (setup->tariffs, tb_setup_find_tariff (setup, deck->name), &at))
    g_ptr_array_add (setup->tariffs, copy);
  else
    {
      tb_tariff_free (setup->tariffs->pdata[at]);
      setup->tariffs->pdata[at] = copy;
    }
}

gboolean
tb_what_if_apply (TbSetup *setup, GHashTable *ids, const TbWhatIf *what_if, GError **error)
{
  g_autoptr (GPtrArray) services = NULL;

  if (what_if == NULL)
    return TRUE;
  if (what_if->deck != NULL)
    put_tariff (setup, what_if->deck);
  services = list_asked (setup, ids);
  if (what_if->package != NULL && tb_setup_find_package (setup, what_if->package) == NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no package “%s”."), what_if->package);
  else if (what_if->tariff != NULL && tb_setup_find_tariff (setup, what_if->tariff) == NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no tariff “%s”."), what_if->tariff);
  else
    {
      if (what_if->package != NULL)
        change_package (services, what_if->package);
      if (what_if->tariff != NULL || what_if->initial >= 0)
        change_packages (setup, services, what_if);
      if (what_if->increment_style >= 0)
        change_style (setup, services, what_if->increment_style);
      return TRUE;
    }
  return FALSE;
}
