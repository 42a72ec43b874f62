/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-simulator-number.h"

#include <glib/gi18n.h>

#include "tb-call-card.h"
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-simulator-buyers.h"
#include "tb-widgets.h"

/* So long typing must pause before the price is asked for. */
#define PAUSE_MS 250

struct _TbSimulatorNumber
{
  AdwBin parent_instance;

  GCancellable *reading;
  guint pause;

  GtkWidget *buyer;
  GtkEditable *number, *seconds, *at;
  GtkLabel *trouble;
  TbCallCard *card;
};

G_DEFINE_FINAL_TYPE (TbSimulatorNumber, tb_simulator_number, ADW_TYPE_BIN)

typedef struct
{
  TbSimulatorNumber *owner; /* part of the page that reads */
  TbSimulationOrder buyer;
  char *number;
  gint32 seconds;
} Order;

/* A wrong number is no failure of the reading, but something to tell beside the entry. */
typedef struct
{
  TbSimulatorNumber *owner;
  TbCallExplanation *explanation;
  char *trouble;
} Answer;

static void
order_free (gpointer data)
{
  Order *order = data;

  tb_simulation_order_clear (&order->buyer);
  g_free (order->number);
  g_free (order);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  tb_call_explanation_free (answer->explanation);
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
  answer->explanation = tb_simulate_call (store, &order->buyer, order->number, order->seconds, &failure);
  if (answer->explanation == NULL && g_error_matches (failure, TB_ERROR, TB_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      answer_free (answer);
      return NULL;
    }
  if (failure != NULL)
    answer->trouble = g_strdup (failure->message);
  return answer;
}

static void
show_trouble (TbSimulatorNumber *self, const char *text)
{
  gtk_label_set_label (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
  if (text != NULL)
    tb_call_card_show (self->card, NULL, NULL);
}

static void
show_answer (TbPage *page, gpointer data)
{
  Answer *answer = data;

  show_trouble (answer->owner, answer->trouble);
  if (answer->explanation != NULL)
    tb_call_card_show (answer->owner->card, answer->explanation, tb_books_get_zone (tb_page_get_books (page)));
  answer_free (answer);
}

/* What stands in the entries; NULL with *ret_trouble, which is NULL too while there is nothing to ask. */
static Order *
order_new (TbSimulatorNumber *self, TbBooks *books, const char **ret_trouble)
{
  Order *order = g_new0 (Order, 1);
  const char *number = gtk_editable_get_text (self->number), *at = gtk_editable_get_text (self->at);

  *ret_trouble = NULL;
  order->owner = self;
  order->number = g_strstrip (g_strdup (number));
  order->buyer.at = tb_clock_now ();
  if (*order->number != '\0' && !tb_simulation_parse_seconds (gtk_editable_get_text (self->seconds), &order->seconds))
    *ret_trouble = _ ("The length of the call is written in seconds, like 90, or like 1:30.");
  else if (*order->number != '\0' && *at != '\0' && !tb_time_parse (at, -1, tb_books_get_zone (books), &order->buyer.at, NULL))
    *ret_trouble = _ ("The time is written like 2026-12-31 09:00, or left empty for now.");
  else if (*order->number != '\0' && !tb_simulator_buyers_get (self->buyer, &order->buyer))
    *ret_trouble = _ ("There is no package yet: apply a set-up file first.");
  else if (*order->number != '\0')
    return order;
  order_free (order);
  return NULL;
}

static void
compute (gpointer data)
{
  TbSimulatorNumber *self = data;
  TbPage *page = tb_page_get_around (GTK_WIDGET (self));
  TbBooks *books = page != NULL ? tb_page_get_books (page) : NULL;
  const char *trouble = NULL;
  Order *order;

  g_clear_handle_id (&self->pause, g_source_remove);
  if (books == NULL)
    return;
  order = order_new (self, books, &trouble);
  if (order != NULL)
    {
      tb_page_read (page, &self->reading, ask, order, order_free, answer_free, show_answer);
      return;
    }
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  show_trouble (self, trouble);
  tb_call_card_show (self->card, NULL, NULL);
}

static void
pause_over (gpointer data)
{
  TB_SIMULATOR_NUMBER (data)->pause = 0;
  compute (data);
}

static void
changed_cb (TbSimulatorNumber *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add_once (PAUSE_MS, pause_over, self);
}

static void
activate_cb (TbSimulatorNumber *self)
{
  compute (self);
}

static void
tb_simulator_number_dispose (GObject *object)
{
  TbSimulatorNumber *self = TB_SIMULATOR_NUMBER (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->reading);

  G_OBJECT_CLASS (tb_simulator_number_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbSimulatorNumber, name)

static void
tb_simulator_number_class_init (TbSimulatorNumberClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_simulator_number_dispose;
  g_type_ensure (TB_TYPE_CALL_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/simulator/tb-simulator-number.ui");
  BIND (buyer), BIND (number), BIND (seconds), BIND (at), BIND (trouble), BIND (card);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tb_simulator_number_init (TbSimulatorNumber *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tb_call_card_set_empty (self->card, _ ("No Number Yet"), _ ("Type one to see what a call to it costs, and why"));
}

void
tb_simulator_number_load (TbSimulatorNumber *self)
{
  tb_simulator_buyers_fill (self->buyer, tb_books_get_setup (tb_page_get_books (tb_page_get_around (GTK_WIDGET (self)))));
  compute (self);
}

void
tb_simulator_number_focus (TbSimulatorNumber *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
}
