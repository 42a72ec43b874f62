/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-billing-desk-private.h"
#include "tb-billing-run.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-setup-store.h"

/* A list that nobody reads to its end helps nobody. */
#define FINDINGS_MAX 500

static const struct
{
  gboolean (*look) (TbDeskLook *look, GError **error);
  const char *why;
} steps[TB_DESK_N_STEPS] = {
  [TB_DESK_CALLS] = { tb_desk_look_calls, N_ ("Calls that come later are not lost: the next bill has them, as late calls.") },
  [TB_DESK_UNRATED] = { tb_desk_look_unrated,
                        N_ ("Clients whose bill would lack such calls are held back and can be billed later; all others are billed whole.") },
  [TB_DESK_MARGIN] = { tb_desk_look_margin,
                       N_ ("A loss is billed as it is. Prices can be mended and calls rated again as long as their invoice is a draft.") },
  [TB_DESK_DRAFTS] = { tb_desk_look_drafts, N_ ("What is unlike last month may be right: a new number, a holiday, a call centre that moved.") },
  [TB_DESK_APPROVE] = { tb_desk_look_approve, N_ ("Drafts that are left can be approved later; the run can be taken up again.") },
  [TB_DESK_PAPER] = { tb_desk_look_paper, N_ ("Invoices can be printed and saved whenever they are wanted.") },
  [TB_DESK_POST] = { tb_desk_look_post, N_ ("What does not go now waits for the next push. Nothing is posted twice.") },
};

/* ---- findings ---- */

static void
finding_free (gpointer data)
{
  TbDeskFinding *self = data;

  g_free (self->title);
  g_free (self->detail);
  g_free (self->value);
  g_free (self->item);
  g_free (self);
}

void
tb_desk_view_free (TbDeskView *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->findings);
  g_clear_pointer (&self->documents, g_array_unref);
  g_free (self->summary);
  g_free (self);
}

TbDeskFinding *
tb_desk_add (TbDeskLook *look, gboolean serious, char *title, char *detail, char *value, const char *page, char *item)
{
  TbDeskFinding *finding = g_new0 (TbDeskFinding, 1);

  *finding = (TbDeskFinding){ title, detail, value, page, item, serious, 0, FALSE };
  look->view->n_serious += serious;
  g_ptr_array_add (look->view->findings, finding);
  return finding;
}

char *
tb_desk_count (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}

/* ---- looking ---- */

static gboolean
look_at (TbDeskLook *look, TbDeskStep step, GError **error)
{
  const char *zone = look->setup->company != NULL ? look->setup->company->time_zone : "UTC";

  look->zone = tb_zone_new (zone != NULL ? zone : "UTC", error);
  if (look->zone == NULL)
    return FALSE;
  look->first = tb_day_from_ymd (look->year, look->month, 1);
  look->end = tb_day_add_months (look->first, 1, 1);
  look->from = tb_zone_to_utc (look->zone, look->first, 0, FALSE);
  look->to = tb_zone_to_utc (look->zone, look->end, 0, FALSE);
  return steps[step].look (look, error);
}

TbDeskView *
tb_desk_look (TbStore *store, int year, int month, TbDeskStep step, TbJob *job, GError **error)
{
  g_autoptr (TbDeskView) view = g_new0 (TbDeskView, 1);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  TbDeskLook look = { .store = store, .setup = setup, .year = year, .month = month, .job = job, .view = view };
  gboolean ok;

  view->step = step;
  view->why = _(steps[step].why);
  view->findings = g_ptr_array_new_with_free_func (finding_free);
  ok = setup != NULL && look_at (&look, step, error);
  g_clear_pointer (&look.zone, tb_zone_unref);
  if (!ok)
    return NULL;
  if (view->findings->len > FINDINGS_MAX)
    {
      view->left_out = view->findings->len - FINDINGS_MAX;
      g_ptr_array_set_size (view->findings, FINDINGS_MAX);
    }
  return g_steal_pointer (&view);
}

/* ---- comparing ---- */

GPtrArray *
tb_desk_compare (TbStore *store, int year, int month, GError **error)
{
  g_autoptr (GPtrArray) all = tb_invoice_store_list (store, NULL, error), now = g_ptr_array_new (), before = g_ptr_array_new ();

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const TbInvoice *invoice = all->pdata[i];
      int back = year * 12 + month - (invoice->year * 12 + invoice->month);

      if (back == 0)
        g_ptr_array_add (now, all->pdata[i]);
      else if (back == 1)
        g_ptr_array_add (before, all->pdata[i]);
    }
  return all != NULL ? tb_bills_compare (now, before, error) : NULL;
}

/* ---- approving ---- */

void
tb_desk_approval_free (TbDeskApproval *self)
{
  g_ptr_array_unref (self->troubles);
  g_free (self);
}

static gboolean
is_wanted (GArray *ids, guint32 id)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, guint32, i) == id)
      return TRUE;
  return ids == NULL;
}

/* Numbers follow the clients' names of the books, so that a run that was cancelled and taken up again gives those it would have given. */
static int
compare_drafts (gconstpointer a, gconstpointer b)
{
  const TbInvoice *x = *(gpointer *) a, *y = *(gpointer *) b;
  int order = g_strcmp0 (x->client, y->client);

  return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static GPtrArray *
list_drafts (TbStore *store, int year, int month, GArray *ids, guint *ret_others, GError **error)
{
  g_autoptr (GPtrArray) all = tb_invoice_store_list (store, NULL, error);
  GPtrArray *drafts;

  if (all == NULL)
    return NULL;
  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_free);
  *ret_others = ids != NULL ? ids->len : 0;
  for (guint i = 0; i < all->len; i++)
    {
      TbInvoice *invoice = all->pdata[i];

      if ((year != 0 && (invoice->year != year || invoice->month != month)) || invoice->state != TB_INVOICE_DRAFT || !is_wanted (ids, invoice->id))
        continue;
      g_ptr_array_add (drafts, invoice);
      all->pdata[i] = NULL;
      *ret_others -= ids != NULL;
    }
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    if (all->pdata[i] != NULL)
      tb_invoice_free (all->pdata[i]);
  g_ptr_array_sort (drafts, compare_drafts);
  return drafts;
}

static void
approve_one (TbDeskApproval *approval, TbStore *store, const TbInvoice *draft)
{
  g_autofree char *name = g_strdup_printf ("%u", draft->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbInvoice) invoice = tb_billing_approve (store, name, &error);

  if (invoice != NULL)
    approval->approved++;
  else
    g_ptr_array_add (approval->troubles, g_strdup_printf (_("%s: %s"), draft->client, error->message));
}

TbDeskApproval *
tb_desk_approve (TbStore *store, int year, int month, GArray *ids, TbJob *job, GError **error)
{
  g_autoptr (TbDeskApproval) approval = g_new0 (TbDeskApproval, 1);
  g_autoptr (GPtrArray) drafts = NULL;

  approval->troubles = g_ptr_array_new_with_free_func (g_free);
  drafts = list_drafts (store, year, month, ids, &approval->left_alone, error);
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      if (tb_job_is_cancelled (job, error))
        return NULL;
      approve_one (approval, store, drafts->pdata[i]);
      tb_job_report (job, (i + 1.0) / drafts->len, NULL);
    }
  return drafts != NULL ? g_steal_pointer (&approval) : NULL;
}
