/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-job.h"

#include "tb-error.h"

struct _TbJob
{
  GObject parent_instance;

  char *title;
  GCancellable *cancellable;
  GMainContext *context;

  GMutex lock; /* guards what follows: any thread reports */
  char *message;
  double fraction;
  TbJobState state;
  gboolean notify_queued;
};

enum { PROP_0, PROP_TITLE, PROP_MESSAGE, PROP_FRACTION, PROP_STATE, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TbJob, tb_job, G_TYPE_OBJECT)

static gboolean
notify_cb (gpointer data)
{
  TbJob *self = data;

  g_mutex_lock (&self->lock);
  self->notify_queued = FALSE;
  g_mutex_unlock (&self->lock);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  return G_SOURCE_REMOVE;
}

/* Many reports become one notification: a busy worker must not flood the main loop. */
static void
queue_notify_locked (TbJob *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->notify_queued)
    return;

  self->notify_queued = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, notify_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static void
tb_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TbJob *self = TB_JOB (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_MESSAGE:
      g_value_take_string (value, tb_job_dup_message (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, tb_job_get_fraction (self));
      break;
    case PROP_STATE:
      g_value_set_int (value, tb_job_get_state (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tb_job_finalize (GObject *object)
{
  TbJob *self = TB_JOB (object);

  g_free (self->title);
  g_free (self->message);
  g_clear_object (&self->cancellable);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (tb_job_parent_class)->finalize (object);
}

static void
tb_job_class_init (TbJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tb_job_get_property;
  object_class->finalize = tb_job_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, readable);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, readable);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, TB_JOB_CANCELLED, 0, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tb_job_init (TbJob *self)
{
  g_mutex_init (&self->lock);
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->fraction = -1;
}

TbJob *
tb_job_new (const char *title)
{
  TbJob *self = g_object_new (TB_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  return self;
}

const char *
tb_job_get_title (TbJob *self)
{
  return self->title;
}

char *
tb_job_dup_message (TbJob *self)
{
  char *message;

  g_mutex_lock (&self->lock);
  message = g_strdup (self->message);
  g_mutex_unlock (&self->lock);
  return message;
}

double
tb_job_get_fraction (TbJob *self)
{
  double fraction;

  g_mutex_lock (&self->lock);
  fraction = self->fraction;
  g_mutex_unlock (&self->lock);
  return fraction;
}

TbJobState
tb_job_get_state (TbJob *self)
{
  TbJobState state;

  g_mutex_lock (&self->lock);
  state = self->state;
  g_mutex_unlock (&self->lock);
  return state;
}

GCancellable *
tb_job_get_cancellable (TbJob *self)
{
  return self != NULL ? self->cancellable : NULL;
}

void
tb_job_cancel (TbJob *self)
{
  g_cancellable_cancel (self->cancellable);
}

void
tb_job_report (TbJob *self, double fraction, const char *message)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->fraction = fraction < 0 ? -1 : MIN (fraction, 1);
  if (message != NULL && g_strcmp0 (message, self->message) != 0)
    {
      g_free (self->message);
      self->message = g_strdup (message);
    }
  queue_notify_locked (self);
  g_mutex_unlock (&self->lock);
}

gboolean
tb_job_is_cancelled (TbJob *self, GError **error)
{
  return self != NULL && tb_error_if_cancelled (self->cancellable, error);
}

void
tb_job_finish (TbJob *self, TbJobState state)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->state = state;
  if (state == TB_JOB_DONE)
    self->fraction = 1;
  queue_notify_locked (self);
  g_mutex_unlock (&self->lock);
}
