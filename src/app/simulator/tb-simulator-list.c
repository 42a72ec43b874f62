/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-simulator-list.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-columns.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-simulator-buyers.h"
#include "tb-widgets.h"

#define PAUSE_MS 600

struct _TbSimulatorList
{
  AdwBin parent_instance;

  GCancellable *reading;
  guint pause;
  TbSimulatedList *result; /* what is shown; its lines are the rows' */
  GListStore *rows;

  GtkWidget *buyer;
  GtkEditable *seconds;
  GtkTextView *numbers;
  GtkLabel *trouble, *sums;
  GtkStack *stack;
  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (TbSimulatorList, tb_simulator_list, ADW_TYPE_BIN)

typedef struct
{
  TbSimulatorList *owner; /* part of the page that reads */
  TbSimulationOrder buyer;
  char *text;
  gint32 seconds;
} Order;

typedef struct
{
  TbSimulatorList *owner;
  TbSimulatedList *list;
  char *trouble;
} Answer;

/* ---- the table ---- */

static const TbCallRow *
row_of (gconstpointer value)
{
  return ((const TbSimulatedLine *) value)->row;
}

static char *
format_number (gconstpointer value, gpointer context)
{
  const TbSimulatedLine *line = value;

  return g_strdup (line->row != NULL ? line->row->call.callee : line->text);
}

/* Where it goes to; of what has no price, why. */
static char *
format_destination (gconstpointer value, gpointer context)
{
  const TbSimulatedLine *line = value;

  if (line->row == NULL)
    return g_strdup_printf ("⚠ %s", line->problem);
  if (line->row->rated.currency == TB_CURRENCY_NONE)
    return g_strdup_printf ("⚠ %s", tb_call_status_to_display (line->row->rated.status));
  return g_strdup (line->row->description != NULL ? line->row->description : "");
}

static char *
format_prefix (gconstpointer value, gpointer context)
{
  const TbCallRow *row = row_of (value);

  return g_strdup (row != NULL && row->prefix != NULL ? row->prefix : "");
}

static char *
format_rate (gconstpointer value, gpointer context)
{
  return row_of (value) != NULL ? tb_format_rate (row_of (value)->rate) : g_strdup ("");
}

static char *
format_talked (gconstpointer value, gpointer context)
{
  return row_of (value) != NULL ? tb_format_seconds (row_of (value)->call.seconds) : g_strdup ("");
}

static char *
format_billed (gconstpointer value, gpointer context)
{
  return row_of (value) != NULL ? tb_format_seconds (row_of (value)->rated.billed) : g_strdup ("");
}

static char *
format_charge (gconstpointer value, gpointer context)
{
  const TbCallRow *row = row_of (value);

  return row != NULL && row->rated.currency != TB_CURRENCY_NONE ? tb_format_amount (row->rated.charge, row->rated.currency) : g_strdup ("");
}

static int
compare_destinations (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = format_destination (a, NULL), *y = format_destination (b, NULL);

  return g_utf8_collate (x, y);
}

static int
compare_charges (gconstpointer a, gconstpointer b)
{
  gint64 x = row_of (a) != NULL ? row_of (a)->rated.charge : -1, y = row_of (b) != NULL ? row_of (b)->rated.charge : -1;

  return (x > y) - (x < y);
}

static const TbColumn columns[] = {
  { N_ ("Number"), 126, FALSE, format_number },
  { N_ ("Destination"), 0, FALSE, format_destination, compare_destinations },
  { N_ ("Prefix"), 72, FALSE, format_prefix },
  { N_ ("Rate"), 72, TRUE, format_rate },
  { N_ ("Talked"), 66, TRUE, format_talked },
  { N_ ("Billed"), 66, TRUE, format_billed },
  { N_ ("Charge"), 96, TRUE, format_charge, compare_charges },
};

/* ---- asking ---- */

static void
order_free (gpointer data)
{
  Order *order = data;

  tb_simulation_order_clear (&order->buyer);
  g_free (order->text);
  g_free (order);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  tb_simulated_list_free (answer->list);
  g_free (answer->trouble);
  g_free (answer);
}

static gpointer
ask (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  g_autoptr (GError) failure = NULL;
  Answer *answer = g_new0 (Answer, 1);

  answer->owner = order->owner;
  answer->list = tb_simulate_list (store, &order->buyer, order->text, order->seconds, NULL, &failure);
  if (answer->list == NULL && g_error_matches (failure, TB_ERROR, TB_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      answer_free (answer);
      return NULL;
    }
  if (failure != NULL)
    answer->trouble = g_strdup (failure->message);
  return answer;
}

static char *
sums_text (const TbSimulatedList *list)
{
  g_autofree char *charges = tb_format_sums (list->charges), *talked = tb_format_seconds (list->seconds), *billed = tb_format_seconds (list->billed);
  guint calls = list->lines->len - list->bad;
  GString *text = g_string_new (NULL);

  /* Translators: sums under a list of priced numbers: how many, talked, billed, charged */
  g_string_append_printf (text, g_dngettext (NULL, "%u call · talked %s · billed %s · %s", "%u calls · talked %s · billed %s · %s", calls), calls,
                          talked, billed, charges);
  if (list->missing > 0)
    g_string_append_printf (text, g_dngettext (NULL, " · %u without a price", " · %u without a price", list->missing), list->missing);
  if (list->bad > 0)
    g_string_append_printf (text, g_dngettext (NULL, " · %u bad line", " · %u bad lines", list->bad), list->bad);
  return g_string_free (text, FALSE);
}

static void
update_actions (TbSimulatorList *self)
{
  gboolean some = self->result != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "numbers.copy", some);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "numbers.save", some);
}

/* Takes `list`; NULL = nothing, and perhaps why. */
static void
show_list (TbSimulatorList *self, TbSimulatedList *list, const char *trouble)
{
  g_autofree char *sums = list != NULL ? sums_text (list) : g_strdup ("");

  g_list_store_remove_all (self->rows);
  g_clear_pointer (&self->result, tb_simulated_list_free);
  self->result = list;
  for (guint i = 0; list != NULL && i < list->lines->len; i++)
    {
      g_autoptr (TbItem) item = tb_item_new (list->lines->pdata[i], NULL);

      g_list_store_append (self->rows, item);
    }
  gtk_label_set_label (self->sums, sums);
  gtk_label_set_label (self->trouble, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), trouble != NULL);
  gtk_stack_set_visible_child_name (self->stack, list != NULL ? "list" : "empty");
  update_actions (self);
}

static void
show_answer (TbPage *page, gpointer data)
{
  Answer *answer = data;

  show_list (answer->owner, g_steal_pointer (&answer->list), answer->trouble);
  answer_free (answer);
}

static char *
dup_numbers (TbSimulatorList *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->numbers);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
compute (TbSimulatorList *self)
{
  TbPage *page = tb_page_get_around (GTK_WIDGET (self));
  TbBooks *books = page != NULL ? tb_page_get_books (page) : NULL;
  const char *trouble = NULL;
  Order *order;

  g_clear_handle_id (&self->pause, g_source_remove);
  if (books == NULL)
    return;
  order = g_new0 (Order, 1);
  order->owner = self;
  order->text = dup_numbers (self);
  order->buyer.at = tb_clock_now ();
  if (*order->text != '\0' && !tb_simulation_parse_seconds (gtk_editable_get_text (self->seconds), &order->seconds))
    trouble = _ ("The length of the calls is written in seconds, like 90, or like 1:30.");
  else if (*order->text != '\0' && !tb_simulator_buyers_get (self->buyer, &order->buyer))
    trouble = _ ("There is no package yet: apply a set-up file first.");
  else if (*order->text != '\0')
    {
      tb_page_read (page, &self->reading, ask, order, order_free, answer_free, show_answer);
      return;
    }
  order_free (order);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  show_list (self, NULL, trouble);
}

static void
pause_over (gpointer data)
{
  TB_SIMULATOR_LIST (data)->pause = 0;
  compute (data);
}

static void
changed_cb (TbSimulatorList *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add_once (PAUSE_MS, pause_over, self);
}

static void
compute_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  compute (TB_SIMULATOR_LIST (widget));
}

/* ---- taking it away ---- */

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TbSimulatorList *self = TB_SIMULATOR_LIST (widget);
  g_autofree char *csv = tb_simulated_list_to_csv (self->result);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), csv);
  tb_dialogs_toast (widget, _ ("Table copied"));
}

static void
save_path_cb (const char *path, gpointer data)
{
  TbSimulatorList *self = data;
  g_autofree char *csv = self->result != NULL ? tb_simulated_list_to_csv (self->result) : NULL;
  g_autoptr (GError) error = NULL;

  if (csv != NULL && !g_file_set_contents (path, csv, -1, &error))
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("The Table Could Not Be Saved"), error);
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tb_simulator_list_save (TB_SIMULATOR_LIST (widget));
}

static void
tb_simulator_list_dispose (GObject *object)
{
  TbSimulatorList *self = TB_SIMULATOR_LIST (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->reading);
  if (self->rows != NULL)
    g_list_store_remove_all (self->rows); /* before the lines that they show */
  g_clear_object (&self->rows);
  g_clear_pointer (&self->result, tb_simulated_list_free);

  G_OBJECT_CLASS (tb_simulator_list_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbSimulatorList, name)

static void
tb_simulator_list_class_init (TbSimulatorListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_simulator_list_dispose;
  gtk_widget_class_install_action (widget_class, "numbers.compute", NULL, compute_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "numbers.compute", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "numbers.compute", NULL);
  gtk_widget_class_install_action (widget_class, "numbers.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "numbers.copy", NULL);
  gtk_widget_class_install_action (widget_class, "numbers.save", NULL, save_cb);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/simulator/tb-simulator-list.ui");
  BIND (buyer), BIND (seconds), BIND (numbers), BIND (trouble), BIND (sums), BIND (stack), BIND (view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
tb_simulator_list_init (TbSimulatorList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_list_store_new (TB_TYPE_ITEM);
  tb_columns_install (self->view, columns, G_N_ELEMENTS (columns), NULL);
  tb_columns_set_model (self->view, G_LIST_MODEL (self->rows), TRUE);
  tb_widgets_set_label (GTK_WIDGET (self->view), _ ("Prices"));
  g_signal_connect_object (gtk_text_view_get_buffer (self->numbers), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

void
tb_simulator_list_load (TbSimulatorList *self)
{
  tb_simulator_buyers_fill (self->buyer, tb_books_get_setup (tb_page_get_books (tb_page_get_around (GTK_WIDGET (self)))));
  compute (self);
}

void
tb_simulator_list_focus (TbSimulatorList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->numbers));
}

void
tb_simulator_list_save (TbSimulatorList *self)
{
  if (self->result != NULL)
    tb_dialogs_save_file (GTK_WIDGET (self), _ ("Save Prices"), "prices.csv", save_path_cb, self);
}
