/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-approval.h"

#include <glib/gi18n.h>

#include "tb-billing-desk.h"
#include "tb-dialogs.h"
#include "tb-run.h"

#define TROUBLES_TOLD 12

typedef struct
{
  int year, month;
  GArray *ids; /* or NULL = all */
} Order;

typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  Order *order; /* until it is given */
  TbInvoiceApproving changed;
} Question;

static void
order_free (gpointer data)
{
  Order *self = data;

  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->books);
  g_clear_pointer (&self->order, order_free);
  g_free (self);
}

static gpointer
approve_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;

  return tb_desk_approve (store, order->year, order->month, order->ids, job, error);
}

/* Who gave the order hears of its end through the widget: a job knows no more of it. */
static void
tell_end (GtkWidget *widget)
{
  TbInvoiceApproving changed = (TbInvoiceApproving) g_object_get_data (G_OBJECT (widget), "tb-approving");

  g_object_set_data (G_OBJECT (widget), "tb-approving", NULL);
  if (changed != NULL)
    changed (widget, FALSE);
}

static void
approved (GtkWidget *widget, gpointer result)
{
  g_autoptr (TbDeskApproval) approval = result;
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u invoice approved", "%u invoices approved", approval->approved), approval->approved);
  g_autoptr (GString) body = g_string_new (NULL);

  tell_end (widget);
  for (guint i = 0; i < MIN (approval->troubles->len, TROUBLES_TOLD); i++)
    g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", (const char *) approval->troubles->pdata[i]);
  if (body->len > 0)
    tb_dialogs_show_text (widget, text, body->str);
  else
    tb_dialogs_toast (widget, text);
}

static void
confirmed_cb (gpointer data)
{
  Question *self = data;

  if (g_object_get_data (G_OBJECT (self->widget), "tb-approving") != NULL)
    return; /* once is enough */
  g_object_set_data (G_OBJECT (self->widget), "tb-approving", (gpointer) self->changed);
  if (self->changed != NULL)
    self->changed (self->widget, TRUE);
  tb_run (self->widget, self->books, _ ("Approve invoices"), TRUE, approve_func, g_steal_pointer (&self->order), order_free,
          (GDestroyNotify) tb_desk_approval_free, approved, tell_end);
}

void
tb_invoice_approval_run (GtkWidget *widget, TbBooks *books, int year, int month, GArray *ids, guint n, TbInvoiceApproving changed)
{
  g_autofree char *title = g_strdup_printf (g_dngettext (NULL, "Approve %u Draft?", "Approve %u Drafts?", n), n);
  Question *self = g_new (Question, 1);

  *self = (Question){ g_object_ref (widget), g_object_ref (books), g_new (Order, 1), changed };
  *self->order = (Order){ year, month, ids != NULL ? g_array_copy (ids) : NULL };
  if (n > 1)
    {
      tb_dialogs_confirm (widget, title, _ ("Each gets its number and cannot change any more."), _ ("_Approve"), FALSE, confirmed_cb, self, question_free);
      return;
    }
  confirmed_cb (self);
  question_free (self);
}
