/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-page.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "tb-call-card.h"
#include "tb-call-import.h"
#include "tb-call-query.h"
#include "tb-calls-columns.h"
#include "tb-client-choices.h"
#include "tb-format.h"
#include "tb-id-list.h"
#include "tb-widgets.h"

#define N_MONTHS 36

struct _TbCallsPage
{
  TbPage parent_instance;

  TbIdList *list;
  GtkSingleSelection *selection; /* the view's */
  GPtrArray *client_keys;        /* as in the drop-down, from its second row on */
  int year, month;               /* the newest month offered */
  GCancellable *loading, *explaining;
  char *only;                    /* what no drop-down offers: "invoice=12 INV-2026-00001", see the header; NULL = all */
  gboolean filling; /* the filter bar is being set by code */

  AdwFlap *flap;
  TbCallCard *card;
  GtkWidget *search, *months, *clients, *statuses, *directions;
  GtkWidget *only_button; /* names that and lets go of it */
  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *sums;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (TbCallsPage, tb_calls_page, TB_TYPE_PAGE)

static TbItem *
fetch (gint64 id, gpointer data)
{
  TbBooks *books = tb_page_get_books (data);
  TbCallRow *row = books != NULL ? tb_call_store_get (tb_books_get_store (books), id, NULL) : NULL;

  /* A call that went away since the list was read shows as an empty row until it is read again. */
  return tb_item_new (row, row != NULL ? (GDestroyNotify) tb_call_row_free : NULL);
}

/* ---- the filter bar ---- */

static guint
selected (GtkWidget *drop_down)
{
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down));

  return position != GTK_INVALID_LIST_POSITION ? position : 0;
}

static void
fill_months (TbCallsPage *self)
{
  int year, month;
  g_autoptr (GListModel) months = NULL;

  tb_books_get_current_month (tb_page_get_books (TB_PAGE (self)), &year, &month);
  if (year == self->year && month == self->month)
    return;
  self->year = year;
  self->month = month;
  months = tb_widgets_new_months (_ ("All months"), year, month, N_MONTHS);
  tb_widgets_set_choices (self->months, months);
}

static void
fill_statuses (TbCallsPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *const directions[] = { _ ("All directions"), _ ("Outbound"), _ ("Inbound"), _ ("Local"), NULL };
  g_autoptr (GtkStringList) ways = gtk_string_list_new (directions);

  gtk_string_list_append (names, _ ("Any status"));
  gtk_string_list_append (names, _ ("Without a price"));
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    gtk_string_list_append (names, tb_call_status_to_display (i));
  tb_widgets_set_choices (self->statuses, G_LIST_MODEL (names));
  tb_widgets_set_choices (self->directions, G_LIST_MODEL (ways));
}

/* Ids with commas between them, up to a blank. */
static GHashTable *
parse_rates (const char *text)
{
  GHashTable *rates = g_hash_table_new (NULL, NULL);
  char *end;

  for (guint64 id = g_ascii_strtoull (text, &end, 10); end != text; id = g_ascii_strtoull (text, &end, 10))
    {
      g_hash_table_add (rates, GUINT_TO_POINTER ((guint) id));
      text = *end == ',' ? end + 1 : end;
      if (*end != ',')
        break;
    }
  return rates;
}

/* "2026-11-03 pbx-berlin" */
static void
narrow_to_day (const char *text, TbZone *zone, TbCallFilter *filter)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 2);
  TbDay day;

  if (parts[0] == NULL || !tb_day_parse (parts[0], &day, NULL))
    return;
  filter->from = tb_zone_to_utc (zone, day, 0, FALSE);
  filter->to = tb_zone_to_utc (zone, day + 1, 0, FALSE);
  filter->connection = g_strdup (parts[1]);
}

static void
narrow (const char *only, TbZone *zone, TbCallFilter *filter)
{
  if (only == NULL)
    return;
  if (g_str_has_prefix (only, "day="))
    narrow_to_day (only + 4, zone, filter);
  else if (g_str_has_prefix (only, "invoice="))
    filter->invoice_id = (guint32) g_ascii_strtoull (only + 8, NULL, 10);
  else if (g_str_has_prefix (only, "rates="))
    filter->rates = parse_rates (only + 6);
  else if (g_str_has_prefix (only, "cost-rates="))
    filter->cost_rates = parse_rates (only + 11);
  else if (g_str_has_prefix (only, "uid="))
    filter->uid = g_strdup (only + 4);
  else if (g_str_has_prefix (only, "prefix="))
    filter->prefix = g_strdup (only + 7);
}

static TbCallQuery *
query_new (TbCallsPage *self)
{
  TbCallQuery *query = g_new0 (TbCallQuery, 1);
  const char *number = gtk_editable_get_text (GTK_EDITABLE (self->search));
  guint status = selected (self->statuses), month = selected (self->months);
  int order;

  query->filter.number = *number != '\0' ? g_strdup (number) : NULL;
  query->filter.direction = selected (self->directions);
  narrow (self->only, tb_books_get_zone (tb_page_get_books (TB_PAGE (self))), &query->filter);
  if (status == 1)
    query->filter.statuses = tb_call_query_unrated_bits ();
  else if (status > 1)
    query->filter.statuses = 1u << (status - 2);
  query->filter.client = g_strdup (tb_client_choices_get (self->clients, self->client_keys));
  if (month > 0)
    {
      int index = self->year * 12 + self->month - (int) month;

      tb_books_get_month (tb_page_get_books (TB_PAGE (self)), index / 12, index % 12 + 1, &query->filter.from, &query->filter.to);
    }

  query->order = TB_CALLS_BY_START;
  query->descending = TRUE;
  if (tb_columns_get_order (self->view, &order, &query->descending))
    query->order = order - 1;
  return query;
}

/* ---- the list ---- */

static void
show_result (TbPage *page, gpointer data)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);
  TbCallResult *result = data;
  g_autofree char *text = tb_call_sums_to_text (&result->sums);
  gboolean some = result->ids->len > 0;
  guint chosen = gtk_single_selection_get_selected (self->selection), position = 0;
  gint64 id = chosen != GTK_INVALID_LIST_POSITION ? tb_id_list_get_id (self->list, chosen) : 0;

  gtk_label_set_label (self->sums, text);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, some ? "list" : "empty");
  tb_id_list_replace (self->list, g_steal_pointer (&result->ids));
  /* What was chosen stays so, when it is still there. */
  if (chosen != GTK_INVALID_LIST_POSITION && tb_id_list_find (self->list, id, &position))
    gtk_single_selection_set_selected (self->selection, position);
  if (some)
    tb_columns_scroll_to (self->view, position);
  tb_call_result_free (result);
}

static void
run_query (TbCallsPage *self)
{
  if (self->filling || tb_page_get_books (TB_PAGE (self)) == NULL)
    return;

  gtk_spinner_start (self->spinner);
  tb_page_read (TB_PAGE (self), &self->loading, tb_call_query_run, query_new (self), tb_call_query_free, tb_call_result_free, show_result);
}

static void
query_cb (TbCallsPage *self)
{
  run_query (self);
}

/* Called by what stands behind the first blank, else by its value; a day and a uid always by that. */
static void
set_only (TbCallsPage *self, const char *only)
{
  gboolean whole = only != NULL && (g_str_has_prefix (only, "uid=") || g_str_has_prefix (only, "day="));
  const char *name = only == NULL ? NULL : strchr (only, ' ') != NULL && !whole ? strchr (only, ' ') : strchr (only, '=');

  g_free (self->only);
  self->only = g_strdup (only);
  gtk_widget_set_visible (self->only_button, only != NULL);
  if (name != NULL)
    adw_button_content_set_label (ADW_BUTTON_CONTENT (gtk_button_get_child (GTK_BUTTON (self->only_button))), name + 1);
}

static void
all_calls_cb (TbCallsPage *self)
{
  set_only (self, NULL);
  run_query (self);
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

static void
tb_calls_page_load (TbPage *page)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);

  self->filling = TRUE;
  tb_client_choices_fill (self->clients, self->client_keys, tb_books_get_setup (tb_page_get_books (TB_PAGE (self))));
  fill_months (self);
  tb_calls_columns_name (self->view, tb_setup_get_currency (tb_books_get_setup (tb_page_get_books (page))));
  self->filling = FALSE;
  run_query (self);
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

  if (position == GTK_INVALID_LIST_POSITION)
    {
      tb_call_card_show (self->card, NULL, NULL);
      return;
    }
  id = g_new (gint64, 1);
  *id = tb_id_list_get_id (self->list, position);
  tb_page_read (TB_PAGE (self), &self->explaining, tb_call_query_explain, id, g_free, (GDestroyNotify) tb_call_explanation_free,
                show_explanation);
}

static void
activate_cb (TbCallsPage *self, guint position)
{
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tb_call_card_copy (TB_CALLS_PAGE (widget)->card, g_str_equal (action, "calls.copy-all"));
}

static void
tb_calls_page_find (TbPage *page)
{
  gtk_widget_grab_focus (TB_CALLS_PAGE (page)->search);
}

static void
tb_calls_page_toggle_details (TbPage *page)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

static gboolean
is_only (const char *part)
{
  return g_str_has_prefix (part, "invoice=") || g_str_has_prefix (part, "rates=") || g_str_has_prefix (part, "cost-rates=")
         || g_str_has_prefix (part, "uid=") || g_str_has_prefix (part, "day=") || g_str_has_prefix (part, "prefix=");
}

static guint
find_client (TbCallsPage *self, const char *key)
{
  for (guint i = 0; i < self->client_keys->len; i++)
    if (g_str_equal (g_ptr_array_index (self->client_keys, i), key))
      return i + 1;
  return 0;
}

static void
tb_calls_page_show_item (TbPage *page, const char *item)
{
  TbCallsPage *self = TB_CALLS_PAGE (page);
  g_auto (GStrv) parts = g_strsplit (item, ";", -1);
  guint status = 0, client = 0, month = 0;
  int year, mon;

  self->filling = TRUE;
  tb_client_choices_fill (self->clients, self->client_keys, tb_books_get_setup (tb_page_get_books (TB_PAGE (self))));
  fill_months (self);
  set_only (self, NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    if (is_only (parts[i]))
      set_only (self, parts[i]);
    else if (g_str_has_prefix (parts[i], "status="))
      status = 2 + (guint) atoi (parts[i] + 7);
    else if (g_str_has_prefix (parts[i], "client="))
      client = find_client (self, parts[i] + 7);
    else if (g_str_has_prefix (parts[i], "month=") && tb_month_parse (parts[i] + 6, &year, &mon, NULL))
      month = self->year * 12 + self->month - (year * 12 + mon) + 1;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->statuses), status);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->clients), client);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->months), month <= N_MONTHS ? month : 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->directions), 0);
  self->filling = FALSE;
  run_query (self);
}

static void
tb_calls_page_dispose (GObject *object)
{
  TbCallsPage *self = TB_CALLS_PAGE (object);

  self->filling = TRUE; /* widgets that go away must not ask for calls */
  g_clear_object (&self->list);
  g_clear_object (&self->loading);
  g_clear_object (&self->explaining);
  g_clear_pointer (&self->client_keys, g_ptr_array_unref);
  g_clear_pointer (&self->only, g_free);

  G_OBJECT_CLASS (tb_calls_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbCallsPage, name)

static void
tb_calls_page_class_init (TbCallsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TbPageClass *page_class = TB_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_calls_page_dispose;
  page_class->load = tb_calls_page_load;
  page_class->find = tb_calls_page_find;
  page_class->toggle_details = tb_calls_page_toggle_details;
  page_class->show_item = tb_calls_page_show_item;

  gtk_widget_class_install_action (widget_class, "calls.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "calls.copy", NULL);
  gtk_widget_class_install_action (widget_class, "calls.copy-all", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "calls.copy-all", NULL);

  g_type_ensure (TB_TYPE_CALL_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/calls/tb-calls-page.ui");
  BIND (flap), BIND (card), BIND (search), BIND (months), BIND (clients), BIND (statuses), BIND (directions);
  BIND (stack), BIND (view), BIND (sums), BIND (spinner), BIND (only_button);
  gtk_widget_class_bind_template_callback (widget_class, query_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_calls_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
}

static void
tb_calls_page_init (TbCallsPage *self)
{
  g_autoptr (GListModel) columns = NULL;
  g_autoptr (GtkColumnViewColumn) start = NULL;

  self->filling = TRUE;
  self->client_keys = g_ptr_array_new_with_free_func (g_free);
  self->list = tb_id_list_new (fetch, self);
  gtk_widget_init_template (GTK_WIDGET (self));

  fill_statuses (self);
  tb_columns_install (self->view, tb_calls_columns, tb_calls_n_columns, self);
  columns = g_object_ref (gtk_column_view_get_columns (self->view));
  start = g_list_model_get_item (columns, 0);
  gtk_column_view_sort_by_column (self->view, start, GTK_SORT_DESCENDING);
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
