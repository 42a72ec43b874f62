/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-completeness.h"
#include "tb-set-aside-store.h"

G_BEGIN_DECLS

/* Whether all calls of a connection are there: each day of a month, and how many records and calls were set aside. */
typedef struct
{
  int year, month;
  GPtrArray *days;         /* of TbDayProof, in order; none of days to come */
  TbSetAsideCounts aside;
} TbConnectionProof;
void     tb_connection_proof_free (gpointer self);

/* What is asked for; year 0 = the month until which it was collected, or this one. */
typedef struct
{
  char *name; /* of the connection */
  int year, month;
} TbConnectionProofOrder;
TbConnectionProofOrder *tb_connection_proof_order_new (const char *name, int year, int month);
void                    tb_connection_proof_order_free (gpointer self);
/* A TbSessionFunc. */
gpointer tb_connection_proof_read (TbStore *store, TbJob *job, gpointer order, GError **error);

/* Shows it in `box`, in place of what is there; NULL = nothing. `network`: it is collected, and not only fed with files. Its buttons activate the
 * "connection." actions around it. */
void     tb_connection_proof_show (const TbConnectionProof *self, GtkWidget *box, const char *name, gboolean network, TbZone *zone);

G_END_DECLS
