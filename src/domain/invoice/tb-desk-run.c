/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-desk-run.h"

#include <glib/gi18n-lib.h>

static const struct { const char *name, *title; } steps[TB_DESK_N_STEPS] = {
  [TB_DESK_CALLS] = { "calls", N_ ("Completeness") },
  [TB_DESK_UNRATED] = { "unrated", N_ ("Calls Without a Price") },
  [TB_DESK_MARGIN] = { "margin", N_ ("Margin") },
  [TB_DESK_DRAFTS] = { "drafts", N_ ("Drafts") },
  [TB_DESK_APPROVE] = { "approve", N_ ("Approval") },
  [TB_DESK_PAPER] = { "paper", N_ ("Paper and PDF") },
  [TB_DESK_POST] = { "post", N_ ("WHMCS") },
};

const char *
tb_desk_step_to_string (TbDeskStep self)
{
  return steps[self].name;
}

const char *
tb_desk_step_to_display (TbDeskStep self)
{
  return _ (steps[self].title);
}

TbDeskRun *
tb_desk_run_new (int year, int month)
{
  TbDeskRun *self = g_new0 (TbDeskRun, 1);

  self->year = year;
  self->month = month;
  return self;
}

void
tb_desk_run_free (TbDeskRun *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < TB_DESK_N_STEPS; i++)
    g_free (self->passes[i].remark);
  g_free (self);
}
