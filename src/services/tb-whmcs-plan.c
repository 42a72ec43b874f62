/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-plan.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-posting-bill.h"
#include "tb-posting-store.h"
#include "tb-remote-review-store.h"
#include "tb-remote-store.h"
#include "tb-setup-index.h"
#include "tb-setup-store.h"
#include "tb-text.h"
#include "tb-whmcs-plan-private.h"

/* ---- the plan ---- */

static void
item_free (TbWhmcsPlanItem *self)
{
  tb_posting_free (self->posting);
  g_free (self->name);
  g_free (self->blocked);
  g_free (self);
}

void
tb_whmcs_plan_free (TbWhmcsPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->items);
  g_free (self);
}

static void
planner_clear (TbPlanner *self)
{
  tb_setup_index_free (self->index);
  tb_setup_free (self->setup);
  g_free (self->site);
  g_clear_pointer (&self->arriving, g_hash_table_unref);
  g_clear_pointer (&self->plan, tb_whmcs_plan_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TbPlanner, planner_clear)

/* ---- items ---- */

TbWhmcsPlanItem *
tb_planner_add (TbPlanner *self, TbPosting *posting, char *blocked /* both taken */)
{
  const TbClient *client = tb_setup_index_get_client (self->index, posting->client);
  TbWhmcsPlanItem *item = g_new0 (TbWhmcsPlanItem, 1);

  item->posting = posting;
  item->name = g_strdup (client != NULL ? client->name : NULL);
  item->blocked = blocked;
  self->plan->n_blocked += blocked != NULL;
  g_ptr_array_add (self->plan->items, item);
  return item;
}

static TbPosting *
posting_for_client (const TbPlanner *self, TbPostingKind kind, const TbClient *client)
{
  TbPosting *posting = tb_posting_new (kind);
  g_autofree char *content = g_strdup_printf ("%s|%s", tb_posting_kind_to_string (kind), client->key);

  posting->client_id = client->id;
  tb_set_str (&posting->client, client->key);
  posting->marker = tb_posting_make_marker (self->site, client->key, content);
  return posting;
}

/* What the document is, so that the marker is the same whenever it is made of the same, and another if another document got its number. */
static char *
describe_content (const TbPosting *posting, const TbInvoice *invoice)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s|%s|%s|%s|%s|%" G_GINT64_FORMAT, tb_posting_kind_to_string (posting->kind), posting->part,
                          invoice->client, invoice->number, tb_currency_to_string (invoice->currency), invoice->total);
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = invoice->lines->pdata[i];

      g_string_append_printf (text, "|%s|%" G_GINT64_FORMAT, line->description, line->amount);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

TbPosting *
tb_planner_posting_for (const TbPlanner *self, TbPostingKind kind, const TbInvoice *invoice, const char *part, TbAmount amount, guint options)
{
  TbPosting *posting = tb_posting_new (kind);
  g_autofree char *content = NULL;

  posting->client_id = invoice->client_id;
  tb_set_str (&posting->client, invoice->client);
  posting->document = invoice->id;
  tb_set_str (&posting->number, invoice->number);
  tb_set_str (&posting->part, part);
  posting->amount = (TbMoney){ amount, invoice->currency };
  posting->options = options;
  content = describe_content (posting, invoice);
  posting->marker = tb_posting_make_marker (self->site, invoice->number, content);
  return posting;
}

/* The difference to the month before; what has no month before is one by itself. */
static gboolean
compare (TbPlanner *self, TbWhmcsPlanItem *item, const TbInvoice *invoice, GError **error)
{
  int months = invoice->year * 12 + invoice->month - 2;
  gboolean known;
  TbAmount before;

  item->difference = item->posting->amount;
  if (!tb_posting_store_sum_month (self->store, invoice->client_id, invoice->currency, months / 12, months % 12 + 1, &known, &before, error))
    return FALSE;
  if (!known)
    return TRUE;
  item->before = (TbMoney){ before, invoice->currency };
  return tb_money_subtract (item->posting->amount, item->before, &item->difference, error);
}

/* By what WHMCS said of the client when it was last read; the push asks again. */
static char *
find_remote_block (const TbPlanner *self, gint64 whmcs_id, TbCurrency currency)
{
  g_autoptr (TbMirrorClient) seen = tb_remote_store_get (self->store, &tb_mirror_client_noun, whmcs_id, NULL);

  if (seen == NULL)
    return NULL;
  if (g_strcmp0 (seen->status, "Closed") == 0)
    return g_strdup (_("the client is closed at WHMCS"));
  if (seen->currency != NULL && g_strcmp0 (seen->currency, tb_currency_to_string (currency)) != 0)
    return g_strdup_printf (_("the client’s currency at WHMCS is %s"), seen->currency);
  return NULL;
}

/* Why nothing can go to that client, or NULL. */
static char *
find_block (const TbPlanner *self, const TbInvoice *invoice)
{
  const TbClient *client = tb_setup_index_get_client (self->index, invoice->client);

  if (tb_currency_get_minor_units (invoice->currency) > 2)
    return g_strdup (_("WHMCS keeps two decimals, and the invoice’s currency has more"));
  if (client == NULL || g_hash_table_contains (self->arriving, GUINT_TO_POINTER (client->id)))
    return NULL;
  if (client->whmcs_id > 0)
    return find_remote_block (self, client->whmcs_id, invoice->currency);
  return g_strdup (_("the client is matched to none at WHMCS, and has no e-mail address to make one with"));
}

/* ---- new clients ---- */

static gboolean
plan_client (TbPlanner *self, const TbClient *client, GError **error)
{
  const TbPostingFilter its = { -1, FALSE, client->key, 0 };
  g_autoptr (GPtrArray) known = NULL;

  if (client->whmcs_id > 0 || client->email == NULL || *client->email == '\0')
    return TRUE;
  known = tb_posting_store_list (self->store, &its, error);
  g_hash_table_add (self->arriving, GUINT_TO_POINTER (client->id));
  for (guint i = 0; known != NULL && i < known->len; i++)
    if (((TbPosting *) known->pdata[i])->kind == TB_POSTING_CLIENT_NEW)
      return TRUE;
  if (known != NULL)
    tb_planner_add (self, posting_for_client (self, TB_POSTING_CLIENT_NEW, client), NULL);
  return known != NULL;
}

gboolean
tb_planner_is_meant (const TbPlanner *self, const char *client)
{
  return self->only == NULL || g_strcmp0 (self->only, client) == 0;
}

/* ---- fields of which somebody said that ours is to stand ---- */

/* Since it was said it went into the ledger, or something of the client's waits there still. */
static gboolean
is_told (GPtrArray *known, const char *fields, gint64 chosen_at)
{
  for (guint i = 0; i < known->len; i++)
    {
      const TbPosting *posting = known->pdata[i];

      if (posting->kind == TB_POSTING_CLIENT_CHANGE
          && (tb_posting_place_is_open (&posting->place) || (g_str_equal (posting->part, fields) && posting->created >= chosen_at)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
plan_change (TbPlanner *self, const TbClient *client, const char *fields, gint64 chosen_at, GError **error)
{
  const TbPostingFilter its = { -1, FALSE, client->key, 0 };
  g_autoptr (GPtrArray) known = tb_posting_store_list (self->store, &its, error);
  g_autofree char *content = g_strdup_printf ("client-change|%s|%s|%" G_GINT64_FORMAT, client->key, fields, chosen_at);
  TbPosting *posting;

  if (known == NULL)
    return FALSE;
  if (is_told (known, fields, chosen_at))
    return TRUE;
  posting = posting_for_client (self, TB_POSTING_CLIENT_CHANGE, client);
  tb_set_str (&posting->part, fields);
  g_free (posting->marker);
  posting->marker = tb_posting_make_marker (self->site, client->key, content);
  tb_planner_add (self, posting, NULL);
  return TRUE;
}

/* Choices come by client. */
static gboolean
plan_changes (TbPlanner *self, GError **error)
{
  g_autoptr (GPtrArray) choices = tb_remote_review_list_choices (self->store, error);

  for (guint i = 0; choices != NULL && i < choices->len;)
    {
      const TbClient *client = tb_setup_index_get_client_by_id (self->index, ((TbRemoteChoice *) choices->pdata[i])->client_id);
      g_autoptr (GString) fields = g_string_new (NULL);
      gint64 chosen_at = 0;
      guint32 id = ((TbRemoteChoice *) choices->pdata[i])->client_id;

      for (; i < choices->len && ((TbRemoteChoice *) choices->pdata[i])->client_id == id; i++)
        {
          const TbRemoteChoice *choice = choices->pdata[i];
          g_autofree char *ours = client != NULL ? tb_client_field_dup_ours (choice->field, client, tb_setup_get_currency (self->setup)) : NULL;

          if (g_strcmp0 (ours, choice->ours) != 0) /* it has changed since: an open question again */
            continue;
          g_string_append_printf (fields, "%s%s", fields->len > 0 ? "," : "", tb_client_field_to_string (choice->field));
          chosen_at = MAX (chosen_at, choice->chosen_at);
        }
      if (client != NULL && client->whmcs_id > 0 && fields->len > 0 && tb_planner_is_meant (self, client->key)
          && !plan_change (self, client, fields->str, chosen_at, error))
        return FALSE;
    }
  return choices != NULL;
}

/* ---- approved ---- */

static gboolean
add_bill (TbPlanner *self, const TbInvoice *invoice, const char *part, guint options, GError **error)
{
  g_autoptr (TbPostingBill) bill = tb_posting_bill_new (invoice, part, options, "", error);

  if (bill == NULL)
    return FALSE;
  return bill->lines->len == 0
         || compare (
             self, tb_planner_add (self, tb_planner_posting_for (self, TB_POSTING_INVOICE, invoice, part, bill->total, options), find_block (self, invoice)),
             invoice, error);
}

/* No part may ask for less than nothing. */
static gboolean
can_be_parted (const TbInvoice *invoice, GPtrArray *parts, guint options)
{
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (TbPostingBill) bill = tb_posting_bill_new (invoice, parts->pdata[i], options, "", NULL);

      if (bill == NULL || bill->total < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
plan_bill (TbPlanner *self, const TbInvoice *invoice, GError **error)
{
  const TbWhmcsSettings *settings = self->setup->whmcs;
  gboolean off_credit = settings != NULL && g_strcmp0 (settings->prepaid, "credit") == 0;
  guint options = (settings != NULL && g_strcmp0 (settings->post, "drafts") == 0 ? TB_POSTING_AS_DRAFT : 0)
                  | (invoice->paid == 0 ? 0 : off_credit ? TB_POSTING_LESS_PAID : TB_POSTING_APPLY_PAID);
  g_autoptr (GPtrArray) parts = tb_posting_bill_list_parts (invoice);
  gboolean parted = settings != NULL && g_strcmp0 (settings->per, "service") == 0 && can_be_parted (invoice, parts, options);

  for (guint i = 0; parted && i < parts->len; i++)
    if (!add_bill (self, invoice, parts->pdata[i], options, error))
      return FALSE;
  if (!parted && !add_bill (self, invoice, "", options, error))
    return FALSE;
  if ((options & TB_POSTING_LESS_PAID) != 0)
    tb_planner_add (self, tb_planner_posting_for (self, TB_POSTING_CREDIT, invoice, TB_CREDIT_USE, -invoice->paid, 0), find_block (self, invoice));
  return TRUE;
}

static gboolean
plan_approved (TbPlanner *self, const TbInvoice *invoice, GError **error)
{
  if (invoice->total == 0 && invoice->kind == TB_INVOICE_CREDIT_NOTE)
    return TRUE;
  if (tb_currency_get_minor_units (invoice->currency) > 2)
    tb_planner_add (self, tb_planner_posting_for (self, TB_POSTING_INVOICE, invoice, "", invoice->total, 0), find_block (self, invoice));
  else if (invoice->kind == TB_INVOICE_CREDIT_NOTE || invoice->total < 0)
    tb_planner_add (self, tb_planner_posting_for (self, TB_POSTING_CREDIT, invoice, "", -invoice->total, 0), find_block (self, invoice));
  else
    return plan_bill (self, invoice, error);
  return TRUE;
}

/* ---- voided ---- */

/* What of it is at WHMCS, or may be. An invoice that is done without an id was voided before it was sent. */
static gboolean
may_be_there (const TbPosting *posting)
{
  return posting->remote_id > 0 || (posting->place.state == TB_POSTING_DONE && posting->kind == TB_POSTING_CREDIT)
         || (posting->place.sends > 0 && posting->place.state != TB_POSTING_FAILED && posting->place.state != TB_POSTING_DONE);
}

static gboolean
is_among (GPtrArray *postings, TbPostingKind kind, const char *part)
{
  for (guint i = 0; i < postings->len; i++)
    {
      const TbPosting *posting = postings->pdata[i];

      if (posting->kind == kind && g_str_equal (posting->part, part))
        return TRUE;
    }
  return FALSE;
}

static void
take_back (TbPlanner *self, const TbPosting *posting, GPtrArray *known, const TbInvoice *invoice)
{
  gboolean credit = posting->kind == TB_POSTING_CREDIT;
  const char *part = !credit ? posting->part : *posting->part == '\0' ? TB_CREDIT_VOID : TB_CREDIT_USE_VOID;
  TbPostingKind kind = credit ? TB_POSTING_CREDIT : TB_POSTING_CANCEL;

  if (!is_among (known, kind, part))
    tb_planner_add (self, tb_planner_posting_for (self, kind, invoice, part, -posting->amount.amount, 0), NULL);
}

static gboolean
plan_void (TbPlanner *self, const TbInvoice *invoice, GError **error)
{
  const TbPostingFilter its = { -1, FALSE, NULL, invoice->id };
  g_autoptr (GPtrArray) known = tb_posting_store_list (self->store, &its, error);

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      const TbPosting *posting = known->pdata[i];
      gboolean first = posting->kind == TB_POSTING_INVOICE
                       || (posting->kind == TB_POSTING_CREDIT && (*posting->part == '\0' || g_str_equal (posting->part, TB_CREDIT_USE)));

      if (first && may_be_there (posting))
        take_back (self, posting, known, invoice);
    }
  return known != NULL;
}

/* ---- all of it ---- */

static gboolean
load (TbPlanner *self, GError **error)
{
  self->setup = tb_setup_store_load (self->store, TB_SETUP_HEADS, error);
  self->site = self->setup == NULL ? NULL : self->dry ? g_strdup ("") : tb_posting_store_dup_site (self->store, error);
  if (self->site == NULL)
    return FALSE;
  self->index = tb_setup_index_new (self->setup);
  self->arriving = g_hash_table_new (NULL, NULL);
  self->plan = g_new0 (TbWhmcsPlan, 1);
  self->plan->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  return TRUE;
}

static gboolean
plan_documents (TbPlanner *self, GError **error)
{
  g_autoptr (GArray) ids = tb_posting_store_list_documents (self->store, self->only, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (TbInvoice) invoice = tb_invoice_store_get_by_id (self->store, g_array_index (ids, guint32, i), error);

      if (invoice != NULL && invoice->state != TB_INVOICE_VOID && tb_whmcs_settings_is_before (self->setup->whmcs, invoice->issued))
        continue; /* one that is there all the same is cancelled when it is voided */
      if (invoice == NULL || !(invoice->state == TB_INVOICE_VOID ? plan_void (self, invoice, error) : plan_approved (self, invoice, error)))
        return FALSE;
    }
  return ids != NULL;
}

/* What is in the ledger and not done. */
static gboolean
add_open (TbPlanner *self, GError **error)
{
  const TbPostingFilter open = { -1, TRUE, self->only, 0 };
  g_autoptr (GPtrArray) postings = tb_posting_store_list (self->store, &open, error);

  for (guint i = 0; postings != NULL && i < postings->len; i++)
    tb_planner_add (self, tb_posting_copy (postings->pdata[i]), NULL);
  return postings != NULL;
}

static TbAmount
size_of (const TbWhmcsPlanItem *item)
{
  return ABS (item->difference.amount);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const TbWhmcsPlanItem *one = *(TbWhmcsPlanItem *const *) a, *other = *(TbWhmcsPlanItem *const *) b;

  if ((one->blocked != NULL) != (other->blocked != NULL))
    return one->blocked != NULL ? 1 : -1;
  return size_of (one) > size_of (other) ? -1 : size_of (one) < size_of (other);
}

/* In the order in which it is to be sent: clients, then documents by age. */
static TbWhmcsPlan *
make (TbStore *store, const char *client, gboolean dry, GError **error)
{
  g_auto (TbPlanner) self = { store, client, dry };

  if (!load (&self, error))
    return NULL;
  for (guint i = 0; i < self.setup->clients->len; i++)
    if (tb_planner_is_meant (&self, ((TbClient *) self.setup->clients->pdata[i])->key) && !plan_client (&self, self.setup->clients->pdata[i], error))
      return NULL;
  if (!plan_changes (&self, error) || !plan_documents (&self, error) || !tb_planner_add_published (&self, error) || !tb_planner_add_payments (&self, error) || !tb_planner_add_prepaid (&self, error)
      || !add_open (&self, error))
    return NULL;
  return g_steal_pointer (&self.plan);
}

TbWhmcsPlan *
tb_whmcs_plan_new (TbStore *store, const char *client, GError **error)
{
  TbWhmcsPlan *plan = make (store, client, TRUE, error);

  if (plan != NULL)
    g_ptr_array_sort (plan->items, compare_items);
  return plan;
}

static gboolean
book (TbStore *store, TbWhmcsPlan *plan, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) postings = g_ptr_array_new ();

  for (guint i = 0; i < plan->items->len; i++)
    {
      const TbWhmcsPlanItem *item = plan->items->pdata[i];

      if (item->blocked == NULL && item->posting->id == 0)
        g_ptr_array_add (postings, item->posting);
    }
  return tb_posting_store_add (store, postings, now, error);
}

TbWhmcsPlan *
tb_whmcs_plan_book (TbStore *store, const char *client, gint64 now, GError **error)
{
  g_autoptr (TbWhmcsPlan) plan = NULL;
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return NULL;
  plan = make (store, client, FALSE, error);
  return tb_store_leave (store, own, plan != NULL && book (store, plan, now, error), error) ? g_steal_pointer (&plan) : NULL;
}
