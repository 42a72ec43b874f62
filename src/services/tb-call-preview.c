/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-preview.h"

#include "tb-error.h"
#include "tb-worker.h"

#define DAY 86400
#define REJECTS_KEPT 1000

void
tb_call_preview_free (TbCallPreview *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->rejects);
  g_free (self);
}

typedef struct
{
  TbPbxTalk *talk;
  TbPbxPage *page; /* that is being read on the thread */
  TbCallPreview *preview;
  TbJob *job;
  guint wanted;
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  tb_pbx_page_free (self->page);
  g_clear_pointer (&self->talk, tb_pbx_talk_free);
  g_clear_pointer (&self->preview, tb_call_preview_free);
  g_clear_object (&self->job);
  g_free (self);
}

/* ---- a page ---- */

static TbCallRow *
row_new (const TbCall *call)
{
  TbCallRow *row = g_new0 (TbCallRow, 1);
  const char **texts[] = { &row->call.uid,    &row->call.tenant, &row->call.extension,    &row->call.caller, &row->call.caller_name,
                           &row->call.callee, &row->call.did,    &row->call.account_code, &row->call.cause };

  row->call = *call;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i]);
  row->rate = TB_DECIMAL_NONE;
  return row;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const TbCallRow *x = *(TbCallRow *const *) a, *y = *(TbCallRow *const *) b;

  return (y->call.start > x->call.start) - (y->call.start < x->call.start);
}

static void
keep_newest (TbCallPreview *preview, guint wanted)
{
  g_ptr_array_sort (preview->calls, compare_newest);
  if (preview->calls->len > wanted)
    g_ptr_array_remove_range (preview->calls, wanted, preview->calls->len - wanted);
}

static void
keep_reject (TbCallPreview *preview, const TbReadReject *reject)
{
  TbReject *kept;

  preview->n_rejects++;
  if (preview->rejects->len >= REJECTS_KEPT)
    return;
  kept = g_new0 (TbReject, 1);
  *kept = (TbReject){ reject->line, g_strdup (reject->reason), g_strndup (reject->raw, reject->raw_len) };
  g_ptr_array_add (preview->rejects, kept);
}

/* A busy day has 200,000 calls: those that are too old to be shown are dropped now and then. */
static gboolean
read_page (Look *self, GCancellable *cancellable, GError **error)
{
  TbCallPreview *preview = self->preview;
  const TbCall *call;
  const TbReadReject *reject;
  TbReadResult got;

  while ((got = tb_call_reader_next (self->page->reader, &call, &reject, error)) == TB_READ_CALL || got == TB_READ_REJECT)
    {
      if (got == TB_READ_REJECT)
        keep_reject (preview, reject);
      else
        {
          preview->n_calls++;
          g_ptr_array_add (preview->calls, row_new (call));
        }
      if (preview->calls->len >= 2 * self->wanted + 1000)
        keep_newest (preview, self->wanted);
      if (tb_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  keep_newest (preview, self->wanted);
  preview->n_skipped += tb_call_reader_get_skipped (self->page->reader);
  return got == TB_READ_END;
}

static void
read_page_thread (GTask *thread_task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (read_page (data, cancellable, &error))
    g_task_return_boolean (thread_task, TRUE);
  else
    g_task_return_error (thread_task, error);
}

/* ---- page by page, window by window ---- */

static void next_page (GTask *task);

static void
fail (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gint64
first_time (const TbCallPreview *preview)
{
  return preview->to - TB_CALL_PREVIEW_DAYS * DAY;
}

static void
next_window (GTask *task)
{
  Look *self = g_task_get_task_data (task);
  TbCallPreview *preview = self->preview;
  TbPbx *pbx = g_task_get_source_object (task);
  gint64 end = preview->from;

  g_clear_pointer (&self->talk, tb_pbx_talk_free);
  if (preview->calls->len >= self->wanted || end <= first_time (preview))
    {
      g_task_return_pointer (task, g_steal_pointer (&self->preview), (GDestroyNotify) tb_call_preview_free);
      g_object_unref (task);
      return;
    }
  preview->from = MAX (end - tb_pbx_get_max_window (pbx), first_time (preview));
  self->talk = tb_pbx_talk_new (pbx, preview->from, end);
  tb_job_report (self->job, (double) (preview->to - end) / (TB_CALL_PREVIEW_DAYS * DAY), NULL);
  next_page (task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Look *self = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&self->page, tb_pbx_page_free);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    return fail (task, error);
  if (tb_pbx_talk_is_over (self->talk))
    next_window (task);
  else
    next_page (task);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Look *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->page = tb_pbx_talk_next_finish (self->talk, result, &error);
  if (error != NULL)
    return fail (task, error);
  if (self->page == NULL)
    return next_window (task);
  tb_worker_run_in_pool (task, read_page_thread, on_read);
}

static void
next_page (GTask *task)
{
  Look *self = g_task_get_task_data (task);

  tb_pbx_talk_next_async (self->talk, g_task_get_cancellable (task), on_page, task);
}

void
tb_call_preview_async (TbPbx *pbx, gint64 now, guint wanted, TbJob *job, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (pbx, job != NULL ? tb_job_get_cancellable (job) : NULL, callback, data);
  Look *self = g_new0 (Look, 1);
  TbCallPreview *preview = g_new0 (TbCallPreview, 1);

  preview->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_call_row_free);
  preview->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_reject_free);
  preview->from = preview->to = now;
  *self = (Look){ .preview = preview, .job = job != NULL ? g_object_ref (job) : NULL, .wanted = wanted };
  g_task_set_source_tag (task, tb_call_preview_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, look_free);
  next_window (task);
}

TbCallPreview *
tb_call_preview_finish (TbPbx *pbx, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
