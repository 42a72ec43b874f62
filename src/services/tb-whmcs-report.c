/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-report.h"

#include <string.h>

#include "tb-invoice-store.h"
#include "tb-posting-store.h"
#include "tb-remote-review-store.h"
#include "tb-setup-store.h"

static const char *const findings[] = { "open", "partly-paid", "paid", "draft", "cancelled", "refunded", "differs", "not-here", "not-there" };

const char *
tb_whmcs_finding_to_string (TbWhmcsFinding self)
{
  return findings[self];
}

static void
row_free (TbWhmcsReportRow *self)
{
  g_free (self->client);
  g_free (self->number);
  g_free (self->part);
  g_free (self->status);
  g_free (self);
}

typedef struct
{
  GHashTable *theirs; /* gint64 id → TbRemoteInvoice, those that no posting has claimed yet */
  GPtrArray *rows;
  const TbWhmcsSettings *settings; /* or NULL */
} Report;

/* ---- what is in the ledger ---- */

/* The list of invoices does not say what was paid of them; that the last pull knows. */
static gboolean
is_paid_in_part (const TbRemoteInvoice *seen, const TbPaymentStatus *known)
{
  return seen->credit > 0 || (known != NULL && known->state == TB_PAYMENT_PARTLY);
}

static TbWhmcsFinding
judge (const TbRemoteInvoice *seen, TbInvoiceState ours, const TbPaymentStatus *known)
{
  static const struct
  {
    const char *status;
    TbWhmcsFinding finding;
  } statuses[] = { { "Draft", TB_REPORT_DRAFT }, { "Paid", TB_REPORT_PAID }, { "Refunded", TB_REPORT_REFUNDED } };

  if (seen == NULL)
    return ours == TB_INVOICE_VOID ? TB_REPORT_CANCELLED : TB_REPORT_NOT_THERE;
  if (strcmp (seen->status, "Cancelled") == 0)
    return ours == TB_INVOICE_VOID ? TB_REPORT_CANCELLED : TB_REPORT_DIFFERS;
  if (ours == TB_INVOICE_VOID)
    return TB_REPORT_DIFFERS;
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (strcmp (seen->status, statuses[i].status) == 0)
      return statuses[i].finding;
  return is_paid_in_part (seen, known) ? TB_REPORT_PARTLY : TB_REPORT_OPEN;
}

static void
add_posting (Report *self, const TbPosting *posting, TbInvoiceState state, const TbPaymentStatus *known)
{
  TbRemoteInvoice *seen = posting->remote_id > 0 ? g_hash_table_lookup (self->theirs, &posting->remote_id) : NULL;
  TbWhmcsReportRow *row = g_new0 (TbWhmcsReportRow, 1);

  *row = (TbWhmcsReportRow){ judge (seen, state, known), g_strdup (posting->client), g_strdup (posting->number),
                             g_strdup (posting->part), posting->remote_id,         seen != NULL ? g_strdup (seen->status) : NULL,
                             posting->amount };
  g_ptr_array_add (self->rows, row);
  if (seen != NULL)
    g_hash_table_remove (self->theirs, &posting->remote_id);
}

/* ---- what is in neither or only in one ---- */

/* That WHMCS should have. */
static gboolean
is_wanted (const Report *self, const TbInvoice *invoice)
{
  return invoice->state == TB_INVOICE_APPROVED && invoice->kind == TB_INVOICE_BILL && !tb_whmcs_settings_is_before (self->settings, invoice->issued);
}

static void
add_unposted (Report *self, const TbInvoice *invoice)
{
  TbWhmcsReportRow *row = g_new0 (TbWhmcsReportRow, 1);

  *row = (TbWhmcsReportRow){ TB_REPORT_NOT_THERE, g_strdup (invoice->client), g_strdup (invoice->number), g_strdup (""), 0, NULL,
                             { invoice->total, invoice->currency } };
  g_ptr_array_add (self->rows, row);
}

/* The mark of these books, with a cancelled draft being nothing. */
static void
add_strangers (Report *self, const char *site)
{
  g_autofree char *mark = g_strdup_printf ("TB-%s-", site);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->theirs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TbRemoteInvoice *seen = value;
      TbWhmcsReportRow *row;

      if (seen->notes == NULL || strstr (seen->notes, mark) == NULL || strcmp (seen->status, "Cancelled") == 0)
        continue;
      row = g_new0 (TbWhmcsReportRow, 1);
      *row = (TbWhmcsReportRow){
        TB_REPORT_NOT_HERE, NULL, NULL, g_strdup (""), seen->id, g_strdup (seen->status), { seen->total, TB_CURRENCY_NONE }
      };
      g_ptr_array_add (self->rows, row);
    }
}

/* ---- all of it ---- */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const TbWhmcsReportRow *one = *(TbWhmcsReportRow *const *) a, *other = *(TbWhmcsReportRow *const *) b;

  if (one->finding != other->finding)
    return (int) other->finding - (int) one->finding;
  return one->remote_id != other->remote_id ? (one->remote_id < other->remote_id ? -1 : 1) : g_strcmp0 (one->number, other->number);
}

static gboolean
add_ours (Report *self, TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) postings = tb_posting_store_list (store, NULL, error);
  g_autoptr (GPtrArray) invoices = postings != NULL ? tb_invoice_store_list (store, NULL, error) : NULL;
  g_autoptr (GHashTable) statuses = invoices != NULL ? tb_payment_status_store_list (store, error) : NULL;
  g_autoptr (GHashTable) by_id = g_hash_table_new (NULL, NULL), posted = g_hash_table_new (NULL, NULL);

  for (guint i = 0; statuses != NULL && i < invoices->len; i++)
    g_hash_table_insert (by_id, GUINT_TO_POINTER (((TbInvoice *) invoices->pdata[i])->id), invoices->pdata[i]);
  for (guint i = 0; statuses != NULL && i < postings->len; i++)
    {
      const TbPosting *posting = postings->pdata[i];
      const TbInvoice *invoice = g_hash_table_lookup (by_id, GUINT_TO_POINTER (posting->document));

      g_hash_table_add (posted, GUINT_TO_POINTER (posting->document));
      if (posting->kind == TB_POSTING_INVOICE && invoice != NULL)
        add_posting (self, posting, invoice->state, g_hash_table_lookup (statuses, GUINT_TO_POINTER (posting->document)));
    }
  for (guint i = 0; statuses != NULL && i < invoices->len; i++)
    {
      const TbInvoice *invoice = invoices->pdata[i];

      if (is_wanted (self, invoice) && !g_hash_table_contains (posted, GUINT_TO_POINTER (invoice->id)))
        add_unposted (self, invoice);
    }
  return statuses != NULL;
}

GPtrArray *
tb_whmcs_report_new (TbStore *store, TbWhmcsPort *port, GError **error)
{
  g_autoptr (GPtrArray) remote = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_remote_invoice_free);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  g_autoptr (GHashTable) theirs = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (TbSetup) setup = NULL;
  g_autofree char *site = NULL;
  Report self = { theirs, rows, NULL };

  if (port->list_invoices (port, remote, error) != TB_REPLY_DONE)
    return NULL;
  for (guint i = 0; i < remote->len; i++)
    g_hash_table_insert (theirs, &((TbRemoteInvoice *) remote->pdata[i])->id, remote->pdata[i]);
  setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  site = setup != NULL ? tb_posting_store_dup_site (store, error) : NULL;
  if (site == NULL)
    return NULL;
  self.settings = setup->whmcs;
  if (!add_ours (&self, store, error))
    return NULL;
  add_strangers (&self, site);
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}
