/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-posting.h"

/* When to look, in seconds after an outcome that is not known. Finding it early is proof, not finding it is none: the server may still be
 * at work. The last look is longer after the first than any request may take. */
static const gint64 looks_after[] = { 0, 10, 30, 150 };
/* Between tries that reached nobody; the last one is for all that follow. */
static const gint64 pauses[] = { 0, 5, 10, 20, 40, 60 };
/* No pause of ours is longer. */
#define LONGEST 600

/* ---- what steps are like ---- */

static const struct
{
  gboolean sends;
  gboolean harmless; /* done twice is as good as done once */
  TbPostingStep told_by; /* what is read to learn whether it took effect */
} steps[] = {
  [TB_STEP_LOOK] = { FALSE, TRUE, TB_STEP_LOOK },   [TB_STEP_SEND] = { TRUE, FALSE, TB_STEP_LOOK },
  [TB_STEP_CHECK] = { FALSE, TRUE, TB_STEP_CHECK }, [TB_STEP_FILL] = { TRUE, FALSE, TB_STEP_CHECK },
  [TB_STEP_TRIM] = { TRUE, TRUE, TB_STEP_CHECK },   [TB_STEP_PUBLISH] = { TRUE, TRUE, TB_STEP_CHECK },
  [TB_STEP_APPLY] = { TRUE, FALSE, TB_STEP_CHECK }, [TB_STEP_LOG] = { TRUE, TRUE, TB_STEP_LOG },
};

/* And kinds: where they begin, whether sending them twice does no harm, and what follows when what they send is there. */
static const struct
{
  TbPostingStep first;
  gboolean harmless;
  TbPostingStep then;
} kinds[] = {
  [TB_POSTING_CLIENT_NEW] = { TB_STEP_LOOK, FALSE, TB_STEP_LOG },   [TB_POSTING_CLIENT_CHANGE] = { TB_STEP_LOOK, TRUE, TB_STEP_LOG },
  [TB_POSTING_INVOICE] = { TB_STEP_LOOK, FALSE, TB_STEP_CHECK },    [TB_POSTING_CANCEL] = { TB_STEP_LOOK, TRUE, TB_STEP_LOG },
  [TB_POSTING_CREDIT] = { TB_STEP_LOOK, FALSE, TB_STEP_LOG },       [TB_POSTING_SUSPEND] = { TB_STEP_LOOK, TRUE, TB_STEP_LOG },
  [TB_POSTING_RESUME] = { TB_STEP_LOOK, TRUE, TB_STEP_LOG },        [TB_POSTING_FIELD] = { TB_STEP_LOOK, TRUE, TB_STEP_LOG },
  [TB_POSTING_ALERT] = { TB_STEP_LOOK, FALSE, TB_STEP_LOG },        [TB_POSTING_PAYMENT] = { TB_STEP_LOOK, FALSE, TB_STEP_LOG },
  [TB_POSTING_APPLY] = { TB_STEP_LOOK, FALSE, TB_STEP_LOG },
};

static gboolean
is_harmless (TbPostingStep step, TbPostingKind kind)
{
  return step == TB_STEP_SEND ? kinds[kind].harmless : steps[step].harmless;
}

gboolean
tb_posting_step_sends (TbPostingStep step)
{
  return steps[step].sends;
}

TbPostingPlace
tb_posting_place_first (TbPostingKind kind)
{
  return (TbPostingPlace){ .state = TB_POSTING_READY, .step = kinds[kind].first };
}

TbPostingStep
tb_posting_place_get_action (const TbPostingPlace *place, TbPostingKind kind)
{
  gboolean sent = place->state == TB_POSTING_SENDING || place->state == TB_POSTING_UNKNOWN;

  return sent ? steps[place->step].told_by : place->step;
}

gboolean
tb_posting_place_is_open (const TbPostingPlace *place)
{
  return place->state <= TB_POSTING_UNKNOWN;
}

gboolean
tb_posting_place_is_due (const TbPostingPlace *place, gint64 now)
{
  return place->not_before <= now || place->not_before > now + LONGEST;
}

/* ---- moves ---- */

static void
go (TbPostingPlace *place, TbPostingState state, TbPostingStep step, gint64 not_before)
{
  place->state = state;
  place->step = step;
  place->not_before = not_before;
  place->since = place->at = 0;
  place->looks = place->failures = 0;
  place->refused = FALSE;
}

static void
pause_after (TbPostingPlace *place, gint64 now)
{
  place->failures++;
  place->not_before = now + pauses[MIN (place->failures, G_N_ELEMENTS (pauses) - 1)];
}

static void
be_unknown (TbPostingPlace *place, gboolean refused, gint64 now)
{
  place->state = TB_POSTING_UNKNOWN;
  place->since = place->not_before = now;
  place->looks = place->failures = 0;
  place->refused = refused;
}

/* What a step is followed by once it is known to have taken effect. */
static void
follow (TbPostingPlace *place, TbPostingKind kind, TbPostingStep step, gint64 now)
{
  switch (step)
    {
    case TB_STEP_LOOK:
    case TB_STEP_SEND:
      go (place, TB_POSTING_READY, kinds[kind].then, now);
      break;
    case TB_STEP_CHECK:
      go (place, TB_POSTING_READY, TB_STEP_LOG, now);
      break;
    case TB_STEP_LOG:
      go (place, TB_POSTING_DONE, TB_STEP_LOG, 0);
      break;
    default: /* what was changed is looked at again */
      go (place, TB_POSTING_READY, TB_STEP_CHECK, now);
    }
}

/* It was looked for and did not take effect. */
static void
not_found (TbPostingPlace *place, TbPostingKind kind, gint64 now)
{
  if (place->refused)
    go (place, TB_POSTING_FAILED, place->step, 0);
  else if (is_harmless (place->step, kind))
    {
      place->state = TB_POSTING_READY;
      pause_after (place, now);
    }
  else if (++place->looks >= G_N_ELEMENTS (looks_after))
    go (place, TB_POSTING_READY, place->step, now);
  else
    place->not_before = place->since + looks_after[place->looks];
}

/* ---- events, by the state they come in ---- */

static gboolean
move_ready (TbPostingPlace *place, TbPostingKind kind, const TbPostingEvent *event, gint64 now)
{
  gboolean sends = steps[place->step].sends;

  switch (event->kind)
    {
    case TB_EVENT_OPENED: /* books taken back from a backup know nothing of what was sent since: no step is sent that was not looked for */
      go (place, TB_POSTING_READY, steps[place->step].told_by, now);
      return TRUE;
    case TB_EVENT_BEGUN:
      place->state = TB_POSTING_SENDING;
      place->at = event->at;
      place->sends++;
      return sends;
    case TB_EVENT_NEEDS:
      go (place, TB_POSTING_READY, event->needs, now);
      return !sends && steps[event->needs].sends;
    case TB_EVENT_COMPLETE:
      follow (place, kind, place->step, now);
      return !sends;
    case TB_EVENT_UNREAD:
      pause_after (place, now);
      return !sends;
    default:
      return FALSE;
    }
}

static gboolean
move_sending (TbPostingPlace *place, TbPostingKind kind, const TbPostingEvent *event, gint64 now)
{
  switch (event->kind)
    {
    case TB_EVENT_ACCEPTED:
      follow (place, kind, place->step, now);
      return TRUE;
    case TB_EVENT_NOT_SENT:
      place->state = TB_POSTING_READY;
      place->sends--;
      pause_after (place, now);
      return TRUE;
    case TB_EVENT_OPENED:
    case TB_EVENT_REFUSED:
    case TB_EVENT_LOST:
      if (place->step == TB_STEP_LOG) /* a courtesy, which is not worth a second one */
        follow (place, kind, TB_STEP_LOG, now);
      else
        be_unknown (place, event->kind == TB_EVENT_REFUSED, now);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
move_unknown (TbPostingPlace *place, TbPostingKind kind, const TbPostingEvent *event, gint64 now)
{
  TbPostingStep told_by = steps[place->step].told_by;

  switch (event->kind)
    {
    case TB_EVENT_OPENED:
      place->not_before = MIN (place->not_before, now + looks_after[G_N_ELEMENTS (looks_after) - 1]);
      return TRUE;
    case TB_EVENT_NEEDS:
      if (event->needs == place->step && event->at == place->at)
        not_found (place, kind, now);
      else
        go (place, TB_POSTING_READY, event->needs, now);
      return steps[event->needs].sends;
    case TB_EVENT_COMPLETE:
      follow (place, kind, told_by, now);
      return TRUE;
    case TB_EVENT_UNREAD:
      pause_after (place, now);
      return TRUE;
    default:
      return FALSE;
    }
}

/* What was being looked for when it was put aside is looked for from the beginning. */
static void
retry (TbPostingPlace *place, TbPostingKind kind, gint64 now)
{
  gboolean lost = place->state == TB_POSTING_PARKED && place->since > 0;

  if (lost)
    be_unknown (place, FALSE, now);
  else
    go (place, TB_POSTING_READY, kinds[kind].first, now);
}

static gboolean
move_open (TbPostingPlace *place, TbPostingKind kind, const TbPostingEvent *event, gint64 now)
{
  switch (event->kind)
    {
    case TB_EVENT_DIFFERS:
      go (place, TB_POSTING_PARKED, place->step, 0);
      return TRUE;
    case TB_EVENT_BLOCKED:
    case TB_EVENT_VOID: /* never of one that may be there */
      if (place->state != TB_POSTING_READY)
        return FALSE;
      go (place, event->kind == TB_EVENT_VOID ? TB_POSTING_DONE : TB_POSTING_FAILED, place->step, 0);
      return TRUE;
    case TB_EVENT_PARK: /* `since` stays: it tells that something may be there */
      if (place->state == TB_POSTING_SENDING)
        be_unknown (place, FALSE, now);
      place->state = TB_POSTING_PARKED;
      return TRUE;
    default:
      return place->state == TB_POSTING_READY     ? move_ready (place, kind, event, now)
             : place->state == TB_POSTING_SENDING ? move_sending (place, kind, event, now)
                                                  : move_unknown (place, kind, event, now);
    }
}

gboolean
tb_posting_place_move (TbPostingPlace *place, TbPostingKind kind, const TbPostingEvent *event, gint64 now)
{
  TbPostingPlace next = *place;
  gboolean ok = TRUE;

  if (tb_posting_place_is_open (place))
    ok = event->kind != TB_EVENT_RETRY && move_open (&next, kind, event, now);
  else if (place->state != TB_POSTING_DONE && event->kind == TB_EVENT_RETRY)
    retry (&next, kind, now);
  else if (place->state == TB_POSTING_FAILED && event->kind == TB_EVENT_PARK)
    next.state = TB_POSTING_PARKED;
  else
    ok = FALSE;
  if (ok)
    *place = next;
  return ok;
}
