/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-prefix-tree.h"
#include "tb-tariff-draft.h"

G_BEGIN_DECLS

/* What may be wrong with a tariff's rates, the worst first. */
typedef enum
{
  TB_TARIFF_DUPLICATE,      /* two rows of one prefix with one start, the same hours and priority: they cannot both be kept */
  TB_TARIFF_OVERLAP,        /* a row is said to end after the next of its prefix has begun: the next one wins from its start on */
  TB_TARIFF_HOLE,           /* a prefix has no row of its own from one row's end to the next one's start */
  TB_TARIFF_OVER,           /* all rows of a prefix have ended, and no shorter prefix is in force */
  TB_TARIFF_GAP,            /* numbers that begin like this have no rate; only beside prefixes that have one */
  TB_TARIFF_SHORTER_DEARER, /* the next shorter prefix costs more than this one */
  TB_TARIFF_NEEDLESS,       /* the next shorter prefix has the same terms, so that this one changes nothing */
  TB_TARIFF_N_FINDINGS
} TbTariffFindingKind;

typedef struct
{
  TbTariffFindingKind kind;
  char prefix[TB_PREFIX_MAX + 1];
  guint32 row;        /* G_MAXUINT32 for a gap */
  guint32 other;      /* the row that it is about too; G_MAXUINT32 = none */
  gint64 from, until; /* of a hole */
} TbTariffFinding;

/* More of one kind are counted only. */
#define TB_TARIFF_FINDINGS_MAX 50000

/* All of them, by kind, then by prefix. `rows` in order (tb_draft_view_sort). Gaps, prices and needless rows are judged among what is in
 * force at `now`; country codes that nobody has are no gaps. `counts` has all, also those beyond the limit. NULL when cancelled. */
GArray *tb_tariff_check (const TbDraftView *view, GArray *rows, gint64 now, guint counts[TB_TARIFF_N_FINDINGS], GCancellable *cancellable);
/* The first of the rows that cannot both be kept; the quick answer, before they are written. */
gboolean tb_tariff_find_duplicate (const TbDraftView *view, GArray *rows, guint32 *ret_row);

G_END_DECLS
