/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The billing of a month, step by step. The numbers are stored in books: append only. */
typedef enum
{
  TB_DESK_CALLS = 0,   /* are they all there? */
  TB_DESK_UNRATED = 1, /* has each its price? */
  TB_DESK_MARGIN = 2,  /* does each bring more than it costs? */
  TB_DESK_DRAFTS = 3,  /* are the bills as they were last month, and why not? */
  TB_DESK_APPROVE = 4,
  TB_DESK_PAPER = 5,   /* print, or save as PDF */
  TB_DESK_POST = 6,    /* to WHMCS */
} TbDeskStep;
#define TB_DESK_N_STEPS 7

const char *tb_desk_step_to_string (TbDeskStep self);  /* "calls" "unrated" "margin" "drafts" "approve" "paper" "post" */
const char *tb_desk_step_to_display (TbDeskStep self); /* translated */

typedef struct
{
  gint64 time;  /* when somebody went on from it; 0 = nobody did yet */
  char *remark; /* what was open then, or NULL */
} TbDeskPass;

/**
 * TbDeskRun: how far the billing of one month is.
 */
typedef struct
{
  guint32 id;      /* 0 = not begun */
  int year, month;
  TbDeskStep step; /* the one at hand */
  gint64 began, changed, ended; /* ended 0 = not yet */
  TbDeskPass passes[TB_DESK_N_STEPS];
} TbDeskRun;

TbDeskRun *tb_desk_run_new (int year, int month);
void       tb_desk_run_free (TbDeskRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeskRun, tb_desk_run_free)

G_END_DECLS
