/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-query.h"

#include <glib/gi18n.h>

#include "tb-explain.h"
#include "tb-format.h"

/* Between the reader's thread and the page, which may be gone before what was found arrives. */
typedef struct
{
  gatomicrefcount references;
  TbCallSearch *search; /* main thread; NULL = nobody listens any more */
} Channel;

struct _TbCallSearch
{
  TbPage *page;
  TbCallBatchFunc func;
  TbCallFoundFunc found;
  Channel *channel;
  GCancellable *slot;
  guint generation;
  gint64 total; /* −1 = not known */
};

typedef struct
{
  Channel *channel;
  guint generation;
  TbCallWhere *where;
  TbCallOrder order;
  gboolean descending, count;
  gboolean told;
} Query;

typedef struct
{
  Channel *channel;
  guint generation;
  TbCallBatch batch;
} Delivery;

static Channel *
channel_ref (Channel *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
channel_unref (Channel *self)
{
  if (g_atomic_ref_count_dec (&self->references))
    g_free (self);
}

/* ---- on the reader's thread ---- */

static gboolean
deliver (gpointer data)
{
  const Delivery *delivery = data;
  TbCallSearch *search = delivery->channel->search;

  if (search != NULL && search->generation == delivery->generation)
    search->func (search->page, &delivery->batch);
  return G_SOURCE_REMOVE;
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  channel_unref (delivery->channel);
  g_array_unref (delivery->batch.ids);
  tb_call_sums_clear (&delivery->batch.sums);
  g_free (delivery);
}

static gboolean
found (const TbCallsFound *some, gpointer data, GError **error)
{
  Query *query = data;
  Delivery *delivery = g_new (Delivery, 1);

  *delivery = (Delivery){ channel_ref (query->channel), query->generation };
  delivery->batch = (TbCallBatch){ g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) some->n), *some->sums, some->fraction, !query->told };
  g_array_append_vals (delivery->batch.ids, some->ids, (guint) some->n);
  delivery->batch.sums.charges = g_array_copy (some->sums->charges);
  delivery->batch.sums.costs = g_array_copy (some->sums->costs);
  query->told = TRUE;
  /* Always by a source: g_main_context_invoke would deliver it on this thread while nobody else runs the main context. */
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver, delivery, delivery_free);
  return TRUE;
}

static gpointer
run (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Query *query = data;
  const TbCallFilter filter = { .where = query->where };
  gint64 *total = g_new0 (gint64, 1);
  guint64 n = 0;

  *total = -1;
  if (tb_call_store_find_all (store, &filter, query->order, query->descending, found, query, error)
      && (!query->count || tb_call_store_count (store, &n, error)))
    {
      *total = query->count ? (gint64) n : -1;
      return total;
    }
  g_free (total);
  return NULL;
}

static void
query_free (gpointer data)
{
  Query *query = data;

  channel_unref (query->channel);
  tb_call_where_free (query->where);
  g_free (query);
}

/* ---- on the main thread ---- */

TbCallSearch *
tb_call_search_new (TbPage *page, TbCallBatchFunc func, TbCallFoundFunc found_all)
{
  TbCallSearch *self = g_new0 (TbCallSearch, 1);

  self->page = page;
  self->func = func;
  self->found = found_all;
  self->channel = g_new0 (Channel, 1);
  g_atomic_ref_count_init (&self->channel->references);
  self->channel->search = self;
  self->total = -1;
  return self;
}

void
tb_call_search_free (TbCallSearch *self)
{
  if (self == NULL)
    return;
  tb_call_search_stop (self);
  self->channel->search = NULL;
  channel_unref (self->channel);
  g_free (self);
}

static void
show_total (TbPage *page, gpointer result, gpointer data)
{
  Channel *channel = data;
  gint64 *total = result;

  if (channel->search != NULL)
    {
      if (total != NULL && *total >= 0)
        channel->search->total = *total;
      channel->search->found (page, (guint64) channel->search->total);
    }
  g_free (total);
}

void
tb_call_search_run (TbCallSearch *self, const TbCallWhere *where, TbCallOrder order, gboolean descending)
{
  Query *query = g_new (Query, 1);

  self->generation++;
  *query = (Query){ channel_ref (self->channel), self->generation, where != NULL ? tb_call_where_copy (where) : NULL, order, descending, self->total < 0 };
  tb_page_read_aside (self->page, &self->slot, run, query, query_free, g_free, show_total, channel_ref (self->channel), (GDestroyNotify) channel_unref);
}

void
tb_call_search_stop (TbCallSearch *self)
{
  self->generation++;
  if (self->slot != NULL)
    g_cancellable_cancel (self->slot);
  g_clear_object (&self->slot);
}

void
tb_call_search_forget (TbCallSearch *self)
{
  self->total = -1;
}

/* ---- more ---- */

gpointer
tb_call_query_explain (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_explain_call (store, *(gint64 *) data, error);
}

static void
append_margin (GString *text, const TbCallSums *sums)
{
  g_autofree char *margin = NULL;
  g_autofree char *without = tb_format_number ((gint64) (sums->costless + sums->unexchanged));

  if (sums->margin.charge.amount == 0 && sums->margin.cost.amount == 0)
    return;
  margin = tb_format_sum (sums->margin.margin);
  /* Translators: charges less costs of the calls that are listed */
  g_string_append_printf (text, _ (" · margin %s"), margin);
  if (sums->costless + sums->unexchanged > 0)
    /* Translators: calls whose cost is not known are in no margin */
    g_string_append_printf (text, _ (" (%s calls without a cost left out)"), without);
}

char *
tb_call_sums_to_text (const TbCallSums *sums)
{
  g_autofree char *answered = tb_format_number ((gint64) sums->answered);
  g_autofree char *minutes = tb_format_minutes (sums->seconds);
  g_autofree char *charges = tb_format_sums (sums->charges);
  g_autofree char *costs = tb_format_sums (sums->costs);
  GString *text = g_string_new (NULL);

  /* Translators: sums under the list of calls */
  g_string_append_printf (text, _ ("%s answered · %s minutes · charged %s · cost %s"), answered, minutes, charges, costs);
  append_margin (text, sums);
  return g_string_free (text, FALSE);
}
