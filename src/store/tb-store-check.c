/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-correction-store.h"
#include "tb-error.h"
#include "tb-invoice-party.h"
#include "tb-invoice-store.h"
#include "tb-seen.h"
#include "tb-store.h"

/* Laws that hold in sound books, beyond what the engine checks by itself. Each is a query that counts what breaks it. */
static const struct
{
  const char *sql;
  const char *finding; /* with the count */
} laws[] = {
  { "SELECT abs((SELECT count(*) FROM cdr) - (SELECT coalesce(sum(added), 0) FROM import))",
    N_ ("The imports and the stored calls differ by %" PRId64 " calls.") },
  { "SELECT count(*) FROM import WHERE read <> added + duplicate + changed + conflict + rejected",
    N_ ("%" PRId64 " imports do not account for every record they read.") },
  { "SELECT count(*) FROM import i WHERE i.rejected <> (SELECT count(*) FROM reject r WHERE r.import = i.id)",
    N_ ("%" PRId64 " imports lack rejected records that they counted.") },
  { "SELECT count(*) FROM rated r WHERE NOT EXISTS (SELECT 1 FROM cdr c WHERE c.id = r.id)",
    N_ ("%" PRId64 " ratings belong to no call.") },
  { "SELECT count(*) FROM cdr c WHERE NOT EXISTS (SELECT 1 FROM tenant t WHERE t.id = c.id >> 47)",
    N_ ("%" PRId64 " calls belong to no tenant.") },
  { "SELECT count(*) FROM cdr c WHERE NOT EXISTS (SELECT 1 FROM import i WHERE i.id = c.import)",
    N_ ("%" PRId64 " calls were brought by no import.") },
  { "SELECT count(*) FROM cdr c WHERE NOT EXISTS (SELECT 1 FROM word w WHERE w.id = c.extension) AND c.extension IS NOT NULL "
    "OR NOT EXISTS (SELECT 1 FROM word w WHERE w.id = c.cause) AND c.cause IS NOT NULL "
    "OR NOT EXISTS (SELECT 1 FROM word w WHERE w.id = c.account) AND c.account IS NOT NULL "
    "OR NOT EXISTS (SELECT 1 FROM word w WHERE w.id = -c.caller) AND c.caller < 0 "
    "OR NOT EXISTS (SELECT 1 FROM word w WHERE w.id = -c.callee) AND c.callee < 0 "
    "OR NOT EXISTS (SELECT 1 FROM word w WHERE w.id = -c.did) AND c.did < 0",
    N_ ("%" PRId64 " calls lack a text that they name.") },
  { "SELECT abs(coalesce((SELECT sum(length(hashes)) FROM seen), 0) / 8 - (SELECT count(*) FROM cdr))",
    N_ ("The list of calls that were seen and the stored calls differ by %" PRId64 ".") },
  { "SELECT count(*) FROM rated r WHERE r.service IS NOT NULL AND NOT EXISTS (SELECT 1 FROM service s WHERE s.id = r.service)",
    N_ ("%" PRId64 " ratings name a service that is gone.") },
  { "SELECT count(*) FROM rated r WHERE r.client IS NOT NULL AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = r.client)",
    N_ ("%" PRId64 " ratings name a client that is gone.") },
  { "SELECT count(*) FROM rated r WHERE r.cost_rate IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rate t WHERE t.id = r.cost_rate)",
    N_ ("%" PRId64 " ratings name a cost rate that is gone.") },
  { "SELECT count(*) FROM rated r WHERE r.status < 0 OR r.status > 13", N_ ("%" PRId64 " ratings have a status that does not exist.") },
  { "SELECT count(*) FROM rated r WHERE r.rate IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rate t WHERE t.id = r.rate)",
    N_ ("%" PRId64 " ratings name a rate that is gone.") },
  { "SELECT count(*) FROM rated r WHERE r.terms IS NOT NULL AND NOT EXISTS (SELECT 1 FROM terms t WHERE t.id = r.terms)",
    N_ ("%" PRId64 " ratings name terms that are gone.") },
  { "SELECT count(*) FROM rated r WHERE r.invoice IS NOT NULL AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.id = r.invoice AND i.state <> 2)",
    N_ ("%" PRId64 " calls lie on an invoice that is gone or void.") },
  { "SELECT count(*) FROM rated r WHERE coalesce(r.charge, 0) <> 0 AND r.status NOT IN (1, 2, 3)",
    N_ ("%" PRId64 " calls carry a charge though their status has none.") },
  { "SELECT count(*) FROM rated r WHERE coalesce(r.free, 0) < 0 OR coalesce(r.free, 0) > coalesce(r.billed, 0)",
    N_ ("%" PRId64 " calls have more included seconds than billed ones.") },
  { "SELECT count(*) FROM rated r WHERE r.invoice IS NOT NULL AND NOT EXISTS (SELECT 1 FROM invoice_range g WHERE g.invoice = r.invoice "
    "AND g.service = r.service AND g.first <= r.id AND g.last >= r.id)",
    N_ ("%" PRId64 " calls lie on an invoice that does not list them.") },
  { "SELECT count(*) FROM rated r WHERE (r.service IS NOT NULL OR r.client IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM served s "
    "WHERE s.service = coalesce(r.service, 0) AND s.client = coalesce(r.client, 0) AND s.tenant = r.id >> 47)",
    N_ ("%" PRId64 " ratings are of a service that is not known to have calls there.") },
  { "SELECT count(*) FROM (SELECT bucket FROM (SELECT bucket, service, currency, -amount AS amount FROM unbilled UNION ALL "
    "SELECT r.id >> 31, r.service, t.currency, r.charge FROM rated r JOIN terms t ON t.id = r.terms WHERE r.charge <> 0 AND r.service IS NOT NULL "
    "AND (r.invoice IS NULL OR r.invoice NOT IN (SELECT id FROM invoice WHERE state = 1))) a "
    "WHERE bucket NOT IN (SELECT bucket FROM unbilled_stale) GROUP BY bucket, service, currency HAVING sum(amount) <> 0) b",
    N_ ("%" PRId64 " sums of what is not billed yet are not those of the calls.") },
  { "SELECT count(*) FROM balance_entry WHERE amount = 0 OR (kind = 0 AND amount < 0) OR (kind = 1 AND amount > 0)",
    N_ ("%" PRId64 " entries of balances have an amount that is none of their kind.") },
  { "SELECT count(*) FROM invoice WHERE (state = 0) <> (number IS NULL)",
    N_ ("%" PRId64 " invoices are approved without a number, or drafts with one.") },
  { "SELECT abs((SELECT coalesce(sum(last), 0) FROM invoice_series) - (SELECT count(*) FROM invoice WHERE number IS NOT NULL))",
    N_ ("The invoice numbers given and the numbered invoices differ by %" PRId64 ".") },
  { "SELECT count(*) FROM correction c LEFT JOIN (SELECT correction, count(*) AS calls, sum(billed) AS billed, sum(amount) AS amount FROM "
    "correction_call GROUP BY correction) s ON s.correction = c.id WHERE s.correction IS NULL OR s.calls <> c.calls OR s.billed <> c.billed "
    "OR s.amount <> c.amount",
    N_ ("%" PRId64 " corrections are not the sums of their calls.") },
  { "SELECT count(*) FROM correction_call d JOIN correction c ON c.id = d.correction WHERE NOT EXISTS (SELECT 1 FROM rated r WHERE r.id = d.call "
    "AND r.invoice = c.invoice AND r.service = c.service)",
    N_ ("%" PRId64 " calls were corrected that do not lie on the corrected invoice.") },
  { "SELECT count(*) FROM correction c JOIN invoice i ON i.id = c.invoice WHERE i.state <> 1",
    N_ ("%" PRId64 " corrections are of an invoice that is not approved.") },
  { "SELECT count(*) FROM correction c JOIN invoice i ON i.id = c.taken WHERE i.state = 2 OR i.client <> c.client OR i.currency <> c.currency",
    N_ ("%" PRId64 " corrections are on a document that is void, of another client or in another currency.") },
  { "SELECT count(*) FROM posting p LEFT JOIN invoice i ON i.id = p.document WHERE p.kind IN (0, 2) AND p.state = 3 AND p.remote_id IS NULL "
    "AND (i.id IS NULL OR i.state <> 2)",
    N_ ("%" PRId64 " postings are done but do not say what they are at WHMCS.") },
  { "SELECT count(*) FROM (SELECT remote_id FROM posting WHERE kind = 2 AND remote_id IS NOT NULL GROUP BY remote_id HAVING count(*) > 1) d",
    N_ ("%" PRId64 " invoices at WHMCS stand for several of ours.") },
  { "SELECT count(*) FROM posting p WHERE p.kind = 2 AND p.part = '' AND EXISTS (SELECT 1 FROM posting o WHERE o.kind = 2 AND o.document = p.document "
    "AND o.id <> p.id)",
    N_ ("%" PRId64 " invoices are in the ledger whole and in parts.") },
  { "SELECT count(*) FROM posting p LEFT JOIN invoice i ON i.id = p.document WHERE (p.kind IN (2, 3, 10) AND i.id IS NULL) "
    "OR (p.kind = 4 AND i.id IS NULL AND p.part NOT LIKE 'draw %' AND p.part NOT LIKE 'payment %') OR i.state = 0 OR i.client <> p.client",
    N_ ("%" PRId64 " postings are of no approved document of their client.") },
  { "SELECT count(*) FROM posting p WHERE p.state < 0 OR p.state > 5 OR p.kind < 0 OR p.kind > 10 OR p.step < 0 OR p.step > 7",
    N_ ("%" PRId64 " postings have a kind, state or step that does not exist.") },
  { "SELECT count(*) FROM posting p WHERE p.version + 1 <> (SELECT count(*) FROM posting_event e WHERE e.posting = p.id)",
    N_ ("%" PRId64 " postings lack a part of their story.") },
  { "SELECT count(*) FROM payment p LEFT JOIN payment o ON o.id = p.reverses WHERE p.amount = 0 OR (p.amount < 0) <> (p.kind <> 0) "
    "OR p.kind NOT BETWEEN 0 AND 2 OR (p.kind = 0) <> (o.id IS NULL) OR (o.id IS NOT NULL AND (o.kind <> 0 OR o.client <> p.client "
    "OR o.currency <> p.currency))",
    N_ ("%" PRId64 " payments have an amount that is none of their kind, or take back none of their client's.") },
  { "SELECT count(*) FROM payment p WHERE p.kind = 0 AND p.amount + coalesce((SELECT sum(o.amount) FROM payment o WHERE o.reverses = p.id), 0) < 0",
    N_ ("Of %" PRId64 " payments more was taken back than was paid.") },
  { "SELECT count(*) FROM payment_allocation a JOIN payment p ON p.id = a.payment JOIN invoice i ON i.id = a.invoice WHERE i.state = 0 "
    "OR i.client <> p.client OR i.currency <> p.currency OR a.amount = 0",
    N_ ("%" PRId64 " times money is for a document that is a draft, of another client or in another currency.") },
  { "SELECT count(*) FROM (SELECT coalesce(p.reverses, p.id) AS payment, a.invoice FROM payment_allocation a JOIN payment p ON p.id = a.payment "
    "GROUP BY coalesce(p.reverses, p.id), a.invoice HAVING sum(a.amount) < 0) n",
    N_ ("%" PRId64 " times more was taken back from an invoice than a payment gave it.") },
  { "SELECT count(*) FROM payment p WHERE p.kind = 0 AND p.amount < (SELECT coalesce(sum(a.amount), 0) FROM payment_allocation a "
    "JOIN invoice i ON i.id = a.invoice WHERE a.payment = p.id AND i.state = 1)",
    N_ ("%" PRId64 " payments are for more than was paid.") },
  { "SELECT count(*) FROM correction WHERE outcome = 1 AND taken IS NULL", N_ ("%" PRId64 " corrections lack their credit note.") },
};

static gboolean
check_law (TbStore *store, guint law, GPtrArray *findings, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), laws[law].sql, error);
  gboolean has_row;

  if (row == NULL || !tb_statement_step (row, &has_row, error))
    return FALSE;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (tb_statement_int (row, 0) != 0)
    g_ptr_array_add (findings, g_strdup_printf (_(laws[law].finding), tb_statement_int (row, 0)));
#pragma GCC diagnostic pop
  return TRUE;
}

/* ---- calls that were seen ---- */

static gboolean
count_unseen (TbStore *store, const TbSeen *seen, gint64 *ret, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT t.connection, c.uid FROM cdr c JOIN tenant t ON t.id = c.id >> 47", error);
  gint64 unseen = 0;
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  while (tb_statement_step (row, &has_row, error))
    {
      gsize len;
      const guint8 *uid = has_row ? tb_statement_blob (row, 1, &len) : NULL;

      if (!has_row)
        {
          *ret = unseen;
          return TRUE;
        }
      unseen += !tb_seen_contains (seen, tb_seen_hash (seen, (guint32) tb_statement_int (row, 0), uid, len));
    }
  return FALSE;
}

/* A call that is not in the list of those seen would be taken a second time. Books without calls may have no list, nor its key. */
static gboolean
check_seen (TbStore *store, GPtrArray *findings, GError **error)
{
  g_autofree char *key = tb_store_get_setting (store, "seen-key");
  g_autoptr (TbSeen) seen = NULL;
  gint64 unseen;

  if (key == NULL)
    return TRUE;
  seen = tb_seen_load (store, error);
  if (seen == NULL || !count_unseen (store, seen, &unseen, error))
    return FALSE;
  if (unseen > 0)
    g_ptr_array_add (findings, g_strdup_printf (_("%" PRId64 " calls would be taken a second time if they came again."), unseen));
  return TRUE;
}

/* ---- invoices ---- */

static gboolean
check_frozen (TbStore *store, const TbInvoice *invoice, GPtrArray *findings, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT frozen FROM invoice WHERE id = $1", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, invoice->id);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row || !tb_invoice_is_as_frozen (invoice, tb_statement_text (row, 0)))
    g_ptr_array_add (findings, g_strdup_printf (_("Invoice %s is not what was approved."), invoice->number != NULL ? invoice->number : ""));
  return TRUE;
}

/* What a verification says is a finding; that it could not be made is an error. Takes `wrong`. */
static gboolean
note (GPtrArray *findings, GError *wrong, GError **error)
{
  if (wrong == NULL)
    return TRUE;
  if (!g_error_matches (wrong, TB_ERROR, TB_ERROR_CONFLICT) && !g_error_matches (wrong, TB_ERROR, TB_ERROR_FAILED))
    {
      g_propagate_error (error, wrong);
      return FALSE;
    }
  g_ptr_array_add (findings, g_strdup (wrong->message));
  g_error_free (wrong);
  return TRUE;
}

/* Lines make the totals; what is approved is as it was then, and its calls still make its lines. A draft may lag behind its calls. */
static gboolean
check_invoice (TbStore *store, guint32 id, GPtrArray *findings, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get_by_id (store, id, error);
  GError *sums = NULL, *calls = NULL, *corrections = NULL;

  if (invoice == NULL)
    return FALSE;
  tb_invoice_verify_totals (invoice, &sums);
  if (!note (findings, sums, error))
    return FALSE;
  if (invoice->state != TB_INVOICE_VOID)
    tb_correction_store_verify (store, invoice, &corrections);
  if (!note (findings, corrections, error))
    return FALSE;
  if (invoice->state == TB_INVOICE_DRAFT)
    return TRUE;
  if (invoice->state == TB_INVOICE_APPROVED)
    tb_invoice_store_verify_calls (store, invoice, &calls);
  return note (findings, calls, error) && check_frozen (store, invoice, findings, error);
}

static gboolean
check_invoices (TbStore *store, GPtrArray *findings, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) invoices = tb_invoice_store_list (store, NULL, error);

  if (invoices == NULL)
    return FALSE;
  for (guint i = 0; i < invoices->len; i++)
    if (tb_job_is_cancelled (job, error) || !check_invoice (store, ((TbInvoice *) invoices->pdata[i])->id, findings, error))
      return FALSE;
  return TRUE;
}

static gboolean
number_exists (TbStatement *row, const char *number, gboolean *ret, GError **error)
{
  gboolean ok;

  tb_statement_bind_text (row, 1, number);
  ok = tb_statement_step (row, ret, error);
  tb_statement_reset (row);
  return ok;
}

/* So many missing numbers are named; a count that somebody set to a million is found by a law above. */
#define MISSING_NAMED 100

static gboolean
check_series (TbStatement *find, const char *series, int year, guint last, GPtrArray *findings, GError **error)
{
  gboolean exists;
  guint missing = 0;

  for (guint n = 1; n <= last && missing < MISSING_NAMED; n++)
    {
      g_autofree char *number = tb_numbering_format (series, year, n, error);

      if (number == NULL || !number_exists (find, number, &exists, error))
        return FALSE;
      if (exists)
        continue;
      missing++;
      g_ptr_array_add (findings, g_strdup_printf (_("The invoice number %s is missing."), number));
    }
  return TRUE;
}

static gboolean
check_numbers (TbStore *store, GPtrArray *findings, GError **error)
{
  g_autoptr (TbStatement) series = tb_db_prepare (tb_store_get_db (store), "SELECT series, year, last FROM invoice_series", error);
  g_autoptr (TbStatement) find
      = series == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "SELECT 1 FROM invoice WHERE number = $1", error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  while (tb_statement_step (series, &has_row, error))
    if (!has_row)
      return TRUE;
    else if (!check_series (find, tb_statement_text (series, 0), (int) tb_statement_int (series, 1), (guint) tb_statement_int (series, 2), findings, error))
      return FALSE;
  return FALSE;
}

gboolean
tb_store_check (TbStore *store, GPtrArray **ret_findings, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  if (!tb_db_check (tb_store_get_db (store), findings, job, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
    {
      if (tb_job_is_cancelled (job, error) || !check_law (store, i, findings, error))
        return FALSE;
      tb_job_report (job, (double) (i + 1) / (G_N_ELEMENTS (laws) + 2), NULL);
    }
  if (!check_seen (store, findings, error) || !check_invoices (store, findings, job, error) || !check_numbers (store, findings, error))
    return FALSE;
  *ret_findings = g_steal_pointer (&findings);
  return TRUE;
}
