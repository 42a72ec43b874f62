/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-output.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-billing-run.h"
#include "tb-dialogs.h"
#include "tb-invoice-files.h"
#include "tb-invoice-print.h"
#include "tb-invoice-text.h"
#include "tb-run.h"
#include "tb-widgets.h"

typedef struct
{
  GArray *ids;
  char *folder, *pattern;
} Order;

static void
order_free (gpointer data)
{
  Order *self = data;

  g_array_unref (self->ids);
  g_free (self->folder);
  g_free (self->pattern);
  g_free (self);
}

static Order *
order_new (GArray *ids, const char *folder, const char *pattern)
{
  Order *self = g_new (Order, 1);

  *self = (Order){ g_array_copy (ids), g_strdup (folder), g_strdup (pattern) };
  return self;
}

/* ---- printing ---- */

static gpointer
load_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_printed_invoice_unref);

  for (guint i = 0; i < order->ids->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", g_array_index (order->ids, guint32, i));
      TbPrintedInvoice *document = tb_job_is_cancelled (job, error) ? NULL : tb_printed_invoice_load (store, name, error);

      if (document == NULL)
        return NULL;
      g_ptr_array_add (documents, document);
      tb_job_report (job, (i + 1.0) / order->ids->len, NULL);
    }
  return g_steal_pointer (&documents);
}

static void
loaded (GtkWidget *widget, gpointer result)
{
  g_autoptr (GPtrArray) documents = result;

  tb_invoice_print_run (documents, widget);
}

void
tb_invoice_output_print (GtkWidget *widget, TbBooks *books, GArray *ids)
{
  tb_run (widget, books, _ ("Lay out invoices"), FALSE, load_func, order_new (ids, NULL, NULL), order_free, (GDestroyNotify) g_ptr_array_unref, loaded,
          NULL);
}

/* ---- files ---- */

static gpointer
save_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;

  return tb_invoice_files_write (store, order->ids, order->folder, order->pattern, job, error);
}

static void
saved (GtkWidget *widget, gpointer result)
{
  g_autoptr (TbInvoiceFiles) files = result;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, g_dngettext (NULL, "%u file written", "%u files written", files->written), files->written);
  if (files->renamed > 0)
    g_string_append_printf (text, g_dngettext (NULL, ", %u under another name because there was one", ", %u under other names because there were some",
                                               files->renamed), files->renamed);
  if (files->troubles->len == 0)
    tb_dialogs_toast (widget, text->str);
  else
    {
      g_autoptr (GString) body = g_string_new (NULL);

      for (guint i = 0; i < MIN (files->troubles->len, 12); i++)
        g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", (const char *) files->troubles->pdata[i]);
      tb_dialogs_show_text (widget, text->str, body->str);
    }
}

/* Asking for the name, then for the folder. */
typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  Order *order;
  AdwMessageDialog *dialog;
  GtkWidget *pattern, *example;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->books);
  g_clear_pointer (&self->order, order_free);
  g_free (self);
}

static void
folder_cb (const char *path, gpointer data)
{
  Question *self = data;

  self->order->folder = g_strdup (path);
  tb_run (self->widget, self->books, _ ("Save as PDF"), FALSE, save_func, g_steal_pointer (&self->order), order_free,
          (GDestroyNotify) tb_invoice_files_free, saved, NULL);
}

static void
pattern_cb (GtkEditable *pattern, Question *self)
{
  g_autoptr (TbInvoice) sample = tb_invoice_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  sample->number = g_strdup ("INV-2026-00042");
  sample->client = g_strdup ("C1001");
  sample->year = 2026;
  sample->month = 10;
  g_clear_pointer (&self->order->pattern, g_free);
  self->order->pattern = tb_widgets_dup_text (self->pattern);
  name = tb_invoice_file_name (self->order->pattern, sample, &error);
  gtk_label_set_label (GTK_LABEL (self->example), name != NULL ? name : error->message);
  tb_widgets_mark (self->pattern, name == NULL);
  adw_message_dialog_set_response_enabled (self->dialog, "go", name != NULL);
}

static void
named_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *self = data, *next;

  if (!g_str_equal (response, "go"))
    return;
  next = g_new0 (Question, 1);
  *next = (Question){ g_object_ref (self->widget), g_object_ref (self->books), g_steal_pointer (&self->order) };
  tb_dialogs_choose_folder (self->widget, _ ("Folder for the Invoices"), folder_cb, next, question_free);
}

static GtkWidget *
pattern_box_new (Question *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->pattern = gtk_entry_new ();
  self->example = gtk_label_new (NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->pattern), self->order->pattern);
  gtk_entry_set_activates_default (GTK_ENTRY (self->pattern), TRUE);
  tb_widgets_set_label (self->pattern, _ ("Names of the files"));
  gtk_label_set_wrap (GTK_LABEL (self->example), TRUE);
  gtk_widget_add_css_class (self->example, "dim-label");
  gtk_box_append (GTK_BOX (box), self->pattern);
  gtk_box_append (GTK_BOX (box), self->example);
  return box;
}

void
tb_invoice_output_save (GtkWidget *widget, TbBooks *books, GArray *ids)
{
  g_autofree char *title = g_strdup_printf (g_dngettext (NULL, "Save %u Invoice as PDF", "Save %u Invoices as PDF", ids->len), ids->len);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), title,
                                              _ ("How the files are called: {number}, {client}, {name}, {month}, {year} and {total} stand for what the "
                                                 "invoice has. A file that is there already is never overwritten."));
  Question *self = g_new0 (Question, 1);

  *self = (Question){ g_object_ref (widget), g_object_ref (books), order_new (ids, NULL, TB_INVOICE_FILE_PATTERN) };
  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "go", _ ("Choose _Folder…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), pattern_box_new (self));
  g_signal_connect_data (dialog, "response", G_CALLBACK (named_cb), self, (GClosureNotify) (void *) question_free, 0);
  g_signal_connect (self->pattern, "changed", G_CALLBACK (pattern_cb), self);
  pattern_cb (GTK_EDITABLE (self->pattern), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- one file ---- */

typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  char *id, *path;
} OneFile;

static void
one_file_free (gpointer data)
{
  OneFile *self = data;

  g_free (self->id);
  g_free (self->path);
  g_free (self);
}

static gpointer
save_one_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const OneFile *file = data;

  return tb_billing_write_pdf (store, file->id, file->path, error) ? g_path_get_basename (file->path) : NULL;
}

static void
saved_one (GtkWidget *widget, gpointer result)
{
  g_autofree char *name = result;
  /* Translators: %s is the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  tb_dialogs_toast (widget, text);
}

static void
path_cb (const char *path, gpointer data)
{
  const OneFile *asked = data;
  OneFile *file = g_new0 (OneFile, 1);

  file->id = g_strdup (asked->id);
  file->path = g_strdup (path);
  tb_run (asked->widget, asked->books, _ ("Save as PDF"), FALSE, save_one_func, file, one_file_free, g_free, saved_one, NULL);
}

static void
asked_free (gpointer data)
{
  OneFile *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->books);
  one_file_free (self);
}

void
tb_invoice_output_save_one (GtkWidget *widget, TbBooks *books, const TbInvoice *invoice)
{
  g_autofree char *name = tb_invoice_dup_file_name (invoice);
  OneFile *asked = g_new0 (OneFile, 1);

  *asked = (OneFile){ g_object_ref (widget), g_object_ref (books), g_strdup_printf ("%u", invoice->id), NULL };
  tb_dialogs_save_file_for (widget, _ ("Save as PDF"), name, path_cb, asked, asked_free);
}
