/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-preview-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-call-preview.h"
#include "tb-clock.h"
#include "tb-columns.h"
#include "tb-connection-access.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-problem-list.h"
#include "tb-widgets.h"

#define CALLS_SHOWN 100

typedef struct
{
  TbBooks *books;
  TbJob *job;
  GtkWidget *window; /* borrowed: it owns this */
  GtkWidget *title, *pages, *progress, *failed, *summary;
  GListStore *calls; /* of TbItem of TbCallRow */
  TbProblemList *rejects;
  GtkStackPage *rejects_page;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_object_unref (preview->books);
  g_object_unref (preview->job);
  g_object_unref (preview->calls);
  g_free (preview);
}

/* ---- the columns ---- */

static const TbCall *
call_of (gconstpointer value)
{
  return &((const TbCallRow *) value)->call;
}

static char *
format_start (gconstpointer value, gpointer zone)
{
  return tb_format_time (call_of (value)->start, zone);
}

static char *
format_direction (gconstpointer value, gpointer zone)
{
  static const char *const names[] = { N_ ("Not said"), N_ ("Outbound"), N_ ("Inbound"), N_ ("Internal") };

  return g_strdup (_ (names[call_of (value)->direction]));
}

static char *
format_caller (gconstpointer value, gpointer zone)
{
  return g_strdup (call_of (value)->caller);
}

static char *
format_callee (gconstpointer value, gpointer zone)
{
  return g_strdup (call_of (value)->callee);
}

static char *
format_seconds (gconstpointer value, gpointer zone)
{
  return tb_format_seconds (call_of (value)->seconds);
}

static char *
format_status (gconstpointer value, gpointer zone)
{
  const TbCall *call = call_of (value);
  const char *status = call->ring >= 0 ? _ ("Answered") : _ ("Not answered");

  /* Translators: whether a call was answered, and what the PBX says of it in its own word, as in "Not answered (NO_ANSWER)" */
  return *call->cause != '\0' ? g_strdup_printf (_ ("%s (%s)"), status, call->cause) : g_strdup (status);
}

static char *
format_tenant (gconstpointer value, gpointer zone)
{
  return g_strdup (call_of (value)->tenant);
}

static char *
format_extension (gconstpointer value, gpointer zone)
{
  return g_strdup (call_of (value)->extension);
}

static const TbColumn columns[] = {
  { N_ ("Start"), 152, FALSE, format_start },        { N_ ("Direction"), 86, FALSE, format_direction },
  { N_ ("From"), 118, FALSE, format_caller },        { N_ ("To"), 128, FALSE, format_callee },
  { N_ ("Billable"), 76, TRUE, format_seconds },      { N_ ("Status"), 0, FALSE, format_status },
  { N_ ("Extension"), 84, FALSE, format_extension }, { N_ ("Tenant"), 180, FALSE, format_tenant },
};

/* ---- the result ---- */

static char *
describe (const TbCallPreview *preview, TbZone *zone)
{
  g_autofree char *calls = tb_format_number ((gint64) preview->n_calls);
  g_autofree char *skipped = tb_format_number ((gint64) preview->n_skipped);
  g_autofree char *from = tb_format_time (preview->from, zone);
  g_autofree char *found = g_strdup_printf (ngettext ("%s call since %s. Nothing was stored.", "%s calls since %s. Nothing was stored.", preview->n_calls),
                                            calls, from);

  if (preview->n_skipped == 0)
    return g_steal_pointer (&found);
  return g_strdup_printf (ngettext ("%s %s record is another leg of a call that is there, and left out.",
                                    "%s %s records are other legs of calls that are there, and left out.", preview->n_skipped),
                          found, skipped);
}

static void
show_rejects (Preview *self, TbCallPreview *preview)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_problem_free);
  g_autofree char *n = tb_format_number ((gint64) preview->n_rejects);
  /* Translators: %s is a number of records */
  g_autofree char *title = g_strdup_printf (_ ("Rejected (%s)"), n);

  for (guint i = 0; i < preview->rejects->len; i++)
    {
      const TbReject *reject = preview->rejects->pdata[i];

      g_ptr_array_add (problems, tb_problem_new (reject->line, NULL, reject->reason, reject->raw));
    }
  gtk_stack_page_set_title (self->rejects_page, title);
  tb_problem_list_take (self->rejects, problems, preview->n_rejects);
}

static void
show (Preview *self, TbCallPreview *preview)
{
  g_autofree char *text = describe (preview, tb_books_get_zone (self->books));

  gtk_label_set_label (GTK_LABEL (self->summary), text);
  show_rejects (self, preview);
  tb_items_replace (self->calls, preview->calls, (GDestroyNotify) tb_call_row_free);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "result");
}

static void
fail (Preview *self, const GError *error)
{
  g_autofree char *markup = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (ADW_STATUS_PAGE (self->failed), markup);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "failed");
}

/* ---- asking ---- */

static void
end (Preview *self, TbCallPreview *preview, const GError *error)
{
  gboolean cancelled = g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED);

  tb_job_finish (self->job, error == NULL ? TB_JOB_DONE : cancelled ? TB_JOB_CANCELLED : TB_JOB_FAILED);
  if (gtk_widget_get_mapped (self->window))
    {
      if (error == NULL)
        show (self, preview);
      else
        fail (self, error);
    }
  g_object_unref (self->window);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallPreview) preview = tb_call_preview_finish (TB_PBX (source), result, &error);

  end (data, preview, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Preview *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPbx) pbx = tb_connection_open_finish (result, &error);

  if (pbx != NULL)
    tb_call_preview_async (pbx, tb_clock_now (), CALLS_SHOWN, self->job, looked_cb, self);
  else
    end (self, NULL, error);
}

static void
progress_cb (Preview *self)
{
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), CLAMP (tb_job_get_fraction (self->job), 0, 1));
}

/* Closing it is enough to stop it. */
static void
unmap_cb (GtkWidget *window, Preview *self)
{
  g_signal_handlers_disconnect_by_data (self->job, self);
  tb_job_cancel (self->job);
}

/* ---- making it ---- */

static GtkWidget *
make_running (Preview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Asking for the last calls…"));

  self->progress = gtk_progress_bar_new ();
  tb_widgets_set_label (self->progress, _ ("Progress of the preview"));
  gtk_widget_add_css_class (label, "title-4");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->progress);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->progress, 300, -1);
  return box;
}

static GtkWidget *
make_failed (Preview *self)
{
  self->failed = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->failed), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->failed), _ ("No Preview"));
  return self->failed;
}

static GtkWidget *
make_calls (Preview *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);

  gtk_widget_add_css_class (view, "data-table");
  tb_columns_install (GTK_COLUMN_VIEW (view), columns, G_N_ELEMENTS (columns), tb_books_get_zone (self->books));
  tb_columns_set_model (GTK_COLUMN_VIEW (view), G_LIST_MODEL (self->calls), FALSE);
  tb_widgets_set_label (view, _ ("Last calls"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_result (Preview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->summary = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->summary), TRUE);
  gtk_widget_add_css_class (self->summary, "dim-label");
  self->rejects = g_object_new (TB_TYPE_PROBLEM_LIST, NULL);
  gtk_stack_add_titled (GTK_STACK (stack), make_calls (self), "calls", _ ("Last Calls"));
  self->rejects_page = gtk_stack_add_titled (GTK_STACK (stack), GTK_WIDGET (self->rejects), "rejects", _ ("Rejected"));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (switcher, 6);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), self->summary);
  gtk_box_append (GTK_BOX (box), stack);
  return box;
}

static GtkWidget *
make_content (Preview *self, const TbConnection *connection)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_ ("Preview"), connection->name));
  self->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->pages), make_running (self), "running");
  gtk_stack_add_named (GTK_STACK (self->pages), make_failed (self), "failed");
  gtk_stack_add_named (GTK_STACK (self->pages), make_result (self), "result");
  gtk_widget_set_vexpand (self->pages, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->pages);
  return box;
}

void
tb_preview_dialog_run (GtkWidget *widget, TbBooks *books, const TbConnection *connection)
{
  GtkWidget *window = adw_window_new ();
  Preview *self = g_new0 (Preview, 1);

  /* Translators: %s is a connection */
  g_autofree char *title = g_strdup_printf (_ ("Preview calls of %s"), connection->name);

  *self = (Preview){ .books = g_object_ref (books), .job = tb_job_new (title), .window = window, .calls = g_list_store_new (TB_TYPE_ITEM) };
  g_object_set_data_full (G_OBJECT (window), "tb-preview", self, preview_free);
  tb_session_add_job (tb_books_get_session (books), self->job);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Preview"));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1120, 640);
  adw_window_set_content (ADW_WINDOW (window), make_content (self, connection));
  tb_dialogs_close_on_escape (window);
  tb_widgets_name_controls (window);
  g_signal_connect_swapped (self->job, "notify::fraction", G_CALLBACK (progress_cb), self);
  g_signal_connect (window, "unmap", G_CALLBACK (unmap_cb), self);
  gtk_window_present (GTK_WINDOW (window));
  g_object_ref (window);
  tb_connection_open_async (window, connection, NULL, tb_job_get_cancellable (self->job), opened_cb, self);
}
