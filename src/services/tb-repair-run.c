/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-run.h"
#include "tb-setup-store.h"
#include "tb-triage-private.h"

void
tb_repair_result_free (TbRepairResult *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->money);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_missing (TbCallStatus status)
{
  return tb_call_status_is_unrated (status) || status == TB_CALL_BLOCKED;
}

static gboolean
is_priced (TbCallStatus status)
{
  return status == TB_CALL_RATED || status == TB_CALL_INCLUDED || status == TB_CALL_GRACE;
}

static gboolean
visit (const TbRatingVisit *visit, gpointer data, GError **error)
{
  TbRepairResult *result = data;
  const TbRatedCall *before = visit->before, *after = visit->after;

  if (!visit->asked)
    {
      result->others += before->status != after->status || before->service_id != after->service_id || before->rate_id != after->rate_id;
      return TRUE;
    }
  if (is_missing (after->status))
    {
      result->remaining++;
      return TRUE;
    }
  result->calls++;
  if (!is_priced (after->status))
    return TRUE;
  result->priced++;
  return tb_money_add_to (result->money, (TbMoney){ after->charge, after->currency }, error);
}

static TbRatingScope
scope_of (gint64 from, gint64 to)
{
  return (TbRatingScope){ .from = from, .to = to, .missing = TRUE };
}

static TbRepairResult *
foresee (TbStore *store, TbSetup *setup, gint64 from, gint64 to, TbJob *job, GError **error)
{
  const TbRatingScope scope = scope_of (from, to);
  g_autoptr (TbRating) rating = NULL;
  g_autoptr (TbRepairResult) result = g_new0 (TbRepairResult, 1);
  const TbRatingVisitor visitor = { .visit = visit, .data = result };

  result->money = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  tb_triage_number_new (setup);
  rating = tb_rating_new (setup, error);
  return rating != NULL && tb_rating_pass_run (store, setup, rating, &scope, NULL, &visitor, job, error) ? g_steal_pointer (&result) : NULL;
}

static gboolean
change_all (GPtrArray *repairs, TbSetup *setup, GError **error)
{
  for (guint i = 0; i < repairs->len; i++)
    if (!tb_repair_change (repairs->pdata[i], setup, error))
      return FALSE;
  return TRUE;
}

TbRepairResult *
tb_repairs_preview (TbStore *store, GPtrArray *repairs, gint64 from, gint64 to, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);

  if (setup == NULL || !change_all (repairs, setup, error) || !tb_setup_validate (setup, error))
    return NULL;
  return foresee (store, setup, from, to, job, error);
}

/* What each of them touches, as all of them left it. */
static gboolean
write_all (TbStore *store, GPtrArray *repairs, const TbSetup *setup, GPtrArray **ret_changes, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < repairs->len; i++)
    {
      g_autoptr (TbSetup) part = tb_repair_extract (repairs->pdata[i], setup);
      GPtrArray *lines = NULL;

      if (!tb_setup_store_apply (store, part, FALSE, &lines, job, error))
        return FALSE;
      g_ptr_array_extend_and_steal (changes, lines);
    }
  *ret_changes = g_steal_pointer (&changes);
  return TRUE;
}

/* What will be said is foretold by the set-up that is then written, under the same lock. */
static TbRepairResult *
apply (TbStore *store, GPtrArray *repairs, gint64 from, gint64 to, TbJob *job, GError **error)
{
  const TbRatingScope scope = scope_of (from, to);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);
  g_autoptr (TbRepairResult) result = NULL;
  TbRatingCounts counts;

  if (setup == NULL || !change_all (repairs, setup, error))
    return NULL;
  result = foresee (store, setup, from, to, job, error);
  if (result == NULL || !write_all (store, repairs, setup, &result->changes, job, error)
      || !tb_rating_run_scope (store, &scope, &counts, job, error))
    return NULL;
  tb_rating_counts_clear (&counts);
  return g_steal_pointer (&result);
}

TbRepairResult *
tb_repairs_apply (TbStore *store, GPtrArray *repairs, gint64 from, gint64 to, TbJob *job, GError **error)
{
  g_autoptr (TbRepairResult) result = NULL;
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return NULL;
  result = apply (store, repairs, from, to, job, error);
  return tb_store_leave (store, own, result != NULL, error) ? g_steal_pointer (&result) : NULL;
}

/* ---- one alone ---- */

static GPtrArray *
only (const TbRepair *repair)
{
  GPtrArray *repairs = g_ptr_array_new ();

  g_ptr_array_add (repairs, (gpointer) repair);
  return repairs;
}

TbRepairResult *
tb_repair_preview (TbStore *store, const TbRepair *repair, gint64 from, gint64 to, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) repairs = only (repair);

  return tb_repairs_preview (store, repairs, from, to, job, error);
}

TbRepairResult *
tb_repair_apply (TbStore *store, const TbRepair *repair, gint64 from, gint64 to, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) repairs = only (repair);

  return tb_repairs_apply (store, repairs, from, to, job, error);
}
