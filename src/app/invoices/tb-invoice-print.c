/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-print.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, TbPrintedInvoice *invoice)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width, height, scale;

  /* The page as laid out, made smaller when the printer's paper is. */
  tb_invoice_document_get_size (invoice->document, &width, &height);
  scale = MIN (MIN (gtk_print_context_get_width (context) / width, gtk_print_context_get_height (context) / height), 1);
  cairo_scale (cr, scale, scale);
  tb_invoice_document_draw_page (invoice->document, (guint) page, cr);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWidget *widget)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  tb_dialogs_show_error (widget, _ ("The Invoice Could Not Be Printed"), error);
}

static GtkPageSetup *
page_setup_new (TbPrintedInvoice *invoice)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = NULL;
  double width, height;

  tb_invoice_document_get_size (invoice->document, &width, &height);
  paper = gtk_paper_size_new (height > 800 ? GTK_PAPER_NAME_A4 : GTK_PAPER_NAME_LETTER);
  gtk_page_setup_set_paper_size_and_default_margins (setup, paper);
  return setup;
}

GtkPrintOperation *
tb_invoice_print_new (TbPrintedInvoice *invoice)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = page_setup_new (invoice);

  gtk_print_operation_set_job_name (operation, invoice->invoice->number != NULL ? invoice->invoice->number : _ ("Draft invoice"));
  gtk_print_operation_set_n_pages (operation, (int) tb_invoice_document_n_pages (invoice->document));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE); /* the layout has its own margins */
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), tb_printed_invoice_ref (invoice),
                         (GClosureNotify) (void *) tb_printed_invoice_unref, 0);
  return operation;
}

void
tb_invoice_print_run (TbPrintedInvoice *invoice, GtkWidget *widget)
{
  g_autoptr (GtkPrintOperation) operation = tb_invoice_print_new (invoice);
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), widget, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (gtk_widget_get_root (widget)), &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    tb_dialogs_show_error (widget, _ ("The Invoice Could Not Be Printed"), error);
}
