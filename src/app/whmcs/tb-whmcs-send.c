/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-send.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-whmcs-desk.h"

typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  TbWhmcsSending changed;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->books);
  g_free (self);
}

static char *
say_result (const TbPushResult *result)
{
  g_autofree char *done = tb_format_number (result->done);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, g_dngettext (NULL, "%s posting done", "%s postings done", result->done), done);
  if (result->waiting > 0)
    {
      g_autofree char *waiting = tb_format_number (result->waiting);

      g_string_append_printf (text, g_dngettext (NULL, ", %s waits for the next push", ", %s wait for the next push", result->waiting), waiting);
    }
  return g_string_free (text, FALSE);
}

static void
show_result (GtkWidget *widget, const TbPushResult *result)
{
  g_autofree char *said = say_result (result);
  g_autoptr (GString) text = g_string_new (NULL);

  if (result->troubles->len == 0)
    {
      tb_dialogs_toast (widget, said);
      return;
    }
  for (guint i = 0; i < result->troubles->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) result->troubles->pdata[i]);
  tb_dialogs_show_text (widget, said, text->str);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sending *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPushResult) pushed = tb_whmcs_push_finish (TB_SESSION (source), result, &error);

  if (self->changed != NULL)
    self->changed (self->widget, FALSE);
  tb_books_refresh (self->books);
  if (pushed != NULL)
    show_result (self->widget, pushed);
  else if (!g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED))
    tb_dialogs_show_error (self->widget, _ ("The Push Has Ended Early"), error);
  sending_free (self);
}

static void
confirmed_cb (gpointer data)
{
  const Sending *asked = data;
  g_autoptr (TbJob) job = tb_job_new (_ ("Push to WHMCS"));
  Sending *self = g_new (Sending, 1);

  *self = (Sending){ g_object_ref (asked->widget), g_object_ref (asked->books), asked->changed };
  if (self->changed != NULL)
    self->changed (self->widget, TRUE);
  tb_whmcs_push_async (tb_books_get_session (self->books), job, sent_cb, self);
}

void
tb_whmcs_send_run (GtkWidget *widget, TbBooks *books, const char *question, TbWhmcsSending changed)
{
  Sending *self = g_new (Sending, 1);

  *self = (Sending){ g_object_ref (widget), g_object_ref (books), changed };
  tb_dialogs_confirm (widget, _ ("Push to WHMCS?"), question, _ ("_Push"), FALSE, confirmed_cb, self, sending_free);
}
