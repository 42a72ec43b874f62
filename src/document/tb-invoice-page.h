/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "tb-invoice.h"

G_BEGIN_DECLS

/**
 * TbInvoiceDocument: an invoice laid out on pages. One drawing code on a cairo_t for the preview on screen, the printer and the
 * PDF: what is seen is what prints. Sizes are in points (1/72 inch).
 */
typedef struct _TbInvoiceDocument TbInvoiceDocument;

typedef enum { TB_PAPER_A4, TB_PAPER_LETTER } TbPaper;

typedef struct
{
  TbPaper paper;
  int mask;           /* hide this many last digits of called numbers; 0 = none, -1 = country only */
  gboolean itemised;  /* with the list of calls */
  double accent[3];   /* RGB of headings and rules */
  const char *payment_terms; /* NULL = "payable by {due}" */
} TbInvoiceStyle;

TbInvoiceStyle tb_invoice_style_default (const char *country); /* Letter in the Americas where it is usual, else A4 */

/* Copies nothing: invoice and calls (of TbInvoiceCall, or NULL) must outlive it. Lays out at once. */
TbInvoiceDocument *tb_invoice_document_new (const TbInvoice *invoice, GPtrArray *calls, const TbInvoiceStyle *style);
void               tb_invoice_document_free (TbInvoiceDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbInvoiceDocument, tb_invoice_document_free)

guint tb_invoice_document_n_pages (TbInvoiceDocument *self);
void  tb_invoice_document_get_size (TbInvoiceDocument *self, double *ret_width, double *ret_height);
void  tb_invoice_document_draw_page (TbInvoiceDocument *self, guint page, cairo_t *cr); /* page from 0, origin top left */

/* Writes a PDF with title, author, dates, outline and searchable text. Through a temporary file: never half a PDF. */
gboolean tb_invoice_document_write_pdf (TbInvoiceDocument *self, const char *path, GError **error);

G_END_DECLS
