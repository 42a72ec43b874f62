/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-follow.h"

#include "tb-error.h"

#define PAUSE 350 /* milliseconds */
#define FOLLOWER "tb-follower"

typedef struct
{
  TbFormView *view; /* borrowed */
  GtkWidget *widget; /* borrowed */
  const TbFormFollow *follow;
  GCancellable *reading;
  guint timer;
} Follower;

typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  GCancellable *cancellable;
  const TbFormFollow *follow;
} Reading;

static void
stop (Follower *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
follower_free (gpointer data)
{
  stop (data);
  g_free (data);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  gpointer answer = tb_reader_run_finish (TB_READER (source), result, &error);
  Follower *self = g_object_get_data (G_OBJECT (reading->widget), FOLLOWER);

  if (self != NULL && self->reading == reading->cancellable && !g_cancellable_is_cancelled (reading->cancellable))
    self->follow->show (reading->widget, answer, error, FALSE);
  if (answer != NULL)
    reading->follow->free_answer (answer);
  g_object_unref (reading->widget);
  g_object_unref (reading->books);
  g_object_unref (reading->cancellable);
  g_free (reading);
}

static void
start (Follower *self, gpointer question)
{
  Reading *reading = g_new (Reading, 1);
  TbBooks *books = tb_form_view_get_books (self->view);

  self->reading = g_cancellable_new ();
  self->follow->show (self->widget, NULL, NULL, TRUE);
  *reading = (Reading){ g_object_ref (self->widget), g_object_ref (books), g_object_ref (self->reading), self->follow };
  tb_reader_run_async (tb_books_get_reader (books), self->reading, self->follow->read, question, self->follow->free_question,
                       self->follow->free_answer, read_cb, reading);
}

static gboolean
pause_cb (gpointer data)
{
  Follower *self = data;
  g_autofree char *path = NULL, *reason = NULL;
  g_autoptr (JsonNode) record = tb_form_view_get_record (self->view, &path, &reason);
  g_autoptr (GError) error = NULL;
  gpointer question = path == NULL ? self->follow->ask (record, self->widget, &error) : NULL;

  self->timer = 0;
  if (question != NULL)
    start (self, question);
  else
    self->follow->show (self->widget, NULL, error, FALSE);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (TbFormView *view, Follower *self)
{
  stop (self);
  self->timer = g_timeout_add (PAUSE, pause_cb, self);
}

static void
unmap_cb (GtkWidget *widget, Follower *self)
{
  stop (self);
}

void
tb_form_follow (TbFormView *view, GtkWidget *widget, const TbFormFollow *follow)
{
  Follower *self = g_new0 (Follower, 1);

  *self = (Follower){ .view = view, .widget = widget, .follow = follow };
  g_object_set_data_full (G_OBJECT (widget), FOLLOWER, self, follower_free);
  g_signal_connect (view, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (widget, "unmap", G_CALLBACK (unmap_cb), self);
  changed_cb (view, self);
}

void
tb_form_follow_again (GtkWidget *widget)
{
  Follower *self = g_object_get_data (G_OBJECT (widget), FOLLOWER);

  if (self != NULL)
    changed_cb (self->view, self);
}
