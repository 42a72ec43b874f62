/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-report.h"

#include <string.h>

#include "tb-csv-writer.h"
#include "tb-number-fix.h"
#include "tb-setup-index.h"
#include "tb-setup-store.h"
#include "tb-text.h"

#define REPORT_EVERY 4096

typedef struct
{
  const TbSetup *setup;
  const TbSetupIndex *index;
  TbNumberReport *report;
  GHashTable *patterns; /* "connection\nclient\nverdict\npattern or body\nreason" → TbNumberPattern */
  GString *key;
  char *service; /* of the call before, whose plan this is: calls of one tenant come together */
  const TbNumberPlan *plan;
  TbJob *job;
  guint64 n, all;
} Check;

gboolean
tb_number_pattern_is_fault (const TbNumberPattern *self)
{
  return self->check.verdict == TB_NUMBER_WRONG_COUNTRY || self->check.verdict == TB_NUMBER_INVALID;
}

void
tb_number_pattern_free (TbNumberPattern *self)
{
  if (self == NULL)
    return;
  g_free (self->connection);
  g_free (self->client);
  g_free (self->client_name);
  g_free (self->dialled);
  g_free (self->uid);
  g_free (self->fix);
  g_free (self);
}

void
tb_number_report_free (TbNumberReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->patterns);
  g_free (self);
}

/* ---- one call ---- */

static TbNumberPattern *
pattern_new (const Check *self, const TbCallRow *row, const TbNumberCheck *check)
{
  const TbConnection *connection = tb_setup_find_connection (self->setup, row->connection);
  TbNumberPattern *pattern = g_new0 (TbNumberPattern, 1);

  pattern->connection = g_strdup (row->connection);
  pattern->client = g_strdup (row->client != NULL ? row->client : "");
  pattern->client_name = g_strdup (row->client_name);
  pattern->check = *check;
  pattern->dialled = g_strdup (row->call.callee);
  pattern->uid = g_strdup (row->call.uid);
  pattern->fix = tb_number_fix_new (check, connection != NULL ? connection->kind : NULL);
  return pattern;
}

static TbNumberPattern *
find_pattern (Check *self, const TbCallRow *row, const TbNumberCheck *check)
{
  TbNumberPattern *pattern;

  g_string_printf (self->key, "%s\n%s\n%d\n%s%s\n%s", row->connection, row->client != NULL ? row->client : "", check->verdict, check->lead,
                   check->body, check->reason);
  pattern = g_hash_table_lookup (self->patterns, self->key->str);
  if (pattern != NULL)
    return pattern;
  pattern = pattern_new (self, row, check);
  g_hash_table_insert (self->patterns, g_strdup (self->key->str), pattern);
  g_ptr_array_add (self->report->patterns, pattern);
  return pattern;
}

static gboolean
is_stopped (Check *self, GError **error)
{
  if (self->n++ % REPORT_EVERY != 0)
    return FALSE;
  tb_job_report (self->job, self->all > 0 ? MIN (1.0, (double) self->n / (double) self->all) : -1, NULL);
  return tb_job_is_cancelled (self->job, error);
}

/* By the service, which calls without a price have too. */
static const TbNumberPlan *
plan_of (Check *self, const TbCallRow *row)
{
  static const TbNumberPlan none = { 0 };
  const TbService *service;
  const TbPackage *package;

  if (self->plan != NULL && g_strcmp0 (self->service, row->service) == 0)
    return self->plan;
  service = tb_setup_index_get_service (self->index, row->service);
  package = service != NULL ? tb_setup_find_package (self->setup, service->package) : NULL;
  tb_set_str (&self->service, row->service);
  self->plan = package != NULL ? &package->number_plan : &none;
  return self->plan;
}

static gboolean
check_row (const TbCallRow *row, gpointer data, GError **error)
{
  Check *self = data;
  TbNumberCheck check;
  TbNumberPattern *pattern;

  if (is_stopped (self, error))
    return FALSE;
  tb_number_check (plan_of (self, row), row->call.callee, &check);
  self->report->verdicts[check.verdict]++;
  pattern = find_pattern (self, row, &check);
  pattern->calls++;
  pattern->seconds += row->call.seconds;
  return TRUE;
}

/* ---- all calls ---- */

static int
compare_patterns (gconstpointer a, gconstpointer b)
{
  const TbNumberPattern *x = *(TbNumberPattern *const *) a, *y = *(TbNumberPattern *const *) b;
  int order = tb_number_pattern_is_fault (y) - tb_number_pattern_is_fault (x);

  if (order == 0)
    order = (x->calls < y->calls) - (x->calls > y->calls);
  return order != 0 ? order : strcmp (x->uid, y->uid);
}

static gboolean
count_all (Check *self, TbStore *store, const TbCallFilter *filter, GError **error)
{
  g_autoptr (GArray) ids = self->job != NULL ? tb_call_store_list_ids (store, filter, TB_CALLS_BY_START, FALSE, NULL, error) : NULL;

  self->all = ids != NULL ? ids->len : 0;
  return self->job == NULL || ids != NULL;
}

TbNumberReport *
tb_number_report_new (TbStore *store, const TbCallFilter *filter, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbNumberReport) report = g_new0 (TbNumberReport, 1);
  g_autoptr (GHashTable) patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (TbSetupIndex) index = setup != NULL ? tb_setup_index_new (setup) : NULL;
  Check check = { .setup = setup, .index = index, .report = report, .patterns = patterns, .job = job };
  TbCallFilter outbound = *filter;
  gboolean ok;

  report->patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_number_pattern_free);
  outbound.direction = TB_DIRECTION_OUTBOUND;
  check.key = g_string_new (NULL);
  ok = setup != NULL && count_all (&check, store, &outbound, error) && tb_call_store_foreach (store, &outbound, check_row, &check, error);
  g_string_free (check.key, TRUE);
  g_free (check.service);
  g_ptr_array_sort (report->patterns, compare_patterns);
  return ok ? g_steal_pointer (&report) : NULL;
}

/* ---- CSV ---- */

static void
append_pattern (GString *csv, const TbNumberPattern *pattern)
{
  const char *const texts[] = { pattern->connection,    pattern->client,        pattern->client_name,  pattern->dialled, pattern->check.number,
                                pattern->check.likely,  pattern->check.reason,  pattern->check.pattern, pattern->check.replacement,
                                pattern->fix,           pattern->uid };
  char number[24];

  tb_csv_append_text (csv, tb_number_verdict_to_string (pattern->check.verdict));
  g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, pattern->calls);
  tb_csv_append_number (csv, number);
  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, pattern->seconds);
  tb_csv_append_number (csv, number);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    tb_csv_append_text (csv, texts[i] != NULL ? texts[i] : "");
  tb_csv_end_line (csv);
}

char *
tb_number_report_to_csv (GPtrArray *patterns)
{
  GString *csv = g_string_new ("verdict,calls,seconds,connection,client,client_name,dialled,number,likely,reason,pattern,replacement,fix,uid\n");

  for (guint i = 0; i < patterns->len; i++)
    append_pattern (csv, patterns->pdata[i]);
  return g_string_free (csv, FALSE);
}
