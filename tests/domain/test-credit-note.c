/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-credit-note.h"

#include "tb-error.h"

#define CENT (TB_AMOUNT_ONE / 100)

static void
add_line (TbInvoice *invoice, TbInvoiceLineKind kind, TbAmount cents, const char *tax, int tenths, gboolean prepaid)
{
  TbInvoiceLine *line = tb_invoice_line_new ();

  line->kind = kind;
  line->description = g_strdup ("Calls to Austria");
  line->calls = kind == TB_LINE_USAGE ? 7 : 0;
  line->amount = cents * CENT;
  line->tax = g_strdup (tax);
  line->tax_category = g_strdup (tax != NULL ? "S" : NULL);
  line->tax_percent = tenths * (TB_DECIMAL_ONE / 10);
  line->prepaid = prepaid;
  g_ptr_array_add (invoice->lines, line);
}

/* 20.00 + 0.05 + 0.05 at 13 %, 0.50 of calls at 19.9 % paid from the balance, 1.00 without tax. */
static TbInvoice *
bill_new (TbInvoiceState state)
{
  TbInvoice *invoice = tb_invoice_new ();

  g_assert_true (tb_currency_parse ("CAD", &invoice->currency, NULL));
  invoice->id = 5;
  invoice->state = state;
  invoice->number = g_strdup (state != TB_INVOICE_DRAFT ? "INV-1" : NULL);
  invoice->client = g_strdup ("C1");
  add_line (invoice, TB_LINE_FEE, 2000, "HST", 130, FALSE);
  add_line (invoice, TB_LINE_USAGE, 5, "HST", 130, FALSE);
  add_line (invoice, TB_LINE_USAGE, 5, "HST", 130, FALSE);
  add_line (invoice, TB_LINE_USAGE, 50, "VAT", 199, TRUE);
  add_line (invoice, TB_LINE_FEE, 100, NULL, 0, FALSE);
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  return invoice;
}

static const struct
{
  const char *reason, *lines; /* lines NULL: all */
  TbInvoiceState state;
  TbAmount total, paid; /* cents; total 0: refused */
  int code;
} rows[] = {
  { "all: what the bill comes to, to the cent", NULL, TB_INVOICE_APPROVED, -2431, -60, 0 },
  { "half a cent of tax goes away from zero, as on the bill: 0.05 × 13 % = 0.0065", "1", TB_INVOICE_APPROVED, -6, 0, 0 },
  { "tax on the sum, not by line: 0.10 × 13 % = 0.013", "1 2", TB_INVOICE_APPROVED, -11, 0, 0 },
  { "what the balance paid goes back there", "3", TB_INVOICE_APPROVED, -60, -60, 0 },
  { "no tax", "4", TB_INVOICE_APPROVED, -100, 0, 0 },
  { "a line that is not there", "5", TB_INVOICE_APPROVED, 0, 0, TB_ERROR_INVALID_INPUT },
  { "a line twice", "1 1", TB_INVOICE_APPROVED, 0, 0, TB_ERROR_INVALID_INPUT },
  { "no line", "", TB_INVOICE_APPROVED, 0, 0, TB_ERROR_INVALID_INPUT },
  { "drafts are made again", NULL, TB_INVOICE_DRAFT, 0, 0, TB_ERROR_CONFLICT },
  { "nothing is owed on a void one", NULL, TB_INVOICE_VOID, 0, 0, TB_ERROR_CONFLICT },
};

static GArray *
parse (const char *text)
{
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", -1) : NULL;
  GArray *lines = text != NULL ? g_array_new (FALSE, FALSE, sizeof (guint)) : NULL;

  for (char **word = words; word != NULL && *word != NULL; word++)
    {
      guint at = (guint) g_ascii_strtoull (*word, NULL, 10);

      if (**word != '\0')
        g_array_append_val (lines, at);
    }
  return lines;
}

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbInvoice) bill = bill_new (rows[i].state), note = NULL;
      g_autoptr (GArray) lines = parse (rows[i].lines);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      note = tb_credit_note_new (bill, lines, "Because", &error);
      if (rows[i].total == 0)
        {
          g_assert_error (error, TB_ERROR, rows[i].code);
          g_assert_null (note);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (note->total, ==, rows[i].total * CENT);
      g_assert_cmpint (note->paid, ==, rows[i].paid * CENT);
      g_assert_cmpint (note->kind, ==, TB_INVOICE_CREDIT_NOTE);
      g_assert_cmpint (note->state, ==, TB_INVOICE_DRAFT);
      g_assert_cmpuint (note->corrects_id, ==, 5);
      g_assert_cmpstr (note->corrects, ==, "INV-1");
      g_assert_cmpstr (note->reason, ==, "Because");
      g_assert_cmpstr (note->client, ==, "C1");
      if (rows[i].lines == NULL)
        g_assert_cmpint (note->total, ==, -bill->total);
    }
}

static const struct
{
  const char *reason;
  TbAmount noted; /* cents */
  gboolean fits;
} rooms[] = {
  { "the first one", 0, TRUE },
  { "some was credited", 1, FALSE },
  { "all was credited", 2431, FALSE },
};

static void
test_room (void)
{
  g_autoptr (TbInvoice) bill = bill_new (TB_INVOICE_APPROVED), all = tb_credit_note_new (bill, NULL, "", NULL);

  g_assert_null (all->reason);
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rooms[i].reason);
      g_assert_cmpint (tb_credit_note_check_room (bill, rooms[i].noted * CENT, all, &error), ==, rooms[i].fits);
      if (!rooms[i].fits)
        g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credit-note/lines", test_lines);
  g_test_add_func ("/credit-note/room", test_room);
  return g_test_run ();
}
