/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-wait.h"

void
tb_wait_begin (TbWait *self)
{
  *self = (TbWait){ g_main_context_new (), NULL };
  g_main_context_push_thread_default (self->context);
}

void
tb_wait_done (GObject *source, GAsyncResult *result, gpointer self)
{
  ((TbWait *) self)->result = g_object_ref (result);
}

GAsyncResult *
tb_wait_run (TbWait *self)
{
  while (self->result == NULL)
    g_main_context_iteration (self->context, TRUE);
  return self->result;
}

void
tb_wait_end (TbWait *self)
{
  g_clear_object (&self->result);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
}
