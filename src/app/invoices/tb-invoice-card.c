/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-card.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-invoice-preview.h"
#include "tb-invoice-text.h"

struct _TbInvoiceCard
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *name, *state, *total, *summary;
  TbInvoicePreview *preview;
  GtkLabel *pages, *zoom, *many;
};

G_DEFINE_FINAL_TYPE (TbInvoiceCard, tb_invoice_card, ADW_TYPE_BIN)

static void
set_standing (TbInvoiceCard *self, TbStanding standing)
{
  const char *classes[] = { "heading", tb_invoice_standing_class (standing), NULL };

  gtk_label_set_label (self->state, tb_standing_to_display (standing));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes);
}

static void
paged_cb (TbInvoiceCard *self)
{
  g_autofree char *text = g_strdup_printf (_ ("Page %u of %u"), tb_invoice_preview_get_page (self->preview),
                                           tb_invoice_preview_get_n_pages (self->preview));

  gtk_label_set_label (self->pages, text);
}

static void
zoomed_cb (TbInvoiceCard *self)
{
  double zoom;
  g_autofree char *text = NULL;

  g_object_get (self->preview, "zoom", &zoom, NULL);
  if (zoom > 0)
    text = g_strdup_printf (_ ("%d %%"), (int) (zoom * 100 + 0.5));
  else
    text = g_strdup (tb_invoice_preview_fits_page (self->preview) ? _ ("Page") : _ ("Width"));
  gtk_label_set_label (self->zoom, text);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbInvoiceCard, name)

static void
tb_invoice_card_class_init (TbInvoiceCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TB_TYPE_INVOICE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/invoices/tb-invoice-card.ui");
  BIND (stack), BIND (name), BIND (state), BIND (total), BIND (summary), BIND (preview), BIND (pages), BIND (zoom), BIND (many);
  gtk_widget_class_bind_template_callback (widget_class, paged_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoomed_cb);
}

static void
tb_invoice_card_init (TbInvoiceCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tb_invoice_card_show (TbInvoiceCard *self, TbPrintedInvoice *printed, TbStanding standing, TbBooks *books)
{
  g_autofree char *total = NULL;
  g_autofree char *summary = NULL;

  gtk_stack_set_visible_child_name (self->stack, printed != NULL ? "invoice" : "none");
  tb_invoice_preview_set_invoice (self->preview, printed);
  if (printed == NULL)
    return;

  total = tb_format_amount (printed->invoice->total, printed->invoice->currency);
  summary = tb_invoice_dup_summary (printed->invoice, books);
  gtk_label_set_label (self->name, tb_invoice_get_name (printed->invoice));
  gtk_label_set_label (self->total, total);
  gtk_label_set_label (self->summary, summary);
  /* A draft has no number: its name says already what it is. */
  set_standing (self, standing);
  gtk_widget_set_visible (GTK_WIDGET (self->state), printed->invoice->number != NULL);
  paged_cb (self);
}

void
tb_invoice_card_zoom (TbInvoiceCard *self, int steps)
{
  tb_invoice_preview_zoom (self->preview, steps);
}

void
tb_invoice_card_turn (TbInvoiceCard *self, int pages)
{
  tb_invoice_preview_go (self->preview, tb_invoice_preview_get_page (self->preview) + (guint) pages);
}

void
tb_invoice_card_fit_page (TbInvoiceCard *self)
{
  tb_invoice_preview_fit_page (self->preview);
}

void
tb_invoice_card_say_many (TbInvoiceCard *self, const char *text)
{
  gtk_label_set_label (self->many, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->many), text != NULL);
}
