/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-record-history.h"

#include <glib/gi18n.h>

#include "tb-form.h"
#include "tb-format.h"
#include "tb-list-page.h"
#include "tb-setup-change-store.h"
#include "tb-widgets.h"

#define CHANGES_MAX 50

typedef struct
{
  char *noun, *name;
} Question;

typedef struct
{
  GtkWidget *list;
  TbBooks *books;
} Reading;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->noun);
  g_free (question->name);
  g_free (question);
}

static gpointer
read_changes (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Question *question = data;

  return tb_setup_change_store_list_of (store, question->noun, question->name, CHANGES_MAX, error);
}

static char *
describe (const TbSetupChange *change)
{
  const TbFormTable *table = tb_form_table_find (change->noun);
  g_auto (GStrv) lines = NULL;

  if (change->old_record == NULL)
    return g_strdup (_ ("Added"));
  if (change->new_record == NULL)
    return g_strdup (_ ("Removed"));
  lines = tb_form_list_changes (table, change->old_record, change->new_record);
  return g_strjoinv ("\n", lines);
}

static void
add_change (GtkWidget *list, const TbSetupChange *change, TbZone *zone)
{
  g_autofree char *time = tb_format_time (change->time, zone), *text = describe (change);
  GtkWidget *row = tb_widgets_add_row (list, time, text);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (change->who != NULL)
    tb_widgets_add_suffix (row, change->who, "dim-label");
}

/* The detail may show something else by now; then the list stands nowhere. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GPtrArray) changes = tb_reader_run_finish (TB_READER (source), result, NULL);
  GtkWidget *group = gtk_widget_get_ancestor (reading->list, ADW_TYPE_PREFERENCES_GROUP);

  for (guint i = 0; group != NULL && changes != NULL && i < changes->len; i++)
    add_change (reading->list, changes->pdata[i], tb_books_get_zone (reading->books));
  if (group != NULL)
    gtk_widget_set_visible (group, changes != NULL && changes->len > 0);
  g_object_unref (reading->list);
  g_object_unref (reading->books);
  g_free (reading);
}

void
tb_record_history_add (GtkWidget *detail, TbBooks *books, const char *noun, const char *name)
{
  Question *question = g_new (Question, 1);
  Reading *reading = g_new (Reading, 1);
  GtkWidget *list = tb_detail_add_group (detail, _ ("Changes"));

  gtk_widget_set_visible (gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP), FALSE);
  *question = (Question){ g_strdup (noun), g_strdup (name) };
  *reading = (Reading){ g_object_ref (list), g_object_ref (books) };
  tb_reader_run_async (tb_books_get_reader (books), NULL, read_changes, question, question_free, (GDestroyNotify) g_ptr_array_unref, read_cb, reading);
}
