/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-page.h"

#include <glib/gi18n.h>

#include "tb-call-card.h"
#include "tb-call-import.h"
#include "tb-call-query.h"
#include "tb-call-view-store.h"
#include "tb-calls-columns.h"
#include "tb-calls-export.h"
#include "tb-calls-groups.h"
#include "tb-calls-item.h"
#include "tb-calls-list.h"
#include "tb-clock.h"
#include "tb-column-choice.h"
#include "tb-dialogs.h"
#include "tb-filter-bar.h"
#include "tb-format.h"
#include "tb-rerating-dialog.h"
#include "tb-run.h"
#include "tb-widgets.h"

/* What takes less shows no progress: a bar that flashes is worse than none. */
#define PATIENCE_MS 300

struct _TbCallsPage
{
  TbPage parent_instance;

  TbCallsList *list;
  GtkSingleSelection *selection; /* the view's */
  TbCallRows *rows;              /* reads them on the main thread; NULL until the first, and after the books changed */
  TbColumnChoice *choice;
  TbCallSearch *search;
  GCancellable *explaining, *adding;
  guint pulse;                   /* source, while groups are added up */
  TbCallOrder order; /* of the list that is shown */
  gboolean descending;
  gint64 wanted;     /* chosen in the list before: chosen again when it comes; 0 = nothing */
  guint64 shown;     /* calls found; G_MAXUINT64 = a list is asked for, and nothing of it has come */
  GArray *held;      /* of gint64: read again, until there is enough to stay where one is; NULL = another list */
  guint needed;      /* as many rows */
  gboolean searching, again; /* a list is being found; the books changed meanwhile */
  gint64 total;      /* in the books; −1 = not known yet */
  guint slow;        /* source: shows the progress */
  guint n_lists;     /* that began to be shown */
  gboolean filling;  /* the page is being made, or goes away */

  AdwFlap *flap;
  TbCallCard *card;
  TbFilterBar *filter;
  GtkMenuButton *columns_button;
  GtkDropDown *grouping;
  TbCallsGroups *groups;
  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *count, *sums;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (TbCallsPage, tb_calls_page, TB_TYPE_PAGE)

/* ---- rows ---- */

static gpointer
fetch (gint64 id, gpointer data)
{
  TbCallsPage *self = data;
  TbBooks *books = tb_page_get_books (data);
  const TbCallRow *row;

  if (self->rows == NULL && books != NULL)
    self->rows = tb_call_rows_new (tb_books_get_store (books), NULL);
  row = self->rows != NULL ? tb_call_rows_get (self->rows, id, NULL) : NULL;
  /* A call that went away since the list was read shows as an empty row until it is read again. */
  return row != NULL ? tb_call_row_copy (row) : NULL;
}

static void
rewrite (gpointer data)
{
  tb_columns_refresh (TB_CALLS_PAGE (data)->view);
}

static void
free_row (gpointer data)
{
  tb_call_row_free (data);
}

/* ---- what was found ---- */

static void
update_count (TbCallsPage *self)
{
  g_autofree char *shown = tb_format_number ((gint64) self->shown);
  g_autofree char *total = self->total >= 0 ? tb_format_number (self->total) : g_strdup ("…");
  /* Translators: how many calls are listed, of how many */
  g_autofree char *text = g_strdup_printf (_ ("Showing %s of %s"), shown, total);

  gtk_label_set_label (self->count, text);
}

static void
show_slow (gpointer data)
{
  TbCallsPage *self = data;

  self->slow = 0;
  gtk_widget_set_visible (self->progress_box, TRUE);
  if (tb_calls_list_get_length (self->list) == 0)
    gtk_stack_set_visible_child_name (self->stack, "searching");
}

static void
end_progress (TbCallsPage *self)
{
  g_clear_handle_id (&self->slow, g_source_remove);
  tb_widgets_let_go_of_focus (self->progress_box);
  gtk_widget_set_visible (self->progress_box, FALSE);
}

/* What was chosen stays so, when it is still there. */
static void
choose_wanted (TbCallsPage *self, const GArray *ids, guint before, gboolean scroll)
{
  for (guint i = 0; self->wanted != 0 && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == self->wanted)
      {
        self->wanted = 0;
        if (!tb_calls_list_reach (self->list, before + i))
          return;
        gtk_single_selection_set_selected (self->selection, before + i);
        if (scroll)
          tb_columns_scroll_to (self->view, before + i);
      }
}

/* A list takes the place of the one before with its first rows, not before: what is seen stays until there is something else to see. The same list, read
 * again because the books changed, stays where it was. */
static void
begin_list (TbCallsPage *self, const GArray *ids)
{
  if (tb_calls_list_get_length (self->list) > 0 && self->held == NULL)
    tb_columns_scroll_to (self->view, 0);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->n_lists++;
  tb_calls_list_begin (self->list, (const gint64 *) ids->data, ids->len, rewrite);
}

/* What is held is enough for the rows that are looked at, or all there is. */
static gboolean
is_enough (TbCallsPage *self, const TbCallBatch *batch)
{
  if (self->held == NULL)
    return batch->ids->len > 0 || batch->fraction >= 1;
  g_array_append_vals (self->held, batch->ids->data, batch->ids->len);
  return self->held->len >= self->needed || batch->fraction >= 1;
}

static void
batch_cb (TbPage *page, const TbCallBatch *batch)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);
  gboolean pending = self->shown == G_MAXUINT64, again = self->held != NULL;
  guint before = pending ? 0 : tb_calls_list_get_length (self->list);
  g_autofree char *sums = tb_call_sums_to_text (&batch->sums);
  const GArray *ids;

  gtk_progress_bar_set_fraction (self->progress, batch->fraction);
  if (pending && !is_enough (self, batch))
    return;
  ids = pending && again ? self->held : batch->ids;
  if (pending)
    begin_list (self, ids);
  else
    tb_calls_list_append (self->list, (const gint64 *) ids->data, ids->len);
  self->shown = batch->sums.calls;
  gtk_stack_set_visible_child_name (self->stack, tb_calls_list_get_length (self->list) > 0 ? "list" : "empty");
  choose_wanted (self, ids, before, !again);
  g_clear_pointer (&self->held, g_array_unref);
  gtk_label_set_label (self->sums, sums);
  update_count (self);
}

static void load_again (TbCallsPage *self);

static void
found_cb (TbPage *page, guint64 total)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);

  self->total = (gint64) total;
  self->searching = FALSE;
  end_progress (self);
  update_count (self);
  /* What was chosen is in this list no more. */
  if (self->wanted != 0)
    tb_call_card_show (self->card, NULL, NULL);
  self->wanted = 0;
  if (self->again)
    load_again (self);
}

/* ---- the list ---- */

static void
get_order (TbCallsPage *self)
{
  int order;

  self->order = TB_CALLS_BY_START;
  self->descending = TRUE;
  if (tb_columns_get_order (self->view, &order, &self->descending))
    self->order = order - 1;
}

static void run_groups (TbCallsPage *self, TbCallsGroupBy by);
static void end_adding (TbCallsPage *self);

static void
run_query (TbCallsPage *self)
{
  guint grouping;
  guint chosen = gtk_single_selection_get_selected (self->selection);
  g_autoptr (TbCallWhere) where = NULL;

  if (self->filling || tb_page_get_books (TB_PAGE (self)) == NULL)
    return;
  if (chosen != GTK_INVALID_LIST_POSITION && chosen < tb_calls_list_get_length (self->list))
    self->wanted = tb_calls_list_get_id (self->list, chosen);
  get_order (self);
  where = tb_filter_bar_dup_where (self->filter);
  self->again = self->searching = FALSE;
  self->shown = G_MAXUINT64;
  if (self->slow == 0 && !gtk_widget_get_visible (self->progress_box))
    self->slow = g_timeout_add_once (PATIENCE_MS, show_slow, self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  end_adding (self);
  grouping = gtk_drop_down_get_selected (self->grouping);
  if (grouping > 0 && grouping != GTK_INVALID_LIST_POSITION)
    {
      run_groups (self, grouping - 1);
      return;
    }
  self->searching = TRUE;
  tb_call_search_run (self->search, where, self->order, self->descending);
}

/* ---- groups ---- */

static void
end_adding (TbCallsPage *self)
{
  if (self->adding != NULL)
    g_cancellable_cancel (self->adding);
  g_clear_object (&self->adding);
  g_clear_handle_id (&self->pulse, g_source_remove);
}

static void
grouped_cb (TbPage *page, gpointer result, gpointer data)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);
  GPtrArray *groups = result;
  g_autofree char *n = tb_format_number (groups->len);
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%s group", "%s groups", groups->len), n);

  end_adding (self);
  end_progress (self);
  gtk_label_set_label (self->count, text);
  gtk_label_set_label (self->sums, _ ("Enter shows the calls of a group"));
  gtk_stack_set_visible_child_name (self->stack, groups->len > 0 ? "groups" : "empty");
  tb_calls_groups_show (self->groups, GPOINTER_TO_UINT (data), groups);
}

typedef struct
{
  TbCallWhere *where;
  TbCallsGroupBy by;
} GroupQuery;

static void
group_query_free (gpointer data)
{
  tb_call_where_free (((GroupQuery *) data)->where);
  g_free (data);
}

static gpointer
group_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const GroupQuery *query = data;
  const TbCallFilter filter = { .where = query->where };

  return tb_call_store_group (store, &filter, query->by, NULL, NULL, error);
}

static gboolean
pulse_cb (gpointer data)
{
  gtk_progress_bar_pulse (TB_CALLS_PAGE (data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
run_groups (TbCallsPage *self, TbCallsGroupBy by)
{
  GroupQuery *query = g_new (GroupQuery, 1);

  tb_call_search_stop (self->search);
  *query = (GroupQuery){ tb_filter_bar_dup_where (self->filter), by };
  if (self->pulse == 0)
    self->pulse = g_timeout_add (100, pulse_cb, self);
  tb_page_read_aside (TB_PAGE (self), &self->adding, group_func, query, group_query_free, (GDestroyNotify) g_ptr_array_unref, grouped_cb,
                      GUINT_TO_POINTER (by), NULL);
}

static void
query_cb (TbCallsPage *self)
{
  g_clear_pointer (&self->held, g_array_unref);
  run_query (self);
}

static void
open_group_cb (TbCallsPage *self, const TbCallWhere *part)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->grouping, 0);
  tb_filter_bar_add_part (self->filter, tb_call_where_copy (part));
  self->filling = FALSE;
  query_cb (self);
}

/* What was found so far stays. */
static void
stop_cb (TbCallsPage *self)
{
  self->searching = self->again = FALSE;
  g_clear_pointer (&self->held, g_array_unref);
  tb_call_search_stop (self->search);
  end_adding (self);
  end_progress (self);
  if (self->shown == G_MAXUINT64)
    self->shown = tb_calls_list_get_length (self->list);
  gtk_stack_set_visible_child_name (self->stack, tb_calls_list_get_length (self->list) > 0 ? "list" : "empty");
  gtk_label_set_label (self->sums, _ ("Stopped: there may be more"));
}

/* Rows down to a screen below what is seen. */
static guint
rows_in_use (TbCallsPage *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  double upper = gtk_adjustment_get_upper (adjustment);
  guint length = tb_calls_list_get_length (self->list);

  return upper > 0 ? (guint) (gtk_adjustment_get_value (adjustment) / upper * length) + 1000 : 0;
}

static void
load_again (TbCallsPage *self)
{
  g_clear_pointer (&self->rows, tb_call_rows_free);
  self->total = -1;
  tb_call_search_forget (self->search);
  g_clear_pointer (&self->held, g_array_unref);
  if (tb_calls_list_get_length (self->list) > 0 && self->shown != G_MAXUINT64)
    {
      self->held = g_array_new (FALSE, FALSE, sizeof (gint64));
      self->needed = MIN (rows_in_use (self), tb_calls_list_get_length (self->list));
    }
  run_query (self);
}

/* While calls come in the books change each second: a list that is being found is found to its end, and then once more. */
static void
tb_calls_page_load (TbPage *page)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);

  tb_calls_columns_name (tb_column_choice_get_columns (self->choice), tb_setup_get_currency (tb_books_get_setup (tb_page_get_books (page))));
  self->again = self->searching;
  if (!self->again)
    load_again (self);
}

/* ---- files of call records ---- */

static void
import_path_cb (const char *path, gpointer data)
{
  if (tb_page_get_books (data) != NULL)
    tb_call_import_file (data, tb_page_get_books (data), NULL, path);
}

static void
import_cb (TbCallsPage *self)
{
  tb_call_import_choose (GTK_WIDGET (self), import_path_cb, self);
}

static void
dropped_cb (GtkWidget *widget, const char *path)
{
  import_path_cb (path, widget);
}

/* ---- the chosen call ---- */

static void
show_explanation (TbPage *page, gpointer data)
{
  g_autoptr (TbCallExplanation) call = data;

  tb_call_card_show (TB_CALLS_PAGE (page)->card, call, tb_books_get_zone (tb_page_get_books (page)));
}

static void
explain (TbCallsPage *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  gint64 *id;

  if (self->filling)
    return;
  if (position == GTK_INVALID_LIST_POSITION)
    {
      if (self->wanted == 0)
        tb_call_card_show (self->card, NULL, NULL);
      return;
    }
  id = g_new (gint64, 1);
  *id = tb_calls_list_get_id (self->list, position);
  self->wanted = 0;
  tb_page_read (TB_PAGE (self), &self->explaining, tb_call_query_explain, id, g_free, (GDestroyNotify) tb_call_explanation_free,
                show_explanation);
}

static void
activate_cb (TbCallsPage *self, guint position)
{
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

/* ---- actions ---- */

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  tb_call_card_copy (TB_CALLS_PAGE (page)->card, g_str_equal (g_action_get_name (G_ACTION (action)), "copy-all"));
}

static void
add_filter_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  gtk_widget_activate_action (GTK_WIDGET (TB_CALLS_PAGE (page)->filter), "filter.add", NULL);
}

static void
clear_filter_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  tb_filter_bar_clear (TB_CALLS_PAGE (page)->filter);
}

/* The list is in order of start, or nobody could go to one. */
static void
go_to_time (TbCallsPage *self, const char *text)
{
  TbZone *zone = tb_books_get_zone (tb_page_get_books (TB_PAGE (self)));
  g_autoptr (GError) error = NULL;
  gint64 from, to;
  guint position;

  if (!tb_where_time_read (text, tb_clock_now (), zone, &from, &to, &error))
    {
      tb_dialogs_show_error (GTK_WIDGET (self), _ ("That Is No Time"), error);
      return;
    }
  position = tb_calls_list_find_start (self->list, self->descending ? to - 1 : from, self->descending);
  position = MIN (position, tb_calls_list_get_length (self->list) - 1);
  tb_calls_list_reach (self->list, position);
  gtk_single_selection_set_selected (self->selection, position);
  tb_columns_scroll_to (self->view, position);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
go_to_response_cb (AdwMessageDialog *dialog, const char *response, TbCallsPage *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);

  if (g_str_equal (response, "go") && tb_page_get_books (TB_PAGE (self)) != NULL && tb_calls_list_get_length (self->list) > 0)
    go_to_time (self, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
go_to_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  TbCallsPage *self = page;
  GtkWidget *dialog, *entry = gtk_entry_new ();

  if (self->order != TB_CALLS_BY_START)
    {
      tb_dialogs_toast (page, _ ("Sort by start to go to a date"));
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (page)), _ ("Go to Date"), NULL);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("2026-10-03, 2026-10-03T14:00, yesterday"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  tb_widgets_set_label (entry, _ ("Date"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "go", _ ("_Go"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (go_to_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* ---- all that match ---- */

static gpointer
describe_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbCallFilter filter = { .where = data };
  TbCallsMatching *matching = g_new0 (TbCallsMatching, 1);

  if (tb_call_store_describe_matching (store, &filter, matching, error))
    return matching;
  g_free (matching);
  return NULL;
}

static void
described_cb (TbPage *page, gpointer result, gpointer data)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);
  TbBooks *books = tb_page_get_books (page);
  g_autofree TbCallsMatching *matching = result;
  TbReratingDialog *dialog;

  end_progress (self);
  if (matching->calls == 0)
    {
      tb_dialogs_toast (GTK_WIDGET (page), _ ("There is no call to rate again"));
      return;
    }
  dialog = tb_rerating_dialog_new (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (page))), books);
  tb_rerating_dialog_begin (dialog, *matching->client != '\0' ? matching->client : NULL, tb_zone_day_at (tb_books_get_zone (books), matching->first),
                            tb_zone_day_at (tb_books_get_zone (books), matching->last));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
rate_again (TbCallsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "calls.rate-again", NULL);
}

/* Whose calls they are and on which days: rating shares included minutes among all of these, so it is never of single calls. The dialog shows what it
 * would do before it does it. */
static void
rate_again_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  TbCallsPage *self = page;

  if (tb_page_get_books (page) == NULL)
    return;
  if (self->slow == 0 && !gtk_widget_get_visible (self->progress_box))
    self->slow = g_timeout_add_once (PATIENCE_MS, show_slow, self);
  tb_page_read_aside (page, &self->adding, describe_func, tb_filter_bar_dup_where (self->filter), (GDestroyNotify) tb_call_where_free, g_free, described_cb,
                      NULL, NULL);
}

/* ---- views ---- */

static gpointer
put_view (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_call_view_store_put (store, data, error) ? TB_RUN_OK : NULL;
}

static void
view_put_cb (GtkWidget *page, gpointer result)
{
  gtk_widget_activate_action (page, "views.reload", NULL);
  tb_dialogs_toast (page, _ ("Kept as a view in the side bar"));
}

static void
view_response_cb (AdwMessageDialog *dialog, const char *response, TbCallsPage *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *name = tb_widgets_dup_text (entry);
  g_autoptr (TbCallWhere) where = NULL;
  TbCallView *view;

  if (!g_str_equal (response, "save") || *name == '\0' || tb_page_get_books (TB_PAGE (self)) == NULL)
    return;
  where = tb_filter_bar_dup_where (self->filter);
  view = g_new (TbCallView, 1);
  *view = (TbCallView){ 0, g_steal_pointer (&name), tb_call_where_to_string (where), self->order, self->descending };
  tb_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), _ ("Save view"), FALSE, put_view, view, (GDestroyNotify) tb_call_view_free, NULL, view_put_cb,
          NULL);
}

static void
ask_view_name (TbCallsPage *self)
{
  g_autoptr (TbCallWhere) where = tb_filter_bar_dup_where (self->filter);
  g_autofree char *text = tb_call_where_to_display (where);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Keep as a View"), NULL), *entry = gtk_entry_new ();

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), text);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Losses of last month"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  tb_widgets_set_label (entry, _ ("Name of the view"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Keep"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (view_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
save_view_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  ask_view_name (page);
}

static void
stop_action_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  if (!tb_page_is_idle (page))
    stop_cb (page);
}

static void
save_as (const char *path, gpointer data)
{
  TbCallsPage *self = data;
  TbCallsExport *what = g_new0 (TbCallsExport, 1);

  if (tb_page_get_books (data) == NULL)
    {
      g_free (what);
      return;
    }
  what->where = tb_filter_bar_dup_where (self->filter);
  what->order = self->order;
  what->descending = self->descending;
  what->columns = tb_column_choice_list_shown (self->choice);
  tb_calls_export_start (GTK_WIDGET (self), tb_page_get_books (data), what, path);
}

static void
tb_calls_page_save (TbPage *page)
{
  tb_dialogs_save_file (GTK_WIDGET (page), _ ("Save the Calls Shown"), _ ("calls.xlsx"), save_as, page);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  tb_calls_page_save (page);
}

static void
copy_rows_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  TbCallsPage *self = page;
  guint chosen = gtk_single_selection_get_selected (self->selection);
  g_autoptr (TbItem) item = chosen != GTK_INVALID_LIST_POSITION ? g_list_model_get_item (G_LIST_MODEL (self->list), chosen) : NULL;
  g_autofree char *text = item != NULL && tb_item_get (item) != NULL ? tb_columns_dup_row (self->view, tb_item_get (item)) : NULL;

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (page), text);
  tb_dialogs_toast (page, _ ("Row copied"));
}

static const TbPageAction actions[] = {
  { "export", export_cb, N_ ("Save the calls shown as CSV or XLSX"), NULL, NULL },
  { "copy-row", copy_rows_cb, N_ ("Copy the call’s row"), NULL, "<Control><Alt>c" },
  { "copy", copy_cb, N_ ("Copy the call’s explanation for the client"), NULL, "<Control>c" },
  { "copy-all", copy_cb, N_ ("Copy the call’s explanation in full"), NULL, "<Control><Shift>c" },
  { "add-filter", add_filter_cb, N_ ("Add a filter of calls"), NULL, "<Control><Shift>f" },
  { "clear-filter", clear_filter_cb, N_ ("Show all calls"), NULL, "<Control><Shift>Delete" },
  { "rate-again", rate_again_cb, N_ ("Rate the calls shown again"), NULL, "<Control><Shift>r" },
  { "save-view", save_view_cb, N_ ("Keep the filter of calls as a view"), NULL, "<Control>d" },
  { "go-to", go_to_cb, N_ ("Go to a date in the list of calls"), NULL, "<Control>j" },
  { "stop", stop_action_cb, N_ ("Stop the search for calls"), NULL, "<Control>period" },
};

static void
tb_calls_page_find (TbPage *page)
{
  tb_filter_bar_focus (TB_CALLS_PAGE (page)->filter);
}

static void
tb_calls_page_toggle_details (TbPage *page)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

static void
sort_by (TbCallsPage *self, guint order, gboolean descending)
{
  for (guint i = 0; i < tb_calls_n_columns; i++)
    if (tb_calls_columns[i].order == (int) order + 1)
      gtk_column_view_sort_by_column (self->view, tb_column_choice_get_columns (self->choice)[i],
                                      descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
tb_calls_page_show_item (TbPage *page, const char *item)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  guint order;
  gboolean descending;

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->grouping, 0);
  tb_filter_bar_set_where (self->filter, tb_calls_item_to_where (item, titles), titles);
  if (tb_calls_item_get_order (item, &order, &descending))
    sort_by (self, order, descending);
  self->filling = FALSE;
  query_cb (self);
}

static void
tb_calls_page_unmap (GtkWidget *widget)
{
  TbCallsPage *self = TB_CALLS_PAGE (widget);

  if (self->choice != NULL)
    tb_column_choice_save (self->choice);
  GTK_WIDGET_CLASS (tb_calls_page_parent_class)->unmap (widget);
}

static void
tb_calls_page_dispose (GObject *object)
{
  TbCallsPage *self = TB_CALLS_PAGE (object);

  self->filling = TRUE; /* widgets that go away must not ask for calls */
  g_clear_handle_id (&self->slow, g_source_remove);
  end_adding (self);
  g_clear_pointer (&self->search, tb_call_search_free);
  g_clear_pointer (&self->rows, tb_call_rows_free);
  g_clear_pointer (&self->held, g_array_unref);
  g_clear_object (&self->explaining);

  G_OBJECT_CLASS (tb_calls_page_parent_class)->dispose (object);
}

static void
tb_calls_page_finalize (GObject *object)
{
  TbCallsPage *self = TB_CALLS_PAGE (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->choice, tb_column_choice_free);

  G_OBJECT_CLASS (tb_calls_page_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbCallsPage, name)

static void
tb_calls_page_class_init (TbCallsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TbPageClass *page_class = TB_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_calls_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_calls_page_finalize;
  widget_class->unmap = tb_calls_page_unmap;
  page_class->load = tb_calls_page_load;
  page_class->find = tb_calls_page_find;
  page_class->toggle_details = tb_calls_page_toggle_details;
  page_class->show_item = tb_calls_page_show_item;
  page_class->save = tb_calls_page_save;

  g_type_ensure (TB_TYPE_CALL_CARD);
  g_type_ensure (TB_TYPE_CALLS_GROUPS);
  g_type_ensure (TB_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/calls/tb-calls-page.ui");
  BIND (flap), BIND (card), BIND (filter), BIND (columns_button), BIND (stack), BIND (view), BIND (count), BIND (sums);
  BIND (progress_box), BIND (progress), BIND (grouping), BIND (groups);
  gtk_widget_class_bind_template_callback (widget_class, query_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_view_name);
  gtk_widget_class_bind_template_callback (widget_class, open_group_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_again);
}

static void
install_columns (TbCallsPage *self)
{
  tb_columns_install (self->view, tb_calls_columns, tb_calls_n_columns, self);
  self->choice = tb_column_choice_new (self->view, tb_calls_column_ids, TB_CALLS_N_SHOWN, "calls-columns");
  gtk_menu_button_set_popover (self->columns_button, tb_column_choice_new_popover (self->choice));
  gtk_column_view_sort_by_column (self->view, tb_column_choice_get_columns (self->choice)[0], GTK_SORT_DESCENDING);
}

static void
tb_calls_page_init (TbCallsPage *self)
{
  self->filling = TRUE;
  self->total = -1;
  self->list = tb_calls_list_new (fetch, free_row, self);
  self->search = tb_call_search_new (TB_PAGE (self), batch_cb, found_cb);
  gtk_widget_init_template (GTK_WIDGET (self));
  tb_page_add_actions (TB_PAGE (self), "calls", actions, G_N_ELEMENTS (actions));

  tb_filter_bar_add_tool (self->filter, GTK_WIDGET (self->grouping));
  install_columns (self);
  self->selection = tb_columns_set_model (self->view, G_LIST_MODEL (self->list), FALSE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (explain), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (query_cb), self, G_CONNECT_SWAPPED);
  tb_widgets_accept_files (GTK_WIDGET (self), dropped_cb);
  self->filling = FALSE;
}

GtkSingleSelection *
tb_calls_page_get_selection (TbCallsPage *self)
{
  return self->selection;
}

TbCallsList *
tb_calls_page_get_list (TbCallsPage *self)
{
  return self->list;
}

guint
tb_calls_page_count_lists (TbCallsPage *self)
{
  return self->n_lists;
}
