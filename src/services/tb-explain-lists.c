/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-explain-private.h"
#include "tb-rate-history.h"

/* One list as it is about to be asked. */
typedef struct
{
  TbRateSource source;
  TbRateListKind kind;
  const char *owner;
  TbZone *zone;
  gboolean exact;
  guint32 wanted;        /* id of the rate that it gave; 0 = none */
  const TbRate *longest; /* custom_match “longest”: also one with a shorter prefix than this may have been passed over */
  gboolean indifferent;  /* what it has played no part */
} Question;

typedef struct
{
  const Question *question;
  const char *digits;
  gint64 when;
  GPtrArray *pasts; /* of TbRatePast */
} Search;

/* ---- which version ---- */

static GPtrArray *
rates_of (const Search *self, guint32 version)
{
  GPtrArray *rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);

  for (guint i = 0; i < self->pasts->len; i++)
    {
      const TbRatePast *past = self->pasts->pdata[i];

      if (past->since <= version && version < past->until)
        g_ptr_array_add (rates, tb_rate_copy (past->rate));
    }
  return rates;
}

static gboolean
accepts (const Question *question, const TbRate *chosen)
{
  if (question->indifferent)
    return TRUE;
  if (question->wanted != 0)
    return chosen != NULL && chosen->id == question->wanted;
  return chosen == NULL || (question->longest != NULL && strlen (chosen->prefix) < strlen (question->longest->prefix));
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x < y) - (x > y);
}

/* The last versions of each stretch in which the rows for this number stayed the same. */
static GArray *
list_versions (const Search *self, guint32 newest)
{
  GArray *versions = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_array_append_val (versions, newest);
  for (guint i = 0; i < self->pasts->len; i++)
    {
      const TbRatePast *past = self->pasts->pdata[i];
      const guint32 ends[] = { past->since - 1, past->until != G_MAXUINT32 ? past->until - 1 : newest };

      for (guint k = 0; k < G_N_ELEMENTS (ends); k++)
        if (ends[k] > 0 && ends[k] < newest)
          g_array_append_val (versions, ends[k]);
    }
  g_array_sort (versions, newest_first);
  return versions;
}

/* The newest version that gives what the call got, else the newest. */
static void
find_version (const Search *self, guint32 newest, TbTriedList *list, gboolean *ret_fits)
{
  g_autoptr (GArray) versions = list_versions (self, newest);

  *ret_fits = FALSE;
  for (guint i = 0; i <= versions->len && !*ret_fits; i++)
    {
      list->version = i < versions->len ? g_array_index (versions, guint32, i) : newest;
      g_clear_pointer (&list->rates, g_ptr_array_unref);
      g_clear_pointer (&list->tried, g_array_unref);
      list->rates = rates_of (self, list->version);
      list->tried = tb_rate_trace (list->rates, self->question->zone, self->digits, self->when, self->question->exact);
      *ret_fits = accepts (self->question, tb_rate_trace_get_chosen (list->tried));
    }
}

/* ---- one list ---- */

static TbListOutcome
outcome_of (const Question *question, const TbTriedList *list, gboolean fits)
{
  if (question->wanted != 0 && fits)
    return TB_LIST_WON;
  if (list->version == 0)
    return TB_LIST_EMPTY;
  if (question->indifferent)
    return TB_LIST_TOO_LATE;
  if (!fits)
    return TB_LIST_CHANGED;
  return tb_rate_trace_get_chosen (list->tried) != NULL ? TB_LIST_SHORTER : TB_LIST_NO_RATE;
}

static TbTriedList *
ask_list (TbStore *store, const Question *question, const char *digits, gint64 when, GError **error)
{
  g_autoptr (TbTriedList) list = g_new0 (TbTriedList, 1);
  g_autoptr (GPtrArray) pasts = NULL;
  Search search = { question, digits, when, NULL };
  guint32 newest = 0;
  gint64 id = 0;
  gboolean fits;

  list->source = question->source;
  list->owner = g_strdup (question->owner);
  list->version_time = TB_TIME_NONE;
  if (!tb_rate_list_find (store, question->kind, question->owner, FALSE, &id, error) || !tb_rate_list_get_newest (store, id, &newest, error))
    return NULL;
  search.pasts = pasts = tb_rate_past_list (store, id, digits, error);
  if (pasts == NULL)
    return NULL;
  find_version (&search, newest, list, &fits);
  if (!tb_rate_list_get_version (store, id, list->version, &list->version_time, &list->file, error))
    return NULL;
  list->outcome = outcome_of (question, list, fits);
  return g_steal_pointer (&list);
}

/* ---- all of them ---- */

static TbZone *
zone_of_tariff (const TbSetup *setup, const char *name, TbZone *otherwise)
{
  const TbTariff *tariff = name != NULL ? tb_setup_find_tariff (setup, name) : NULL;
  TbZone *zone = tariff != NULL && tariff->time_zone != NULL ? tb_zone_new (tariff->time_zone, NULL) : NULL;

  return zone != NULL ? zone : tariff != NULL && tariff->time_zone == NULL ? tb_zone_new_utc () : tb_zone_ref (otherwise);
}

static gboolean
add_list (TbStore *store, TbCallExplanation *self, Question question, GError **error)
{
  const TbRatedCall *rated = &self->row->rated;
  TbTriedList *list;

  if (question.owner == NULL)
    return TRUE;
  question.wanted = rated->source == question.source ? rated->rate_id : 0;
  /* The order of asking is that of the sources' numbers. A call without a rate was refused by all. */
  question.indifferent = rated->rate_id != 0 && question.source > rated->source;
  list = ask_list (store, &question, rated->number, self->row->call.start, error);
  if (list == NULL)
    return FALSE;
  g_ptr_array_add (self->facts.lists, list);
  return TRUE;
}

/* Name of the tariff that the rate is of: the package may have another one by now. */
static char *
dup_tariff (TbStore *store, const TbCallExplanation *self, const TbPackage *package)
{
  TbRateListKind kind;
  char *owner = NULL;
  guint32 since;
  gint64 list;

  if (self->row->rated.source == TB_RATE_SOURCE_TARIFF
      && tb_rate_past_find (store, self->row->rated.rate_id, &list, &kind, &owner, &since, NULL))
    return owner;
  return package != NULL ? g_strdup (package->tariff) : NULL;
}

static gboolean
add_sale_lists (TbStore *store, TbCallExplanation *self, const TbPackage *package, GError **error)
{
  g_autofree char *tariff = dup_tariff (store, self, package);
  g_autoptr (TbZone) zone = zone_of_tariff (self->setup, tariff, self->zone);
  const char *name = package != NULL ? package->name : NULL;
  TbCustomMatch match = package != NULL ? package->custom_match : TB_CUSTOM_MATCH_PRIORITY;
  const Question questions[] = {
    { TB_RATE_SOURCE_CLIENT, TB_RATE_LIST_CLIENT, self->row->client, self->zone },
    { TB_RATE_SOURCE_CUSTOM, TB_RATE_LIST_CUSTOM, name, self->zone, match == TB_CUSTOM_MATCH_EXACT, 0,
      match == TB_CUSTOM_MATCH_LONGEST ? self->rate : NULL },
    { TB_RATE_SOURCE_FLAT, TB_RATE_LIST_FLAT, name, self->zone },
    { TB_RATE_SOURCE_TARIFF, TB_RATE_LIST_TARIFF, tariff, zone },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (!add_list (store, self, questions[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_cost_list (TbStore *store, TbCallExplanation *self, GError **error)
{
  g_autofree char *owner = NULL;
  g_autoptr (TbZone) zone = NULL;
  const TbTariff *tariff;
  Question question = { TB_RATE_SOURCE_TARIFF, TB_RATE_LIST_TARIFF, .wanted = self->row->rated.cost_rate_id };
  TbRateListKind kind;
  guint32 since;
  gint64 list;

  if (self->cost_rate == NULL || *self->row->rated.number == '\0')
    return TRUE;
  if (!tb_rate_past_find (store, question.wanted, &list, &kind, &owner, &since, error))
    return FALSE;
  question.owner = owner;
  question.zone = zone = zone_of_tariff (self->setup, owner, self->zone);
  tariff = tb_setup_find_tariff (self->setup, owner);
  if (tariff != NULL && tariff->band == TB_BAND_SPLIT)
    self->facts.cost_zone = tb_zone_ref (zone);
  self->facts.cost_list = ask_list (store, &question, self->row->rated.number, self->row->call.start, error);
  return self->facts.cost_list != NULL;
}

static gboolean
find_origin (TbStore *store, const TbRate *rate, TbRateOrigin *ret, GError **error)
{
  g_autofree char *owner = NULL;
  TbRateListKind kind;
  gint64 list;

  if (rate == NULL)
    return TRUE;
  return tb_rate_past_find (store, rate->id, &list, &kind, &owner, &ret->version, error)
         && tb_rate_list_get_version (store, list, ret->version, &ret->time, &ret->file, error);
}

/* Only calls that came as far as their rate have asked for it. */
static gboolean
came_to_rates (const TbRatedCall *rated)
{
  return *rated->number != '\0' && rated->source != TB_RATE_SOURCE_INBOUND && (rated->rate_id != 0 || rated->status == TB_CALL_NO_RATE);
}

gboolean
tb_explain_lists (TbStore *store, TbCallExplanation *self, const TbPackage *package, GError **error)
{
  self->facts.lists = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_tried_list_free);
  self->facts.origin.time = self->facts.cost_origin.time = TB_TIME_NONE;
  return find_origin (store, self->rate, &self->facts.origin, error) && find_origin (store, self->cost_rate, &self->facts.cost_origin, error)
         && (!came_to_rates (&self->row->rated) || add_sale_lists (store, self, package, error)) && add_cost_list (store, self, error);
}
