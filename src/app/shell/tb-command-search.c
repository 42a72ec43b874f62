/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-command-search.h"

#include <glib/gi18n.h>

#include "tb-commands.h"
#include "tb-invoice-store.h"
#include "tb-widgets.h"

/* More than anyone reads: who does not see it types another letter. */
#define MAX_SHOWN 30

struct _TbCommandSearch
{
  AdwWindow parent_instance;

  GtkEditable *entry;
  GtkListBox *list;
  GtkAdjustment *scroll;
  GPtrArray *commands; /* of TbCommand */
  GPtrArray *found;    /* in the rows' order; borrowed from `commands` */
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (TbCommandSearch, tb_command_search, ADW_TYPE_WINDOW)

static TbWindow *
get_window (TbCommandSearch *self)
{
  return TB_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (self)));
}

/* ---- what is found ---- */

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_row (TbCommandSearch *self, const TbCommand *command)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", command->title, command->detail);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_box_append (GTK_BOX (box), new_label (command->title, NULL));
  gtk_box_append (GTK_BOX (box), new_label (command->detail, "dim-label"));
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  tb_widgets_set_label (row, name);
  gtk_list_box_append (self->list, row);
}

static void
search_cb (GtkEditable *entry, TbCommandSearch *self)
{
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = tb_commands_find (self->commands, gtk_editable_get_text (entry), MAX_SHOWN);

  tb_widgets_clear (GTK_WIDGET (self->list));
  for (guint i = 0; i < self->found->len; i++)
    add_row (self, g_ptr_array_index (self->found, i));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_adjustment_set_value (self->scroll, 0);
}

/* ---- invoices, which the set-up does not hold ---- */

static gpointer
read_invoices (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_invoice_store_list (store, NULL, error);
}

static void
invoices_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbCommandSearch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) invoices = tb_reader_run_finish (TB_READER (source), result, &error);

  /* Without them the rest can still be found; the page of invoices tells what is wrong with the books. */
  if (invoices == NULL || g_cancellable_is_cancelled (self->reading))
    return;
  tb_commands_add_invoices (self->commands, invoices);
  if (*gtk_editable_get_text (self->entry) != '\0')
    search_cb (self->entry, self);
}

/* ---- keys ---- */

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, TbCommandSearch *self)
{
  g_autoptr (TbCommandSearch) kept = g_object_ref (self);
  g_autoptr (TbWindow) window = g_object_ref (get_window (self));
  const TbCommand *command = g_ptr_array_index (self->found, gtk_list_box_row_get_index (row));
  g_autoptr (GPtrArray) commands = g_ptr_array_ref (self->commands);

  /* First, because what is done may ask in a dialog of its own. */
  gtk_window_destroy (GTK_WINDOW (self));
  tb_command_run (command, window);
}

static void
activate_cb (GtkEditable *entry, TbCommandSearch *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    row_activated_cb (self->list, row, self);
}

static void
keep_in_view (TbCommandSearch *self, GtkListBoxRow *row)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (self->scroll, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, TbCommandSearch *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int step = key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1 : key == GDK_KEY_Up || key == GDK_KEY_KP_Up ? -1 : 0;

  if (step == 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  row = gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + step);
  if (row != NULL)
    {
      gtk_list_box_select_row (self->list, row);
      keep_in_view (self, row);
    }
  return GDK_EVENT_STOP;
}

/* ---- class ---- */

static void
tb_command_search_dispose (GObject *object)
{
  TbCommandSearch *self = TB_COMMAND_SEARCH (object);

  g_cancellable_cancel (self->reading);

  G_OBJECT_CLASS (tb_command_search_parent_class)->dispose (object);
}

static void
tb_command_search_finalize (GObject *object)
{
  TbCommandSearch *self = TB_COMMAND_SEARCH (object);

  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_object (&self->reading);

  G_OBJECT_CLASS (tb_command_search_parent_class)->finalize (object);
}

static void
tb_command_search_class_init (TbCommandSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_command_search_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_command_search_finalize;
}

static GtkWidget *
new_list (TbCommandSearch *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *nothing = new_label (_ ("Nothing is called that"), "dim-label");

  self->list = GTK_LIST_BOX (list);
  self->scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_widget_set_margin_top (nothing, 24);
  gtk_label_set_xalign (GTK_LABEL (nothing), 0.5);
  gtk_list_box_set_placeholder (self->list, nothing);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  tb_widgets_set_label (list, _ ("Found"));
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
tb_command_search_init (TbCommandSearch *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_search_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = GTK_EDITABLE (entry);
  self->reading = g_cancellable_new ();
  g_object_set (entry, "placeholder-text", _ ("Clients, invoices, tariffs, pages, actions…"), "margin-top", 12, "margin-start", 12,
                "margin-end", 12, NULL);
  tb_widgets_set_label (entry, _ ("Search everything"));
  g_signal_connect (entry, "changed", G_CALLBACK (search_cb), self);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (entry, "stop-search", G_CALLBACK (gtk_window_close), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, keys);

  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), new_list (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Command Search"));
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 440);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

TbCommandSearch *
tb_command_search_new (TbWindow *window)
{
  TbCommandSearch *self = g_object_new (TB_TYPE_COMMAND_SEARCH, "transient-for", window, NULL);
  TbBooks *books = tb_window_get_books (window);

  self->commands = tb_commands_list (window);
  search_cb (self->entry, self);
  if (books != NULL)
    tb_reader_run_async (tb_books_get_reader (books), self->reading, read_invoices, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                         invoices_cb, g_object_ref (self));
  return self;
}
