/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-sync-private.h"

typedef struct
{
  TbSyncGateFunc func;
  gpointer data;
} Waiting;

struct _TbSyncGate
{
  guint places; /* free ones */
  GQueue row;   /* of Waiting */
};

TbSyncGate *
tb_sync_gate_new (guint places)
{
  TbSyncGate *self = g_rc_box_new0 (TbSyncGate);

  self->places = places;
  g_queue_init (&self->row);
  return self;
}

TbSyncGate *
tb_sync_gate_ref (TbSyncGate *self)
{
  return g_rc_box_acquire (self);
}

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
