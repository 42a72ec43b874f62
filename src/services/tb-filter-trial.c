/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-filter-trial.h"

#include "tb-call-codec.h"
#include "tb-rating-pass.h"
#include "tb-setup-store.h"
#include "tb-triage-private.h"

#define EXAMPLES 5

void
tb_filter_trial_free (TbFilterTrial *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->money);
  g_strfreev (self->examples);
  g_free (self);
}

typedef struct
{
  TbFilterTrial *trial;
  const TbFilter *filter;
  GHashTable *tenants;   /* ids of the connection's */
  GPtrArray *examples;   /* of char * */
} Trial;

static gboolean
list_tenants (Trial *self, TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);

  for (guint i = 0; tenants != NULL && i < tenants->len; i++)
    {
      const TbTenant *tenant = tenants->pdata[i];

      if (self->filter->connection == NULL || g_strcmp0 (tenant->connection, self->filter->connection) == 0)
        g_hash_table_add (self->tenants, GUINT_TO_POINTER (tenant->id));
    }
  return tenants != NULL;
}

static gboolean
visit (const TbRatingVisit *visit, gpointer data, GError **error)
{
  Trial *self = data;
  TbCallStatus wanted = self->filter->action == TB_FILTER_SUPPRESS ? TB_CALL_SUPPRESSED : TB_CALL_EXCLUDED;
  const TbRatedCall *before = visit->before;
  const char *number = self->filter->match == TB_FILTER_ON_SOURCE ? visit->call->caller : visit->call->callee;

  if (!visit->asked || !g_hash_table_contains (self->tenants, GUINT_TO_POINTER (tb_call_id_tenant (visit->call->id))))
    return TRUE;
  self->trial->calls++;
  if (visit->after->status != wanted || before->status == wanted)
    return TRUE;
  self->trial->hit++;
  if (self->examples->len < EXAMPLES && !g_ptr_array_find_with_equal_func (self->examples, number, g_str_equal, NULL))
    g_ptr_array_add (self->examples, g_strdup (number));
  if (before->currency == TB_CURRENCY_NONE || before->charge == 0)
    return TRUE;
  self->trial->billed++;
  return tb_money_add_to (self->trial->money, (TbMoney){ before->charge, before->currency }, error);
}

TbFilterTrial *
tb_filter_trial_run (TbStore *store, const TbFilter *filter, gint64 from, TbJob *job, GError **error)
{
  const TbRatingScope scope = { .from = from, .again = TRUE };
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);
  g_autoptr (TbPattern) pattern = setup != NULL ? tb_pattern_new (filter->pattern, error) : NULL;
  g_autoptr (TbRating) rating = NULL;
  g_autoptr (TbFilterTrial) result = g_new0 (TbFilterTrial, 1);
  g_autoptr (GHashTable) tenants = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) examples = g_ptr_array_new_with_free_func (g_free);
  Trial self = { result, filter, tenants, examples };
  const TbRatingVisitor visitor = { .visit = visit, .data = &self };

  result->money = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  if (pattern == NULL || !list_tenants (&self, store, error))
    return NULL;
  g_ptr_array_add (setup->filters, tb_filter_copy (filter));
  rating = tb_rating_new (setup, error);
  if (rating == NULL || !tb_rating_pass_run (store, setup, rating, &scope, NULL, &visitor, job, error))
    return NULL;
  g_ptr_array_add (examples, NULL);
  result->examples = (char **) g_ptr_array_steal (examples, NULL);
  return g_steal_pointer (&result);
}
