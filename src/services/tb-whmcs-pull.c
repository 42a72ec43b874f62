/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-error.h"
#include "tb-setup-store.h"
#include "tb-whmcs-mirror.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-products.h"
#include "tb-whmcs-pull-private.h"
#include "tb-whmcs-review.h"
#include "tb-whmcs-system.h"

/* So long a pull that was cut short is gone on with; after that what it read is old. */
#define CONTINUED_FOR 86400
/* A byte of the lock file of the books: one pull at a time. */
#define LOCK_KEY 0x7769

void
tb_pull_result_free (TbPullResult *self)
{
  if (self == NULL)
    return;
  g_free (self->version);
  g_ptr_array_unref (self->created);
  g_ptr_array_unref (self->linked);
  g_ptr_array_unref (self->lost);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->troubles);
  g_free (self);
}

static TbPullResult *
result_new (const TbRemotePull *pull)
{
  TbPullResult *self = g_new0 (TbPullResult, 1);
  GPtrArray **lists[] = { &self->created, &self->linked, &self->lost, &self->notes, &self->troubles };

  self->whole = pull->whole;
  self->continued = pull->message != NULL || pull->version != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* ---- helpers ---- */

gint64
tb_pull_now (const TbPull *self)
{
  return MAX (tb_clock_now (), self->pull->began);
}

void
tb_pull_note (TbPull *self, char *text)
{
  g_ptr_array_add (self->result->notes, text);
}

gboolean
tb_pull_save (TbPull *self, const TbMirrorNoun *noun, TbRemoteDepth depth, GPtrArray *values, TbRemoteCounts *counts, GError **error)
{
  return tb_remote_store_save (self->store, noun, depth, values, self->pull->id, tb_pull_now (self), counts, error);
}

/* A list of the connector's (taken, NULL = it failed) that is all WHMCS has of the noun. */
static gboolean
save_all (TbPull *self, const TbMirrorNoun *noun, GPtrArray *theirs, TbMirrorFunc func, TbRemoteCounts *counts, GError **error)
{
  g_autoptr (GPtrArray) owned = theirs;
  g_autoptr (GPtrArray) values = theirs != NULL ? tb_mirror_of_list (noun, theirs, func) : NULL;

  return values != NULL && tb_pull_save (self, noun, TB_REMOTE_WHOLE, values, counts, error)
         && tb_remote_store_sweep (self->store, noun, 0, self->pull->id, tb_pull_now (self), counts, error);
}

/* ---- small lists ---- */

/* Who may do what is asked besides, and not needed. */
static gboolean
pull_about (TbPull *self, GError **error)
{
  g_autoptr (TbWhmcsAbout) about = tb_whmcs_get_about (self->whmcs, error);
  g_autoptr (TbWhmcsAbout) admin = about != NULL && *about->permissions == '\0' ? tb_whmcs_get_admin (self->whmcs, NULL) : NULL;

  if (about == NULL)
    return FALSE;
  self->result->version = g_strdup (about->version);
  g_free (self->pull->version);
  self->pull->version = g_strdup (about->version);
  g_free (self->pull->permissions);
  self->pull->permissions = g_strdup (admin != NULL ? admin->permissions : about->permissions);
  return tb_remote_store_note (self->store, self->pull, error);
}

static gboolean
pull_currencies (TbPull *self, GError **error)
{
  return save_all (self, &tb_mirror_currency_noun, tb_whmcs_list_currencies (self->whmcs, error), tb_mirror_of_currency,
                   &self->result->currencies, error);
}

/* Methods have no ids: their places are theirs. */
static gboolean
pull_methods (TbPull *self, GError **error)
{
  g_autoptr (GPtrArray) theirs = tb_whmcs_list_payment_methods (self->whmcs, error);
  g_autoptr (GPtrArray) values = theirs != NULL ? tb_mirror_of_list (&tb_mirror_method_noun, theirs, tb_mirror_of_method) : NULL;

  for (guint i = 0; values != NULL && i < values->len; i++)
    ((TbMirrorMethod *) values->pdata[i])->id = i + 1;
  return values != NULL && tb_pull_save (self, &tb_mirror_method_noun, TB_REMOTE_WHOLE, values, &self->result->methods, error)
         && tb_remote_store_sweep (self->store, &tb_mirror_method_noun, 0, self->pull->id, tb_pull_now (self), &self->result->methods,
                                   error);
}

static gboolean
pull_products (TbPull *self, GError **error)
{
  return save_all (self, &tb_mirror_product_noun, tb_whmcs_list_products (self->whmcs, NULL, error), tb_mirror_of_product,
                   &self->result->products, error);
}

static gboolean
pull_services (TbPull *self, GError **error)
{
  return save_all (self, &tb_mirror_service_noun, tb_whmcs_list_services (self->whmcs, 0, error), tb_mirror_of_service,
                   &self->result->services, error);
}

/* What there is to look at now. */
static gboolean
count_open (TbPull *self, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (self->store, error);

  if (review == NULL)
    return FALSE;
  self->result->differences = tb_whmcs_review_count_waiting (review);
  self->result->unsure = review->n_unsure;
  for (guint i = 0; i < review->lost->len; i++)
    g_ptr_array_add (self->result->lost, g_strdup (((TbClient *) review->lost->pdata[i])->key));
  return TRUE;
}

/* ---- the steps ---- */

static const struct
{
  gboolean (*run) (TbPull *self, GError **error);
  gboolean needed; /* without it the rest makes no sense; what is not may be forbidden to these credentials */
  double from, to; /* of the progress */
} steps[] = {
  { pull_about, TRUE, 0, 0.01 },
  { pull_currencies, FALSE, 0.01, 0.02 },
  { pull_methods, FALSE, 0.02, 0.03 },
  { pull_products, FALSE, 0.03, 0.05 },
  { tb_pull_clients, TRUE, 0.05, 0.8 },
  { pull_services, FALSE, 0.8, 0.87 },
  { tb_pull_invoices, FALSE, 0.87, 0.94 },
  { tb_pull_posted, FALSE, 0.94, 0.97 },
  { tb_pull_payments, TRUE, 0.97, 0.97 },
  { tb_pull_credits, FALSE, 0.97, 1 },
  { tb_pull_balances, TRUE, 1, 1 },
  { tb_pull_agree, TRUE, 1, 1 },
  { count_open, TRUE, 1, 1 },
};

/* An action that this WHMCS does not have, or that these credentials may not use. */
static gboolean
can_do_without (TbPull *self, const GError *failure)
{
  return g_error_matches (failure, TB_ERROR, TB_ERROR_UNSUPPORTED)
         || (g_error_matches (failure, TB_ERROR, TB_ERROR_AUTH) && !tb_whmcs_is_stopped (self->whmcs));
}

static gboolean
run_steps (TbPull *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) failure = NULL;

      tb_whmcs_set_job (self->whmcs, self->job, steps[i].from, steps[i].to);
      if (tb_job_is_cancelled (self->job, error))
        return FALSE;
      if (steps[i].run (self, &failure))
        continue;
      if (steps[i].needed || !can_do_without (self, failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_ptr_array_add (self->result->troubles, g_strdup (failure->message));
    }
  return TRUE;
}

/* How it ended, which is told even when it was cancelled, though not when the books themselves failed. */
static void
note_end (TbPull *self, const GError *failure)
{
  g_autoptr (GError) ignored = NULL;

  self->pull->ended = failure == NULL ? tb_pull_now (self) : 0;
  g_free (self->pull->message);
  self->pull->message = failure != NULL ? g_strdup (failure->message) : NULL;
  tb_remote_store_note (self->store, self->pull, &ignored);
}

static TbDbLock *
take_lock (TbStore *store, GError **error)
{
  g_autoptr (GError) failure = NULL;
  TbDbLock *lock = tb_db_try_lock (tb_store_get_db (store), LOCK_KEY, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (lock == NULL)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT,
                         _("Another program on this computer is pulling from WHMCS into these books."));
  return lock;
}

TbPullResult *
tb_whmcs_pull (TbStore *store, TbWhmcs *whmcs, const char *url, gboolean whole, TbJob *job, GError **error)
{
  gint64 now = tb_clock_now ();
  g_autoptr (TbDbLock) lock = take_lock (store, error);
  g_autoptr (TbRemotePull) pull = lock != NULL ? tb_remote_store_begin (store, url, whole, now, now - CONTINUED_FOR, error) : NULL;
  g_autoptr (TbPullResult) result = pull != NULL ? result_new (pull) : NULL;
  TbPull self = { store, whmcs, job, pull, result };
  GError *failure = NULL;
  gboolean ok = pull != NULL && run_steps (&self, &failure);

  tb_whmcs_set_job (whmcs, NULL, 0, 1);
  if (pull == NULL)
    return NULL;
  note_end (&self, failure);
  if (ok)
    return g_steal_pointer (&result);
  g_propagate_error (error, failure);
  return NULL;
}

TbPullResult *
tb_whmcs_pull_books (TbStore *store, gboolean whole, TbJob *job, GError **error)
{
  g_autoptr (TbWhmcs) whmcs = tb_whmcs_open (store, job != NULL ? tb_job_get_cancellable (job) : NULL, error);
  g_autoptr (TbSetup) setup = whmcs != NULL ? tb_setup_store_load (store, TB_SETUP_HEADS, error) : NULL;

  return setup != NULL ? tb_whmcs_pull (store, whmcs, setup->whmcs->url, whole, job, error) : NULL;
}

TbPullResult *
tb_whmcs_pull_try (TbStore *store, gboolean whole, TbJob *job, GError **error)
{
  TbPullResult *result;

  if (!tb_store_begin (store, error))
    return NULL;
  result = tb_whmcs_pull_books (store, whole, job, error);
  tb_store_rollback (store);
  return result;
}
