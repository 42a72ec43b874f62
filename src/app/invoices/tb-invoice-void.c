/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-void.h"

#include <glib/gi18n.h>

#include "tb-billing-run.h"
#include "tb-dialogs.h"

typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  char *id;
  TbRunFailed failed;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->books);
  g_free (self->id);
  g_free (self);
}

static gpointer
void_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_billing_void (store, data, error) ? TB_RUN_OK : NULL;
}

static void
void_done (GtkWidget *widget, gpointer result)
{
  tb_dialogs_toast (widget, _ ("Its calls are free for another invoice"));
}

static void
note_done (GtkWidget *widget, gpointer result)
{
  tb_dialogs_toast (widget, _ ("The credit note is not valid any more"));
}

static void
confirmed_cb (gpointer data)
{
  Question *self = data;

  tb_run (self->widget, self->books, _ ("Void invoice"), TRUE, void_func, g_strdup (self->id), g_free, NULL, void_done, self->failed);
}

static void
note_confirmed_cb (gpointer data)
{
  Question *self = data;

  tb_run (self->widget, self->books, _ ("Void credit note"), TRUE, void_func, g_strdup (self->id), g_free, NULL, note_done, self->failed);
}

void
tb_invoice_void_run (GtkWidget *widget, TbBooks *books, const TbInvoice *invoice, TbRunFailed failed)
{
  gboolean draft = invoice->state == TB_INVOICE_DRAFT, note = invoice->kind == TB_INVOICE_CREDIT_NOTE;
  g_autofree char *title = draft ? g_strdup (_ ("Delete This Draft?")) : g_strdup_printf (_ ("Void %s?"), invoice->number);
  const char *body = draft && note ? _ ("It has no number yet. Nothing is credited.")
                     : draft       ? _ ("It has no number yet. Its calls are free for another invoice.")
                     : note        ? _ ("It keeps its number and is printed as void. Nothing is credited by it any more. This cannot be undone.")
                                   : _ ("It keeps its number and is printed as void. Its calls are free for another invoice. This cannot be undone.");
  Question *self = g_new (Question, 1);

  *self = (Question){ g_object_ref (widget), g_object_ref (books), g_strdup_printf ("%u", invoice->id), failed };
  tb_dialogs_confirm (widget, title, body, draft ? _ ("_Delete") : _ ("_Void"), TRUE, note ? note_confirmed_cb : confirmed_cb, self, question_free);
}
