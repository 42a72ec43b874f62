/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-card.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-widgets.h"

struct _TbCallCard
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkLabel *charge, *status;
  GtkWidget *facts, *why_group, *why, *pieces_group, *pieces;
  char *client_text, *staff_text; /* what is copied; NULL without a call */
};

G_DEFINE_FINAL_TYPE (TbCallCard, tb_call_card, ADW_TYPE_BIN)

static void
add_taken (TbCallCard *self, const char *title, char *value)
{
  g_autofree char *taken = value;

  tb_widgets_add_value (self->facts, title, taken);
}

static void
show_facts (TbCallCard *self, const TbCallRow *row, TbZone *zone)
{
  const TbCall *call = &row->call;
  const TbRatedCall *rated = &row->rated;

  tb_widgets_clear (self->facts);
  add_taken (self, _ ("Start"), tb_format_time (call->start, zone));
  tb_widgets_add_value (self->facts, _ ("From"), call->caller);
  tb_widgets_add_value (self->facts, _ ("To"), call->callee);
  if (g_strcmp0 (rated->number, call->callee) != 0)
    tb_widgets_add_value (self->facts, _ ("Rated number"), rated->number);
  tb_widgets_add_value (self->facts, _ ("Client"), row->client_name != NULL ? row->client_name : row->client);
  tb_widgets_add_value (self->facts, _ ("Package"), row->package);
  tb_widgets_add_value (self->facts, _ ("Destination"), row->description);
  tb_widgets_add_value (self->facts, _ ("Prefix"), row->prefix);
  add_taken (self, _ ("Rate a minute"), tb_format_rate (row->rate));
  add_taken (self, _ ("Duration"), tb_format_seconds (call->seconds));
  if (rated->billed > 0)
    add_taken (self, _ ("Billed"), tb_format_seconds (rated->billed));
  if (rated->free > 0)
    add_taken (self, _ ("Included"), tb_format_seconds (rated->free));
  if (rated->cost_currency != TB_CURRENCY_NONE)
    add_taken (self, _ ("Cost"), tb_format_amount (rated->cost, rated->cost_currency));
  tb_widgets_add_value (self->facts, _ ("Invoice"), row->invoice);
  tb_widgets_add_value (self->facts, _ ("Connection"), row->connection);
  tb_widgets_add_value (self->facts, _ ("Tenant"), call->tenant);
  tb_widgets_add_value (self->facts, _ ("Hang-up cause"), call->cause);
  tb_widgets_add_value (self->facts, _ ("Record"), call->uid);
}

static void
show_why (TbCallCard *self, const TbExplanation *explanation)
{
  GtkWidget *child;
  guint n = explanation->lines->len;

  while ((child = gtk_widget_get_first_child (self->why)) != NULL)
    gtk_box_remove (GTK_BOX (self->why), child);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *label = gtk_label_new (g_ptr_array_index (explanation->lines, i));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_box_append (GTK_BOX (self->why), label);
    }
  gtk_widget_set_visible (self->why_group, n > 0);
}

static void
show_pieces (TbCallCard *self, const TbExplanation *explanation)
{
  const GArray *pieces = explanation->price != NULL ? explanation->price->pieces : NULL;
  guint n = pieces != NULL ? pieces->len : 0;

  tb_widgets_clear (self->pieces);
  for (guint i = 0; i < n; i++)
    {
      const TbExplainedPiece *piece = &g_array_index (pieces, TbExplainedPiece, i);
      g_autofree char *talked = tb_format_seconds (piece->talked);
      g_autofree char *sold = tb_format_seconds (piece->seconds);
      g_autofree char *rate = tb_format_rate (piece->rate);
      g_autofree char *title = g_strdup_printf (_ ("%s → %s"), talked, sold);
      g_autofree char *price = g_strdup_printf (_ ("%s each %d s, in steps of %d s"), rate, piece->per, piece->increment);
      GtkWidget *row = tb_widgets_add_row (self->pieces, title, price);

      tb_widgets_add_suffix (row, piece->amount, "dim-label");
    }
  gtk_widget_set_visible (self->pieces_group, n > 0);
}

static void
set_texts (TbCallCard *self, const TbExplanation *explanation)
{
  g_clear_pointer (&self->client_text, g_free);
  g_clear_pointer (&self->staff_text, g_free);
  if (explanation != NULL)
    {
      self->client_text = g_strdup (explanation->client_text);
      self->staff_text = tb_explanation_to_text (explanation);
    }
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tb_call_card_copy (TB_CALL_CARD (widget), g_str_equal (action, "card.copy-all"));
}

static void
tb_call_card_finalize (GObject *object)
{
  set_texts (TB_CALL_CARD (object), NULL);

  G_OBJECT_CLASS (tb_call_card_parent_class)->finalize (object);
}

static void
tb_call_card_class_init (TbCallCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tb_call_card_finalize;

  gtk_widget_class_install_action (widget_class, "card.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "card.copy", NULL);
  gtk_widget_class_install_action (widget_class, "card.copy-all", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "card.copy-all", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/calls/tb-call-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, stack);
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, empty);
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, charge);
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, status);
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, facts);
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, why_group);
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, why);
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, pieces_group);
  gtk_widget_class_bind_template_child (widget_class, TbCallCard, pieces);
}

static void
tb_call_card_init (TbCallCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tb_call_card_show (TbCallCard *self, const TbCallExplanation *call, TbZone *zone)
{
  g_autofree char *charge = NULL;

  gtk_stack_set_visible_child_name (self->stack, call != NULL ? "call" : "none");
  set_texts (self, call != NULL ? call->explanation : NULL);
  if (call == NULL)
    return;

  if (call->row->rated.currency != TB_CURRENCY_NONE)
    charge = tb_format_amount (call->row->rated.charge, call->row->rated.currency);
  gtk_label_set_label (self->charge, charge != NULL ? charge : _ ("No charge"));
  gtk_label_set_label (self->status, tb_call_status_to_display (call->row->rated.status));
  show_facts (self, call->row, zone);
  show_why (self, call->explanation);
  show_pieces (self, call->explanation);
}

void
tb_call_card_set_empty (TbCallCard *self, const char *title, const char *description)
{
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
}

void
tb_call_card_copy (TbCallCard *self, gboolean all)
{
  if (self->client_text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), all ? self->staff_text : self->client_text);
  tb_dialogs_toast (GTK_WIDGET (self), all ? _ ("Copied in full, for staff only") : _ ("Copied for the client"));
}
