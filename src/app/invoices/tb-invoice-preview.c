/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-preview.h"

#include <glib/gi18n.h>
#include <math.h>

#include "tb-widgets.h"

/* Pixels a point at the size of paper: screens are reckoned at 96 dots an inch, points at 72. */
#define FULL_SIZE (96.0 / 72.0)
#define GAP 18.0
#define ZOOM_MIN 0.25
#define ZOOM_MAX 4.0

struct _TbInvoicePreview
{
  GtkWidget parent_instance;

  TbPrintedInvoice *invoice;
  double zoom; /* 0 = as wide as the view, or as high, by `whole` */
  gboolean whole;
  guint page;
  guint later; /* source of an update after layout */
  GtkAdjustment *horizontal, *vertical;
  GtkScrollablePolicy horizontal_policy, vertical_policy;
};

enum { PROP_0, PROP_PAGE, PROP_N_PAGES, PROP_ZOOM, N_PROPS, PROP_HADJUSTMENT, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (TbInvoicePreview, tb_invoice_preview, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- where the pages lie ---- */

static double
get_scale (TbInvoicePreview *self)
{
  double width, height;

  if (self->zoom > 0 || self->invoice == NULL)
    return MAX (self->zoom, ZOOM_MIN) * FULL_SIZE;
  tb_invoice_document_get_size (self->invoice->document, &width, &height);
  width = (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * GAP) / width;
  height = (gtk_widget_get_height (GTK_WIDGET (self)) - 2 * GAP) / height;
  return CLAMP (self->whole ? MIN (width, height) : width, ZOOM_MIN * FULL_SIZE, 1.25 * FULL_SIZE);
}

static void
get_page_size (TbInvoicePreview *self, double *ret_width, double *ret_height)
{
  double scale = get_scale (self);

  tb_invoice_document_get_size (self->invoice->document, ret_width, ret_height);
  *ret_width = ceil (*ret_width * scale);
  *ret_height = ceil (*ret_height * scale);
}

static void
configure (GtkAdjustment *adjustment, double upper, double page)
{
  upper = MAX (upper, page);
  gtk_adjustment_configure (adjustment, MIN (gtk_adjustment_get_value (adjustment), upper - page), 0, upper, page * 0.1, page * 0.9, page);
}

static void
update_adjustments (TbInvoicePreview *self)
{
  double width = 0, height = 0;
  guint n = tb_invoice_preview_get_n_pages (self);

  if (n > 0)
    get_page_size (self, &width, &height);
  if (self->horizontal != NULL)
    configure (self->horizontal, width + 2 * GAP, gtk_widget_get_width (GTK_WIDGET (self)));
  if (self->vertical != NULL)
    configure (self->vertical, n * (height + GAP) + GAP, gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
update_page (TbInvoicePreview *self)
{
  guint n = tb_invoice_preview_get_n_pages (self), page = 0;
  double width, height;

  if (n > 0 && self->vertical != NULL)
    {
      get_page_size (self, &width, &height);
      /* The page that the upper third of the view shows. */
      page = (guint) ((gtk_adjustment_get_value (self->vertical) + gtk_adjustment_get_page_size (self->vertical) / 3) / (height + GAP)) + 1;
      page = CLAMP (page, 1, n);
    }
  if (page == self->page)
    return;
  self->page = page;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

static void
later_cb (gpointer data)
{
  TbInvoicePreview *self = data;

  self->later = 0;
  update_page (self);
}

static void
scrolled_cb (TbInvoicePreview *self)
{
  update_page (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_adjustment (TbInvoicePreview *self, GtkAdjustment **field, GtkAdjustment *adjustment)
{
  if (*field != NULL)
    g_signal_handlers_disconnect_by_data (*field, self);
  g_clear_object (field);
  if (adjustment == NULL)
    return;
  *field = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  update_adjustments (self);
}

/* ---- widget ---- */

static void
tb_invoice_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 480;
}

static void
tb_invoice_preview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TbInvoicePreview *self = TB_INVOICE_PREVIEW (widget);

  update_adjustments (self);
  /* Whoever shows the page's number would be laid out again in the middle of being laid out. */
  if (self->later == 0)
    self->later = g_idle_add_once (later_cb, self);
}

static void
snapshot_page (TbInvoicePreview *self, GtkSnapshot *snapshot, guint page, const graphene_rect_t *paper)
{
  GskRoundedRect outline = GSK_ROUNDED_RECT_INIT (paper->origin.x, paper->origin.y, paper->size.width, paper->size.height);
  double scale = get_scale (self);
  cairo_t *cr;

  /* Paper is white in the dark too. */
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA){ 0, 0, 0, 0.35 }, 0, 1, 0, 6);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 }, paper);
  cr = gtk_snapshot_append_cairo (snapshot, paper);
  cairo_translate (cr, paper->origin.x, paper->origin.y);
  cairo_scale (cr, scale, scale);
  tb_invoice_document_draw_page (self->invoice->document, page, cr);
  cairo_destroy (cr);
}

static void
tb_invoice_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TbInvoicePreview *self = TB_INVOICE_PREVIEW (widget);
  guint n = tb_invoice_preview_get_n_pages (self);
  double view_width = gtk_widget_get_width (widget), view_height = gtk_widget_get_height (widget);
  double left = self->horizontal != NULL ? gtk_adjustment_get_value (self->horizontal) : 0;
  double top = self->vertical != NULL ? gtk_adjustment_get_value (self->vertical) : 0;
  double width, height, x;

  if (n == 0)
    return;
  get_page_size (self, &width, &height);
  x = width + 2 * GAP <= view_width ? floor ((view_width - width) / 2) : GAP - left;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, view_width, view_height));
  for (guint i = 0; i < n; i++)
    {
      double y = GAP + i * (height + GAP) - top;

      if (y + height > 0 && y < view_height)
        snapshot_page (self, snapshot, i, &GRAPHENE_RECT_INIT (floor (x), floor (y), width, height));
    }
  gtk_snapshot_pop (snapshot);
}

static gboolean
wheel_cb (GtkEventControllerScroll *controller, double dx, double dy, TbInvoicePreview *self)
{
  if (!(gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)) & GDK_CONTROL_MASK) || dy == 0)
    return FALSE;
  tb_invoice_preview_zoom (self, dy < 0 ? 1 : -1);
  return TRUE;
}

static void
scroll_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TbInvoicePreview *self = TB_INVOICE_PREVIEW (widget);
  double step;

  g_variant_get (parameter, "d", &step);
  if (self->vertical != NULL)
    gtk_adjustment_set_value (self->vertical, gtk_adjustment_get_value (self->vertical)
                                                  + step * gtk_adjustment_get_page_size (self->vertical));
}

static void
tb_invoice_preview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TbInvoicePreview *self = TB_INVOICE_PREVIEW (object);

  switch (id)
    {
    case PROP_PAGE:
      g_value_set_uint (value, self->page);
      break;
    case PROP_N_PAGES:
      g_value_set_uint (value, tb_invoice_preview_get_n_pages (self));
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->horizontal);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vertical);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->horizontal_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vertical_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tb_invoice_preview_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TbInvoicePreview *self = TB_INVOICE_PREVIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->horizontal, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vertical, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->horizontal_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vertical_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tb_invoice_preview_dispose (GObject *object)
{
  TbInvoicePreview *self = TB_INVOICE_PREVIEW (object);

  g_clear_handle_id (&self->later, g_source_remove);
  set_adjustment (self, &self->horizontal, NULL);
  set_adjustment (self, &self->vertical, NULL);
  g_clear_pointer (&self->invoice, tb_printed_invoice_unref);

  G_OBJECT_CLASS (tb_invoice_preview_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; double step; } keys[] = {
    { GDK_KEY_Up, -0.1 }, { GDK_KEY_Down, 0.1 }, { GDK_KEY_Page_Up, -0.9 }, { GDK_KEY_Page_Down, 0.9 },
    { GDK_KEY_space, 0.9 }, { GDK_KEY_Home, -1e6 }, { GDK_KEY_End, 1e6 },
  };

  gtk_widget_class_install_action (widget_class, "preview.scroll", "d", scroll_cb);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, "preview.scroll", "d", keys[i].step);
}

static void
tb_invoice_preview_class_init (TbInvoicePreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tb_invoice_preview_get_property;
  object_class->set_property = tb_invoice_preview_set_property;
  object_class->dispose = tb_invoice_preview_dispose;
  widget_class->measure = tb_invoice_preview_measure;
  widget_class->size_allocate = tb_invoice_preview_size_allocate;
  widget_class->snapshot = tb_invoice_preview_snapshot;

  properties[PROP_PAGE] = g_param_spec_uint ("page", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_PAGES] = g_param_spec_uint ("n-pages", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, ZOOM_MAX, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "invoice-preview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
tb_invoice_preview_init (TbInvoicePreview *self)
{
  GtkEventController *wheel = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect (wheel, "scroll", G_CALLBACK (wheel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  tb_widgets_set_label (GTK_WIDGET (self), _ ("Invoice as printed"));
}

void
tb_invoice_preview_set_invoice (TbInvoicePreview *self, TbPrintedInvoice *invoice)
{
  gboolean same = invoice != NULL && self->invoice != NULL && invoice->invoice->id == self->invoice->invoice->id;

  g_clear_pointer (&self->invoice, tb_printed_invoice_unref);
  if (invoice != NULL)
    self->invoice = tb_printed_invoice_ref (invoice);
  /* An invoice that was only read again stays where it was. */
  if (!same && self->vertical != NULL)
    gtk_adjustment_set_value (self->vertical, 0);
  update_adjustments (self);
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PAGES]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
tb_invoice_preview_get_page (TbInvoicePreview *self)
{
  return self->page;
}

guint
tb_invoice_preview_get_n_pages (TbInvoicePreview *self)
{
  return self->invoice != NULL ? tb_invoice_document_n_pages (self->invoice->document) : 0;
}

void
tb_invoice_preview_go (TbInvoicePreview *self, guint page)
{
  double width, height;

  if (self->vertical == NULL || page < 1 || page > tb_invoice_preview_get_n_pages (self))
    return;
  get_page_size (self, &width, &height);
  gtk_adjustment_set_value (self->vertical, (page - 1) * (height + GAP));
}

double
tb_invoice_preview_get_zoom (TbInvoicePreview *self)
{
  return get_scale (self) / FULL_SIZE;
}

static void
zoomed (TbInvoicePreview *self)
{
  update_adjustments (self);
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tb_invoice_preview_zoom (TbInvoicePreview *self, int steps)
{
  /* To the next quarter in that direction, from wherever the fitting width had left it. */
  double quarters = tb_invoice_preview_get_zoom (self) * 4;
  double next = steps > 0 ? floor (quarters + 0.01) + steps : ceil (quarters - 0.01) + steps;

  self->zoom = steps == 0 ? 0 : CLAMP (next / 4, ZOOM_MIN, ZOOM_MAX);
  self->whole = FALSE;
  zoomed (self);
}

void
tb_invoice_preview_fit_page (TbInvoicePreview *self)
{
  guint page = self->page;

  self->zoom = 0;
  self->whole = TRUE;
  zoomed (self);
  tb_invoice_preview_go (self, page);
}

gboolean
tb_invoice_preview_fits_page (TbInvoicePreview *self)
{
  return self->zoom <= 0 && self->whole;
}
