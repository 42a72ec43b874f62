/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-sync-private.h"

/* Pages that are fetched or wait to be stored at a time. A page may be half a gigabyte, and there is one writer. */
#define PLACES 8
#define PAUSE G_USEC_PER_SEC /* between two times of telling */

typedef struct
{
  TbSyncGateFunc func;
  gpointer data;
} Waiting;

struct _TbSyncGate
{
  guint places; /* free ones */
  GQueue row;   /* of Waiting */
  guint running;
  gint64 told; /* monotonic time */
};

static void
clear (gpointer data)
{
  g_queue_clear_full (&((TbSyncGate *) data)->row, g_free);
}

void
tb_sync_gate_unref (TbSyncGate *self)
{
  g_rc_box_release_full (self, clear);
}

TbSyncGate *
tb_sync_gate_of (TbSession *session)
{
  TbSyncGate *self = g_object_get_data (G_OBJECT (session), "tb-sync-gate");

  if (self == NULL)
    {
      self = g_rc_box_new0 (TbSyncGate);
      self->places = PLACES;
      g_queue_init (&self->row);
      g_object_set_data_full (G_OBJECT (session), "tb-sync-gate", self, (GDestroyNotify) tb_sync_gate_unref);
    }
  return g_rc_box_acquire (self);
}

void
tb_sync_gate_enter (TbSyncGate *self, TbSyncGateFunc func, gpointer data)
{
  Waiting *waiting;

  if (self->places > 0)
    {
      self->places--;
      func (data);
      return;
    }
  waiting = g_new (Waiting, 1);
  *waiting = (Waiting){ func, data };
  g_queue_push_tail (&self->row, waiting);
}

/* The place goes to the first of the row. */
void
tb_sync_gate_leave (TbSyncGate *self)
{
  g_autofree Waiting *first = g_queue_pop_head (&self->row);

  if (first != NULL)
    first->func (first->data);
  else
    self->places++;
}

void
tb_sync_gate_begin (TbSyncGate *self)
{
  self->running++;
}

gboolean
tb_sync_gate_is_time (TbSyncGate *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->told < PAUSE)
    return FALSE;
  self->told = now;
  return TRUE;
}

gboolean
tb_sync_gate_end (TbSyncGate *self)
{
  return --self->running == 0 || tb_sync_gate_is_time (self);
}
