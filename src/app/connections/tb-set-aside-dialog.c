/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-set-aside-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-run.h"
#include "tb-text.h"
#include "tb-widgets.h"

#define ROWS_SHOWN 200
#define RAW_SHOWN 500

/* One of the two lists. */
typedef struct
{
  GtkStackPage *page;
  GtkWidget *said, *list, *dismiss_all;
} Side;

typedef struct
{
  TbBooks *books;
  GtkWidget *page;      /* of the window below */
  char *connection;
  GCancellable *cancellable;
  gulong changed;
  GtkWidget *window;    /* borrowed: it owns this */
  AdwToastOverlay *toasts;
  Side sides[2];        /* by TbSetAside */
} Aside;

static const struct
{
  const char *title, *empty, *dismissed;
} words[] = {
  [TB_SET_ASIDE_RECORD] = { N_ ("Records"), N_ ("Every record could be read."), N_ ("Dismissed") },
  [TB_SET_ASIDE_CALL] = { N_ ("Invoiced Calls"), N_ ("No invoiced call came again with other values."), N_ ("Kept as invoiced") },
};

static void
aside_free (gpointer data)
{
  Aside *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_signal_handler (&self->changed, self->books);
  g_object_unref (self->cancellable);
  g_object_unref (self->books);
  g_object_unref (self->page);
  g_free (self->connection);
  g_free (self);
}

/* ---- dismissing, and taking it back ---- */

typedef struct
{
  TbSetAside what;
  char *connection;
  gint64 key, time;
  gboolean back;
} Order;

static Order *
order_new (const Aside *self, TbSetAside what, gint64 key, gint64 time, gboolean back)
{
  Order *order = g_new (Order, 1);

  *order = (Order){ what, g_strdup (self->connection), key, time, back };
  return order;
}

static void
order_free (gpointer data)
{
  g_free (((Order *) data)->connection);
  g_free (data);
}

static gpointer
order_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  gboolean (*func) (TbStore *, TbSetAside, const char *, gint64, gint64, GError **) = order->back ? tb_set_aside_store_take_back : tb_set_aside_store_dismiss;

  return func (store, order->what, order->connection, order->key, order->time, error) ? TB_RUN_OK : NULL;
}

static void
done (GtkWidget *window, gpointer result)
{
}

static void
undo_cb (AdwToast *toast, Aside *self)
{
  Order *order = g_object_get_data (G_OBJECT (toast), "tb-order");

  tb_run (self->window, self->books, _ ("Take back"), TRUE, order_func, order_new (self, order->what, order->key, order->time, TRUE), order_free, NULL, done, NULL);
}

static void
dismiss (Aside *self, TbSetAside what, gint64 key)
{
  AdwToast *toast = adw_toast_new (_ (words[what].dismissed));
  Order *order = order_new (self, what, key, tb_clock_now (), FALSE);

  g_object_set_data_full (G_OBJECT (toast), "tb-order", order_new (self, what, key, order->time, TRUE), order_free);
  tb_run (self->window, self->books, _ ("Dismiss"), TRUE, order_func, order, order_free, NULL, done, NULL);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), self);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
dismiss_cb (GtkWidget *button, Aside *self)
{
  const gint64 *key = g_object_get_data (G_OBJECT (button), "tb-key");

  dismiss (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "tb-what")), key != NULL ? *key : 0);
}

/* ---- one of them ---- */

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
add_button (GtkWidget *box, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  tb_widgets_set_label (button, name);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* A row with a place for words, and one for buttons at its end. */
static GtkWidget *
add_row (GtkWidget *list, GtkWidget **ret_buttons)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_add_css_class (box, "said");
  gtk_list_box_append (GTK_LIST_BOX (list), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (box)), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
  *ret_buttons = box;
  return text;
}

static void
add_dismiss (Aside *self, GtkWidget *box, TbSetAside what, gint64 key, const char *name)
{
  GtkWidget *button = add_button (box, "object-select-symbolic", name);

  g_object_set_data (G_OBJECT (button), "tb-what", GUINT_TO_POINTER (what));
  g_object_set_data_full (G_OBJECT (button), "tb-key", g_memdup2 (&key, sizeof key), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (dismiss_cb), self);
}

static void
copy_cb (GtkWidget *button, Aside *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), g_object_get_data (G_OBJECT (button), "tb-text"));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied")));
}

static void
add_record (Aside *self, GtkWidget *list, const TbQuarantined *record)
{
  GtkWidget *buttons, *text = add_row (list, &buttons), *copy;
  g_autofree char *time = tb_format_time (record->time, tb_books_get_zone (self->books));
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, record->line);
  /* Translators: where a record came from, and its line there */
  g_autofree char *where = record->line > 0 ? g_strdup_printf (_ ("%s, line %s"), record->source, line) : g_strdup (record->source);
  g_autofree char *times = record->times > 1 ? g_strdup_printf (ngettext (" · came %u time", " · came %u times", record->times), record->times) : g_strdup ("");
  g_autofree char *under = g_strdup_printf ("%s · %s%s", where, time, times);
  g_autofree char *raw = tb_text_for_message (record->raw, -1, RAW_SHOWN);

  add_label (text, record->reason, NULL);
  add_label (text, under, "dim-label");
  gtk_widget_add_css_class (add_label (text, raw, "monospace"), "caption");
  copy = add_button (buttons, "edit-copy-symbolic", _ ("Copy the record as it came"));
  g_object_set_data_full (G_OBJECT (copy), "tb-text", g_utf8_make_valid (record->raw, -1), g_free);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), self);
  add_dismiss (self, buttons, TB_SET_ASIDE_RECORD, record->key, _ ("Dismiss the record"));
}

static void
show_call_cb (GtkWidget *button, Aside *self)
{
  gtk_widget_activate_action (self->page, "win.show-page", "(ss)", "calls", g_object_get_data (G_OBJECT (button), "tb-item"));
  gtk_window_close (GTK_WINDOW (self->window));
}

static char *
say_values (gint64 start, gint32 seconds, TbZone *zone)
{
  g_autofree char *time = tb_format_time (start, zone), *length = tb_format_seconds (seconds);

  return g_strdup_printf ("%s, %s", time, length);
}

static void
add_call (Aside *self, GtkWidget *list, const TbCallConflict *call)
{
  TbZone *zone = tb_books_get_zone (self->books);
  GtkWidget *buttons, *text = add_row (list, &buttons), *show;
  g_autofree char *title = g_strdup_printf ("%s → %s", call->caller, call->callee);
  g_autofree char *time = tb_format_time (call->time, zone);
  g_autofree char *under = g_strdup_printf ("%s · %s", call->tenant, time);
  g_autofree char *stored = say_values (call->stored_start, call->stored_seconds, zone), *came = say_values (call->start, call->seconds, zone);
  /* Translators: when a call began and how long it was */
  g_autofree char *invoiced = g_strdup_printf (_ ("On the invoice: %s"), stored);
  g_autofree char *now = g_strdup_printf (_ ("Says the PBX now: %s"), came);

  add_label (text, title, NULL);
  add_label (text, under, "dim-label");
  add_label (text, invoiced, "numeric");
  add_label (text, now, "numeric");
  show = add_button (buttons, "go-jump-symbolic", _ ("Show the call and its invoice"));
  g_object_set_data_full (G_OBJECT (show), "tb-item", g_strdup_printf ("uid=%s", call->uid), g_free);
  g_signal_connect (show, "clicked", G_CALLBACK (show_call_cb), self);
  add_dismiss (self, buttons, TB_SET_ASIDE_CALL, call->key, _ ("Keep it as invoiced"));
}

/* ---- all of them ---- */

typedef struct
{
  GPtrArray *rows[2]; /* by TbSetAside */
  TbSetAsideCounts counts;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  for (guint i = 0; i < G_N_ELEMENTS (found->rows); i++)
    g_clear_pointer (&found->rows[i], g_ptr_array_unref);
  g_free (found);
}

static gpointer
read_func (TbStore *store, TbJob *job, gpointer name, GError **error)
{
  Found *found = g_new0 (Found, 1);

  found->rows[TB_SET_ASIDE_RECORD] = tb_quarantine_store_list (store, name, ROWS_SHOWN, error);
  if (found->rows[TB_SET_ASIDE_RECORD] != NULL)
    found->rows[TB_SET_ASIDE_CALL] = tb_call_conflict_store_list (store, name, ROWS_SHOWN, error);
  if (found->rows[TB_SET_ASIDE_CALL] != NULL && tb_set_aside_store_count (store, name, &found->counts, error))
    return found;
  found_free (found);
  return NULL;
}

static char *
describe (TbSetAside what, guint64 n)
{
  g_autofree char *number = tb_format_number ((gint64) n);
  g_autofree char *text = NULL;

  if (n == 0)
    return g_strdup (_ (words[what].empty));
  text = what == TB_SET_ASIDE_RECORD
             ? g_strdup_printf (ngettext ("%s record could not be read.", "%s records could not be read.", n), number)
             : g_strdup_printf (ngettext ("%s invoiced call came again with other values. It stays as it was invoiced.",
                                          "%s invoiced calls came again with other values. They stay as they were invoiced.", n),
                                number);
  if (n <= ROWS_SHOWN)
    return g_steal_pointer (&text);
  return g_strdup_printf (_ ("%s These are the last %d of them."), text, ROWS_SHOWN);
}

static void
show_side (Aside *self, TbSetAside what, const GPtrArray *rows, guint64 n)
{
  Side *side = &self->sides[what];
  g_autofree char *number = tb_format_number ((gint64) n), *said = describe (what, n);
  /* Translators: what is listed, and how many there are */
  g_autofree char *title = g_strdup_printf (_ ("%s (%s)"), _ (words[what].title), number);

  tb_widgets_let_go_of_focus (side->list);
  tb_widgets_clear (side->list);
  for (guint i = 0; i < rows->len; i++)
    if (what == TB_SET_ASIDE_RECORD)
      add_record (self, side->list, rows->pdata[i]);
    else
      add_call (self, side->list, rows->pdata[i]);
  gtk_stack_page_set_title (side->page, title);
  gtk_label_set_label (GTK_LABEL (side->said), said);
  gtk_widget_set_visible (side->list, n > 0);
  gtk_widget_set_sensitive (side->dismiss_all, n > 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer window)
{
  Aside *self = g_object_get_data (G_OBJECT (window), "tb-aside");
  g_autoptr (GError) error = NULL;
  Found *found = tb_reader_run_finish (TB_READER (source), result, &error);

  if (found != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      show_side (self, TB_SET_ASIDE_RECORD, found->rows[TB_SET_ASIDE_RECORD], found->counts.records);
      show_side (self, TB_SET_ASIDE_CALL, found->rows[TB_SET_ASIDE_CALL], found->counts.calls);
    }
  g_clear_pointer (&found, found_free);
  g_object_unref (window);
}

static void
read_all (Aside *self)
{
  tb_reader_run_async (tb_books_get_reader (self->books), self->cancellable, read_func, g_strdup (self->connection), g_free, found_free, read_cb,
                       g_object_ref (self->window));
}

/* ---- making it ---- */

static void
close_cb (GtkWidget *button, GtkWindow *window)
{
  gtk_window_close (window);
}

static GtkWidget *
make_side (Aside *self, TbSetAside what, gboolean network)
{
  Side *side = &self->sides[what];
  GtkWidget *scrolled = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  side->said = add_label (top, "", "dim-label");
  gtk_widget_set_hexpand (side->said, TRUE);
  if (what == TB_SET_ASIDE_RECORD && network)
    {
      GtkWidget *again = gtk_button_new_with_mnemonic (_ ("_Read Again"));

      gtk_widget_set_tooltip_text (again, _ ("After the format, the columns or the PBX were mended: collects their time once more"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "connection.read-again");
      g_signal_connect (again, "clicked", G_CALLBACK (close_cb), self->window);
      gtk_box_append (GTK_BOX (top), again);
    }
  side->dismiss_all = gtk_button_new_with_mnemonic (what == TB_SET_ASIDE_RECORD ? _ ("Dismiss _All") : _ ("Keep _All as Invoiced"));
  g_object_set_data (G_OBJECT (side->dismiss_all), "tb-what", GUINT_TO_POINTER (what));
  g_signal_connect (side->dismiss_all, "clicked", G_CALLBACK (dismiss_cb), self);
  gtk_box_append (GTK_BOX (top), side->dismiss_all);
  side->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (side->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (side->list, "boxed-list");
  gtk_widget_set_valign (side->list, GTK_ALIGN_START);
  tb_widgets_set_label (side->list, _ (words[what].title));
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), side->list);
  gtk_widget_add_css_class (box, "aside");
  tb_widgets_name_controls (top);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

static GtkWidget *
make_content (Aside *self, gboolean network, TbSetAside what)
{
  static const char *const names[] = { "records", "calls" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();
  GtkWidget *stack = gtk_stack_new (), *switcher = gtk_stack_switcher_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    self->sides[i].page = gtk_stack_add_titled (GTK_STACK (stack), make_side (self, i, network), names[i], _ (words[i].title));
  gtk_stack_set_visible_child_name (GTK_STACK (stack), names[what]);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (stack));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, stack);
  gtk_widget_set_vexpand (GTK_WIDGET (self->toasts), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  return box;
}

void
tb_set_aside_dialog_run (GtkWidget *page, GActionGroup *actions, TbBooks *books, const char *connection, gboolean network, TbSetAside what)
{
  GtkWidget *window = adw_window_new ();
  Aside *self = g_new0 (Aside, 1);
  /* Translators: %s is a connection */
  g_autofree char *title = g_strdup_printf (_ ("Set aside of %s"), connection);

  *self = (Aside){ .books = g_object_ref (books), .page = g_object_ref (page), .connection = g_strdup (connection), .cancellable = g_cancellable_new (),
                   .window = window };
  g_object_set_data_full (G_OBJECT (window), "tb-aside", self, aside_free);
  gtk_widget_insert_action_group (window, "connection", actions);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (page)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 760, 520);
  tb_dialogs_close_on_escape (window);
  adw_window_set_content (ADW_WINDOW (window), make_content (self, network, what));
  self->changed = g_signal_connect_swapped (books, "changed", G_CALLBACK (read_all), self);
  read_all (self);
  gtk_window_present (GTK_WINDOW (window));
}
