/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-pbx-kind.h"

/* A connection is tested by a talk about the last hour, of which one page is read; tenants are listed by a talk that gives none. */

/* ---- what a page shows ---- */

static char *
describe (TbPbxTalk *talk, TbPbxPage *page, GError **error)
{
  const char *host = talk->pbx->host;
  const TbReadReject *reject = NULL;
  const TbCall *call;
  guint calls = 0, rejects = 0;
  TbReadResult got;
  g_autofree char *remark = NULL;
  g_autofree char *sentence = NULL;

  while (page != NULL && ((got = tb_call_reader_next (page->reader, &call, &reject, error)) == TB_READ_CALL || got == TB_READ_REJECT))
    {
      calls += got == TB_READ_CALL;
      rejects += got == TB_READ_REJECT;
      talk->without_tenant += got == TB_READ_CALL && *call->tenant == '\0';
    }
  if (page != NULL && got == TB_READ_ERROR)
    return NULL;
  if (calls == 0 && rejects > 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s answered, but its records cannot be read: %s"), host, reject->reason);
      return NULL;
    }
  if (talk->pbx->kind->summary != NULL)
    return talk->pbx->kind->summary (talk, calls);
  remark = talk->pbx->kind->remark != NULL ? talk->pbx->kind->remark (talk) : NULL;
  sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s answered: %u call in the last hour.", "%s answered: %u calls in the last hour.", calls), host, calls);
  return remark != NULL ? g_strdup_printf ("%s %s", sentence, remark) : g_steal_pointer (&sentence);
}

/* ---- testing ---- */

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TbPbxTalk *talk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TbPbxPage) page = tb_pbx_talk_next_finish (talk, result, &error);
  char *sentence = error == NULL ? describe (talk, page, &error) : NULL;

  if (sentence != NULL)
    g_task_return_pointer (task, sentence, g_free);
  else
    g_task_return_error (task, error);
}

static GTask *
start (TbPbx *self, TbPbxPurpose purpose, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  TbPbxTalk *talk = tb_pbx_talk_new (self, now - 3600, now + 1);

  talk->purpose = purpose;
  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE); /* its error would not be of our domain */
  g_task_set_task_data (task, talk, (GDestroyNotify) tb_pbx_talk_free);
  return task;
}

void
tb_pbx_test_async (TbPbx *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = start (self, TB_PBX_TEST, cancellable, callback, data, tb_pbx_test_async);

  tb_pbx_talk_next_async (g_task_get_task_data (task), cancellable, on_page, task);
}

char *
tb_pbx_test_finish (TbPbx *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- tenants ---- */

static void
on_tenants (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TbPbx *self = g_task_get_source_object (task);
  GError *error = NULL;

  tb_pbx_page_free (tb_pbx_talk_next_finish (g_task_get_task_data (task), result, &error)); /* it brings tenants and no calls */
  if (error != NULL)
    g_task_return_error (task, error);
  else if (self->tenants == NULL)
    g_task_return_new_error (task, TB_ERROR, TB_ERROR_UNSUPPORTED, _("%s does not tell its tenants; they are known by their calls."), self->host);
  else
    g_task_return_pointer (task, g_ptr_array_ref (self->tenants), (GDestroyNotify) g_ptr_array_unref);
}

void
tb_pbx_list_tenants_async (TbPbx *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = start (self, TB_PBX_TENANTS, cancellable, callback, data, tb_pbx_list_tenants_async);

  g_clear_pointer (&self->tenants, g_ptr_array_unref);
  self->has_tenants = FALSE;
  tb_pbx_talk_next_async (g_task_get_task_data (task), cancellable, on_tenants, task);
}

GPtrArray *
tb_pbx_list_tenants_finish (TbPbx *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
