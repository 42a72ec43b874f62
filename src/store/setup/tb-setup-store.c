/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-store.h"

#include <glib/gi18n-lib.h>

#include "tb-package-lists.h"
#include "tb-rate-list.h"
#include "tb-rate-terms.h"
#include "tb-setup-records.h"
#include "tb-tariff-store.h"

/* ---- load ---- */

static gboolean
load_single (TbStore *store, const TbRecord *record, gpointer *ret, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (!tb_record_load (store, record, items, error))
    return FALSE;
  *ret = items->len > 0 ? items->pdata[0] : NULL;
  return TRUE;
}

static gboolean
load_exchange_rates (TbStore *store, TbSetup *setup, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT currency, valid_from, rate FROM exchange_rate ORDER BY currency, valid_from", error);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbExchangeRate rate;

      if (!has_row)
        return TRUE;
      rate = (TbExchangeRate){ (guint32) tb_statement_int (row, 0), (gint32) tb_statement_int (row, 1), tb_statement_int (row, 2) };
      g_array_append_val (setup->exchange_rates, rate);
    }
  return FALSE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint32 x = (*(TbTariff *const *) a)->id, y = (*(TbTariff *const *) b)->id;

  return x < y ? -1 : x > y;
}

static gboolean
load_tariffs (TbStore *store, TbSetup *setup, TbSetupFlags flags, GError **error)
{
  GPtrArray *heads = tb_tariff_store_list (store, error);

  if (heads == NULL)
    return FALSE;
  g_ptr_array_unref (setup->tariffs);
  setup->tariffs = heads;
  g_ptr_array_sort (heads, compare_ids);
  if (flags & TB_SETUP_TO_RATE)
    return tb_rate_terms_load (store, heads, error);
  for (guint i = 0; (flags & TB_SETUP_WITH_RATES) != 0 && i < heads->len; i++)
    {
      TbTariff *tariff = tb_tariff_store_load (store, ((TbTariff *) heads->pdata[i])->name, error);

      if (tariff == NULL)
        return FALSE;
      tb_tariff_free (heads->pdata[i]);
      heads->pdata[i] = tariff;
    }
  return TRUE;
}

static gboolean
load_lists (TbStore *store, TbSetup *setup, GError **error)
{
  for (guint i = 0; i < setup->packages->len; i++)
    if (!tb_package_lists_load (store, setup->packages->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < setup->clients->len; i++)
    {
      TbClient *client = setup->clients->pdata[i];
      GPtrArray *rates;
      gint64 list;

      if (!tb_rate_list_find (store, TB_RATE_LIST_CLIENT, client->key, FALSE, &list, error))
        return FALSE;
      if (list == 0)
        continue;
      rates = tb_rate_list_load (store, list, error);
      if (rates == NULL)
        return FALSE;
      g_ptr_array_unref (client->custom_rates);
      client->custom_rates = rates;
    }
  return tb_filter_list_load (store, TB_FILTERS_OF_ALL, setup->filters, error);
}

TbSetup *
tb_setup_store_load (TbStore *store, TbSetupFlags flags, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_new ();
  gboolean ok = load_single (store, &tb_company_record, (gpointer *) &setup->company, error) && load_exchange_rates (store, setup, error)
                && tb_record_load (store, &tb_tax_record, setup->taxes, error)
                && tb_record_load (store, &tb_provider_record, setup->providers, error)
                && tb_record_load (store, &tb_connection_record, setup->connections, error) && load_tariffs (store, setup, flags, error)
                && tb_record_load (store, &tb_package_record, setup->packages, error)
                && tb_record_load (store, &tb_client_record, setup->clients, error)
                && tb_record_load (store, &tb_service_record, setup->services, error)
                && load_single (store, &tb_whmcs_record, (gpointer *) &setup->whmcs, error)
                && load_single (store, &tb_mail_record, (gpointer *) &setup->mail, error)
                && tb_record_load (store, &tb_reminder_record, setup->reminders, error) && load_lists (store, setup, error);

  return ok ? g_steal_pointer (&setup) : NULL;
}

TbSetup *
tb_setup_store_load_money (TbStore *store, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_new ();

  if (load_single (store, &tb_company_record, (gpointer *) &setup->company, error) && load_exchange_rates (store, setup, error))
    return g_steal_pointer (&setup);
  return NULL;
}

/* ---- merge ---- */

/* The file's items first, so that a finding names the file's place; then what the books hold besides. All borrowed. */
static GPtrArray *
merge_lists (GPtrArray *given, GPtrArray *stored, gsize name)
{
  GPtrArray *all = g_ptr_array_new ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < given->len; i++)
    {
      char *key = G_STRUCT_MEMBER (char *, given->pdata[i], name);

      g_ptr_array_add (all, given->pdata[i]);
      if (key != NULL)
        g_hash_table_add (names, key);
    }
  for (guint i = 0; i < stored->len; i++)
    if (!g_hash_table_contains (names, G_STRUCT_MEMBER (char *, stored->pdata[i], name)))
      g_ptr_array_add (all, stored->pdata[i]);
  return all;
}

static gboolean
validate_merged (const TbSetup *given, const TbSetup *stored, GError **error)
{
  g_autoptr (GPtrArray) taxes = merge_lists (given->taxes, stored->taxes, G_STRUCT_OFFSET (TbTax, name));
  g_autoptr (GPtrArray) providers = merge_lists (given->providers, stored->providers, G_STRUCT_OFFSET (TbProvider, name));
  g_autoptr (GPtrArray) connections = merge_lists (given->connections, stored->connections, G_STRUCT_OFFSET (TbConnection, name));
  g_autoptr (GPtrArray) tariffs = merge_lists (given->tariffs, stored->tariffs, G_STRUCT_OFFSET (TbTariff, name));
  g_autoptr (GPtrArray) packages = merge_lists (given->packages, stored->packages, G_STRUCT_OFFSET (TbPackage, name));
  g_autoptr (GPtrArray) clients = merge_lists (given->clients, stored->clients, G_STRUCT_OFFSET (TbClient, key));
  g_autoptr (GPtrArray) services = merge_lists (given->services, stored->services, G_STRUCT_OFFSET (TbService, key));
  TbSetup merged = { .company = given->company != NULL ? given->company : stored->company,
                     .exchange_rates = given->exchange_rates,
                     .taxes = taxes,
                     .providers = providers,
                     .connections = connections,
                     .tariffs = tariffs,
                     .packages = packages,
                     .filters = given->filters,
                     .clients = clients,
                     .services = services,
                     .reminders = given->reminders };

  return tb_setup_validate (&merged, error);
}

/* ---- apply ---- */

typedef struct
{
  TbStore *store;
  const TbSetup *given, *stored;
  gboolean dry_run;
  GPtrArray *changes;
  TbJob *job;
} Apply;

/* What else than its record's fields an item has. *ret says whether it differs; saved when it must be. */
typedef gboolean (*ApplyLists) (Apply *self, gpointer before, gpointer after, const char *owner, gboolean *ret, GError **error);
typedef gboolean (*SaveLists) (Apply *self, gint64 id, gpointer item, GError **error);

static gboolean
apply_item (Apply *self, const TbRecord *record, gpointer before, gpointer after, ApplyLists compare, SaveLists save, GError **error)
{
  g_autofree char *owner = tb_record_describe (record, after);
  gboolean lists = FALSE;
  gboolean fields = tb_record_compare (record, before, after, self->changes);
  gint64 id;

  if (compare != NULL && !compare (self, before, after, owner, &lists, error))
    return FALSE;
  if (self->dry_run || (!fields && !lists))
    return TRUE;
  return tb_record_save (self->store, record, after, &id, error) && (!lists || save (self, id, after, error));
}

static gpointer
find_before (GPtrArray *stored, gsize name, gpointer item)
{
  const char *key = G_STRUCT_MEMBER (char *, item, name);

  for (guint i = 0; i < stored->len; i++)
    if (g_strcmp0 (G_STRUCT_MEMBER (char *, stored->pdata[i], name), key) == 0)
      return stored->pdata[i];
  return NULL;
}

/* Hashed, because 10,000 clients of a migration are looked up in 10,000 of the books. */
static gboolean
apply_list (Apply *self, const TbRecord *record, GPtrArray *given, GPtrArray *stored, ApplyLists compare, SaveLists save, GError **error)
{
  gsize name = record->fields[0].offset;
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < stored->len; i++)
    g_hash_table_insert (by_name, G_STRUCT_MEMBER (char *, stored->pdata[i], name), stored->pdata[i]);
  for (guint i = 0; i < given->len; i++)
    if (!apply_item (self, record, g_hash_table_lookup (by_name, G_STRUCT_MEMBER (char *, given->pdata[i], name)), given->pdata[i], compare,
                     save, error))
      return FALSE;
  return TRUE;
}

static gboolean
compare_package (Apply *self, gpointer before, gpointer after, const char *owner, gboolean *ret, GError **error)
{
  *ret = tb_package_lists_compare (before, after, owner, self->changes);
  return TRUE;
}

static gboolean
save_package (Apply *self, gint64 id, gpointer item, GError **error)
{
  return tb_package_lists_save (self->store, id, item, error);
}

static gboolean
compare_client (Apply *self, gpointer before, gpointer after, const char *owner, gboolean *ret, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  *ret = tb_rates_compare (before != NULL ? ((TbClient *) before)->custom_rates : none, ((TbClient *) after)->custom_rates, owner, self->changes);
  return TRUE;
}

static gboolean
save_client (Apply *self, gint64 id, gpointer item, GError **error)
{
  const TbClient *client = item;
  g_autoptr (GPtrArray) before = NULL;
  gint64 list;

  if (!tb_rate_list_find (self->store, TB_RATE_LIST_CLIENT, client->key, TRUE, &list, error))
    return FALSE;
  before = tb_rate_list_load (self->store, list, error);
  return before != NULL && tb_rate_list_save (self->store, list, before, client->custom_rates, 0, self->job, error);
}

/* ---- tariffs ---- */

static void
note_change (Apply *self, const char *owner, const char *label, const char *before, const char *after, gboolean *differs)
{
  if (g_strcmp0 (before, after) == 0)
    return;
  g_ptr_array_add (self->changes, g_strdup_printf (_("%s: %s “%s” → “%s”"), owner, label, before, after));
  *differs = TRUE;
}

static gboolean
compare_heads (Apply *self, const char *owner, const TbTariff *before, const TbTariff *after)
{
  gboolean differs = before == NULL;
  g_autofree char *old = NULL, *new = NULL;

  if (before == NULL)
    {
      g_ptr_array_add (self->changes, g_strdup_printf (_("%s: added"), owner));
      return TRUE;
    }
  old = g_strdup_printf ("%s %u", tb_rounding_mode_to_string (before->rounding.mode), before->rounding.decimals);
  new = g_strdup_printf ("%s %u", tb_rounding_mode_to_string (after->rounding.mode), after->rounding.decimals);
  note_change (self, owner, "currency", tb_currency_to_string (before->currency), tb_currency_to_string (after->currency), &differs);
  note_change (self, owner, "time zone", before->time_zone, after->time_zone, &differs);
  note_change (self, owner, "band", before->band == TB_BAND_SPLIT ? "split" : "start", after->band == TB_BAND_SPLIT ? "split" : "start", &differs);
  note_change (self, owner, "rounding", old, new, &differs);
  return differs;
}

static gboolean
apply_tariff (Apply *self, TbTariff *tariff, GError **error)
{
  g_autofree char *owner = g_strdup_printf ("tariff %s", tariff->name);
  const TbTariff *head = find_before (self->stored->tariffs, G_STRUCT_OFFSET (TbTariff, name), tariff);
  gboolean differs = compare_heads (self, owner, head, tariff);

  if (tariff->rates != NULL)
    {
      g_autoptr (TbTariff) before = head != NULL ? tb_tariff_store_load (self->store, tariff->name, error) : tb_tariff_new ();

      if (before == NULL)
        return FALSE;
      differs = tb_rates_compare (before->rates, tariff->rates, owner, self->changes) || differs;
    }
  return self->dry_run || !differs || tb_tariff_store_save (self->store, tariff, NULL, self->job, error);
}

/* ---- the rest ---- */

static gboolean
save_exchange_rate (Apply *self, const TbExchangeRate *rate, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (self->store),
                                               "INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ($1, $2, $3) "
                                               "ON CONFLICT (currency, valid_from) DO UPDATE SET rate = excluded.rate",
                                               error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, rate->currency);
  tb_statement_bind_int (row, 2, rate->from);
  tb_statement_bind_int (row, 3, rate->rate);
  return tb_statement_run (row, error);
}

static const TbExchangeRate *
find_exchange_rate (GArray *rates, const TbExchangeRate *like)
{
  for (guint i = 0; i < rates->len; i++)
    {
      const TbExchangeRate *rate = &g_array_index (rates, TbExchangeRate, i);

      if (rate->currency == like->currency && rate->from == like->from)
        return rate;
    }
  return NULL;
}

static gboolean
apply_exchange_rates (Apply *self, GError **error)
{
  for (guint i = 0; i < self->given->exchange_rates->len; i++)
    {
      const TbExchangeRate *rate = &g_array_index (self->given->exchange_rates, TbExchangeRate, i);
      const TbExchangeRate *before = find_exchange_rate (self->stored->exchange_rates, rate);
      g_autofree char *old = before != NULL ? tb_decimal_format (before->rate, TB_RATE_SCALE, 0) : g_strdup ("");
      g_autofree char *new = tb_decimal_format (rate->rate, TB_RATE_SCALE, 0);
      g_autofree char *day = tb_day_format (rate->from);

      if (before != NULL && before->rate == rate->rate)
        continue;
      g_ptr_array_add (self->changes, g_strdup_printf (_("currency %s from %s: “%s” → “%s”"), tb_currency_to_string (rate->currency), day, old, new));
      if (!self->dry_run && !save_exchange_rate (self, rate, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_tariffs (Apply *self, GError **error)
{
  for (guint i = 0; i < self->given->tariffs->len; i++)
    if (!apply_tariff (self, self->given->tariffs->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_single (Apply *self, const TbRecord *record, gpointer before, gpointer after, GError **error)
{
  return after == NULL || apply_item (self, record, before, after, NULL, NULL, error);
}

/* The rules of all packages have no names: a file that has any says them all, and one with an empty list takes them away. */
static gboolean
apply_filters (Apply *self, GError **error)
{
  if ((self->given->filters->len == 0 && !self->given->no_filters) || !tb_filter_list_compare (self->stored->filters, self->given->filters, "filters", self->changes))
    return TRUE;
  return self->dry_run || tb_filter_list_save (self->store, TB_FILTERS_OF_ALL, self->given->filters, error);
}

static gboolean
apply_all (Apply *self, GError **error)
{
  const TbSetup *given = self->given, *stored = self->stored;

  return apply_single (self, &tb_company_record, stored->company, given->company, error) && apply_exchange_rates (self, error)
         && apply_list (self, &tb_tax_record, given->taxes, stored->taxes, NULL, NULL, error) && apply_tariffs (self, error)
         && apply_list (self, &tb_provider_record, given->providers, stored->providers, NULL, NULL, error)
         && apply_list (self, &tb_connection_record, given->connections, stored->connections, NULL, NULL, error)
         && apply_list (self, &tb_package_record, given->packages, stored->packages, compare_package, save_package, error)
         && apply_filters (self, error)
         && apply_list (self, &tb_client_record, given->clients, stored->clients, compare_client, save_client, error)
         && apply_list (self, &tb_service_record, given->services, stored->services, NULL, NULL, error)
         && apply_single (self, &tb_whmcs_record, stored->whmcs, given->whmcs, error)
         && apply_single (self, &tb_mail_record, stored->mail, given->mail, error)
         && apply_list (self, &tb_reminder_record, given->reminders, stored->reminders, NULL, NULL, error);
}

static gboolean
apply_in_transaction (Apply *self, GError **error)
{
  g_autoptr (TbSetup) stored = tb_setup_store_load (self->store, TB_SETUP_HEADS, error);

  self->stored = stored;
  return stored != NULL && validate_merged (self->given, stored, error) && apply_all (self, error);
}

gboolean
tb_setup_store_apply (TbStore *store, const TbSetup *setup, gboolean dry_run, GPtrArray **ret_changes, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  Apply apply = { .store = store, .given = setup, .dry_run = dry_run, .changes = changes, .job = job };
  gboolean ok, own;

  if (!tb_store_join (store, &own, error))
    return FALSE;
  ok = apply_in_transaction (&apply, error);
  if (own && dry_run)
    tb_store_rollback (store);
  else
    ok = tb_store_leave (store, own, ok, error);
  if (ok && ret_changes != NULL)
    *ret_changes = g_steal_pointer (&changes);
  return ok;
}
