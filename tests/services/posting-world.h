/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs-push.h"

G_BEGIN_DECLS

/**
 * A WHMCS in memory, behind the port that the push speaks to, in a world where things go wrong: replies are lost before or after their request was
 * acted on, requests are acted on late or twice, the server says no to what it did, programs die and workstations take over from each other. All of it
 * comes from one seed, and time passes only when somebody waits.
 */
typedef struct _World World;

typedef enum
{
  FAULT_NOT_SENT,  /* refused connection */
  FAULT_IGNORED,   /* no reply, nothing done: a 502 of a proxy, a time-out before */
  FAULT_LOST,      /* done, no reply that can be read: reset, 500, HTML, cut off */
  FAULT_LATE,      /* no reply, done within a hundred seconds */
  FAULT_TWICE,     /* done twice, as a proxy that repeats a request makes it */
  FAULT_TWICE_LOST,
  FAULT_DENIED,    /* done, and the reply says that it was not */
  FAULT_OTHERS_ID, /* done, and the reply has the id of another invoice that was there before */
  FAULT_DIES_BEFORE, /* our program, before the request is acted on */
  FAULT_DIES_AFTER,
  FAULT_DIES_LATER,  /* at one of the next changes of the books */
  FAULT_TAKEN_OVER,  /* the reply takes so long that another workstation takes over, and ends, meanwhile */
  FAULT_MEETS,       /* another workstation tries to post meanwhile */
  N_FAULTS
} Fault;
extern const char *const fault_names[N_FAULTS];

/* What the test does when our program is to die now, or at the n-th change of the books from now on. */
typedef void (*WorldDeath) (guint n, gpointer data);
/* … and when another workstation comes along, with or without the lease being over; its job is cancelled after some requests. */
typedef void (*WorldOther) (gboolean over, TbJob *job, gpointer data);

World       *world_new (guint32 seed, double trouble /* share of requests that go wrong; 0 = none */);
void         world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)
void         world_set_callbacks (World *self, WorldDeath death, WorldOther other, gpointer data);
void         world_add_client (World *self, gint64 id, const char *email, const char *currency);
/* Staff publish what is a draft: each of these, in order of their ids. */
void         world_publish_drafts (World *self, void (*func) (gint64 id, gint64 client, gpointer data), gpointer data);
void         world_set_calm (World *self, gboolean calm); /* no faults for a while */
TbWhmcsPort *world_get_port (World *self);
TbPushClock *world_get_clock (World *self);
void         world_pass (World *self, gint64 seconds);
guint        world_count_faults (World *self, Fault fault);
/* All that is there, in an order that says nothing of how it came there: a line each. Drafts that were cancelled count for nothing. */
char        *world_tell (World *self);

G_END_DECLS
