/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-filter.h"
#include "tb-money.h"

G_BEGIN_DECLS

/* What one more filter would do to the calls that are stored, told by the rating itself. Invoiced calls stay as they are and are not looked at. */
typedef struct
{
  guint64 calls;   /* of the filter's connection */
  guint64 hit;     /* that would be hidden or not be billed, and are not now */
  guint64 billed;  /* out of them: that have a price today */
  GArray *money;   /* of TbMoney: what they cost today */
  char **examples; /* numbers of the first few, each once */
} TbFilterTrial;
void tb_filter_trial_free (TbFilterTrial *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbFilterTrial, tb_filter_trial_free)

/* Calls with start from `from` on. TB_ERROR_INVALID_INPUT for a pattern that cannot be read. */
TbFilterTrial *tb_filter_trial_run (TbStore *store, const TbFilter *filter, gint64 from, TbJob *job, GError **error);

G_END_DECLS
