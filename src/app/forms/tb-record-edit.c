/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-record-edit.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-form-dialog.h"
#include "tb-record-actions.h"

/* What a dialog edits. */
typedef struct
{
  TbBooks *books;
  GtkWidget *widget;
  char *noun;
  char *name; /* NULL = a new one */
  char *base; /* as it was when the dialog was opened, or NULL */
} Subject;

/* A saving under way. */
typedef struct
{
  TbFormDialog *dialog;
  GtkWidget *widget;
  char *noun;
  char *added; /* the name of a new one, or NULL */
} Saving;

static gboolean
is_filters (const char *noun)
{
  return g_str_equal (noun, "filters");
}

static void
subject_free (gpointer data)
{
  Subject *subject = data;

  g_object_unref (subject->books);
  g_object_unref (subject->widget);
  g_free (subject->noun);
  g_free (subject->name);
  g_free (subject->base);
  g_free (subject);
}

/* ---- between the form and the file ---- */

/* Filters are a list in the file, and one key of a record in their form. */
static char *
to_file (const char *noun, JsonNode *record)
{
  JsonNode *list = is_filters (noun) ? tb_form_json_get (record, "filters") : record;

  return list != NULL ? tb_form_json_to_text (list) : g_strdup ("[]");
}

static JsonNode *
from_file (const char *noun, const char *text)
{
  g_autoptr (JsonNode) record = tb_form_json_parse (text);
  JsonNode *wrapped;

  if (!is_filters (noun))
    return g_steal_pointer (&record);
  wrapped = tb_form_json_new ();
  tb_form_json_set (wrapped, "filters", g_steal_pointer (&record));
  return wrapped;
}

/* A message about a key, as a path in the form and what is the matter. */
static void
split_message (const char *noun, const char *message, char **ret_path, char **ret_reason)
{
  g_autofree char *path = NULL;
  const char *reason = message;

  if (tb_setup_record_split_message (noun, message, &path, &reason))
    *ret_path = is_filters (noun) ? g_strconcat ("filters", path, NULL) : g_steal_pointer (&path);
  *ret_reason = g_strdup (reason);
}

static gboolean
check (JsonNode *record, gpointer data, char **ret_path, char **ret_reason)
{
  const Subject *subject = data;
  g_autofree char *text = to_file (subject->noun, record);
  const TbSetupEdit edit = { subject->noun, subject->name, text, NULL };
  g_autoptr (GError) error = NULL;

  if (tb_setup_edit_check (tb_books_get_setup (subject->books), &edit, &error))
    return TRUE;
  split_message (subject->noun, error->message, ret_path, ret_reason);
  if (*ret_path == NULL)
    *ret_path = g_strdup ("");
  return FALSE;
}

/* ---- saving ---- */

static void
saved_cb (const GError *error, gpointer data)
{
  Saving *saving = data;
  g_autofree char *path = NULL, *reason = NULL;

  if (error != NULL)
    split_message (saving->noun, error->message, &path, &reason);
  else if (saving->added != NULL)
    tb_record_actions_show (saving->widget, saving->noun, saving->added);
  tb_form_dialog_end (saving->dialog, path, reason);
  g_object_unref (saving->dialog);
  g_object_unref (saving->widget);
  g_free (saving->noun);
  g_free (saving->added);
  g_free (saving);
}

static char *
describe (const Subject *subject, const char *record)
{
  const TbFormTable *table = tb_form_table_find (subject->noun);
  g_autofree char *name = tb_setup_record_get_name (subject->noun, record);

  if (name == NULL)
    /* Translators: %s is what was changed: the company, the filters */
    return g_strdup_printf (_ ("%s changed"), _ (table->title));
  /* Translators: a kind of record and its name */
  return g_strdup_printf (subject->name != NULL ? _ ("%s “%s” changed") : _ ("%s “%s” added"), _ (table->title), name);
}

static gboolean
done (TbFormDialog *dialog, JsonNode *record, gpointer data)
{
  const Subject *subject = data;
  g_autofree char *text = to_file (subject->noun, record);
  g_autofree char *label = describe (subject, text);
  const TbSetupEdit edit = { subject->noun, subject->name, text, subject->base };
  Saving *saving = g_new (Saving, 1);

  *saving = (Saving){ g_object_ref (dialog), g_object_ref (subject->widget), g_strdup (subject->noun),
                      subject->name == NULL ? tb_setup_record_get_name (subject->noun, text) : NULL };
  tb_record_run (subject->widget, subject->books, &edit, label, saved_cb, saving);
  return FALSE;
}

static void
open_dialog (GtkWidget *widget, TbBooks *books, const char *noun, const char *name, const char *base, JsonNode *record)
{
  const TbFormTable *table = tb_form_table_find (noun);
  Subject *subject = g_new (Subject, 1);
  g_autofree char *title = name != NULL ? g_strdup_printf ("%s %s", _ (table->title), name) : g_strdup (_ (table->title));

  *subject = (Subject){ g_object_ref (books), g_object_ref (widget), g_strdup (noun), g_strdup (name), g_strdup (base) };
  tb_form_dialog_run (widget, books, table, title, record, base == NULL, check, done, subject, subject_free);
}

void
tb_record_add (GtkWidget *widget, TbBooks *books, const char *noun, JsonNode *preset)
{
  g_auto (GStrv) keys = tb_setup_record_list_keys (noun);
  g_autoptr (JsonNode) record = preset != NULL ? tb_form_json_copy (preset) : tb_form_json_new ();
  g_autofree char *name = tb_record_propose_name (tb_books_get_setup (books), noun, NULL);

  if (name != NULL)
    tb_form_json_set (record, keys[0], json_node_init_string (json_node_alloc (), name));
  open_dialog (widget, books, noun, NULL, NULL, record);
}

void
tb_record_edit (GtkWidget *widget, TbBooks *books, const char *noun, const char *name)
{
  g_autofree char *base = tb_setup_record_write (tb_books_get_setup (books), noun, name);
  g_autoptr (JsonNode) record = base != NULL ? from_file (noun, base) : NULL;

  open_dialog (widget, books, noun, name, base, record);
}

/* Two services with the same numbers would quarrel about the calls. */
void
tb_record_copy (GtkWidget *widget, TbBooks *books, const char *noun, const char *name)
{
  g_auto (GStrv) keys = tb_setup_record_list_keys (noun);
  g_autofree char *text = tb_setup_record_write (tb_books_get_setup (books), noun, name);
  g_autofree char *copy = tb_record_propose_name (tb_books_get_setup (books), noun, name);
  g_autoptr (JsonNode) record = from_file (noun, text);

  tb_form_json_set (record, keys[0], copy != NULL ? json_node_init_string (json_node_alloc (), copy) : NULL);
  if (g_str_equal (noun, "services"))
    {
      tb_form_json_set (record, "dids", NULL);
      tb_form_json_set (record, "extensions", NULL);
    }
  open_dialog (widget, books, noun, NULL, NULL, record);
}

/* ---- removing ---- */

static void
removed_cb (const GError *error, gpointer data)
{
  GtkWidget *widget = data;

  if (error != NULL && gtk_widget_get_root (widget) != NULL)
    tb_dialogs_show_error (widget, _ ("It Cannot Be Removed"), error);
  g_object_unref (widget);
}

void
tb_record_remove (GtkWidget *widget, TbBooks *books, const char *noun, const char *name)
{
  g_autofree char *base = tb_setup_record_write (tb_books_get_setup (books), noun, name);
  const TbSetupEdit edit = { (char *) noun, (char *) name, NULL, base };
  /* Translators: a kind of record and its name */
  g_autofree char *label = g_strdup_printf (_ ("%s “%s” removed"), _ (tb_form_table_find (noun)->title), name);

  tb_record_run (widget, books, &edit, label, removed_cb, g_object_ref (widget));
}
