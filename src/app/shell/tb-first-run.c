/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-first-run.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tb-books.h"
#include "tb-demo.h"
#include "tb-dialogs.h"
#include "tb-first-steps.h"
#include "tb-run.h"
#include "tb-widgets.h"

struct _TbFirstRun
{
  AdwBin parent_instance;

  TbBooks *books; /* from the company on */
  guint step;     /* 0 = welcome */
  gboolean busy;
  char *deck_path, *calls_path;
  int year, month; /* the newest of the months offered */

  AdwWindowTitle *title;
  GtkWidget *back, *next, *skip, *start, *demo, *open;
  GtkSpinner *spinner;
  GtkStack *steps;
  GtkLabel *said;
  GtkEditable *company, *currency, *country, *zone, *email, *tax, *tax_percent;
  AdwActionRow *deck_row, *calls_row;
  GtkWidget *deck_button, *calls_button;
  GtkEditable *tariff, *tariff_currency, *client, *tenant, *package, *markup, *fee;
  AdwComboRow *months;
};

enum { BOOKS_READY, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbFirstRun, tb_first_run, ADW_TYPE_BIN)

static const struct { const char *title; TbSessionFunc func; gboolean may_skip; } step_table[] = {
  { N_ ("Company"), tb_first_steps_company, FALSE }, { N_ ("Tariff"), tb_first_steps_tariff, TRUE },
  { N_ ("Client"), tb_first_steps_client, TRUE },    { N_ ("Calls"), tb_first_steps_calls, TRUE },
  { N_ ("Invoice"), tb_first_steps_invoice, TRUE },
};

static void
update (TbFirstRun *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->steps));
  gboolean guided = self->step > 0;

  tb_widgets_let_go_of_focus (GTK_WIDGET (self->steps));

  for (guint i = 0; i < self->step; i++)
    child = gtk_widget_get_next_sibling (child);
  gtk_stack_set_visible_child (self->steps, child);

  gtk_widget_set_visible (self->back, guided);
  gtk_widget_set_visible (self->next, guided);
  gtk_widget_set_visible (self->skip, guided && step_table[self->step - 1].may_skip);
  gtk_widget_set_sensitive (self->back, !self->busy && (self->step > 1 || self->books == NULL));
  gtk_widget_set_sensitive (self->next, !self->busy);
  gtk_widget_set_sensitive (self->skip, !self->busy);
  gtk_widget_set_sensitive (self->demo, !self->busy);
  gtk_widget_set_sensitive (self->start, !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps), !self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  adw_window_title_set_subtitle (self->title, "");
  if (guided)
    {
      g_autofree char *subtitle = g_strdup_printf (_ ("Step %u of %u: %s"), self->step, (guint) G_N_ELEMENTS (step_table),
                                                   _ (step_table[self->step - 1].title));

      adw_window_title_set_subtitle (self->title, subtitle);
    }
}

static void
finish (TbFirstRun *self)
{
  g_autoptr (TbBooks) books = g_steal_pointer (&self->books);

  self->step = 0;
  self->busy = FALSE;
  gtk_label_set_label (self->said, NULL);
  update (self);
  g_signal_emit (self, signals[BOOKS_READY], 0, books);
}

static void
go_on (TbFirstRun *self)
{
  if (self->step == G_N_ELEMENTS (step_table))
    {
      finish (self);
      return;
    }
  self->step++;
  self->busy = FALSE;
  update (self);
}

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static TbFirstOrder *
order_new (TbFirstRun *self)
{
  TbFirstOrder *order = g_new0 (TbFirstOrder, 1);
  int index = self->year * 12 + self->month - 1 - (int) adw_combo_row_get_selected (self->months);

  order->company = dup_text (self->company);
  order->currency = dup_text (self->currency);
  order->country = dup_text (self->country);
  order->zone = dup_text (self->zone);
  order->email = dup_text (self->email);
  order->tax = dup_text (self->tax);
  order->tax_percent = dup_text (self->tax_percent);
  order->deck = g_strdup (self->deck_path);
  order->tariff = dup_text (self->tariff);
  order->tariff_currency = dup_text (self->tariff_currency);
  order->client = dup_text (self->client);
  order->tenant = dup_text (self->tenant);
  order->package = dup_text (self->package);
  order->markup = dup_text (self->markup);
  order->fee = dup_text (self->fee);
  order->calls = g_strdup (self->calls_path);
  order->year = index / 12;
  order->month = index % 12 + 1;
  return order;
}

static void
step_done (GtkWidget *widget, gpointer result)
{
  g_autofree char *said = result;

  gtk_label_set_label (TB_FIRST_RUN (widget)->said, said);
  go_on (TB_FIRST_RUN (widget));
}

static void
failed (GtkWidget *widget)
{
  TB_FIRST_RUN (widget)->busy = FALSE;
  update (TB_FIRST_RUN (widget));
}

/* Opens what is there, else makes it: who came back to this page after the first step goes on with the same books. */
static TbBooks *
open_books (TbFirstRun *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  TbBooks *books;

  g_mkdir_with_parents (folder, 0700);
  books = tb_books_open (path, !g_file_test (path, G_FILE_TEST_EXISTS), &error);
  if (books == NULL)
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("The Books Could Not Be Made"), error);
  return books;
}

static void
next_cb (TbFirstRun *self)
{
  g_autofree char *path = tb_session_dup_default_path ();

  if (self->books == NULL)
    self->books = open_books (self, path);
  if (self->books == NULL)
    return;

  self->busy = TRUE;
  update (self);
  tb_run (GTK_WIDGET (self), self->books, _ (step_table[self->step - 1].title), TRUE, step_table[self->step - 1].func,
          order_new (self), tb_first_order_free, g_free, step_done, failed);
}

static void
skip_cb (TbFirstRun *self)
{
  gtk_label_set_label (self->said, NULL);
  go_on (self);
}

static void
back_cb (TbFirstRun *self)
{
  self->step--;
  update (self);
}

/* ---- demo books ---- */

static gpointer
demo_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_demo_fill (store, job, error) ? TB_RUN_OK : NULL;
}

static void
demo_done (GtkWidget *widget, gpointer result)
{
  TbFirstRun *self = TB_FIRST_RUN (widget);
  g_autofree char *path = g_strdup (tb_books_get_path (self->books));

  /* Opened again, because only now they say that they are a demo. */
  g_clear_object (&self->books);
  self->books = open_books (self, path);
  if (self->books != NULL)
    finish (self);
}

static void
demo_failed (GtkWidget *widget)
{
  TbFirstRun *self = TB_FIRST_RUN (widget);
  g_autofree char *path = g_strdup (tb_books_get_path (self->books));

  g_clear_object (&self->books);
  g_unlink (path);
  gtk_label_set_label (self->said, NULL);
  failed (widget);
}

static void
demo_cb (TbFirstRun *self)
{
  g_autofree char *books = tb_session_dup_default_path ();
  g_autofree char *folder = g_path_get_dirname (books);
  g_autofree char *path = g_build_filename (folder, "demo.tollbook", NULL);
  gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);

  self->books = open_books (self, path);
  if (self->books == NULL)
    return;
  if (there)
    {
      finish (self);
      return;
    }
  self->busy = TRUE;
  gtk_label_set_label (self->said, _ ("Making a company with a month of calls…"));
  update (self);
  tb_run (GTK_WIDGET (self), self->books, _ ("Make demo books"), TRUE, demo_func, NULL, NULL, NULL, demo_done, demo_failed);
}

/* ---- files ---- */

static void
deck_chosen (const char *path, gpointer data)
{
  TbFirstRun *self = data;
  g_autofree char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  g_free (self->deck_path);
  self->deck_path = g_strdup (path);
  adw_action_row_set_subtitle (self->deck_row, path);
  if (dot != NULL)
    *dot = '\0';
  if (*gtk_editable_get_text (self->tariff) == '\0')
    gtk_editable_set_text (self->tariff, name);
  if (*gtk_editable_get_text (self->tariff_currency) == '\0')
    gtk_editable_set_text (self->tariff_currency, gtk_editable_get_text (self->currency));
}

static void
calls_chosen (const char *path, gpointer data)
{
  TbFirstRun *self = data;

  g_free (self->calls_path);
  self->calls_path = g_strdup (path);
  adw_action_row_set_subtitle (self->calls_row, path);
}

static void
choose_deck_cb (TbFirstRun *self)
{
  tb_dialogs_open_file (GTK_WIDGET (self), _ ("Choose a Rate Deck"), _ ("Rate decks"), "*.csv;*.txt;*.tsv", deck_chosen, self);
}

static void
choose_calls_cb (TbFirstRun *self)
{
  tb_dialogs_open_file (GTK_WIDGET (self), _ ("Choose Call Records"), _ ("Call records"), "*.csv;*.txt;*.tsv", calls_chosen, self);
}

static void
dropped_cb (GtkWidget *widget, const char *path)
{
  TbFirstRun *self = TB_FIRST_RUN (widget);

  if (self->step == 2)
    deck_chosen (path, self);
  else if (self->step == 4)
    calls_chosen (path, self);
}

static void
tb_first_run_dispose (GObject *object)
{
  TbFirstRun *self = TB_FIRST_RUN (object);

  g_clear_object (&self->books);
  g_clear_pointer (&self->deck_path, g_free);
  g_clear_pointer (&self->calls_path, g_free);

  G_OBJECT_CLASS (tb_first_run_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbFirstRun, name)

static void
tb_first_run_class_init (TbFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_first_run_dispose;
  signals[BOOKS_READY] = g_signal_new ("books-ready", TB_TYPE_FIRST_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       TB_TYPE_BOOKS);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/shell/tb-first-run.ui");
  BIND (title), BIND (back), BIND (next), BIND (skip), BIND (start), BIND (demo), BIND (open), BIND (spinner), BIND (steps);
  BIND (said), BIND (company), BIND (currency), BIND (country), BIND (zone), BIND (email), BIND (tax), BIND (tax_percent);
  BIND (deck_row), BIND (deck_button), BIND (calls_row), BIND (calls_button), BIND (tariff), BIND (tariff_currency);
  BIND (client), BIND (tenant), BIND (package), BIND (markup), BIND (fee), BIND (months);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, demo_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_deck_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_calls_cb);
}

static void
tb_first_run_init (TbFirstRun *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GListModel) months = NULL;
  const char *zone = g_time_zone_get_identifier (g_date_time_get_timezone (now));

  gtk_widget_init_template (GTK_WIDGET (self));

  self->year = g_date_time_get_year (now);
  self->month = g_date_time_get_month (now);
  months = tb_widgets_new_months (NULL, self->year, self->month, 24);
  adw_combo_row_set_model (self->months, months);
  gtk_editable_set_text (self->zone, zone != NULL && strchr (zone, '/') != NULL ? zone : "UTC");
  tb_widgets_accept_files (GTK_WIDGET (self), dropped_cb);
  update (self);
}
