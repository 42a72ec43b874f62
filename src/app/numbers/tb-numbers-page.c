/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-numbers-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-client-choices.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-number-detail.h"
#include "tb-run.h"
#include "tb-widgets.h"

#define N_MONTHS 36

/* What the filter of verdicts offers: the verdicts themselves follow. */
enum { SHOW_ALL, SHOW_FAULTS, SHOW_VERDICTS };

struct _TbNumbersPage
{
  TbListPage parent_instance;

  TbBooks *checked;       /* whose calls were checked; only compared */
  GPtrArray *client_keys; /* as in the drop-down, from its second row on */
  int year, month;        /* the newest month offered */
  TbJob *job;             /* while one runs */

  GtkWidget *detail, *clients, *months, *verdicts, *check, *stop, *progress, *export;
};

G_DEFINE_FINAL_TYPE (TbNumbersPage, tb_numbers_page, TB_TYPE_LIST_PAGE)

/* ---- the list ---- */

static char *
format_verdict (gconstpointer value, gpointer page)
{
  return g_strdup (tb_number_verdict_to_display (((const TbNumberPattern *) value)->check.verdict));
}

static const char *
style_of_verdict (gconstpointer value, gpointer page)
{
  return tb_number_pattern_is_fault (value) ? "error" : NULL;
}

static char *
format_calls (gconstpointer value, gpointer page)
{
  return tb_format_number ((gint64) ((const TbNumberPattern *) value)->calls);
}

static char *
format_client (gconstpointer value, gpointer page)
{
  const TbNumberPattern *pattern = value;

  return g_strdup (pattern->client_name != NULL ? pattern->client_name : pattern->client);
}

static char *
format_dialled (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbNumberPattern *) value)->dialled);
}

static char *
format_reason (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbNumberPattern *) value)->check.reason);
}

static int
compare_verdicts (gconstpointer a, gconstpointer b)
{
  return (int) ((const TbNumberPattern *) a)->check.verdict - (int) ((const TbNumberPattern *) b)->check.verdict;
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const TbNumberPattern *x = a, *y = b;

  return (x->calls > y->calls) - (x->calls < y->calls);
}

static int
compare_clients (gconstpointer a, gconstpointer b)
{
  const TbNumberPattern *x = a, *y = b;

  return g_utf8_collate (x->client_name != NULL ? x->client_name : x->client, y->client_name != NULL ? y->client_name : y->client);
}

static const TbColumn columns[] = {
  { N_ ("Verdict"), 106, FALSE, format_verdict, compare_verdicts, 0, style_of_verdict },
  { N_ ("Calls"), 54, TRUE, format_calls, compare_calls },
  { N_ ("Example"), 124, FALSE, format_dialled },
  { N_ ("Client"), 104, FALSE, format_client, compare_clients },
  { N_ ("Why"), 0, FALSE, format_reason },
};

static const char *
get_key (gconstpointer value)
{
  return ((const TbNumberPattern *) value)->uid;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbNumberPattern *pattern = value;

  return tb_list_page_text_matches (pattern->client, folded) || tb_list_page_text_matches (pattern->client_name, folded)
         || tb_list_page_text_matches (pattern->connection, folded) || tb_list_page_text_matches (pattern->dialled, folded)
         || tb_list_page_text_matches (pattern->check.reason, folded);
}

static gboolean
passes (TbListPage *page, gconstpointer value)
{
  guint wanted = gtk_drop_down_get_selected (GTK_DROP_DOWN (TB_NUMBERS_PAGE (page)->verdicts));

  if (wanted == SHOW_FAULTS)
    return tb_number_pattern_is_fault (value);
  return wanted < SHOW_VERDICTS || ((const TbNumberPattern *) value)->check.verdict == wanted - SHOW_VERDICTS;
}

static void
show (TbListPage *page, gpointer value)
{
  tb_number_detail_show (TB_NUMBERS_PAGE (page)->detail, value);
}

/* ---- checking ---- */

static void
update_tools (TbNumbersPage *self)
{
  gboolean running = self->job != NULL;

  gtk_widget_set_visible (self->check, !running);
  gtk_widget_set_visible (self->stop, running);
  gtk_widget_set_visible (self->progress, running);
  gtk_widget_set_sensitive (self->export, g_list_model_get_n_items (tb_list_page_get_list (TB_LIST_PAGE (self))) > 0);
}

static void
fraction_cb (TbJob *job, GParamSpec *property, TbNumbersPage *self)
{
  double fraction = tb_job_get_fraction (job);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), fraction);
  else
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->progress));
}

static void
let_go_of_job (TbNumbersPage *self)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
}

static void
filter_free (gpointer data)
{
  tb_call_filter_clear (data);
  g_free (data);
}

static gpointer
check_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_number_report_new (store, data, job, error);
}

static void
check_done (GtkWidget *widget, gpointer result)
{
  TbNumbersPage *self = TB_NUMBERS_PAGE (widget);
  g_autoptr (TbNumberReport) report = result;
  guint64 faults = report->verdicts[TB_NUMBER_WRONG_COUNTRY] + report->verdicts[TB_NUMBER_INVALID], all = 0;
  g_autofree char *faults_text = tb_format_number ((gint64) faults), *all_text = NULL, *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (report->verdicts); i++)
    all += report->verdicts[i];
  all_text = tb_format_number ((gint64) all);
  let_go_of_job (self);
  self->checked = tb_page_get_books (TB_PAGE (self));
  tb_list_page_take (TB_LIST_PAGE (self), report->patterns, (GDestroyNotify) tb_number_pattern_free);
  update_tools (self);
  /* Translators: how many numbers of how many calls are wrong */
  text = g_strdup_printf (_ ("Calls checked: %s; with wrong numbers: %s"), all_text, faults_text);
  tb_dialogs_toast (widget, text);
}

static void
check_failed (GtkWidget *widget)
{
  let_go_of_job (TB_NUMBERS_PAGE (widget));
  update_tools (TB_NUMBERS_PAGE (widget));
}

static void
check_cb (TbNumbersPage *self)
{
  TbBooks *books = tb_page_get_books (TB_PAGE (self));
  guint month = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->months));
  int index = self->year * 12 + self->month - (int) month;
  TbCallFilter *filter;

  if (books == NULL || self->job != NULL)
    return;
  filter = g_new0 (TbCallFilter, 1);
  filter->client = g_strdup (tb_client_choices_get (self->clients, self->client_keys));
  if (month > 0 && month <= N_MONTHS)
    tb_books_get_month (books, index / 12, index % 12 + 1, &filter->from, &filter->to);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  self->job = g_object_ref (tb_run (GTK_WIDGET (self), books, _ ("Check numbers"), FALSE, check_func, filter, filter_free,
                                    (GDestroyNotify) tb_number_report_free, check_done, check_failed));
  g_signal_connect (self->job, "notify::fraction", G_CALLBACK (fraction_cb), self);
  update_tools (self);
}

static void
stop_cb (TbNumbersPage *self)
{
  if (self->job != NULL)
    tb_job_cancel (self->job);
}

/* ---- the file ---- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbNumbersPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("The File Could Not Be Written"), error);
  else
    tb_dialogs_toast (GTK_WIDGET (self), _ ("Patterns exported"));
}

static void
path_cb (const char *path, gpointer data)
{
  TbNumbersPage *self = data;
  GListModel *list = tb_list_page_get_list (TB_LIST_PAGE (self));
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  char *csv;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (list, i);

      g_ptr_array_add (shown, tb_item_get (item)); /* the list holds it */
    }
  csv = tb_number_report_to_csv (shown);
  bytes = g_bytes_new_take (csv, strlen (csv));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb, g_object_ref (self));
}

static void
tb_numbers_page_save (TbPage *page)
{
  if (gtk_widget_is_sensitive (TB_NUMBERS_PAGE (page)->export))
    tb_dialogs_save_file (GTK_WIDGET (page), _ ("Export Patterns"), "numbers.csv", path_cb, page);
}

static void
export_cb (TbNumbersPage *self)
{
  tb_numbers_page_save (TB_PAGE (self));
}

/* ---- the page ---- */

static void
fill_months (TbNumbersPage *self, TbBooks *books)
{
  g_autoptr (GListModel) months = NULL;
  int year, month;

  tb_books_get_current_month (books, &year, &month);
  if (year == self->year && month == self->month)
    return;
  self->year = year;
  self->month = month;
  months = tb_widgets_new_months (_ ("All months"), year, month, N_MONTHS);
  tb_widgets_set_choices (self->months, months);
}

/* Results stay when calls come in or are rated: they are of the moment they were asked for. Those of other books go. */
static void
load (TbPage *page)
{
  TbNumbersPage *self = TB_NUMBERS_PAGE (page);
  TbBooks *books = tb_page_get_books (page);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  tb_client_choices_fill (self->clients, self->client_keys, tb_books_get_setup (books));
  fill_months (self, books);
  if (self->checked != books)
    tb_list_page_take (TB_LIST_PAGE (self), none, NULL);
  update_tools (self);
}

static GtkWidget *
add_button (TbNumbersPage *self, GtkWidget *box, GtkWidget *button, const char *tooltip, GCallback callback)
{
  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
add_choice (GtkWidget *box, const char *name)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  gtk_widget_set_tooltip_text (choice, name);
  tb_widgets_set_label (choice, name);
  if (box != NULL)
    gtk_box_append (GTK_BOX (box), choice);
  return choice;
}

static void
add_tools (TbNumbersPage *self)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));

  self->clients = add_choice (box, _ ("Client"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->clients), TRUE);
  self->months = add_choice (box, _ ("Month"));
  self->check = add_button (self, box, gtk_button_new_with_mnemonic (_ ("_Check")), _ ("Check the numbers of these calls"), G_CALLBACK (check_cb));
  gtk_widget_add_css_class (self->check, "suggested-action");
  self->progress = gtk_progress_bar_new ();
  gtk_widget_set_valign (self->progress, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->progress, 90, -1);
  tb_widgets_set_label (self->progress, _ ("Check numbers"));
  gtk_box_append (GTK_BOX (box), self->progress);
  self->stop = add_button (self, box, gtk_button_new_with_mnemonic (_ ("_Stop")), _ ("Stop checking"), G_CALLBACK (stop_cb));
  self->export = add_button (self, box, gtk_button_new_from_icon_name ("document-save-symbolic"), _ ("Export the patterns shown as CSV (Ctrl+S)"),
                             G_CALLBACK (export_cb));
  g_object_set (self, "tools", box, NULL);
}

static void
add_verdicts (TbNumbersPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All"));
  gtk_string_list_append (names, _ ("To mend"));
  for (guint i = 0; i <= TB_NUMBER_EXTENSION; i++)
    gtk_string_list_append (names, tb_number_verdict_to_display (i));
  self->verdicts = add_choice (NULL, _ ("Verdict"));
  tb_widgets_set_choices (self->verdicts, G_LIST_MODEL (names));
  tb_list_page_add_tool (TB_LIST_PAGE (self), self->verdicts);
}

static void
tb_numbers_page_dispose (GObject *object)
{
  TbNumbersPage *self = TB_NUMBERS_PAGE (object);

  let_go_of_job (self);
  g_clear_pointer (&self->client_keys, g_ptr_array_unref);

  G_OBJECT_CLASS (tb_numbers_page_parent_class)->dispose (object);
}

static void
tb_numbers_page_class_init (TbNumbersPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_numbers_page_dispose;
  TB_PAGE_CLASS (klass)->load = load;
  TB_PAGE_CLASS (klass)->save = tb_numbers_page_save;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->passes = passes;
  TB_LIST_PAGE_CLASS (klass)->show = show;
}

static void
tb_numbers_page_init (TbNumbersPage *self)
{
  GtkWidget *scroller = tb_detail_new (&self->detail);

  self->client_keys = g_ptr_array_new_with_free_func (g_free);
  add_tools (self);
  add_verdicts (self);
  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Patterns"), columns, G_N_ELEMENTS (columns), scroller, 490, "tb-numbers-symbolic",
                       _ ("No Numbers Checked"),
                       _ ("Check finds numbers that no country has, or another one than was meant, and the rule for the dial plan that mends them."));
  g_signal_connect_object (self->verdicts, "notify::selected", G_CALLBACK (tb_list_page_filter), self, G_CONNECT_SWAPPED);
  update_tools (self);
}
