/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-triage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-advice.h"
#include "tb-destination.h"
#include "tb-error.h"
#include "tb-number-check.h"
#include "tb-setup-store.h"
#include "tb-triage-private.h"

/* What is kept of a group's dialled numbers, to try number plans on. */
#define NUMBERS_MAX 500

/* Two walks over the calls without a price. The first finds the groups, from which the repairs are chosen; then those are made in memory, and
 * the second rates the calls to see what they would bring. */
typedef struct
{
  TbStore *store;
  TbSetup *setup; /* with rates, as it is: by it calls are grouped */
  TbSetup *trial; /* the same with the first repair of each group: by it the second walk rates */
  TbZone *zone;
  GArray *windows; /* of TbTriageWindow, in which a service's calls hold its client; NULL = always */
  TbRating *rating;
  TbRatingState *state;
  GHashTable *decks;   /* tariff or NULL → TbDeckIndex */
  GHashTable *buckets; /* key → TbTriageBucket */
  GHashTable *clients; /* key → TbHeldClient */
  GString *key;
  TbTriage *result;
  TbJob *job;
  guint n;
} Work;

static const char *const cause_titles[TB_CALL_N_STATUS] = {
  [TB_CALL_UNRATED] = N_ ("not rated yet"),          [TB_CALL_NO_SERVICE] = N_ ("no service"),
  [TB_CALL_AMBIGUOUS] = N_ ("more than one service"), [TB_CALL_BAD_NUMBER] = N_ ("not a number"),
  [TB_CALL_BLOCKED] = N_ ("blocked"),                 [TB_CALL_NO_RATE] = N_ ("no rate"),
};

const char *
tb_triage_cause_to_display (TbCallStatus cause)
{
  return cause_titles[cause] != NULL ? _(cause_titles[cause]) : tb_call_status_to_display (cause);
}

const char *
tb_triage_cause_to_string (TbCallStatus cause)
{
  return cause == TB_CALL_UNRATED ? "unrated" : tb_call_status_to_string (cause);
}

/* ---- memory ---- */

static void
group_clear (TbTriageGroup *self)
{
  g_free (self->connection);
  g_free (self->tenant);
  g_free (self->client);
  g_free (self->package);
  g_free (self->prefix);
  g_free (self->extension);
  g_free (self->uid);
  g_free (self->dialled);
  g_free (self->basis);
  g_array_unref (self->money);
  g_ptr_array_unref (self->repairs);
}

void
tb_triage_group_free (gpointer data)
{
  group_clear (data);
  g_free (data);
}

static void
bucket_free (gpointer data)
{
  TbTriageBucket *self = data;

  if (self->group.money != NULL)
    group_clear (&self->group);
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->extensions);
  g_hash_table_unref (self->dids);
  g_free (self);
}

static void
held_free (gpointer data)
{
  TbHeldClient *self = data;

  g_free (self->client);
  g_array_unref (self->money);
  g_free (self);
}

void
tb_triage_free (TbTriage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->clients);
  g_free (self);
}

const TbHeldClient *
tb_triage_find_client (const TbTriage *self, const char *client)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (strcmp (((TbHeldClient *) self->clients->pdata[i])->client, client) == 0)
      return self->clients->pdata[i];
  return NULL;
}

gboolean
tb_triage_add_money (GArray *sums, TbMoney money, GError **error)
{
  for (guint i = 0; i < sums->len; i++)
    {
      TbMoney *sum = &g_array_index (sums, TbMoney, i);

      if (sum->currency == money.currency)
        return tb_money_add (*sum, money, sum, error);
    }
  g_array_append_val (sums, money);
  return TRUE;
}

/* ---- which group ---- */

/* What a call's group depends on. */
typedef struct
{
  const TbPackage *package;
  char prefix[TB_E164_BUFFER];
  const char *extension; /* or the number that was called */
  const char *reason;
  gboolean misdialled, inbound;
} Place;

static const TbDeckIndex *
deck_of (Work *work, const TbPackage *package)
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
place_number (Work *work, const TbCallRow *row, Place *ret)
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
place_tenant (Work *work, const TbCallRow *row, Place *ret)
{
  g_autoptr (GPtrArray) services = tb_triage_list_services (work->setup, row->connection, row->call.tenant);

  if (services->len == 0 || (row->rated.status == TB_CALL_AMBIGUOUS && !is_listed (services, row->call.extension)))
    return;
  ret->extension = *row->call.extension != '\0' ? row->call.extension : own_number (&row->call);
}

static void
place_call (Work *work, const TbCallRow *row, Place *ret)
{
  const TbService *service = row->service != NULL ? tb_setup_find_service (work->setup, row->service) : NULL;

  *ret = (Place){ .package = service != NULL ? tb_setup_find_package (work->setup, service->package) : NULL, .extension = "", .reason = "" };
  if (row->rated.status == TB_CALL_NO_SERVICE || row->rated.status == TB_CALL_AMBIGUOUS)
    place_tenant (work, row, ret);
  else if (row->rated.status == TB_CALL_BAD_NUMBER)
    g_strlcpy (ret->prefix, row->call.callee, sizeof ret->prefix);
  else if (row->rated.status != TB_CALL_UNRATED)
    place_number (work, row, ret);
  if (row->rated.status == TB_CALL_NO_RATE && !ret->misdialled && !ret->inbound && ret->package != NULL && ret->package->tariff != NULL)
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
bucket_new (const TbCallRow *row, const Place *place)
{
  TbTriageBucket *bucket = g_new0 (TbTriageBucket, 1);
  TbTriageGroup *group = &bucket->group;

  bucket->owner = place->package;
  bucket->misdialled = place->misdialled;
  bucket->inbound = place->inbound;
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
  group->destination = place->misdialled || *place->prefix == '\0' || group->cause == TB_CALL_BAD_NUMBER ? NULL : tb_destination_get_name (place->prefix);
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
add_call (TbTriageBucket *bucket, const TbCallRow *row, const Place *place)
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

static gboolean
is_cancelled (Work *work, GError **error)
{
  return ++work->n % 1024 == 0 && tb_job_is_cancelled (work->job, error);
}

static gboolean
find_group (const TbCallRow *row, gpointer data, GError **error)
{
  Work *work = data;
  Place place;
  TbTriageBucket *bucket;

  if (is_cancelled (work, error))
    return FALSE;
  place_call (work, row, &place);
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

/* ---- second walk: money ---- */

/* Nothing would be missing on a bill: not answered, inbound for nothing, internal, not billed by a rule. */
static gboolean
is_free (const TbRatedCall *would)
{
  return would->currency == TB_CURRENCY_NONE && !tb_call_status_is_unrated (would->status);
}

static TbHeldClient *
held_client (Work *work, const char *key)
{
  TbHeldClient *held = g_hash_table_lookup (work->clients, key);

  if (held != NULL)
    return held;
  held = g_new0 (TbHeldClient, 1);
  held->client = g_strdup (key);
  held->money = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  g_hash_table_insert (work->clients, held->client, held);
  g_ptr_array_add (work->result->clients, held);
  return held;
}

static gboolean
is_looked_at (const Work *work, guint32 service, gint64 start)
{
  for (guint i = 0; work->windows != NULL && i < work->windows->len; i++)
    {
      const TbTriageWindow *window = &g_array_index (work->windows, TbTriageWindow, i);

      if (window->service_id == service && start >= window->from && start < window->to)
        return TRUE;
    }
  return work->windows == NULL;
}

static gboolean
hold (Work *work, const char *client, TbCallStatus cause, TbMoney money, GError **error)
{
  TbHeldClient *held = held_client (work, client);

  held->calls++;
  held->causes |= 1u << cause;
  if (money.currency == TB_CURRENCY_NONE)
    return TRUE;
  held->estimated++;
  return tb_triage_add_money (held->money, money, error);
}

/* Nobody knows whose an ambiguous call is, so it may be missing on the bill of each. */
static gboolean
hold_all (Work *work, const TbCallRow *row, TbMoney money, GError **error)
{
  g_autoptr (GPtrArray) services = tb_triage_list_services (work->setup, row->connection, row->call.tenant);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < services->len; i++)
    {
      const TbService *service = services->pdata[i];
      char *client = service->client;

      if (is_looked_at (work, service->id, row->call.start) && g_hash_table_add (seen, client) && !hold (work, client, row->rated.status, money, error))
        return FALSE;
    }
  return TRUE;
}

static const char *
client_of (const TbSetup *setup, guint32 id)
{
  for (guint i = 0; id != 0 && i < setup->clients->len; i++)
    if (((TbClient *) setup->clients->pdata[i])->id == id)
      return ((TbClient *) setup->clients->pdata[i])->key;
  return NULL;
}

static gboolean
hold_unrated (Work *work, const TbCallRow *row, const TbRatedCall *would, TbMoney money, GError **error)
{
  const char *client = client_of (work->setup, would->client_id);

  if (would->status == TB_CALL_AMBIGUOUS)
    return row->call.seconds == 0 || hold_all (work, row, money, error);
  return client == NULL || !is_looked_at (work, would->service_id, row->call.start) || hold (work, client, TB_CALL_UNRATED, money, error);
}

static gboolean
rate_row (Work *work, const TbCallRow *row, TbRatedCall *ret, GError **error)
{
  guint connection = 0;

  while (connection < work->setup->connections->len
         && strcmp (((TbConnection *) work->setup->connections->pdata[connection])->name, row->connection) != 0)
    connection++;
  return tb_rating_rate (work->rating, work->state, tb_rating_get_tenant (work->rating, connection, row->call.tenant), &row->call, ret, error);
}

static gboolean
add_estimate (Work *work, const TbCallRow *row, TbTriageBucket *bucket, GError **error)
{
  TbTriageGroup *group = &bucket->group;
  TbRatedCall would;
  TbMoney money = { 0, TB_CURRENCY_NONE };

  if (!rate_row (work, row, &would, error))
    return FALSE;
  if (would.status == TB_CALL_RATED || would.status == TB_CALL_INCLUDED || would.status == TB_CALL_GRACE)
    money = (TbMoney){ would.charge, would.currency };
  else if (row->rated.cost_currency != TB_CURRENCY_NONE)
    money = (TbMoney){ row->rated.cost, row->rated.cost_currency };
  if (money.currency != TB_CURRENCY_NONE)
    {
      group->estimated++;
      if (!tb_triage_add_money (group->money, money, error))
        return FALSE;
    }
  if (group->cause == TB_CALL_NO_RATE && row->client != NULL)
    return !is_looked_at (work, row->rated.service_id, row->call.start) || hold (work, row->client, group->cause, money, error);
  if (group->cause == TB_CALL_UNRATED)
    return is_free (&would) || hold_unrated (work, row, &would, money, error);
  return group->cause != TB_CALL_AMBIGUOUS || is_free (&would) || row->call.seconds == 0 || hold_all (work, row, money, error);
}

static gboolean
find_money (const TbCallRow *row, gpointer data, GError **error)
{
  Work *work = data;
  Place place;
  TbTriageBucket *bucket;

  if (is_cancelled (work, error))
    return FALSE;
  place_call (work, row, &place);
  bucket = g_hash_table_lookup (work->buckets, work->key->str);
  return bucket == NULL || add_estimate (work, row, bucket, error);
}

/* ---- between them ---- */

void
tb_triage_number_new (TbSetup *setup)
{
  guint32 next = G_MAXUINT32;

  for (guint i = 0; i < setup->tariffs->len; i++)
    for (guint r = 0; r < ((TbTariff *) setup->tariffs->pdata[i])->rates->len; r++)
      {
        TbRate *rate = ((TbTariff *) setup->tariffs->pdata[i])->rates->pdata[r];

        rate->id = rate->id == 0 ? next-- : rate->id;
      }
  for (guint i = 0; i < setup->packages->len; i++)
    for (guint r = 0; r < ((TbPackage *) setup->packages->pdata[i])->custom_rates->len; r++)
      {
        TbRate *rate = ((TbPackage *) setup->packages->pdata[i])->custom_rates->pdata[r];

        rate->id = rate->id == 0 ? next-- : rate->id;
      }
  for (guint i = 0; i < setup->clients->len; i++)
    for (guint r = 0; r < ((TbClient *) setup->clients->pdata[i])->custom_rates->len; r++)
      {
        TbRate *rate = ((TbClient *) setup->clients->pdata[i])->custom_rates->pdata[r];

        rate->id = rate->id == 0 ? next-- : rate->id;
      }
  for (guint i = 0; i < setup->services->len; i++)
    {
      TbService *service = setup->services->pdata[i];

      service->id = service->id == 0 ? next-- : service->id;
    }
}

static char *
basis_of (const TbTriageGroup *group, const TbRepair *repair)
{
  g_autofree char *what = NULL;

  if (group->cause == TB_CALL_UNRATED)
    return g_strdup (_("as they would be rated now"));
  if (repair == NULL)
    return g_strdup (_("the provider’s price"));
  what = tb_repair_describe (repair);
  return g_strdup_printf (_("if this were done: %s"), what);
}

/* The first repair that can be made as it stands says what the calls are worth; a rule that bills nothing says nothing. */
static void
try_first_repair (Work *work, TbTriageBucket *bucket)
{
  const TbRepair *first = bucket->group.repairs->len > 0 ? bucket->group.repairs->pdata[0] : NULL;
  g_autoptr (GError) error = NULL;
  gboolean made = first != NULL && first->kind != TB_REPAIR_FILTER && tb_repair_is_ready (first) && tb_repair_change (first, work->trial, &error);

  if (bucket->group.basis == NULL)
    bucket->group.basis = basis_of (&bucket->group, made ? first : NULL);
}

static gboolean
compile (Work *work, GError **error)
{
  work->rating = tb_rating_new (work->trial, error);
  if (work->rating == NULL)
    return FALSE;
  work->state = tb_rating_state_new (work->rating);
  return TRUE;
}

static gboolean
choose_repairs (Work *work, GError **error)
{
  GHashTableIter iter;
  gpointer bucket;

  work->trial = tb_setup_store_load (work->store, TB_SETUP_WITH_RATES, error);
  if (work->trial == NULL)
    return FALSE;
  /* All are chosen by the set-up as it is, before any is made. */
  g_hash_table_iter_init (&iter, work->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    tb_triage_propose (bucket, work->setup, work->zone);
  g_hash_table_iter_init (&iter, work->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    try_first_repair (work, bucket);
  tb_triage_number_new (work->trial);
  return compile (work, error);
}

/* ---- the whole ---- */

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const TbTriageGroup *x = *(TbTriageGroup *const *) a, *y = *(TbTriageGroup *const *) b;
  int blocked = (x->cause == TB_CALL_BLOCKED) - (y->cause == TB_CALL_BLOCKED);

  if (blocked != 0 || x->calls != y->calls)
    return blocked != 0 ? blocked : (x->calls < y->calls) - (x->calls > y->calls);
  return strcmp (x->uid, y->uid);
}

static int
compare_clients (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(TbHeldClient *const *) a)->client, (*(TbHeldClient *const *) b)->client);
}

/* An estimate is told in whole cents, away from zero: a call that costs something is not missing nothing. */
static gboolean
round_sums (GArray *sums, GError **error)
{
  for (guint i = 0; i < sums->len; i++)
    {
      TbMoney *sum = &g_array_index (sums, TbMoney, i);

      if (!tb_money_round (*sum, TB_ROUND_UP, sum, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
round_all (const TbTriage *triage, GError **error)
{
  for (guint i = 0; i < triage->groups->len; i++)
    if (!round_sums (((TbTriageGroup *) triage->groups->pdata[i])->money, error))
      return FALSE;
  for (guint i = 0; i < triage->clients->len; i++)
    if (!round_sums (((TbHeldClient *) triage->clients->pdata[i])->money, error))
      return FALSE;
  return TRUE;
}

static void
take_groups (Work *work)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, work->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TbTriageBucket *bucket = value;

      if (bucket->group.estimated == 0)
        g_clear_pointer (&bucket->group.basis, g_free);
      g_ptr_array_add (work->result->groups, g_memdup2 (&bucket->group, sizeof bucket->group));
      memset (&bucket->group, 0, sizeof bucket->group);
    }
  g_ptr_array_sort (work->result->groups, compare_groups);
  g_ptr_array_sort (work->result->clients, compare_clients);
}

static guint
wanted_statuses (void)
{
  guint bits = 1u << TB_CALL_BLOCKED;

  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (tb_call_status_is_unrated ((TbCallStatus) i))
      bits |= 1u << i;
  return bits;
}

/* The rating is compiled only when there is something to rate. */
static gboolean
run (Work *work, const TbCallFilter *filter, GError **error)
{
  if (!tb_call_store_foreach (work->store, filter, find_group, work, error))
    return FALSE;
  if (g_hash_table_size (work->buckets) > 0
      && (!choose_repairs (work, error) || !tb_call_store_foreach (work->store, filter, find_money, work, error)))
    return FALSE;
  take_groups (work);
  return round_all (work->result, error);
}

static TbTriage *
triage (TbStore *store, gint64 from, gint64 to, GArray *windows, TbJob *job, GError **error)
{
  const TbCallFilter filter = { .from = from, .to = to, .statuses = wanted_statuses () };
  g_autoptr (TbTriage) result = g_new0 (TbTriage, 1);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);
  g_autoptr (TbZone) zone = NULL;
  Work work = { .store = store, .setup = setup, .windows = windows, .result = result, .job = job };
  gboolean ok;

  result->groups = g_ptr_array_new_with_free_func (tb_triage_group_free);
  result->clients = g_ptr_array_new_with_free_func (held_free);
  if (setup == NULL)
    return NULL;
  zone = tb_zone_new (setup->company != NULL && setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
  if (zone == NULL)
    return NULL;
  work.zone = zone;
  work.decks = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) tb_deck_index_free);
  work.buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, bucket_free);
  work.clients = g_hash_table_new (g_str_hash, g_str_equal);
  work.key = g_string_new (NULL);
  ok = run (&work, &filter, error);
  g_hash_table_unref (work.decks);
  g_hash_table_unref (work.buckets);
  g_hash_table_unref (work.clients);
  g_string_free (work.key, TRUE);
  g_clear_pointer (&work.state, tb_rating_state_free);
  g_clear_pointer (&work.rating, tb_rating_free);
  g_clear_pointer (&work.trial, tb_setup_free);
  return ok ? g_steal_pointer (&result) : NULL;
}

TbTriage *
tb_triage_new (TbStore *store, gint64 from, gint64 to, TbJob *job, GError **error)
{
  return triage (store, from, to, NULL, job, error);
}

TbTriage *
tb_triage_new_for_windows (TbStore *store, GArray *windows, TbJob *job, GError **error)
{
  gint64 from = G_MAXINT64, to = 0;

  for (guint i = 0; i < windows->len; i++)
    {
      from = MIN (from, g_array_index (windows, TbTriageWindow, i).from);
      to = MAX (to, g_array_index (windows, TbTriageWindow, i).to);
    }
  return triage (store, from, to, windows, job, error);
}
