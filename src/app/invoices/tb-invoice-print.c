/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-print.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"

/* Pages of several documents are counted through. */
static TbPrintedInvoice *
find_page (GPtrArray *documents, guint *page)
{
  for (guint i = 0; i < documents->len; i++)
    {
      TbPrintedInvoice *document = documents->pdata[i];
      guint n = tb_invoice_document_n_pages (document->document);

      if (*page < n)
        return document;
      *page -= n;
    }
  return NULL;
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int number, GPtrArray *documents)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  guint page = (guint) number;
  TbPrintedInvoice *invoice = find_page (documents, &page);
  double width, height, scale;

  if (invoice == NULL)
    return;
  /* The page as laid out, made smaller when the printer's paper is. */
  tb_invoice_document_get_size (invoice->document, &width, &height);
  scale = MIN (MIN (gtk_print_context_get_width (context) / width, gtk_print_context_get_height (context) / height), 1);
  cairo_scale (cr, scale, scale);
  tb_invoice_document_draw_page (invoice->document, page, cr);
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

static guint
count_pages (GPtrArray *documents)
{
  guint n = 0;

  for (guint i = 0; i < documents->len; i++)
    n += tb_invoice_document_n_pages (((TbPrintedInvoice *) documents->pdata[i])->document);
  return n;
}

static char *
dup_job_name (GPtrArray *documents)
{
  const TbInvoice *first = ((TbPrintedInvoice *) documents->pdata[0])->invoice;

  if (documents->len > 1)
    return g_strdup_printf (g_dngettext (NULL, "%u invoice", "%u invoices", documents->len), documents->len);
  return g_strdup (first->number != NULL ? first->number : _ ("Draft invoice"));
}

GtkPrintOperation *
tb_invoice_print_new (GPtrArray *documents)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = page_setup_new (documents->pdata[0]);
  g_autofree char *name = dup_job_name (documents);

  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_n_pages (operation, (int) count_pages (documents));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE); /* the layout has its own margins */
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), g_ptr_array_ref (documents), (GClosureNotify) (void *) g_ptr_array_unref, 0);
  return operation;
}

void
tb_invoice_print_run (GPtrArray *documents, GtkWidget *widget)
{
  g_autoptr (GtkPrintOperation) operation = documents->len > 0 ? tb_invoice_print_new (documents) : NULL;
  g_autoptr (GError) error = NULL;

  if (operation == NULL)
    return;
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), widget, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (gtk_widget_get_root (widget)), &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    tb_dialogs_show_error (widget, _ ("The Invoice Could Not Be Printed"), error);
}
