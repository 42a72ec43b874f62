/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-clock.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-posting-row.h"
#include "tb-posting-store.h"
#include "tb-run.h"
#include "tb-whmcs-ledger.h"
#include "tb-whmcs-ask.h"
#include "tb-whmcs-compare.h"
#include "tb-whmcs-review-dialog.h"
#include "tb-whmcs-send.h"
#include "tb-whmcs-settings.h"
#include "tb-widgets.h"

struct _TbWhmcsPage
{
  TbListPage parent_instance;

  GCancellable *loading, *telling;
  GtkWidget *views; /* drop-down: which rows */
  GtkWidget *detail;
  GtkWidget *story; /* of the row that is shown; borrowed, NULL while there is none */
  GSimpleActionGroup *actions;
  char *leaving;    /* what the next push takes, in a sentence; NULL = nothing */
  gboolean pushing;
};

G_DEFINE_FINAL_TYPE (TbWhmcsPage, tb_whmcs_page, TB_TYPE_LIST_PAGE)

/* ---- the list ---- */

static const char *
get_key (gconstpointer value)
{
  return ((const TbPostingRow *) value)->key;
}

static gboolean
is_called (gconstpointer value, const char *name)
{
  return g_strcmp0 (((const TbPostingRow *) value)->posting->number, name) == 0;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbPostingRow *row = value;
  g_autofree char *title = tb_posting_row_dup_title (row);

  return tb_list_page_text_matches (title, folded) || tb_list_page_text_matches (row->name, folded)
         || tb_list_page_text_matches (row->posting->client, folded) || tb_list_page_text_matches (row->posting->marker, folded);
}

static gboolean
passes (TbListPage *page, gconstpointer value)
{
  return tb_posting_row_is_in (value, gtk_drop_down_get_selected (GTK_DROP_DOWN (TB_WHMCS_PAGE (page)->views)));
}

/* Not a posting but a view of them: "trouble", "to-go". */
static void
show_item (TbPage *page, const char *item)
{
  static const struct { const char *item; TbPostingView view; } views[] = { { "trouble", TB_POSTING_VIEW_TROUBLE }, { "to-go", TB_POSTING_VIEW_OPEN } };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_str_equal (item, views[i].item))
      {
        gtk_drop_down_set_selected (GTK_DROP_DOWN (TB_WHMCS_PAGE (page)->views), views[i].view);
        return;
      }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (TB_WHMCS_PAGE (page)->views), TB_POSTING_VIEW_ALL);
  TB_PAGE_CLASS (tb_whmcs_page_parent_class)->show_item (page, item);
}

static gpointer
read_rows (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_posting_rows_read (store, error);
}

static void update_push (TbWhmcsPage *self);

static void
show_rows (TbPage *page, gpointer data)
{
  TbWhmcsPage *self = TB_WHMCS_PAGE (page);
  g_autoptr (GPtrArray) rows = data;

  g_free (self->leaving);
  self->leaving = tb_posting_rows_dup_leaving (rows);
  update_push (self);
  tb_list_page_take (TB_LIST_PAGE (page), rows, tb_posting_row_free);
}

static void
load (TbPage *page)
{
  tb_page_read (page, &TB_WHMCS_PAGE (page)->loading, read_rows, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, show_rows);
}

/* ---- a row in full ---- */

static void
add_money (GtkWidget *list, const char *title, TbMoney money)
{
  g_autofree char *text = money.currency != TB_CURRENCY_NONE ? tb_format_sum (money) : NULL;

  tb_widgets_add_value (list, title, text);
}

static void
add_number (GtkWidget *list, const char *title, gint64 number)
{
  g_autofree char *text = number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;

  tb_widgets_add_value (list, title, text);
}

static void
add_time (TbWhmcsPage *self, GtkWidget *list, const char *title, gint64 time)
{
  g_autofree char *text = time > 0 ? tb_format_time (time, tb_books_get_zone (tb_page_get_books (TB_PAGE (self)))) : NULL;

  tb_widgets_add_value (list, title, text);
}

static void
add_facts (TbWhmcsPage *self, const TbPostingRow *row)
{
  const TbPosting *posting = row->posting;
  GtkWidget *list = tb_detail_add_group (self->detail, _ ("Posting"));

  tb_widgets_add_value (list, _ ("State"), tb_posting_row_get_state (row));
  add_money (list, _ ("Amount"), posting->amount);
  add_money (list, _ ("Month before"), row->before);
  add_money (list, _ ("Difference"), row->difference);
  tb_widgets_add_value (list, _ ("Part"), *posting->part != '\0' ? posting->part : NULL);
  add_number (list, _ ("Number in the ledger"), posting->id);
  add_number (list, _ ("Number at WHMCS"), posting->remote_id);
  tb_widgets_add_value (list, _ ("Mark"), posting->id != 0 ? posting->marker : NULL);
  if (tb_posting_place_is_open (&posting->place) && posting->place.not_before > tb_clock_now ())
    add_time (self, list, _ ("Goes on at"), posting->place.not_before);
}

static gpointer
read_story (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_posting_store_list_moves (store, GPOINTER_TO_UINT (data), error);
}

static void
show_story (TbPage *page, gpointer data)
{
  TbWhmcsPage *self = TB_WHMCS_PAGE (page);
  g_autoptr (GPtrArray) moves = data;

  if (self->story == NULL)
    return;
  tb_widgets_clear (self->story);
  for (guint i = moves->len; i-- > 0;)
    {
      const TbPostingMove *move = moves->pdata[i];
      g_autofree char *time = tb_format_time (move->time, tb_books_get_zone (tb_page_get_books (page)));
      g_autofree char *under = g_strdup_printf ("%s · %s", time, tb_posting_state_to_display (move->state));

      tb_widgets_add_row (self->story, move->text, under);
    }
}

static void
add_button (GtkWidget *box, const char *text, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
}

/* In two lines, because four buttons side by side would take their width from the list. */
static void
add_buttons (TbWhmcsPage *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *work = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *places = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (lines), work);
  gtk_box_append (GTK_BOX (lines), places);
  add_button (work, _ ("_Try Again"), "whmcs.retry");
  add_button (work, _ ("Put _Aside"), "whmcs.park");
  add_button (places, _ ("Show _Invoice"), "whmcs.show-invoice");
  add_button (places, _ ("Show _Client"), "whmcs.show-client");
  tb_widgets_name_controls (lines);
  gtk_box_append (GTK_BOX (self->detail), lines);
}

static void
enable (TbWhmcsPage *self, const char *action, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), action)), enabled);
}

static void
update_actions (TbWhmcsPage *self, const TbPostingRow *row)
{
  const TbPosting *posting = row != NULL && row->posting->id != 0 ? row->posting : NULL;
  TbPostingState state = posting != NULL ? posting->place.state : TB_POSTING_DONE;

  enable (self, "retry", state == TB_POSTING_FAILED || state == TB_POSTING_PARKED);
  enable (self, "park", posting != NULL && tb_posting_place_is_open (&posting->place));
  enable (self, "show-invoice", row != NULL && row->posting->document != 0);
  enable (self, "show-client", row != NULL);
}

/* What a person should read first. */
static char *
dup_remark (const TbPostingRow *row)
{
  const char *text = row->blocked != NULL ? row->blocked : row->posting->message;
  g_autofree char *first = text != NULL ? g_utf8_substring (text, 0, g_utf8_strlen (text, 4) > 0 ? 1 : 0) : NULL;
  g_autofree char *upper = first != NULL ? g_utf8_strup (first, -1) : NULL;

  if (text != NULL) /* what stands behind a colon elsewhere is a sentence here */
    return g_strconcat (upper, text + strlen (first), NULL);
  return row->posting->id == 0 ? g_strdup (_ ("Goes with the next push.")) : NULL;
}

static void
show (TbListPage *page, gpointer value)
{
  TbWhmcsPage *self = TB_WHMCS_PAGE (page);
  const TbPostingRow *row = value;
  g_autofree char *title = row != NULL ? tb_posting_row_dup_title (row) : NULL;
  g_autofree char *remark = row != NULL ? dup_remark (row) : NULL;

  tb_widgets_let_go_of_focus (self->detail);
  self->story = NULL;
  tb_detail_clear (self->detail);
  update_actions (self, row);
  if (row == NULL)
    return;
  tb_detail_add_title (self->detail, title, row->name != NULL ? row->name : row->posting->client);
  if (remark != NULL)
    tb_detail_add_text (self->detail, remark, tb_posting_row_is_trouble (row) ? "error" : "dim-label");
  add_facts (self, row);
  add_buttons (self);
  if (row->posting->id == 0)
    return;
  self->story = tb_detail_add_group (self->detail, _ ("Story"));
  tb_page_read (TB_PAGE (self), &self->telling, read_story, GUINT_TO_POINTER (row->posting->id), NULL, (GDestroyNotify) g_ptr_array_unref, show_story);
}

/* ---- actions ---- */

static const TbPosting *
get_chosen (TbWhmcsPage *self)
{
  const TbPostingRow *row = tb_list_page_get_selected (TB_LIST_PAGE (self));

  return row != NULL ? row->posting : NULL;
}

static gpointer
retry_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_whmcs_ledger_retry (store, GPOINTER_TO_UINT (data), tb_clock_now (), error);
}

static gpointer
park_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_whmcs_ledger_park (store, GPOINTER_TO_UINT (data), tb_clock_now (), error);
}

static void
retry_done (GtkWidget *widget, gpointer result)
{
  tb_dialogs_toast (widget, _ ("The next push tries it again"));
  tb_posting_free (result);
}

static void
park_done (GtkWidget *widget, gpointer result)
{
  tb_dialogs_toast (widget, _ ("Put aside: nothing of it is sent"));
  tb_posting_free (result);
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_run (data, tb_page_get_books (data), _ ("Try again"), TRUE, retry_func, GUINT_TO_POINTER (get_chosen (data)->id), NULL,
          (GDestroyNotify) tb_posting_free, retry_done, NULL);
}

static void
park_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_run (data, tb_page_get_books (data), _ ("Put aside"), TRUE, park_func, GUINT_TO_POINTER (get_chosen (data)->id), NULL,
          (GDestroyNotify) tb_posting_free, park_done, NULL);
}

static void
show_invoice_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_activate_action (data, "win.show-page", "(ss)", "invoices", get_chosen (data)->number);
}

static void
show_client_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_activate_action (data, "win.show-page", "(ss)", "clients", get_chosen (data)->client);
}

/* ---- the push ---- */

static void
update_push (TbWhmcsPage *self)
{
  enable (self, "push", self->leaving != NULL && !self->pushing);
}

static void
sending_cb (GtkWidget *widget, gboolean sending)
{
  TB_WHMCS_PAGE (widget)->pushing = sending;
  update_push (TB_WHMCS_PAGE (widget));
}

static void
push_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbWhmcsPage *self = data;

  tb_whmcs_send_run (data, tb_page_get_books (data), self->leaving, sending_cb);
}

static void
test_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (tb_page_get_books (data) != NULL)
    tb_whmcs_test_run (data, tb_page_get_books (data));
}

static void
pull_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (tb_page_get_books (data) != NULL)
    tb_whmcs_pull_run (data, tb_page_get_books (data));
}

static void
compare_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (tb_page_get_books (data) != NULL)
    tb_whmcs_compare_run (data, tb_page_get_books (data));
}

static void
review_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (tb_page_get_books (data) != NULL)
    tb_whmcs_review_run (data, tb_page_get_books (data));
}

static void
settings_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (tb_page_get_books (data) != NULL)
    tb_whmcs_settings_run (data, tb_page_get_books (data));
}

static const TbPageAction actions[] = {
  { "retry", retry_cb, N_ ("Try Chosen Posting Again") },
  { "park", park_cb, N_ ("Put Chosen Posting Aside") },
  { "show-invoice", show_invoice_cb, N_ ("Show Invoice of Chosen Posting") },
  { "show-client", show_client_cb, N_ ("Show Client of Chosen Posting") },
  { "push", push_cb, N_ ("Post to WHMCS") },
  { "test", test_cb, N_ ("Test the Connection to WHMCS") },
  { "pull", pull_cb, N_ ("Read From WHMCS") },
  { "review", review_cb, N_ ("Review Differences to WHMCS") },
  { "compare", compare_cb, N_ ("Compare Invoices Here and at WHMCS") },
  { "settings", settings_cb, N_ ("WHMCS Settings") },
};

/* ---- class ---- */

static void
tb_whmcs_page_dispose (GObject *object)
{
  TbWhmcsPage *self = TB_WHMCS_PAGE (object);

  self->story = NULL;
  g_clear_object (&self->loading);
  g_clear_object (&self->telling);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->leaving, g_free);

  G_OBJECT_CLASS (tb_whmcs_page_parent_class)->dispose (object);
}

static void
tb_whmcs_page_class_init (TbWhmcsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_whmcs_page_dispose;
  TB_PAGE_CLASS (klass)->load = load;
  TB_PAGE_CLASS (klass)->show_item = show_item;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->is_called = is_called;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->passes = passes;
  TB_LIST_PAGE_CLASS (klass)->show = show;
}

static void
add_views (TbWhmcsPage *self)
{
  const char *const texts[] = { _ ("To go"), _ ("Trouble"), _ ("Done"), _ ("All"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (texts);

  self->views = gtk_drop_down_new (NULL, NULL);
  tb_widgets_set_choices (self->views, G_LIST_MODEL (list));
  tb_widgets_set_label (self->views, _ ("Which postings"));
  gtk_widget_set_tooltip_text (self->views, _ ("Which postings"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->views), TB_POSTING_VIEW_ALL);
  tb_list_page_add_tool (TB_LIST_PAGE (self), self->views);
}

static void
add_compare (TbWhmcsPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Compare…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "whmcs.compare");
  gtk_widget_set_tooltip_text (button, _ ("Invoices here beside those at WHMCS"));
  tb_list_page_add_tool (TB_LIST_PAGE (self), button);
}

/* They stand in the header bar, outside the page, so they get its actions themselves. */
static void
add_tools (TbWhmcsPage *self)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));

  gtk_widget_insert_action_group (box, "whmcs", G_ACTION_GROUP (self->actions));
  add_button (box, _ ("_Test"), "whmcs.test");
  add_button (box, _ ("P_ull"), "whmcs.pull");
  add_button (box, _ ("_Review…"), "whmcs.review");
  add_button (box, _ ("_Push…"), "whmcs.push");
  add_button (box, _ ("_Set Up…"), "whmcs.settings");
  tb_widgets_name_controls (box);
  g_object_set (self, "tools", box, NULL);
}

static void
tb_whmcs_page_init (TbWhmcsPage *self)
{
  GtkWidget *scroller = tb_detail_new (&self->detail);

  self->actions = g_object_ref (tb_page_add_actions (TB_PAGE (self), "whmcs", actions, G_N_ELEMENTS (actions)));
  add_tools (self);
  add_views (self);
  add_compare (self);
  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Postings"), tb_posting_columns, tb_posting_n_columns, scroller, 580, "tb-whmcs-symbolic",
                       _ ("Nothing for WHMCS"), _ ("Approved invoices, credit and new clients wait here for the next push"));
  g_signal_connect_object (self->views, "notify::selected", G_CALLBACK (tb_list_page_filter), self, G_CONNECT_SWAPPED);
  update_actions (self, NULL);
  update_push (self);
}
