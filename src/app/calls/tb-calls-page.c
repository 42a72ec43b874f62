/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-page-private.h"

#include "tb-call-import.h"
#include "tb-calls-columns.h"
#include "tb-calls-item.h"
#include "tb-columns.h"
#include "tb-widgets.h"

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
free_row (gpointer data)
{
  tb_call_row_free (data);
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

/* ---- the page ---- */

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
  tb_calls_page_run_anew (self);
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
  tb_calls_page_end_adding (self);
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
  page_class->load = tb_calls_page_read_books;
  page_class->find = tb_calls_page_find;
  page_class->toggle_details = tb_calls_page_toggle_details;
  page_class->show_item = tb_calls_page_show_item;
  page_class->save = tb_calls_page_save_as_file;

  g_type_ensure (TB_TYPE_CALL_CARD);
  g_type_ensure (TB_TYPE_CALLS_GROUPS);
  g_type_ensure (TB_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/calls/tb-calls-page.ui");
  BIND (flap), BIND (card), BIND (filter), BIND (columns_button), BIND (stack), BIND (view), BIND (count), BIND (sums);
  BIND (progress_box), BIND (progress), BIND (grouping), BIND (groups);
  gtk_widget_class_bind_template_callback (widget_class, tb_calls_page_run_anew);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, tb_calls_page_stop);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, tb_calls_page_ask_view_name);
  gtk_widget_class_bind_template_callback (widget_class, tb_calls_page_open_group);
  gtk_widget_class_bind_template_callback (widget_class, tb_calls_page_rate_again);
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
  self->search = tb_call_search_new (TB_PAGE (self), tb_calls_page_take_batch, tb_calls_page_take_total);
  gtk_widget_init_template (GTK_WIDGET (self));
  tb_calls_page_install_actions (self);

  tb_filter_bar_add_tool (self->filter, GTK_WIDGET (self->grouping));
  install_columns (self);
  self->selection = tb_columns_set_model (self->view, G_LIST_MODEL (self->list), FALSE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (explain), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (tb_calls_page_run_anew), self, G_CONNECT_SWAPPED);
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
