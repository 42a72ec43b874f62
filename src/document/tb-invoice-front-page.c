/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-page.h"

/* Page one: letterhead, parties, lines, taxes, totals, terms. Blocks are measured by the code that draws them: with cr NULL. */

#define PADDING 6.0
#define ROW_PADDING 5.0
#define HEAD_HEIGHT 20.0
#define META_WIDTH 224.0
#define TOTALS_WIDTH 208.0
#define TAXES_WIDTH 270.0
#define TOTAL_BOX 30.0
#define META_ROW 16.0

/* ---- letterhead ---- */

static double
draw_lines (TbInvoiceDocument *self, cairo_t *cr, TbPenText place, char **lines)
{
  double y = place.y;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++, place.y = y)
    y += tb_pen_text (self->pen, cr, &place, lines[i]);
  return y;
}

/* The country is said where it is not understood. */
static double
draw_party (TbInvoiceDocument *self, cairo_t *cr, TbPenText place, const TbInvoiceParty *party)
{
  gboolean abroad = g_strcmp0 (self->invoice->seller->country, self->invoice->buyer->country) != 0;
  g_autofree char *tax_id = party->tax_id != NULL ? g_strdup_printf (tb_words_text (self->words, "Tax number %s"), party->tax_id) : NULL;
  const char *last[] = { abroad ? party->country : NULL, tax_id, party->email };

  place.y = draw_lines (self, cr, place, party->address);
  for (guint i = 0; i < G_N_ELEMENTS (last); i++)
    {
      place.y += tb_pen_text (self->pen, cr, &place, last[i]);
      if (i == 0)
        place.ink = TB_INK_MUTED;
    }
  return place.y;
}

static double
letterhead (TbInvoiceDocument *self, cairo_t *cr, double y)
{
  const TbInvoiceParty *seller = self->invoice->seller;
  double name = self->inner * 0.58, right = self->inner * 0.38, end;
  gboolean fits = seller->name == NULL || tb_pen_width (self->pen, TB_FACE_BRAND, seller->name) <= name;
  TbPenText place = { fits ? TB_FACE_BRAND : TB_FACE_TITLE, TB_INK_ACCENT, TB_PAGE_MARGIN, y - 4, name, PANGO_ALIGN_LEFT, 2 };

  end = place.y + tb_pen_text (self->pen, cr, &place, seller->name);
  place = (TbPenText){ TB_FACE_CELL, TB_INK_DARK, TB_PAGE_MARGIN + self->inner - right, y, right, PANGO_ALIGN_RIGHT, 2 };
  end = MAX (end, draw_party (self, cr, place, seller)) + 12;
  tb_pen_fill (self->pen, cr, TB_INK_ACCENT, TB_PAGE_MARGIN, end, self->inner, 1.5);
  return end + 1.5;
}

/* ---- buyer, number and days ---- */

static double
meta_row (TbInvoiceDocument *self, cairo_t *cr, double y, TbFace face, const char *label, const char *value)
{
  double x = TB_PAGE_MARGIN + self->inner - META_WIDTH, taken = tb_pen_width (self->pen, TB_FACE_CELL, label);
  TbPenText place = { TB_FACE_CELL, TB_INK_MUTED, x, y, META_WIDTH, PANGO_ALIGN_LEFT, 1 };
  double width = tb_pen_width (self->pen, face, value), room = META_WIDTH - PADDING * 3 - taken;

  place.x += PADDING;
  tb_pen_text (self->pen, cr, &place, label);
  place = (TbPenText){ face, TB_INK_DARK, x + META_WIDTH - PADDING - MIN (width + 1, room), y, MIN (width + 1, room), PANGO_ALIGN_LEFT, 1 };
  tb_pen_text (self->pen, cr, &place, value);
  return y + META_ROW;
}

static double
meta (TbInvoiceDocument *self, cairo_t *cr, double y)
{
  const TbInvoice *invoice = self->invoice;
  g_autofree char *issued = tb_page_day (self->words, invoice->issued), *due = tb_page_day (self->words, invoice->due);
  g_autofree char *period = tb_page_period (self->words, invoice->period, TRUE), *payable = tb_page_money (self->words, tb_invoice_get_payable (invoice), invoice->currency);
  double x = TB_PAGE_MARGIN + self->inner - META_WIDTH;
  gboolean credit = invoice->kind == TB_INVOICE_CREDIT_NOTE;

  y = meta_row (self, cr, y, TB_FACE_CELL_STRONG, credit ? tb_words_text (self->words, "Credit note number") : tb_words_text (self->words, "Invoice number"),
                invoice->number != NULL ? invoice->number : tb_words_text (self->words, "draft"));
  y = meta_row (self, cr, y, TB_FACE_CELL, credit ? tb_words_text (self->words, "Date") : tb_words_text (self->words, "Invoice date"), issued);
  if (invoice->corrects != NULL)
    y = meta_row (self, cr, y, TB_FACE_CELL, tb_words_text (self->words, "Corrects invoice"), invoice->corrects);
  if (!credit)
    y = meta_row (self, cr, y, TB_FACE_CELL, tb_words_text (self->words, "Due date"), due);
  if (*period != '\0')
    y = meta_row (self, cr, y, TB_FACE_CELL, tb_words_text (self->words, "Period"), period);
  if (invoice->client != NULL)
    y = meta_row (self, cr, y, TB_FACE_CELL, tb_words_text (self->words, "Client number"), invoice->client);
  tb_pen_fill (self->pen, cr, TB_INK_TINT, x, y + 2, META_WIDTH, META_ROW + 8);
  return meta_row (self, cr, y + 7, TB_FACE_STRONG, credit ? tb_words_text (self->words, "Amount credited") : tb_words_text (self->words, "Amount due"), payable) + 3;
}

static double
buyer (TbInvoiceDocument *self, cairo_t *cr, double y)
{
  double width = self->inner - META_WIDTH - 30;
  TbPenText place = { TB_FACE_LABEL, TB_INK_ACCENT, TB_PAGE_MARGIN, y, width, PANGO_ALIGN_LEFT, 1 };

  place.y += tb_pen_text (self->pen, cr, &place, tb_words_text (self->words, "BILLED TO")) + 3;
  place.face = TB_FACE_HEADING;
  place.ink = TB_INK_DARK;
  place.lines = 3;
  place.y += tb_pen_text (self->pen, cr, &place, self->invoice->buyer->name) + 2;
  place.face = TB_FACE_BODY;
  place.lines = 2;
  return draw_party (self, cr, place, self->invoice->buyer);
}

static double
opening (TbInvoiceDocument *self, cairo_t *cr, double y)
{
  TbPenText place = { TB_FACE_TITLE, TB_INK_DARK, TB_PAGE_MARGIN, 0, self->inner - 70, PANGO_ALIGN_LEFT, 1 };
  g_autofree char *title = tb_page_title (self->words, self->invoice);
  double left, right;

  place.y = letterhead (self, cr, y) + 18;
  y = place.y + tb_pen_text (self->pen, cr, &place, title) + 14;
  if (cr != NULL)
    tb_page_draw_state (self, cr, MIN (TB_PAGE_MARGIN + tb_pen_width (self->pen, TB_FACE_TITLE, title) + 12, self->width - 110), place.y + 6);
  left = buyer (self, cr, y);
  right = meta (self, cr, y - 1);
  return MAX (left, right) + 22;
}

static void
draw_opening (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  opening (self, cr, item->y);
}

/* ---- lines ---- */

enum { DESCRIPTION, PERIOD, CALLS, DURATION, INCLUDED, AMOUNT, N_COLUMNS };

static const char *const line_titles[N_COLUMNS] = { N_("Description"), N_("Period"), N_("Calls"), N_("Duration"), N_("Included"), N_("Amount") };

typedef struct
{
  double x[N_COLUMNS], width[N_COLUMNS]; /* 0 = not shown */
} LineColumns;

/* Columns that would stay empty leave their room to the description. */
static LineColumns
line_columns (TbInvoiceDocument *self)
{
  LineColumns columns = { { 0 }, { 0, 114, 40, 50, 50, TB_PAGE_AMOUNT_WIDTH } };
  double x = TB_PAGE_MARGIN + self->inner;

  if (!self->has_usage)
    columns.width[CALLS] = columns.width[DURATION] = 0;
  if (!self->has_included)
    columns.width[INCLUDED] = 0;
  for (int i = N_COLUMNS - 1; i > DESCRIPTION; i--)
    columns.x[i] = x -= columns.width[i];
  columns.x[DESCRIPTION] = TB_PAGE_MARGIN;
  columns.width[DESCRIPTION] = x - TB_PAGE_MARGIN;
  return columns;
}

static double
line_cell (TbInvoiceDocument *self, cairo_t *cr, const LineColumns *columns, int column, double y, TbPenText text, const char *value)
{
  if (columns->width[column] <= 0)
    return 0;
  text.x = columns->x[column] + PADDING;
  text.y = y;
  text.width = columns->width[column] - 2 * PADDING;
  text.align = column > PERIOD ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
  return tb_pen_text (self->pen, cr, &text, value);
}

static void
draw_lines_head (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  LineColumns columns = line_columns (self);
  g_autofree char *amount = g_strdup_printf ("%s %s", tb_words_text (self->words, line_titles[AMOUNT]), tb_currency_to_string (self->invoice->currency));
  double y = item->y + (item->height - tb_pen_line_height (self->pen, TB_FACE_LABEL)) / 2;

  tb_pen_fill (self->pen, cr, TB_INK_TINT, TB_PAGE_MARGIN, item->y, self->inner, item->height);
  tb_pen_fill (self->pen, cr, TB_INK_ACCENT, TB_PAGE_MARGIN, item->y + item->height - 0.75, self->inner, 0.75);
  for (int i = 0; i < N_COLUMNS; i++)
    line_cell (self, cr, &columns, i, y, (TbPenText){ TB_FACE_LABEL, TB_INK_ACCENT }, i == AMOUNT ? amount : tb_words_text (self->words, line_titles[i]));
}

static const char *
line_description (const TbWords *words, const TbInvoiceLine *line)
{
  static const char *const kinds[] = { N_("Recurring fee"), N_("Calls"), N_("Included calls"), N_("Incoming calls"), N_("Correction") };

  if (line->description != NULL && *line->description != '\0')
    return line->description;
  return tb_words_text (words, kinds[MIN (line->kind, G_N_ELEMENTS (kinds) - 1)]);
}

/* "S1 · HST 13 %": which service it is for and how it is taxed. */
static char *
line_detail (const TbWords *words, const TbInvoiceLine *line)
{
  g_autofree char *percent = line->tax != NULL ? tb_page_percent (words, line->tax_percent) : NULL;
  g_autofree char *tax = line->tax != NULL ? g_strdup_printf ("%s %s", line->tax, percent) : NULL;

  if (line->service != NULL && tax != NULL)
    return g_strdup_printf ("%s  ·  %s", line->service, tax);
  return g_strdup (line->service != NULL ? line->service : tax);
}

static double
line_row (TbInvoiceDocument *self, cairo_t *cr, double y, const TbInvoiceLine *line)
{
  LineColumns columns = line_columns (self);
  TbPenText text = { TB_FACE_CELL, TB_INK_DARK, .lines = 1 };
  gboolean usage = line->calls != 0 || line->seconds != 0;
  g_autofree char *detail = line_detail (self->words, line), *period = tb_page_period (self->words, line->period, TRUE);
  g_autofree char *calls = usage ? g_strdup_printf ("%" G_GINT64_FORMAT, line->calls) : NULL;
  g_autofree char *duration = usage && line->kind != TB_LINE_CORRECTION ? tb_page_duration (line->seconds) : NULL;
  g_autofree char *included = line->free != 0 ? tb_page_duration (line->free) : NULL;
  g_autofree char *amount = tb_page_amount (self->words, line->amount, self->invoice->currency, 0);
  double used;

  y += ROW_PADDING;
  line_cell (self, cr, &columns, PERIOD, y, text, period);
  line_cell (self, cr, &columns, CALLS, y, text, calls);
  line_cell (self, cr, &columns, DURATION, y, text, duration);
  line_cell (self, cr, &columns, INCLUDED, y, text, included);
  line_cell (self, cr, &columns, AMOUNT, y, text, amount);
  text.lines = 3;
  used = line_cell (self, cr, &columns, DESCRIPTION, y, text, line_description (self->words, line));
  used += line_cell (self, cr, &columns, DESCRIPTION, y + used, (TbPenText){ TB_FACE_NOTE, TB_INK_MUTED }, detail);
  return used + 2 * ROW_PADDING;
}

static void
draw_line (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  line_row (self, cr, item->y, item->data);
  tb_pen_fill (self->pen, cr, TB_INK_RULE, TB_PAGE_MARGIN, item->y + item->height - 0.5, self->inner, 0.5);
}

static void
draw_no_line (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  TbPenText text = { TB_FACE_CELL, TB_INK_MUTED, TB_PAGE_MARGIN + PADDING, item->y + ROW_PADDING, self->inner - 2 * PADDING, PANGO_ALIGN_LEFT, 1 };

  tb_pen_text (self->pen, cr, &text, tb_words_text (self->words, "No charges in this period."));
  tb_pen_fill (self->pen, cr, TB_INK_RULE, TB_PAGE_MARGIN, item->y + item->height - 0.5, self->inner, 0.5);
}

static void
layout_lines (TbInvoiceDocument *self)
{
  GPtrArray *lines = self->invoice->lines;

  for (guint i = 0; i < lines->len; i++)
    {
      const TbInvoiceLine *line = lines->pdata[i];

      self->has_usage |= line->calls != 0 || line->seconds != 0;
      self->has_included |= line->free != 0;
    }
  self->lines = (TbPageTable){ .head = draw_lines_head, .head_height = HEAD_HEIGHT, .head_again = draw_lines_head, .head_again_height = HEAD_HEIGHT };
  tb_page_flow_table (self, &self->lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const TbInvoiceLine *line = lines->pdata[i];

      tb_page_flow_row (self, draw_line, line, line_row (self, NULL, 0, line), line->amount);
    }
  if (lines->len == 0)
    tb_page_flow_add (self, draw_no_line, NULL, tb_pen_line_height (self->pen, TB_FACE_CELL) + 2 * ROW_PADDING);
}

/* ---- taxes and totals ---- */

static void
tax_cells (TbInvoiceDocument *self, cairo_t *cr, double y, TbPenText text, const char *const cells[4])
{
  static const double ends[4] = { 0.37, 0.53, 0.77, 1.0 };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      double from = i > 0 ? ends[i - 1] * TAXES_WIDTH : 0;

      text.x = TB_PAGE_MARGIN + PADDING + from;
      text.y = y;
      text.width = ends[i] * TAXES_WIDTH - from - PADDING;
      text.align = i > 0 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
      tb_pen_text (self->pen, cr, &text, cells[i]);
    }
}

static double
taxes (TbInvoiceDocument *self, cairo_t *cr, double y)
{
  const TbInvoice *invoice = self->invoice;
  const char *const heads[4] = { tb_words_text (self->words, "Tax"), tb_words_text_in (self->words, "tax", "Rate"), tb_words_text (self->words, "On"), tb_words_text (self->words, "Amount") };

  if (invoice->taxes->len == 0)
    return y;
  tax_cells (self, cr, y + 4, (TbPenText){ TB_FACE_LABEL, TB_INK_ACCENT }, heads);
  y += META_ROW + 1;
  tb_pen_fill (self->pen, cr, TB_INK_RULE, TB_PAGE_MARGIN, y, TAXES_WIDTH, 0.5);
  for (guint i = 0; i < invoice->taxes->len; i++, y += META_ROW)
    {
      const TbInvoiceTax *tax = invoice->taxes->pdata[i];
      g_autofree char *percent = tb_page_percent (self->words, tax->percent), *base = tb_page_amount (self->words, tax->base, invoice->currency, 0);
      g_autofree char *amount = tb_page_amount (self->words, tax->amount, invoice->currency, 0);

      tax_cells (self, cr, y + 4, (TbPenText){ TB_FACE_CELL, TB_INK_DARK },
                 (const char *const[4]){ tax->tax, percent, base, amount });
    }
  return y + 4;
}

static double
total_row (TbInvoiceDocument *self, cairo_t *cr, double y, TbFace face, TbInk ink, const char *label, const char *value)
{
  double x = TB_PAGE_MARGIN + self->inner - TOTALS_WIDTH + PADDING, width = TOTALS_WIDTH - 2 * PADDING;
  double room = width - tb_pen_width (self->pen, face, value) - PADDING;

  tb_pen_text (self->pen, cr, &(TbPenText){ face, ink, x, y, width, PANGO_ALIGN_RIGHT, 1 }, value);
  tb_pen_text (self->pen, cr, &(TbPenText){ face, ink, x, y, MAX (room, 20), PANGO_ALIGN_LEFT, 1 }, label);
  return y + META_ROW;
}

static double
totals (TbInvoiceDocument *self, cairo_t *cr, double y)
{
  const TbInvoice *invoice = self->invoice;
  g_autofree char *net = tb_page_amount (self->words, invoice->net, invoice->currency, 0), *tax = tb_page_amount (self->words, invoice->tax, invoice->currency, 0);
  g_autofree char *total = tb_page_amount (self->words, invoice->total, invoice->currency, 0), *paid = tb_page_amount (self->words, -invoice->paid, invoice->currency, 0);
  g_autofree char *payable = tb_page_money (self->words, tb_invoice_get_payable (invoice), invoice->currency);
  double x = TB_PAGE_MARGIN + self->inner - TOTALS_WIDTH, middle;

  y = total_row (self, cr, y + 4, TB_FACE_BODY, TB_INK_DARK, tb_words_text (self->words, "Total before tax"), net);
  y = total_row (self, cr, y, TB_FACE_BODY, TB_INK_DARK, tb_words_text (self->words, "Tax"), tax);
  if (invoice->paid != 0)
    {
      y = total_row (self, cr, y, TB_FACE_BODY, TB_INK_DARK, tb_words_text (self->words, "Total"), total);
      y = total_row (self, cr, y, TB_FACE_BODY, TB_INK_DARK, invoice->paid > 0 ? tb_words_text (self->words, "Paid from your balance") : tb_words_text (self->words, "To your balance"), paid);
    }
  y += 5;
  tb_pen_fill (self->pen, cr, TB_INK_ACCENT, x, y, TOTALS_WIDTH, TOTAL_BOX);
  middle = y + (TOTAL_BOX - tb_pen_line_height (self->pen, TB_FACE_TOTAL)) / 2;
  total_row (self, cr, middle, TB_FACE_TOTAL, TB_INK_ON_ACCENT, invoice->kind == TB_INVOICE_CREDIT_NOTE ? tb_words_text (self->words, "Total credited") : tb_words_text (self->words, "Total due"),
             payable);
  return y + TOTAL_BOX;
}

/* ---- terms ---- */

static char *
default_terms (const TbWords *words, const TbInvoice *invoice)
{
  g_autofree char *due = tb_page_day (words, invoice->due);

  if (invoice->kind == TB_INVOICE_CREDIT_NOTE)
    return g_strdup (tb_words_text (words, "This amount is credited to you. Nothing is to be paid."));
  if (tb_invoice_get_payable (invoice) <= 0)
    return g_strdup (tb_words_text (words, "Nothing is to be paid."));
  if (invoice->due == TB_DAY_NONE)
    return g_strdup_printf (tb_words_plural (words, "Payable within %d day of the invoice date.", "Payable within %d days of the invoice date.",
                                         (gulong) invoice->due_days), invoice->due_days);
  if (invoice->number == NULL)
    return g_strdup_printf (tb_words_text (words, "Payable by %s."), due);
  return g_strdup_printf (tb_words_text (words, "Payable by %s. Please quote %s with your payment."), due, invoice->number);
}

/* Where no tax is charged the law asks for the reason (Directive 2006/112/EC, article 226 (11), (11a)); classes of UNTDID 5305. */
static const char *
tax_reason (const TbWords *words, const char *category)
{
  static const struct { const char *category, *reason; } reasons[] = {
    { "AE", N_("Reverse charge: the customer is liable for the tax.") },
    { "K", N_("Intra-Community supply, exempt from tax.") },
    { "G", N_("Export outside the European Union, free of tax.") },
    { "E", N_("Exempt from tax.") },
    { "O", N_("Outside the scope of tax.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (category, reasons[i].category) == 0)
      return tb_words_text (words, reasons[i].reason);
  return NULL;
}

static char *
dup_reason (const TbWords *words, const TbInvoice *invoice)
{
  return invoice->reason != NULL ? g_strdup_printf (tb_words_text (words, "Reason: %s"), invoice->reason) : NULL;
}

static double
terms (TbInvoiceDocument *self, cairo_t *cr, double y)
{
  const TbInvoice *invoice = self->invoice;
  g_autofree char *text = invoice->state == TB_INVOICE_VOID     ? g_strdup (tb_words_text (self->words, "This invoice is void. Nothing is owed on it."))
                          : self->payment_terms != NULL ? g_strdup (self->payment_terms)
                                                        : default_terms (self->words, invoice);
  g_autofree char *reason = dup_reason (self->words, invoice);
  TbPenText place = { TB_FACE_LABEL, TB_INK_ACCENT, TB_PAGE_MARGIN + PADDING, y, self->inner - 2 * PADDING, PANGO_ALIGN_LEFT, 8 };

  place.y += tb_pen_text (self->pen, cr, &place, tb_words_text (self->words, "PAYMENT")) + 2;
  place.face = TB_FACE_CELL;
  place.ink = TB_INK_DARK;
  place.y += tb_pen_text (self->pen, cr, &place, text);
  place.y += tb_pen_text (self->pen, cr, &place, reason);
  for (guint i = 0; i < invoice->taxes->len; i++)
    place.y += tb_pen_text (self->pen, cr, &place, tax_reason (self->words, ((const TbInvoiceTax *) invoice->taxes->pdata[i])->category));
  place.ink = TB_INK_MUTED;
  if (invoice->state == TB_INVOICE_DRAFT)
    place.y += tb_pen_text (self->pen, cr, &place, invoice->kind == TB_INVOICE_CREDIT_NOTE ? tb_words_text (self->words, "This is a draft for review, not a credit note.")
                                                                                           : tb_words_text (self->words, "This is a draft for review, not an invoice."));
  return place.y;
}

static double
closing (TbInvoiceDocument *self, cairo_t *cr, double y)
{
  double left = taxes (self, cr, y + 14), right = totals (self, cr, y + 14);

  return terms (self, cr, MAX (left, right) + 22);
}

static void
draw_closing (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  closing (self, cr, item->y);
}

void
tb_front_page_layout (TbInvoiceDocument *self)
{
  tb_page_flow_bookmark (self, FALSE, tb_page_title (self->words, self->invoice));
  tb_page_flow_add (self, draw_opening, NULL, opening (self, NULL, 0));
  layout_lines (self);
  tb_page_flow_need (self, closing (self, NULL, 0)); /* while the table is open: the sum is carried to the totals */
  tb_page_flow_table (self, NULL);
  tb_page_flow_add (self, draw_closing, NULL, closing (self, NULL, 0));
}
