/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-whmcs-push-private.h"

typedef struct
{
  guint32 id;
  TbInvoice *invoice;
} Wish;

static gboolean
load_invoice (TbStore *store, gpointer data, GError **error)
{
  Wish *wish = data;

  wish->invoice = tb_invoice_store_get_by_id (store, wish->id, error);
  return wish->invoice != NULL;
}

/* Its document and what it is made into, read once while it is at work. */
static gboolean
load (TbPush *self, TbPushQueue *queue, const TbPosting *posting, GError **error)
{
  Wish wish = { posting->document, NULL };

  if (queue->bill != NULL)
    return TRUE;
  if (!tb_push_in_books (self->terms, load_invoice, &wish, error))
    return FALSE;
  g_clear_pointer (&queue->invoice, tb_invoice_free);
  queue->invoice = wish.invoice;
  queue->bill = tb_posting_bill_new (queue->invoice, posting->part, posting->options, posting->marker, error);
  return queue->bill != NULL;
}

/* ---- looking for the marker ---- */

/* The one to take on: the first that is not cancelled, else the first. */
static gint64
choose (const GArray *found)
{
  for (guint i = 0; i < found->len; i++)
    if (!g_array_index (found, TbRemoteMark, i).cancelled)
      return g_array_index (found, TbRemoteMark, i).id;
  return g_array_index (found, TbRemoteMark, 0).id;
}

static gboolean
tell_absent (TbPushQueue *queue, TbPosting *posting, gint64 highest, TbPushOutcome *out)
{
  if (posting->place.state == TB_POSTING_READY)
    posting->above = MAX (posting->above, highest);
  if (posting->place.state == TB_POSTING_READY && posting->place.sends == 0 && queue->invoice->state == TB_INVOICE_VOID)
    return tb_push_say (out, TB_EVENT_VOID, g_strdup (_("The invoice was voided before anything was sent; nothing is at WHMCS.")));
  return tb_push_need (out, TB_STEP_SEND, 0, g_strdup_printf (_("Looked for %s among the client’s invoices: it is not there."), posting->marker));
}

/* The first look goes through all of the client's invoices: books that were restored from a backup know less than WHMCS. */
gboolean
tb_push_look_invoice (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (TbRemoteMark));
  const TbClient *client = tb_push_get_client (self, posting);
  gint64 above = posting->place.state == TB_POSTING_READY ? TB_REMOTE_ALL : MAX (posting->above, 0), highest = 0;
  GError *failure = NULL;
  TbReply reply;

  if (!tb_push_check_client (self, queue, posting, out))
    return TRUE;
  if (!load (self, queue, posting, error))
    return FALSE;
  reply = self->port->find_invoices (self->port, client->whmcs_id, posting->marker, above, found, &highest, &failure);
  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  if (found->len == 0)
    return tell_absent (queue, posting, highest, out);
  posting->remote_id = choose (found);
  return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("Found %s: it is #%" PRId64 "."), posting->marker, posting->remote_id));
}

/* ---- comparing ---- */

static gboolean
is_status (const TbPushQueue *queue, const char *status)
{
  return g_strcmp0 (queue->seen->status, status) == 0;
}

/* Trouble with what is there: a text for people, or NULL. */
static char *
find_stranger (const TbPush *self, const TbPushQueue *queue, const TbPosting *posting)
{
  const TbRemoteInvoice *seen = queue->seen;
  gint64 client = tb_push_get_client (self, posting)->whmcs_id;
  gboolean marked = tb_posting_marker_is_in (posting->marker, seen->notes);

  for (guint i = 0; !marked && i < seen->lines->len; i++)
    marked = tb_posting_marker_is_in (posting->marker, ((TbRemoteLine *) seen->lines->pdata[i])->description);
  if (seen->client != client)
    return g_strdup_printf (
        _("Invoice #%" PRId64 " belongs to another client at WHMCS (%" PRId64 " instead of %" PRId64 ")."),
        seen->id, seen->client, client);
  if (!marked)
    return g_strdup_printf (_("Invoice #%" PRId64 " at WHMCS does not bear the mark %s."), seen->id, posting->marker);
  if (is_status (queue, "Cancelled") && queue->invoice->state != TB_INVOICE_VOID)
    return g_strdup_printf (_("Invoice #%" PRId64 " was cancelled at WHMCS."), seen->id);
  return NULL;
}

/* Blanks and line ends are not always kept as they were sent. */
static char *
line_key (TbAmount amount, const char *description)
{
  g_auto (GStrv) words = g_strsplit_set (description, " \t\r\n", -1);
  g_autoptr (GString) key = g_string_new (NULL);

  g_string_append_printf (key, "%" G_GINT64_FORMAT, amount);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (key, " %s", words[i]);
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* Their lines by what they say: key → GPtrArray of TbRemoteLine. */
static GHashTable *
sort_lines (GPtrArray *lines)
{
  GHashTable *sorted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      TbRemoteLine *line = lines->pdata[i];
      g_autofree char *key = line_key (line->amount, line->description);
      GPtrArray *equal = g_hash_table_lookup (sorted, key);

      if (equal == NULL)
        g_hash_table_insert (sorted, g_steal_pointer (&key), equal = g_ptr_array_new ());
      g_ptr_array_add (equal, line);
    }
  return sorted;
}

/* Lines of ours that are not there, and those that are there once too often; FALSE = there is one that is none of ours. */
static gboolean
compare_lines (TbPushQueue *queue)
{
  g_autoptr (GHashTable) theirs = sort_lines (queue->seen->lines);
  guint n_known = 0;

  g_clear_pointer (&queue->missing, g_ptr_array_unref);
  g_clear_pointer (&queue->surplus, g_array_unref);
  queue->missing = g_ptr_array_new ();
  queue->surplus = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (int pass = 0; pass < 2; pass++) /* each of ours takes one of theirs; then what is left of the same is too much */
    for (guint i = 0; i < queue->bill->lines->len; i++)
      {
        TbPostingLine *line = queue->bill->lines->pdata[i];
        g_autofree char *key = line_key (line->amount, line->description);
        GPtrArray *equal = g_hash_table_lookup (theirs, key);
        guint left = equal != NULL ? equal->len : 0, take = pass == 0 ? MIN (left, 1) : left;

        if (pass == 0 && left == 0)
          g_ptr_array_add (queue->missing, line);
        for (guint n = 0; n < take; n++)
          {
            const TbRemoteLine *taken = g_ptr_array_steal_index (equal, equal->len - 1);

            n_known++;
            if (pass == 1)
              g_array_append_val (queue->surplus, taken->id);
          }
      }
  return n_known == queue->seen->lines->len;
}

/* Both figures, when they differ. What was applied from credit may have been taken off the total already. */
static char *
compare_totals (const TbPushQueue *queue)
{
  const TbRemoteInvoice *seen = queue->seen;
  const TbPostingBill *bill = queue->bill;
  const struct
  {
    const char *what;
    TbAmount theirs, ours;
  } figures[] = { { _("subtotal"), seen->subtotal, bill->subtotal },
                  { _("tax"), seen->tax, bill->tax },
                  { _("total"), seen->total == bill->total - seen->credit ? bill->total : seen->total, bill->total } };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    if (figures[i].theirs != figures[i].ours)
      {
        g_autofree char *theirs = tb_money_to_string ((TbMoney){ figures[i].theirs, bill->currency }),
                        *ours = tb_money_to_string ((TbMoney){ figures[i].ours, bill->currency });

        return g_strdup_printf (_("Invoice #%" PRId64 ": WHMCS made %s %s of it, and ours is %s."), seen->id, figures[i].what, theirs, ours);
      }
  return NULL;
}

/* All that bear the marker say more than the reply did that named one: it may have named another's. What is beside the one that is taken on is there
 * twice, as a proxy makes it that sends a request again. */
static TbReply
find_twins (TbPush *self, TbPushQueue *queue, TbPosting *posting, GError **failure)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (TbRemoteMark));
  gint64 highest;
  TbReply reply = self->port->find_invoices (self->port, tb_push_get_client (self, posting)->whmcs_id, posting->marker,
                                             MAX (posting->above, 0), found, &highest, failure);

  g_clear_pointer (&queue->twins, g_array_unref);
  if (reply != TB_REPLY_DONE)
    return reply;
  queue->twins = g_array_ref (found);
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, TbRemoteMark, i).id == posting->remote_id && !g_array_index (found, TbRemoteMark, i).cancelled)
      return reply;
  if (found->len > 0)
    posting->remote_id = choose (found);
  return reply;
}

/* Leaves the twins that count; the first that is published is one too many for us to mend. */
static gint64
sift_twins (TbPushQueue *queue, const TbPosting *posting)
{
  gint64 published = 0;

  for (guint i = queue->twins->len; i-- > 0;)
    {
      const TbRemoteMark *mark = &g_array_index (queue->twins, TbRemoteMark, i);

      if (mark->id == posting->remote_id || mark->cancelled)
        g_array_remove_index (queue->twins, i);
      else if (!mark->draft)
        published = mark->id;
    }
  return published;
}

/* A draft that is left to staff takes none before they publish it: tb-whmcs-plan-published.c. */
static TbAmount
still_to_apply (const TbPushQueue *queue)
{
  gboolean payable = is_status (queue, "Unpaid") || is_status (queue, "Overdue") || is_status (queue, "Payment Pending");

  return payable ? queue->bill->paid - queue->seen->credit : 0;
}

/* What a draft lacks before it may be published; TRUE = nothing. */
static gboolean
check_draft (TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out)
{
  guint n = queue->seen->lines->len;

  if (queue->twins->len > 0 || queue->surplus->len > 0)
    tb_push_need (out, TB_STEP_TRIM, 0, g_strdup_printf (_("Compared #%" PRId64 ": something is there twice."), posting->remote_id));
  else if (queue->missing->len > 0)
    tb_push_need (
        out, TB_STEP_FILL, n,
        g_strdup_printf (_("Compared #%" PRId64 ": %u of %u lines are there."), posting->remote_id, n, queue->bill->lines->len));
  else
    return TRUE;
  return FALSE;
}

/* So many changes, beside those that add lines, are enough for whatever may go wrong. */
#define CHANGES 12

static gboolean
is_stubborn (const TbPushQueue *queue)
{
  return queue->changes > CHANGES + queue->bill->lines->len / TB_POSTING_LINES_AT_ONCE;
}

static gboolean
decide (TbPushQueue *queue, TbPosting *posting, gboolean known, TbPushOutcome *out)
{
  gboolean draft = is_status (queue, "Draft"), is_void = queue->invoice->state == TB_INVOICE_VOID;
  char *difference;

  if (is_void && (is_status (queue, "Cancelled") || draft))
    return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup (_("The invoice was voided meanwhile; it is not published.")));
  if (is_stubborn (queue))
    return tb_push_complain (
        out, TB_EVENT_DIFFERS,
        g_strdup_printf (_("Invoice #%" PRId64 ": WHMCS says yes to what is asked of it, and does not do it."),
                         posting->remote_id));
  if (known && draft && !check_draft (queue, posting, out))
    return TRUE;
  difference = !known || queue->missing->len > 0 || queue->surplus->len > 0
                   ? g_strdup_printf (_("Invoice #%" PRId64 " at WHMCS has other lines than ours."), posting->remote_id)
                   : compare_totals (queue);
  if (difference != NULL)
    return tb_push_complain (out, TB_EVENT_DIFFERS, difference);
  if (draft && (posting->options & TB_POSTING_AS_DRAFT) == 0)
    return tb_push_need (out, TB_STEP_PUBLISH, 0,
                         g_strdup_printf (_("Compared #%" PRId64 ": lines, tax and total are ours."), posting->remote_id));
  if (queue->applied > 0 && queue->seen->credit > queue->applied)
    return tb_push_tell_too_much (queue->seen, out);
  if (still_to_apply (queue) > 0) /* what is on its way may come after people applied something */
    return tb_push_need (out, TB_STEP_APPLY, posting->place.state == TB_POSTING_UNKNOWN ? posting->place.at : queue->seen->credit,
                         g_strdup_printf (_("#%" PRId64 " is published."), posting->remote_id));
  return tb_push_say (out, TB_EVENT_COMPLETE,
                      g_strdup_printf (_("#%" PRId64 " is as it should be (%s)."), posting->remote_id, queue->seen->status));
}

/* What is at WHMCS, read anew. */
static TbReply
read_remote (TbPush *self, TbPushQueue *queue, TbPosting *posting, GError **failure)
{
  gboolean published = queue->twins != NULL && queue->seen != NULL && !is_status (queue, "Draft");
  TbReply reply = published ? TB_REPLY_DONE : find_twins (self, queue, posting, failure);

  g_clear_pointer (&queue->seen, tb_remote_invoice_free);
  return reply == TB_REPLY_DONE ? self->port->get_invoice (self->port, posting->remote_id, &queue->seen, failure) : reply;
}

gboolean
tb_push_check_invoice (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  GError *failure = NULL;
  char *stranger;
  gint64 other;
  TbReply reply;

  if (!load (self, queue, posting, error))
    return FALSE;
  reply = read_remote (self, queue, posting, &failure);
  if (reply == TB_REPLY_REFUSED)
    {
      tb_push_complain (
          out, TB_EVENT_DIFFERS,
          g_strdup_printf (_("Invoice #%" PRId64 " is not at WHMCS any more: %s"), posting->remote_id, failure->message));
      g_error_free (failure);
      return TRUE;
    }
  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  stranger = find_stranger (self, queue, posting);
  if (stranger != NULL)
    return tb_push_complain (out, TB_EVENT_DIFFERS, stranger);
  other = sift_twins (queue, posting);
  if (other > 0)
    return tb_push_complain (
        out, TB_EVENT_DIFFERS,
        g_strdup_printf (_("%s is at WHMCS twice: #%" PRId64 " and #%" PRId64 "; cancel one of them there."),
                         posting->marker, posting->remote_id, other));
  return decide (queue, posting, compare_lines (queue), out);
}

/* ---- changing ---- */

static char *
make_notes (const TbInvoice *invoice, const char *marker)
{
  return g_strdup_printf ("%s\n%s.pdf\nRef: %s", invoice->number, invoice->number, marker);
}

/* An id that was there before is somebody else's, whatever the reply says. */
static gboolean
create (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out)
{
  const TbInvoice *invoice = queue->invoice;
  const TbWhmcsSettings *settings = self->setup->whmcs;
  g_autofree char *notes = make_notes (invoice, posting->marker);
  const TbRemoteDraft draft = { tb_push_get_client (self, posting)->whmcs_id, invoice->issued, invoice->due, notes,
                                settings != NULL ? settings->payment_method : NULL, queue->bill, MIN (queue->bill->lines->len, TB_POSTING_LINES_AT_ONCE) };
  GError *failure = NULL;
  gint64 id = 0;
  TbReply reply = self->port->create_invoice (self->port, &draft, &id, &failure);

  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, TRUE, failure);
  if (id <= 0 || id <= posting->above)
    return tb_push_complain (out, TB_EVENT_LOST,
                             g_strdup_printf (_("WHMCS said that it made invoice #%" PRId64 ", which was there before."), id));
  posting->remote_id = id;
  return tb_push_say (out, TB_EVENT_ACCEPTED, g_strdup_printf (_("Made as #%" PRId64 ", a draft."), id));
}

static TbReply
fill (TbPush *self, TbPushQueue *queue, const TbPosting *posting, GError **error)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  for (guint i = 0; i < queue->missing->len && i < TB_POSTING_LINES_AT_ONCE; i++)
    g_ptr_array_add (some, queue->missing->pdata[i]);
  return self->port->add_lines (self->port, posting->remote_id, some, queue->bill->currency, error);
}

/* Lines by their ids, twins one after the other: done again, it does the same. */
static TbReply
trim (TbPush *self, TbPushQueue *queue, const TbPosting *posting, GError **error)
{
  TbReply reply = queue->surplus->len > 0 ? self->port->remove_lines (self->port, posting->remote_id, queue->surplus, error) : TB_REPLY_DONE;

  for (guint i = 0; reply == TB_REPLY_DONE && i < queue->twins->len; i++)
    reply = self->port->cancel (self->port, g_array_index (queue->twins, TbRemoteMark, i).id, error);
  return reply;
}

static TbReply
change (TbPush *self, TbPushQueue *queue, const TbPosting *posting, GError **error)
{
  switch (posting->place.step)
    {
    case TB_STEP_FILL:
      return fill (self, queue, posting, error);
    case TB_STEP_TRIM:
      return trim (self, queue, posting, error);
    case TB_STEP_PUBLISH:
      return self->port->publish (self->port, posting->remote_id, error);
    default:
      queue->applied = queue->bill->paid;
      return self->port->apply_credit (self->port, posting->remote_id, (TbMoney){ still_to_apply (queue), queue->bill->currency }, error);
    }
}

gboolean
tb_push_change_invoice (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  static const char *const texts[] = { [TB_STEP_FILL] = N_("More lines were taken."), [TB_STEP_TRIM] = N_("What was there twice was taken away."),
                                       [TB_STEP_PUBLISH] = N_("Published."),          [TB_STEP_APPLY] = N_("Credit was applied.") };
  GError *failure = NULL;
  TbReply reply;

  if (!load (self, queue, posting, error))
    return FALSE;
  if (posting->place.step == TB_STEP_SEND)
    return create (self, queue, posting, out);
  queue->changes++;
  reply = change (self, queue, posting, &failure);
  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, TRUE, failure);
  return tb_push_say (out, TB_EVENT_ACCEPTED, g_strdup (_(texts[posting->place.step])));
}
