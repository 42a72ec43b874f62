/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-posting-bill.h"
#include "tb-posting.h"

/* ---- the machine: a posting is told events, and says where it stands and what it would do next ---- */

#define NOW 1000

static const char *const events[] = { [TB_EVENT_OPENED] = "opened",   [TB_EVENT_BEGUN] = "begun",       [TB_EVENT_ACCEPTED] = "accepted", [TB_EVENT_REFUSED] = "refused",
                                      [TB_EVENT_NOT_SENT] = "unsent", [TB_EVENT_LOST] = "lost",         [TB_EVENT_NEEDS] = "needs",       [TB_EVENT_COMPLETE] = "complete",
                                      [TB_EVENT_UNREAD] = "unread",   [TB_EVENT_DIFFERS] = "differs",   [TB_EVENT_BLOCKED] = "blocked",   [TB_EVENT_VOID] = "void",
                                      [TB_EVENT_PARK] = "park",       [TB_EVENT_RETRY] = "retry" };
static const char *const step_words[] = { "look", "send", "check", "fill", "trim", "publish", "apply", "log" };

/* "needs:fill=200" */
static TbPostingEvent
read_event (const char *text)
{
  TbPostingEvent event = { 0 };
  g_auto (GStrv) parts = g_strsplit_set (text, ":=", 3);
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (parts[0], events[i]))
      {
        event.kind = (TbPostingEventKind) i;
        known = TRUE;
      }
  g_assert_true (known);
  for (guint i = 0; parts[1] != NULL && i < G_N_ELEMENTS (step_words); i++)
    if (g_str_equal (parts[1], step_words[i]))
      event.needs = (TbPostingStep) i;
  event.at = parts[1] != NULL && parts[2] != NULL ? g_ascii_strtoll (parts[2], NULL, 10) : 0;
  return event;
}

typedef struct
{
  const char *reason;
  TbPostingKind kind;
  const char *events;   /* one after the other; "+30" lets that many seconds pass; "!" before one that must be refused */
  const char *expected; /* "state step +seconds", then what it does next */
} Row;

#define SENT "needs:send begun "
#define MADE SENT "accepted "

static const Row rows[] = {
  { "it begins by looking", TB_POSTING_INVOICE, "", "ready look +0 look" },
  { "nothing there: it is to be sent", TB_POSTING_INVOICE, "needs:send", "ready send +0 send" },
  { "there already, from books restored since: it is taken on", TB_POSTING_INVOICE, "complete", "ready check +0 check" },
  { "looking fails: nothing is sent, and it looks again soon", TB_POSTING_INVOICE, "unread", "ready look +5 look" },
  { "and later each time", TB_POSTING_INVOICE, "unread unread unread", "ready look +20 look" },
  { "but not later than a minute", TB_POSTING_INVOICE, "unread unread unread unread unread unread unread", "ready look +60 look" },
  { "what is under way is committed", TB_POSTING_INVOICE, SENT, "sending send +0 look" },
  { "made: it is compared", TB_POSTING_INVOICE, MADE, "ready check +0 check" },
  { "refused is looked at once before it is believed", TB_POSTING_INVOICE, SENT "refused", "unknown send +0 look" },
  { "refused, and nothing there", TB_POSTING_INVOICE, SENT "refused needs:send", "failed send +0 send" },
  { "refused, and there all the same", TB_POSTING_INVOICE, SENT "refused complete", "ready check +0 check" },
  { "nobody was reached: ready again", TB_POSTING_INVOICE, SENT "unsent", "ready send +5 send" },
  { "lost: it looks at once", TB_POSTING_INVOICE, SENT "lost", "unknown send +0 look" },
  { "lost and found", TB_POSTING_INVOICE, SENT "lost complete", "ready check +0 check" },
  { "not found early is no proof", TB_POSTING_INVOICE, SENT "lost needs:send", "unknown send +10 look" },
  { "nor a little later", TB_POSTING_INVOICE, SENT "lost needs:send +10 needs:send", "unknown send +20 look" },
  { "nor after half a minute", TB_POSTING_INVOICE, SENT "lost needs:send +10 needs:send +20 needs:send", "unknown send +120 look" },
  { "found at last", TB_POSTING_INVOICE, SENT "lost needs:send +10 needs:send +20 needs:send +120 complete", "ready check +0 check" },
  { "after two and a half minutes it is proof", TB_POSTING_INVOICE, SENT "lost needs:send +10 needs:send +20 needs:send +120 needs:send", "ready send +0 send" },
  { "a look that fails does not count", TB_POSTING_INVOICE, SENT "lost needs:send +10 unread +5 needs:send", "unknown send +15 look" },
  { "the program ended while it was sent: that is lost", TB_POSTING_INVOICE, SENT "opened", "unknown send +0 look" },
  { "it ended before: no step is sent that was not looked for by who sends it", TB_POSTING_INVOICE, "needs:send opened", "ready look +0 look" },
  { "it ended while it was looked for: that goes on", TB_POSTING_INVOICE, SENT "lost needs:send opened", "unknown send +10 look" },
  { "all is as it should be: it is published", TB_POSTING_INVOICE, MADE "needs:publish", "ready publish +0 publish" },
  { "published: it is looked at again", TB_POSTING_INVOICE, MADE "needs:publish begun accepted", "ready check +0 check" },
  { "published, the answer lost: only its state says", TB_POSTING_INVOICE, MADE "needs:publish begun lost", "unknown publish +0 check" },
  { "it was published", TB_POSTING_INVOICE, MADE "needs:publish begun lost complete", "ready log +0 log" },
  { "it was not: a second time does no harm", TB_POSTING_INVOICE, MADE "needs:publish begun lost needs:publish", "ready publish +5 publish" },
  { "“must be in Draft status” means it is published", TB_POSTING_INVOICE, MADE "needs:publish begun refused complete", "ready log +0 log" },
  { "refused, and still a draft", TB_POSTING_INVOICE, MADE "needs:publish begun refused needs:publish", "failed publish +0 publish" },
  { "more lines, lost: lines twice would be money twice", TB_POSTING_INVOICE, MADE "needs:fill=200 begun:fill=200 lost needs:fill=200", "unknown fill +10 check" },
  { "they are there, and more are missing", TB_POSTING_INVOICE, MADE "needs:fill=200 begun:fill=200 lost needs:fill=400", "ready fill +0 fill" },
  { "they are there, and nothing is missing", TB_POSTING_INVOICE, MADE "needs:fill=200 begun:fill=200 lost needs:publish", "ready publish +0 publish" },
  { "there twice: what is too much is taken away", TB_POSTING_INVOICE, MADE "needs:trim begun lost needs:trim", "ready trim +5 trim" },
  { "credit applied, the answer lost", TB_POSTING_INVOICE, MADE "needs:apply begun lost needs:apply", "unknown apply +10 check" },
  { "credit applied in full", TB_POSTING_INVOICE, MADE "needs:apply begun lost complete", "ready log +0 log" },
  { "totals differ", TB_POSTING_INVOICE, MADE "differs", "parked check +0 check" },
  { "told to the log of WHMCS", TB_POSTING_INVOICE, MADE "complete begun accepted", "done log +0 log" },
  { "which is a courtesy: refused is done", TB_POSTING_INVOICE, MADE "complete begun refused", "done log +0 log" },
  { "and lost is done", TB_POSTING_INVOICE, MADE "complete begun lost", "done log +0 log" },
  { "the client is closed", TB_POSTING_INVOICE, "blocked", "failed look +0 look" },
  { "voided before it was sent", TB_POSTING_INVOICE, "void", "done look +0 look" },
  { "done is done", TB_POSTING_INVOICE, MADE "complete begun accepted !retry !park !opened", "done log +0 log" },
  { "nor is one given up that may be there", TB_POSTING_INVOICE, SENT "lost !blocked !void", "unknown send +0 look" },
  { "put aside", TB_POSTING_INVOICE, "park", "parked look +0 look" },
  { "and taken up again, from the beginning", TB_POSTING_INVOICE, "needs:send park retry", "ready look +0 look" },
  { "put aside while it was looked for: that is not forgotten", TB_POSTING_INVOICE, SENT "lost needs:send park retry", "unknown send +0 look" },
  { "nor while it was sent", TB_POSTING_INVOICE, SENT "park retry needs:send", "unknown send +10 look" },
  { "refused, mended and tried again", TB_POSTING_INVOICE, SENT "refused needs:send retry", "ready look +0 look" },
  { "what differs and is retried is looked for and compared again", TB_POSTING_INVOICE, MADE "differs retry complete", "ready check +0 check" },
  { "a new client that WHMCS has already", TB_POSTING_CLIENT_NEW, "complete", "ready log +0 log" },
  { "a new client, lost", TB_POSTING_CLIENT_NEW, SENT "lost needs:send", "unknown send +10 look" },
  { "changes may be sent twice", TB_POSTING_CLIENT_CHANGE, SENT "lost needs:send", "ready send +5 send" },
  { "a cancellation may, too", TB_POSTING_CANCEL, SENT "lost needs:send", "ready send +5 send" },
  { "a credit must not", TB_POSTING_CREDIT, SENT "lost needs:send", "unknown send +10 look" },
  { "and is done when it is there", TB_POSTING_CREDIT, MADE "begun accepted", "done log +0 log" },
  { "credit for a published draft must not, either", TB_POSTING_APPLY, SENT "lost needs:send", "unknown send +10 look" },
  { "nor when people applied some meanwhile, which is told by the same amount", TB_POSTING_APPLY, "needs:send=5 begun:send=5 lost needs:send=5", "unknown send +10 look" },
  { "and is done when it is there", TB_POSTING_APPLY, MADE "begun accepted", "done log +0 log" },
  { "the draft was cancelled: there is nothing to apply", TB_POSTING_APPLY, "void", "done look +0 look" },
  { "events that make no sense change nothing", TB_POSTING_INVOICE, "!accepted !lost !begun !needs:check needs:send !needs:send !complete begun !begun !complete !unread",
    "sending send +0 look" },
};

static char *
tell (const Row *row)
{
  TbPostingPlace place = tb_posting_place_first (row->kind);
  g_auto (GStrv) words = g_strsplit (row->events, " ", -1);
  gint64 now = NOW;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] == '+')
      now += g_ascii_strtoll (words[i] + 1, NULL, 10);
    else if (*words[i] != '\0')
      {
        gboolean refused = *words[i] == '!';
        TbPostingEvent event = read_event (words[i] + refused);
        const TbPostingPlace before = place;

        if (tb_posting_place_move (&place, row->kind, &event, now) == refused)
          g_error ("%s: “%s”", row->reason, words[i]);
        if (refused)
          g_assert_cmpmem (&before, sizeof before, &place, sizeof place);
      }
  return g_strdup_printf ("%s %s +%" G_GINT64_FORMAT " %s", tb_posting_state_to_string (place.state), tb_posting_step_to_string (place.step),
                          MAX (place.not_before - now, 0), tb_posting_step_to_string (tb_posting_place_get_action (&place, row->kind)));
}

static void
test_machine (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = tell (&rows[i]);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpstr (found, ==, rows[i].expected);
    }
}

/* Whatever happens in whatever order: nothing that may be done only once is sent again before it was looked for four times over two and a half minutes. */
static void
test_never_twice_in_haste (void)
{
  for (guint n = 0; n < 20000; n++)
    {
      TbPostingPlace place = tb_posting_place_first (TB_POSTING_INVOICE);
      gint64 now = NOW, lost = 0;
      guint looks = 0;

      for (guint i = 0; i < 60; i++)
        {
          TbPostingEvent event = { (TbPostingEventKind) g_test_rand_int_range (0, G_N_ELEMENTS (events)), (TbPostingStep) g_test_rand_int_range (0, 8), 0 };
          TbPostingPlace before = place;

          if (event.kind == TB_EVENT_RETRY || event.kind == TB_EVENT_OPENED || event.kind == TB_EVENT_NEEDS)
            event.needs = TB_STEP_SEND;
          if (!tb_posting_place_move (&place, TB_POSTING_INVOICE, &event, now))
            continue;
          if (before.state == TB_POSTING_SENDING && before.step == TB_STEP_SEND && place.state == TB_POSTING_UNKNOWN && !place.refused)
            {
              lost = now;
              looks = 0;
            }
          looks += before.state == TB_POSTING_UNKNOWN && event.kind == TB_EVENT_NEEDS;
          if (event.kind == TB_EVENT_BEGUN && place.step == TB_STEP_SEND && lost > 0)
            {
              g_assert_cmpint (now - lost, >=, 150);
              g_assert_cmpuint (looks, >=, 4);
            }
          if (event.kind == TB_EVENT_COMPLETE || event.kind == TB_EVENT_DIFFERS)
            lost = 0; /* it is there */
          now = MAX (now, place.not_before);
        }
    }
}

/* ---- markers ---- */

static void
test_markers (void)
{
  static const struct
  {
    const char *reason, *text;
    gboolean there;
  } texts[] = {
    { "as it was written", "INV-1\nRef: TB-ABCDEF-INV1-0A1B2C3D", TRUE },
    { "with what staff wrote behind it", "Ref: TB-ABCDEF-INV1-0A1B2C3D paid by cheque", TRUE },
    { "in brackets, the end of a line", "Fee (Ref: TB-ABCDEF-INV1-0A1B2C3D)", TRUE },
    { "another one that begins like it", "Ref: TB-ABCDEF-INV1-0A1B2C3D4", FALSE },
    { "another one that ends like it", "Ref: XTB-ABCDEF-INV1-0A1B2C3D", FALSE },
    { "both", "XTB-ABCDEF-INV1-0A1B2C3D TB-ABCDEF-INV1-0A1B2C3D", TRUE },
    { "cut", "TB-ABCDEF-INV1-0A1B2C3", FALSE },
    { "none", "", FALSE },
    { "no text", NULL, FALSE },
  };
  g_autofree char *a = tb_posting_make_marker ("ABCDEF", "INV-2026-00042", "x"), *b = tb_posting_make_marker ("ABCDEF", "INV-2026-00042", "x"),
                  *c = tb_posting_make_marker ("ABCDEF", "INV-2026-00042", "y"), *site = tb_posting_site_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i].reason);
      g_assert_cmpint (tb_posting_marker_is_in ("TB-ABCDEF-INV1-0A1B2C3D", texts[i].text), ==, texts[i].there);
    }
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  g_assert_true (g_str_has_prefix (a, "TB-ABCDEF-INV202600042-"));
  g_assert_cmpuint (strlen (site), ==, 6);
  for (const char *at = a; *at != '\0'; at++)
    g_assert_true (g_ascii_isupper (*at) || g_ascii_isdigit (*at) || *at == '-');
}

/* ---- bills: what WHMCS is asked to reckon makes the invoice's total ---- */

typedef struct
{
  const char *service, *amount, *percent;
  gboolean prepaid;
} Line;

typedef struct
{
  const char *reason, *currency;
  Line lines[4];
  guint options;
  const char *part;
  const char *expected; /* "amount[+]…" lines, + = taxed; then @percent, total and what of it is paid */
} Bill;

static const Bill bills[] = {
  { "one tax for all", "CAD", { { "S1", "100", "13" }, { "S1", "0.05", "13" } }, 0, "", "100.00+ 0.05+ @13 113.06 0.00" },
  { "lines without tax among them", "CAD", { { "S1", "100", "13" }, { "S1", "5", NULL } }, 0, "", "100.00+ 5.00 @13 118.00 0.00" },
  { "no tax at all", "CAD", { { "S1", "100", NULL } }, 0, "", "100.00 @0 100.00 0.00" },
  { "a tax of nothing", "CAD", { { "S1", "100", "0" } }, 0, "", "100.00 @0 100.00 0.00" },
  { "two percents: WHMCS has one, so both are lines", "CAD", { { "S1", "100", "13" }, { "S1", "10", "5" } }, 0, "", "100.00 10.00 13.00 0.50 @0 123.50 0.00" },
  { "a part of two", "CAD", { { "S1", "100", "13" }, { "S2", "50", "13" } }, 0, "S1", "100.00+ @13 113.00 0.00" },
  { "the parts’ taxes add up to the whole’s: 0.325 and 0.325 are 0.65", "CAD", { { "S1", "2.50", "13" }, { "S2", "2.50", "13" } }, 0, "S1", "2.50+ @13 2.83 0.00" },
  { "so the second part has its cent less, as a line", "CAD", { { "S1", "2.50", "13" }, { "S2", "2.50", "13" } }, 0, "S2", "2.50 0.32 @0 2.82 0.00" },
  { "what belongs to no service goes with the first", "CAD", { { NULL, "-5", "13" }, { "S1", "100", "13" }, { "S2", "50", "13" } }, 0, "S1", "-5.00+ 100.00+ @13 107.35 0.00" },
  { "without what was paid in advance", "CAD", { { "S1", "30", "13", FALSE }, { "S1", "10", "13", TRUE } }, TB_POSTING_LESS_PAID, "", "30.00+ @13 33.90 0.00" },
  { "all was paid in advance", "CAD", { { "S1", "10", "13", TRUE } }, TB_POSTING_LESS_PAID, "", "@0 0.00 0.00" },
  { "whole, and what was paid said", "CAD", { { "S1", "30", "13", FALSE }, { "S1", "10", "13", TRUE } }, TB_POSTING_APPLY_PAID, "", "30.00+ 10.00+ @13 45.20 11.30" },
  { "no minor units", "JPY", { { "S1", "1000", "10" } }, 0, "", "1000+ @10 1100 0" },
  { "three decimals are more than WHMCS keeps", "KWD", { { "S1", "1.005", NULL } }, 0, "", NULL },
};

static TbAmount
read_decimal (const char *text, guint scale)
{
  gint64 value = 0;

  g_assert_true (tb_decimal_parse (text, -1, scale, &value, NULL));
  return value;
}

static TbInvoice *
make_invoice (const Bill *bill)
{
  TbInvoice *invoice = tb_invoice_new ();

  g_assert_true (tb_currency_parse (bill->currency, &invoice->currency, NULL));
  for (const Line *given = bill->lines; given->amount != NULL && given < bill->lines + G_N_ELEMENTS (bill->lines); given++)
    {
      TbInvoiceLine *line = tb_invoice_line_new ();

      line->service = g_strdup (given->service);
      line->description = g_strdup ("Calls");
      line->amount = read_decimal (given->amount, TB_AMOUNT_SCALE);
      line->tax = g_strdup (given->percent != NULL ? "HST" : NULL);
      line->tax_percent = given->percent != NULL ? read_decimal (given->percent, TB_RATE_SCALE) : 0;
      line->tax_category = g_strdup (given->percent != NULL ? "S" : NULL);
      line->prepaid = given->prepaid;
      g_ptr_array_add (invoice->lines, line);
    }
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  return invoice;
}

static char *
say_bill (const TbPostingBill *bill)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *percent = tb_decimal_format (bill->tax_percent, TB_RATE_SCALE, 0), *total = tb_money_to_string ((TbMoney){ bill->total, bill->currency }),
                  *paid = tb_money_to_string ((TbMoney){ bill->paid, bill->currency });

  for (guint i = 0; i < bill->lines->len; i++)
    {
      const TbPostingLine *line = bill->lines->pdata[i];
      g_autofree char *amount = tb_money_to_string ((TbMoney){ line->amount, bill->currency });

      g_string_append_printf (text, "%s%s ", amount, line->taxed ? "+" : "");
      g_assert_cmpint (tb_posting_marker_is_in ("TB-X", line->description), ==, i + 1 == bill->lines->len);
    }
  g_string_append_printf (text, "@%s %s %s", percent, total, paid);
  return g_strdup (text->str);
}

static void
test_bills (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bills); i++)
    {
      const Bill *row = &bills[i];
      g_autoptr (TbInvoice) invoice = make_invoice (row);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPostingBill) bill = tb_posting_bill_new (invoice, row->part, row->options, "TB-X", &error);
      g_autofree char *found = bill != NULL ? say_bill (bill) : NULL;

      g_test_message ("%s", row->reason);
      g_assert_cmpstr (found, ==, row->expected);
      if (bill != NULL && *row->part == '\0' && (row->options & TB_POSTING_LESS_PAID) == 0)
        g_assert_cmpint (bill->total, ==, invoice->total);
      if (bill != NULL && (row->options & TB_POSTING_LESS_PAID) != 0)
        g_assert_cmpint (bill->total, ==, tb_invoice_get_payable (invoice));
      if (bill != NULL && (row->options & TB_POSTING_APPLY_PAID) != 0)
        g_assert_cmpint (bill->paid, ==, invoice->paid);
    }
}

/* Any invoice in parts: together they are the whole. */
static void
test_parts_add_up (void)
{
  for (guint n = 0; n < 3000; n++)
    {
      g_autoptr (TbInvoice) invoice = tb_invoice_new ();
      g_autoptr (GPtrArray) parts = NULL;
      guint options = g_test_rand_bit () ? TB_POSTING_LESS_PAID : 0;
      TbAmount sum = 0;

      g_assert_true (tb_currency_parse ("CAD", &invoice->currency, NULL));
      for (int i = g_test_rand_int_range (1, 9); i > 0; i--)
        {
          TbInvoiceLine *line = tb_invoice_line_new ();
          static const int percents[] = { 13, 5, 0 };

          line->service = g_strdup_printf ("S%d", g_test_rand_int_range (1, 4));
          line->description = g_strdup ("Calls");
          line->amount = g_test_rand_int_range (-500, 2000) * (TB_AMOUNT_ONE / 100);
          line->tax = g_strdup ("T");
          line->tax_percent = percents[g_test_rand_int_range (0, 3)] * TB_DECIMAL_ONE;
          line->tax_category = g_strdup ("S");
          line->prepaid = g_test_rand_bit ();
          g_ptr_array_add (invoice->lines, line);
        }
      g_assert_true (tb_invoice_compute_totals (invoice, NULL));
      parts = tb_posting_bill_list_parts (invoice);
      for (guint i = 0; i < parts->len; i++)
        {
          g_autoptr (TbPostingBill) bill = tb_posting_bill_new (invoice, parts->pdata[i], options, "TB-X", NULL);

          sum += bill->total;
        }
      g_assert_cmpint (sum, ==, options != 0 ? tb_invoice_get_payable (invoice) : invoice->total);
    }
}

/* The mark goes with the first request, so that a draft whose reply was lost bears it, whatever became of its notes. */
static void
test_mark (void)
{
  static const guint counts[] = { 1, 2, 199, 200, 201, 450 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (TbInvoice) invoice = tb_invoice_new ();
      g_autoptr (TbPostingBill) bill = NULL;
      guint n_marked = 0, marked = 0;

      g_assert_true (tb_currency_parse ("CAD", &invoice->currency, NULL));
      for (guint n = 0; n < counts[i]; n++)
        {
          TbInvoiceLine *line = tb_invoice_line_new ();

          line->description = g_strdup ("Item");
          line->amount = TB_AMOUNT_ONE;
          g_ptr_array_add (invoice->lines, line);
        }
      bill = tb_posting_bill_new (invoice, "", 0, "TB-X", NULL);
      for (guint n = 0; n < bill->lines->len; n++)
        if (tb_posting_marker_is_in ("TB-X", ((TbPostingLine *) bill->lines->pdata[n])->description))
          {
            n_marked++;
            marked = n + 1;
          }
      g_assert_cmpuint (n_marked, ==, 1);
      g_assert_cmpuint (marked, ==, MIN (counts[i], TB_POSTING_LINES_AT_ONCE));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/posting/machine", test_machine);
  g_test_add_func ("/posting/never-twice-in-haste", test_never_twice_in_haste);
  g_test_add_func ("/posting/markers", test_markers);
  g_test_add_func ("/posting/bills", test_bills);
  g_test_add_func ("/posting/mark", test_mark);
  g_test_add_func ("/posting/parts-add-up", test_parts_add_up);
  return g_test_run ();
}
