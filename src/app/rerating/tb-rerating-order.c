/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rerating-order.h"

void
tb_rerating_order_free (gpointer data)
{
  TbReratingOrder *self = data;

  g_free (self->client);
  g_free (self->tariff);
  g_free (self->fingerprint);
  g_free (self);
}

gpointer
tb_rerating_order_preview (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbReratingOrder *self = data;

  return tb_rerating_preview (store, &self->scope, self->outcome, job, error);
}

gpointer
tb_rerating_order_apply (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbReratingOrder *self = data;

  return tb_rerating_apply (store, &self->scope, self->outcome, self->fingerprint, job, error);
}
