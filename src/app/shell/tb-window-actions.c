/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-window-private.h"

#include <glib/gi18n.h>

#include "tb-billing-run.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-rating-run.h"
#include "tb-rerating-dialog.h"
#include "tb-run.h"
#include "tb-setup-file.h"

typedef struct
{
  int year, month;
  char *path;
  gboolean incomplete;
  TbWindow *window; /* of a question */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->path);
  g_free (order);
}

/* ---- rating ---- */

static void
counts_free (gpointer data)
{
  tb_rating_counts_clear (data);
  g_free (data);
}

static gpointer
rate_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbRatingCounts *counts = g_new0 (TbRatingCounts, 1);

  if (tb_rating_run (store, 0, 0, FALSE, counts, job, error))
    return counts;
  g_free (counts);
  return NULL;
}

static void
rate_done (GtkWidget *widget, gpointer result)
{
  TbRatingCounts *counts = result;
  g_autofree char *rated = tb_format_number (counts->rated);
  g_autofree char *sums = tb_format_sums (counts->charges);
  guint64 missing = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (tb_call_status_is_unrated (i))
      missing += counts->statuses[i];

  if (counts->rated > 0)
    g_string_append_printf (text, g_dngettext (NULL, "%s call rated, %s", "%s calls rated, %s", counts->rated), rated, sums);
  else
    g_string_append (text, _ ("No call waited for a price"));
  if (missing > 0)
    {
      g_autofree char *number = tb_format_number (missing);

      g_string_append_printf (text, g_dngettext (NULL, "; %s without a price", "; %s without a price", missing), number);
    }
  tb_window_add_toast (TB_WINDOW (widget), text->str);
  counts_free (counts);
}

static void
rate_confirmed (gpointer data)
{
  TbWindow *self = data;

  tb_run (GTK_WIDGET (self), tb_window_get_books (self), _ ("Rate calls"), TRUE, rate_func, NULL, NULL, counts_free, rate_done, NULL);
}

static void
rate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_confirm (data, _ ("Rate Calls?"), _ ("Every call that has no price yet is rated. Calls that were rated before stay as they are."),
                      _ ("_Rate"), FALSE, rate_confirmed, data, NULL);
}

static void
rate_again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (tb_rerating_dialog_new (data, tb_window_get_books (data))));
}

/* ---- billing ---- */

static void
ask_month (TbWindow *self, const char *title, const char *body, const char *verb, TbMonthChosen done)
{
  int year, month;

  tb_books_get_current_month (tb_window_get_books (self), &year, &month);
  tb_dialogs_ask_month (GTK_WIDGET (self), title, body, verb, year, month, done, self);
}

static gpointer
drafts_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Order *order = data;

  return tb_billing_run (store, order->year, order->month, NULL, order->incomplete ? TB_BILLING_INCOMPLETE : 0, job, error);
}

static void run_drafts (TbWindow *self, int year, int month, gboolean incomplete);

static void
bill_anyway (gpointer data)
{
  const Order *order = data;

  run_drafts (order->window, order->year, order->month, TRUE);
}

static void
look_at_them (gpointer data)
{
  tb_window_show_page (((Order *) data)->window, "triage", NULL);
}

static char *
hold_text (TbBooks *books, const TbBillingHold *hold)
{
  g_autofree char *calls = tb_format_number ((gint64) hold->calls);
  g_autofree char *missing = hold->estimate.currency != TB_CURRENCY_NONE ? tb_money_to_display (hold->estimate) : NULL;
  const char *name = tb_books_get_client_name (books, hold->client);

  return missing != NULL ? g_strdup_printf (g_dngettext (NULL, "%s: %s call, about %s", "%s: %s calls, about %s", hold->calls), name, calls, missing)
                         : g_strdup_printf (g_dngettext (NULL, "%s: %s call", "%s: %s calls", hold->calls), name, calls);
}

/* Who is held back, and what that is worth: mend it, or bill without it. */
static void
show_held (TbWindow *self, const TbBillingRun *run, const char *counts)
{
  g_autoptr (GString) body = g_string_new (counts);
  Order *order = g_new0 (Order, 1);

  order->window = self;
  order->year = run->year;
  order->month = run->month;
  g_string_append (body, _ ("\n\nThese have calls without a price and got no draft:"));
  for (guint i = 0; i < run->held->len && i < 12; i++)
    {
      g_autofree char *text = hold_text (tb_window_get_books (self), run->held->pdata[i]);

      g_string_append_printf (body, "\n%s", text);
    }
  if (run->held->len > 12)
    g_string_append_printf (body, _ ("\nand %u more"), run->held->len - 12);
  tb_dialogs_choose (GTK_WIDGET (self), _ ("Clients Held Back"), body->str, _ ("_Look at Them"), look_at_them, _ ("_Bill Anyway"), bill_anyway, order,
                     order_free);
}

static void
drafts_done (GtkWidget *widget, gpointer result)
{
  g_autoptr (TbBillingRun) run = result;
  g_autofree char *text = NULL;

  text = g_strdup_printf (_ ("Drafts: %u new, %u made again, %u unchanged; %u approved before"), run->created, run->replaced,
                          run->unchanged, run->approved_before);
  tb_window_show_page (TB_WINDOW (widget), "invoices", NULL);
  if (run->held->len > 0)
    show_held (TB_WINDOW (widget), run, text);
  else if (run->warnings != NULL && run->warnings->len > 0)
    {
      g_autoptr (GString) body = g_string_new (text);

      for (guint i = 0; i < run->warnings->len && i < 12; i++)
        g_string_append_printf (body, "\n\n%s", (const char *) g_ptr_array_index (run->warnings, i));
      if (run->warnings->len > 12)
        g_string_append_printf (body, _ ("\n\nand %u more"), run->warnings->len - 12);
      tb_dialogs_show_text (widget, _ ("Drafts Made, With Warnings"), body->str);
    }
  else
    tb_window_add_toast (TB_WINDOW (widget), text);
}

static void
run_drafts (TbWindow *self, int year, int month, gboolean incomplete)
{
  Order *order = g_new0 (Order, 1);

  order->year = year;
  order->month = month;
  order->incomplete = incomplete;
  tb_run (GTK_WIDGET (self), tb_window_get_books (self), _ ("Make drafts"), TRUE, drafts_func, order, order_free,
          (GDestroyNotify) tb_billing_run_free, drafts_done, NULL);
}

static void
drafts_month_cb (int year, int month, gpointer data)
{
  run_drafts (data, year, month, FALSE);
}

static void
make_drafts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_month (data, _ ("Make Drafts"), _ ("One draft for each client with a service period that ends in the month."), _ ("_Make Drafts"),
             drafts_month_cb);
}

/* ---- the books as a file ---- */

static gpointer
check_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  if (!tb_store_check (store, &findings, job, error))
    return NULL;
  return findings != NULL ? g_steal_pointer (&findings) : g_ptr_array_new ();
}

static void
check_done (GtkWidget *widget, gpointer result)
{
  g_autoptr (GPtrArray) findings = result;
  g_autoptr (GString) text = g_string_new (NULL);

  if (findings->len == 0)
    {
      tb_window_add_toast (TB_WINDOW (widget), _ ("The books are sound"));
      return;
    }
  for (guint i = 0; i < findings->len && i < 20; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (findings, i));
  tb_dialogs_show_text (widget, _ ("The Books Have Faults"), text->str);
}

static void
check_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_run (data, tb_window_get_books (data), _ ("Check books"), FALSE, check_func, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
          check_done, NULL);
}

static gpointer
back_up_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_store_backup (store, ((Order *) data)->path, job, error) ? TB_RUN_OK : NULL;
}

static void
back_up_done (GtkWidget *widget, gpointer result)
{
  tb_window_add_toast (TB_WINDOW (widget), _ ("Backup written"));
}

static void
back_up_path_cb (const char *path, gpointer data)
{
  Order *order = g_new0 (Order, 1);

  order->path = g_strdup (path);
  tb_run (data, tb_window_get_books (data), _ ("Back up"), FALSE, back_up_func, order, order_free, NULL, back_up_done, NULL);
}

static void
back_up_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *name = g_path_get_basename (tb_books_get_path (tb_window_get_books (data)));
  g_autofree char *copy = g_strconcat (name, ".backup", NULL);

  tb_dialogs_save_file (data, _ ("Back Up Books"), copy, back_up_path_cb, data);
}

typedef struct
{
  char *backup, *books;
} Restore;

static void
restore_free (gpointer data)
{
  Restore *restore = data;

  g_free (restore->backup);
  g_free (restore->books);
  g_free (restore);
}

static void
restore_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Restore *restore = data;
  GError *error = NULL;

  if (tb_store_restore (restore->backup, restore->books, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  TbWindow *self = TB_WINDOW (source);
  const Restore *restore = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("The Backup Could Not Be Restored"), error);
  if (tb_window_open_books (self, restore->books) && error == NULL)
    tb_window_add_toast (self, _ ("Restored; the books as they were are beside them"));
}

static void
restore_path_cb (const char *path, gpointer data)
{
  TbWindow *self = data;
  g_autoptr (GTask) task = g_task_new (self, NULL, restored_cb, NULL);
  Restore *restore = g_new (Restore, 1);

  *restore = (Restore){ g_strdup (path), g_strdup (tb_books_get_path (tb_window_get_books (self))) };
  g_task_set_source_tag (task, restore_path_cb);
  g_task_set_task_data (task, restore, restore_free);

  /* The books must be closed while their file is replaced; so there is no session whose job this could be. */
  tb_window_close_books (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  g_task_run_in_thread (task, restore_thread);
}

static void
restore_confirmed (gpointer data)
{
  tb_dialogs_open_file (data, _ ("Restore From Backup"), NULL, NULL, restore_path_cb, data);
}

static void
restore_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_confirm (data, _ ("Restore From a Backup?"),
                      _ ("The books are replaced by the backup. They are kept beside it as a file that ends in “.before-restore”."),
                      _ ("_Choose Backup…"), TRUE, restore_confirmed, data, NULL);
}

static void
open_path_cb (const char *path, gpointer data)
{
  tb_window_open_books (data, path);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_open_file (data, _ ("Open Books"), _ ("Tollbook books"), "*.tollbook", open_path_cb, data);
}

static gpointer
apply_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  GPtrArray *changes = NULL;

  if (!tb_setup_file_apply (store, ((Order *) data)->path, FALSE, &changes, job, error))
    return NULL;
  return changes != NULL ? changes : g_ptr_array_new ();
}

static void
apply_done (GtkWidget *widget, gpointer result)
{
  g_autoptr (GPtrArray) changes = result;
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u change applied", "%u changes applied", changes->len), changes->len);

  tb_window_add_toast (TB_WINDOW (widget), text);
}

static void
apply_path_cb (const char *path, gpointer data)
{
  Order *order = g_new0 (Order, 1);

  order->path = g_strdup (path);
  tb_run (data, tb_window_get_books (data), _ ("Apply set-up"), TRUE, apply_func, order, order_free, (GDestroyNotify) g_ptr_array_unref,
          apply_done, NULL);
}

static void
apply_setup_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_open_file (data, _ ("Apply Set-up File"), _ ("Set-up files"), "*.json", apply_path_cb, data);
}

/* ---- the page that is shown ---- */

static void
refresh_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_books_refresh (tb_window_get_books (data));
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_page_find (tb_window_get_page (data));
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_page_print (tb_window_get_page (data));
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_page_save (tb_window_get_page (data));
}

static void
toggle_details_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_page_toggle_details (tb_window_get_page (data));
}

static void
toast_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_window_add_toast (data, g_variant_get_string (parameter, NULL));
}

static const GActionEntry entries[] = {
  { "rate", rate_cb }, { "rate-again", rate_again_cb }, { "make-drafts", make_drafts_cb }, { "check", check_cb },
  { "back-up", back_up_cb }, { "restore", restore_cb }, { "apply-setup", apply_setup_cb }, { "refresh", refresh_cb },
  { "find", find_cb }, { "print", print_cb }, { "save", save_cb }, { "toggle-details", toggle_details_cb },
  /* These work without books too. */
  { "open", open_cb }, { "toast", toast_cb, "s" },
};

void
tb_window_install_actions (TbWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
tb_window_update_actions (TbWindow *self)
{
  gboolean open = tb_window_get_books (self) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries) - 2; i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name)), open);
}
