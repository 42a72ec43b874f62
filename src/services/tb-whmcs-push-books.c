/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-push-private.h"

typedef struct
{
  TbPushBooksFunc func;
  gpointer data;
  GAsyncResult *result;
} Order;

static gpointer
run_order (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Order *order = data;

  return order->func (store, order->data, error) ? order : NULL;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Order *) data)->result = g_object_ref (result);
}

gboolean
tb_push_in_books (const TbPushTerms *terms, TbPushBooksFunc func, gpointer data, GError **error)
{
  g_autoptr (GMainContext) context = NULL;
  Order order = { func, data, NULL };
  gboolean ok;

  if (terms->session == NULL)
    return func (terms->store, data, error);
  context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  tb_session_run_async (terms->session, NULL, FALSE, run_order, &order, NULL, NULL, done_cb, &order);
  while (order.result == NULL)
    g_main_context_iteration (context, TRUE);
  ok = tb_session_run_finish (terms->session, order.result, error) != NULL;
  g_object_unref (order.result);
  g_main_context_pop_thread_default (context);
  return ok;
}
