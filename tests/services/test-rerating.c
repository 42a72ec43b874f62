/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-billing-run.h"
#include "tb-clock.h"
#include "tb-correction-store.h"
#include "tb-dump.h"
#include "tb-error.h"
#include "tb-explain.h"
#include "tb-invoice-store.h"
#include "tb-printed-invoice.h"
#include "tb-rerating.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "test-books.h"

/* Rating again: what is foretold is what is done, invoiced calls stay as they are, and their differences are settled once. */

#define FIRST G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */
#define CALLS 120

static const char *const tenants[] = { "acme", "beta", "gamma", "delta" };
static const char *const callees[] = { "12045550142", "14165550117", "442079460018", "99", "33155501234" };

static TbCall
make_call (guint i, char uid[16])
{
  g_snprintf (uid, 16, "call-%03u", i);
  return tb_test_call (uid, tenants[i % 4], FIRST + i * 9000, callees[i / 4 % 5], 5 + (gint32) (i * 37 % 400));
}

static void
add_calls (TbStore *store, const guint *order, guint n)
{
  g_autofree TbCall *calls = g_new (TbCall, n);
  g_autofree char (*uids)[16] = g_malloc (n * sizeof *uids);

  for (guint i = 0; i < n; i++)
    calls[i] = make_call (order[i], uids[i]);
  tb_test_import (store, calls, n);
}

static TbStore *
new_books (const char *name, guint seed, guint files)
{
  g_autofree char *path = test_path (name);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  TbStore *store = tb_test_books_new (path);
  TbRatingCounts counts;
  guint order[CALLS];

  for (guint i = 0; i < CALLS; i++)
    order[i] = i;
  for (guint i = CALLS - 1; seed != 0 && i > 0; i--)
    {
      guint other = (guint) g_rand_int_range (random, 0, (gint32) i + 1), kept = order[i];

      order[i] = order[other];
      order[other] = kept;
    }
  for (guint i = 0; i < files; i++)
    {
      add_calls (store, order + CALLS * i / files, CALLS * (i + 1) / files - CALLS * i / files);
      g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, NULL));
      tb_rating_counts_clear (&counts);
    }
  return store;
}

/* ---- what is done to the books ---- */

static void
set_price (TbStore *store, const char *prefix, const char *price)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, NULL);
  TbTariff *tariff = tb_setup_find_tariff (setup, "deck");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < tariff->rates->len; i++)
    {
      TbRate *rate = tariff->rates->pdata[i];

      if (prefix == NULL || strcmp (rate->prefix, prefix) == 0)
        g_assert_true (tb_decimal_parse (price, -1, TB_RATE_SCALE, &rate->rate, NULL));
    }
  tb_setup_store_apply (store, setup, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_pool (TbStore *store, gint64 seconds)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, NULL);

  ((TbAllowance *) tb_setup_find_package (setup, "Pool")->included->pdata[0])->seconds = seconds;
  g_assert_true (tb_setup_store_apply (store, setup, FALSE, NULL, NULL, NULL));
}

static TbBillingRun *
bill (TbStore *store, int month)
{
  g_autoptr (GError) error = NULL;
  TbBillingRun *run = tb_billing_run (store, 2026, month, NULL, TB_BILLING_INCOMPLETE, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static void
approve_all (TbStore *store)
{
  g_autoptr (GPtrArray) invoices = tb_invoice_store_list (store, NULL, NULL);

  for (guint i = 0; i < invoices->len; i++)
    {
      const TbInvoice *invoice = invoices->pdata[i];
      g_autofree char *id = g_strdup_printf ("%u", invoice->id);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbInvoice) approved = invoice->state == TB_INVOICE_DRAFT ? tb_billing_approve (store, id, &error) : NULL;

      g_assert_no_error (error);
    }
}

static TbStore *
invoiced_books (const char *name)
{
  TbStore *store = new_books (name, 0, 1);
  g_autoptr (TbBillingRun) run = bill (store, 10);

  approve_all (store);
  return store;
}

static TbRerating *
apply (TbStore *store, const TbRatingScope *scope, TbInvoicedOutcome outcome)
{
  const TbRatingScope all = { 0 };
  g_autoptr (GError) error = NULL;
  TbRerating *rerating = tb_rerating_apply (store, scope != NULL ? scope : &all, outcome, NULL, NULL, &error);

  g_assert_no_error (error);
  return rerating;
}

/* Everything of October's invoices: as written, as frozen, and the calls on them. */
static char *
october (TbStore *store)
{
  return tb_test_query_text (
      store, "SELECT (SELECT group_concat(l, char(10)) FROM (SELECT number || frozen || net || tax || total || issued AS l FROM invoice WHERE month = 10 AND "
             "corrects IS NULL ORDER BY id)) || (SELECT group_concat(l, char(10)) FROM (SELECT invoice || description || calls || amount AS l FROM invoice_line "
             "WHERE invoice <= 3 ORDER BY invoice, position)) || (SELECT group_concat(l, char(10)) FROM (SELECT id || ' ' || status || ' ' || "
             "coalesce(charge, 0) || ' ' || coalesce(free, 0) || ' ' || coalesce(rate, 0) AS l FROM rated WHERE invoice <= 3 ORDER BY id))");
}

static gint64
count_lines (TbStore *store, int month)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM invoice_line l JOIN invoice i ON i.id = l.invoice WHERE l.kind = 4 AND i.month = %d AND "
                                          "i.corrects IS NULL AND i.state <> 2", month);

  return tb_test_query_int (store, sql);
}

/* ---- outcomes ---- */

static const struct
{
  const char *why, *prefix, *price;
  TbInvoicedOutcome outcome;
  gint64 corrections, notes, lines; /* of C1, C2 and C3, each with one invoice; lines in November */
} outcomes[] = {
  { "kept: told, and nothing else", "1204", "0.01", TB_INVOICED_KEEP, 0, 0, 0 },
  { "cheaper, as lines of the next bill; C2 has two services on its invoice", "1204", "0.01", TB_INVOICED_LINE, 4, 0, 3 },
  { "cheaper, as credit notes", "1204", "0.01", TB_INVOICED_CREDIT, 4, 3, 0 },
  { "dearer: nothing to give back, so lines", "1204", "0.03", TB_INVOICED_CREDIT, 4, 0, 3 },
  { "the same price under another version: no difference", "1204", "0.02", TB_INVOICED_LINE, 0, 0, 0 },
  { "free by now", NULL, "0", TB_INVOICED_CREDIT, 4, 3, 0 },
};

static void
test_outcomes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *name = g_strdup_printf ("outcome-%u", i), *before = NULL, *after = NULL;
      g_autoptr (TbStore) store = invoiced_books (name);
      g_autoptr (TbRerating) first = NULL, second = NULL;
      g_autoptr (TbBillingRun) november = NULL, once_more = NULL, december = NULL;

      g_test_message ("%s", outcomes[i].why);
      before = october (store);
      set_price (store, outcomes[i].prefix, outcomes[i].price);
      first = apply (store, NULL, outcomes[i].outcome);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM correction"), ==, outcomes[i].corrections);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM invoice WHERE kind = 1 AND corrects IS NOT NULL"), ==, outcomes[i].notes);
      second = apply (store, NULL, outcomes[i].outcome);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM correction"), ==, outcomes[i].corrections);
      g_assert_cmpuint (second->corrections->len, ==, outcomes[i].outcome == TB_INVOICED_KEEP ? first->corrections->len : 0);
      november = bill (store, 11);
      g_assert_cmpint (count_lines (store, 11), ==, outcomes[i].lines);
      once_more = bill (store, 11);
      g_assert_cmpuint (once_more->unchanged, ==, november->created);
      tb_test_assert_sound (store);
      approve_all (store);
      december = bill (store, 12);
      g_assert_cmpint (count_lines (store, 12), ==, 0);
      after = october (store);
      g_assert_cmpstr (after, ==, before);
      tb_test_assert_sound (store);
    }
}

/* The line is what the calls differ by, and taxed as they were. */
static void
test_line (void)
{
  g_autoptr (TbStore) store = invoiced_books ("line");
  g_autoptr (TbRerating) rerating = NULL;
  g_autoptr (TbBillingRun) november = NULL;
  g_autoptr (TbInvoice) bill_of_c1 = NULL;
  g_autofree char *id = NULL;
  const TbInvoiceLine *line;
  gint64 seconds = tb_test_query_int (store, "SELECT sum(r.billed) FROM rated r JOIN rate t ON t.id = r.rate WHERE r.client = 1 AND t.prefix = '1204'");
  gint64 was = tb_test_query_int (store, "SELECT sum(charge) FROM rated WHERE client = 1");

  set_price (store, "1204", "0.01");
  rerating = apply (store, NULL, TB_INVOICED_LINE);
  november = bill (store, 11);
  id = g_strdup_printf ("%u", ((TbInvoice *) november->invoices->pdata[0])->id);
  bill_of_c1 = tb_invoice_store_get (store, id, NULL);
  g_assert_cmpstr (bill_of_c1->client, ==, "C1");
  line = bill_of_c1->lines->pdata[bill_of_c1->lines->len - 1];
  g_assert_cmpint (line->kind, ==, TB_LINE_CORRECTION);
  g_assert_cmpstr (line->description, ==, "Correction of invoice INV-2026-00001");
  g_assert_cmpstr (line->tax, ==, "HST");
  g_assert_cmpint (seconds, >, 0);
  g_assert_cmpint (was, >, 0);
  /* 0.01 USD a minute less, marked up by a quarter, at 1.40: 0.0175 CAD a minute; each call is rounded, so near a cent */
  g_assert_cmpint (ABS (-line->amount - seconds * 17500000 / 60), <, 10000000);
}

/* ---- only what is new ---- */

static void
test_later (void)
{
  static const struct { const char *why, *price; } rows[] = {
    { "cheaper", "0.015" }, { "cheaper still", "0.01" }, { "dearer than it ever was", "0.03" }, { "as it was invoiced", "0.02" },
  };
  g_autoptr (TbStore) store = invoiced_books ("later");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TbRatingScope all = { 0 };
      g_autoptr (TbRerating) rerating = NULL, told = NULL;
      gint64 booked = tb_test_query_int (store, "SELECT coalesce(sum(amount), 0) FROM correction"), difference = 0;

      g_test_message ("%s", rows[i].why);
      set_price (store, "1204", rows[i].price);
      told = tb_rerating_preview (store, &all, TB_INVOICED_LINE, NULL, NULL);
      for (guint j = 0; j < told->comparison->clients->len; j++)
        difference += ((TbComparisonRow *) told->comparison->clients->pdata[j])->invoiced_difference;
      rerating = apply (store, NULL, TB_INVOICED_LINE);
      g_assert_cmpuint (rerating->corrections->len, ==, 4);
      g_assert_cmpint (tb_test_query_int (store, "SELECT sum(amount) FROM correction"), ==, booked + difference);
      tb_test_assert_sound (store);
    }
  g_assert_cmpint (tb_test_query_int (store, "SELECT sum(amount) FROM correction"), ==, 0);
}

static void
assert_explained (TbStore *store, gint64 call, const char *const *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallExplanation) explained = tb_explain_call (store, call, &error);
  g_autofree char *staff = NULL, *text = NULL;

  g_assert_no_error (error);
  staff = tb_explanation_to_text (explained->explanation);
  text = g_strconcat (staff, explained->explanation->client_text, NULL);
  for (; *expected != NULL; expected++)
    if (strstr (text, *expected) == NULL)
      g_error ("“%s” is not in: %s", *expected, text);
}

/* Each correction of a call is told with the document that has it, and what the client pays with all of them. */
static void
test_explained (void)
{
  g_autoptr (TbStore) store = invoiced_books ("explained");
  g_autoptr (TbRerating) less = NULL, more = NULL;
  g_autoptr (TbBillingRun) november = NULL;
  g_autofree char *pays = NULL, *corrected = NULL;
  gint64 call, paid;

  set_price (store, "1204", "0.01");
  less = apply (store, NULL, TB_INVOICED_LINE);
  call = tb_test_query_int (store, "SELECT min(call) FROM correction_call");
  assert_explained (store, call, (const char *const[]){ "after invoice INV-2026-0000", " less, waiting for the next bill.", NULL });
  november = bill (store, 11);
  assert_explained (store, call, (const char *const[]){ " less, a line on a draft.", NULL });
  set_price (store, "1204", "0.05");
  more = apply (store, NULL, TB_INVOICED_LINE);
  paid = tb_test_query_int (store, "SELECT charge + (SELECT sum(amount) FROM correction_call d WHERE d.call = r.id) FROM rated r "
                                   "WHERE id = (SELECT min(call) FROM correction_call)");
  g_assert_cmpint (paid % 100000, ==, 0); /* what is rated has four decimals */
  pays = g_strdup_printf ("With that the client pays %" G_GINT64_FORMAT ".", paid / 1000000000);
  corrected = g_strdup_printf ("Charge after it was corrected: %" G_GINT64_FORMAT ".", paid / 1000000000);
  assert_explained (store, call, (const char *const[]){ " less, a line on a draft.", " more, waiting for the next bill.", pays, corrected, NULL });
}

/* A part first and then all: the part is not booked a second time, wherever the two overlap. */
static void
test_parts (void)
{
  g_autoptr (TbStore) whole = invoiced_books ("whole"), parts = invoiced_books ("parts");
  const TbRatingScope early = { .from = FIRST, .to = FIRST + 400000 }, middle = { .from = FIRST + 200000, .to = FIRST + 700000 },
                      one = { .client = "C1" }, deck = { .tariff = "deck" };
  const TbRatingScope *const scopes[] = { &early, &middle, &one, &deck };
  g_autoptr (TbRerating) all = NULL;

  set_price (whole, NULL, "0.004");
  set_price (parts, NULL, "0.004");
  all = apply (whole, NULL, TB_INVOICED_LINE);
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (TbRerating) part = apply (parts, scopes[i], TB_INVOICED_LINE);

      g_assert_cmpuint (part->corrections->len, >, 0);
      tb_test_assert_sound (parts);
    }
  g_assert_cmpint (tb_test_query_int (parts, "SELECT sum(amount) FROM correction"), ==, tb_test_query_int (whole, "SELECT sum(amount) FROM correction"));
  g_assert_cmpint (tb_test_query_int (parts, "SELECT sum(calls) FROM correction"), ==, tb_test_query_int (whole, "SELECT sum(calls) FROM correction"));
}

/* A price that is missing by now gives no money back. */
static void
test_unpriced (void)
{
  g_autoptr (TbStore) store = invoiced_books ("unpriced");
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, NULL);
  g_autoptr (TbRerating) rerating = NULL;

  g_ptr_array_set_size (tb_setup_find_tariff (setup, "deck")->rates, 0);
  g_assert_true (tb_setup_store_apply (store, setup, FALSE, NULL, NULL, NULL));
  rerating = apply (store, NULL, TB_INVOICED_CREDIT);
  g_assert_cmpuint (rerating->corrections->len, ==, 0);
  g_assert_cmpuint (rerating->unsettled, >, 0);
  tb_test_assert_sound (store);
}

/* ---- included minutes ---- */

/* More of them than were invoiced: invoiced calls get theirs as a correction, calls that came late the rest, and no second is given twice. */
static void
test_pool (void)
{
  g_autoptr (TbStore) store = invoiced_books ("pool");
  TbCall late = tb_test_call ("late", "beta", FIRST + 500, "12045550142", 6000);
  g_autoptr (TbRerating) rerating = NULL, again = NULL, kept = NULL;
  const gint64 pool = 3000;

  tb_test_import (store, &late, 1);
  set_pool (store, pool);
  rerating = apply (store, NULL, TB_INVOICED_LINE);
  g_assert_cmpuint (rerating->corrections->len, >, 0);
  g_assert_cmpint (tb_test_query_int (store, "SELECT (SELECT sum(free) FROM rated WHERE client = 2) + (SELECT sum(free) FROM correction_call)"), ==, pool);
  again = apply (store, NULL, TB_INVOICED_LINE);
  g_assert_cmpuint (again->corrections->len, ==, 0);
  g_assert_cmpuint (again->counts.changed, ==, 0);
  kept = apply (store, NULL, TB_INVOICED_KEEP);
  g_assert_cmpuint (kept->counts.changed, ==, 0);
  tb_test_assert_sound (store);
}

/* ---- a preview ---- */

static void
test_preview (void)
{
  g_autofree char *path = test_path ("preview"), *before = NULL, *after = NULL;
  g_autoptr (TbStore) store = invoiced_books ("preview");
  TbCall late = tb_test_call ("late", "acme", FIRST + 700, "12045550142", 60);
  g_autoptr (TbRerating) told = NULL, done = NULL, refused = NULL, anew = NULL;
  const TbRatingScope all = { 0 };
  g_autoptr (GError) error = NULL;

  tb_test_import (store, &late, 1);
  set_price (store, "1204", "0.01");
  before = tb_dump_books (path);
  told = tb_rerating_preview (store, &all, TB_INVOICED_LINE, NULL, &error);
  g_assert_no_error (error);
  after = tb_dump_books (path);
  tb_dump_assert_equal (after, before);

  set_price (store, "1204", "0.012"); /* behind its back */
  g_clear_pointer (&before, g_free);
  before = tb_dump_books (path);
  refused = tb_rerating_apply (store, &all, TB_INVOICED_LINE, told->fingerprint, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_clear_pointer (&after, g_free);
  after = tb_dump_books (path);
  tb_dump_assert_equal (after, before);

  anew = tb_rerating_preview (store, &all, TB_INVOICED_LINE, NULL, &error);
  done = tb_rerating_apply (store, &all, TB_INVOICED_LINE, anew->fingerprint, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->comparison->changed, ==, anew->comparison->changed);
  for (guint i = 0; i < anew->comparison->clients->len; i++)
    {
      const TbComparisonRow *row = anew->comparison->clients->pdata[i];
      g_autofree char *sql = g_strdup_printf ("SELECT coalesce((SELECT sum(charge) FROM rated r JOIN client c ON c.id = r.client WHERE c.key = '%s'), 0) + "
                                              "coalesce((SELECT sum(amount) FROM correction r JOIN client c ON c.id = r.client WHERE c.key = '%s'), 0)",
                                              row->key, row->key);

      g_assert_cmpint (tb_test_query_int (store, sql), ==, row->after);
      g_assert_cmpint (row->difference, ==, row->open_difference + row->invoiced_difference);
    }
  tb_test_assert_sound (store);
}

/* ---- documents that are given up ---- */

static void
test_given_up (void)
{
  g_autoptr (TbStore) store = invoiced_books ("given-up");
  g_autoptr (TbRerating) lines = NULL, notes = NULL, anew = NULL;
  g_autoptr (TbBillingRun) november = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  gint64 note;

  set_price (store, "1204", "0.01");
  lines = apply (store, NULL, TB_INVOICED_LINE);
  november = bill (store, 11);
  for (guint i = 0; i < november->invoices->len; i++)
    g_assert_true (tb_invoice_store_delete_draft (store, ((TbInvoice *) november->invoices->pdata[i])->id, NULL));
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM correction WHERE taken IS NULL"), ==, 4); /* a bill's lines wait again */
  second = bill (store, 11);
  g_assert_cmpint (count_lines (store, 11), ==, 3);
  approve_all (store);
  g_assert_false (tb_billing_void (store, "INV-2026-00001", &error)); /* else what it was corrected by would stand alone */
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "INV-2026-00004"));
  tb_test_assert_sound (store);

  set_price (store, "1204", "0.005");
  notes = apply (store, NULL, TB_INVOICED_CREDIT);
  note = tb_test_query_int (store, "SELECT min(id) FROM invoice WHERE kind = 1 AND state = 0");
  g_assert_true (tb_invoice_store_void (store, (guint32) note, NULL)); /* a draft credit note: its difference was never booked */
  tb_test_assert_sound (store);
  anew = apply (store, NULL, TB_INVOICED_CREDIT);
  g_assert_cmpuint (anew->corrections->len, ==, 1);
  approve_all (store);
  tb_test_assert_sound (store);
}

/* A credit note has a number of its own series, refers to its invoice, and is what was frozen. */
static void
test_credit_note (void)
{
  g_autoptr (TbStore) store = invoiced_books ("credit-note");
  g_autoptr (TbRerating) rerating = NULL;
  g_autoptr (TbPrintedInvoice) printed = NULL;
  const TbInvoice *note;

  set_price (store, "1204", "0.01");
  rerating = apply (store, NULL, TB_INVOICED_CREDIT);
  approve_all (store);
  printed = tb_printed_invoice_load (store, "CN-INV-2026-00001", NULL);
  g_assert_nonnull (printed);
  note = printed->invoice;
  g_assert_cmpint (note->kind, ==, TB_INVOICE_CREDIT_NOTE);
  g_assert_cmpstr (note->corrects, ==, "INV-2026-00001");
  g_assert_cmpint (note->total, <, 0);
  g_assert_cmpint (note->total, ==, note->net + note->tax);
  g_assert_cmpint (note->tax, <, 0); /* the tax goes back too */
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM invoice WHERE number IN ('CN-INV-2026-00002', 'CN-INV-2026-00003')"), ==, 2);
  tb_test_assert_sound (store);
  tb_test_exec (store, "UPDATE invoice SET frozen = replace(frozen, 'corrects=INV-2026-00001', 'corrects=INV-2026-00002') WHERE kind = 1");
  {
    g_autoptr (GPtrArray) findings = NULL;

    g_assert_true (tb_store_check (store, &findings, NULL, NULL));
    g_assert_cmpuint (findings->len, >, 0);
  }
}

/* A bill that gives back more than it asks for. */
static void
test_negative_bill (void)
{
  g_autoptr (TbStore) store = invoiced_books ("negative");
  g_autoptr (TbRerating) rerating = NULL;
  g_autoptr (TbBillingRun) november = NULL;
  gint64 free_calls;

  set_price (store, NULL, "0");
  rerating = apply (store, NULL, TB_INVOICED_LINE);
  {
    g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, NULL);

    for (guint i = 0; i < setup->packages->len; i++)
      ((TbPackage *) setup->packages->pdata[i])->fee = 0;
    g_assert_true (tb_setup_store_apply (store, setup, FALSE, NULL, NULL, NULL));
  }
  november = bill (store, 11);
  free_calls = tb_test_query_int (store, "SELECT count(*) FROM invoice WHERE month = 11 AND kind = 1 AND total < 0");
  g_assert_cmpint (free_calls, ==, 3);
  approve_all (store);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM invoice WHERE number LIKE 'CN-INV-2026-%'"), ==, 3);
  tb_test_assert_sound (store);
}

/* ---- check finds what does not add up ---- */

static void
test_check (void)
{
  static const struct { const char *why, *sql; } rows[] = {
    { "the sum of a correction", "UPDATE correction SET amount = amount + 1000000000 WHERE id = 1" },
    { "one of its calls", "UPDATE correction_call SET amount = amount + 1 WHERE correction = 1" },
    { "a line that nothing was taken for", "UPDATE correction SET taken = NULL WHERE id = 1" },
    { "calls of another invoice", "UPDATE correction SET invoice = 3 WHERE id = 1" },
    { "a document that is void", "UPDATE invoice SET state = 2 WHERE id = (SELECT taken FROM correction WHERE id = 1)" },
    { "a credit without its note", "UPDATE correction SET outcome = 1, taken = NULL WHERE id = 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("check-%u", i);
      g_autoptr (TbStore) store = invoiced_books (name);
      g_autoptr (TbRerating) rerating = NULL;
      g_autoptr (TbBillingRun) november = NULL;
      g_autoptr (GPtrArray) findings = NULL;

      g_test_message ("%s", rows[i].why);
      set_price (store, "1204", "0.01");
      rerating = apply (store, NULL, TB_INVOICED_LINE);
      november = bill (store, 11);
      tb_test_assert_sound (store);
      tb_test_exec (store, rows[i].sql);
      g_assert_true (tb_store_check (store, &findings, NULL, NULL));
      g_assert_cmpuint (findings->len, >, 0);
    }
}

/* ---- the order in which calls come ---- */

/* However calls arrive and whenever they are rated, once or twice: the same charges, the same drafts. */
static void
test_order (void)
{
  g_autofree char *reference = NULL;

  for (guint seed = 0; seed < 6; seed++)
    {
      g_autofree char *name = g_strdup_printf ("order-%u", seed), *books = NULL;
      g_autoptr (TbStore) store = new_books (name, seed, 1 + seed * 2);
      g_autoptr (TbRerating) once = NULL, twice = NULL;
      g_autoptr (TbBillingRun) run = NULL;

      set_price (store, "1", "0.017");
      once = apply (store, NULL, TB_INVOICED_LINE);
      twice = apply (store, NULL, TB_INVOICED_LINE);
      g_assert_cmpuint (twice->counts.changed, ==, 0);
      run = bill (store, 10);
      books = tb_test_query_text (
          store, "SELECT (SELECT group_concat(l, char(10)) FROM (SELECT c.uid || ' ' || r.status || ' ' || coalesce(r.billed, 0) || ' ' || coalesce(r.free, 0) || ' ' "
                 "|| coalesce(r.charge, 0) AS l FROM cdr c JOIN rated r ON r.id = c.id ORDER BY c.uid)) || (SELECT group_concat(l, char(10)) FROM (SELECT i.client "
                 "|| l.description || l.calls || ' ' || l.seconds || ' ' || l.free || ' ' || l.amount AS l FROM invoice_line l JOIN invoice i ON i.id = l.invoice "
                 "ORDER BY i.client, l.position))");
      if (reference == NULL)
        reference = g_strdup (books);
      g_assert_cmpstr (books, ==, reference);
      tb_test_assert_sound (store);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TOLLBOOK_NOW", "2026-11-05T10:00:00Z", TRUE);
  tb_clock_allow_override (TRUE);
  g_test_add_func ("/rerating/outcomes", test_outcomes);
  g_test_add_func ("/rerating/line", test_line);
  g_test_add_func ("/rerating/later", test_later);
  g_test_add_func ("/rerating/explained", test_explained);
  g_test_add_func ("/rerating/parts", test_parts);
  g_test_add_func ("/rerating/unpriced", test_unpriced);
  g_test_add_func ("/rerating/pool", test_pool);
  g_test_add_func ("/rerating/preview", test_preview);
  g_test_add_func ("/rerating/given-up", test_given_up);
  g_test_add_func ("/rerating/credit-note", test_credit_note);
  g_test_add_func ("/rerating/negative-bill", test_negative_bill);
  g_test_add_func ("/rerating/check", test_check);
  g_test_add_func ("/rerating/order", test_order);
  return test_run_in_folder ();
}
