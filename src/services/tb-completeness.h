/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-gaps.h"
#include "tb-store.h"

G_BEGIN_DECLS

typedef enum
{
  TB_DAY_COMPLETE,  /* read to its end and again when all late calls had come; nothing looks wrong */
  TB_DAY_OPEN,      /* read, but late calls may still come, or the day is not over */
  TB_DAY_SUSPECT,   /* read, but calls seem to be missing */
  TB_DAY_UNREAD,    /* not read, or not all of it */
} TbDayVerdict;

const char *tb_day_verdict_to_string (TbDayVerdict self); /* "complete" "open" "suspect" "unread" */

/* What is known of a connection's calls of one day, in the company's time zone. */
typedef struct
{
  TbDay day;
  gint64 from, to;  /* which instants it is */
  TbDayVerdict verdict;
  guint times;      /* it was read to its end */
  gint64 last;      /* when it was so last; 0 = never, or it is not known */
  guint64 calls;
  GArray *gaps;     /* of TbCallGap, those that begin on that day */
  GArray *holes;    /* of TbCallHole, those before a call of that day */
} TbDayProof;
void tb_day_proof_free (TbDayProof *self);

/* Of the days in [from, to), up to today. */
GPtrArray *tb_completeness_list (TbStore *store, const char *connection, TbDay from, TbDay to, TbJob *job, GError **error);

G_END_DECLS
