/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-jobs-button.h"

#include <glib/gi18n.h>

#include "tb-job.h"
#include "tb-widgets.h"

struct _TbJobsButton
{
  AdwBin parent_instance;

  GListModel *jobs;
  GtkWidget *button;
  GtkWidget *spinner;
  GtkWidget *icon;
  GtkStack *face;
  GtkListBox *list;
};

/* One row: what its job reports is shown as it comes. */
typedef struct
{
  TbJobsButton *owner;
  TbJob *job;
  GtkWidget *message, *progress, *cancel;
} Row;

G_DEFINE_FINAL_TYPE (TbJobsButton, tb_jobs_button, ADW_TYPE_BIN)

static gboolean
any_running (TbJobsButton *self)
{
  for (guint i = 0; self->jobs != NULL && i < g_list_model_get_n_items (self->jobs); i++)
    {
      g_autoptr (TbJob) job = g_list_model_get_item (self->jobs, i);

      if (tb_job_get_state (job) == TB_JOB_RUNNING)
        return TRUE;
    }
  return FALSE;
}

static void
update_face (TbJobsButton *self)
{
  gboolean running = any_running (self);

  gtk_stack_set_visible_child (self->face, running ? self->spinner : self->icon);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), running);
  gtk_widget_set_tooltip_text (self->button, running ? _ ("Jobs are running") : _ ("Jobs"));
  gtk_widget_set_visible (GTK_WIDGET (self), self->jobs != NULL && g_list_model_get_n_items (self->jobs) > 0);
}

static const char *
state_text (TbJobState state)
{
  switch (state)
    {
    case TB_JOB_RUNNING:
      return _ ("Running");
    case TB_JOB_DONE:
      return _ ("Done");
    case TB_JOB_FAILED:
      return _ ("Failed");
    case TB_JOB_CANCELLED:
      return _ ("Cancelled");
    default:
      g_return_val_if_reached ("");
    }
}

static void
update_row (Row *row)
{
  TbJobState state = tb_job_get_state (row->job);
  double fraction = tb_job_get_fraction (row->job);
  g_autofree char *message = tb_job_dup_message (row->job);
  gboolean running = state == TB_JOB_RUNNING;

  gtk_label_set_label (GTK_LABEL (row->message), running && message != NULL && *message ? message : state_text (state));
  gtk_widget_set_visible (row->progress, running);
  gtk_widget_set_visible (row->cancel, running);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (row->progress), CLAMP (fraction, 0, 1));
  else
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (row->progress));
  update_face (row->owner);
}

static void
cancel_cb (GtkButton *button, TbJob *job)
{
  tb_job_cancel (job);
}

static void
row_free (gpointer data)
{
  Row *row = data;

  g_signal_handlers_disconnect_by_data (row->job, row);
  g_object_unref (row->job);
  g_free (row);
}

static GtkWidget *
row_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 30);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  Row *row = g_new0 (Row, 1);

  row->owner = data;
  row->job = g_object_ref (item);
  row->message = row_text (NULL, "caption");
  row->progress = gtk_progress_bar_new ();
  tb_widgets_set_label (row->progress, tb_job_get_title (row->job));
  row->cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");
  gtk_widget_set_tooltip_text (row->cancel, _ ("Cancel"));
  tb_widgets_set_label (row->cancel, _ ("Cancel"));
  gtk_widget_set_valign (row->cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row->cancel, "circular");
  gtk_widget_add_css_class (row->cancel, "flat");

  gtk_box_append (GTK_BOX (texts), row_text (tb_job_get_title (row->job), "heading"));
  gtk_box_append (GTK_BOX (texts), row->progress);
  gtk_box_append (GTK_BOX (texts), row->message);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), row->cancel);
  gtk_widget_add_css_class (box, "job");

  g_signal_connect_object (row->cancel, "clicked", G_CALLBACK (cancel_cb), row->job, 0);
  g_signal_connect_swapped (row->job, "notify", G_CALLBACK (update_row), row);
  g_object_set_data_full (G_OBJECT (box), "tb-row", row, row_free);
  update_row (row);
  return box;
}

static void
tb_jobs_button_dispose (GObject *object)
{
  tb_jobs_button_set_jobs (TB_JOBS_BUTTON (object), NULL);

  G_OBJECT_CLASS (tb_jobs_button_parent_class)->dispose (object);
}

static void
tb_jobs_button_class_init (TbJobsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_jobs_button_dispose;
}

static void
tb_jobs_button_init (TbJobsButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->button = gtk_menu_button_new ();
  self->spinner = gtk_spinner_new ();
  self->icon = gtk_image_new_from_icon_name ("tb-jobs-symbolic");
  self->face = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->face, self->icon);
  gtk_stack_add_child (self->face, self->spinner);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->face));
  tb_widgets_set_label (self->button, _ ("Jobs"));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  tb_widgets_set_label (GTK_WIDGET (self->list), _ ("Jobs"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "menu");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  adw_bin_set_child (ADW_BIN (self), self->button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
tb_jobs_button_set_jobs (TbJobsButton *self, GListModel *jobs)
{
  if (self->jobs != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->jobs, self);
      gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
    }
  g_set_object (&self->jobs, jobs);
  if (jobs != NULL)
    {
      gtk_list_box_bind_model (self->list, jobs, create_row, self, NULL);
      g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (update_face), self);
      update_face (self);
    }
}
