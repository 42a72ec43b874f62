/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-bank-file.h"
#include "tb-error.h"

/* CAMT.053.001.02 to .13 of ISO 20022. An entry (Ntry) is what the account was booked with; its TxDtls are the payments in it, of which a batch has many.
 * Versions differ in small things (Sts as a text or a code, Dbtr with or without Pty), so an element is known by the end of its path. GMarkup expands
 * no entities but XML's own five and knows no DTD, so a file cannot blow up or fetch anything. */

#define DEPTH_MAX 40
#define ENTRIES_MAX 200000
#define TEXT_MAX 500

/* What of an entry or of one payment in it is known. */
typedef enum
{
  AMOUNT, SIGN, BACK, STATUS, BOOKED, VALUED, BANK_REFERENCE, DEBTOR, CREDITOR, DEBTOR_IBAN, CREDITOR_IBAN, END_TO_END, STRUCTURED, TEXT,
  RETURN_REASON, N_PARTS
} Part;

/* By the end of their path; the first that fits. */
static const struct
{
  const char *path;
  Part part;
} places[] = {
  { "Ntry/Amt", AMOUNT },                          { "TxDtls/Amt", AMOUNT },
  { "TxDtls/AmtDtls/TxAmt/Amt", AMOUNT },          { "Ntry/CdtDbtInd", SIGN },
  { "TxDtls/CdtDbtInd", SIGN },                    { "Ntry/RvslInd", BACK },
  { "Ntry/Sts", STATUS },                          { "Ntry/Sts/Cd", STATUS },
  { "Ntry/BookgDt/Dt", BOOKED },                   { "Ntry/BookgDt/DtTm", BOOKED },
  { "Ntry/ValDt/Dt", VALUED },                     { "Ntry/ValDt/DtTm", VALUED },
  { "Ntry/AcctSvcrRef", BANK_REFERENCE },          { "TxDtls/Refs/AcctSvcrRef", BANK_REFERENCE },
  { "TxDtls/Refs/EndToEndId", END_TO_END },        { "RltdPties/Dbtr/Nm", DEBTOR },
  { "RltdPties/Dbtr/Pty/Nm", DEBTOR },             { "RltdPties/Cdtr/Nm", CREDITOR },
  { "RltdPties/Cdtr/Pty/Nm", CREDITOR },           { "RltdPties/DbtrAcct/Id/IBAN", DEBTOR_IBAN },
  { "RltdPties/CdtrAcct/Id/IBAN", CREDITOR_IBAN }, { "RmtInf/Strd/CdtrRefInf/Ref", STRUCTURED },
  { "RmtInf/Ustrd", TEXT },                        { "TxDtls/RtrInf/Rsn/Cd", RETURN_REASON },
  { "TxDtls/RtrInf/Rsn/Prtry", RETURN_REASON },    { "Ntry/AddtlNtryInf", TEXT },
};

typedef struct
{
  char *text[N_PARTS];
  char *currency;
  guint line;
} Parts;

typedef struct
{
  TbBankFile *file;
  GPtrArray *ids;   /* of char *, one an entry */
  GPtrArray *path;  /* of char *: names of the open elements, without prefixes */
  GString *text;    /* of the innermost */
  Parts entry, payment;
  gboolean in_entry, in_payment;
  guint n_payments; /* in this entry */
  GPtrArray *whole; /* of TbBankEntry, borrowed: those of them that have its amount */
  gboolean known;   /* a statement was found */
} Reader;

static void
parts_clear (Parts *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_clear_pointer (&self->text[i], g_free);
  g_clear_pointer (&self->currency, g_free);
}

/* ---- values ---- */

/* Of the payment, else of the entry around it. A reversal's CdtDbtInd is its own, not that of what it takes back. */
static const char *
get (const Reader *self, Part part)
{
  return self->payment.text[part] != NULL ? self->payment.text[part] : self->entry.text[part];
}

static void
complain (TbBankEntry *entry, const char *problem)
{
  if (entry->problem == NULL)
    entry->problem = g_strdup (problem);
}

static gboolean
is_debit (const Reader *self)
{
  return g_strcmp0 (get (self, SIGN), "DBIT") == 0;
}

static void
read_amount (const Reader *self, TbBankEntry *entry, const Parts *from)
{
  const char *currency = from->currency != NULL ? from->currency : self->entry.currency;

  if (from->text[AMOUNT] == NULL || !tb_decimal_parse (from->text[AMOUNT], -1, TB_AMOUNT_SCALE, &entry->amount.amount, NULL)
      || entry->amount.amount < 0)
    complain (entry, _("It has no amount."));
  else if (currency == NULL || !tb_currency_parse (currency, &entry->amount.currency, NULL))
    complain (entry, _("Its currency is not known."));
  else if (is_debit (self))
    entry->amount.amount = -entry->amount.amount;
}

static void
read_day (const Reader *self, TbBankEntry *entry)
{
  const char *text = get (self, BOOKED) != NULL ? get (self, BOOKED) : get (self, VALUED);
  g_autofree char *day = text != NULL ? g_strndup (text, 10) : NULL;

  if (day == NULL || !tb_day_parse (day, &entry->day, NULL))
    complain (entry, _("It has no day."));
}

static char *
dup_or_null (const char *text)
{
  return text != NULL && *text != '\0' && strcmp (text, "NOTPROVIDED") != 0 ? g_strdup (text) : NULL;
}

static char *
find_id (const Reader *self)
{
  const char *own = self->payment.text[BANK_REFERENCE], *entry = self->entry.text[BANK_REFERENCE];

  if (own != NULL && *own != '\0')
    return g_strdup (own);
  return entry == NULL || *entry == '\0' ? NULL : self->n_payments > 1 ? g_strdup_printf ("%s/%u", entry, self->n_payments) : g_strdup (entry);
}

/* ---- one payment, or an entry that does not say what is in it ---- */

static void
take (Reader *self, const Parts *amount)
{
  TbBankEntry *entry = tb_bank_entry_new (self->file);
  gboolean debit = is_debit (self);

  entry->line = amount->line;
  read_amount (self, entry, amount);
  read_day (self, entry);
  entry->back = g_strcmp0 (self->entry.text[BACK], "true") == 0 || get (self, RETURN_REASON) != NULL;
  entry->name = dup_or_null (get (self, debit ? CREDITOR : DEBTOR));
  entry->iban = dup_or_null (get (self, debit ? CREDITOR_IBAN : DEBTOR_IBAN));
  entry->reference = dup_or_null (get (self, STRUCTURED));
  if (entry->reference == NULL)
    entry->reference = dup_or_null (get (self, END_TO_END));
  entry->text = dup_or_null (get (self, TEXT));
  if (self->entry.text[STATUS] != NULL && strcmp (self->entry.text[STATUS], "BOOK") != 0)
    complain (entry, _("The bank has not booked it yet."));
  g_ptr_array_add (self->ids, find_id (self));
}

static void
end_payment (Reader *self)
{
  gboolean own = self->payment.text[AMOUNT] != NULL;

  self->n_payments++;
  take (self, own ? &self->payment : &self->entry);
  if (!own)
    g_ptr_array_add (self->whole, self->file->entries->pdata[self->file->entries->len - 1]);
  parts_clear (&self->payment);
}

/* A batch whose payments have no amounts would come in once for each with all of it. */
static void
end_entry (Reader *self)
{
  if (self->n_payments == 0)
    take (self, &self->entry);
  for (guint i = 0; self->n_payments > 1 && i < self->whole->len; i++)
    complain (self->whole->pdata[i], _("It is one of several payments that the bank booked together, and has no amount of its own."));
  g_ptr_array_set_size (self->whole, 0);
  parts_clear (&self->entry);
  self->n_payments = 0;
}

/* ---- elements ---- */

static gboolean
path_ends (const GPtrArray *path, const char *end)
{
  g_auto (GStrv) names = g_strsplit (end, "/", -1);
  guint n = g_strv_length (names);

  for (guint i = 0; i < n; i++)
    if (n > path->len || strcmp (path->pdata[path->len - n + i], names[i]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_inside (const Reader *self, const char *name)
{
  return self->path->len > 0 && strcmp (g_ptr_array_index (self->path, self->path->len - 1), name) == 0;
}

static void
start_element (GMarkupParseContext *context, const char *name, const char **names, const char **values, gpointer data, GError **error)
{
  Reader *self = data;
  const char *colon = strrchr (name, ':');
  int line;

  g_markup_parse_context_get_position (context, &line, NULL);
  if (self->path->len >= DEPTH_MAX || self->file->entries->len >= ENTRIES_MAX)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("line %d: this is deeper, or has more entries, than any bank's statement."), line);
      return;
    }
  g_ptr_array_add (self->path, g_strdup (colon != NULL ? colon + 1 : name));
  g_string_truncate (self->text, 0);
  self->known = self->known || is_inside (self, "Stmt") || is_inside (self, "Ntfctn") || is_inside (self, "Rpt");
  if (is_inside (self, "Ntry"))
    {
      self->in_entry = TRUE;
      self->entry.line = (guint) line;
    }
  else if (is_inside (self, "TxDtls"))
    {
      self->in_payment = TRUE;
      self->payment.line = (guint) line;
    }
  else if (is_inside (self, "Amt") && self->in_entry)
    for (guint i = 0; names[i] != NULL; i++)
      if (strcmp (names[i], "Ccy") == 0 && (path_ends (self->path, "Ntry/Amt") || path_ends (self->path, "TxDtls/Amt")
                                            || path_ends (self->path, "TxDtls/AmtDtls/TxAmt/Amt")))
        {
          Parts *parts = self->in_payment ? &self->payment : &self->entry;

          g_free (parts->currency);
          parts->currency = g_strdup (values[i]);
        }
}

/* Text that a payer wrote comes in several lines. */
static void
keep (Parts *parts, Part part, const char *text)
{
  if (parts->text[part] == NULL)
    parts->text[part] = tb_text_for_message (text, -1, TEXT_MAX);
  else if (part == TEXT && strlen (parts->text[part]) < TEXT_MAX)
    {
      g_autofree char *more = g_strdup_printf ("%s %s", parts->text[part], text);

      g_free (parts->text[part]);
      parts->text[part] = tb_text_for_message (more, -1, TEXT_MAX);
    }
}

static void
end_element (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reader *self = data;
  g_autofree char *text = g_strstrip (g_strdup (self->text->str));

  for (guint i = 0; self->in_entry && *text != '\0' && i < G_N_ELEMENTS (places); i++)
    if (path_ends (self->path, places[i].path))
      {
        keep (self->in_payment ? &self->payment : &self->entry, places[i].part, text);
        break;
      }
  if (self->file->account == NULL && (path_ends (self->path, "Acct/Id/IBAN") || path_ends (self->path, "Acct/Id/Othr/Id")) && !self->in_entry)
    self->file->account = tb_text_for_message (text, -1, 40);
  if (is_inside (self, "TxDtls"))
    {
      end_payment (self);
      self->in_payment = FALSE;
    }
  else if (is_inside (self, "Ntry"))
    {
      end_entry (self);
      self->in_entry = FALSE;
    }
  g_ptr_array_set_size (self->path, self->path->len - 1);
  g_string_truncate (self->text, 0);
}

static void
add_text (GMarkupParseContext *context, const char *text, gsize len, gpointer data, GError **error)
{
  Reader *self = data;

  g_string_append_len (self->text, text, (gssize) MIN (len, TEXT_MAX * 4));
}

static gboolean
parse (Reader *self, const char *text, gsize len, GError **error)
{
  static const GMarkupParser parser = { start_element, end_element, add_text, NULL, NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, self, NULL);
  GError *failure = NULL;

  if (g_markup_parse_context_parse (context, text, (gssize) len, &failure) && g_markup_parse_context_end_parse (context, &failure))
    {
      if (self->known)
        return TRUE;
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file is no statement of a bank (CAMT.053)."));
      return FALSE;
    }
  if (failure->domain == TB_ERROR)
    g_propagate_error (error, failure);
  else
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file is no XML, or broken: %s"), failure->message);
      g_error_free (failure);
    }
  return FALSE;
}

gboolean
tb_bank_camt_read (TbBankFile *file, const char *text, gsize len, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free), path = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) whole = g_ptr_array_new ();
  g_autoptr (GString) inner = g_string_new (NULL);
  Reader reader = { .file = file, .ids = ids, .path = path, .text = inner, .whole = whole };
  gboolean ok = parse (&reader, text, len, error);

  parts_clear (&reader.entry);
  parts_clear (&reader.payment);
  if (ok)
    tb_bank_file_name_entries (file, ids);
  return ok;
}
