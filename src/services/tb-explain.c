/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-run.h"
#include "tb-tariff-store.h"

static TbCallExplanation *
explain_row (TbStore *store, TbCallRow *row, GError **error)
{
  g_autoptr (TbCallExplanation) self = g_new0 (TbCallExplanation, 1);

  self->row = row;
  if (row->rated.rate_id != 0)
    {
      self->rate = tb_rate_store_get (store, row->rated.rate_id, &self->rate_owner, error);
      if (self->rate == NULL)
        return NULL;
    }
  if (row->rated.terms != 0)
    {
      self->terms = tb_rating_terms_store_get (store, row->rated.terms, error);
      if (self->terms == NULL)
        return NULL;
    }
  self->explanation = tb_explanation_new (&row->call, &row->rated, self->rate, self->terms, row->service, row->package, error);
  return self->explanation != NULL ? g_steal_pointer (&self) : NULL;
}

TbCallExplanation *
tb_explain_call (TbStore *store, gint64 call_id, GError **error)
{
  TbCallRow *row = tb_call_store_get (store, call_id, error);

  return row != NULL ? explain_row (store, row, error) : NULL;
}

TbCallExplanation *
tb_explain_uid (TbStore *store, const char *uid, GError **error)
{
  TbCallRow *row = tb_call_store_find (store, uid, error);

  return row != NULL ? explain_row (store, row, error) : NULL;
}

void
tb_call_explanation_free (TbCallExplanation *self)
{
  if (self == NULL)
    return;
  tb_call_row_free (self->row);
  tb_rate_free (self->rate);
  g_free (self->rate_owner);
  g_free (self->terms);
  if (self->explanation != NULL)
    tb_explanation_free (self->explanation);
  g_free (self);
}
