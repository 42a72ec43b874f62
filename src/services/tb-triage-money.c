/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-triage-private.h"

/* ---- second walk: money ---- */

/* Nothing would be missing on a bill: not answered, inbound for nothing, internal, not billed by a rule. */
static gboolean
is_free (const TbRatedCall *would)
{
  return would->currency == TB_CURRENCY_NONE && !tb_call_status_is_unrated (would->status);
}

static TbHeldClient *
held_client (TbTriageWork *work, const char *key)
{
  TbHeldClient *held = g_hash_table_lookup (work->clients, key);

  if (held != NULL)
    return held;
  held = g_new0 (TbHeldClient, 1);
  held->client = g_strdup (key);
  held->money = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  g_hash_table_insert (work->clients, held->client, held);
  g_ptr_array_add (work->result->clients, held);
  return held;
}

static gboolean
is_looked_at (const TbTriageWork *work, guint32 service, gint64 start)
{
  const GArray *windows = work->windows != NULL ? g_hash_table_lookup (work->windows, GUINT_TO_POINTER (service)) : NULL;

  for (guint i = 0; windows != NULL && i < windows->len; i++)
    {
      const TbTriageWindow *window = &g_array_index (windows, TbTriageWindow, i);

      if (start >= window->from && start < window->to)
        return TRUE;
    }
  return work->windows == NULL;
}

static gboolean
hold (TbTriageWork *work, const char *client, TbCallStatus cause, TbMoney money, GError **error)
{
  TbHeldClient *held = held_client (work, client);

  held->calls++;
  held->causes |= 1u << cause;
  if (money.currency == TB_CURRENCY_NONE)
    return TRUE;
  held->estimated++;
  return tb_money_add_to (held->money, money, error);
}

/* Nobody knows whose an ambiguous call is, so it may be missing on the bill of each. */
static gboolean
hold_all (TbTriageWork *work, const TbCallRow *row, TbMoney money, GError **error)
{
  GPtrArray *services = tb_triage_get_services (work, row);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < services->len; i++)
    {
      const TbService *service = services->pdata[i];
      char *client = service->client;

      if (is_looked_at (work, service->id, row->call.start) && g_hash_table_add (seen, client)
          && !hold (work, client, row->rated.status, money, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
hold_unrated (TbTriageWork *work, const TbCallRow *row, const TbRatedCall *would, TbMoney money, GError **error)
{
  const TbClient *client = tb_setup_index_get_client_by_id (work->index, would->client_id);

  if (would->status == TB_CALL_AMBIGUOUS)
    return row->call.seconds == 0 || hold_all (work, row, money, error);
  return client == NULL || !is_looked_at (work, would->service_id, row->call.start) || hold (work, client->key, TB_CALL_UNRATED, money, error);
}

static gboolean
rate_row (TbTriageWork *work, const TbCallRow *row, TbRatedCall *ret, GError **error)
{
  guint connection = 0;

  while (connection < work->setup->connections->len
         && strcmp (((TbConnection *) work->setup->connections->pdata[connection])->name, row->connection) != 0)
    connection++;
  return tb_rating_rate (work->rating, work->state, tb_rating_get_tenant (work->rating, connection, row->call.tenant), &row->call, ret, error);
}

static gboolean
add_estimate (TbTriageWork *work, const TbCallRow *row, TbTriageBucket *bucket, GError **error)
{
  TbTriageGroup *group = &bucket->group;
  TbRatedCall would;
  TbMoney money = { 0, TB_CURRENCY_NONE };

  if (!rate_row (work, row, &would, error))
    return FALSE;
  if (would.status == TB_CALL_RATED || would.status == TB_CALL_INCLUDED || would.status == TB_CALL_GRACE)
    money = (TbMoney){ would.charge, would.currency };
  else if (row->rated.cost_currency != TB_CURRENCY_NONE)
    money = (TbMoney){ row->rated.cost, row->rated.cost_currency };
  if (money.currency != TB_CURRENCY_NONE)
    {
      group->estimated++;
      if (!tb_money_add_to (group->money, money, error))
        return FALSE;
    }
  if (group->cause == TB_CALL_NO_RATE && row->client != NULL)
    return !is_looked_at (work, row->rated.service_id, row->call.start) || hold (work, row->client, group->cause, money, error);
  if (group->cause == TB_CALL_UNRATED)
    return is_free (&would) || hold_unrated (work, row, &would, money, error);
  return group->cause != TB_CALL_AMBIGUOUS || is_free (&would) || row->call.seconds == 0 || hold_all (work, row, money, error);
}

gboolean
tb_triage_find_money (const TbCallRow *row, gpointer data, GError **error)
{
  TbTriageWork *work = data;
  TbTriagePlace place;
  TbTriageBucket *bucket;

  if (tb_triage_is_cancelled (work, error))
    return FALSE;
  tb_triage_place (work, row, &place);
  bucket = g_hash_table_lookup (work->buckets, work->key->str);
  return bucket == NULL || add_estimate (work, row, bucket, error);
}
