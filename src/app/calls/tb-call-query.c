/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-query.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-explain.h"

void
tb_call_query_free (gpointer data)
{
  TbCallQuery *query = data;

  tb_call_filter_clear (&query->filter);
  g_free (query);
}

void
tb_call_result_free (gpointer data)
{
  TbCallResult *result = data;

  g_clear_pointer (&result->ids, g_array_unref);
  tb_call_sums_clear (&result->sums);
  g_free (result);
}

gpointer
tb_call_query_run (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbCallQuery *query = data;
  TbCallResult *result = g_new0 (TbCallResult, 1);

  result->ids = tb_call_store_list_ids (store, &query->filter, query->order, query->descending, &result->sums, error);
  if (result->ids != NULL)
    return result;
  tb_call_result_free (result);
  return NULL;
}

gpointer
tb_call_query_explain (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_explain_call (store, *(gint64 *) data, error);
}

guint
tb_call_query_unrated_bits (void)
{
  guint bits = 0;

  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (tb_call_status_is_unrated (i))
      bits |= 1u << i;
  return bits;
}

char *
tb_call_sums_to_text (const TbCallSums *sums)
{
  g_autofree char *calls = tb_format_number (sums->calls);
  g_autofree char *answered = tb_format_number (sums->answered);
  g_autofree char *minutes = tb_format_minutes (sums->seconds);
  g_autofree char *charges = tb_format_sums (sums->charges);
  g_autofree char *costs = tb_format_sums (sums->costs);

  /* Translators: sums under the list of calls */
  return g_strdup_printf (_ ("%s calls, %s answered · %s minutes · charged %s · cost %s"), calls, answered, minutes, charges, costs);
}
