/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-record-edit.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-undo.h"

/* ---- a change, and the way back ---- */

typedef struct
{
  TbBooks *books;    /* not a reference: the step is the books' own */
  TbSetupEdit *next; /* what undo or redo does next */
} Step;

typedef struct
{
  GtkWidget *widget; /* NULL for a step that is moved */
  TbBooks *books;
  char *label;
  Step *step; /* that is moved, or NULL */
  TbRecordDone done;
  gpointer data;
} Run;

static void
step_free (gpointer data)
{
  tb_setup_edit_free (((Step *) data)->next);
  g_free (data);
}

static void
run_free (Run *run)
{
  g_clear_object (&run->widget);
  g_object_unref (run->books);
  g_free (run->label);
  g_free (run);
}

static gpointer
edit_func (TbStore *store, TbJob *job, gpointer edit, GError **error)
{
  return tb_setup_edit_run (store, edit, job, error);
}

static void move (gpointer data);

static void
keep_step (Run *run, TbSetupEdit *inverse)
{
  TbUndo *undo = tb_books_get_undo (run->books);
  Step *step = g_new (Step, 1);

  *step = (Step){ run->books, inverse };
  tb_undo_push (undo, run->label, move, move, step, step_free);
  tb_undo_show_toast (undo, run->widget, run->label);
}

static void
show_failure (const GError *error)
{
  GApplication *application = g_application_get_default ();
  GtkWindow *window = GTK_IS_APPLICATION (application) ? gtk_application_get_active_window (GTK_APPLICATION (application)) : NULL;

  if (window != NULL)
    tb_dialogs_show_error (GTK_WIDGET (window), _ ("This Could Not Be Undone"), error);
}

static void
moved (Run *run, TbSetupEdit *inverse, const GError *error)
{
  TbUndo *undo = tb_books_get_undo (run->books);

  if (error != NULL)
    show_failure (error);
  else
    {
      tb_setup_edit_free (run->step->next);
      run->step->next = inverse;
    }
  /* What stands against it will not go by itself; older steps may still be free. */
  if (g_error_matches (error, TB_ERROR, TB_ERROR_CONFLICT) || g_error_matches (error, TB_ERROR, TB_ERROR_NOT_FOUND)
      || g_error_matches (error, TB_ERROR, TB_ERROR_UNSUPPORTED))
    tb_undo_give_up (undo);
  else
    tb_undo_end (undo, error == NULL);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  TbSetupEdit *inverse = tb_session_run_finish (tb_books_get_session (run->books), result, &error);

  if (run->step != NULL)
    moved (run, inverse, error);
  else if (error == NULL)
    keep_step (run, inverse);
  if (run->done != NULL)
    run->done (error, run->data);
  run_free (run);
}

static void
start (Run *run, const TbSetupEdit *edit)
{
  tb_session_run_async (tb_books_get_session (run->books), NULL, TRUE, edit_func, tb_setup_edit_copy (edit), (GDestroyNotify) tb_setup_edit_free,
                        (GDestroyNotify) tb_setup_edit_free, run_cb, run);
}

/* Back or forth: what is done next is always what takes back what was done last. */
static void
move (gpointer data)
{
  Step *step = data;
  Run *run = g_new0 (Run, 1);

  run->books = g_object_ref (step->books);
  run->step = step;
  tb_undo_begin (tb_books_get_undo (step->books));
  start (run, step->next);
}

void
tb_record_run (GtkWidget *widget, TbBooks *books, const TbSetupEdit *edit, const char *label, TbRecordDone done, gpointer data)
{
  Run *run = g_new0 (Run, 1);

  *run = (Run){ g_object_ref (widget), g_object_ref (books), g_strdup (label), NULL, done, data };
  start (run, edit);
}

/* ---- names ---- */

static char *
count_up (const char *name)
{
  gsize length = strlen (name), digits = 0;
  g_autofree char *head = NULL;
  gint64 number;

  while (digits < length && digits < 15 && g_ascii_isdigit (name[length - digits - 1]))
    digits++;
  head = g_strndup (name, length - digits);
  number = digits > 0 ? g_ascii_strtoll (name + length - digits, NULL, 10) + 1 : 2;
  return g_strdup_printf ("%s%0*" G_GINT64_FORMAT, head, (int) digits, number);
}

/* "C1042" after "C1041", the first one that is free. */
static char *
next_id (GPtrArray *list, gsize offset, const char *first)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  char *id;

  for (guint i = 0; i < list->len; i++)
    g_hash_table_add (taken, G_STRUCT_MEMBER (char *, list->pdata[i], offset));
  id = list->len > 0 ? count_up (G_STRUCT_MEMBER (char *, list->pdata[list->len - 1], offset)) : g_strdup (first);
  while (g_hash_table_contains (taken, id))
    {
      g_autofree char *last = id;

      id = count_up (last);
    }
  return id;
}

static char *
copy_name (const TbSetup *setup, const char *noun, const char *name)
{
  /* Translators: the name of a copy; %s is the name of what was copied */
  char *copy = g_strdup_printf (_ ("%s copy"), name);

  for (guint n = 2; n < 1000; n++)
    {
      g_autofree char *other = tb_setup_record_write (setup, noun, copy);

      if (other == NULL)
        break;
      g_free (copy);
      copy = g_strdup_printf (_ ("%s copy %u"), name, n);
    }
  return copy;
}

char *
tb_record_propose_name (const TbSetup *setup, const char *noun, const char *name)
{
  if (g_str_equal (noun, "clients"))
    return next_id (setup->clients, G_STRUCT_OFFSET (TbClient, key), "C1001");
  if (g_str_equal (noun, "services"))
    return next_id (setup->services, G_STRUCT_OFFSET (TbService, key), "S1");
  return name != NULL && !g_str_equal (noun, "currencies") ? copy_name (setup, noun, name) : NULL;
}
