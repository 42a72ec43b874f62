/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-worker.h"

#include "tb-job.h"

static GString *order;

static void
note_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_string_append_c (order, (char) GPOINTER_TO_INT (data));
  g_task_return_boolean (task, TRUE);
}

static void
wait_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  g_task_return_boolean (task, TRUE);
}

static void
queue (TbWorker *worker, int priority, GTaskThreadFunc func, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, data, NULL);
  tb_worker_queue (worker, priority, func, task);
}

/* What waits behind a long task runs by priority, then in order of arrival, and all of it before stop returns. */
static void
test_order (void)
{
  g_autoptr (TbWorker) worker = tb_worker_new ("test");
  GMutex gate;

  g_mutex_init (&gate);
  order = g_string_new (NULL);
  g_mutex_lock (&gate);
  queue (worker, 0, wait_cb, &gate);
  g_usleep (20000);
  queue (worker, 5, note_cb, GINT_TO_POINTER ('c'));
  queue (worker, 5, note_cb, GINT_TO_POINTER ('d'));
  queue (worker, -5, note_cb, GINT_TO_POINTER ('a'));
  queue (worker, 0, note_cb, GINT_TO_POINTER ('b'));
  g_mutex_unlock (&gate);
  tb_worker_stop (worker);

  g_assert_cmpstr (order->str, ==, "abcd");
  g_string_free (order, TRUE);
  g_mutex_clear (&gate);
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

/* A thousand reports from a worker become few notifications, and the last value is seen. */
static void
test_job (void)
{
  g_autoptr (TbJob) job = tb_job_new ("Counting");
  guint notified = 0;

  g_signal_connect (job, "notify::fraction", G_CALLBACK (count_cb), &notified);
  for (guint i = 0; i < 1000; i++)
    tb_job_report (job, i / 1000.0, "at work");
  tb_job_finish (job, TB_JOB_DONE);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpfloat (tb_job_get_fraction (job), ==, 1);
  g_assert_false (tb_job_is_cancelled (job, NULL));
  tb_job_cancel (job);
  g_assert_true (tb_job_is_cancelled (job, NULL));
  tb_job_report (NULL, 0.5, "nobody watches");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/order", test_order);
  g_test_add_func ("/job/notify", test_job);
  return g_test_run ();
}
