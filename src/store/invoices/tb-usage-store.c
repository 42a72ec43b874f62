/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "tb-call-codec.h"
#include "tb-invoice-store.h"
#include "tb-money.h"
#include "tb-rated-call.h"

void
tb_usage_group_free (TbUsageGroup *self)
{
  g_free (self->description);
  g_free (self);
}

TbServiceUsage *
tb_service_usage_new (guint32 service_id, gint64 from, gint64 to)
{
  TbServiceUsage *self = g_new0 (TbServiceUsage, 1);

  self->service_id = service_id;
  self->from = from;
  self->to = to;
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_usage_group_free);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (TbUsageRange));
  return self;
}

void
tb_service_usage_free (TbServiceUsage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->groups);
  g_array_unref (self->ranges);
  g_free (self);
}

/* ---- one pass ---- */

typedef struct
{
  TbStore *store;
  GHashTable *usages;       /* service id → GPtrArray of TbServiceUsage */
  GHashTable *descriptions; /* rate id → text */
  TbStatement *description;
} Pass;

static const char *
describe (Pass *pass, guint32 rate)
{
  char *text = g_hash_table_lookup (pass->descriptions, GUINT_TO_POINTER (rate));
  gboolean has_row = FALSE;

  if (text != NULL)
    return text;
  tb_statement_bind_int (pass->description, 1, rate);
  if (tb_statement_step (pass->description, &has_row, NULL) && has_row)
    text = g_strdup (tb_statement_text (pass->description, 0));
  tb_statement_reset (pass->description);
  if (text == NULL)
    text = g_strdup ("");
  g_hash_table_insert (pass->descriptions, GUINT_TO_POINTER (rate), text);
  return text;
}

static TbUsageGroup *
group_of (TbServiceUsage *usage, const char *description, gboolean inbound, gboolean included, gboolean late)
{
  TbUsageGroup *group;

  for (guint i = usage->groups->len; i > 0; i--)
    {
      group = usage->groups->pdata[i - 1];
      if (group->inbound == inbound && group->included == included && group->late == late && strcmp (group->description, description) == 0)
        return group;
    }
  group = g_new0 (TbUsageGroup, 1);
  group->description = g_strdup (description);
  group->inbound = inbound;
  group->included = included;
  group->late = late;
  g_ptr_array_add (usage->groups, group);
  return group;
}

static void
note_range (TbServiceUsage *usage, gint64 id)
{
  guint32 tenant = tb_call_id_tenant (id);
  TbUsageRange fresh = { tenant, id, id };

  if (usage->ranges->len > 0)
    {
      TbUsageRange *last = &g_array_index (usage->ranges, TbUsageRange, usage->ranges->len - 1);

      if (last->tenant_id == tenant)
        {
          last->last = id;
          return;
        }
    }
  g_array_append_val (usage->ranges, fresh);
}

/* Columns of a row: id, status, service, rate, source, billed, free, charge. */
static gboolean
add_row (Pass *pass, TbServiceUsage *usage, TbStatement *row, GError **error)
{
  gint64 id = tb_statement_int (row, 0);
  gboolean included = tb_statement_int (row, 1) == TB_CALL_INCLUDED;
  gboolean inbound = tb_statement_int (row, 4) == TB_RATE_SOURCE_INBOUND;
  const char *description = included ? "" : describe (pass, (guint32) tb_statement_int (row, 3));
  TbUsageGroup *group = group_of (usage, description, inbound, included, tb_call_id_start (id) < usage->from);

  group->calls++;
  group->billed += tb_statement_int (row, 5);
  group->free += tb_statement_int (row, 6);
  note_range (usage, id);
  return tb_amount_add (group->charge, tb_statement_int (row, 7), &group->charge, error);
}

/* The window a call falls in; an older one goes to the earliest. */
static TbServiceUsage *
window_of (GPtrArray *windows, gint64 start)
{
  for (guint i = 0; i < windows->len; i++)
    {
      TbServiceUsage *usage = windows->pdata[i];

      if (start < usage->to)
        return i == 0 || start >= usage->from ? usage : NULL;
    }
  return NULL;
}

static gboolean
take_row (Pass *pass, TbStatement *row, GError **error)
{
  GPtrArray *windows = g_hash_table_lookup (pass->usages, GUINT_TO_POINTER ((guint) tb_statement_int (row, 2)));
  gint64 status = tb_statement_int (row, 1);
  TbServiceUsage *usage = windows == NULL ? NULL : window_of (windows, tb_call_id_start (tb_statement_int (row, 0)));

  if (usage == NULL)
    return TRUE;
  if (!usage->take_late && tb_call_id_start (tb_statement_int (row, 0)) < usage->from)
    {
      usage->older += status == TB_CALL_RATED;
      return TRUE;
    }
  if (status == TB_CALL_RATED || status == TB_CALL_INCLUDED || status == TB_CALL_GRACE)
    return add_row (pass, usage, row, error);
  usage->missing += tb_call_status_is_unrated ((TbCallStatus) status);
  return TRUE;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const TbUsageGroup *x = *(const TbUsageGroup *const *) a, *y = *(const TbUsageGroup *const *) b;

  if (x->late != y->late)
    return x->late - y->late;
  if (x->included != y->included)
    return x->included - y->included;
  if (x->inbound != y->inbound)
    return x->inbound - y->inbound;
  return strcmp (x->description, y->description);
}

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const TbServiceUsage *x = *(const TbServiceUsage *const *) a, *y = *(const TbServiceUsage *const *) b;

  return x->from < y->from ? -1 : x->from > y->from;
}

static gint64
pass_init (Pass *pass, TbStore *store, GPtrArray *usages, GError **error)
{
  gint64 to = 0;

  pass->store = store;
  pass->usages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  pass->descriptions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  pass->description = tb_db_prepare (tb_store_get_db (store), "SELECT description FROM rate WHERE id = $1", error);
  for (guint i = 0; i < usages->len; i++)
    {
      TbServiceUsage *usage = usages->pdata[i];
      GPtrArray *windows = g_hash_table_lookup (pass->usages, GUINT_TO_POINTER (usage->service_id));

      if (windows == NULL)
        {
          windows = g_ptr_array_new ();
          g_hash_table_insert (pass->usages, GUINT_TO_POINTER (usage->service_id), windows);
        }
      g_ptr_array_add (windows, usage);
      g_ptr_array_sort (windows, compare_windows);
      to = MAX (to, usage->to);
    }
  return to;
}

static void
pass_clear (Pass *pass)
{
  g_hash_table_unref (pass->usages);
  g_hash_table_unref (pass->descriptions);
  tb_statement_free (pass->description);
}

static GArray *
list_tenant_ids (TbStore *store, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id FROM tenant ORDER BY id", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  while (tb_statement_step (row, &has_row, error))
    {
      guint32 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = (guint32) tb_statement_int (row, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

static gboolean
sum_tenant (Pass *pass, TbStatement *row, guint32 tenant, gint64 to, GError **error)
{
  gboolean has_row;

  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, tb_call_id_base (tenant, 0));
  tb_statement_bind_int (row, 2, tb_call_id_base (tenant, CLAMP (to, 0, G_MAXUINT32)));
  while (tb_statement_step (row, &has_row, error))
    if (!has_row)
      return TRUE;
    else if (!take_row (pass, row, error))
      return FALSE;
  return FALSE;
}

gboolean
tb_usage_store_sum (TbStore *store, GPtrArray *usages, int year, int month, TbJob *job, GError **error)
{
  Pass pass = { 0 };
  gint64 to = pass_init (&pass, store, usages, error);
  g_autoptr (GArray) tenants = list_tenant_ids (store, error);
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "SELECT id, status, service, rate, source, billed, free, charge FROM rated WHERE id >= $1 AND id < $2 AND (invoice IS NULL OR invoice IN "
      "(SELECT id FROM invoice WHERE state = 0 AND year = $3 AND month = $4)) ORDER BY id",
      error);
  gboolean ok = pass.description != NULL && tenants != NULL && row != NULL;

  if (ok)
    {
      tb_statement_bind_int (row, 3, year);
      tb_statement_bind_int (row, 4, month);
    }
  for (guint i = 0; ok && i < tenants->len; i++)
    {
      ok = !tb_job_is_cancelled (job, error) && sum_tenant (&pass, row, g_array_index (tenants, guint32, i), to, error);
      tb_job_report (job, (double) (i + 1) / tenants->len, NULL);
    }
  for (guint i = 0; ok && i < usages->len; i++)
    g_ptr_array_sort (((TbServiceUsage *) usages->pdata[i])->groups, compare_groups);
  pass_clear (&pass);
  return ok;
}

/* ---- putting calls on invoices and taking them off ---- */

static gboolean
note_taken (TbStore *store, guint32 invoice_id, const TbServiceUsage *usage, const TbUsageRange *range, GError **error)
{
  g_autoptr (TbStatement) add = tb_db_prepare (
      tb_store_get_db (store), "INSERT INTO invoice_range (invoice, service, period_from, first, last) VALUES ($1, $2, $3, $4, $5)", error);

  if (add == NULL)
    return FALSE;
  tb_statement_bind_int (add, 1, invoice_id);
  tb_statement_bind_int (add, 2, usage->service_id);
  tb_statement_bind_int (add, 3, usage->from);
  tb_statement_bind_int (add, 4, range->first);
  tb_statement_bind_int (add, 5, range->last);
  return tb_statement_run (add, error);
}

gboolean
tb_usage_store_take (TbStore *store, const TbInvoice *invoice, const TbServiceUsage *usage, GError **error)
{
  g_autoptr (TbStatement) mark = tb_db_prepare (
      tb_store_get_db (store),
      "UPDATE rated SET invoice = $1 WHERE id >= $2 AND id <= $3 AND service = $4 AND status IN (1, 2, 3) AND (invoice IS NULL OR invoice IN "
      "(SELECT id FROM invoice WHERE state = 0 AND year = $5 AND month = $6))",
      error);

  if (mark == NULL)
    return FALSE;
  /* A window without calls is noted too: what arrives late for it must find that it was billed. */
  if (usage->ranges->len == 0)
    return note_taken (store, invoice->id, usage, &(TbUsageRange){ 0, 1, 0 }, error);
  for (guint i = 0; i < usage->ranges->len; i++)
    {
      const TbUsageRange *range = &g_array_index (usage->ranges, TbUsageRange, i);

      tb_statement_bind_int (mark, 1, invoice->id);
      tb_statement_bind_int (mark, 2, range->first);
      tb_statement_bind_int (mark, 3, range->last);
      tb_statement_bind_int (mark, 4, usage->service_id);
      tb_statement_bind_int (mark, 5, invoice->year);
      tb_statement_bind_int (mark, 6, invoice->month);
      if (!tb_statement_run (mark, error) || !note_taken (store, invoice->id, usage, range, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_usage_store_sum_taken (TbStore *store, guint32 invoice_id, TbUsageGroup *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "SELECT r.billed, r.free, r.charge FROM rated r WHERE r.invoice = $1 AND r.status IN (1, 2, 3) AND EXISTS (SELECT 1 FROM invoice_range g "
      "WHERE g.invoice = $2 AND g.service = r.service AND r.id >= g.first AND r.id <= g.last) "
      "AND r.id >= (SELECT min(first) FROM invoice_range WHERE invoice = $3 AND first <= last) AND r.id <= (SELECT max(last) FROM invoice_range WHERE invoice = $4 AND first <= last)",
      error);
  TbUsageGroup sum = { 0 };
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  for (int i = 1; i <= 4; i++)
    tb_statement_bind_int (row, i, invoice_id);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        {
          *ret = sum;
          return TRUE;
        }
      sum.calls++;
      sum.billed += tb_statement_int (row, 0);
      sum.free += tb_statement_int (row, 1);
      if (!tb_amount_add (sum.charge, tb_statement_int (row, 2), &sum.charge, error))
        return FALSE;
    }
  return FALSE;
}

gboolean
tb_usage_store_free (TbStore *store, guint32 invoice_id, GError **error)
{
  g_autoptr (TbStatement) ranges
      = tb_db_prepare (tb_store_get_db (store), "SELECT first, last FROM invoice_range WHERE invoice = $1", error);
  g_autoptr (TbStatement) clear = ranges == NULL ? NULL
                                                 : tb_db_prepare (tb_store_get_db (store),
                                                                  "UPDATE rated SET invoice = NULL WHERE id >= $1 AND id <= $2 AND invoice = $3", error);
  g_autoptr (TbStatement) forget
      = clear == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "DELETE FROM invoice_range WHERE invoice = $1", error);
  gboolean has_row;

  if (forget == NULL)
    return FALSE;
  tb_statement_bind_int (ranges, 1, invoice_id);
  while (tb_statement_step (ranges, &has_row, error))
    {
      if (!has_row)
        {
          tb_statement_bind_int (forget, 1, invoice_id);
          return tb_statement_run (forget, error);
        }
      tb_statement_bind_int (clear, 1, tb_statement_int (ranges, 0));
      tb_statement_bind_int (clear, 2, tb_statement_int (ranges, 1));
      tb_statement_bind_int (clear, 3, invoice_id);
      if (!tb_statement_run (clear, error))
        return FALSE;
    }
  return FALSE;
}
