/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-import.h"

#include <glib/gi18n.h>

#include "tb-cdr-import.h"
#include "tb-import-result.h"
#include "tb-run.h"
#include "tb-widgets.h"

#define REJECTS_SHOWN 1000

/* A file on its way into the books. */
typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  char *connection;
  char *path;
  GtkWidget *choice; /* of the question which connection */
} Order;

static Order *
order_new (GtkWidget *widget, TbBooks *books, const char *connection, const char *path)
{
  Order *order = g_new0 (Order, 1);

  order->widget = g_object_ref (widget);
  order->books = g_object_ref (books);
  order->connection = g_strdup (connection);
  order->path = g_strdup (path);
  return order;
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->widget);
  g_clear_object (&order->books);
  g_free (order->connection);
  g_free (order->path);
  g_free (order);
}

/* ---- the result ---- */

static void
present (GtkWidget *widget, const char *source, const char *connection, const TbImportCounts *counts, GPtrArray *problems)
{
  g_autofree char *subtitle = g_strdup_printf ("%s → %s", source, connection);
  TbImportResult *dialog = tb_import_result_new (widget, _ ("Calls Imported"), subtitle);

  tb_import_result_add_count (dialog, _ ("Read"), counts->read, NULL);
  tb_import_result_add_count (dialog, _ ("New"), counts->added, "success");
  tb_import_result_add_count (dialog, _ ("Duplicate"), counts->duplicate, NULL);
  tb_import_result_add_count (dialog, _ ("Changed"), counts->changed, "warning");
  if (counts->conflict > 0)
    tb_import_result_add_count (dialog, _ ("Invoiced, Kept Aside"), counts->conflict, "warning");
  tb_import_result_add_count (dialog, _ ("Rejected"), counts->rejected, "error");
  tb_import_result_take_problems (dialog, problems, counts->rejected);
  if (counts->added + counts->changed > 0)
    tb_import_result_set_next (dialog, _ ("_Rate Calls…"), "win.rate");
  gtk_window_present (GTK_WINDOW (dialog));
}

static GPtrArray *
problems_new (GPtrArray *rejects)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_problem_free);

  for (guint i = 0; i < rejects->len; i++)
    {
      const TbReject *reject = g_ptr_array_index (rejects, i);

      g_ptr_array_add (problems, tb_problem_new (reject->line, NULL, reject->reason, reject->raw));
    }
  return problems;
}

/* What came of an order. */
typedef struct
{
  TbCdrImport *import;
  char *connection;
} Result;

static void
result_free (gpointer data)
{
  Result *result = data;

  tb_cdr_import_free (result->import);
  g_free (result->connection);
  g_free (result);
}

static gpointer
import_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  TbCdrImport *import = tb_cdr_import_run (store, order->path, order->connection, NULL, NULL, NULL, job, error);
  Result *result;

  if (import == NULL)
    return NULL;
  result = g_new (Result, 1);
  *result = (Result){ import, g_strdup (order->connection) };
  return result;
}

static void
import_done (GtkWidget *widget, gpointer data)
{
  Result *result = data;
  g_autoptr (GPtrArray) problems = problems_new (result->import->rejects);

  present (widget, result->import->source, result->connection, &result->import->counts, problems);
  result_free (result);
}

/* The worker may let go of the order last: nothing of the main thread goes with it. */
static void
run (Order *order)
{
  g_autoptr (GtkWidget) widget = g_steal_pointer (&order->widget);
  g_autoptr (TbBooks) books = g_steal_pointer (&order->books);
  /* Translators: %s is a connection */
  g_autofree char *title = g_strdup_printf (_ ("Import calls of %s"), order->connection);

  tb_run (widget, books, title, TRUE, import_func, order, order_free, result_free, import_done, NULL);
}

/* ---- which connection ---- */

static GtkStringList *
names_new (TbBooks *books)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  const TbSetup *setup = tb_books_get_setup (books);

  for (guint i = 0; i < setup->connections->len; i++)
    gtk_string_list_append (names, ((TbConnection *) g_ptr_array_index (setup->connections, i))->name);
  return names;
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Order *order = data;
  GtkStringObject *name = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (order->choice));

  if (!g_str_equal (response, "go") || name == NULL)
    {
      order_free (order);
      return;
    }
  order->connection = g_strdup (gtk_string_object_get_string (name));
  run (order);
}

static void
ask (Order *order, GListModel *names)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (order->widget)), _ ("Whose Calls Are These?"), NULL);
  g_autofree char *file = g_path_get_basename (order->path);
  g_autofree char *body = g_strdup_printf (_ ("“%s” is read as calls of one connection, with its format and time zone."), file);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  order->choice = gtk_drop_down_new (g_object_ref (names), NULL);
  gtk_widget_set_halign (order->choice, GTK_ALIGN_CENTER);
  tb_widgets_set_label (order->choice, _ ("Connection"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), order->choice);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "go", _ ("_Import"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), order);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- public ---- */

void
tb_call_import_choose (GtkWidget *widget, TbFileChosen done, gpointer data)
{
  tb_dialogs_open_file (widget, _ ("Import Call Records"), _ ("Call records"), "*.csv;*.txt;*.tsv;*.log;*.json;*.xml;*.sql", done, data);
}

void
tb_call_import_file (GtkWidget *widget, TbBooks *books, const char *connection, const char *path)
{
  g_autoptr (GtkStringList) names = names_new (books);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (names));

  if (connection == NULL && n == 1)
    connection = gtk_string_list_get_string (names, 0);
  if (connection != NULL)
    run (order_new (widget, books, connection, path));
  else if (n > 1)
    ask (order_new (widget, books, NULL, path), G_LIST_MODEL (names));
  else
    tb_dialogs_show_text (widget, _ ("There Is No Connection Yet"),
                          _ ("Call records belong to a connection, which says their format and time zone. Connections come with a set-up "
                             "file: main menu, Apply Set-up File."));
}

/* ---- an import of before ---- */

typedef struct
{
  TbImport *import;
  GPtrArray *rejects;
} Past;

static void
past_free (gpointer data)
{
  Past *past = data;

  tb_import_free (past->import);
  g_clear_pointer (&past->rejects, g_ptr_array_unref);
  g_free (past);
}

static TbImport *
copy_import (const TbImport *import)
{
  TbImport *copy = g_memdup2 (import, sizeof *import);

  copy->connection = g_strdup (import->connection);
  copy->source = g_strdup (import->source);
  copy->format = g_strdup (import->format);
  return copy;
}

static gpointer
read_past (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbImport *import = data;
  GPtrArray *rejects = tb_import_store_list_rejects (store, import->id, REJECTS_SHOWN, error);
  Past *past;

  if (rejects == NULL)
    return NULL;
  past = g_new (Past, 1);
  *past = (Past){ copy_import (import), rejects };
  return past;
}

static void
show_past (TbPage *page, gpointer result)
{
  Past *past = result;
  const TbImport *import = past->import;
  g_autoptr (GPtrArray) problems = problems_new (past->rejects);
  const TbImportCounts counts = { import->id, import->read, import->added, import->duplicate, import->changed, import->conflict,
                                  import->rejected };

  present (GTK_WIDGET (page), import->source, import->connection, &counts, problems);
  past_free (past);
}

void
tb_call_import_show (TbPage *page, GCancellable **slot, const TbImport *import)
{
  tb_page_read (page, slot, read_past, copy_import (import), (GDestroyNotify) tb_import_free, past_free, show_past);
}
