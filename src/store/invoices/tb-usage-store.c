/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "tb-call-codec.h"
#include "tb-money.h"
#include "tb-rated-call.h"
#include "tb-served-store.h"
#include "tb-usage-private.h"

void
tb_usage_group_free (TbUsageGroup *self)
{
  g_free (self->description);
  g_free (self);
}

gboolean
tb_usage_group_amount (const TbUsageGroup *self, TbCurrency currency, TbAmount *ret, GError **error)
{
  TbMoney charge = { self->charge, currency };

  if (!tb_money_round (charge, TB_ROUND_HALF_UP, &charge, error))
    return FALSE;
  *ret = charge.amount;
  return TRUE;
}

TbServiceUsage *
tb_service_usage_new (guint32 service_id, gint64 from, gint64 to, TbCurrency currency)
{
  TbServiceUsage *self = g_new0 (TbServiceUsage, 1);

  self->service_id = service_id;
  self->from = from;
  self->to = to;
  self->currency = currency;
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_usage_group_free);
  self->by_key = g_hash_table_new (NULL, NULL);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (TbUsageRange));
  return self;
}

void
tb_service_usage_free (TbServiceUsage *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->groups);
  g_array_unref (self->ranges);
  g_free (self);
}

/* ---- adding up ---- */

gboolean
tb_usage_adder_init (TbUsageAdder *self, TbStore *store, GError **error)
{
  g_autoptr (TbStatement) last = tb_db_prepare (tb_store_get_db (store), "SELECT coalesce(max(id), 0) FROM rate", error);

  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->texts = g_ptr_array_new ();
  if (last == NULL || !tb_statement_step (last, NULL, error))
    return FALSE;
  self->last_rate = tb_statement_int (last, 0);
  self->descriptions = g_new0 (guint32, self->last_rate + 1);
  self->description = tb_db_prepare (tb_store_get_db (store), "SELECT description FROM rate WHERE id = $1", error);
  return self->description != NULL;
}

void
tb_usage_adder_clear (TbUsageAdder *self)
{
  g_free (self->descriptions);
  g_ptr_array_unref (self->texts);
  g_hash_table_unref (self->numbers);
  tb_statement_free (self->description);
}

static guint
number_of (TbUsageAdder *self, const char *text)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, text));
  char *own;

  if (number > 0)
    return number;
  own = g_strdup (text);
  g_ptr_array_add (self->texts, own);
  g_hash_table_insert (self->numbers, own, GUINT_TO_POINTER (self->texts->len));
  return self->texts->len;
}

/* Many rates share a description; a call's group is found by its number, so that texts are compared once a rate and not once a call. */
static guint
describe (TbUsageAdder *self, guint32 rate)
{
  gboolean has_row = FALSE;

  if (rate > self->last_rate)
    return number_of (self, "");
  if (self->descriptions[rate] > 0)
    return self->descriptions[rate];
  tb_statement_bind_int (self->description, 1, rate);
  if (!tb_statement_step (self->description, &has_row, NULL))
    has_row = FALSE;
  self->descriptions[rate] = number_of (self, has_row ? tb_statement_text (self->description, 0) : "");
  tb_statement_reset (self->description);
  return self->descriptions[rate];
}

static TbUsageGroup *
group_of (TbUsageAdder *self, TbServiceUsage *usage, guint32 rate, gboolean inbound, gboolean included, gboolean late)
{
  guint number = included ? number_of (self, "") : describe (self, rate);
  gpointer key = GSIZE_TO_POINTER ((gsize) number << 3 | (gsize) inbound << 2 | (gsize) included << 1 | (gsize) late);
  TbUsageGroup *group = g_hash_table_lookup (usage->by_key, key);

  if (group != NULL)
    return group;
  group = g_new0 (TbUsageGroup, 1);
  group->description = g_strdup (self->texts->pdata[number - 1]);
  group->inbound = inbound;
  group->included = included;
  group->late = late;
  g_ptr_array_add (usage->groups, group);
  g_hash_table_insert (usage->by_key, key, group);
  return group;
}

static void
note_range (TbServiceUsage *usage, gint64 id)
{
  guint32 tenant = tb_call_id_tenant (id);
  TbUsageRange fresh = { tenant, id, id };

  if (usage->ranges->len > 0)
    {
      TbUsageRange *last = &g_array_index (usage->ranges, TbUsageRange, usage->ranges->len - 1);

      if (last->tenant_id == tenant)
        {
          last->last = id;
          return;
        }
    }
  g_array_append_val (usage->ranges, fresh);
}

void
tb_usage_call_read (TbUsageCall *self, TbStatement *row)
{
  self->id = tb_statement_int (row, 0);
  self->status = (TbCallStatus) tb_statement_int (row, 1);
  self->service = (guint32) tb_statement_int (row, 2);
  self->rate = (guint32) tb_statement_int (row, 3);
  self->source = (TbRateSource) tb_statement_int (row, 4);
  self->billed = tb_statement_int (row, 5);
  self->free = tb_statement_int (row, 6);
  self->charge = tb_statement_int (row, 7);
  self->terms = (guint32) tb_statement_int (row, 8);
}

gboolean
tb_usage_adder_add (TbUsageAdder *self, TbServiceUsage *usage, const TbUsageCall *call, GError **error)
{
  TbUsageGroup *group = group_of (self, usage, call->rate, call->source == TB_RATE_SOURCE_INBOUND, call->status == TB_CALL_INCLUDED,
                                  tb_call_id_start (call->id) < usage->from);

  group->calls++;
  group->billed += call->billed;
  group->free += call->free;
  note_range (usage, call->id);
  return tb_amount_add (group->charge, call->charge, &group->charge, error);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const TbUsageGroup *x = *(const TbUsageGroup *const *) a, *y = *(const TbUsageGroup *const *) b;

  if (x->late != y->late)
    return x->late - y->late;
  if (x->included != y->included)
    return x->included - y->included;
  if (x->inbound != y->inbound)
    return x->inbound - y->inbound;
  return strcmp (x->description, y->description);
}

void
tb_service_usage_sort (TbServiceUsage *self)
{
  g_ptr_array_sort (self->groups, compare_groups);
}

/* ---- one pass over all that is not billed ---- */

typedef struct
{
  GHashTable *usages; /* service id → GPtrArray of TbServiceUsage */
  GHashTable *currencies; /* terms id → TbCurrency */
  guint32 service, terms; /* those of the call before, and what was found for them */
  GPtrArray *windows;
  TbCurrency of_terms;
  TbStatement *currency;
  TbUsageAdder adder;
} Pass;

static TbCurrency
find_currency (Pass *pass, guint32 terms)
{
  gpointer known;
  gboolean has_row = FALSE;

  if (!g_hash_table_lookup_extended (pass->currencies, GUINT_TO_POINTER (terms), NULL, &known))
    {
      tb_statement_bind_int (pass->currency, 1, terms);
      known = GUINT_TO_POINTER (tb_statement_step (pass->currency, &has_row, NULL) && has_row ? (guint32) tb_statement_int (pass->currency, 0) : 0);
      tb_statement_reset (pass->currency);
      g_hash_table_insert (pass->currencies, GUINT_TO_POINTER (terms), known);
    }
  return GPOINTER_TO_UINT (known);
}

/* A call without terms has no charge, in any currency. */
static gboolean
is_foreign (Pass *pass, const TbServiceUsage *usage, guint32 terms)
{
  if (terms == 0 || usage->currency == TB_CURRENCY_NONE)
    return FALSE;
  if (terms != pass->terms)
    {
      pass->terms = terms;
      pass->of_terms = find_currency (pass, terms);
    }
  return pass->of_terms != usage->currency;
}

/* The window a call falls in; an older one goes to the earliest. */
static TbServiceUsage *
window_of (GPtrArray *windows, gint64 start)
{
  for (guint i = 0; i < windows->len; i++)
    {
      TbServiceUsage *usage = windows->pdata[i];

      if (start < usage->to)
        return i == 0 || start >= usage->from ? usage : NULL;
    }
  return NULL;
}

/* Calls of one service mostly follow each other. */
static GPtrArray *
windows_of_service (Pass *pass, guint32 service)
{
  if (service != pass->service || pass->windows == NULL)
    {
      pass->service = service;
      pass->windows = g_hash_table_lookup (pass->usages, GUINT_TO_POINTER (service));
    }
  return pass->windows;
}

static gboolean
take_call (Pass *pass, const TbUsageCall *call, GError **error)
{
  GPtrArray *windows = windows_of_service (pass, call->service);
  gint64 start = tb_call_id_start (call->id);
  TbServiceUsage *usage = windows == NULL ? NULL : window_of (windows, start);

  if (usage == NULL)
    return TRUE;
  if (!usage->take_late && start < usage->from)
    {
      usage->older += call->status == TB_CALL_RATED;
      return TRUE;
    }
  if (call->status == TB_CALL_RATED || call->status == TB_CALL_INCLUDED || call->status == TB_CALL_GRACE)
    {
      if (!is_foreign (pass, usage, call->terms))
        return tb_usage_adder_add (&pass->adder, usage, call, error);
      usage->foreign++;
      return TRUE;
    }
  usage->missing += tb_call_status_is_unrated (call->status);
  return TRUE;
}

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const TbServiceUsage *x = *(const TbServiceUsage *const *) a, *y = *(const TbServiceUsage *const *) b;

  return x->from < y->from ? -1 : x->from > y->from;
}

static gboolean
pass_init (Pass *pass, TbStore *store, GPtrArray *usages, gint64 *ret_to, GError **error)
{
  gint64 to = 0;

  pass->usages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  pass->currencies = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < usages->len; i++)
    {
      TbServiceUsage *usage = usages->pdata[i];
      GPtrArray *windows = g_hash_table_lookup (pass->usages, GUINT_TO_POINTER (usage->service_id));

      if (windows == NULL)
        {
          windows = g_ptr_array_new ();
          g_hash_table_insert (pass->usages, GUINT_TO_POINTER (usage->service_id), windows);
        }
      g_ptr_array_add (windows, usage);
      g_ptr_array_sort (windows, compare_windows);
      to = MAX (to, usage->to);
    }
  *ret_to = to;
  pass->currency = tb_db_prepare (tb_store_get_db (store), "SELECT currency FROM terms WHERE id = $1", error);
  return pass->currency != NULL && tb_usage_adder_init (&pass->adder, store, error);
}

static void
pass_clear (Pass *pass)
{
  g_hash_table_unref (pass->usages);
  g_hash_table_unref (pass->currencies);
  tb_statement_free (pass->currency);
  if (pass->adder.numbers != NULL)
    tb_usage_adder_clear (&pass->adder);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint x = GPOINTER_TO_UINT (a), y = GPOINTER_TO_UINT (b);

  return x < y ? -1 : x > y;
}

/* In the order of their calls; only those where one of the services has any. */
static gboolean
list_tenants (Pass *pass, TbStore *store, GList **ret, GError **error)
{
  g_autoptr (GHashTable) tenants = tb_served_store_list_by_services (store, pass->usages, error);

  if (tenants == NULL)
    return FALSE;
  *ret = g_list_sort (g_hash_table_get_keys (tenants), compare_ids);
  return TRUE;
}

/* What was suppressed and the like is neither billed nor missing, and is half of all calls: the engine passes over it. */
#define SUM_SQL                                                                                                                                \
  "SELECT " TB_USAGE_COLUMNS " FROM rated WHERE id >= $1 AND id < $2 AND (status <= 3 OR status >= 9) AND (invoice IS NULL "                    \
  "OR invoice IN (SELECT id FROM invoice WHERE state = 0 AND year = $3 AND month = $4)) ORDER BY id"

static gboolean
sum_tenant (Pass *pass, TbStatement *row, guint32 tenant, gint64 to, GError **error)
{
  TbUsageCall call;
  gboolean has_row;

  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, tb_call_id_base (tenant, 0));
  tb_statement_bind_int (row, 2, tb_call_id_base (tenant, CLAMP (to, 0, G_MAXUINT32)));
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      tb_usage_call_read (&call, row);
      if (!take_call (pass, &call, error))
        return FALSE;
    }
  return FALSE;
}

gboolean
tb_usage_store_sum (TbStore *store, GPtrArray *usages, int year, int month, TbJob *job, GError **error)
{
  Pass pass = { 0 };
  gint64 to = 0;
  gboolean ok = pass_init (&pass, store, usages, &to, error);
  g_autoptr (GList) tenants = NULL;
  g_autoptr (TbStatement) row = ok && list_tenants (&pass, store, &tenants, error) ? tb_db_prepare (tb_store_get_db (store), SUM_SQL, error) : NULL;
  guint n = g_list_length (tenants), done = 0;

  ok = row != NULL;
  if (ok)
    {
      tb_statement_bind_int (row, 3, year);
      tb_statement_bind_int (row, 4, month);
    }
  for (const GList *at = tenants; ok && at != NULL; at = at->next)
    {
      ok = !tb_job_is_cancelled (job, error) && sum_tenant (&pass, row, GPOINTER_TO_UINT (at->data), to, error);
      tb_job_report (job, (double) ++done / n, NULL);
    }
  for (guint i = 0; ok && i < usages->len; i++)
    tb_service_usage_sort (usages->pdata[i]);
  pass_clear (&pass);
  return ok;
}
