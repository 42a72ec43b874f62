/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-comparison.h"

#include "tb-rating-comparer.h"
#include "tb-setup-store.h"
#include "tb-what-if.h"

static gboolean
visit (const TbRatingVisit *visit, gpointer data, GError **error)
{
  return (!visit->asked && !tb_rating_visit_is_changed (visit)) || tb_rating_comparer_add (data, visit, error);
}

TbRatingComparison *
tb_rating_compare (TbStore *store, const TbRatingScope *scope, const TbWhatIf *what_if, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_TO_RATE, error);
  g_autoptr (GHashTable) services = NULL;
  gboolean known = setup != NULL && tb_rating_scope_list_services (scope, setup, &services, error);
  g_autoptr (TbRating) rating = known && tb_what_if_apply (setup, services, what_if, error) ? tb_rating_new (setup, error) : NULL;
  g_autoptr (TbRatingComparer) comparer = rating != NULL ? tb_rating_comparer_new (setup) : NULL;
  const TbRatingVisitor visitor = { .visit = visit, .data = comparer, .invoiced = TRUE };
  TbRatingScope all = *scope;

  all.again = TRUE;
  if (comparer == NULL || !tb_rating_pass_run (store, setup, rating, &all, services, &visitor, job, error))
    return NULL;
  return tb_rating_comparer_finish (comparer, error);
}
