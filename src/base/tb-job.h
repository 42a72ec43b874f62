/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TbJob: anything that takes longer than a second.
 *
 * The core reports into it from any thread; the workstation lists jobs in a popover and tollbookctl prints
 * the same line on standard error. `fraction` is 0 to 1, or -1 while the length is not known.
 * Properties "title", "message", "fraction", "state" notify on the main context the job was made in.
 */
typedef enum { TB_JOB_RUNNING, TB_JOB_DONE, TB_JOB_FAILED, TB_JOB_CANCELLED } TbJobState;

#define TB_TYPE_JOB (tb_job_get_type ())
G_DECLARE_FINAL_TYPE (TbJob, tb_job, TB, JOB, GObject)

TbJob        *tb_job_new (const char *title);
const char   *tb_job_get_title (TbJob *self);
char         *tb_job_dup_message (TbJob *self);
double        tb_job_get_fraction (TbJob *self);
TbJobState    tb_job_get_state (TbJob *self);
GCancellable *tb_job_get_cancellable (TbJob *self);
void          tb_job_cancel (TbJob *self);

/* For those who work: cheap, thread-safe, NULL-safe (a NULL job means nobody watches). `message` may be NULL. */
void     tb_job_report (TbJob *self, double fraction, const char *message);
gboolean tb_job_is_cancelled (TbJob *self, GError **error);
void     tb_job_finish (TbJob *self, TbJobState state);

G_END_DECLS
