/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-package-example-view.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-form-follow.h"
#include "tb-format.h"
#include "tb-package-example.h"
#include "tb-widgets.h"

#define WIDTH 330
#define CALLS_HEIGHT 132
#define ROWS_MAX 40

struct _TbPackageExampleView
{
  GtkBox parent_instance;

  GtkTextBuffer *calls;
  gboolean proposed; /* the calls were made up here or typed; nothing is proposed any more */
  GtkWidget *said;
  GtkGrid *grid;
};

#define TB_TYPE_PACKAGE_EXAMPLE_VIEW (tb_package_example_view_get_type ())
G_DECLARE_FINAL_TYPE (TbPackageExampleView, tb_package_example_view, TB, PACKAGE_EXAMPLE_VIEW, GtkBox)
G_DEFINE_FINAL_TYPE (TbPackageExampleView, tb_package_example_view, GTK_TYPE_BOX)

typedef struct
{
  char *record;
  char *calls; /* NULL = to be proposed */
  gint64 at;
} Question;

typedef struct
{
  char *calls; /* that were proposed, or NULL */
  TbSimulatedList *list;
} Answer;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->record);
  g_free (question->calls);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->calls);
  tb_simulated_list_free (answer->list);
  g_free (answer);
}

/* ---- asking ---- */

static char *
dup_calls (TbPackageExampleView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->calls, &start, &end);
  return gtk_text_buffer_get_text (self->calls, &start, &end, FALSE);
}

static gpointer
ask (JsonNode *record, GtkWidget *widget, GError **error)
{
  TbPackageExampleView *self = TB_PACKAGE_EXAMPLE_VIEW (widget);
  g_autofree char *text = tb_form_json_to_text (record);
  g_autoptr (TbSetup) part = tb_setup_record_read (NULL, "packages", text, NULL);
  Question *question;

  /* What is wrong is said at its field. */
  if (part == NULL)
    return NULL;
  question = g_new (Question, 1);
  *question = (Question){ g_steal_pointer (&text), self->proposed ? dup_calls (self) : NULL, tb_clock_now () };
  return question;
}

static gpointer
read_prices (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Question *question = data;
  Answer *answer = g_new0 (Answer, 1);

  if (question->calls == NULL)
    answer->calls = tb_package_example_propose (store, question->record, error);
  if (question->calls != NULL || answer->calls != NULL)
    answer->list = tb_package_example_price (store, question->record, question->at, question->calls != NULL ? question->calls : answer->calls, NULL,
                                             error);
  if (answer->list != NULL)
    return answer;
  answer_free (answer);
  return NULL;
}

/* ---- showing ---- */

static void
attach (TbPackageExampleView *self, int column, int row, const char *text, gboolean is_number, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), is_number ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  if (is_number)
    gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static void
attach_call (TbPackageExampleView *self, int row, const TbSimulatedLine *line)
{
  const TbCallRow *call = line->row;
  g_autofree char *seconds = NULL, *free_seconds = NULL, *charge = NULL;
  const char *where;

  if (call == NULL)
    {
      attach (self, 0, row, line->text, FALSE, NULL);
      attach (self, 3, row, "⚠", TRUE, NULL);
      return;
    }
  where = call->description != NULL ? call->description : call->call.callee;
  seconds = tb_format_seconds (call->rated.billed);
  free_seconds = tb_format_seconds (call->rated.free);
  charge = call->rated.currency != TB_CURRENCY_NONE ? tb_format_amount (call->rated.charge, call->rated.currency)
                                                    : g_strdup (tb_call_status_to_display (call->rated.status));
  attach (self, 0, row, where, FALSE, NULL);
  attach (self, 1, row, seconds, TRUE, NULL);
  attach (self, 2, row, call->rated.free > 0 ? free_seconds : "–", TRUE, "dim-label");
  attach (self, 3, row, charge, TRUE, NULL);
}

static void
attach_sums (TbPackageExampleView *self, int row, const TbSimulatedList *list)
{
  g_autofree char *billed = tb_format_seconds (list->billed), *sums = tb_format_sums (list->charges), *free_seconds = NULL;
  gint64 included = 0;

  for (guint i = 0; i < list->lines->len; i++)
    {
      const TbCallRow *call = ((TbSimulatedLine *) list->lines->pdata[i])->row;

      included += call != NULL ? call->rated.free : 0;
    }
  free_seconds = tb_format_seconds (included);
  attach (self, 0, row, _ ("Together"), FALSE, "heading");
  attach (self, 1, row, billed, TRUE, "heading");
  attach (self, 2, row, free_seconds, TRUE, "heading");
  attach (self, 3, row, sums, TRUE, "heading");
}

static void
clear (TbPackageExampleView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

static void
show_list (TbPackageExampleView *self, const TbSimulatedList *list)
{
  guint n = MIN (list->lines->len, ROWS_MAX);

  clear (self);
  attach (self, 0, 0, _ ("Call"), FALSE, "dim-label");
  attach (self, 1, 0, _ ("Billed"), TRUE, "dim-label");
  attach (self, 2, 0, _ ("Included"), TRUE, "dim-label");
  attach (self, 3, 0, _ ("Charge"), TRUE, "dim-label");
  for (guint i = 0; i < n; i++)
    attach_call (self, (int) i + 1, list->lines->pdata[i]);
  attach_sums (self, (int) n + 1, list);
}

static void
show (GtkWidget *widget, gpointer data, const GError *error, gboolean busy)
{
  TbPackageExampleView *self = TB_PACKAGE_EXAMPLE_VIEW (widget);
  const Answer *answer = data;

  /* What is there stays until there is something else: nothing flickers while one types. */
  if (busy)
    return;
  gtk_label_set_label (GTK_LABEL (self->said), error != NULL ? error->message : answer == NULL ? _ ("Shown once the package can be saved.") : "");
  gtk_widget_set_visible (self->said, answer == NULL);
  if (answer == NULL)
    return;
  if (answer->calls != NULL && *answer->calls != '\0')
    {
      self->proposed = TRUE;
      g_signal_handlers_block_by_func (self->calls, tb_form_follow_again, self);
      gtk_text_buffer_set_text (self->calls, answer->calls, -1);
      g_signal_handlers_unblock_by_func (self->calls, tb_form_follow_again, self);
    }
  show_list (self, answer->list);
}

/* ---- the widget ---- */

static void
typed_cb (TbPackageExampleView *self)
{
  self->proposed = TRUE;
}

static void
tb_package_example_view_class_init (TbPackageExampleViewClass *klass)
{
}

static GtkWidget *
make_calls (TbPackageExampleView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  self->calls = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  tb_widgets_set_label (view, _ ("Calls of the example"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_size_request (scroller, -1, CALLS_HEIGHT);
  gtk_widget_add_css_class (scroller, "form-lines");
  g_signal_connect_swapped (self->calls, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->calls, "changed", G_CALLBACK (tb_form_follow_again), self);
  return scroller;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
tb_package_example_view_init (TbPackageExampleView *self)
{
  GtkWidget *box = GTK_WIDGET (self);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_widget_add_css_class (box, "form-companion");
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 6);
  self->said = make_label ("", "dim-label");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->grid));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self), make_label (_ ("Worked Example"), "heading"));
  gtk_box_append (GTK_BOX (self), make_label (_ ("A number and seconds a line; they share the included minutes."), "dim-label"));
  gtk_box_append (GTK_BOX (self), make_calls (self));
  gtk_box_append (GTK_BOX (self), self->said);
  gtk_box_append (GTK_BOX (self), scroller);
}

GtkWidget *
tb_package_example_view_new (TbFormView *view)
{
  static const TbFormFollow follow = { ask, question_free, read_prices, answer_free, show };
  TbPackageExampleView *self = g_object_new (TB_TYPE_PACKAGE_EXAMPLE_VIEW, NULL);

  tb_form_follow (view, GTK_WIDGET (self), &follow);
  return GTK_WIDGET (self);
}
