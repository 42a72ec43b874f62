/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-credit-note.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-text.h"

/* Between the same parties as the bill names, and in its run. */
static TbInvoice *
note_for (const TbInvoice *invoice, const char *reason)
{
  TbInvoice *note = tb_invoice_new ();

  note->kind = TB_INVOICE_CREDIT_NOTE;
  note->corrects_id = invoice->id;
  tb_set_str (&note->corrects, invoice->number);
  tb_set_str (&note->reason, reason != NULL && *reason != '\0' ? reason : NULL);
  note->client_id = invoice->client_id;
  tb_set_str (&note->client, invoice->client);
  note->currency = invoice->currency;
  note->period = invoice->period;
  note->year = invoice->year;
  note->month = invoice->month;
  tb_set_str (&note->time_zone, invoice->time_zone);
  tb_invoice_party_free (note->seller);
  tb_invoice_party_free (note->buyer);
  note->seller = tb_invoice_party_copy (invoice->seller);
  note->buyer = tb_invoice_party_copy (invoice->buyer);
  return note;
}

static void
take_back (TbInvoice *note, const TbInvoiceLine *line)
{
  TbInvoiceLine *back = tb_invoice_line_new ();

  back->kind = TB_LINE_CREDIT;
  tb_set_str (&back->service, line->service);
  tb_set_str (&back->description, line->description);
  back->period = line->period;
  back->calls = line->calls;
  back->seconds = line->seconds;
  back->free = line->free;
  back->amount = -line->amount;
  tb_set_str (&back->tax, line->tax);
  back->tax_percent = line->tax_percent;
  tb_set_str (&back->tax_category, line->tax_category);
  back->prepaid = line->prepaid;
  g_ptr_array_add (note->lines, back);
}

static gboolean
take_chosen (TbInvoice *note, const TbInvoice *invoice, GArray *lines, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      guint at = g_array_index (lines, guint, i);

      if (at >= invoice->lines->len || !g_hash_table_add (seen, GUINT_TO_POINTER (at)))
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                       at >= invoice->lines->len ? _("The invoice %s has no line %u.") : _("Of invoice %s line %u is to be credited twice."),
                       invoice->number, at + 1);
          return FALSE;
        }
      take_back (note, invoice->lines->pdata[at]);
    }
  return TRUE;
}

static gboolean
can_be_credited (const TbInvoice *invoice, GError **error)
{
  if (invoice->kind == TB_INVOICE_BILL && invoice->state == TB_INVOICE_APPROVED)
    return TRUE;
  if (invoice->kind == TB_INVOICE_CREDIT_NOTE)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT, _("A credit note cannot be credited."));
  else if (invoice->state == TB_INVOICE_DRAFT)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT, _("A draft is not credited: void it, or make it again."));
  else
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The invoice %s is void: nothing is owed on it."), invoice->number);
  return FALSE;
}

TbInvoice *
tb_credit_note_new (const TbInvoice *invoice, GArray *lines, const char *reason, GError **error)
{
  g_autoptr (TbInvoice) note = NULL;

  if (!can_be_credited (invoice, error))
    return NULL;
  note = note_for (invoice, reason);
  for (guint i = 0; lines == NULL && i < invoice->lines->len; i++)
    take_back (note, invoice->lines->pdata[i]);
  if ((lines != NULL && !take_chosen (note, invoice, lines, error)) || !tb_invoice_compute_totals (note, error))
    return NULL;
  if (note->total >= 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("What is to be credited of invoice %s comes to nothing."), invoice->number);
      return NULL;
    }
  return g_steal_pointer (&note);
}

gboolean
tb_credit_note_check_room (const TbInvoice *invoice, TbAmount noted, const TbInvoice *note, GError **error)
{
  TbMoney left = { invoice->total - noted, invoice->currency };
  g_autofree char *text = NULL;

  if (-note->total <= left.amount)
    return TRUE;
  text = tb_money_to_string (left);
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("Of invoice %s no more than %s %s can be credited: the rest is on credit notes already."),
               invoice->number, text, tb_currency_to_string (invoice->currency));
  return FALSE;
}
