/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-dialog.h"

#include <glib/gi18n.h>

#include "tb-form-companion.h"
#include "tb-widgets.h"

#define WIDTH 640
#define WIDTH_WITH_COMPANION 960
#define HEIGHT 700
#define PAUSE 200 /* milliseconds that typing may pause before it is looked at */

/* What a dialog was opened with; it outlives the dialog while it can be opened again. */
typedef struct
{
  GtkWidget *parent;
  TbBooks *books;
  const TbFormTable *table;
  char *title;
  JsonNode *record;
  gboolean is_new;
  TbFormCheck check;
  TbFormDone done;
  gpointer data;
  GDestroyNotify free_data;
} Order;

struct _TbFormDialog
{
  AdwWindow parent_instance;

  Order *order;
  JsonNode *before; /* as the fields gave it back when nothing had been typed */
  TbFormView *view;
  AdwToastOverlay *toasts;
  GtkWidget *save, *problem;
  guint timer;
  gboolean tried; /* to save: from then on what is missing is said too */
  gboolean saved;
};

G_DEFINE_FINAL_TYPE (TbFormDialog, tb_form_dialog, ADW_TYPE_WINDOW)

static void open_with (Order *order, JsonNode *draft);

static void
order_clear (gpointer data)
{
  Order *order = data;

  g_object_unref (order->parent);
  g_object_unref (order->books);
  g_free (order->title);
  g_clear_pointer (&order->record, json_node_unref);
  if (order->free_data != NULL)
    order->free_data (order->data);
}

static void
order_unref (gpointer order)
{
  g_rc_box_release_full (order, order_clear);
}

/* ---- what is wrong ---- */

static void
show_problem (TbFormDialog *self, const char *path, const char *reason, gboolean focus)
{
  gboolean shown = tb_form_view_show_problem (self->view, path, reason, focus);
  gboolean above = reason != NULL && !shown;

  gtk_label_set_label (GTK_LABEL (self->problem), above ? reason : "");
  gtk_widget_set_visible (self->problem, above);
}

/* NULL when the record cannot be stored: it has been said why. */
static JsonNode *
look (TbFormDialog *self, gboolean focus)
{
  g_autofree char *path = NULL, *reason = NULL;
  g_autoptr (JsonNode) record = tb_form_view_get_record (self->view, &path, &reason);
  gboolean ok = path == NULL && (self->order->check == NULL || self->order->check (record, self->order->data, &path, &reason));
  /* Nobody is reproached for what he has not come to yet. */
  gboolean early = !ok && !self->tried && path != NULL && tb_form_view_is_empty_at (self->view, path);

  show_problem (self, ok || early ? NULL : path != NULL ? path : "", ok || early ? NULL : reason, focus);
  return ok ? g_steal_pointer (&record) : NULL;
}

static gboolean
pause_cb (gpointer data)
{
  TbFormDialog *self = data;
  g_autoptr (JsonNode) record = NULL;

  self->timer = 0;
  record = look (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (TbFormDialog *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (PAUSE, pause_cb, self);
}

static gboolean
is_changed (TbFormDialog *self)
{
  g_autofree char *path = NULL, *reason = NULL;
  g_autoptr (JsonNode) now = tb_form_view_get_record (self->view, &path, &reason);

  return path != NULL || !tb_form_json_same (now, self->before);
}

/* ---- saving and closing ---- */

static void
finish (TbFormDialog *self)
{
  self->saved = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (TbFormDialog *self)
{
  g_autoptr (JsonNode) record = NULL;

  if (!gtk_widget_is_sensitive (self->save))
    return;
  self->tried = TRUE;
  record = look (self, TRUE);
  if (record == NULL)
    return;
  if (!self->order->is_new && !is_changed (self))
    {
      finish (self);
      return;
    }
  gtk_widget_set_sensitive (self->save, FALSE);
  if (self->order->done (self, record, self->order->data))
    finish (self);
}

static gboolean
save_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  save_cb (TB_FORM_DIALOG (widget));
  return TRUE;
}

void
tb_form_dialog_end (TbFormDialog *self, const char *path, const char *reason)
{
  gtk_widget_set_sensitive (self->save, TRUE);
  if (reason == NULL)
    finish (self);
  else
    show_problem (self, path != NULL ? path : "", reason, TRUE);
}

static void
open_again_cb (AdwToast *toast, gpointer data)
{
  open_with (g_object_get_data (G_OBJECT (toast), "tb-order"), g_object_get_data (G_OBJECT (toast), "tb-draft"));
}

static void
offer_again (TbFormDialog *self)
{
  g_autofree char *path = NULL, *reason = NULL;
  g_autofree char *text = g_strdup_printf (_ ("%s: changes not saved"), self->order->title);
  AdwToast *toast = tb_form_dialog_toast (self->order->parent, text, _ ("_Open Again"));

  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "tb-order", g_rc_box_acquire (self->order), order_unref);
  g_object_set_data_full (G_OBJECT (toast), "tb-draft", tb_form_view_get_record (self->view, &path, &reason), (GDestroyNotify) json_node_unref);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (open_again_cb), NULL);
}

static gboolean
tb_form_dialog_close_request (GtkWindow *window)
{
  TbFormDialog *self = TB_FORM_DIALOG (window);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->saved && is_changed (self))
    offer_again (self);
  /* GTK 4.8 complains of an entry that has the focus in a window that goes. */
  gtk_window_set_focus (window, NULL);
  return GTK_WINDOW_CLASS (tb_form_dialog_parent_class)->close_request (window);
}

static void
tb_form_dialog_dispose (GObject *object)
{
  TbFormDialog *self = TB_FORM_DIALOG (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (tb_form_dialog_parent_class)->dispose (object);
}

static void
tb_form_dialog_finalize (GObject *object)
{
  TbFormDialog *self = TB_FORM_DIALOG (object);

  g_clear_pointer (&self->before, json_node_unref);
  g_clear_pointer (&self->order, order_unref);

  G_OBJECT_CLASS (tb_form_dialog_parent_class)->finalize (object);
}

static void
tb_form_dialog_class_init (TbFormDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_form_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_form_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = tb_form_dialog_close_request;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, save_shortcut_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, save_shortcut_cb, NULL);
}

static void
tb_form_dialog_init (TbFormDialog *self)
{
}

/* ---- what it looks like ---- */

static GtkWidget *
make_header (TbFormDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  gboolean nested = TB_IS_FORM_DIALOG (gtk_widget_get_root (self->order->parent));

  self->save = gtk_button_new_with_mnemonic (nested ? _ ("_Done") : _ ("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_tooltip_text (self->save, _ ("Ctrl+S"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  tb_widgets_name_controls (header);
  return header;
}

static GtkWidget *
make_fields (TbFormDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_widget_add_css_class (box, "detail");
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_hexpand (scroller, TRUE);
  return scroller;
}

static void
build (TbFormDialog *self)
{
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean beside;
  GtkWidget *companion = tb_form_companion_new (self->view, &beside);
  GtkWidget *content = gtk_box_new (companion != NULL && beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (self->order->parent));
  int height = gtk_widget_get_height (GTK_WIDGET (parent)) - 40;

  gtk_box_append (GTK_BOX (whole), make_header (self));
  gtk_box_append (GTK_BOX (content), make_fields (self));
  if (companion != NULL)
    gtk_box_append (GTK_BOX (content), companion);
  if (companion != NULL && beside)
    gtk_widget_add_css_class (companion, "beside");
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, content);
  gtk_widget_set_vexpand (GTK_WIDGET (self->toasts), TRUE);
  gtk_box_append (GTK_BOX (whole), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), whole);
  gtk_window_set_default_size (GTK_WINDOW (self), companion != NULL && beside ? WIDTH_WITH_COMPANION : WIDTH, CLAMP (height, 360, HEIGHT));
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), self->order->title);
}

static void
open_with (Order *order, JsonNode *draft)
{
  TbFormDialog *self;

  if (!GTK_IS_WINDOW (gtk_widget_get_root (order->parent)))
    return;
  self = g_object_new (TB_TYPE_FORM_DIALOG, NULL);
  self->order = g_rc_box_acquire (order);
  self->view = tb_form_view_new (order->table, NULL, order->books);
  tb_form_view_set_check (self->view, order->check, order->data);
  build (self);
  tb_form_view_set_record (self->view, order->record);
  self->before = tb_form_view_get_record (self->view, &(char *){ NULL }, &(char *){ NULL });
  if (draft != NULL)
    tb_form_view_set_record (self->view, draft);
  g_signal_connect_swapped (self->view, "changed", G_CALLBACK (changed_cb), self);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->save);
  gtk_window_present (GTK_WINDOW (self));
  tb_form_view_focus_first (self->view);
}

void
tb_form_dialog_run (GtkWidget *parent, TbBooks *books, const TbFormTable *table, const char *title, JsonNode *record, gboolean is_new, TbFormCheck check,
                    TbFormDone done, gpointer data, GDestroyNotify free_data)
{
  Order *order = g_rc_box_new (Order);

  *order = (Order){ g_object_ref (parent), g_object_ref (books), table,      g_strdup (title), record != NULL ? tb_form_json_copy (record) : NULL,
                    is_new,                check,                done,       data,             free_data };
  open_with (order, NULL);
  order_unref (order);
}

TbFormView *
tb_form_dialog_get_view (TbFormDialog *self)
{
  return self->view;
}

AdwToast *
tb_form_dialog_toast (GtkWidget *widget, const char *text, const char *button)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast;

  if (TB_IS_FORM_DIALOG (root))
    overlay = GTK_WIDGET (TB_FORM_DIALOG (root)->toasts);
  if (overlay == NULL)
    return NULL;
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, button);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  return toast;
}
