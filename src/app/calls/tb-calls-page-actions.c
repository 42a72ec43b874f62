/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "tb-call-view-store.h"
#include "tb-calls-export.h"
#include "tb-calls-page-private.h"
#include "tb-clock.h"
#include "tb-columns.h"
#include "tb-dialogs.h"
#include "tb-rerating-dialog.h"
#include "tb-run.h"
#include "tb-widgets.h"

/* What can be done with the calls that are listed, and with the one that is chosen. */

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

  tb_calls_page_end_progress (self);
  if (matching == NULL)
    return;
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

void
tb_calls_page_rate_again (TbCallsPage *self)
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
  tb_calls_page_begin_progress (self);
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

void
tb_calls_page_ask_view_name (TbCallsPage *self)
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
  tb_calls_page_ask_view_name (page);
}

static void
stop_action_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  if (!tb_page_is_idle (page))
    tb_calls_page_stop (page);
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

void
tb_calls_page_save_as_file (TbPage *page)
{
  tb_dialogs_save_file (GTK_WIDGET (page), _ ("Save the Calls Shown"), _ ("calls.xlsx"), save_as, page);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  tb_calls_page_save_as_file (page);
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
  { "rate-again", rate_again_cb, N_ ("Rate the calls shown again"), NULL, "<Control><Alt>r" },
  { "save-view", save_view_cb, N_ ("Keep the filter of calls as a view"), NULL, "<Control>d" },
  { "go-to", go_to_cb, N_ ("Go to a date in the list of calls"), NULL, "<Control>j" },
  { "stop", stop_action_cb, N_ ("Stop the search for calls"), NULL, "<Control>period" },
};

void
tb_calls_page_install_actions (TbCallsPage *self)
{
  tb_page_add_actions (TB_PAGE (self), "calls", actions, G_N_ELEMENTS (actions));
}
