/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-time.h"

G_BEGIN_DECLS

/* Signs that calls are missing, told from those that are there. Signs, not proof: a holiday is as quiet as a PBX that is cut off. */

#define TB_CALL_GAP_HISTORY (28 * 86400) /* seconds before the time that is judged that make the pattern */

/* Hours without a call in which, by the same hours of the weeks before, there should have been `expected`. */
typedef struct
{
  gint64 from, to;
  guint expected;
} TbCallGap;

/* `hours[i]` is how many calls began in the hour from `first` + i × 3600 on; judged are the whole hours of [from, to). An hour's pattern is the median of
 * the same hours, by the clock of `zone`, of up to four weeks before, at least two of which must be there. A gap is as many quiet hours in a row as
 * should have brought eight calls or more: fewer happen by chance. Array of TbCallGap, in order. */
GArray *tb_call_gaps_find (const guint32 *hours, guint n_hours, gint64 first, gint64 from, gint64 to, TbZone *zone);

/**
 * TbCallSequence: ids that end in a number that counts up by one, as some PBXs give them, and the numbers that are missing between.
 */
typedef struct _TbCallSequence TbCallSequence;

typedef struct
{
  guint64 first, last; /* missing numbers */
  gint64 before;       /* when the call after them began */
} TbCallHole;

TbCallSequence *tb_call_sequence_new (void);
void            tb_call_sequence_free (TbCallSequence *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallSequence, tb_call_sequence_free)
void            tb_call_sequence_add (TbCallSequence *self, const char *uid, gint64 start);
/* Of ids that begin alike, a hundred at least, and of whose numbers hardly any are missing: others do not count. Array of TbCallHole. */
GArray         *tb_call_sequence_list_holes (TbCallSequence *self);

G_END_DECLS
