/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-report.h"

#include <string.h>

#include "tb-setup-store.h"

typedef struct
{
  const TbSetup *setup;
  TbNumberReport *report;
  GHashTable *faults; /* "connection\nclient\npattern\nreason" → TbNumberFault */
  GString *key;
  TbJob *job;
  guint n;
} Check;

static void
fault_free (gpointer data)
{
  TbNumberFault *fault = data;

  g_free (fault->connection);
  g_free (fault->client);
  g_free (fault->dialled);
  g_free (fault->uid);
  g_free (fault);
}

void
tb_number_report_free (TbNumberReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->faults);
  g_free (self);
}

static TbNumberFault *
find_fault (Check *self, const TbCallRow *row, const TbNumberCheck *check)
{
  const char *client = row->client != NULL ? row->client : "";
  TbNumberFault *fault;

  g_string_printf (self->key, "%s\n%s\n%s\n%s", row->connection, client, check->pattern, check->reason);
  fault = g_hash_table_lookup (self->faults, self->key->str);
  if (fault != NULL)
    return fault;
  fault = g_new0 (TbNumberFault, 1);
  fault->connection = g_strdup (row->connection);
  fault->client = g_strdup (client);
  fault->check = *check;
  fault->dialled = g_strdup (row->call.callee);
  fault->uid = g_strdup (row->call.uid);
  g_hash_table_insert (self->faults, g_strdup (self->key->str), fault);
  g_ptr_array_add (self->report->faults, fault);
  return fault;
}

static gboolean
check_row (const TbCallRow *row, gpointer data, GError **error)
{
  static const TbNumberPlan no_plan = { 0 };
  Check *self = data;
  const TbPackage *package = row->package != NULL ? tb_setup_find_package (self->setup, row->package) : NULL;
  TbNumberCheck check;
  TbNumberFault *fault;

  if (++self->n % 4096 == 0 && tb_job_is_cancelled (self->job, error))
    return FALSE;
  tb_number_check (package != NULL ? &package->number_plan : &no_plan, row->call.callee, &check);
  self->report->verdicts[check.verdict]++;
  if (check.verdict == TB_NUMBER_VALID || check.verdict == TB_NUMBER_EXTENSION)
    return TRUE;
  fault = find_fault (self, row, &check);
  fault->calls++;
  fault->seconds += row->call.seconds;
  return TRUE;
}

static int
compare_faults (gconstpointer a, gconstpointer b)
{
  const TbNumberFault *x = *(TbNumberFault *const *) a, *y = *(TbNumberFault *const *) b;
  int order = (x->calls < y->calls) - (x->calls > y->calls);

  return order != 0 ? order : strcmp (x->uid, y->uid);
}

TbNumberReport *
tb_number_report_new (TbStore *store, const TbCallFilter *filter, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbNumberReport) report = g_new0 (TbNumberReport, 1);
  g_autoptr (GHashTable) faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check check = { .setup = setup, .report = report, .faults = faults, .job = job };
  TbCallFilter outbound = *filter;
  gboolean ok;

  report->faults = g_ptr_array_new_with_free_func (fault_free);
  outbound.direction = TB_DIRECTION_OUTBOUND;
  check.key = g_string_new (NULL);
  ok = setup != NULL && tb_call_store_foreach (store, &outbound, check_row, &check, error);
  g_string_free (check.key, TRUE);
  g_ptr_array_sort (report->faults, compare_faults);
  return ok ? g_steal_pointer (&report) : NULL;
}
