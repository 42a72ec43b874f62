/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rerating.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-correction-booking.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-rating-comparer.h"
#include "tb-set-aside-store.h"
#include "tb-setup-store.h"
#include "tb-text.h"

static const char *const outcomes[] = { [TB_INVOICED_KEEP] = "keep", [TB_INVOICED_LINE] = "line", [TB_INVOICED_CREDIT] = "credit" };

const char *
tb_invoiced_outcome_to_string (TbInvoicedOutcome self)
{
  return outcomes[self];
}

gboolean
tb_invoiced_outcome_parse (const char *text, TbInvoicedOutcome *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (strcmp (text, outcomes[i]) == 0)
      {
        *ret = (TbInvoicedOutcome) i;
        return TRUE;
      }
  return FALSE;
}

void
tb_rerating_free (TbRerating *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->comparison, tb_rating_comparison_free);
  g_clear_pointer (&self->corrections, g_ptr_array_unref);
  tb_rating_counts_clear (&self->counts);
  g_free (self->fingerprint);
  g_free (self);
}

/* ---- what is looked at ---- */

typedef struct
{
  TbStore *store;
  const TbSetup *setup;
  TbRatingComparer *comparer;
  TbRerating *result;
  GChecksum *sum;
  GHashTable *invoices; /* id → TbInvoice, whole */
  GHashTable *by_place; /* invoice << 32 | service → TbCorrection, of the result */
  GHashTable *billed;   /* gint64 ids of calls that are billed by other values than are stored */
  gboolean open, invoiced; /* which calls count in this pass */
} Look;

static const TbInvoice *
find_invoice (Look *self, guint32 id, GError **error)
{
  TbInvoice *invoice = g_hash_table_lookup (self->invoices, GUINT_TO_POINTER (id));

  if (invoice != NULL)
    return invoice;
  invoice = tb_invoice_store_get_by_id (self->store, id, error);
  if (invoice != NULL)
    g_hash_table_insert (self->invoices, GUINT_TO_POINTER (id), invoice);
  return invoice;
}

static gboolean
add_correction (Look *self, const TbRatingVisit *visit, GError **error)
{
  gint64 place = (gint64) visit->invoice << 32 | visit->before->service_id;
  TbCorrection *correction = g_hash_table_lookup (self->by_place, &place);
  TbCorrectedCall call = { visit->call->id, visit->after->billed - visit->before->billed, visit->after->free - visit->before->free, 0 };

  if (!tb_amount_subtract (visit->after->charge, visit->before->charge, &call.amount, error))
    return FALSE;
  if (call.amount == 0)
    return TRUE;
  if (correction == NULL)
    {
      const TbInvoice *invoice = find_invoice (self, visit->invoice, error);

      if (invoice == NULL)
        return FALSE;
      correction = tb_correction_booking_new (self->setup, invoice, visit->before->service_id);
      g_ptr_array_add (self->result->corrections, correction);
      g_hash_table_insert (self->by_place, g_memdup2 (&place, sizeof place), correction);
    }
  return tb_correction_add (correction, &call, error);
}

/* A price that is missing is no reason to give money back, and a difference between two clients or two currencies is none. */
static gboolean
can_settle (const TbRatingVisit *visit, const TbInvoice *invoice)
{
  const TbRatedCall *after = visit->after;

  return !tb_call_status_is_unrated (after->status) && (after->currency == TB_CURRENCY_NONE || after->currency == invoice->currency)
         && (after->client_id == 0 || after->client_id == visit->before->client_id);
}

static void
digest (Look *self, const TbRatingVisit *visit)
{
  const gint64 values[] = { visit->call->id,        visit->invoice,       visit->before->status, visit->before->charge, visit->before->currency,
                            visit->after->status,   visit->after->charge, visit->after->currency, visit->after->billed, visit->after->free,
                            visit->after->client_id };

  if (tb_rating_visit_is_changed (visit))
    g_checksum_update (self->sum, (const guchar *) values, sizeof values);
}

static gboolean
visit_invoiced (Look *self, const TbRatingVisit *visit, GError **error)
{
  const TbInvoice *invoice = find_invoice (self, visit->invoice, error);
  TbRatingVisit kept = *visit;

  if (invoice == NULL)
    return FALSE;
  if (!g_hash_table_contains (self->billed, &visit->call->id) && can_settle (visit, invoice))
    {
      digest (self, visit);
      return tb_rating_comparer_add (self->comparer, visit, error) && add_correction (self, visit, error);
    }
  self->result->unsettled++;
  kept.after = visit->before;
  return tb_rating_comparer_add (self->comparer, &kept, error);
}

static gboolean
visit (const TbRatingVisit *visit, gpointer data, GError **error)
{
  Look *self = data;

  if (!tb_rating_visit_is_due (visit))
    return TRUE;
  if (visit->invoice != 0)
    return !self->invoiced || visit_invoiced (self, visit, error);
  if (!self->open)
    return TRUE;
  digest (self, visit);
  return tb_rating_comparer_add (self->comparer, visit, error);
}

/* ---- a look ---- */

static int
compare_corrections (gconstpointer a, gconstpointer b)
{
  const TbCorrection *x = *(TbCorrection *const *) a, *y = *(TbCorrection *const *) b;

  return x->invoice != y->invoice ? (x->invoice > y->invoice) - (x->invoice < y->invoice) : strcmp (x->service, y->service);
}

static gboolean
pass (Look *self, TbRating *rating, const TbRatingScope *scope, GHashTable *services, gboolean open, gboolean invoiced, TbJob *job, GError **error)
{
  const TbRatingVisitor visitor = { .visit = visit, .data = self, .invoiced = invoiced };

  self->open = open;
  self->invoiced = invoiced;
  return tb_rating_pass_run (self->store, self->setup, rating, scope, services, &visitor, job, error);
}

/* What is kept must not move the minutes of others, so invoiced calls are looked at in a pass of their own. */
static gboolean
run_passes (Look *self, TbRating *rating, const TbRatingScope *scope, TbInvoicedOutcome outcome, gboolean open, TbJob *job, GError **error)
{
  g_autoptr (GHashTable) services = NULL;
  gboolean approved;

  if (!tb_rating_scope_list_services (scope, self->setup, &services, error) || !tb_invoice_store_has_approved (self->store, &approved, error))
    return FALSE;
  if (outcome != TB_INVOICED_KEEP)
    return pass (self, rating, scope, services, open, TRUE, job, error);
  return (!open || pass (self, rating, scope, services, TRUE, FALSE, job, error))
         && (!approved || pass (self, rating, scope, services, FALSE, TRUE, job, error));
}

static gboolean
finish (Look *self, TbInvoicedOutcome outcome, GError **error)
{
  TbRerating *result = self->result;
  guint64 counts[2];

  result->comparison = tb_rating_comparer_finish (self->comparer, error);
  if (result->comparison == NULL)
    return FALSE;
  g_ptr_array_sort (result->corrections, compare_corrections);
  result->outcome = outcome;
  if (!tb_corrections_choose (result->corrections, outcome == TB_INVOICED_CREDIT, error))
    return FALSE;
  counts[0] = result->comparison->calls;
  counts[1] = result->unsettled;
  g_checksum_update (self->sum, (const guchar *) counts, sizeof counts);
  result->fingerprint = g_strdup (g_checksum_get_string (self->sum));
  return TRUE;
}

static TbRerating *
look (TbStore *store, const TbRatingScope *scope, TbInvoicedOutcome outcome, gboolean open, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_TO_RATE, error);
  g_autoptr (TbRating) rating = setup != NULL ? tb_rating_new (setup, error) : NULL;
  g_autoptr (TbRatingComparer) comparer = rating != NULL ? tb_rating_comparer_new (setup) : NULL;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GHashTable) invoices = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) tb_invoice_free);
  g_autoptr (GHashTable) by_place = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) billed = comparer != NULL ? tb_call_conflict_store_load_billed (store, error) : NULL;
  g_autoptr (TbRerating) result = g_new0 (TbRerating, 1);
  Look self = { store, setup, comparer, result, sum, invoices, by_place, billed, FALSE, FALSE };
  TbRatingScope again = *scope;

  again.again = TRUE;
  result->corrections = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_correction_free);
  return billed != NULL && run_passes (&self, rating, &again, outcome, open, job, error) && finish (&self, outcome, error)
             ? g_steal_pointer (&result)
             : NULL;
}

/* ---- doing it ---- */

static gboolean
rate (TbStore *store, const TbRatingScope *scope, TbRerating *result, TbJob *job, GError **error)
{
  TbRatingScope again = *scope;

  again.again = TRUE;
  return tb_rating_run_scope (store, &again, &result->counts, job, error);
}

static gboolean
is_as_told (const TbRerating *result, const char *fingerprint, GError **error)
{
  if (fingerprint == NULL || strcmp (result->fingerprint, fingerprint) == 0)
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT,
                       _("The books have changed since the preview was made, so nothing was applied: look at a new preview."));
  return FALSE;
}

/* Corrections come first: the run then finds what invoiced calls have of included minutes. */
static TbRerating *
apply (TbStore *store, const TbRatingScope *scope, TbInvoicedOutcome outcome, const char *fingerprint, TbJob *job, GError **error)
{
  g_autoptr (TbRerating) result = look (store, scope, outcome, TRUE, job, error);

  if (result == NULL || !is_as_told (result, fingerprint, error))
    return NULL;
  if (outcome != TB_INVOICED_KEEP && !tb_corrections_book (store, result->corrections, error))
    return NULL;
  return rate (store, scope, result, job, error) ? g_steal_pointer (&result) : NULL;
}

static TbRerating *
apply_bit_by_bit (TbStore *store, const TbRatingScope *scope, TbJob *job, GError **error)
{
  TbRerating rated = { 0 };
  TbRerating *result;

  if (!rate (store, scope, &rated, job, error))
    return NULL;
  result = look (store, scope, TB_INVOICED_KEEP, FALSE, job, error);
  if (result != NULL)
    result->counts = rated.counts;
  else
    tb_rating_counts_clear (&rated.counts);
  return result;
}

TbRerating *
tb_rerating_preview (TbStore *store, const TbRatingScope *scope, TbInvoicedOutcome outcome, TbJob *job, GError **error)
{
  return look (store, scope, outcome, TRUE, job, error);
}

TbRerating *
tb_rerating_apply (TbStore *store, const TbRatingScope *scope, TbInvoicedOutcome outcome, const char *fingerprint, TbJob *job, GError **error)
{
  g_autoptr (TbRerating) result = NULL;
  gboolean own;

  if (fingerprint == NULL && outcome == TB_INVOICED_KEEP)
    return apply_bit_by_bit (store, scope, job, error);
  if (!tb_store_join (store, &own, error))
    return NULL;
  result = apply (store, scope, outcome, fingerprint, job, error);
  return tb_store_leave (store, own, result != NULL, error) ? g_steal_pointer (&result) : NULL;
}
