/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-advice.h"
#include "tb-destination.h"
#include "tb-number-check.h"
#include "tb-triage-private.h"

/* What is kept of a group's dialled numbers, to try number plans on. */
#define NUMBERS_MAX 500

/* ---- which group ---- */

static const TbDeckIndex *
deck_of (TbTriageWork *work, const TbPackage *package)
{
  TbTariff *tariff = package->tariff != NULL ? tb_setup_find_tariff (work->setup, package->tariff) : NULL;
  TbDeckIndex *index = g_hash_table_lookup (work->decks, tariff);

  if (index != NULL)
    return index;
  index = tb_deck_index_new (tariff != NULL ? tariff->rates : NULL);
  g_hash_table_insert (work->decks, tariff, index);
  return index;
}

/* Numbers that their plan misreads lack a rule, others a rate. */
static void
place_number (TbTriageWork *work, const TbCallRow *row, TbTriagePlace *ret)
{
  TbNumberCheck check;

  ret->inbound = row->call.direction == TB_DIRECTION_INBOUND;
  if (ret->package == NULL || ret->inbound)
    return;
  if (row->rated.status == TB_CALL_BLOCKED)
    {
      g_strlcpy (ret->prefix, row->prefix != NULL ? row->prefix : row->rated.number, sizeof ret->prefix);
      return;
    }
  tb_number_check (&ret->package->number_plan, row->call.callee, &check);
  ret->misdialled = check.verdict != TB_NUMBER_VALID;
  if (ret->misdialled)
    ret->reason = check.verdict == TB_NUMBER_EXTENSION ? _("an internal or short number without a rate") : check.reason;
  if (ret->misdialled && *check.pattern != '\0' && row->call.callee[0] == '0')
    g_strlcpy (ret->prefix, row->call.callee, MIN (sizeof ret->prefix, 1 + strspn (row->call.callee, "01")));
  else if (!ret->misdialled)
    tb_deck_index_cut (deck_of (work, ret->package), row->rated.number, ret->prefix);
}

static gboolean
is_listed (GPtrArray *services, const char *extension)
{
  for (guint i = 0; i < services->len; i++)
    {
      char **listed = ((TbService *) services->pdata[i])->extensions;

      if (listed != NULL && g_strv_contains ((const char *const *) listed, extension))
        return TRUE;
    }
  return FALSE;
}

static const char *
own_number (const TbCall *call)
{
  if (call->direction != TB_DIRECTION_INBOUND)
    return call->caller;
  return *call->did != '\0' ? call->did : call->callee;
}

/* A tenant that nobody has is one case; where there are services, each telephone is one. */
static void
place_tenant (TbTriageWork *work, const TbCallRow *row, TbTriagePlace *ret)
{
  GPtrArray *services = tb_triage_get_services (work, row);

  if (services->len == 0 || (row->rated.status == TB_CALL_AMBIGUOUS && !is_listed (services, row->call.extension)))
    return;
  ret->extension = *row->call.extension != '\0' ? row->call.extension : own_number (&row->call);
}

/* The rate is there, and no exchange rate to the client's currency on that day; or it is by now. */
static void
place_exchange (TbTriageWork *work, const TbCallRow *row, TbTriagePlace *ret)
{
  const TbTariff *tariff = ret->package != NULL && ret->package->tariff != NULL ? tb_setup_find_tariff (work->setup, ret->package->tariff) : NULL;
  const TbClient *client = row->client != NULL ? tb_setup_index_get_client (work->index, row->client) : NULL;
  TbCurrency currency = client != NULL && client->currency != TB_CURRENCY_NONE ? client->currency : tb_setup_get_currency (work->setup);
  TbDecimal from, to;

  ret->unexchanged = TRUE;
  ret->exchangeable = tariff != NULL
                      && tb_setup_get_exchange_rates (work->setup, tariff->currency, currency, tb_zone_day_at (work->zone, row->call.start), &from, &to, NULL);
  ret->reason = ret->exchangeable ? _("the exchange rate has been added since") : _("an exchange rate to the client’s currency is missing");
}

void
tb_triage_place (TbTriageWork *work, const TbCallRow *row, TbTriagePlace *ret)
{
  const TbService *service = tb_setup_index_get_service (work->index, row->service);

  *ret = (TbTriagePlace){ .package = service != NULL ? tb_setup_find_package (work->setup, service->package) : NULL, .extension = "", .reason = "" };
  if (row->rated.status == TB_CALL_NO_SERVICE || row->rated.status == TB_CALL_AMBIGUOUS)
    place_tenant (work, row, ret);
  else if (row->rated.status == TB_CALL_BAD_NUMBER)
    g_strlcpy (ret->prefix, row->call.callee, sizeof ret->prefix);
  else if (tb_rated_call_lacks_exchange (&row->rated))
    place_exchange (work, row, ret);
  else if (row->rated.status != TB_CALL_UNRATED)
    place_number (work, row, ret);
  if (row->rated.status == TB_CALL_NO_RATE && !ret->unexchanged && !ret->misdialled && !ret->inbound && ret->package != NULL && ret->package->tariff != NULL)
    g_string_printf (work->key, "%d\ntariff\n%s\n%s", row->rated.status, ret->package->tariff, ret->prefix);
  else if (row->rated.status == TB_CALL_BAD_NUMBER)
    g_string_printf (work->key, "%d\nnumber\n%s", row->rated.status, ret->prefix);
  else if (ret->package != NULL)
    g_string_printf (work->key, "%d\npackage\n%s\n%s\n%s\n%d", row->rated.status, ret->package->name, ret->prefix, ret->reason, ret->inbound);
  else
    g_string_printf (work->key, "%d\ntenant\n%s\n%s\n%s", row->rated.status, row->connection, row->call.tenant, ret->extension);
}

/* ---- first walk: groups ---- */

static TbTriageBucket *
bucket_new (const TbCallRow *row, const TbTriagePlace *place)
{
  TbTriageBucket *bucket = g_new0 (TbTriageBucket, 1);
  TbTriageGroup *group = &bucket->group;

  bucket->owner = place->package;
  bucket->misdialled = place->misdialled;
  bucket->inbound = place->inbound;
  bucket->unexchanged = place->unexchanged;
  bucket->exchangeable = place->exchangeable;
  bucket->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bucket->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bucket->extensions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bucket->dids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  group->cause = row->rated.status;
  group->connection = g_strdup (row->connection);
  group->tenant = g_strdup (row->call.tenant);
  group->client = g_strdup (row->client);
  group->package = place->package != NULL ? g_strdup (place->package->name) : NULL;
  group->prefix = g_strdup (place->prefix);
  group->extension = g_strdup (place->extension);
  group->reason = place->reason;
  group->destination = place->misdialled || *place->prefix == '\0' || group->cause == TB_CALL_BAD_NUMBER
                           ? NULL
                           : tb_destination_get_name (place->prefix);
  group->first = G_MAXINT64;
  group->money = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  group->repairs = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_repair_free);
  return bucket;
}

/* What differs between the calls of a group is not the group's. */
static void
keep_common (char **field, const char *value)
{
  if (g_strcmp0 (*field, value) != 0)
    g_clear_pointer (field, g_free);
}

static void
note_claims (TbTriageBucket *bucket, const TbCall *call)
{
  if (bucket->group.cause != TB_CALL_NO_SERVICE && bucket->group.cause != TB_CALL_AMBIGUOUS)
    return;
  if (*call->extension != '\0')
    g_hash_table_add (bucket->extensions, g_strdup (call->extension));
  else if (*own_number (call) != '\0')
    g_hash_table_add (bucket->dids, g_strdup (own_number (call)));
}

static void
add_call (TbTriageBucket *bucket, const TbCallRow *row, const TbTriagePlace *place)
{
  TbTriageGroup *group = &bucket->group;

  group->calls++;
  group->seconds += row->call.seconds;
  group->last = MAX (group->last, row->call.start);
  if (row->call.start < group->first)
    {
      group->first = row->call.start;
      g_free (group->uid);
      g_free (group->dialled);
      group->uid = g_strdup (row->call.uid);
      group->dialled = g_strdup (row->call.callee);
    }
  keep_common (&group->tenant, row->call.tenant);
  keep_common (&group->client, row->client);
  keep_common (&group->package, place->package != NULL ? place->package->name : NULL);
  if (row->client != NULL)
    g_hash_table_add (bucket->clients, g_strdup (row->client));
  if (bucket->misdialled && g_hash_table_size (bucket->numbers) < NUMBERS_MAX)
    g_hash_table_add (bucket->numbers, g_strdup (row->call.callee));
  if (bucket->cost_rate == 0)
    bucket->cost_rate = row->rated.cost_rate_id;
  note_claims (bucket, &row->call);
}

gboolean
tb_triage_is_cancelled (TbTriageWork *work, GError **error)
{
  return ++work->n % 1024 == 0 && tb_job_is_cancelled (work->job, error);
}

gboolean
tb_triage_find_group (const TbCallRow *row, gpointer data, GError **error)
{
  TbTriageWork *work = data;
  TbTriagePlace place;
  TbTriageBucket *bucket;

  if (tb_triage_is_cancelled (work, error))
    return FALSE;
  tb_triage_place (work, row, &place);
  bucket = g_hash_table_lookup (work->buckets, work->key->str);
  if (bucket == NULL)
    {
      bucket = bucket_new (row, &place);
      g_hash_table_insert (work->buckets, g_strdup (work->key->str), bucket);
    }
  add_call (bucket, row, &place);
  work->result->calls += row->rated.status != TB_CALL_BLOCKED;
  return TRUE;
}
