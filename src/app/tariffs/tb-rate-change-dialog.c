/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-change-dialog.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-rate-change-form.h"
#include "tb-rate-text.h"
#include "tb-tariff-editor-work.h"
#include "tb-widgets.h"

/* So long typing must pause before all rates are looked at. */
#define PAUSE_MS 200

struct _TbRateChangeDialog
{
  AdwWindow parent_instance;

  TbRateSheet *sheet;
  TbRateChange change; /* as it is seen */
  GArray *changes;     /* of TbDraftChange; NULL = nothing to be seen */
  guint refused;       /* of them; those are listed first */
  GArray *order;       /* of guint: places in the changes */
  GCancellable *working;
  guint pause;

  TbRateChangeForm *form;
  GtkWidget *apply, *said, *spinner;
  GtkStack *stack;
  TbGrid *grid;
};

G_DEFINE_FINAL_TYPE (TbRateChangeDialog, tb_rate_change_dialog, ADW_TYPE_WINDOW)

/* ---- the table ---- */

enum { PREFIX, DESTINATION, BEFORE, AFTER, PERCENT, FROM };

static const TbGridColumn columns[] = {
  { N_ ("Prefix"), 112, FALSE }, { N_ ("Destination"), 0, FALSE }, { N_ ("Before"), 128, TRUE },
  { N_ ("After"), 128, TRUE },   { N_ ("Change"), 84, TRUE },      { N_ ("From"), 108, FALSE },
};

static const TbDraftChange *
change_at (TbRateChangeDialog *self, guint row)
{
  return &g_array_index (self->changes, TbDraftChange, g_array_index (self->order, guint, row));
}

static char *
dup_terms (const TbRate *rate)
{
  g_autofree char *price = tb_rate_dup_price (rate), *increment = tb_rate_dup_increment (rate);

  return *increment != '\0' ? g_strdup_printf ("%s · %s", price, increment) : g_steal_pointer (&price);
}

static char *
dup_percent (const TbRate *before, const TbRate *after)
{
  TbTariffChange change = { after->rate > before->rate ? TB_TARIFF_DEARER : TB_TARIFF_CHEAPER, before, after, TB_TIME_NONE };
  TbDecimal percent;
  g_autofree char *text = NULL;

  if (after->rate == before->rate || !tb_tariff_change_get_percent (&change, &percent))
    return NULL;
  text = tb_format_percent (percent);
  return percent > 0 ? g_strconcat ("+", text, NULL) : g_steal_pointer (&text);
}

static char *
get_text (guint row, guint column, gpointer data)
{
  TbRateChangeDialog *self = data;
  const TbDraftChange *one = change_at (self, row);
  const TbRate *before = tb_tariff_draft_get_rate (tb_rate_sheet_get_draft (self->sheet), one->row);

  if (before == NULL)
    return NULL;
  switch (column)
    {
    case PREFIX:
      return g_strdup (*before->prefix != '\0' ? before->prefix : _ ("All others"));
    case DESTINATION:
      return g_strdup (one->fault != NULL ? one->fault : before->description);
    case BEFORE:
      return dup_terms (before);
    case AFTER:
      return one->after != NULL ? dup_terms (one->after) : g_strdup (_ ("Refused"));
    case PERCENT:
      return one->after != NULL ? dup_percent (before, one->after) : NULL;
    default:
      return one->after != NULL ? tb_rate_dup_moment (one->after->effective_from, tb_rate_sheet_get_zone (self->sheet)) : NULL;
    }
}

static const char *
get_style (guint row, guint column, gpointer data)
{
  return change_at (data, row)->fault != NULL && (column == DESTINATION || column == AFTER) ? "error" : NULL;
}

static const TbGridSource source = { .get_text = get_text, .get_style = get_style };

/* ---- what is seen ---- */

static void
say (TbRateChangeDialog *self, const char *text, gboolean wrong)
{
  gtk_label_set_label (GTK_LABEL (self->said), text);
  if (wrong)
    gtk_widget_add_css_class (self->said, "error");
  else
    gtk_widget_remove_css_class (self->said, "error");
}

static void
update (TbRateChangeDialog *self)
{
  gboolean ready = self->changes != NULL && self->working == NULL && self->pause == 0;

  gtk_widget_set_sensitive (self->apply, ready && self->changes->len > self->refused);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->working != NULL || self->pause != 0);
}

static void
drop_changes (TbRateChangeDialog *self)
{
  tb_grid_set_n_rows (self->grid, 0);
  g_clear_pointer (&self->changes, g_array_unref);
}

static void
order_changes (TbRateChangeDialog *self)
{
  g_array_set_size (self->order, 0);
  for (int refused = 1; refused >= 0; refused--)
    {
      for (guint i = 0; i < self->changes->len; i++)
        if ((g_array_index (self->changes, TbDraftChange, i).fault != NULL) == refused)
          g_array_append_val (self->order, i);
      if (refused)
        self->refused = self->order->len;
    }
}

static void
say_changes (TbRateChangeDialog *self)
{
  guint n = self->changes->len - self->refused;
  g_autofree char *number = tb_format_number (n), *refused = tb_format_number (self->refused);
  g_autofree char *text = self->change.start == TB_RATE_START_FOLLOW
                              ? g_strdup_printf (g_dngettext (NULL, "%s rate is followed by a new one.", "%s rates are followed by new ones.", n), number)
                              : g_strdup_printf (g_dngettext (NULL, "%s rate changes.", "%s rates change.", n), number);
  g_autofree char *more = self->refused > 0
                              ? g_strdup_printf (g_dngettext (NULL, " %s cannot, and stays as it is.", " %s cannot, and stay as they are.", self->refused), refused)
                              : g_strdup ("");
  g_autofree char *both = g_strconcat (text, more, NULL);

  say (self, self->changes->len > 0 ? both : _ ("Nothing changes: these rates have those values already."), FALSE);
}

static void
worked_cb (GObject *unused, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbRateChangeDialog) self = data;
  GArray *changes = tb_rate_sheet_run_finish (result, NULL);

  if (self->grid == NULL || g_task_get_cancellable (G_TASK (result)) != self->working || changes == NULL)
    {
      g_clear_pointer (&changes, g_array_unref);
      return;
    }
  g_clear_object (&self->working);
  drop_changes (self);
  self->changes = changes;
  order_changes (self);
  tb_grid_set_n_rows (self->grid, changes->len);
  gtk_stack_set_visible_child_name (self->stack, changes->len > 0 ? "list" : "none");
  say_changes (self);
  update (self);
}

/* ---- the work ---- */

typedef struct
{
  TbRateChange change;
  GArray *rows; /* NULL = all */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->rows, g_array_unref);
  g_free (order);
}

static gpointer
work_out (const TbDraftView *view, GArray *rows, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;

  return tb_draft_view_change (view, order->rows != NULL ? order->rows : rows, &order->change, cancellable);
}

static GArray *
list_rows (TbRateChangeDialog *self)
{
  switch (tb_rate_change_form_get_scope (self->form))
    {
    case TB_RATE_SCOPE_CHOSEN:
      return tb_rate_sheet_list_selected (self->sheet);
    case TB_RATE_SCOPE_SHOWN:
      return g_array_ref (tb_rate_sheet_get_shown (self->sheet));
    case TB_RATE_SCOPE_ALL:
    default:
      return NULL;
    }
}

static void
stop (TbRateChangeDialog *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
}

static void
start (gpointer data)
{
  TbRateChangeDialog *self = data;
  g_autofree char *fault = NULL;
  Order *order;

  self->pause = 0;
  stop (self);
  if (!tb_rate_change_form_read (self->form, &self->change, &fault))
    {
      drop_changes (self);
      gtk_stack_set_visible_child_name (self->stack, "none");
      say (self, fault != NULL ? fault : _ ("Say what is to change."), fault != NULL);
      update (self);
      return;
    }
  order = g_new (Order, 1);
  *order = (Order){ self->change, list_rows (self) };
  self->working = g_cancellable_new ();
  tb_rate_sheet_run_async (self->sheet, self->working, work_out, order, order_free, (GDestroyNotify) g_array_unref, worked_cb, g_object_ref (self));
  update (self);
}

static void
changed_cb (TbRateChangeDialog *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add_once (PAUSE_MS, start, self);
  update (self);
}

static void
apply_cb (TbRateChangeDialog *self)
{
  g_autoptr (GArray) changes = g_steal_pointer (&self->changes);

  tb_grid_set_n_rows (self->grid, 0);
  tb_tariff_editor_take_changes (self->sheet, changes, &self->change);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- class ---- */

static void
tb_rate_change_dialog_dispose (GObject *object)
{
  TbRateChangeDialog *self = TB_RATE_CHANGE_DIALOG (object);

  stop (self);
  if (self->grid != NULL)
    drop_changes (self);
  self->grid = NULL;
  g_clear_object (&self->sheet);

  G_OBJECT_CLASS (tb_rate_change_dialog_parent_class)->dispose (object);
}

static void
tb_rate_change_dialog_finalize (GObject *object)
{
  g_array_unref (TB_RATE_CHANGE_DIALOG (object)->order);

  G_OBJECT_CLASS (tb_rate_change_dialog_parent_class)->finalize (object);
}

static void
tb_rate_change_dialog_class_init (TbRateChangeDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_rate_change_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_rate_change_dialog_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tb_rate_change_dialog_init (TbRateChangeDialog *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
}

static GtkWidget *
new_header (TbRateChangeDialog *self)
{
  GtkWidget *header = adw_header_bar_new (), *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  self->apply = gtk_button_new_with_mnemonic (_ ("_Change"));
  gtk_widget_add_css_class (self->apply, "suggested-action");
  g_signal_connect_object (self->apply, "clicked", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  self->spinner = gtk_spinner_new ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->apply);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  return header;
}

static GtkWidget *
new_form (TbRateChangeDialog *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (GTK_WIDGET (self->form), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->form), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (self->form), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->form), 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->form));
  gtk_widget_set_size_request (window, 360, -1);
  gtk_widget_set_hexpand (window, FALSE); /* its rows would */
  return window;
}

static GtkWidget *
new_preview (TbRateChangeDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *window = gtk_scrolled_window_new (), *none = adw_status_page_new ();

  self->said = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->said, "said");
  gtk_box_append (GTK_BOX (box), self->said);
  self->grid = tb_grid_new (_ ("What becomes of the rates"), columns, G_N_ELEMENTS (columns), &source, self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->grid));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "tb-tariffs-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _ ("What Becomes of the Rates"));
  gtk_widget_add_css_class (none, "compact");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, none, "none");
  gtk_stack_add_named (self->stack, window, "list");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

TbRateChangeDialog *
tb_rate_change_dialog_new (GtkWindow *parent, TbRateSheet *sheet)
{
  TbRateChangeDialog *self = g_object_new (TB_TYPE_RATE_CHANGE_DIALOG, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE,
                                           "default-width", 1000, "default-height", 620, "title", _ ("Change Rates"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  tb_grid_finish_edit (tb_rate_sheet_get_grid (sheet));
  self->sheet = g_object_ref (sheet);
  self->form = tb_rate_change_form_new (tb_rate_sheet_get_zone (sheet), (guint) gtk_bitset_get_size (tb_grid_get_selection (tb_rate_sheet_get_grid (sheet))),
                                        tb_rate_sheet_get_shown (sheet)->len, tb_rate_sheet_get_all (sheet)->len);
  gtk_box_append (GTK_BOX (row), new_form (self));
  gtk_box_append (GTK_BOX (row), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (row), new_preview (self));
  gtk_box_append (GTK_BOX (box), new_header (self));
  gtk_box_append (GTK_BOX (box), row);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  start (self);
  return self;
}

GArray *
tb_rate_change_dialog_get_changes (TbRateChangeDialog *self)
{
  return self->changes;
}

gboolean
tb_rate_change_dialog_is_idle (TbRateChangeDialog *self)
{
  return self->working == NULL && self->pause == 0;
}

TbGrid *
tb_rate_change_dialog_get_grid (TbRateChangeDialog *self)
{
  return self->grid;
}

GtkWidget *
tb_rate_change_dialog_get_apply (TbRateChangeDialog *self)
{
  return self->apply;
}
