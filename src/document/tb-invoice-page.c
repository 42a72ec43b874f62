/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-page.h"

#define FLOW_BOTTOM 66.0 /* from the foot of the paper */
#define FOOTER 48.0
#define HEAD_AGAIN 46.0  /* the running head of pages after the first */
#define FLOW_AGAIN 78.0

TbInvoiceStyle
tb_invoice_style_default (const char *country)
{
  /* CLDR's regions of US Letter. */
  static const char *const letter[] = { "BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE", NULL };

  return (TbInvoiceStyle){
    .paper = country != NULL && g_strv_contains (letter, country) ? TB_PAPER_LETTER : TB_PAPER_A4,
    .mask = 3, /* what Italian and German rules ask for */
    .itemised = TRUE,
    .accent = { 0.05, 0.32, 0.45 },
  };
}

char *
tb_page_title (const TbWords *words, const TbInvoice *invoice)
{
  if (invoice->kind == TB_INVOICE_CREDIT_NOTE)
    return invoice->number != NULL ? g_strdup_printf (tb_words_text (words, "Credit note %s"), invoice->number) : g_strdup (tb_words_text (words, "Credit note"));
  return invoice->number != NULL ? g_strdup_printf (tb_words_text (words, "Invoice %s"), invoice->number) : g_strdup (tb_words_text (words, "Invoice"));
}

/* ---- the flow ---- */

static TbPage *
last_page (TbInvoiceDocument *self)
{
  return &g_array_index (self->pages, TbPage, self->pages->len - 1);
}

static void
place (TbInvoiceDocument *self, const TbPageItem *item)
{
  g_array_append_vals (self->items, item, 1);
  g_array_index (self->items, TbPageItem, self->items->len - 1).y = self->y;
  last_page (self)->n++;
  self->y += item->height;
}

void
tb_page_draw_sum (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item, TbFace face, const char *label)
{
  g_autofree char *amount = tb_page_amount (self->words, item->amount, self->invoice->currency, item->table->decimals);
  double y = item->y + (item->height - tb_pen_line_height (self->pen, face)) / 2;
  TbPenText place = { face, TB_INK_DARK, TB_PAGE_MARGIN, y, self->inner - TB_PAGE_AMOUNT_WIDTH - 24, PANGO_ALIGN_RIGHT, 1 };

  tb_pen_text (self->pen, cr, &place, label);
  place.width = self->inner - 6;
  tb_pen_text (self->pen, cr, &place, amount);
}

static void
draw_carried (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  tb_page_draw_sum (self, cr, item, TB_FACE_CELL_STRONG, tb_words_text (self->words, "Carried forward"));
}

static void
draw_brought (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  tb_page_draw_sum (self, cr, item, TB_FACE_CELL_STRONG, tb_words_text (self->words, "Brought forward"));
  tb_pen_fill (self->pen, cr, TB_INK_RULE, TB_PAGE_MARGIN, item->y + item->height - 0.5, self->inner, 0.5);
}

static void
add_page (TbInvoiceDocument *self)
{
  TbPage page = { self->items->len, 0 };

  g_array_append_val (self->pages, page);
  self->y = self->pages->len == 1 ? TB_PAGE_MARGIN : FLOW_AGAIN;
}

void
tb_page_flow_break (TbInvoiceDocument *self)
{
  TbPageTable *table = self->table;
  gboolean carries = table != NULL && table->rows > 0;

  if (carries)
    place (self, &(TbPageItem){ .draw = draw_carried, .table = table, .height = TB_PAGE_CARRY_HEIGHT, .amount = table->sum });
  add_page (self);
  if (table != NULL)
    place (self, &(TbPageItem){ .draw = table->head_again, .table = table, .data = table->data, .height = table->head_again_height });
  if (carries)
    place (self, &(TbPageItem){ .draw = draw_brought, .table = table, .height = TB_PAGE_CARRY_HEIGHT, .amount = table->sum });
}

void
tb_page_flow_need (TbInvoiceDocument *self, double height)
{
  /* The room of a carried total is kept free under every row; a summary may use it. */
  if (self->y + height > self->bottom)
    tb_page_flow_break (self);
}

void
tb_page_flow_gap (TbInvoiceDocument *self, double height)
{
  self->y += height;
}

void
tb_page_flow_add (TbInvoiceDocument *self, TbPageDraw draw, gconstpointer data, double height)
{
  tb_page_flow_need (self, height);
  place (self, &(TbPageItem){ .draw = draw, .data = data, .height = height, .table = self->table,
                              .amount = self->table != NULL ? self->table->sum : 0 });
}

void
tb_page_flow_row (TbInvoiceDocument *self, TbPageDraw draw, gconstpointer data, double height, TbAmount amount)
{
  TbPageTable *table = self->table;

  tb_page_flow_need (self, height + TB_PAGE_CARRY_HEIGHT);
  place (self, &(TbPageItem){ .draw = draw, .data = data, .height = height, .table = table, .amount = amount, .odd = table->rows % 2 });
  table->rows++;
  table->sum = tb_page_sum (table->sum, amount);
}

void
tb_page_flow_table (TbInvoiceDocument *self, TbPageTable *table)
{
  self->table = NULL;
  if (table != NULL)
    {
      /* Heads alone at the foot of a page would say nothing: at least two rows go with them. */
      tb_page_flow_need (self, table->head_height + 2 * 26 + TB_PAGE_CARRY_HEIGHT);
      place (self, &(TbPageItem){ .draw = table->head, .table = table, .data = table->data, .height = table->head_height });
    }
  self->table = table;
}

void
tb_page_flow_bookmark (TbInvoiceDocument *self, gboolean child, char *title)
{
  TbPageBookmark bookmark = { title, self->pages->len, child };

  g_array_append_val (self->bookmarks, bookmark);
}

/* ---- the document ---- */

static void
clear_bookmark (gpointer data)
{
  g_free (((TbPageBookmark *) data)->title);
}

TbInvoiceDocument *
tb_invoice_document_new (const TbInvoice *invoice, GPtrArray *calls, const TbInvoiceStyle *style)
{
  TbInvoiceDocument *self = g_new0 (TbInvoiceDocument, 1);

  self->invoice = invoice;
  self->words = tb_words_for (invoice->buyer != NULL ? invoice->buyer->language : NULL);
  self->style = *style;
  self->payment_terms = g_strdup (style->payment_terms);
  self->style.payment_terms = self->payment_terms;
  self->zone = invoice->time_zone != NULL ? tb_zone_new (invoice->time_zone, NULL) : NULL;
  if (self->zone == NULL)
    self->zone = tb_zone_new_utc ();
  self->pen = tb_pen_new (style->accent);
  self->width = style->paper == TB_PAPER_LETTER ? 612.0 : 595.276;
  self->height = style->paper == TB_PAPER_LETTER ? 792.0 : 841.89;
  self->inner = self->width - 2 * TB_PAGE_MARGIN;
  self->bottom = self->height - FLOW_BOTTOM;
  self->items = g_array_new (FALSE, TRUE, sizeof (TbPageItem));
  self->pages = g_array_new (FALSE, TRUE, sizeof (TbPage));
  self->bookmarks = g_array_new (FALSE, TRUE, sizeof (TbPageBookmark));
  g_array_set_clear_func (self->bookmarks, clear_bookmark);
  self->calls = g_ptr_array_new ();
  self->sections = g_ptr_array_new_with_free_func (g_free);
  if (calls != NULL)
    g_ptr_array_extend (self->calls, calls, NULL, NULL);

  add_page (self);
  tb_front_page_layout (self);
  if (self->style.itemised && self->calls->len > 0)
    tb_calls_page_layout (self);
  return self;
}

void
tb_invoice_document_free (TbInvoiceDocument *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->items);
  g_array_unref (self->pages);
  g_array_unref (self->bookmarks);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->sections);
  tb_pen_free (self->pen);
  tb_zone_unref (self->zone);
  g_free (self->payment_terms);
  g_free (self);
}

guint
tb_invoice_document_n_pages (TbInvoiceDocument *self)
{
  return self->pages->len;
}

void
tb_invoice_document_get_size (TbInvoiceDocument *self, double *ret_width, double *ret_height)
{
  if (ret_width != NULL)
    *ret_width = self->width;
  if (ret_height != NULL)
    *ret_height = self->height;
}

/* ---- drawing ---- */

static const char *
state_mark (const TbWords *words, const TbInvoice *invoice)
{
  return invoice->state == TB_INVOICE_DRAFT ? tb_words_text_in (words, "invoice", "DRAFT") : invoice->state == TB_INVOICE_VOID ? tb_words_text_in (words, "invoice", "VOID") : NULL;
}

double
tb_page_draw_state (TbInvoiceDocument *self, cairo_t *cr, double x, double y)
{
  const char *mark = state_mark (self->words, self->invoice);
  double height = tb_pen_line_height (self->pen, TB_FACE_LABEL) + 4, width;

  if (mark == NULL)
    return 0;
  width = tb_pen_width (self->pen, TB_FACE_LABEL, mark) + 12;
  if (self->invoice->state == TB_INVOICE_VOID)
    cairo_set_source_rgb (cr, 0.70, 0.12, 0.12);
  else
    tb_pen_set_ink (self->pen, cr, TB_INK_MUTED);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
  tb_pen_text (self->pen, cr, &(TbPenText){ TB_FACE_LABEL, TB_INK_ON_ACCENT, x, y + 2, width, PANGO_ALIGN_CENTER, 1 }, mark);
  return width;
}

/* Pale and under everything: it must not hide a figure, nor, as text, lie between the words of who searches the PDF. */
static void
draw_watermark (TbInvoiceDocument *self, cairo_t *cr)
{
  const char *mark = state_mark (self->words, self->invoice);
  TbInk ink = self->invoice->state == TB_INVOICE_VOID ? TB_INK_VOID : TB_INK_DRAFT;
  double line = tb_pen_line_height (self->pen, TB_FACE_WATERMARK);

  if (mark == NULL)
    return;
  cairo_save (cr);
  cairo_translate (cr, self->width / 2, self->height / 2);
  cairo_rotate (cr, -G_PI / 4);
  tb_pen_outline (self->pen, cr, &(TbPenText){ TB_FACE_WATERMARK, ink, -400, -line / 2, 800, PANGO_ALIGN_CENTER, 1 }, mark);
  tb_pen_set_ink (self->pen, cr, ink);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_running_head (TbInvoiceDocument *self, cairo_t *cr)
{
  g_autofree char *title = tb_page_title (self->words, self->invoice);
  double right = tb_pen_width (self->pen, TB_FACE_CELL, title), y = HEAD_AGAIN;
  TbPenText text = { TB_FACE_CELL_STRONG, TB_INK_ACCENT, TB_PAGE_MARGIN, y, self->inner - right - 80, PANGO_ALIGN_LEFT, 1 };

  tb_pen_text (self->pen, cr, &text, self->invoice->seller->name);
  text = (TbPenText){ TB_FACE_CELL, TB_INK_MUTED, TB_PAGE_MARGIN, y, self->inner, PANGO_ALIGN_RIGHT, 1 };
  tb_pen_text (self->pen, cr, &text, title);
  tb_page_draw_state (self, cr, TB_PAGE_MARGIN + self->inner - right - 54, y - 1);
  tb_pen_fill (self->pen, cr, TB_INK_ACCENT, TB_PAGE_MARGIN, y + 16, self->inner, 0.75);
}

static void
draw_footer (TbInvoiceDocument *self, cairo_t *cr, guint page)
{
  const TbInvoiceParty *seller = self->invoice->seller;
  /* Translators: "Page 1 of 5". */
  g_autofree char *number = g_strdup_printf (tb_words_text (self->words, "Page %u of %u"), page + 1, self->pages->len);
  g_autoptr (GString) line = g_string_new (seller->name);
  double y = self->height - FOOTER + 6;
  TbPenText text = { TB_FACE_NOTE, TB_INK_MUTED, TB_PAGE_MARGIN, y, self->inner, PANGO_ALIGN_RIGHT, 1 };

  if (seller->tax_id != NULL)
    g_string_append_printf (line, "  ·  %s", seller->tax_id);
  if (seller->email != NULL)
    g_string_append_printf (line, "  ·  %s", seller->email);
  tb_pen_fill (self->pen, cr, TB_INK_RULE, TB_PAGE_MARGIN, self->height - FOOTER, self->inner, 0.5);
  tb_pen_text (self->pen, cr, &text, number);
  text = (TbPenText){ TB_FACE_NOTE, TB_INK_MUTED, TB_PAGE_MARGIN, y, self->inner - 90, PANGO_ALIGN_LEFT, 1 };
  tb_pen_text (self->pen, cr, &text, line->str);
}

void
tb_invoice_document_draw_page (TbInvoiceDocument *self, guint page, cairo_t *cr)
{
  const TbPage *range;

  g_return_if_fail (page < self->pages->len);

  range = &g_array_index (self->pages, TbPage, page);
  cairo_save (cr);
  tb_pen_begin (self->pen, cr);
  draw_watermark (self, cr);
  if (page > 0)
    draw_running_head (self, cr);
  for (guint i = 0; i < range->n; i++)
    {
      const TbPageItem *item = &g_array_index (self->items, TbPageItem, range->first + i);

      item->draw (self, cr, item);
    }
  draw_footer (self, cr, page);
  cairo_restore (cr);
}

/* ---- PDF ---- */

typedef struct
{
  int fd;
  int error; /* errno of the first failure */
} PdfFile;

static cairo_status_t
write_bytes (void *closure, const unsigned char *data, unsigned int len)
{
  PdfFile *file = closure;

  while (len > 0)
    {
      gssize n = write (file->fd, data, len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          file->error = n < 0 ? errno : ENOSPC;
          return CAIRO_STATUS_WRITE_ERROR;
        }
      data += n;
      len -= (unsigned int) n;
    }
  return CAIRO_STATUS_SUCCESS;
}

static void
set_text_metadata (cairo_surface_t *pdf, cairo_pdf_metadata_t what, const char *text)
{
  g_autofree char *valid = text != NULL ? tb_page_valid_text (text) : NULL;

  if (valid != NULL)
    cairo_pdf_surface_set_metadata (pdf, what, valid);
}

/* Of the document, not of the file: the same invoice written twice is the same file. A draft has no day of its own; its period's end stands for it. */
static void
set_dates (const TbInvoice *invoice, cairo_surface_t *pdf)
{
  TbDay day = invoice->issued != TB_DAY_NONE ? invoice->issued : invoice->period.end;
  g_autofree char *date = tb_day_format (day != TB_DAY_NONE ? day : 0);
  g_autofree char *time = g_strdup_printf ("%sT00:00:00Z", date);

  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATE_DATE, time);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_MOD_DATE, time);
}

static void
set_metadata (TbInvoiceDocument *self, cairo_surface_t *pdf)
{
  const TbInvoice *invoice = self->invoice;
  g_autofree char *title = tb_page_title (self->words, invoice);

  set_text_metadata (pdf, CAIRO_PDF_METADATA_TITLE, title);
  set_text_metadata (pdf, CAIRO_PDF_METADATA_AUTHOR, invoice->seller->name);
  set_text_metadata (pdf, CAIRO_PDF_METADATA_SUBJECT, invoice->buyer->name);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATOR, "Tollbook " TB_VERSION);
  set_dates (invoice, pdf);
}

static void
add_outline (TbInvoiceDocument *self, cairo_surface_t *pdf)
{
  int parent = CAIRO_PDF_OUTLINE_ROOT;

  for (guint i = 0; i < self->bookmarks->len; i++)
    {
      const TbPageBookmark *bookmark = &g_array_index (self->bookmarks, TbPageBookmark, i);
      g_autofree char *target = g_strdup_printf ("page=%u pos=[0 0]", bookmark->page);
      g_autofree char *title = tb_page_valid_text (bookmark->title);
      int id = cairo_pdf_surface_add_outline (pdf, bookmark->child ? parent : CAIRO_PDF_OUTLINE_ROOT, title, target,
                                              CAIRO_PDF_OUTLINE_FLAG_OPEN);

      if (!bookmark->child)
        parent = id;
    }
}

static gboolean
draw_pdf (TbInvoiceDocument *self, PdfFile *file)
{
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream (write_bytes, file, self->width, self->height);
  cairo_t *cr = cairo_create (pdf);
  cairo_status_t status;

  set_metadata (self, pdf);
  for (guint page = 0; page < self->pages->len; page++)
    {
      tb_invoice_document_draw_page (self, page, cr);
      cairo_show_page (cr);
    }
  add_outline (self, pdf);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (pdf);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (pdf);
  cairo_surface_destroy (pdf);
  if (status != CAIRO_STATUS_SUCCESS && file->error == 0)
    file->error = status == CAIRO_STATUS_NO_MEMORY ? ENOMEM : EIO;
  return status == CAIRO_STATUS_SUCCESS;
}

gboolean
tb_invoice_document_write_pdf (TbInvoiceDocument *self, const char *path, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  PdfFile file = { g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666), 0 };
  gboolean done = file.fd >= 0 && draw_pdf (self, &file);

  if (file.error == 0 && done && fsync (file.fd) != 0)
    done = FALSE;
  if (!done && file.error == 0)
    file.error = errno;
  if (file.fd >= 0 && close (file.fd) != 0 && done)
    {
      file.error = errno;
      done = FALSE;
    }
  if (done && g_rename (temporary, path) == 0)
    return TRUE;

  if (done)
    file.error = errno;
  if (file.fd >= 0)
    g_unlink (temporary);
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be written: %s. Choose another folder or make room."), path, g_strerror (file.error));
  return FALSE;
}
