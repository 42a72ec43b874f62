/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-completeness.h"
#include "tb-set-aside-store.h"

G_BEGIN_DECLS

/* Whether all calls of a connection are there: each of its last days, records that could not be read, and invoiced calls that came again otherwise. */
typedef struct
{
  GPtrArray *days;        /* of TbDayProof, oldest first */
  GPtrArray *quarantined; /* of TbQuarantined, newest first */
  GPtrArray *conflicts;   /* of TbCallConflict, newest first */
} TbConnectionProof;
void     tb_connection_proof_free (gpointer self);
/* A TbSessionFunc; `name` of the connection. */
gpointer tb_connection_proof_read (TbStore *store, TbJob *job, gpointer name, GError **error);

/* Shows it in `box`, in place of what is there; NULL = nothing. */
void     tb_connection_proof_show (const TbConnectionProof *self, GtkWidget *box, TbZone *zone);

G_END_DECLS
