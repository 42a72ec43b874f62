/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-effect-view.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-rate-text.h"
#include "tb-comparison-columns.h"
#include "tb-widgets.h"

#define MONTHS 24

struct _TbEffectView
{
  AdwBin parent_instance;

  TbBooks *books;
  TbTariffRevision *revision;
  TbTariffEffect *effect;
  TbJob *job; /* of what is being worked out */
  int year, month; /* the newest that can be chosen */
  GListStore *rows, *costs;

  GtkWidget *months, *bar, *stop, *sold, *bought, *sums, *cost_sums, *note;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (TbEffectView, tb_effect_view, ADW_TYPE_BIN)

/* ---- the work ---- */

typedef struct
{
  TbTariffRevision *revision;
  TbJob *job;
  int year, month;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  tb_tariff_revision_unref (order->revision);
  g_object_unref (order->job);
  g_free (order);
}

/* The reader gives no job: it has its own. */
static gpointer
work_out (TbStore *store, TbJob *unused, gpointer data, GError **error)
{
  const Order *order = data;

  return tb_tariff_effect_new (store, order->revision, order->year, order->month, order->job, error);
}

static void
chosen_month (TbEffectView *self, int *ret_year, int *ret_month)
{
  int index = self->year * 12 + self->month - 1 - (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->months));

  *ret_year = index / 12;
  *ret_month = index % 12 + 1;
}

static void
stop (TbEffectView *self)
{
  if (self->job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->job, self);
  tb_job_cancel (self->job);
  g_clear_object (&self->job);
}

/* ---- what came of it ---- */

static void
say (TbEffectView *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->note), text);
}

/* "Clients pay 1,204.00 CAD instead of 1,100.00 CAD: +104.00 CAD" in each currency. */
static char *
sums_to_text (GPtrArray *rows, const char *format, const char *none)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GHashTable) said = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      TbCurrency currency = ((TbComparisonRow *) rows->pdata[i])->currency;
      TbAmount before = 0, after = 0, difference = 0;

      if (!g_hash_table_add (said, GINT_TO_POINTER (currency)))
        continue;
      for (guint k = i; k < rows->len; k++)
        {
          const TbComparisonRow *row = rows->pdata[k];

          if (row->currency == currency
              && !(tb_amount_add (before, row->before, &before, NULL) && tb_amount_add (after, row->after, &after, NULL)
                   && tb_amount_add (difference, row->difference, &difference, NULL)))
            return g_strdup (_ ("The sums are too large"));
        }

      g_autofree char *now = tb_format_amount (before, currency), *then = tb_format_amount (after, currency), *more = tb_format_amount (difference, currency);

      g_string_append (text, text->len > 0 ? "\n" : "");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (text, format, then, now, difference > 0 ? "+" : "", more);
#pragma GCC diagnostic pop
    }
  return g_strdup (text->len > 0 ? text->str : none);
}

/* Calls that are sold otherwise, or where nothing is sold by the tariff those that are bought otherwise. */
static guint64
count_changed (const TbTariffEffect *effect)
{
  guint64 changed = 0;

  if (effect->comparison != NULL)
    return effect->comparison->changed;
  for (guint i = 0; i < effect->bought->costs->len; i++)
    changed += ((TbComparisonRow *) effect->bought->costs->pdata[i])->changed;
  return changed;
}

static void
say_notes (TbEffectView *self)
{
  const TbTariffEffect *effect = self->effect;
  const TbTariff *tariff = self->revision->after;
  g_autoptr (TbZone) zone = tariff->time_zone != NULL ? tb_zone_new (tariff->time_zone, NULL) : NULL;
  g_autofree char *as_of = tb_rate_dup_moment (effect->as_of, zone);
  const TbRatingComparison *comparison = effect->comparison != NULL ? effect->comparison : effect->bought;
  g_autofree char *changed = tb_format_number ((gint64) count_changed (effect)), *calls = tb_format_number ((gint64) comparison->calls);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, _ ("%s of %s calls would cost something else."), changed, calls);
  if (effect->as_of != TB_TIME_NONE)
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is a day */
      g_string_append_printf (text, _ ("The whole month is priced at the rates of %s, when the last of them begins."), as_of);
    }
  if (comparison->unrated_after > comparison->unrated_before)
    {
      guint64 lost = comparison->unrated_after - comparison->unrated_before;

      g_string_append_c (text, ' ');
      g_string_append_printf (text, g_dngettext (NULL, "%u call would have no price any more.", "%u calls would have no price any more.", (gulong) lost), (guint) lost);
    }
  say (self, text->str);
}

/* `found` NULL: this is not asked. */
static void
fill_part (GtkWidget *part, GListStore *list, GtkWidget *sums, GPtrArray *found, const char *format, const char *none)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *text = found != NULL ? sums_to_text (found, format, none) : NULL;

  gtk_widget_set_visible (part, found != NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    g_ptr_array_add (rows, found->pdata[i]);
  tb_items_replace (list, rows, NULL);
  gtk_label_set_label (GTK_LABEL (sums), text != NULL ? text : "");
}

static void
fill (TbEffectView *self)
{
  const TbTariffEffect *effect = self->effect;

  if (effect->comparison == NULL && effect->bought == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "unused");
      return;
    }
  /* Translators: amounts: then, now, difference with its sign */
  fill_part (self->sold, self->rows, self->sums, effect->comparison != NULL ? effect->comparison->clients : NULL,
             _ ("Clients pay %s instead of %s: %s%s"), _ ("No calls of packages on this tariff"));
  /* Translators: amounts: then, now, difference with its sign */
  fill_part (self->bought, self->costs, self->cost_sums, effect->bought != NULL ? effect->bought->costs : NULL,
             _ ("Providers take %s instead of %s: %s%s"), _ ("No calls that a provider charges by this tariff"));
  say_notes (self);
  gtk_stack_set_visible_child_name (self->stack, "rows");
}

static void
drop (TbEffectView *self)
{
  g_list_store_remove_all (self->rows); /* they borrow */
  g_list_store_remove_all (self->costs);
  g_clear_pointer (&self->effect, tb_tariff_effect_free);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbEffectView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariffEffect) effect = tb_reader_run_finish (NULL, result, &error);

  if (self->job == NULL || g_task_get_cancellable (G_TASK (result)) != tb_job_get_cancellable (self->job))
    return; /* stopped, or another one is on its way */
  stop (self);
  drop (self);
  self->effect = g_steal_pointer (&effect);
  if (self->effect != NULL)
    {
      fill (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "stopped");
  say (self, error->message);
}

static void
progress_cb (TbEffectView *self)
{
  double fraction = tb_job_get_fraction (self->job);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), fraction);
  else
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
}

void
tb_effect_view_start (TbEffectView *self)
{
  g_autofree char *name = NULL, *title = NULL;
  Order *order;

  if (self->revision == NULL || self->effect != NULL || self->job != NULL)
    return;
  order = g_new0 (Order, 1);
  chosen_month (self, &order->year, &order->month);
  name = tb_format_month (order->year, order->month);
  /* Translators: %s is a month */
  title = g_strdup_printf (_ ("What %s would have cost"), name);
  self->job = tb_job_new (title);
  order->revision = tb_tariff_revision_ref (self->revision);
  order->job = g_object_ref (self->job);
  gtk_stack_set_visible_child_name (self->stack, "work");
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->bar), title);
  say (self, "");
  g_signal_connect_object (self->job, "notify::fraction", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  tb_reader_run_async (tb_books_get_reader (self->books), tb_job_get_cancellable (self->job), work_out, order, order_free,
                       (GDestroyNotify) tb_tariff_effect_free, done_cb, g_object_ref (self));
}

static void
month_cb (TbEffectView *self)
{
  if (self->revision == NULL || self->stack == NULL)
    return;
  stop (self);
  drop (self);
  tb_effect_view_start (self);
}

static void
stop_cb (TbEffectView *self)
{
  stop (self);
  gtk_stack_set_visible_child_name (self->stack, "stopped");
  say (self, _ ("Stopped. Choose a month, or press Work Out, to begin again."));
}

/* ---- class ---- */

static void
tb_effect_view_dispose (GObject *object)
{
  TbEffectView *self = TB_EFFECT_VIEW (object);

  stop (self);
  if (self->rows != NULL)
    drop (self);
  g_clear_object (&self->rows);
  g_clear_object (&self->costs);
  g_clear_pointer (&self->revision, tb_tariff_revision_unref);

  G_OBJECT_CLASS (tb_effect_view_parent_class)->dispose (object);
}

static void
tb_effect_view_finalize (GObject *object)
{
  g_clear_object (&TB_EFFECT_VIEW (object)->books); /* the reader of work that is ending */

  G_OBJECT_CLASS (tb_effect_view_parent_class)->finalize (object);
}

static void
tb_effect_view_class_init (TbEffectViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_effect_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_effect_view_finalize;
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_table (const char *label, const TbColumn *columns, guint n_columns, GListStore *rows)
{
  GtkWidget *window = gtk_scrolled_window_new (), *view = gtk_column_view_new (NULL);

  gtk_widget_add_css_class (view, "data-table");
  tb_widgets_set_label (view, label);
  tb_columns_install (GTK_COLUMN_VIEW (view), columns, n_columns, NULL);
  tb_columns_set_model (GTK_COLUMN_VIEW (view), G_LIST_MODEL (rows), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), view);
  gtk_widget_set_vexpand (window, TRUE);
  return window;
}

static GtkWidget *
new_part (GtkWidget *sums, GtkWidget *table)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_start (sums, 18);
  gtk_box_append (GTK_BOX (box), sums);
  gtk_box_append (GTK_BOX (box), table);
  return box;
}

static GtkWidget *
new_rows (TbEffectView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->sums = new_label ("title-4");
  self->cost_sums = new_label ("title-4");
  self->sold = new_part (self->sums,
                         new_table (_ ("What clients would have paid"), tb_rerating_client_columns, tb_rerating_n_columns, self->rows));
  self->bought = new_part (self->cost_sums,
                           new_table (_ ("What providers would have taken"), tb_cost_columns, tb_cost_n_columns, self->costs));
  gtk_box_append (GTK_BOX (box), self->sold);
  gtk_box_append (GTK_BOX (box), self->bought);
  return box;
}

static GtkWidget *
new_work (TbEffectView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  self->bar = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (self->bar), TRUE);
  gtk_widget_set_size_request (self->bar, 320, -1);
  self->stop = gtk_button_new_with_mnemonic (_ ("_Stop"));
  gtk_widget_set_halign (self->stop, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->stop, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->stop);
  return box;
}

static GtkWidget *
new_stopped (TbEffectView *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Work Out"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", G_CALLBACK (tb_effect_view_start), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_unused (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "tb-packages-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nobody Is on This Tariff"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("No package sells at its rates and no provider charges by them, so nothing would differ"));
  gtk_widget_add_css_class (page, "compact");
  return page;
}

static GtkWidget *
new_head (TbEffectView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  self->months = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_valign (self->months, GTK_ALIGN_START);
  tb_widgets_set_label (self->months, _ ("Month to price"));
  self->note = new_label ("dim-label");
  gtk_widget_set_hexpand (self->note, TRUE);
  gtk_box_append (GTK_BOX (box), self->months);
  gtk_box_append (GTK_BOX (box), self->note);
  return box;
}

static void
tb_effect_view_init (TbEffectView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->rows = g_list_store_new (TB_TYPE_ITEM);
  self->costs = g_list_store_new (TB_TYPE_ITEM);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, new_stopped (self), "stopped");
  gtk_stack_add_named (self->stack, new_work (self), "work");
  gtk_stack_add_named (self->stack, new_rows (self), "rows");
  gtk_stack_add_named (self->stack, new_unused (), "unused");
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->months, "notify::selected", G_CALLBACK (month_cb), self, G_CONNECT_SWAPPED);
}

/* ---- public ---- */

/* Last month first: the one that was billed. */
static void
fill_months (TbEffectView *self)
{
  g_autoptr (GListModel) months = NULL;

  tb_books_get_current_month (self->books, &self->year, &self->month);
  months = tb_widgets_new_months (NULL, self->year, self->month, MONTHS);
  tb_widgets_set_choices (self->months, months);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->months), 1);
}

void
tb_effect_view_show (TbEffectView *self, TbBooks *books, TbTariffRevision *revision)
{
  stop (self);
  drop (self);
  g_clear_pointer (&self->revision, tb_tariff_revision_unref);
  if (books != NULL && g_set_object (&self->books, books))
    fill_months (self);
  self->revision = revision != NULL ? tb_tariff_revision_ref (revision) : NULL;
  gtk_stack_set_visible_child_name (self->stack, "stopped");
  say (self, "");
}

const TbTariffEffect *
tb_effect_view_get_effect (TbEffectView *self)
{
  return self->effect;
}
