/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-package-example.h"

#include <string.h>

#include "tb-rate-history.h"
#include "tb-rate-sample.h"
#include "tb-setup-record-file.h"
#include "tb-setup-store.h"
#include "tb-simulation-private.h"

#define CALLS 8
#define OWN_PREFIXES 2
#define DIGITS 11 /* of a number that is made up of a prefix */
#define FALLBACK_SECONDS 60

/* ---- the package in its books ---- */

/* The books' set-up with the package in the place of the one of its name, or as one more. */
static TbSetup *
load_with (TbStore *store, const char *record, TbPackage **ret_package, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbSetup) part = setup != NULL ? tb_setup_record_read (setup->company, "packages", record, error) : NULL;
  TbPackage *package;

  if (part == NULL)
    return NULL;
  package = g_ptr_array_steal_index (part->packages, 0);
  for (guint i = 0; i < setup->packages->len; i++)
    if (g_strcmp0 (((TbPackage *) setup->packages->pdata[i])->name, package->name) == 0)
      {
        package->id = ((TbPackage *) setup->packages->pdata[i])->id;
        g_ptr_array_remove_index (setup->packages, i);
        break;
      }
  g_ptr_array_add (setup->packages, package);
  *ret_package = package;
  return g_steal_pointer (&setup);
}

/* ---- calls to look at ---- */

/* The durations that show what increments, minimums and included minutes do. */
static gint32
pick_seconds (guint n)
{
  static const gint32 seconds[] = { 61, 185, 30, 600, 12, 95, 240, 1800 };

  return seconds[n % G_N_ELEMENTS (seconds)];
}

static void
add_number (GPtrArray *numbers, const char *prefix)
{
  gsize length = strlen (prefix);
  g_autofree char *number = NULL;

  if (*prefix == '\0' || prefix[strspn (prefix, "0123456789")] != '\0' || numbers->len == CALLS)
    return;
  number = g_strdup_printf ("+%s%.*s", prefix, length + 4 < DIGITS ? (int) (DIGITS - length) : 4, "5550123456");
  if (!g_ptr_array_find_with_equal_func (numbers, number, g_str_equal, NULL))
    g_ptr_array_add (numbers, g_steal_pointer (&number));
}

static void
add_own (GPtrArray *numbers, const TbPackage *package)
{
  for (guint i = 0; i < package->included->len; i++)
    {
      char *const *scope = ((TbAllowance *) package->included->pdata[i])->scope;

      for (guint k = 0; scope != NULL && scope[k] != NULL && k < OWN_PREFIXES; k++)
        add_number (numbers, scope[k]);
    }
  if (package->number_plan.country_code != NULL)
    add_number (numbers, package->number_plan.country_code);
  for (guint i = 0; i < package->custom_rates->len && i < OWN_PREFIXES; i++)
    add_number (numbers, ((TbRate *) package->custom_rates->pdata[i])->prefix);
}

char *
tb_package_example_propose (TbStore *store, const char *record, GError **error)
{
  TbPackage *package = NULL;
  g_autoptr (TbSetup) setup = load_with (store, record, &package, error);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) prefixes = setup != NULL ? tb_rate_sample_list (store, package->tariff, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (prefixes == NULL)
    return NULL;
  add_own (numbers, package);
  for (guint i = 0; i < prefixes->len; i++)
    add_number (numbers, prefixes->pdata[i]);
  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (text, "%s, %d\n", (char *) numbers->pdata[i], pick_seconds (i));
  return g_strdup (text->str);
}

/* ---- their prices ---- */

/* Those that a number can meet in the tariff, each row once. */
static gboolean
add_rates (TbStore *store, TbTariff *tariff, const TbPackage *package, const char *line, GHashTable *known, GError **error)
{
  g_autofree char *dialled = g_strstrip (g_strndup (line, strcspn (line, ",;\t")));
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  char number[TB_E164_BUFFER];
  TbNumberRule rule;

  if (!tb_number_plan_normalise (&package->number_plan, dialled, -1, number, &rule))
    return TRUE;
  if (!tb_rate_list_add_current (store, tariff->name, number, rates, error))
    return FALSE;
  for (guint i = 0; i < rates->len; i++)
    {
      TbRate *rate = rates->pdata[i];

      if (g_hash_table_add (known, GUINT_TO_POINTER (rate->id)))
        g_ptr_array_add (tariff->rates, tb_rate_copy (rate));
    }
  return TRUE;
}

static gboolean
load_rates (TbStore *store, TbSetup *setup, const TbPackage *package, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < setup->tariffs->len; i++)
    {
      TbTariff *tariff = setup->tariffs->pdata[i];

      if (tariff->rates == NULL)
        tariff->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
      for (guint k = 0; g_strcmp0 (tariff->name, package->tariff) == 0 && lines[k] != NULL; k++)
        if (!add_rates (store, tariff, package, lines[k], known, error))
          return FALSE;
    }
  return TRUE;
}

TbSimulatedList *
tb_package_example_price (TbStore *store, const char *record, gint64 at, const char *text, GCancellable *cancellable, GError **error)
{
  TbPackage *package = NULL;
  g_autoptr (TbSetup) setup = load_with (store, record, &package, error);
  const TbSimulationOrder order = { NULL, package != NULL ? package->name : NULL, at };

  if (setup == NULL || !load_rates (store, setup, package, text, error))
    return NULL;
  return tb_simulate_list_with (store, setup, &order, text, FALLBACK_SECONDS, cancellable, error);
}
