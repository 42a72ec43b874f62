/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "tb-calls-columns.h"
#include "tb-calls-page-private.h"
#include "tb-format.h"
#include "tb-widgets.h"

/* The lists of the page of calls: asked for, shown as they come, added up in groups, and read again. */

/* What takes less shows no progress: a bar that flashes is worse than none. */
#define PATIENCE_MS 300

/* ---- progress ---- */

static void
show_slow (gpointer data)
{
  TbCallsPage *self = data;

  self->slow = 0;
  gtk_widget_set_visible (self->progress_box, TRUE);
  if (tb_calls_list_get_length (self->list) == 0)
    gtk_stack_set_visible_child_name (self->stack, "searching");
}

void
tb_calls_page_begin_progress (TbCallsPage *self)
{
  if (self->slow == 0 && !gtk_widget_get_visible (self->progress_box))
    self->slow = g_timeout_add_once (PATIENCE_MS, show_slow, self);
}

void
tb_calls_page_end_progress (TbCallsPage *self)
{
  g_clear_handle_id (&self->slow, g_source_remove);
  tb_widgets_let_go_of_focus (self->progress_box);
  gtk_widget_set_visible (self->progress_box, FALSE);
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
rewrite (gpointer data)
{
  tb_columns_refresh (TB_CALLS_PAGE (data)->view);
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

void
tb_calls_page_take_batch (TbPage *page, const TbCallBatch *batch)
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

void
tb_calls_page_take_total (TbPage *page, guint64 total)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);

  self->total = (gint64) total;
  self->searching = FALSE;
  if (self->shown == G_MAXUINT64) /* it failed before anything came: what is seen is what there was */
    self->shown = tb_calls_list_get_length (self->list);
  tb_calls_page_end_progress (self);
  update_count (self);
  /* What was chosen is in this list no more. */
  if (self->wanted != 0)
    tb_call_card_show (self->card, NULL, NULL);
  self->wanted = 0;
  if (self->again)
    load_again (self);
}

/* ---- groups ---- */

void
tb_calls_page_end_adding (TbCallsPage *self)
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
  g_autofree char *n = tb_format_number (groups != NULL ? groups->len : 0);
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%s group", "%s groups", groups != NULL ? groups->len : 0), n);

  tb_calls_page_end_adding (self);
  tb_calls_page_end_progress (self);
  if (groups == NULL)
    return;
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
  tb_calls_page_begin_progress (self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  tb_calls_page_end_adding (self);
  grouping = gtk_drop_down_get_selected (self->grouping);
  if (grouping > 0 && grouping != GTK_INVALID_LIST_POSITION)
    {
      run_groups (self, grouping - 1);
      return;
    }
  self->searching = TRUE;
  tb_call_search_run (self->search, where, self->order, self->descending);
}

void
tb_calls_page_run_anew (TbCallsPage *self)
{
  g_clear_pointer (&self->held, g_array_unref);
  run_query (self);
}

void
tb_calls_page_open_group (TbCallsPage *self, const TbCallWhere *part)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->grouping, 0);
  tb_filter_bar_add_part (self->filter, tb_call_where_copy (part));
  self->filling = FALSE;
  tb_calls_page_run_anew (self);
}

/* What was found so far stays. */
void
tb_calls_page_stop (TbCallsPage *self)
{
  self->searching = self->again = FALSE;
  g_clear_pointer (&self->held, g_array_unref);
  tb_call_search_stop (self->search);
  tb_calls_page_end_adding (self);
  tb_calls_page_end_progress (self);
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
void
tb_calls_page_read_books (TbPage *page)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);

  tb_calls_columns_name (tb_column_choice_get_columns (self->choice), tb_setup_get_currency (tb_books_get_setup (tb_page_get_books (page))));
  self->again = self->searching;
  if (!self->again)
    load_again (self);
}
