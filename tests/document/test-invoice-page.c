/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-page.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/* Pages are judged by what they say (the PDF's text, through pdftotext), by where ink lies, and page one by a picture. With
 * TOLLBOOK_KEEP_PAGES=FOLDER the PDFs stay there to be looked at; with TOLLBOOK_DRAW_GOLDEN set the picture is made anew. */

#define UNIT TB_AMOUNT_ONE
#define MARGIN 48

typedef struct
{
  TbInvoice *invoice;
  GPtrArray *calls;
  TbInvoiceStyle style;
} Fixture;

/* ---- an invoice of a believable company ---- */

static TbInvoiceParty *
party (const char *name, const char *address, const char *country, const char *tax_id, const char *email)
{
  TbInvoiceParty *self = tb_invoice_party_new ();

  g_clear_pointer (&self->address, g_strfreev);
  self->name = g_strdup (name);
  self->address = g_strsplit (address, "|", -1);
  self->country = g_strdup (country);
  self->tax_id = g_strdup (tax_id);
  self->email = g_strdup (email);
  return self;
}

static TbInvoiceLine *
add_line (TbInvoice *invoice, TbInvoiceLineKind kind, const char *service, const char *description, TbAmount amount)
{
  TbInvoiceLine *line = tb_invoice_line_new ();
  gboolean fee = kind == TB_LINE_FEE;

  line->kind = kind;
  line->service = g_strdup (service);
  line->description = g_strdup (description);
  line->period = (TbPeriod){ tb_day_from_ymd (2026, fee ? 11 : 10, 1), tb_day_from_ymd (2026, fee ? 12 : 11, 1) };
  line->amount = amount;
  line->tax = g_strdup ("HST");
  line->tax_percent = 13 * TB_DECIMAL_ONE;
  g_free (line->tax_category);
  line->tax_category = g_strdup ("S");
  g_ptr_array_add (invoice->lines, line);
  return line;
}

static void
add_usage (TbInvoice *invoice, TbInvoiceLineKind kind, const char *service, const char *description, gint64 calls, gint64 seconds, gint64 included,
           TbAmount amount)
{
  TbInvoiceLine *line = add_line (invoice, kind, service, description, amount);

  line->calls = calls;
  line->seconds = seconds;
  line->free = included;
}

static void
add_calls (Fixture *self, const char *service, guint n)
{
  static const struct { const char *number, *description; TbAmount rate; } places[] = {
    { "14165550187", "Canada - Toronto", 8300000 },   { "16045550129", "Canada - British Columbia", 8300000 },
    { "12125550143", "USA - New York", 9100000 },     { "442079460321", "United Kingdom - London", 14200000 },
    { "4915112345678", "Germany - Mobile", 41700000 }, { "525555501234", "Mexico - Mexico City", 23800000 },
  };
  gint64 start = (gint64) tb_day_from_ymd (2026, 10, 1) * 86400 + 13 * 3600;

  for (guint i = 0; i < n; i++)
    {
      TbInvoiceCall *call = tb_invoice_call_new ();
      guint place = (i * 7 + i / 5) % G_N_ELEMENTS (places);

      start += 97 + i * 13 % 1900;
      call->start = start;
      call->service = g_strdup (service);
      call->caller = g_strdup ("15192229000");
      call->number = g_strdup (places[place].number);
      call->description = g_strdup (places[place].description);
      call->seconds = 12 + i * 37 % 640;
      call->billed = (call->seconds + 5) / 6 * 6;
      call->charge = places[place].rate * call->billed / 60 / 100000 * 100000;
      call->inbound = i % 23 == 22;
      call->late = i % 41 == 40;
      if (i % 9 == 8)
        {
          call->free = call->billed;
          call->charge = 0;
        }
      g_ptr_array_add (self->calls, call);
    }
}

static void
fixture_total (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  tb_invoice_compute_totals (self->invoice, &error);
  g_assert_no_error (error);
}

static Fixture
fixture_bare (TbInvoiceState state)
{
  Fixture self = { tb_invoice_new (), g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_call_free), tb_invoice_style_default ("CA") };
  TbInvoice *invoice = self.invoice;

  tb_invoice_party_free (invoice->seller);
  tb_invoice_party_free (invoice->buyer);
  g_free (invoice->client);
  invoice->id = 42;
  invoice->state = state;
  invoice->number = g_strdup (state == TB_INVOICE_DRAFT ? NULL : "INV-2026-00042");
  invoice->client = g_strdup ("C1001");
  tb_currency_parse ("CAD", &invoice->currency, NULL);
  invoice->period = (TbPeriod){ tb_day_from_ymd (2026, 10, 1), tb_day_from_ymd (2026, 12, 1) };
  invoice->issued = state == TB_INVOICE_DRAFT ? TB_DAY_NONE : tb_day_from_ymd (2026, 11, 2);
  invoice->due = state == TB_INVOICE_DRAFT ? TB_DAY_NONE : tb_day_from_ymd (2026, 11, 16);
  invoice->due_days = 14;
  g_free (invoice->time_zone);
  invoice->time_zone = g_strdup ("America/Toronto");
  invoice->seller = party ("Northern Lights Voice Inc.", "1 Main Street|Suite 400|Waterloo ON  N2L 3G1", "CA", "83921 4471 RT0001", "billing@northernlights.example");
  invoice->buyer = party ("Acme Dental Group Ltd.", "Accounts Payable|220 King Street West|Kitchener ON  N2G 1A7", "CA", NULL, "ap@acme-dental.example");
  return self;
}

static Fixture
fixture_new (TbInvoiceState state, guint calls)
{
  Fixture self = fixture_bare (state);
  TbInvoice *invoice = self.invoice;

  add_line (invoice, TB_LINE_FEE, "S1", "Business 1000", 29950000000);
  add_usage (invoice, TB_LINE_INCLUDED, "S1", "Included minutes", 214, 51240, 51240, 0);
  add_usage (invoice, TB_LINE_USAGE, "S1", "Canada", 388, 70512, 0, 9750000000);
  add_usage (invoice, TB_LINE_USAGE, "S1", "Germany - Mobile", 12, 4320, 0, 3000000000);
  add_usage (invoice, TB_LINE_USAGE, "S1", "United Kingdom", 31, 9036, 0, 2140000000);
  add_line (invoice, TB_LINE_FEE, "S2", "Warehouse line", 12500000000);
  add_usage (invoice, TB_LINE_INBOUND, "S2", "Toll-free, incoming", 73, 15330, 0, 5110000000);
  add_calls (&self, "S1", calls - calls / 4);
  add_calls (&self, "S2", calls / 4);
  fixture_total (&self);
  return self;
}

static void
fixture_clear (Fixture *self)
{
  tb_invoice_free (self->invoice);
  g_ptr_array_unref (self->calls);
}

/* ---- reading what was written ---- */

static char *
write_pdf (Fixture *self, const char *name)
{
  g_autoptr (TbInvoiceDocument) document = tb_invoice_document_new (self->invoice, self->calls, &self->style);
  g_autoptr (GError) error = NULL;
  const char *kept = g_getenv ("TOLLBOOK_KEEP_PAGES");
  g_autofree char *folder = kept != NULL ? g_strdup (kept) : g_dir_make_tmp ("tollbook-pages-XXXXXX", NULL);
  g_autofree char *file = g_strconcat (name, ".pdf", NULL);
  char *path = g_build_filename (folder, file, NULL);

  tb_invoice_document_write_pdf (document, path, &error);
  g_assert_no_error (error);
  return path;
}

static void
drop (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_getenv ("TOLLBOOK_KEEP_PAGES") == NULL)
    {
      g_unlink (path);
      g_rmdir (folder);
    }
  g_free (path);
}

/* One text a page; pdftotext ends each with a form feed. */
static char **
read_pages (const char *path)
{
  const char *arguments[] = { "pdftotext", "-layout", "-enc", "UTF-8", path, "-", NULL };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  int status;
  char **pages;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  pages = g_strsplit (text, "\f", -1);
  g_clear_pointer (&pages[g_strv_length (pages) - 1], g_free); /* after the last form feed is nothing */
  return pages;
}

static char **
pages_of (Fixture *self, const char *name)
{
  char *path = write_pdf (self, name);
  char **pages = read_pages (path);

  drop (path);
  return pages;
}

/* Runs of blanks are how columns come out of -layout. */
static char *
squeeze (const char *text)
{
  GString *all = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (all, *text);
    else if (all->len > 0 && all->str[all->len - 1] != ' ')
      g_string_append_c (all, ' ');
  return g_string_free (all, FALSE);
}

static void
assert_says (const char *page, const char *wanted, const char *why)
{
  g_autofree char *text = squeeze (page);

  if (strstr (text, wanted) == NULL)
    g_error ("“%s” is missing: %s. The page says: %s", wanted, why, text);
}

static void
assert_silent (const char *page, const char *unwanted, const char *why)
{
  g_autofree char *text = squeeze (page);

  if (strstr (text, unwanted) != NULL)
    g_error ("“%s” is there: %s. The page says: %s", unwanted, why, text);
}

static gint64
figure_after (const char *page, const char *label)
{
  g_autofree char *text = squeeze (page);
  const char *at = strstr (text, label);
  g_autofree char *figure = NULL;
  gint64 value = -1;

  g_assert_nonnull (at);
  at += strlen (label) + 1;
  figure = g_strndup (at, strcspn (at, " "));
  g_strdelimit (figure, ",", ' ');
  {
    g_auto (GStrv) parts = g_strsplit (figure, " ", -1);
    g_autofree char *plain = g_strjoinv ("", parts);

    g_assert_true (tb_decimal_parse (plain, -1, TB_AMOUNT_SCALE, &value, NULL));
  }
  return value;
}

/* ---- what stands on it ---- */

static void
test_front (void)
{
  static const struct { const char *text, *why; } said[] = {
    { "Northern Lights Voice Inc.", "the seller's name (2006/112 art. 226 (5), GST/HST)" },
    { "Waterloo ON N2L 3G1", "the seller's whole address" },
    { "83921 4471 RT0001", "the seller's tax number (art. 226 (3))" },
    { "Acme Dental Group Ltd.", "the buyer's name" },
    { "Kitchener ON N2G 1A7", "the buyer's whole address" },
    { "Invoice INV-2026-00042", "its number (art. 226 (2))" },
    { "2 November 2026", "the day of issue (art. 226 (1))" },
    { "16 November 2026", "when it is due (EN 16931 BR-CO-25)" },
    { "C1001", "the client's number" },
    { "Business 1000", "what is sold (art. 226 (6))" },
    { "1 Nov – 30 Nov 2026", "a fee's period, in advance (art. 226 (7))" },
    { "1 Oct – 31 Oct 2026", "usage's period, in arrears" },
    { "Germany - Mobile", "usage by destination" },
    { "388 19:35:12", "how many calls, how long" },
    { "14:14:00", "included minutes" },
    { "62.45", "the net: 29.95 + 9.75 + 3.00 + 2.14 + 12.50 + 5.11" },
    { "13 %", "the rate of the tax (art. 226 (9))" },
    { "8.12", "the tax: 62.45 × 13 % = 8.1185 (art. 226 (10))" },
    { "70.57", "what is to be paid" },
    { "CAD", "in which currency" },
    { "Payable by 16 November 2026. Please quote INV-2026-00042 with your payment.", "the terms of payment" },
  };
  Fixture fixture = fixture_new (TB_INVOICE_APPROVED, 120);
  g_auto (GStrv) pages = pages_of (&fixture, "front");

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    assert_says (pages[0], said[i].text, said[i].why);
  assert_silent (pages[0], "DRAFT", "it is approved");
  assert_silent (pages[0], "2026-10-0", "calls are itemised after page one");
  fixture_clear (&fixture);
}

static void
test_states (void)
{
  static const struct { TbInvoiceState state; const char *said, *silent, *why; } rows[] = {
    { TB_INVOICE_DRAFT, "DRAFT", "INV-", "a draft has no number and says what it is" },
    { TB_INVOICE_DRAFT, "This is a draft for review, not an invoice.", "VOID", "nobody shall pay a draft" },
    { TB_INVOICE_DRAFT, "Payable within 14 days of the invoice date.", "Please quote", "its day is not known yet" },
    { TB_INVOICE_VOID, "VOID", "DRAFT", "a void invoice keeps its number and says that it is void" },
    { TB_INVOICE_VOID, "INV-2026-00042", "DRAFT", "a void invoice keeps its number" },
    { TB_INVOICE_VOID, "Nothing is owed on it.", "Payable by", "nobody shall pay it" },
    { TB_INVOICE_APPROVED, "Payable by", "not an invoice", "an approved one is marked by nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture fixture = fixture_new (rows[i].state, 60);
      g_autofree char *name = g_strdup_printf ("state-%d", rows[i].state);
      g_auto (GStrv) pages = pages_of (&fixture, name);

      assert_says (pages[0], rows[i].said, rows[i].why);
      assert_silent (pages[0], rows[i].silent, rows[i].why);
      if (rows[i].state != TB_INVOICE_APPROVED)
        assert_says (pages[1], rows[i].state == TB_INVOICE_VOID ? "VOID" : "DRAFT", "each page says it, for pages are torn apart");
      fixture_clear (&fixture);
    }
}

static void
test_carried (void)
{
  Fixture fixture = fixture_new (TB_INVOICE_APPROVED, 400);
  g_auto (GStrv) pages = pages_of (&fixture, "carried");
  guint n = g_strv_length (pages);
  TbAmount sums[2] = { 0, 0 };

  g_assert_cmpuint (n, >, 8);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n);

      assert_says (pages[i], number, "pages are counted");
      if (i > 0)
        assert_says (pages[i], "Invoice INV-2026-00042", "a lost page finds its invoice again");
    }
  /* From the first page of calls to the one where the first service ends. */
  for (guint i = 1; strstr (pages[i], "Service S1, total") == NULL; i++)
    {
      g_assert_cmpint (figure_after (pages[i], "Carried forward"), ==, figure_after (pages[i + 1], "Brought forward"));
      if (i > 1)
        g_assert_cmpint (figure_after (pages[i], "Carried forward"), >, figure_after (pages[i], "Brought forward"));
      assert_says (pages[i + 1], "Service S1, continued", "a table's head comes again");
    }
  for (guint i = 0; i < fixture.calls->len; i++)
    {
      const TbInvoiceCall *call = fixture.calls->pdata[i];

      sums[g_str_equal (call->service, "S2")] += call->charge;
    }
  for (guint service = 0; service < 2; service++)
    {
      g_autofree char *label = g_strdup_printf ("Service S%u, total", service + 1), *sum = tb_decimal_format (sums[service], TB_AMOUNT_SCALE, 4);
      guint found = 0;

      for (guint i = 1; i < n; i++)
        if (strstr (pages[i], label) != NULL)
          {
            assert_says (pages[i], sum, "the sum of a service's calls as they are listed");
            found++;
          }
      g_assert_cmpuint (found, ==, 1);
    }
  fixture_clear (&fixture);
}

static void
test_masks (void)
{
  static const struct { int mask; const char *number, *shown, *hidden, *why; } rows[] = {
    { 3, "14165550187", "14165550***", "14165550187", "Italy and Germany: the last three digits" },
    { 4, "14165550187", "1416555****", "14165550187", "the last four" },
    { 0, "14165550187", "14165550187", "*", "none: the client is to see them" },
    { -1, "4915112345678", "491**********", "4915", "nothing but the country" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture fixture = fixture_bare (TB_INVOICE_APPROVED);
      TbInvoiceCall *call;
      g_auto (GStrv) pages = NULL;

      add_line (fixture.invoice, TB_LINE_FEE, "S1", "Line", UNIT);
      fixture_total (&fixture);
      add_calls (&fixture, "S1", 2);
      fixture.style.mask = rows[i].mask;
      for (guint k = 0; k < 2; k++)
        {
          call = fixture.calls->pdata[k];
          call->inbound = k == 1;
          g_free (call->number);
          g_free (call->caller);
          call->number = g_strdup (k == 0 ? rows[i].number : "15192229000");
          call->caller = g_strdup (k == 0 ? "15192229000" : rows[i].number);
        }
      pages = pages_of (&fixture, "mask");
      assert_says (pages[1], rows[i].shown, rows[i].why);
      assert_says (pages[1], "15192229000", "one's own number is not hidden from oneself");
      assert_silent (pages[1], rows[i].hidden, rows[i].why);
      fixture_clear (&fixture);
    }
}

/* Free calls, helplines among them, are not to be identified (Directive 2018/1972, annex VI A (a)); included minutes are no free calls. */
static void
test_free_calls (void)
{
  Fixture fixture = fixture_bare (TB_INVOICE_APPROVED);
  g_auto (GStrv) pages = NULL;

  add_line (fixture.invoice, TB_LINE_FEE, "S1", "Line", UNIT);
  fixture_total (&fixture);
  add_calls (&fixture, "S1", 3);
  for (guint i = 0; i < 3; i++)
    {
      TbInvoiceCall *call = fixture.calls->pdata[i];

      g_free (call->number);
      call->number = g_strdup_printf ("1800555%u111", 4 + i);
      call->charge = i == 0 ? UNIT / 100 : 0;
      call->free = i == 1 ? call->billed : 0;
      call->inbound = FALSE;
    }
  pages = pages_of (&fixture, "free");
  assert_says (pages[1], "18005554***", "it costs");
  assert_says (pages[1], "18005555***", "it was paid with included minutes");
  assert_silent (pages[1], "18005556", "it was free");
  fixture_clear (&fixture);
}

/* ---- what is awkward ---- */

/* Nothing but white outside the margins, on every page. */
static void
assert_inside_margins (Fixture *self, const char *why)
{
  g_autoptr (TbInvoiceDocument) document = tb_invoice_document_new (self->invoice, self->calls, &self->style);
  double width, height;

  tb_invoice_document_get_size (document, &width, &height);
  for (guint page = 0; page < tb_invoice_document_n_pages (document); page++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
      cairo_t *cr = cairo_create (surface);

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      tb_invoice_document_draw_page (document, page, cr);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      for (int y = 0; y < (int) height; y++)
        for (int x = 0; x < (int) width; x++)
          {
            const guint32 *row = (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface));

            if ((x < MARGIN - 2 || x > (int) width - MARGIN + 1 || y < 24 || y > (int) height - 24) && (row[x] & 0xffffff) != 0xffffff)
              g_error ("page %u has ink at %d, %d, outside its margins: %s", page + 1, x, y, why);
          }
      cairo_surface_destroy (surface);
    }
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
test_texts (void)
{
  static const struct { const char *text, *said, *why; } rows[] = {
    { "Gesellschaft für Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte mbH & Co. Kommanditgesellschaft auf Aktien",
      "Donaudampfschiff", "a name longer than its column is wrapped, then cut" },
    { "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "WWWW",
      "a word without blanks must break" },
    { "شركة الاتصالات المتحدة", NULL, "Arabic, from right to left" },
    { "חברת התקשורת בע״מ", NULL, "Hebrew" },
    { "東日本電信電話株式会社 北海道支店 札幌市中央区", NULL, "Japanese, in a font or in boxes" },
    { "Line one\nline two\ttab\rreturn", "Line one line two tab return", "control characters are blanks" },
    { "caf\xe9 \xff\xfe", "caf", "bytes that are not UTF-8" },
    { "<b>&amp;</b> %s %n", "<b>&amp;</b> %s %n", "markup and formats are text" },
    { "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88 combining", "combining", "marks on marks" },
    { "", NULL, "nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture fixture = fixture_new (TB_INVOICE_APPROVED, 40);
      g_autofree char *name = g_strdup_printf ("text-%u", i);
      g_auto (GStrv) pages = NULL;

      set_text (&fixture.invoice->buyer->name, rows[i].text);
      set_text (&fixture.invoice->seller->name, rows[i].text);
      set_text (&fixture.invoice->seller->tax_id, rows[i].text);
      set_text (&fixture.invoice->client, rows[i].text);
      set_text (&fixture.invoice->buyer->address[1], rows[i].text);
      set_text (&((TbInvoiceLine *) fixture.invoice->lines->pdata[2])->description, rows[i].text);
      set_text (&((TbInvoiceLine *) fixture.invoice->lines->pdata[2])->tax, rows[i].text);
      set_text (&((TbInvoiceCall *) fixture.calls->pdata[3])->description, rows[i].text);
      set_text (&((TbInvoiceCall *) fixture.calls->pdata[4])->number, rows[i].text);
      pages = pages_of (&fixture, name);
      if (rows[i].said != NULL)
        assert_says (pages[0], rows[i].said, rows[i].why);
      assert_says (pages[0], "70.57", "figures do not suffer");
      assert_inside_margins (&fixture, rows[i].why);
      fixture_clear (&fixture);
    }
}

static void
test_amounts (void)
{
  static const struct { const char *currency; TbAmount amount; const char *said, *why; } rows[] = {
    { "CAD", 1234567890120000000, "1,234,567,890.12", "large" },
    { "JPY", 123456000000000, "123,456", "yen have no decimals" },
    { "KWD", 1234567000000, "1,234.567", "dinars have three" },
    { "CAD", -12340000000, "12.34", "a credit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture fixture = fixture_bare (TB_INVOICE_APPROVED);
      g_autofree char *name = g_strdup_printf ("amount-%u", i);
      g_autofree char *page = NULL;
      g_auto (GStrv) pages = NULL;
      g_auto (GStrv) parts = NULL;

      tb_currency_parse (rows[i].currency, &fixture.invoice->currency, NULL);
      add_line (fixture.invoice, TB_LINE_FEE, "S1", "Line", rows[i].amount);
      ((TbInvoiceLine *) fixture.invoice->lines->pdata[0])->tax_percent = 0;
      fixture_total (&fixture);
      pages = pages_of (&fixture, name);
      parts = g_strsplit (rows[i].said, ",", -1); /* the C locale groups by nothing, others by commas */
      page = g_strjoinv ("", parts);
      {
        g_auto (GStrv) bits = g_strsplit (pages[0], ",", -1);
        g_autofree char *plain = g_strjoinv ("", bits);

        assert_says (plain, page, rows[i].why);
      }
      assert_inside_margins (&fixture, rows[i].why);
      fixture_clear (&fixture);
    }
}

/* What a client's language writes otherwise, whatever the process speaks; the words are those of its catalog (test-words.c). */
static const struct { const char *reason, *language, *says; } languages[] = {
  { "German", "de", "1.234.567,80" },
  { "Swiss", "de-CH", "1’234’567.80" },
  { "English", "en-GB", "1,234,567.80" },
  { "as the process speaks", NULL, "1,234,567.80" },
};

static void
test_language (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      Fixture fixture = fixture_bare (TB_INVOICE_APPROVED);
      g_autofree char *name = g_strdup_printf ("language-%u", i);
      g_auto (GStrv) pages = NULL;

      add_line (fixture.invoice, TB_LINE_FEE, "S1", "A switch", 1234567 * TB_AMOUNT_ONE + 4 * TB_AMOUNT_ONE / 5);
      fixture_total (&fixture);
      fixture.invoice->buyer->language = g_strdup (languages[i].language);
      pages = pages_of (&fixture, name);
      assert_says (pages[0], languages[i].says, languages[i].reason);
      fixture_clear (&fixture);
    }
}

static void
test_many_taxes (void)
{
  static const struct { const char *tax, *category; gint64 thousandths; } taxes[] = {
    { "GST", "S", 5000 }, { "QST", "S", 9975 }, { "HST", "S", 13000 }, { "HST Atlantic", "S", 15000 },
    { "Export", "G", 0 }, { "Reverse charge", "AE", 0 }, { "Exempt", "E", 0 }, { "911 levy", "S", 440 },
  };
  Fixture fixture = fixture_bare (TB_INVOICE_APPROVED);
  g_auto (GStrv) pages = NULL;
  const char *last;

  for (guint i = 0; i < G_N_ELEMENTS (taxes); i++)
    {
      TbInvoiceLine *line = add_line (fixture.invoice, TB_LINE_FEE, "S1", "Line", 100 * UNIT);

      set_text (&line->tax, taxes[i].tax);
      set_text (&line->tax_category, taxes[i].category);
      line->tax_percent = taxes[i].thousandths * (TB_DECIMAL_ONE / 1000);
    }
  fixture_total (&fixture);
  pages = pages_of (&fixture, "taxes");
  last = pages[g_strv_length (pages) - 1];
  for (guint i = 0; i < G_N_ELEMENTS (taxes); i++)
    assert_says (last, taxes[i].tax, "each tax has its row");
  assert_says (last, "9.975 %", "a rate is not rounded");
  assert_says (last, "Reverse charge: the customer is liable for the tax.", "why there is none (art. 226 (11a))");
  assert_says (last, "Exempt from tax.", "why there is none (art. 226 (11))");
  assert_says (last, "843.42", "800 + 5 + 9.98 + 13 + 15 + 0.44");
  assert_inside_margins (&fixture, "many taxes");
  fixture_clear (&fixture);
}

static void
test_no_lines (void)
{
  Fixture fixture = fixture_bare (TB_INVOICE_APPROVED);
  g_auto (GStrv) pages = NULL;

  fixture_total (&fixture);
  pages = pages_of (&fixture, "empty");
  g_assert_cmpuint (g_strv_length (pages), ==, 1);
  assert_says (pages[0], "No charges in this period.", "an empty table says so");
  assert_says (pages[0], "Nothing is to be paid.", "no terms for nothing");
  assert_says (pages[0], "Page 1 of 1", "one page, without a list of calls");
  fixture_clear (&fixture);
}

static void
test_many_lines (void)
{
  Fixture fixture = fixture_bare (TB_INVOICE_APPROVED);
  g_auto (GStrv) pages = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *description = g_strdup_printf ("Destination %u", i);

      add_usage (fixture.invoice, TB_LINE_USAGE, "S1", description, 1, 60, 0, UNIT);
    }
  fixture_total (&fixture);
  pages = pages_of (&fixture, "lines");
  g_assert_cmpuint (g_strv_length (pages), >, 3);
  for (guint i = 0; pages[i + 1] != NULL; i++)
    g_assert_cmpint (figure_after (pages[i], "Carried forward"), ==, figure_after (pages[i + 1], "Brought forward"));
  assert_says (pages[g_strv_length (pages) - 1], "113.00", "totals stand at the end");
  assert_inside_margins (&fixture, "many lines");
  fixture_clear (&fixture);
}

static void
test_paper (void)
{
  static const struct { const char *country; TbPaper paper; } rows[] = { { "CA", TB_PAPER_LETTER }, { "US", TB_PAPER_LETTER }, { "DE", TB_PAPER_A4 },
                                                                           { "GB", TB_PAPER_A4 }, { NULL, TB_PAPER_A4 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture fixture = fixture_new (TB_INVOICE_APPROVED, 300);

      fixture.style = tb_invoice_style_default (rows[i].country);
      g_assert_cmpint (fixture.style.paper, ==, rows[i].paper);
      if (i == 2)
        assert_inside_margins (&fixture, "A4");
      fixture_clear (&fixture);
    }
}

/* ---- large, and the same again ---- */

static void
test_huge (void)
{
  Fixture fixture = fixture_new (TB_INVOICE_APPROVED, 9000);
  g_autoptr (TbInvoiceDocument) document = tb_invoice_document_new (fixture.invoice, fixture.calls, &fixture.style);
  double since;
  char *path;

  g_assert_cmpuint (tb_invoice_document_n_pages (document), >, 200);
  g_test_timer_start ();
  path = write_pdf (&fixture, "huge");
  since = g_test_timer_elapsed ();
  g_test_minimized_result (since, "%u pages in %.2f s", tb_invoice_document_n_pages (document), since);
  drop (path);
  fixture_clear (&fixture);
}

static void
test_again (void)
{
  static const TbInvoiceState states[] = { TB_INVOICE_APPROVED, TB_INVOICE_DRAFT, TB_INVOICE_VOID };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      Fixture fixture = fixture_new (states[i], 90);
      g_autofree char *bytes[2] = { NULL, NULL };
      gsize lens[2];

      for (guint k = 0; k < 2; k++)
        {
          char *path = write_pdf (&fixture, "again");

          g_assert_true (g_file_get_contents (path, &bytes[k], &lens[k], NULL));
          drop (path);
          if (k == 0)
            g_usleep (1100000); /* another second: a clock would show */
        }
      g_assert_cmpmem (bytes[0], lens[0], bytes[1], lens[1]);
      fixture_clear (&fixture);
      g_free (bytes[1]);
      bytes[1] = NULL;
    }
}

/* ---- the picture ---- */

/* Half the size: letters become grey, so that another rasteriser's edges do not matter, and a block that moved does. */
static cairo_surface_t *
draw_small (Fixture *self)
{
  g_autoptr (TbInvoiceDocument) document = tb_invoice_document_new (self->invoice, self->calls, &self->style);
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;

  tb_invoice_document_get_size (document, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width / 2, (int) height / 2);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, 0.5, 0.5);
  tb_invoice_document_draw_page (document, 0, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* The mean lightness of the block of 6 × 6 at x, y. */
static int
lightness (cairo_surface_t *surface, int x, int y)
{
  int sum = 0;

  for (int dy = 0; dy < 6; dy++)
    for (int dx = 0; dx < 6; dx++)
      {
        const guint8 *pixel = cairo_image_surface_get_data (surface) + (y + dy) * cairo_image_surface_get_stride (surface) + (x + dx) * 4;

        sum += pixel[0] + pixel[1] + pixel[2];
      }
  return sum / 108;
}

static void
test_picture (void)
{
  Fixture fixture = fixture_new (TB_INVOICE_APPROVED, 120);
  cairo_surface_t *drawn = draw_small (&fixture), *golden;
  g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "document", "invoice.png", NULL);
  guint blocks = 0, far = 0;

  if (g_getenv ("TOLLBOOK_DRAW_GOLDEN") != NULL)
    g_assert_cmpint (cairo_surface_write_to_png (drawn, path), ==, CAIRO_STATUS_SUCCESS);
  golden = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (golden), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (golden), ==, cairo_image_surface_get_width (drawn));
  g_assert_cmpint (cairo_image_surface_get_height (golden), ==, cairo_image_surface_get_height (drawn));
  for (int y = 0; y + 6 <= cairo_image_surface_get_height (golden); y += 6)
    for (int x = 0; x + 6 <= cairo_image_surface_get_width (golden); x += 6, blocks++)
      far += ABS (lightness (golden, x, y) - lightness (drawn, x, y)) > 12;
  if (far > blocks / 200)
    g_error ("page one does not look as in %s: %u of %u blocks differ. Look at it (TOLLBOOK_KEEP_PAGES); if it is meant, draw it anew "
             "(TOLLBOOK_DRAW_GOLDEN=1)", path, far, blocks);
  cairo_surface_destroy (golden);
  cairo_surface_destroy (drawn);
  fixture_clear (&fixture);
}

static void
test_refused (void)
{
  Fixture fixture = fixture_new (TB_INVOICE_APPROVED, 4);
  g_autoptr (TbInvoiceDocument) document = tb_invoice_document_new (fixture.invoice, fixture.calls, &fixture.style);
  g_autoptr (GError) error = NULL;

  g_assert_false (tb_invoice_document_write_pdf (document, "/nonexistent/folder/invoice.pdf", &error));
  g_assert_nonnull (strstr (error->message, "/nonexistent/folder/invoice.pdf"));
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_autofree char *fonts = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "document", "fonts.conf", NULL);

  g_setenv ("FONTCONFIG_FILE", fonts, TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invoice-page/front", test_front);
  g_test_add_func ("/invoice-page/states", test_states);
  g_test_add_func ("/invoice-page/carried", test_carried);
  g_test_add_func ("/invoice-page/masks", test_masks);
  g_test_add_func ("/invoice-page/free-calls", test_free_calls);
  g_test_add_func ("/invoice-page/texts", test_texts);
  g_test_add_func ("/invoice-page/amounts", test_amounts);
  g_test_add_func ("/invoice-page/language", test_language);
  g_test_add_func ("/invoice-page/many-taxes", test_many_taxes);
  g_test_add_func ("/invoice-page/no-lines", test_no_lines);
  g_test_add_func ("/invoice-page/many-lines", test_many_lines);
  g_test_add_func ("/invoice-page/paper", test_paper);
  g_test_add_func ("/invoice-page/huge", test_huge);
  g_test_add_func ("/invoice-page/again", test_again);
  g_test_add_func ("/invoice-page/picture", test_picture);
  g_test_add_func ("/invoice-page/refused", test_refused);
  return g_test_run ();
}
