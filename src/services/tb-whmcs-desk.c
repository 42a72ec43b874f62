/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-desk.h"

#include "tb-error.h"
#include "tb-setup-store.h"
#include "tb-whmcs.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-push-private.h"

static gboolean
load_setup (TbStore *store, gpointer data, GError **error)
{
  TbSetup **setup = data;

  *setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  return *setup != NULL;
}

static TbWhmcs *
open_whmcs (const TbPushTerms *terms, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = NULL;
  TbWhmcs *whmcs;

  if (!tb_push_in_books (terms, load_setup, &setup, error))
    return NULL;
  whmcs = tb_whmcs_open_setup (setup, tb_job_get_cancellable (job), error);
  if (whmcs != NULL)
    tb_whmcs_set_job (whmcs, job, 0, 1);
  return whmcs;
}

static TbPushResult *
push (TbSession *session, TbJob *job, GError **error)
{
  g_autofree char *holder = g_uuid_string_random ();
  g_autofree TbPushClock *clock = tb_push_clock_new ();
  TbPushTerms terms = { .session = session, .clock = clock, .holder = holder, .host = g_get_host_name () };
  g_autoptr (TbWhmcs) whmcs = open_whmcs (&terms, job, error);
  TbPushResult *result;

  if (whmcs == NULL)
    return NULL;
  terms.port = tb_whmcs_port_new (whmcs);
  result = tb_whmcs_push (&terms, job, error);
  tb_whmcs_port_free (terms.port);
  return result;
}

static void
push_thread (GTask *task, gpointer session, gpointer job, GCancellable *cancellable)
{
  GError *error = NULL;
  TbPushResult *result = push (session, job, &error);

  tb_job_finish (job, result != NULL ? TB_JOB_DONE : g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) ? TB_JOB_CANCELLED : TB_JOB_FAILED);
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) tb_push_result_free);
  else
    g_task_return_error (task, error);
}

void
tb_whmcs_push_async (TbSession *session, TbJob *job, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, NULL, callback, data);

  g_task_set_source_tag (task, tb_whmcs_push_async);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  tb_session_add_job (session, job);
  g_task_run_in_thread (task, push_thread);
}

TbPushResult *
tb_whmcs_push_finish (TbSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
