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
try_first_repair (TbTriageWork *work, TbTriageBucket *bucket)
{
  const TbRepair *first = bucket->group.repairs->len > 0 ? bucket->group.repairs->pdata[0] : NULL;
  g_autoptr (GError) error = NULL;
  gboolean made = first != NULL && first->kind != TB_REPAIR_FILTER && tb_repair_is_ready (first) && tb_repair_change (first, work->trial, &error);

  if (bucket->group.basis == NULL)
    bucket->group.basis = basis_of (&bucket->group, made ? first : NULL);
}

static gboolean
compile (TbTriageWork *work, GError **error)
{
  work->rating = tb_rating_new (work->trial, error);
  if (work->rating == NULL)
    return FALSE;
  work->state = tb_rating_state_new (work->rating);
  return TRUE;
}

static gboolean
choose_repairs (TbTriageWork *work, GError **error)
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
take_groups (TbTriageWork *work)
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
run (TbTriageWork *work, const TbCallFilter *filter, GError **error)
{
  if (!tb_call_store_foreach (work->store, filter, tb_triage_find_group, work, error))
    return FALSE;
  if (g_hash_table_size (work->buckets) > 0
      && (!choose_repairs (work, error) || !tb_call_store_foreach (work->store, filter, tb_triage_find_money, work, error)))
    return FALSE;
  take_groups (work);
  return round_all (work->result, error);
}

static GHashTable *
group_windows (GArray *windows)
{
  GHashTable *groups = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < windows->len; i++)
    {
      const TbTriageWindow *window = &g_array_index (windows, TbTriageWindow, i);
      GArray *group = g_hash_table_lookup (groups, GUINT_TO_POINTER (window->service_id));

      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (TbTriageWindow));
          g_hash_table_insert (groups, GUINT_TO_POINTER (window->service_id), group);
        }
      g_array_append_val (group, *window);
    }
  return groups;
}

static TbTriage *
triage (TbStore *store, gint64 from, gint64 to, GHashTable *windows, GHashTable *tenants, TbJob *job, GError **error)
{
  const TbCallFilter filter = { .from = from, .to = to, .tenants = tenants, .statuses = wanted_statuses () };
  g_autoptr (TbTriage) result = g_new0 (TbTriage, 1);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);
  g_autoptr (TbSetupIndex) index = setup != NULL ? tb_setup_index_new (setup) : NULL;
  g_autoptr (TbZone) zone = NULL;
  TbTriageWork work = { .store = store, .setup = setup, .index = index, .windows = windows, .result = result, .job = job };
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
  work.tenants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  work.buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, bucket_free);
  work.clients = g_hash_table_new (g_str_hash, g_str_equal);
  work.key = g_string_new (NULL);
  ok = run (&work, &filter, error);
  g_hash_table_unref (work.decks);
  g_hash_table_unref (work.tenants);
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
  return triage (store, from, to, NULL, NULL, job, error);
}

TbTriage *
tb_triage_new_for_windows (TbStore *store, GArray *windows, GHashTable *tenants, TbJob *job, GError **error)
{
  g_autoptr (GHashTable) groups = group_windows (windows);
  gint64 from = G_MAXINT64, to = 0;

  for (guint i = 0; i < windows->len; i++)
    {
      from = MIN (from, g_array_index (windows, TbTriageWindow, i).from);
      to = MAX (to, g_array_index (windows, TbTriageWindow, i).to);
    }
  return triage (store, from, to, groups, tenants, job, error);
}
