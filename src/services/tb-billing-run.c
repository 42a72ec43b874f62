/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-billing-run.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-billing-corrections.h"
#include "tb-billing-hold.h"
#include "tb-billing-lines.h"
#include "tb-error.h"
#include "tb-rating-groups.h"
#include "tb-rating-pass.h"
#include "tb-setup-index.h"
#include "tb-setup-store.h"

void
tb_billing_run_free (TbBillingRun *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->invoices);
  g_ptr_array_unref (self->warnings);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_free (self);
}

/* ---- what a run works with ---- */

typedef struct
{
  TbStore *store;
  TbSetup *setup;
  TbSetupIndex *index;
  TbZone *zone;
  int year, month;
  gboolean dry_run, incomplete;
  GPtrArray *items;     /* of TbBillingItem */
  GHashTable *by_client; /* key → GPtrArray of those of the items that are that client's, in their order */
  GHashTable *held;     /* keys of clients who get no bill */
  GHashTable *approved; /* keys of clients with periods that an approved invoice holds */
  GPtrArray *waiting;   /* of TbCorrection: those that may come on its bills */
  TbBillingCounts counts;
  TbBillingRun *result;
} Work;

static TbCurrency
currency_of (const Work *work, const TbClient *client)
{
  if (client != NULL && client->currency != TB_CURRENCY_NONE)
    return client->currency;
  return work->setup->company != NULL ? work->setup->company->currency : TB_CURRENCY_NONE;
}

/* NULL = none. */
static GPtrArray *
items_of (const Work *work, const char *client)
{
  return g_hash_table_lookup (work->by_client, client);
}

static void
take_item (Work *work, TbBillingItem *item)
{
  GPtrArray *items = items_of (work, item->service->client);

  if (items == NULL)
    {
      items = g_ptr_array_new ();
      g_hash_table_insert (work->by_client, item->service->client, items);
    }
  g_ptr_array_add (items, item);
  g_ptr_array_add (work->items, item);
}

/* A period on an approved invoice stands; what came late for it goes to the next one. */
static gboolean
add_item (Work *work, const TbService *service, const TbPackage *package, TbPeriod period, GError **error)
{
  gint64 from = tb_zone_to_utc (work->zone, period.start, 0, FALSE), to = tb_zone_to_utc (work->zone, period.end, 0, FALSE);
  gboolean approved;
  TbBillingItem *item;

  if (!tb_invoice_store_is_approved (work->store, service->id, from, &approved, error))
    return FALSE;
  if (approved)
    {
      g_hash_table_add (work->approved, service->client);
      return TRUE;
    }
  item = g_new0 (TbBillingItem, 1);
  item->service = service;
  item->package = package;
  item->period = period;
  item->usage = tb_service_usage_new (service->id, from, to, currency_of (work, tb_setup_index_get_client (work->index, service->client)));
  take_item (work, item);
  return tb_invoice_store_was_billed (work->store, service->id, from, &item->usage->take_late, error);
}

static gboolean
add_items (Work *work, const TbService *service, GError **error)
{
  const TbPackage *package = tb_setup_find_package (work->setup, service->package);
  g_autoptr (GArray) periods = tb_period_ending_in_month (service, package->cycle, work->year, work->month);

  for (guint i = 0; i < periods->len; i++)
    if (!add_item (work, service, package, g_array_index (periods, TbPeriod, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
collect (Work *work, const char *client, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) usages = g_ptr_array_new ();

  for (guint i = 0; i < work->setup->services->len; i++)
    {
      const TbService *service = work->setup->services->pdata[i];

      if ((client == NULL || strcmp (client, service->client) == 0) && !add_items (work, service, error))
        return FALSE;
    }
  for (guint i = 0; i < work->items->len; i++)
    g_ptr_array_add (usages, ((TbBillingItem *) work->items->pdata[i])->usage);
  work->waiting = tb_correction_store_list_waiting (work->store, work->year, work->month, error);
  return work->waiting != NULL && tb_usage_store_sum (work->store, usages, work->year, work->month, job, error);
}

/* ---- one client's invoice ---- */

static TbInvoiceParty *
seller_of (const TbCompany *company)
{
  TbInvoiceParty *party = tb_invoice_party_new ();

  if (company == NULL)
    return party;
  party->name = g_strdup (company->name);
  party->address = g_strdupv (company->address);
  party->country = g_strdup (company->country);
  party->tax_id = g_strdup (company->tax_id);
  party->email = g_strdup (company->email);
  party->contact = g_strdup (company->contact);
  party->phone = g_strdup (company->phone);
  party->registration = g_strdup (company->registration);
  party->endpoint = g_strdup (company->endpoint);
  party->iban = g_strdup (company->iban);
  return party;
}

static TbInvoiceParty *
buyer_of (const TbClient *client, const TbCompany *company)
{
  TbInvoiceParty *party = tb_invoice_party_new ();

  party->name = g_strdup (client->name);
  party->address = g_strdupv (client->address);
  party->country = g_strdup (client->country);
  party->tax_id = g_strdup (client->tax_id);
  party->email = g_strdup (client->email);
  party->registration = g_strdup (client->registration);
  party->endpoint = g_strdup (client->endpoint);
  party->reference = g_strdup (client->reference);
  party->language = g_strdup (client->language != NULL ? client->language : company != NULL ? company->language : NULL);
  return party;
}

G_GNUC_PRINTF (4, 5)
static void
warn_of_service (Work *work, const TbClient *client, const TbBillingItem *item, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (work->result->warnings, g_strdup_printf (_("client %s, service %s: %s"), client->key, item->service->key, text));
}

static void
warn (Work *work, const TbClient *client, const TbBillingItem *item)
{
  const TbServiceUsage *usage = item->usage;

  if (usage->missing > 0)
    warn_of_service (work, client, item,
                     ngettext ("%" PRIu64 " call has no price and is not billed.",
                               "%" PRIu64 " calls have no price and are not billed.", usage->missing),
                     usage->missing);
  if (usage->foreign > 0)
    warn_of_service (work, client, item,
                     ngettext ("%" PRIu64 " call was rated in another currency than the client's and is not billed; rate it again.",
                               "%" PRIu64 " calls were rated in another currency than the client's and are not billed; rate them again.",
                               usage->foreign),
                     usage->foreign);
  if (usage->older > 0)
    warn_of_service (work, client, item,
                     ngettext ("%" PRIu64 " older call is on no invoice; bill its month too.",
                               "%" PRIu64 " older calls are on no invoice; bill their month too.", usage->older),
                     usage->older);
}

static TbInvoice *
make_invoice (Work *work, const TbClient *client, GPtrArray *corrections, GError **error)
{
  const TbCompany *company = work->setup->company;
  const TbTax *tax = client->tax != NULL ? tb_setup_find_tax (work->setup, client->tax) : NULL;
  GPtrArray *items = items_of (work, client->key);
  g_autoptr (TbInvoice) invoice = tb_invoice_new ();

  invoice->client_id = client->id;
  g_free (invoice->client);
  invoice->client = g_strdup (client->key);
  invoice->currency = currency_of (work, client);
  invoice->year = work->year;
  invoice->month = work->month;
  invoice->due_days = company != NULL ? company->due_days : 0;
  invoice->time_zone = g_strdup (tb_zone_get_id (work->zone));
  tb_invoice_party_free (invoice->seller);
  invoice->seller = seller_of (company);
  tb_invoice_party_free (invoice->buyer);
  invoice->buyer = buyer_of (client, company);
  invoice->period = (TbPeriod){ G_MAXINT32, G_MININT32 };
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const TbBillingItem *item = items->pdata[i];

      warn (work, client, item);
      invoice->period.start = MIN (invoice->period.start, item->period.start);
      invoice->period.end = MAX (invoice->period.end, item->period.end);
      if (!tb_billing_add_lines (invoice, item, tax, error))
        return NULL;
    }
  if (!tb_billing_add_corrections (work->store, invoice, corrections, error) || !tb_invoice_compute_totals (invoice, error))
    return NULL;
  tb_billing_name_kind (invoice, corrections);
  return g_steal_pointer (&invoice);
}

static gboolean
save (Work *work, TbInvoice *invoice, GPtrArray *corrections, GError **error)
{
  GPtrArray *items = items_of (work, invoice->client);

  if (!tb_invoice_store_save_draft (work->store, invoice, error) || !tb_usage_store_free (work->store, invoice->id, error)
      || !tb_billing_take_corrections (work->store, invoice, corrections, error))
    return FALSE;
  for (guint i = 0; items != NULL && i < items->len; i++)
    if (!tb_usage_store_take (work->store, invoice, ((TbBillingItem *) items->pdata[i])->usage, error))
      return FALSE;
  return TRUE;
}

/* The draft holds what would be made now, call for call. */
static gboolean
draft_holds (Work *work, guint32 draft, const TbInvoice *invoice, gboolean *ret, GError **error)
{
  g_autoptr (TbInvoice) old = tb_invoice_store_get_by_id (work->store, draft, error);
  g_autoptr (GError) failure = NULL;

  if (old == NULL)
    return FALSE;
  *ret = tb_billing_same (old, invoice) && tb_invoice_store_verify_calls (work->store, old, &failure);
  if (failure == NULL || g_error_matches (failure, TB_ERROR, TB_ERROR_CONFLICT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
bill_client (Work *work, const TbClient *client, GError **error)
{
  g_autoptr (GPtrArray) corrections = tb_billing_find_corrections (work->waiting, client->id, currency_of (work, client));
  g_autoptr (TbInvoice) invoice = make_invoice (work, client, corrections, error);
  gboolean same = FALSE;
  guint32 draft;

  if (invoice == NULL || !tb_invoice_store_find_draft (work->store, client->key, work->year, work->month, &draft, error))
    return FALSE;
  if (invoice->lines->len == 0)
    return draft == 0 || work->dry_run || tb_invoice_store_delete_draft (work->store, draft, error);
  invoice->id = draft;
  if (draft != 0 && !draft_holds (work, draft, invoice, &same, error))
    return FALSE;
  same = same && tb_billing_has_taken (corrections, draft);
  if (same)
    work->result->unchanged++;
  else if (draft != 0)
    work->result->replaced++;
  else
    work->result->created++;
  if (!same && !work->dry_run && !save (work, invoice, corrections, error))
    return FALSE;
  g_ptr_array_add (work->result->invoices, g_steal_pointer (&invoice));
  return TRUE;
}

/* A client who had no service in the month, and no bill of it either, is still owed a correction. */
static gboolean
has_corrections (Work *work, const TbClient *client)
{
  g_autoptr (GPtrArray) corrections = tb_billing_find_corrections (work->waiting, client->id, currency_of (work, client));

  return corrections->len > 0 && !g_hash_table_contains (work->approved, client->key);
}

/* Unless told otherwise nobody gets a bill that is known to lack something. */
static gboolean
find_holds (Work *work, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) none = work->incomplete ? g_ptr_array_new () : NULL;

  work->result->held = tb_billing_find_holds (work->store, work->setup, none != NULL ? none : work->items, &work->counts, job, error);
  for (guint i = 0; work->result->held != NULL && i < work->result->held->len; i++)
    g_hash_table_add (work->held, ((TbBillingHold *) work->result->held->pdata[i])->client);
  return work->result->held != NULL;
}

static gboolean
bill_clients (Work *work, const char *key, TbJob *job, GError **error)
{
  for (guint i = 0; i < work->setup->clients->len; i++)
    {
      const TbClient *client = work->setup->clients->pdata[i];

      if ((key != NULL && strcmp (key, client->key) != 0) || g_hash_table_contains (work->held, client->key))
        continue;
      if (items_of (work, client->key) != NULL || has_corrections (work, client))
        {
          if (tb_job_is_cancelled (job, error) || !bill_client (work, client, error))
            return FALSE;
        }
      else if (g_hash_table_contains (work->approved, client->key))
        work->result->approved_before++;
    }
  return TRUE;
}

/* ---- the run ---- */

static gboolean
warn_unrated (Work *work, GError **error)
{
  const guint64 *counts = work->counts.by_status;
  guint64 nobody;
  TbDay first = tb_day_from_ymd (work->year, work->month, 1);

  if (!tb_billing_count (work->store, &work->counts, tb_zone_to_utc (work->zone, first, 0, FALSE),
                         tb_zone_to_utc (work->zone, tb_day_add_months (first, 1, 1), 0, FALSE), error))
    return FALSE;
  nobody = counts[TB_CALL_NO_SERVICE] + counts[TB_CALL_AMBIGUOUS];
  if (counts[TB_CALL_UNRATED] > 0)
    g_ptr_array_add (work->result->warnings,
                     g_strdup_printf (ngettext ("%" PRIu64 " call of the month is not rated yet and not billed.",
                                                "%" PRIu64 " calls of the month are not rated yet and not billed.", counts[TB_CALL_UNRATED]),
                                      counts[TB_CALL_UNRATED]));
  if (nobody > 0)
    g_ptr_array_add (work->result->warnings,
                     g_strdup_printf (ngettext ("%" PRIu64 " call of the month belongs to no service, or to more than one, and is not billed.",
                                                "%" PRIu64 " calls of the month belong to no service, or to more than one, and are not billed.",
                                                nobody),
                                      nobody));
  return TRUE;
}

/* One client's bill is made of the calls of the tenants where the client has any, or should have. */
static gboolean
narrow (Work *work, const char *client, GError **error)
{
  const TbRatingScope scope = { .client = client };
  g_autoptr (GHashTable) services = NULL;
  g_autoptr (GPtrArray) tenants = NULL;

  if (!tb_rating_scope_list_services (&scope, work->setup, &services, error))
    return FALSE;
  if (services == NULL)
    return TRUE;
  tenants = tb_tenant_store_list (work->store, error);
  work->counts.tenants = tenants != NULL ? tb_rating_groups_list_reached (work->store, work->setup, tenants, services, error) : NULL;
  return work->counts.tenants != NULL;
}

static gboolean
run (Work *work, const char *client, TbJob *job, GError **error)
{
  gboolean ok;

  if (!narrow (work, client, error))
    return FALSE;
  if (!work->dry_run && !tb_store_begin (work->store, error))
    return FALSE;
  ok = collect (work, client, job, error) && find_holds (work, job, error) && bill_clients (work, client, job, error) && warn_unrated (work, error);
  if (work->dry_run)
    return ok;
  if (ok && tb_store_commit (work->store, error))
    return TRUE;
  tb_store_rollback (work->store);
  return FALSE;
}

TbBillingRun *
tb_billing_run (TbStore *store, int year, int month, const char *client, TbBillingFlags flags, TbJob *job, GError **error)
{
  g_autoptr (TbBillingRun) result = g_new0 (TbBillingRun, 1);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_billing_item_free);
  g_autoptr (GHashTable) by_client = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) held = g_hash_table_new (g_str_hash, g_str_equal), approved = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (TbSetupIndex) index = setup != NULL ? tb_setup_index_new (setup) : NULL;
  g_autoptr (TbZone) zone = NULL;
  Work work = { .store = store, .setup = setup, .index = index, .year = year, .month = month, .dry_run = (flags & TB_BILLING_DRY_RUN) != 0,
                .incomplete = (flags & TB_BILLING_INCOMPLETE) != 0, .items = items, .by_client = by_client, .held = held,
                .approved = approved, .result = result };
  gboolean ok;

  result->year = year;
  result->month = month;
  result->invoices = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_free);
  result->warnings = g_ptr_array_new_with_free_func (g_free);
  if (setup == NULL)
    return NULL;
  zone = tb_zone_new (setup->company != NULL && setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
  if (zone == NULL)
    return NULL;
  work.zone = zone;
  ok = run (&work, client, job, error);
  g_clear_pointer (&work.waiting, g_ptr_array_unref);
  g_clear_pointer (&work.counts.tenants, g_hash_table_unref);
  return ok ? g_steal_pointer (&result) : NULL;
}
